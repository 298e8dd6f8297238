"""Tables inside documents: cells keep their column, and a title stays with its table."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from auditor.formats import _rows
from auditor.model import Table

DEEPEST = 20
"""Tables inside tables; text is copied once a level, so there must be an end."""
_TITLE = 60
_WIDEST = 1_000
"""Columns one cell may span; a liar's number costs no more."""
_BLANKS = 500_000
"""Places that cells of one table may cover beside their own; beyond them a span counts nothing."""
_DIGIT = re.compile(r"\d")


@dataclass(slots=True)
class Grid:
    """A table being read; a cell is a list of text pieces."""

    title: str = ""
    rows: list[list[str]] = field(default_factory=list, repr=False)
    nests: bool = False
    """Another table lies in it: then it is layout, and its own cells are running text."""
    _cell: list[str] = field(default_factory=list, repr=False)
    _span: tuple[int, int] = (1, 1)
    open: bool = False
    """Whether text belongs to a cell now."""
    _pending: dict[int, int] = field(default_factory=dict)
    """Column → rows that a cell from above still covers."""
    _blanks: int = _BLANKS

    def row(self) -> None:
        """A row begins."""
        self.close_cell()
        if self.rows:
            self._fill()
        self.rows.append([])

    def cell(self, columns: int = 1, rows: int = 1) -> None:
        """A cell begins, over so many columns and rows."""
        self.close_cell()
        if not self.rows:
            self.rows.append([])
        self._fill()
        self.open = True
        self._span = (max(1, min(columns, _WIDEST)), max(1, min(rows, _WIDEST)))

    def span(self, columns: int) -> None:
        """The open cell turns out to cover so many columns."""
        self._span = (max(1, min(columns, _WIDEST)), self._span[1])

    def text(self, text: str) -> bool:
        """Take text of the open cell; False when none is open."""
        if self.open:
            self._cell.append(text)
        return self.open

    def close_cell(self) -> None:
        """The open cell ends."""
        if not self.open:
            return
        row = self.rows[-1]
        cell, self._cell, self.open = self._cell, [], False
        row.append((cell[0] if len(cell) == 1 else "".join(cell)).strip(" \t\r\n"))
        if self._span == (1, 1):
            return
        columns, rows = min(self._span[0], self._blanks + 1), self._span[1]
        if rows > 1:
            self._pending.update(dict.fromkeys(range(len(row) - 1, len(row) - 1 + columns), rows))
        row.extend("" for _ in range(columns - 1))
        self._blanks -= columns - 1

    def _fill(self) -> None:
        """Leave the places free that cells from above cover."""
        if not self._pending:
            return
        row = self.rows[-1]
        while self._blanks and self._pending.get(len(row), 0) > 1:
            self._pending[len(row)] -= 1
            self._blanks -= 1
            row.append("")

    def is_table(self) -> bool:
        """Whether coordinates mean anything here."""
        return not self.nests and max(map(len, self.rows), default=0) > 1

    def tables(self, place: str) -> Iterator[Table]:
        """The table, in blocks; its title, if it has one, is row 0."""
        rows = [[self.title], *self.rows] if self.title else self.rows
        return _rows.blocks(enumerate(rows, 0 if self.title else 1), place)

    def flat(self) -> str:
        """The cells as running text, with something between any two."""
        return "\n".join("\t".join(row) for row in self.rows)


def title_of(pieces: Sequence[str]) -> str:
    """The last line of the text before a table, if it can be a title: short, without digits."""
    tail = "".join(pieces[-8:]).rstrip().rpartition("\n")[2].strip()
    return tail if len(tail) <= _TITLE and not _DIGIT.search(tail) else ""
