"""Makers of numbers from a seed, and a way to ask for a verdict without printing a digit."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from types import SimpleNamespace
from typing import Any

import pytest

from auditor.detect import Detection, detect

WEIGHTS = (6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2)


class Maker:
    """Made-up numbers of every kind, the same in every run."""

    def __init__(self, seed: int) -> None:
        self.rng = random.Random(seed)

    def digits(self, count: int) -> str:
        return "".join(self.rng.choices("0123456789", k=count))

    def number(self, first: str = "") -> str:
        """An Individual Number that begins with ``first`` and is no sample."""
        base = first + self.digits(11 - len(first))
        total = sum(int(d) * w for d, w in zip(base, WEIGHTS, strict=True))
        remainder = total % 11
        return base + str(0 if remainder <= 1 else 11 - remainder)

    def numbers(self, count: int) -> list[str]:
        return [self.number() for _ in range(count)]

    def mistyped(self) -> str:
        number = self.number()
        return number[:11] + str((int(number[11]) + 1) % 10)

    def passing(self, make: Callable[[], str]) -> str:
        """One of ``make``'s numbers that happens to pass the check of an Individual Number."""
        while True:
            digits = make()
            if self.number(digits[:11]) == digits:
                return digits

    def courier(self) -> str:
        base = self.digits(11)
        return base + str(int(base) % 7)

    def licence(self) -> str:
        base = self.rng.choice(["30", "44", "62"]) + self.digits(8)
        total = sum(int(d) * w for d, w in zip(base, (5, 4, 3, 2, 7, 6, 5, 4, 3, 2), strict=True))
        return base + str((11 - total % 11) % 10) + "0"

    def article(self) -> str:
        base = self.digits(11)
        total = sum(int(d) * (3, 1)[i % 2] for i, d in enumerate(base))
        return base + str(-total % 10)

    def minute(self) -> str:
        pick = self.rng.randint
        day = f"{pick(2015, 2026)}{pick(1, 12):02d}{pick(1, 28):02d}"
        return f"{day}{pick(0, 23):02d}{pick(0, 59):02d}"

    def dated(self) -> str:
        return self.minute()[:8] + self.digits(4)

    def mobile(self) -> str:
        return "81" + self.rng.choice(["70", "80", "90"]) + self.digits(8)

    def corporate(self) -> str:
        base = self.digits(12)
        total = sum(int(d) * (1, 2)[i % 2] for i, d in enumerate(reversed(base)))
        return str(9 - total % 9) + base

    def card(self) -> str:
        base = "4" + self.digits(14)
        total = sum(sum(divmod(int(d) * (2, 1)[i % 2], 10)) for i, d in enumerate(base))
        return base + str(-total % 10)

    def guid(self, tail: str) -> str:
        hexes = ["".join(self.rng.choices("0123456789abcdef", k=n)) for n in (8, 4, 4, 4)]
        return "-".join([*hexes, tail])


@pytest.fixture
def make() -> Maker:
    return Maker(20261123)


def spaced(digits: str, gap: str = " ") -> str:
    return gap.join((digits[:4], digits[4:8], digits[8:]))


@pytest.fixture
def grouped() -> Callable[..., str]:
    return spaced


def words_of(found: Detection) -> list[str]:
    return sorted([hit.confidence.value for hit in found.hits] + ["suspect"] * len(found.suspects))


@pytest.fixture
def verdicts() -> Callable[..., list[str]]:
    """All verdicts on a text or table, sorted; nothing of the text."""

    def ask(segment: Any, around: Sequence[str] = ()) -> list[str]:
        return words_of(detect(segment, around=around))

    return ask


@pytest.fixture
def verdict(verdicts: Callable[..., list[str]]) -> Callable[..., str]:
    """The one verdict on a text or table, ``ignore`` when there is none."""

    def ask(segment: Any, around: Sequence[str] = ()) -> str:
        said = verdicts(segment, around)
        return " ".join(said) or "ignore"

    return ask


@pytest.fixture
def table() -> Callable[..., Any]:
    """A table as the formats give it."""

    def build(rows: Sequence[Sequence[str]], **more: Any) -> Any:
        shape = {"columns": (), "head": (), "first_row": 1, "first_column": 1, "lines": ()}
        return SimpleNamespace(rows=rows, place="", **(shape | more))

    return build
