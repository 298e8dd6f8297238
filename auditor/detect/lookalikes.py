"""Everything else that a number of twelve digits could be.

Two tables, a line each with its source. ``STRUCTURES`` are other numbers of twelve digits; one that
fits *may* be it. Those that few Individual Numbers fit (times, +81 phones) weigh much where no
label stands, those that a tenth of them fits (courier, licence, article codes) nearly nothing.
``SAMPLES`` are published or made-up values. Longer and shorter numbers (cards, corporate numbers,
GUIDs, amounts) are kept out by their boundaries in :mod:`.forms`.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from operator import mul
from typing import NamedTuple

__all__ = [
    "SAMPLES",
    "STRUCTURES",
    "TELLING",
    "Lookalike",
    "low_entropy",
    "sample_code",
    "structure_code",
]


class Lookalike(NamedTuple):
    """One other meaning of twelve digits."""

    code: str
    fits: Callable[[str], bool]
    source: str
    """Structure and where it is described; with the share of Individual Numbers that fit it."""


def _day(digits: str) -> bool:
    """Whether eight digits are a day of 1990 to 2049."""
    year, month, day = int(digits[:4]), int(digits[4:6]), int(digits[6:8])
    return 1990 <= year < 2050 and 1 <= month <= 12 and 1 <= day <= 31


def _minute(digits: str) -> bool:
    return _dated(digits) and digits[8:10] < "24" and digits[10:] < "60"


def _short_time(digits: str) -> bool:
    """Whether twelve digits are ``YYMMDDhhmmss`` of 2010 to 2039."""
    return (
        digits[0] in "123"
        and _day("20" + digits[:6])
        and digits[6:8] < "24"
        and digits[8:10] < "60"
        and digits[10:] < "60"
    )


def _dated(digits: str) -> bool:
    return digits[:2] in {"19", "20"} and _day(digits)


def _mobile(digits: str) -> bool:
    return digits[:4] in {"8170", "8180", "8190"}


# 都道府県公安委員会: 51 codes.
_COMMISSIONS = frozenset(
    str(code)
    for low, high in (
        *((10, 14), (20, 25), (30, 30), (40, 55)),
        *((60, 65), (70, 74), (80, 83), (90, 97)),
    )
    for code in range(low, high + 1)
)


def _licence(digits: str) -> bool:
    if digits[:2] not in _COMMISSIONS:
        return False
    total: int = sum(map(mul, map(int, digits[:10]), (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)))
    return (11 - total % 11) % 10 == int(digits[10])


def _courier(digits: str) -> bool:
    return int(digits[:11]) % 7 == int(digits[11])


def _article(digits: str) -> bool:
    codes = digits.encode()
    return (3 * sum(codes[::2]) + sum(codes[1::2]) - 24 * 48) % 10 == 0


def _registry(digits: str) -> bool:
    return digits[4] == "0" and digits[5] in "12345" and digits[0] in "01"


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
    for one in STRUCTURES:
        if one.fits(digits):
            return one.code
    return ""
