"""Texts that are nothing but numbers and labels: every one of them has to be weighed."""

from __future__ import annotations

import random
from collections.abc import Callable

from benchmarks.detect_inputs import SEED
from corpus import identifiers

__all__ = ["LABELLED"]

_LABELS = ("個人番号", "番号", "法人番号", "マイナンバーカード", "氏名", "No.")


def _of(make: Callable[[random.Random], str]) -> Callable[[int], str]:
    def build(size: int) -> str:
        rng = random.Random(SEED + 5)
        lines: list[str] = []
        made = 0
        while made < size:
            lines.append(make(rng))
            made += len(lines[-1]) + 1
        return "\n".join(lines)

    return build


def _json(rng: random.Random) -> str:
    number = identifiers.individual(rng)
    return f'{{"id":{rng.randrange(10**6)},"name":"佐藤 花子","my_number":"{number}"}}'


LABELLED: dict[str, Callable[[int], str]] = {
    "valid numbers, one a line": _of(identifiers.individual),
    "key=number": _of(lambda rng: f"account={identifiers.individual(rng)}"),
    "label and number": _of(lambda rng: f"個人番号：{identifiers.individual(rng)}"),
    "any label and number": _of(
        lambda rng: f"{rng.choice(_LABELS)}：{identifiers.individual(rng)}"
    ),
    "JSON lines": _of(_json),
}
"""By what they are made of; each takes its size in characters."""
