"""The cells of a table as one text, with arrays that say where each begins.

A large table has a hundred times as many cells as numbers: what is asked of all of them (how long,
what it begins with, whether letters stand in it) is answered by arrays.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from itertools import chain
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from .arrays import units
from .characters import DIGIT, neighbour_table

__all__ = ["CELL", "Cells"]

CELL = "\x01"
"""Between cells when they are read as one text: no separator, so nothing joins across it."""
_LETTERS = ord("@")
"""Below it stand digits, spaces and marks."""
_WORD = 64
_PIECE = 1 << 18
"""Characters of a large table that are read at once."""

_Ints: TypeAlias = npt.NDArray[np.int64]


class Cells:
    """The cells of a table, flat, with the row and column of each."""

    def __init__(self, rows: Sequence[Sequence[str]]) -> None:
        """Flatten ``rows``, which may differ in length."""
        self.rows = rows
        self.flat = list(chain.from_iterable(rows))
        self.text = CELL.join(self.flat)
        widths = np.fromiter(map(len, rows), np.int64, len(rows))
        self.first = np.cumsum(widths) - widths
        self.width = int(widths.max()) if len(rows) else 0
        self._widths = widths

    @functools.cached_property
    def _units(self) -> npt.NDArray[Any]:
        if len(self.text) <= _PIECE or self.text.isascii():
            return units(self.text)
        # Large arrays are mapped anew each time, which costs more than to fill them.
        row = np.empty(len(self.text), dtype=np.uint16)
        for low in range(0, len(row), _PIECE):
            row[low : low + _PIECE] = units(self.text[low : low + _PIECE])
        return row

    @functools.cached_property
    def begins(self) -> _Ints:
        """Where each cell begins in :attr:`text`."""
        if not self.flat:
            return np.zeros(0, dtype=np.int64)
        ends = np.flatnonzero(self._units == ord(CELL))
        if len(ends) != len(self.flat) - 1:
            sizes = np.fromiter(map(len, self.flat), np.int64, len(self.flat)) + 1
            return np.cumsum(sizes) - sizes
        return np.concatenate(([0], ends + 1))

    @functools.cached_property
    def lengths(self) -> _Ints:
        """Characters of each cell."""
        ends = np.append(self.begins[1:] - 1, len(self.text)) if self.flat else self.begins
        return ends - self.begins

    def index(self, offsets: _Ints) -> _Ints:
        """Flat indices of the cells in which ``offsets`` of :attr:`text` stand."""
        return np.searchsorted(self.begins, offsets, "right") - 1

    def places(self, index: _Ints) -> tuple[_Ints, _Ints]:
        """Give rows and columns of flat indices."""
        if len(self.flat) == self.width * len(self.rows):
            rows = index // max(self.width, 1)
            return rows, index - rows * self.width
        rows = np.searchsorted(self.first, index, "right") - 1
        return rows, index - self.first[rows]

    def at(self, index: _Ints) -> tuple[list[int], list[int]]:
        """Give rows and columns of flat indices as lists."""
        rows, columns = self.places(index)
        return rows.tolist(), columns.tolist()

    def get(self, row: int, column: int) -> str:
        """Give one cell, "" where there is none."""
        if 0 <= row < len(self.rows) and 0 <= column < len(self.rows[row]):
            return self.rows[row][column]
        return ""

    def filled(self, column: int) -> tuple[_Ints, _Ints]:
        """Rows and flat indices of the filled cells of a column."""
        rows = np.flatnonzero(self._widths > column)
        index = self.first[rows] + column
        some = self.lengths[index] > 0
        return rows[some], index[some]

    def worded(self, column: int, deep: int) -> list[int]:
        """Rows from ``deep`` on whose cell in the column is filled and begins with no digit."""
        rows, index = self.filled(column)
        words = ~self.numeric(index)
        answer: list[int] = rows[words & (rows >= deep)].tolist()
        return answer

    def numeric(self, index: _Ints) -> npt.NDArray[np.bool_]:
        """Whether the filled cells at flat indices begin with a digit (of others: anything)."""
        digits = np.frombuffer(neighbour_table(), dtype=np.uint8)
        begins = np.minimum(self.begins[index], len(self._units) - 1)
        answer: npt.NDArray[np.bool_] = digits[self._units[begins]] & DIGIT != 0
        return answer

    def lettered(self, least: int) -> _Ints:
        """Flat indices of the cells of ``least`` characters and more with a letter among them."""
        index = np.flatnonzero(self.lengths >= least)
        return index[self.has_letter(index)]

    def has_letter(self, index: _Ints) -> npt.NDArray[np.bool_]:
        """Whether the cells at flat indices have a letter among their characters."""
        begins = self.begins[index]
        answer: npt.NDArray[np.bool_]
        answer = self._letters(begins + self.lengths[index]) > self._letters(begins)
        return answer

    def _letters(self, offsets: _Ints) -> _Ints:
        """Count the letters of :attr:`text` before each offset."""
        words, counts = self._marked
        part = words[offsets >> 6] & ((np.uint64(1) << (offsets & 63).astype(np.uint64)) - 1)
        total: _Ints = counts[offsets >> 6] + np.bitwise_count(part)
        return total

    @functools.cached_property
    def _marked(self) -> tuple[npt.NDArray[np.uint64], _Ints]:
        """A bit for each character that is a letter, and the letters before each word of bits."""
        marks = np.zeros((len(self._units) // _WORD + 1) * _WORD, dtype=np.bool_)
        marks[: len(self._units)] = self._units > _LETTERS
        words = np.packbits(marks, bitorder="little").view(np.uint64)
        return words, np.cumsum(np.bitwise_count(words), dtype=np.int64) - np.bitwise_count(words)
