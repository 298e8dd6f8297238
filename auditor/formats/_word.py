"""Where the text of a Word document before 2007 stands, and what is known of its paragraphs.

The file keeps its text in pieces, in the order a person reads them, and properties by position in
the stream. Offsets are those of MS-DOC; of Word 6 and 95, those of its older description.
"""

from __future__ import annotations

import struct
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from auditor.formats import _strings
from auditor.formats._story import DELETED, HIDDEN, INSERTED

STORIES = ("", "footnote", "header", "macro", "comment", "endnote", "text box", "text box")
"""The parts of the text, in the order they follow each other."""

_WORD_97 = 0xC1
_PAGE = 512
_JAPANESE = 0x0411
_UNTOLD = (0, 0x0400, 0x0409)
"""Languages that a file of Word 6 states whatever it is written in."""
_SAMPLE = 1 << 16
_PIECES = 500_000
_HUGE = (0x6645, 0x6646)
_FLAGS = {0x2416: "in_table", 0x2417: "row_end", 0x244B: "inner_cell", 0x244C: "inner_row"}
_CHANGES = {0x0800: DELETED, 0x0801: INSERTED, 0x083C: HIDDEN}
_ON = (b"\x01", b"\x81")
"""It is so, or it is as the style is not."""
_SIZES = (1, 1, 2, 4, 2, 2, 0, 3)
_FREE = 1 << 20


class Piece(NamedTuple):
    """A run of text: character positions, place in the stream, bytes a character."""

    start: int
    end: int
    place: int
    width: int


class Slice(NamedTuple):
    """Text that was changed or not as a whole, and where its first byte stands."""

    text: str
    place: int
    width: int
    """Bytes a character; 0 when the text does not tell where a character stands."""
    change: int


@dataclass(slots=True)
class Marks:
    """Ends of paragraphs, by place in the stream right behind them."""

    in_table: set[int] = field(default_factory=set)
    row_end: set[int] = field(default_factory=set)
    inner_cell: set[int] = field(default_factory=set)
    inner_row: set[int] = field(default_factory=set)


