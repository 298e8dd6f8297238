"""Records of binary workbooks since 2007 (MS-XLSB): how they follow, and what their cells show."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator

from auditor.formats import _biff, _strings
from auditor.formats._biff import Book, Record
from auditor.formats._biffsheet import CODE, Aside
from auditor.formats._cells import Cell
from auditor.formats._visibility import Unseen
from auditor.model import Gap

_LARGEST = 64 << 20
_ROW, _RK, _BOOL, _REAL, _TEXT, _SHARED = 0, 2, 4, 5, 6, 7
_FORMULA_TEXT, _FORMULA_REAL, _FORMULA_BOOL, _FORMULA_ERROR, _RICH = 8, 9, 10, 11, 62
_COLUMNS = 60
_ITEM, _FORMAT, _STYLE, _BEGIN_STYLES, _END_STYLES = 19, 44, 47, 617, 618
_SHEET, _NAME, _COMMENT, _HEADERS, _END_DATA = 156, 39, 637, 479, 146
_SMALLEST, _LARGEST_NUMBER = 10**8, 10**13


def records(chunks: Iterable[bytes | Gap], gaps: list[Gap]) -> Iterator[Record]:
    """The records of a part that comes in pieces; ``at`` is where each one starts."""
    buffer, at, gone = b"", 0, 0
    for chunk in chunks:
        if isinstance(chunk, Gap):
            gaps.append(chunk)
            continue
        gone += at
        buffer, at = buffer[at:] + chunk, 0
        while (head := _head(buffer, at)) is not None:
            kind, start, size = head
            if start + size > len(buffer):
                break
            yield Record(kind, buffer[start : start + size], gone + at)
            at = start + size
        if len(buffer) - at > _LARGEST:
            break
    if at < len(buffer):  # what was begun and never ended
        yield Record(-1, buffer[at:], gone + at)


def _head(buffer: bytes, at: int) -> tuple[int, int, int] | None:
    """Kind, start and size of the record at a place; None when its head is not all there."""
    if at >= len(buffer):
        return None
    kind = buffer[at]
    at += 1
    if kind & 0x80:
        if at >= len(buffer):
            return None
        kind = kind & 0x7F | (buffer[at] & 0x7F) << 7
        at += 1
    size = 0
    for shift in (0, 7, 14, 21):
        if at >= len(buffer):
            return None
        byte = buffer[at]
        at += 1
        size |= (byte & 0x7F) << shift
        if not byte & 0x80:
            break
    return kind, at, size


def wide(body: bytes, at: int) -> tuple[str, int]:
    """A text with its length before it, and where it ends; "" for one that is not there."""
    (count,) = struct.unpack_from("<I", body, at)
    if count == 0xFFFFFFFF:
        return "", at + 4
    end = at + 4 + 2 * count
    if end > len(body):
        raise IndexError
    return body[at + 4 : end].decode("utf-16-le", "replace"), end


class Workbook(Book):
    """Shared strings, formats and sheets, built up record by record."""

    def __init__(self) -> None:
        super().__init__()
        self.sheets: list[tuple[str, str]] = []
        """Relation and name of each sheet."""
        self.hidden: set[str] = set()
        """Relations of those that are not shown."""
        self._cell_styles = False

    def take(self, record: Record, aside: Aside) -> None:
        """Read a record of the workbook, of its strings or of its styles."""
        try:
            self._take(record, aside)
        except (struct.error, IndexError):
            aside.faults += 1
            aside.keep(record.body)

    def _take(self, record: Record, aside: Aside) -> None:
        kind, body = record.kind, record.body
        if kind == _ITEM:
            self.strings.append(wide(body, 1)[0])
            self.used.append(0)
        elif kind == _SHEET:
            relation, at = wide(body, 8)
            name = wide(body, at)[0]
            self.sheets.append((relation, name))
            if body[0] & 3:
                self.hidden.add(relation)
            aside.say("sheets", name)
        elif kind == _FORMAT:
            self.codes[int.from_bytes(body[:2], "little")] = wide(body, 2)[0]
        elif kind in (_BEGIN_STYLES, _END_STYLES):
            self._cell_styles = kind == _BEGIN_STYLES
        elif kind == _STYLE:
            if self._cell_styles:
                self.styles.append(int.from_bytes(body[2:4], "little"))
        elif kind == _NAME:
            name, at = wide(body, 9)
            aside.say("names", name)
            aside.keep(body[at:], formula=True)
        elif kind == -1:
            raise IndexError
        else:
            aside.keep(body)


class Sheet:
    """Turns records into cells; keeps the rest aside."""

    def __init__(self, book: Workbook, aside: Aside) -> None:
        """``book``: what the cells refer to."""
        self._book = book
        self._aside = aside
        self._row = 0
        self.ended = False
        """Whether the end of the cells was seen."""
        self.unseen = Unseen()

    def cells(self, source: Iterable[Record]) -> Iterator[Cell]:
        """What the records show."""
        for record in source:
            try:
                cell = self._cell(record)
            except (struct.error, IndexError):
                self._aside.faults += 1
                self._aside.keep(record.body)
                continue
            if cell is not None:
                yield cell

    def _cell(self, record: Record) -> Cell | None:
        kind, body, book = record.kind, record.body, self._book
        if kind in (_ROW, _COLUMNS):
            self._measure(kind, body)
            return None
        if kind not in _SHOWN:
            self._beside(record)
            return None
        column, style = struct.unpack_from("<II", body)
        at = 16
        if kind == _SHARED:
            text = book.shared(int.from_bytes(body[8:12], "little"))
        elif kind == _RK:
            text = book.number(_biff.rk(int.from_bytes(body[8:12], "little")), style & 0xFFFFFF)
        elif kind in (_REAL, _FORMULA_REAL):
            (value,) = struct.unpack_from("<d", body, 8)
            text = book.number(value, style & 0xFFFFFF)
        elif kind in (_BOOL, _FORMULA_BOOL):
            text, at = str(body[8]), 9
        else:
            text, at = wide(body, 9 if kind == _RICH else 8)
        if kind in (_FORMULA_TEXT, _FORMULA_REAL, _FORMULA_BOOL):
            self._aside.keep(body[at:], formula=True)
        return (self._row, column, text)

    def _measure(self, kind: int, body: bytes) -> None:
        """A row begins, or columns are described; nothing of either may be shown."""
        (first,) = struct.unpack_from("<I", body)
        if kind == _ROW:
            self._row = first
            if len(body) > 11 and body[11] & 0x10:
                self.unseen.hide_rows(first + 1)
        elif len(body) > 16 and body[16] & 1:
            (last,) = struct.unpack_from("<I", body, 4)
            self.unseen.hide_columns(first, last + 1)

    def _beside(self, record: Record) -> None:
        kind, body, aside = record.kind, record.body, self._aside
        if kind == _END_DATA:
            self.ended = True
        elif kind == _COMMENT:
            aside.say("comment", wide(body, 1)[0])
        elif kind == _HEADERS:
            at = 2
            while at + 4 <= len(body):
                text, at = wide(body, at)
                aside.say("header", CODE.sub(lambda code: "\n" if code[1] else " ", text))
        elif kind == -1:
            raise IndexError
        else:
            aside.keep(body)


_SHOWN = frozenset(
    (_RK, _BOOL, _REAL, _TEXT, _SHARED, _FORMULA_TEXT, _FORMULA_REAL, _FORMULA_BOOL, _RICH)
)


def loose(source: Iterable[Record]) -> Iterator[str]:
    """Texts and long whole numbers of a part that nobody takes apart: caches, links, tables."""
    for record in source:
        body = record.body
        size = 4 + 2 * int.from_bytes(body[:4], "little")
        if 4 < size == len(body):
            yield body[4:].decode("utf-16-le", "replace")
        elif len(body) in (8, 12):
            (value,) = struct.unpack_from("<d", body, len(body) - 8)
            if _SMALLEST <= value < _LARGEST_NUMBER and value.is_integer():
                yield str(int(value))
        elif len(body) > 12:
            yield from _strings.words(body)


def said(source: Iterable[Record]) -> list[str]:
    """What a part of comments says, and any digits that stand in its other records."""
    found = Aside()
    lines = [text for _, _, text in Sheet(Workbook(), found).cells(source)]
    found.settle()
    return lines + [line for told in found.lines.values() for line in told]
