"""The cells of a worksheet part, from its XML as a stream: no tree, no dimensions believed.

Blocks of rows that are written alike are read at once (:mod:`._shape`). Other rows are read one by
one: writers put a cell's attributes in one order nearly always; a row where the quick pattern does
not account for every cell is read again with a slow one that takes any order and nesting.
"""

from __future__ import annotations

import itertools
import operator
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from auditor.formats import _cellvalue, _numfmt
from auditor.formats._cellvalue import Book
from auditor.formats._rows import Batch
from auditor.formats._shape import Column, Shape, column_of
from auditor.formats._visibility import Unseen

Renderer = _numfmt.Renderer

_ROW = re.compile(r"<row\b([^<>]*?)(/?)>")
_ROW_NUMBER = re.compile(r"""\br\s*=\s*["']([0-9]{1,7})["']""")
_QUICK = re.compile(
    r'<c r="([A-Z]{1,3})[0-9]{1,7}"(?: s="([0-9]{1,6})")?(?: t="([A-Za-z]{1,9})")?\s*'
    r"(?:/>|>(?:<v>([^<]*)</v>|<is><t(?: [^<>]*)?>([^<]*)</t></is>)?</c>)"
)
_SLOW = re.compile(r"<c\b([^<>]*?)(?:/>|>(.*?)(?:</c>|(?=<c\b)|\Z))", re.DOTALL)
_CELL = re.compile(r"<c[ />]")
_ATTRIBUTE = re.compile(r"""\b(r|s|t)\s*=\s*["']([^"']*)["']""")
_VALUE = re.compile(r"<v\b[^<>]*>([^<]*)")
_FORMULA = re.compile(r"<f\b[^<>]*>([^<]*)")
_ODD = re.compile(r"<!--.*?-->|<!\[CDATA\[(.*?)\]\]>", re.DOTALL)
_LONG = re.compile(r"[0-9]{9,}")
_DATA = re.compile(r"<sheetData\b[^<>]*>")
_UNSEEN = re.compile(r"""\b(?:hidden\s*=\s*["'](?:1|true)["']|ht\s*=\s*["']0(?:\.0*)?["'])""")
"""Of a row that is not shown: it says so, or has no height."""
_LETTERS = re.compile(r'<c r="([A-Z]{1,3})[0-9]')
ENDLESS = 8 << 20
"""Characters of XML after which nobody waits for the end of a row or string any more."""
_SOON = 1 << 16
_APART = 64
"""Empty columns after which the rest of a row is kept as a table of its own."""


@dataclass(slots=True)
class Sheet:
    """What reading found besides the rows."""

    before: str = ""
    after: str = field(default="", repr=False)
    """What stands before and after the cells, as XML."""
    formulas: list[str] = field(default_factory=list, repr=False)
    islands: dict[int, list[tuple[int, list[str]]]] = field(default_factory=dict, repr=False)
    """Column → ``(row, cells)`` of cells far to the right of the others."""
    ended: bool = False
    """Whether the end of the cells was seen."""
    unseen: Unseen = field(default_factory=Unseen, repr=False)
    """Rows that are not shown."""

    def told(self, formulas: Iterable[str], shown: Iterable[str]) -> None:
        """Keep formulas with long numbers that their cells do not show."""
        for formula, value in zip(formulas, shown, strict=True):
            if formula and any(run not in value for run in _LONG.findall(formula)):
                self.formulas.append(_cellvalue.plain(formula))


def batches(source: Iterable[str], book: Book, sheet: Sheet) -> Iterator[Batch]:
    """The rows that hold something, many at a time."""
    shape = Shape()
    last = 0

    def shown(column: Column) -> Sequence[str]:
        if _LONG.search("\n".join(column.formulas)):
            sheet.told(column.formulas, column.values)
        return book.column(column)

    for xml in _blocks_of(source, sheet):
        fitting = shape.fit(xml, shown)
        if not fitting and len(xml) > _SOON:
            shape.learn(_LETTERS.findall(xml))
            fitting = shape.fit(xml, shown)
        if fitting and fitting[0][0] > last and _rises(fitting[0]):
            last = fitting[0][-1]
            if "hidden" in xml or 'ht="0' in xml:
                _hide(_ROW.findall(xml), fitting[0], sheet)
            yield fitting
            continue
        numbers: list[int] = []
        rows: list[Sequence[str]] = []
        for number, row in _one_by_one(xml, last, book, sheet):
            last = number
            if row:
                numbers.append(number)
                rows.append(row)
        yield numbers, rows


def _rises(numbers: Sequence[int]) -> bool:
    if numbers == [*range(numbers[0], numbers[0] + len(numbers))]:
        return True
    return all(map(operator.lt, numbers, itertools.islice(numbers, 1, None)))


def _hide(rows: Iterable[Sequence[str]], numbers: Iterable[int], sheet: Sheet) -> None:
    """Note which rows are not shown, by the attributes that each begins with."""
    for (attributes, *_), number in zip(rows, numbers, strict=True):
        if _UNSEEN.search(attributes):
            sheet.unseen.hide_rows(number)


