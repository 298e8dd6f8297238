"""The cells of an OpenDocument sheet: repeated ones bounded, numbers as their format shows them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from auditor.formats import _cells, _numfmt
from auditor.formats._visibility import Unseen, marked
from auditor.model import Table, Visibility

_WIDEST, _LONGEST = 16_384, 1_048_576
_COPIES = 100
"""Copies of a cell or row with contents that are read; more say nothing new."""
_FOLDED = ("collapse", "filter")
"""What rows and columns say of themselves that are not shown."""
_HELD = 200_000
"""Cells after which what is known is handed over."""
_HEAD = 10
_LONG = re.compile(r"[0-9]{9,}")
_NUMERIC = frozenset(("float", "currency", "percentage"))


def count(told: str | None) -> int:
    """A repetition as it is written; 1 when it is none."""
    return max(1, int(told[:7])) if told and told.isascii() and told[:7].isdigit() else 1


@dataclass(slots=True)
class Formats:
    """Number formats by style; a style may be known before the format it names."""

    codes: dict[str, str] = field(default_factory=dict)
    """Data style → a format code as Excel writes them."""
    styles: dict[str, str] = field(default_factory=dict)
    """Cell style → data style."""
    hidden: set[str] = field(default_factory=set)
    """Styles of sheets and slides that are not shown."""
    _known: dict[str, _numfmt.Renderer | None] = field(default_factory=dict)
    _style: str = ""
    _code: str = ""

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """An element; only those that say what numbers look like, or what is hidden, count."""
        if tag in ("style", "number-style"):
            self._style = attributes.get("name", "")
            self._code = ""
            if data := attributes.get("data-style-name"):
                self.styles[self._style] = data
        elif tag == "number" and self._style:
            if attributes.get("decimal-places", "0") == "0":
                self._code += "0" * min(count(attributes.get("min-integer-digits")), _COPIES)
        elif tag == "embedded-text" and self._code:
            at = len(self._code) - count(attributes.get("position"))
            self._code = f'{self._code[:at]}"-"{self._code[at:]}' if at > 0 else self._code
        elif (tag == "table-properties" and attributes.get("display") == "false") or (
            tag == "drawing-page-properties" and attributes.get("visibility") == "hidden"
        ):
            self.hidden.add(self._style)

    def end(self, tag: str) -> None:
        """An element ends."""
        if tag == "number-style":
            self.codes[self._style] = self._code
            self._style = ""

    def shown(self, style: str, value: str) -> str:
        """A number as its cell shows it."""
        number = _numfmt.plain(value)
        if style not in self._known:
            code = self.codes.get(self.styles.get(style, ""), "")
            self._known[style] = _numfmt.renderer(code) if code else None
        render = self._known[style]
        return render(number) if render else number


@dataclass(slots=True)
class Sheet:
    """A sheet being read."""

    place: str
    formats: Formats
    visibility: Visibility = Visibility.VISIBLE
    formulas: list[str] = field(default_factory=list, repr=False)
    _cells: list[_cells.Cell] = field(default_factory=list, repr=False)
    _head: tuple[tuple[str, ...], ...] | None = field(default=None, repr=False)
    _row: int = 0
    _rows: int = 1
    _column: int = 0
    _begun: int = 0
    _columns: list[tuple[int, str]] = field(default_factory=list)
    """Column after the last one of each run of columns, and the style of its cells."""
    _unseen: Unseen = field(default_factory=Unseen, repr=False)
    _open: Mapping[str, str] | None = field(default=None, repr=False)
    _text: list[str] = field(default_factory=list, repr=False)

    def columns(self, attributes: Mapping[str, str]) -> None:
        """A run of columns is described."""
        before = self._columns[-1][0] if self._columns else 0
        style = attributes.get("default-cell-style-name", "")
        end = before + count(attributes.get("number-columns-repeated"))
        self._columns.append((end, style))
        if attributes.get("visibility") in _FOLDED:
            self._unseen.hide_columns(before, end)

    def row(self, attributes: Mapping[str, str]) -> None:
        """A row begins."""
        self._rows = count(attributes.get("number-rows-repeated"))
        self._column, self._begun = 0, len(self._cells)
        if attributes.get("visibility") in _FOLDED:
            self._unseen.hide_rows(self._row + 1, self._rows)

    def end_row(self) -> None:
        """The row ends; one with contents is copied as often as it is worth."""
        mine = self._cells[self._begun :]
        last = min(self._rows, _COPIES, _LONGEST - self._row)
        for copy in range(1, last if mine else 0):
            self._cells.extend((row + copy, column, text) for row, column, text in mine)
        self._row += self._rows
        self._begun = len(self._cells)

    def cell(self, attributes: Mapping[str, str]) -> None:
        """A cell begins."""
        self._open, self._text = attributes, []

    def text(self, line: str) -> None:
        """A paragraph of the open cell."""
        self._text.append(line)

    def end_cell(self) -> None:
        """The open cell ends."""
        attributes = self._open or {}
        self._open = None
        repeated = count(attributes.get("number-columns-repeated"))
        if shown := self._shown(attributes):
            first, last = self._column, self._column + min(repeated, _COPIES)
            for column in range(first, min(last, _WIDEST)):
                self._cells.append((self._row, column, shown))
            if first >= _WIDEST:
                self._cells.append((self._row, _WIDEST - 1, shown))
        self._column += repeated

    def _shown(self, attributes: Mapping[str, str]) -> str:
        text = "\n".join(self._text)
        formula = attributes.get("formula", "")
        if any(run not in text for run in _LONG.findall(formula)):
            self.formulas.append(formula)
        value = attributes.get("value", "")
        if attributes.get("value-type", "") not in _NUMERIC or not value:
            return text or attributes.get("string-value", "")
        style = attributes.get("style-name") or self._style()
        digits = _numfmt.plain(value).lstrip("-0")
        told = "".join(filter(str.isdigit, text))
        # A number that is shown rounded or as 1.2E+11 is still that number.
        hides = not text or (len(digits) > len(told) and digits.isdigit())
        return self.formats.shown(style, value) if hides else text

    def _style(self) -> str:
        return next((style for end, style in self._columns if self._column < end), "")

    def ready(self) -> Iterator[Table]:
        """Tables when there are enough cells, between rows."""
        if self._begun == len(self._cells) >= _HELD:
            yield from self.close()

    def close(self) -> Iterator[Table]:
        """The tables so far; later ones carry the first rows."""
        tables = self._unseen.mark(_cells.tables(self._cells, self.place))
        for table in marked(tables, self.visibility):
            yield replace(table, head=table.head or self._head or ())
            if self._head is None:
                self._head = tuple(tuple(row) for row in table.rows[:_HEAD])
        self._cells, self._begun = [], 0
