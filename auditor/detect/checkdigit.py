"""The check digit of an Individual Number, one at a time and by the million.

Ministerial ordinance 85 of 2014 (平成26年総務省令第85号), article 5: the sum of the first eleven
digits times 6 5 4 3 2 7 6 5 4 3 2, remainder by 11; the check digit is 0 where the remainder is 0
or 1, else 11 minus the remainder. ``(-sum) % 11 % 10`` says the same in one expression.

>>> check_digit("12345678901")
8
>>> check_digit("00011111111")  # remainder 10 gives 1, not 0
1
>>> passes("123456789018"), passes("123456789012")
(True, False)
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

__all__ = ["PASS_OTHER", "PASS_ZERO", "WEIGHTS", "check_digit", "passes", "passes_many"]

WEIGHTS = (6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2)

PASS_ZERO = 2 / 11
"""Share of random numbers ending in 0 that pass: two remainders share that digit."""
PASS_OTHER = 1 / 11
"""Share of random numbers ending in 1 to 9 that pass; over all twelve digits exactly one in ten."""

_WEIGHTS = np.array(WEIGHTS, dtype=np.int16)


def check_digit(first_eleven: str) -> int:
    """Compute the twelfth digit for the first eleven (ASCII digits).

    >>> check_digit("48392017564")
    4
    """
    total = sum(int(digit) * weight for digit, weight in zip(first_eleven, WEIGHTS, strict=True))
    return -total % 11 % 10


def passes(twelve: str) -> bool:
    """Whether twelve ASCII digits end in their own check digit.

    >>> passes("621498320257")
    True
    """
    return check_digit(twelve[:11]) == int(twelve[11])


def passes_many(digits: npt.NDArray[Any]) -> npt.NDArray[np.bool_]:
    """Whether each row of an (n, 12) array of digits 0 to 9 ends in its own check digit.

    >>> passes_many(np.array([[6, 2, 1, 4, 9, 8, 3, 2, 0, 2, 5, 7]])).tolist()
    [True]
    """
    columns = np.ascontiguousarray(digits.T, dtype=np.int16)
    total = np.zeros(columns.shape[1], dtype=np.int16)
    for column, weight in zip(columns[:11], _WEIGHTS, strict=True):
        total += column * weight
    answer: npt.NDArray[np.bool_] = -total % 11 % 10 == columns[11]
    return answer
