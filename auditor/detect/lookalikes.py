"""Everything else that a number of twelve digits could be.

Two tables, a line each with its source. ``STRUCTURES`` are other numbers of twelve digits; one that
fits *may* be it. Those that few Individual Numbers fit (times, +81 phones) weigh much where no
label stands, those that a tenth of them fits (courier, licence, article codes) nearly nothing.
``SAMPLES`` are published or made-up values. Longer and shorter numbers (cards, corporate numbers,
GUIDs, amounts) are kept out by their boundaries in :mod:`.forms`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from typing import Any, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

__all__ = [
    "SAMPLES",
    "STRUCTURES",
    "TELLING",
    "Groups",
    "Lookalike",
    "first_fit",
    "fitting",
    "low_entropy",
    "sample_code",
    "structure_code",
]


Ints: TypeAlias = Any
"""A number, or an array of numbers: the arithmetic is the same."""
Truth: TypeAlias = Any
"""A truth, or an array of them."""


class Groups(NamedTuple):
    """A number of twelve digits, or an array of such, in groups of four."""

    first: Ints
    middle: Ints
    last: Ints

    @classmethod
    def of(cls, value: Ints) -> Groups:
        """Cut numbers into groups."""
        high = value // 10_000
        first = high // 10_000
        return cls(first, high - first * 10_000, value - high * 10_000)


class Lookalike(NamedTuple):
    """One other meaning of twelve digits."""

    code: str
    fits: Callable[[Groups], Truth]
    source: str
    """Structure and where it is described; with the share of Individual Numbers that fit it."""


# What four digits say, by their number: two pairs of digits, and the sum of each by its weight.
_FOUR = np.arange(10_000)
_PAIR, _NEXT = _FOUR // 100, _FOUR % 100
_IS_YEAR = (_FOUR >= 1990) & (_FOUR < 2050)
_IS_DAY = (_PAIR > 0) & (_PAIR < 13) & (_NEXT > 0) & (_NEXT < 32)
_IS_MINUTE = (_PAIR < 24) & (_NEXT < 60)
_IS_SHORT_MONTH = (_PAIR >= 10) & (_PAIR < 40) & (_NEXT > 0) & (_NEXT < 13)
_IS_DAY_HOUR = (_PAIR > 0) & (_PAIR < 32) & (_NEXT < 24)
_IS_SECOND = (_PAIR < 60) & (_NEXT < 60)
_IS_MOBILE = np.isin(_FOUR, (8170, 8180, 8190))
_IS_REGISTRY = (_PAIR > 0) & (_PAIR < 6)


def _sums(*weights: int) -> npt.NDArray[np.int64]:
    """Sum the digits of all numbers of four digits by these weights."""
    digits = _FOUR[:, None] // (1000, 100, 10, 1) % 10
    sums: npt.NDArray[np.int64] = (digits * weights).sum(axis=1)
    return sums


# 都道府県公安委員会: 51 codes.
_COMMISSIONS = frozenset(
    code
    for low, high in (
        *((10, 14), (20, 25), (30, 30), (40, 55)),
        *((60, 65), (70, 74), (80, 83), (90, 97)),
    )
    for code in range(low, high + 1)
)
_IS_COMMISSION = np.isin(_PAIR, sorted(_COMMISSIONS))
_LICENCE = _sums(5, 4, 3, 2), _sums(7, 6, 5, 4), _sums(3, 2, 0, 0)
_GOODS = _sums(3, 1, 3, 1)


def _dated(one: Groups) -> Truth:
    return _IS_YEAR[one.first] & _IS_DAY[one.middle]


def _minute(one: Groups) -> Truth:
    return _dated(one) & _IS_MINUTE[one.last]


def _short_time(one: Groups) -> Truth:
    return _IS_SHORT_MONTH[one.first] & _IS_DAY_HOUR[one.middle] & _IS_SECOND[one.last]


def _mobile(one: Groups) -> Truth:
    return _IS_MOBILE[one.first]


def _licence(one: Groups) -> Truth:
    high, middle, low = _LICENCE
    total = high[one.first] + middle[one.middle] + low[one.last]
    return _IS_COMMISSION[one.first] & ((11 - total % 11) % 10 == one.last // 10 % 10)


def _courier(one: Groups) -> Truth:
    # 10,000 leaves 4 by 7, and 1,000 leaves 6.
    return (one.first * 24 + one.middle * 6 + one.last // 10) % 7 == one.last % 10


def _article(one: Groups) -> Truth:
    return (_GOODS[one.first] + _GOODS[one.middle] + _GOODS[one.last]) % 10 == 0


def _registry(one: Groups) -> Truth:
    return _IS_REGISTRY[one.middle] & (one.first < 2_000)


STRUCTURES = (
    Lookalike("shape_time", _minute, "YYYYMMDDhhmm; 0.002 % of Individual Numbers fit"),
    Lookalike("shape_date_serial", _dated, "YYYYMMDD + 4 digits; 0.02 %; order numbers"),
    Lookalike("shape_mobile", _mobile, "+81 70/80/90 + 8 digits without the plus; 0.03 %"),
    Lookalike("shape_short_time", _short_time, "YYMMDDhhmmss; 0.1 %; log and export names"),
    Lookalike("shape_licence", _licence, "運転免許証番号: code, year, serial, check, reissue; 5 %"),
    Lookalike("shape_registry", _registry, "会社法人等番号: 4-2-6, 組織区分 01-05; 1 %"),
    Lookalike("shape_courier", _courier, "送り状: first eleven mod 7 (7DR); 10.4 %"),
    Lookalike("shape_article", _article, "UPC-A / GTIN-12: weights 3 1, mod 10; 10 %"),
)

TELLING = frozenset(("shape_time", "shape_date_serial", "shape_mobile"))
"""Structures that so few Individual Numbers fit that not even a label outweighs them."""
_TELLING = tuple(one for one in STRUCTURES if one.code in TELLING)

SAMPLES = {
    "123456789018": "most used valid dummy: library READMEs, blogs",
    "123456789012": "fails its check digit: design systems, form generators",
    "621498320257": "python-stdnum doctest",
    "465281266333": "payroll library README",
    "983205673214": "blog sample",
    "111111111118": "README sample",
    "000111111111": "README sample",
    "999999999996": "placeholder",
}
_EQUAL = 11
_STEPS = 10
_FEW = 3


def _longest(digits: str, step: int) -> int:
    """Length of the longest run in which each digit follows the last by ``step``, 9 to 0 too."""
    best = run = 1
    for last, now in pairwise(digits):
        run = run + 1 if (int(last) + step) % 10 == int(now) else 1
        best = max(best, run)
    return best


def sample_code(digits: str) -> str:
    """Name why these twelve digits are no real number: a published sample or a pattern; else "".

    >>> sample_code("123456789012"), sample_code("777777777777"), sample_code("483920175644")
    ('sample_published', 'sample_pattern', '')
    """
    if digits in SAMPLES:
        return "sample_published"
    seen = set(digits)
    if len(seen) <= 2 and max(map(digits.count, seen)) >= _EQUAL:
        return "sample_pattern"
    if digits[:4] == digits[4:8] == digits[8:]:
        return "sample_pattern"
    # Cheap test first: a run over ten of twelve covers the third to the fifth digit.
    step = (int(digits[3]) - int(digits[2])) % 10
    if step in {1, 9} and (int(digits[4]) - int(digits[3])) % 10 == step:
        return "sample_pattern" if max(_longest(digits, 1), _longest(digits, -1)) >= _STEPS else ""
    return ""


def low_entropy(digits: str) -> bool:
    """Whether the digits look typed by hand: few different ones, or a group repeated.

    >>> low_entropy("123412341234"), low_entropy("483920175644")
    (True, False)
    """
    groups = {digits[:4], digits[4:8], digits[8:]}
    return len(set(digits)) <= _FEW or len(groups) < 3 or digits[:6] == digits[6:]


def structure_code(digits: str) -> str:
    """Name the first other number that these digits fit, most telling first; else "".

    >>> structure_code("202604010006"), structure_code("819012345606")
    ('shape_time', 'shape_mobile')
    """
    return first_fit(digits, STRUCTURES)


def fitting(*, strong: bool) -> Sequence[Lookalike]:
    """The structures that count: beside a ``strong`` label, those that it does not outweigh."""
    return _TELLING if strong else STRUCTURES


def first_fit(digits: str, structures: Iterable[Lookalike]) -> str:
    """Name the first of these structures that the digits fit; else ""."""
    groups = Groups.of(int(digits))
    return next((one.code for one in structures if one.fits(groups)), "")