def _one_by_one(block: str, last: int, book: Book, sheet: Sheet) -> Iterator[tuple[int, list[str]]]:
    for xml in _split(block):
        start = _ROW.match(xml)
        told = _ROW_NUMBER.search(start[1]) if start else None
        last = max(last + 1, int(told[1])) if told else last + 1
        if start:
            _hide((start.groups(),), (last,), sheet)
        cells = _QUICK.findall(xml)
        if len(cells) != len(_CELL.findall(xml)):
            cells = _slowly(xml, sheet)
        yield last, _row(last, cells, book, sheet)


def unprefixed(source: Iterable[str], root: str) -> Iterator[str]:
    """The same XML without the prefix that its root element has."""
    prefix: str | None = None
    held = ""
    for piece in source:
        text = held + piece
        held = ""
        if prefix is None:
            found = re.search(rf"<(\w+:|){root}\b", text)
            if not found and len(text) < _SOON:
                held = text
                continue
            prefix = found[1] if found else ""
        if prefix:
            cut = text.rfind("<")  # a name may be cut by the end of the piece
            text, held = (text[:cut], text[cut:]) if cut > 0 else (text, "")
            text = text.replace(f"<{prefix}", "<").replace(f"</{prefix}", "</")
        yield text
    yield held.replace(f"<{prefix}", "<").replace(f"</{prefix}", "</") if prefix else held


def _blocks_of(source: Iterable[str], sheet: Sheet) -> Iterator[str]:
    """The XML of whole rows, piece by piece; the rest goes to ``sheet``."""
    buffer = ""
    begun = False
    tail: list[str] = []
    for piece in unprefixed(source, "worksheet"):
        if sheet.ended:
            tail.append(piece)
            continue
        seen = max(0, len(buffer) - len("</sheetData"))
        buffer += piece
        if not begun:
            found = _DATA.search(buffer)
            if not found:
                if len(buffer) > ENDLESS:  # no part says so much before its cells
                    sheet.before, buffer = sheet.before + buffer[:_SOON], buffer[-_SOON:]
                continue
            begun, seen = True, 0
            sheet.before += buffer[: found.start()]
            buffer = buffer[found.end() :]
            sheet.ended = found[0].endswith("/>")
        if sheet.ended:
            continue
        end = buffer.find("</sheetData", seen)
        sheet.ended = end >= 0
        whole = end if end >= 0 else buffer.rfind("</row>", seen) + len("</row>")
        if whole < len("</row>") and len(buffer) > ENDLESS:
            whole = buffer.rfind("<c ")
        if whole >= len("</row>") or sheet.ended:
            yield _plain(buffer[:whole])
            buffer = buffer[whole:]
    if begun and not sheet.ended:
        yield _plain(buffer)
        buffer = ""
    sheet.after = buffer + "".join(tail)


def _plain(xml: str) -> str:
    if "!" in xml and "<!" in xml:  # the first alone is found in no time
        xml = _ODD.sub(lambda odd: (odd[1] or "").replace("<", "&lt;"), xml)
    return xml


def _split(xml: str) -> Iterator[str]:
    starts = [found.start() for found in _ROW.finditer(xml)]
    if _CELL.search(xml, 0, starts[0] if starts else len(xml)):
        starts.insert(0, 0)  # cells that stand in no row
    for start, end in zip(starts, [*starts[1:], len(xml)][: len(starts)], strict=True):
        yield xml[start:end]


def _slowly(xml: str, sheet: Sheet) -> list[tuple[str, str, str, str, str]]:
    """Cells in any shape."""
    cells: list[tuple[str, str, str, str, str]] = []
    for attributes, inside in _SLOW.findall(xml):
        told = dict(_ATTRIBUTE.findall(attributes))
        value = _VALUE.search(inside)
        rich = _cellvalue.text_of(inside).replace("&", "&amp;") if "<is" in inside else ""
        shown = value[1] if value else ""
        if formula := _FORMULA.search(inside):
            sheet.told((formula[1],), (shown,))
        column = told.get("r", "").rstrip("0123456789")
        cells.append((column, told.get("s", ""), told.get("t", ""), shown, rich))
    return cells


def _row(
    number: int, cells: Sequence[tuple[str, str, str, str, str]], book: Book, sheet: Sheet
) -> list[str]:
    row: list[str] = []
    target, start, at = row, 0, -1
    for letters, style, kind, value, inline in cells:
        at = column_of(letters) if letters else at + 1
        if not value and not inline:
            continue
        missing = at - start - len(target)
        # A far cell, one said twice, one out of order: nothing may be lost, nothing may be filled.
        if missing > _APART or missing < 0:
            target, start, missing = [], at, 0
            sheet.islands.setdefault(at + 1, []).append((number, target))
        if missing:
            target.extend([""] * missing)
        target.append(book.shown(style, kind, value, inline))
    return row
