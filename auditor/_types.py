"""The dtypes of all frames: how columns are written down, and made from what SQLite gives."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from importlib.util import find_spec
from typing import Any, Final

import numpy as np
import orjson
import pandas as pd

__all__ = ["FLAG", "INT", "LIST", "REAL", "TEXT", "TIME", "UNIQUE", "Column", "spec", "typed"]

TEXT: Final[Any] = pd.StringDtype("python")
"""``string``. Not Arrow's: there every cell is a copy, here equal texts are one object."""
UNIQUE: Final[Any] = pd.StringDtype("pyarrow") if find_spec("pyarrow") else TEXT
"""``string`` too, where no two cells are equal: there Arrow's needs a third, if it is installed."""
INT: Final[Any] = pd.Int64Dtype()
REAL: Final[Any] = pd.Float64Dtype()
FLAG: Final[Any] = pd.BooleanDtype()
TIME: Final[Any] = "datetime64[ns, UTC]"
LIST: Final[Any] = "object"

_KINDS: Final = {"": TEXT, "i": INT, "r": REAL, "b": FLAG, "t": TIME, "l": LIST, "u": UNIQUE}
_DIFFERENT: Final = 10_000
"""Texts of a column that are remembered, so that equal ones are one object."""
_CLOCK: Final = pd.Timestamp("1678-01-01", tz="UTC"), pd.Timestamp("2262-01-01", tz="UTC")


def spec(text: str) -> dict[str, Any]:
    """``"name:dtype …"`` → columns in order; a name alone is text."""
    pairs = (column.partition(":") for column in text.split())
    return {name: _KINDS[kind] for name, _, kind in pairs}


def typed(rows: list[tuple[Any, ...]], columns: dict[str, Any]) -> pd.DataFrame:
    """A small table in its dtypes, also without rows."""
    return pd.DataFrame(rows, columns=list(columns)).astype(columns)


class Column:
    """Makes a column of its dtype from cells; equal texts and equal lists are one object.

    That makes a table of millions of rows half of what it would be.
    """

    def __init__(self, dtype: Any) -> None:
        self._dtype = dtype
        self._texts: dict[Any, Any] = {}
        self._lists: dict[Any, list[str]] = {}
        self._held: list[Any] = []
        small = dtype == TIME or dtype == UNIQUE != TEXT
        self._pieces: list[pd.Series[Any]] | None = [] if small else None

    def block(self, cells: Sequence[Any]) -> pd.Series[Any]:
        """A column of these cells."""
        return self._made(self._shared(cells))

    def add(self, cells: Sequence[Any]) -> None:
        """Hold the cells until the column is whole, in whichever shape is small."""
        if self._pieces is not None:
            self._pieces.append(self.block(cells))
        else:
            self._held.extend(self._shared(cells))

    def whole(self) -> pd.Series[Any]:
        """A column of all cells that were added."""
        if self._pieces:
            return pd.concat(self._pieces, ignore_index=True)
        if self._dtype != TEXT:
            return self._made(self._held)
        cells = np.array(self._held, dtype="object")
        self._held = []  # before pandas makes anything of the cells
        column: pd.Series[Any] = pd.Series(pd.array(cells, dtype=TEXT, copy=False), copy=False)
        return column

    def _made(self, cells: Iterable[Any]) -> pd.Series[Any]:
        values = cells if isinstance(cells, list) else list(cells)
        if self._dtype == TIME:
            return _times(values)
        if self._dtype == FLAG:
            values = [None if value is None else bool(value) for value in values]
        column: pd.Series[Any] = pd.Series(values, dtype=self._dtype)
        return column

    def _shared(self, cells: Sequence[Any]) -> Iterable[Any]:
        """Equal objects, as far as they are not too many, are the same ones."""
        for seen in (self._texts, self._lists):
            if len(seen) > _DIFFERENT:
                seen.clear()
        if self._dtype == LIST:
            return map(self._list, cells)
        return map(self._texts.setdefault, cells, cells)

    def _list(self, text: str | None) -> list[str]:
        """A list of a column that holds them as JSON."""
        found = self._lists.get(text)
        if found is None:
            cells = orjson.loads(text) if text else []
            found = self._lists[text] = [self._texts.setdefault(cell, cell) for cell in cells]
        return found


def _times(cells: list[Any]) -> pd.Series[Any]:
    """Times; one that nanoseconds cannot hold is missing."""
    texts: pd.Series[Any] = pd.Series(cells, dtype=LIST)
    times = pd.to_datetime(texts, utc=True, format="ISO8601", errors="coerce")
    return times.where(times.between(*_CLOCK)).astype(TIME)
