"""Rows of a sheet read many at a time: one pattern for whole rows, then column by column.

Programs write all cells of a sheet alike. From the columns that were met a pattern for a row is
made; where every row of a block fits it, cells are taken at the speed of the pattern engine. A
row that fits is accounted for to the last character, so nothing is lost by looking away.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

_MOST = 200
"""Columns of the pattern; wider sheets are read cell by cell."""
_GROUPS = 5
_WIDEST = 16_384
_ROW = r'<row(?: r="([0-9]{1,7}+)")?+[^<>]*?(?:/>|>'
_CELL = (
    r'(?:\s*+<c r="%s[0-9]{1,7}+"(?: s="([0-9]{1,6}+)")?+(?: t="([A-Za-z]{1,9}+)")?+\s*+(?:/>|>'
    r"(?:<f[^<>]*?(?:/>|>([^<]*+)</f>))?"
    r"(?:<v>([^<]*+)</v>|<is><t(?: [^<>]*+)?+>([^<]*+)</t></is>)?</c>))?"
)
_ROW_END = r"\s*+</row>)"
_TIGHT_ROW, _TIGHT_END = r'<row(?: r="([0-9]{1,7}+)")?+[^<>]*+>', r"\s*+</row>"
_STRAY = re.compile(r"</row>\s*<c\b")
_EMPTY = 64
"""Columns without a cell that a row may have; where there are more, cells lie far apart."""

_TIGHT = (
    r'\s*+<c r="%s[0-9]{1,7}+"%s%s\s*+><v>([^<]*+)</v></c>',
    r'\s*+<c r="%s[0-9]{1,7}+"%s%s\s*+><is><t(?: [^<>]*+)?+>([^<]*+)</t></is></c>',
)
"""A cell whose style and type are known, with a value or with its text inside."""


class Column(NamedTuple):
    """The cells of one column: each list has one entry a row, or one for all of them."""

    styles: Sequence[str]
    kinds: Sequence[str]
    formulas: Sequence[str]
    values: Sequence[str]
    inline: Sequence[str]


Shown = Callable[[Column], Sequence[str]]


def column_of(letters: str) -> int:
    """0 for A; columns beyond the last one Excel has are the last one."""
    known = _COLUMNS.get(letters)
    if known is None:
        known = 0
        for letter in letters[:3].upper():
            known = known * 26 + ord(letter) - 64
        known = max(0, min(known - 1, _WIDEST - 1))
        _COLUMNS[letters] = known
    return known


_COLUMNS: dict[str, int] = {}


@dataclass(slots=True)
class Shape:
    """The columns met so far, and the patterns made of them."""

    places: dict[int, str] = field(default_factory=dict)
    """Column from 0 → its letters, in order."""
    _pattern: re.Pattern[str] | None = None
    _tight: re.Pattern[str] | None = None
    """For rows in which every column has a cell of the same style and type as before."""
    _kinds: list[tuple[str, str, bool]] = field(default_factory=list)
    """Style, type, and whether the text is inside, of each column of the tight pattern."""

    def learn(self, letters: Iterable[str]) -> None:
        """Columns of rows that did not fit."""
        found = {column_of(name): name for name in set(letters)}
        if found.keys() - self.places.keys():
            self.places = dict(sorted((self.places | found).items()))
            self._pattern = self._tight = None

    def fit(self, block: str, shown: Shown) -> tuple[Sequence[int], Sequence[Sequence[str]]] | None:
        """Numbers and cells of the rows of a block; None when not all of them fit."""
        width = next(reversed(self.places), -1) + 1
        if not self.places or len(self.places) > _MOST or width > len(self.places) + _EMPTY:
            return None
        count = block.count("<row")
        if not count or _STRAY.search(block):
            return None
        if self._tight and (found := self._tightly(block, count)):
            numbers, columns = found
        else:
            if self._pattern is None:
                cells = "".join(_CELL % name for name in self.places.values())
                self._pattern = re.compile(_ROW + cells + _ROW_END)
            rows = self._pattern.findall(block)
            if len(rows) != count:
                return None
            numbers, *groups = zip(*rows, strict=True)
            columns = [Column(*groups[at : at + _GROUPS]) for at in range(0, len(groups), _GROUPS)]
            self._tighten(columns)
        if "" in numbers:
            return None
        table: list[Sequence[str]] = [[""] * count] * width
        for place, column in zip(self.places, columns, strict=True):
            table[place] = shown(column)
        return list(map(int, numbers)), list(zip(*table, strict=True))

    def _tightly(self, block: str, count: int) -> tuple[Sequence[str], list[Column]] | None:
        rows = self._tight.findall(block) if self._tight else []
        if len(rows) != count:
            return None
        numbers, *groups = zip(*rows, strict=True)
        empty = ("",)
        return numbers, [
            Column((style,), (kind,), empty, empty if inside else group, group if inside else empty)
            for (style, kind, inside), group in zip(self._kinds, groups, strict=True)
        ]

    def _tighten(self, columns: list[Column]) -> None:
        """A pattern for rows that go on as these are, if these are alike."""
        kinds: list[tuple[str, str, bool]] = []
        for column in columns:
            styles, types = set(column.styles), set(column.kinds)
            inside = all(column.inline)
            if len(styles) > 1 or len(types) > 1 or any(column.formulas):
                return
            if not inside and not all(column.values):
                return
            kinds.append((styles.pop(), types.pop(), inside))
        self._kinds = kinds
        cells = (
            _TIGHT[inside]
            % (name, f' s="{style}"' if style else "", f' t="{kind}"' if kind else "")
            for name, (style, kind, inside) in zip(self.places.values(), kinds, strict=True)
        )
        self._tight = re.compile(_TIGHT_ROW + "".join(cells) + _TIGHT_END)
