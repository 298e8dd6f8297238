"""Columns of the page's tables as short text: whole numbers as letters, repeated texts by number.

A page of 100,000 rows is read by a browser in one go, so a column is one string instead of as many
numbers: 64 signs, a fixed width a column, the value plus one, so that zero is a missing value. No
sign is a digit: nothing in a column of numbers can look like a number of a person.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import pandas as pd

__all__ = ["dictionary", "lists", "numbers", "ranks", "texts"]

SIGNS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_.!*()~$@:;"
_SIGNS = np.frombuffer(SIGNS.encode(), dtype=np.uint8)
_BITS = 6

Packed = dict[str, Any] | list[str]


def numbers(values: Iterable[Any]) -> dict[str, Any]:
    """Whole numbers from 0, missing ones too: the text ``n`` of ``w`` signs a value."""
    held = values if isinstance(values, pd.Series) else pd.Series(list(values), dtype="Int64")
    plain = held.to_numpy(dtype=np.int64, na_value=-1)
    plain = np.maximum(plain, -1) + 1
    width = max(1, -(-int(plain.max(initial=0)).bit_length() // _BITS))
    shifts = np.arange(width - 1, -1, -1) * _BITS
    signs = _SIGNS[(plain[:, None] >> shifts) & (len(SIGNS) - 1)]
    return {"n": signs.tobytes().decode("ascii"), "w": width}


def dictionary(values: Sequence[str]) -> dict[str, Any]:
    """Each distinct text once in ``d``, and which one a row has as numbers."""
    codes, distinct = pd.factorize(pd.Series(list(values), dtype=object))
    return {"d": list(distinct), **numbers(pd.Series(codes))}


def lists(values: Iterable[Sequence[str]]) -> dict[str, Any]:
    """The same for lists of texts."""
    codes, distinct = pd.factorize(pd.Series([tuple(value) for value in values], dtype=object))
    return {"d": [list(key) for key in distinct], **numbers(pd.Series(codes))}


def texts(values: Sequence[str]) -> Packed:
    """Texts as they are; with a dictionary where that is shorter."""
    if len(set(values)) * 2 > len(values):
        return list(values)
    return dictionary(values)


def ranks(names: Sequence[str]) -> dict[str, Any]:
    """The place of each name when they are sorted, computed here since a browser takes a second.

    The order of Japanese lists: JIS, so that common kanji stand by their reading; digits by value.
    """
    order = {name: place for place, name in enumerate(sorted(set(names), key=_key))}
    return numbers(order[name] for name in names)


def _key(name: str) -> tuple[bytes, str]:
    folded = unicodedata.normalize("NFKC", name).casefold()
    counted = re.sub(r"\d+", lambda digits: digits[0].lstrip("0").zfill(20), folded)
    return counted.encode("cp932", "xmlcharrefreplace"), name