class Document:
    """An open document: header, pieces, properties."""

    def __init__(self, main: bytes, tables: dict[str, bytes], data: bytes) -> None:
        """``tables``: the streams ``0Table`` and ``1Table`` by name, as far as they are there."""
        self.main = main
        self._data = data
        self.marks = Marks()
        self.changes: list[tuple[int, int, int]] = []
        """Start, end and kind of text that was deleted, inserted or hidden, by place in the
        stream."""
        self.broken = False
        kind, version, self._language, flags = struct.unpack_from("<HH2xH2xH", main)
        self.recent = version >= _WORD_97 and kind == 0xA5EC
        self.sealed = bool(flags & 0x0100)
        self._wide = not self.recent and bool(flags & 0x1000)
        """Word 95 of the Far East: every character has two bytes."""
        self._table = tables.get("1Table" if flags & 0x0200 else "0Table", b"")
        if not self.recent:
            self._table = main
        if self.sealed:
            self.counts: tuple[int, ...] = ()
            self.pieces: list[Piece] = []
            return
        base = 0x4C if self.recent else 0x34
        counts = struct.unpack_from("<8i", main.ljust(base + 32, b"\0"), base)
        self.counts = tuple(max(0, count) for count in counts)
        self.pieces = self._pieces()
        if self.recent:
            self._properties()
        self._charset = self._encoding()
        self._starts = [piece.start for piece in self.pieces]
        self._from = [start for start, _, _ in self.changes]
        self._left = 4 * len(main) + _FREE

    def _field(self, index: int, older: int = 0) -> bytes:
        """What the header refers to in the table stream."""
        at = 0x9A + 8 * index if self.recent else older
        if not at or at + 8 > len(self.main):
            return b""
        start, size = struct.unpack_from("<II", self.main, at)
        found = self._table[start : start + size]
        self.broken = self.broken or len(found) < size
        return found

    def _pieces(self) -> list[Piece]:
        complex_part = self._field(33, older=0x160)
        at = 0
        while at + 3 <= len(complex_part) and complex_part[at] == 1:
            at += 3 + int.from_bytes(complex_part[at + 1 : at + 3], "little")
        if at + 5 > len(complex_part) or complex_part[at] != 2:
            start, end = struct.unpack_from("<II", self.main, 0x18)
            end = min(end, len(self.main))
            self.broken = self.broken or self.recent
            width = 2 if self._wide else 1
            return [Piece(0, (end - start) // width, start, width)] if start < end else []
        (size,) = struct.unpack_from("<I", complex_part, at + 1)
        plc = complex_part[at + 5 : at + 5 + size]
        count = min(max(0, (len(plc) - 4) // 12), _PIECES)
        self.broken = self.broken or len(plc) < size
        places = struct.unpack_from(f"<{count + 1}I", plc) if count else ()
        pieces: list[Piece] = []
        for number in range(count):
            (raw,) = struct.unpack_from("<I", plc, 4 * (count + 1) + 8 * number + 2)
            narrow = raw & 0x40000000 if self.recent else not self._wide
            place = (raw & 0x3FFFFFFF) // 2 if narrow and self.recent else raw & 0x3FFFFFFF
            start, end = places[number], places[number + 1]
            if start < end and (not pieces or start >= pieces[-1].end):
                pieces.append(Piece(start, end, place, 1 if narrow else 2))
            else:
                self.broken = True
        return pieces

    def _encoding(self) -> str:
        """Of 8-bit text: nothing in the file says it but the language it was set up for."""
        if self._language != _JAPANESE and (self.recent or self._language not in _UNTOLD):
            return "cp1252"
        sample = bytearray()
        for piece in self.pieces:
            if piece.width == 1 and len(sample) < _SAMPLE:
                sample += self.main[piece.place : piece.place + piece.end - piece.start]
        sample = sample[:_SAMPLE]
        western = _strings.guessed(bytes(sample)) == sample.decode("cp1252", "replace")
        return "cp1252" if western else "cp932"

    def slices(self, start: int, end: int) -> Iterator[Slice]:
        """The text between two character positions."""
        first = max(0, bisect_right(self._starts, start) - 1)
        for piece in self.pieces[first:]:
            if piece.start >= end:
                return
            low, high = max(start, piece.start), min(end, piece.end)
            if low >= high:
                continue
            place = piece.place + (low - piece.start) * piece.width
            raw = self.main[place : place + (high - low) * piece.width]
            self.broken = self.broken or len(raw) < (high - low) * piece.width
            self._left -= len(raw)
            if self._left < 0:
                self.broken = True
                return
            yield from self._cut(raw, place, piece.width)

    def _cut(self, raw: bytes, place: int, width: int) -> Iterator[Slice]:
        """Split where a change begins or ends."""
        end = place + len(raw)
        at = place
        index = max(0, bisect_right(self._from, place) - 1)
        while at < end and index < len(self.changes):
            start, stop, kind = self.changes[index]
            index += 1
            if stop <= at:
                continue
            if start >= end:
                break
            if start > at:
                yield self._slice(raw[at - place : start - place], at, width, 0)
                at = start
            stop = min(stop, end)
            yield self._slice(raw[at - place : stop - place], at, width, kind)
            at = stop
        if at < end:
            yield self._slice(raw[at - place :], at, width, 0)

    def _slice(self, raw: bytes, place: int, width: int, change: int) -> Slice:
        if width == 2:
            return Slice(raw.decode("utf-16-le", "replace"), place, 2, change)
        if raw.isascii():
            return Slice(raw.decode("ascii"), place, 1, change)
        text = raw.decode(self._charset, "replace")
        return Slice(text, place, 1 if len(text) == len(raw) else 0, change)

    def left(self) -> bytes:
        """What of the main stream no piece covers: text of earlier versions may stand there."""
        covered = sorted((p.place, p.place + (p.end - p.start) * p.width) for p in self.pieces)
        out = bytearray()
        at = 0
        for start, end in covered:
            if start > at:
                out += self.main[at:start] + b"\0\0"
            at = max(at, end)
        return bytes(out + self.main[at:])

    def _properties(self) -> None:
        for page in self._pages(12):
            for start, end, sprms in _spans(page, 1):
                kind = 0
                for code, operand in _sprms(sprms):
                    if operand[:1] in _ON:
                        kind |= _CHANGES.get(code, 0)
                if kind and start < end:
                    self.changes.append((start, end, kind))
        self.changes.sort()
        for page in self._pages(13):
            for _, end, sprms in _spans(page, 13):
                self._paragraph(end, sprms[2:])

    def _paragraph(self, end: int, sprms: bytes) -> None:
        todo = [sprms]
        for part in todo:  # a large list of properties stands elsewhere, once
            for code, operand in _sprms(part):
                if code in _HUGE and len(todo) == 1:
                    at = int.from_bytes(operand, "little")
                    size = int.from_bytes(self._data[at : at + 2], "little")
                    todo.append(self._data[at + 2 : at + 2 + size])
                elif code in _FLAGS and operand[:1] == b"\1":
                    getattr(self.marks, _FLAGS[code]).add(end)

    def _pages(self, index: int) -> Iterator[bytes]:
        plc = self._field(index)
        count = max(0, (len(plc) - 4) // 8)
        seen: set[int] = set()
        for number in range(count):
            at = 4 * (count + 1) + 4 * number
            page = int.from_bytes(plc[at : at + 4], "little") & 0x3FFFFF
            raw = self.main[page * _PAGE : (page + 1) * _PAGE]
            if page not in seen and len(raw) == _PAGE:
                seen.add(page)
                yield raw


def _spans(page: bytes, width: int) -> Iterator[tuple[int, int, bytes]]:
    """Start, end and properties of the runs that one page tells of."""
    count = page[-1]
    if 4 * (count + 1) + count * width > _PAGE:
        return
    places = struct.unpack_from(f"<{count + 1}I", page)
    for number in range(count):
        at = page[4 * (count + 1) + number * width] * 2
        if not at or at >= _PAGE - 2:
            continue
        size = page[at]
        if width > 1:  # counted in words there
            at, size = (at + 1, 2 * page[at + 1]) if not size else (at, 2 * size - 1)
        yield places[number], places[number + 1], page[at + 1 : at + 1 + size]


def _sprms(raw: bytes) -> Iterator[tuple[int, bytes]]:
    """Single properties: code and operand."""
    at = 0
    while at + 2 < len(raw) + 1:
        code = int.from_bytes(raw[at : at + 2], "little")
        at += 2
        size = _SIZES[code >> 13]
        if not size:
            wide = 2 if code == 0xD608 else 1  # the length of a table's description is longer
            size = int.from_bytes(raw[at : at + wide], "little") + 1
        yield code, raw[at : at + size]
        at += size
