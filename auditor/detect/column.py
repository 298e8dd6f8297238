"""What many numbers of one kind say together.

The check digit passes one random number in ten. One number that passes says little; a column in
which all pass cannot be chance, and one in which a tenth pass holds other numbers, whatever single
values pass. The measure is the binomial log-likelihood ratio of "Individual Numbers, a few
mistyped" against "any numbers", over distinct values; those ending in 0 pass twice as often by
chance and count less.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import log

import numpy as np
import numpy.typing as npt

from .checkdigit import PASS_OTHER, PASS_ZERO, passes
from .lookalikes import SAMPLES, sample_code
from .ordinary import ordinary

__all__ = ["Tally", "tally", "tally_marked", "tally_mixed", "tally_values"]

_TRUE = 0.97
"""Share of typed Individual Numbers that pass."""
_PASS = {True: log(_TRUE / PASS_ZERO), False: log(_TRUE / PASS_OTHER)}
_FAIL = {True: log((1 - _TRUE) / (1 - PASS_ZERO)), False: log((1 - _TRUE) / (1 - PASS_OTHER))}

_RAISE = 6.0
"""Four other numbers that pass, or five ending in 0."""
_LEAN = 3.2
_CERTAIN = 40.0
_LEAST = 10
_CHANCE_SHARE = 0.3
_LARGE = 25
_MANY_WRONG = 6
"""Mistyped ones, three times as many as the others: nobody types so badly."""
_FEWEST, _NEAR = 3, 10**9
"""Three random numbers lie within a thousandth of all once in 300,000 times."""
_PUBLISHED = np.array([int(digits) for digits in SAMPLES], dtype=np.int64)
_PUBLISHED_ONES = frozenset(_PUBLISHED.tolist())
_EQUAL_DIGITS = 111_111_111_111
_DIGITS = 12


@dataclass(frozen=True, slots=True)
class Tally:
    """Distinct numbers of one column, samples left out: (ending in 0, others)."""

    passed: tuple[int, int] = (0, 0)
    failed: tuple[int, int] = (0, 0)
    run: bool = False
    """Whether they lie so close together that they were given one after the other."""

    @property
    def count(self) -> int:
        """Distinct numbers."""
        return sum(self.passed) + sum(self.failed)

    @property
    def chance(self) -> bool:
        """Whether they pass no more often than any numbers do."""
        return self.count >= _LEAST and sum(self.passed) <= _CHANCE_SHARE * self.count

    @property
    def dummy(self) -> bool:
        """Whether even a column under a strong header holds other or made-up numbers."""
        wrong, right = sum(self.failed), sum(self.passed)
        many = wrong >= _MANY_WRONG and wrong >= 3 * right
        return (self.count >= _LARGE and self.chance) or (self.run and self.count >= _LEAST) or many

    def beside(self, others: Tally) -> Tally:
        """Add other numbers."""
        pairs = ((self.passed, others.passed), (self.failed, others.failed))
        (a, b), (c, d) = ([one + other for one, other in zip(*pair, strict=True)] for pair in pairs)
        return Tally((a, b), (c, d), self.run and (others.run or not others.count))

    def without(self, others: Tally) -> Tally:
        """Leave out numbers of which something else is known."""
        pairs = ((self.passed, others.passed), (self.failed, others.failed))
        (a, b), (c, d) = (
            [max(0, ours - theirs) for ours, theirs in zip(*pair, strict=True)] for pair in pairs
        )
        return Tally((a, b), (c, d), self.run)

    def ratio(self, *, zero: bool) -> float:
        """Log-likelihood ratio of the *others*, for one that passes and perhaps ends in 0."""
        total = sum(
            count * weights[ends]
            for pair, weights in ((self.passed, _PASS), (self.failed, _FAIL))
            for count, ends in zip(pair, (True, False), strict=True)
        )
        return total - _PASS[zero]

    def code(self, digits: str, *, ok: bool) -> str:
        """Name what the column says of one of its numbers; "" when it says nothing."""
        return _code(self, digits[-1] == "0", ok)


@functools.lru_cache(maxsize=256)
def _code(all_of_it: Tally, zero: bool, ok: bool) -> str:
    if all_of_it.chance or all_of_it.run:
        return "column_chance"
    if not ok or all_of_it.count < 2:
        return ""
    ratio = all_of_it.ratio(zero=zero)
    steps = ((_CERTAIN, "column_certain"), (_RAISE, "column_passes"), (_LEAN, "column_leans"))
    return next((code for least, code in steps if ratio >= least), "")


def tally_values(values: npt.NDArray[np.int64], passing: npt.NDArray[np.bool_]) -> Tally:
    """Count the distinct numbers among ``values`` (as integers), of which ``passing`` pass."""
    if len(values) < _FEWEST:
        return _few(zip(values.tolist(), passing.tolist(), strict=True))
    distinct, good = _distinct(values, passing)
    real = ~np.isin(distinct, _PUBLISHED) & (distinct % _EQUAL_DIGITS != 0)
    return _counted(distinct[real], good[real])


def _few(numbers: Iterable[tuple[int, bool]]) -> Tally:
    """Count a number or two, and whether they pass, without arrays."""
    counts = [[0, 0], [0, 0]]
    for value, passing in set(numbers):
        if value % _EQUAL_DIGITS and value not in _PUBLISHED_ONES:
            counts[not passing][value % 10 != 0] += 1
    (a, b), (c, d) = counts
    return Tally((a, b), (c, d))


def _distinct(
    values: npt.NDArray[np.int64], passing: npt.NDArray[np.bool_]
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.bool_]]:
    """Give each number once, and whether it passes."""
    # Faster than np.unique, which hashes.
    both = np.sort(values << 1 | passing)
    both = both[np.flatnonzero(np.diff(both, prepend=-1))]
    return both >> 1, both & 1 == 1


def _counted(distinct: npt.NDArray[np.int64], good: npt.NDArray[np.bool_]) -> Tally:
    zero = distinct % 10 == 0
    run = len(distinct) >= _FEWEST and int(np.ptp(distinct)) < _NEAR
    counts = [int(np.count_nonzero(ok & ends)) for ok in (good, ~good) for ends in (zero, ~zero)]
    return Tally((counts[0], counts[1]), (counts[2], counts[3]), run)


def tally_mixed(
    values: npt.NDArray[np.int64], passing: npt.NDArray[np.bool_], numbers: Iterable[str]
) -> Tally:
    """Count the distinct numbers as :func:`tally` does: very many as integers, and some others."""
    distinct, good = _distinct(values, passing)
    plain = ordinary(distinct)
    others = {f"{value:0{_DIGITS}d}" for value in distinct[~plain].tolist()}
    distinct, good = distinct[plain], good[plain]
    single = [*numbers]
    asked = np.array([int(one) for one in single], dtype=np.int64)
    known = np.searchsorted(distinct, asked, "right") > np.searchsorted(distinct, asked)
    others.update(one for one, counted in zip(single, known.tolist(), strict=True) if not counted)
    return _counted(distinct, good).beside(tally(others))


def tally_marked(numbers: Sequence[int]) -> Tally:
    """Count distinct numbers, each an integer with a bit behind that says whether it passes."""
    if len(numbers) < _FEWEST:
        return tally(f"{both >> 1:0{_DIGITS}d}" for both in numbers)
    both = np.array(numbers, dtype=np.int64)
    return tally_mixed(both >> 1, both & 1 == 1, ())


def tally(numbers: Iterable[str]) -> Tally:
    """Count the distinct numbers of a column.

    >>> tally(["483920175644", "483920175644", "483920175645", "123456789018"])
    Tally(passed=(0, 1), failed=(0, 1), run=False)
    """
    passed, failed = [0, 0], [0, 0]
    for digits in set(numbers):
        if not sample_code(digits):
            (passed if passes(digits) else failed)[digits[-1] != "0"] += 1
    return Tally((passed[0], passed[1]), (failed[0], failed[1]))
