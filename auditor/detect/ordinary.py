"""What very many numbers could be else, and which are no samples: by arithmetic.

A column under a label may hold a hundred thousand numbers, and of all but a few
:func:`~.lookalikes.sample_code` and the :data:`~.lookalikes.TELLING` structures have nothing to
say. What is chosen here may be too little, never too much: the others are asked one by one.
"""

from __future__ import annotations

import functools
from itertools import pairwise
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from .lookalikes import SAMPLES, TELLING, Groups, fitting

__all__ = ["ASK", "NO_SHAPE", "ordinary", "shapes"]

NO_SHAPE, ASK = -1, -2

_YEARS = ("199", "200", "201", "202", "203", "204")
_BEGINNINGS = {
    "shape_time": _YEARS,
    "shape_date_serial": _YEARS,
    "shape_mobile": ("8170", "8180", "8190"),
}
"""How the numbers of a structure begin; of one that is not listed here, any may be it."""
_GROUP = 10_000
_PUBLISHED = np.array([int(digits) for digits in SAMPLES], dtype=np.int64)

_Ints: TypeAlias = npt.NDArray[np.int64]
_Bools: TypeAlias = npt.NDArray[np.bool_]


@functools.cache
def _telling() -> _Bools:
    """By the first four digits, whether a structure may fit that no label outweighs."""
    beginnings = tuple(begin for code in TELLING for begin in _BEGINNINGS.get(code, ("",)))
    return np.array([f"{first:04d}".startswith(beginnings) for first in range(_GROUP)])


def ordinary(values: _Ints) -> _Bools:
    """Mark numbers of twelve digits (as integers) that are certainly of no such kind.

    >>> ordinary(np.array([483920175644, 123456789018, 202604010006])).tolist()
    [True, False, False]
    """
    groups = Groups.of(values)
    answer: _Bools = ~(_telling()[groups.first] | _patterned(groups, values))
    return answer


def _patterned(groups: Groups, values: _Ints) -> _Bools:
    """Mark the numbers that may be samples."""
    first, middle, last = groups
    # Eleven equal digits leave two groups of four alike, as do repeated groups.
    odd = (first == middle) | (middle == last) | (first == last)
    # Ten digits in steps of one cover the third to the sixth.
    digits = first // 10 % 10, first % 10, middle // 1000, middle // 100 % 10
    steps = [(after - before) % 10 for before, after in pairwise(digits)]
    odd |= ((steps[0] == 1) | (steps[0] == 9)) & (steps[0] == steps[1]) & (steps[1] == steps[2])
    answer: _Bools = odd | np.isin(values, _PUBLISHED)
    return answer


def shapes(values: _Ints, *, strong: bool) -> _Ints:
    """What numbers could be else: the place of the first structure that each fits.

    Args:
        values: numbers of twelve digits, as integers.
        strong: whether a label names them.

    Returns:
        :data:`NO_SHAPE` where none fits, and :data:`ASK` where a number may be a sample.
    """
    said, groups = np.full(len(values), NO_SHAPE), Groups.of(values)
    for nth, one in reversed([*enumerate(fitting(strong=strong))]):
        said[one.fits(groups)] = nth
    said[_patterned(groups, values)] = ASK
    return said
