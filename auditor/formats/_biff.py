"""Records of Excel's binary files before 2007 (BIFF2 to BIFF8): how they follow, how text is kept.

Field offsets are those of MS-XLS, and of the OpenOffice description of the file format for the
older versions.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from auditor.formats import _encoding, _numfmt, _propset, _sheet

BOF = (0x0009, 0x0209, 0x0409, 0x0809)
EOF, CONTINUE = 0x0A, 0x3C
_EXACT = 10**15
_SAID = re.compile("[1-9].*[1-9]")
"""A format code that says digits of its own, beyond places for them."""
_FILLED = re.compile(rb"[^\0]")
_PTG_NUM = re.compile(rb"(?=\x1f(.{7}[\x41\x42]))", re.DOTALL)
_SMALLEST, _LARGEST = 10**8, 10**13


@dataclass(slots=True)
class Record:
    """One record with those that continue it."""

    kind: int
    body: bytes = field(repr=False)
    at: int
    """Where it stands in the stream."""
    more: list[bytes] = field(default_factory=list, repr=False)


@dataclass(slots=True)
class Book:
    """What the records of a workbook refer to."""

    version: int = 8
    charset: str = ""
    strings: list[str] = field(default_factory=list, repr=False)
    used: bytearray = field(default_factory=bytearray, repr=False)
    """Marks of the shared strings that some cell shows."""
    codes: dict[int, str] = field(default_factory=lambda: {1: "0"})
    styles: list[int] = field(default_factory=list)
    """Number format by style index."""
    names: dict[int, str] = field(default_factory=dict)
    """Place in the stream → name of the sheet that begins there."""
    broken: set[str] = field(default_factory=set)
    """What did not fit together."""
    _renderers: dict[int, _sheet.Renderer | None] = field(default_factory=dict)

    def told(self) -> str:
        """Format codes with digits of their own."""
        return "\n".join(code for code in self.codes.values() if _SAID.search(code))

    def shared(self, index: int) -> str:
        """A shared string; "" for one that is not there."""
        if index >= len(self.strings):
            self.broken.add("shared strings")
            return ""
        self.used[index] = 1
        return self.strings[index]

    def number(self, value: float, style: int) -> str:
        """A number as a person sees it, as far as whole digits go."""
        plain = str(int(value)) if value.is_integer() and abs(value) < _EXACT else repr(value)
        if style not in self._renderers:
            code = self.codes.get(self.styles[style]) if style < len(self.styles) else None
            self._renderers[style] = _numfmt.renderer(code) if code else None
        renderer = self._renderers[style]
        return renderer(plain) if renderer else plain

    def bytes_text(self, raw: bytes) -> str:
        """Text of a file that knows no Unicode."""
        return _encoding.decode(raw, self.charset).text if raw else ""

    def text(self, body: bytes, at: int, *, short: bool = False) -> tuple[str, int]:
        """A text with its length before it (one byte if ``short``), and where it ends."""
        if short:
            count, at = body[at], at + 1
        else:
            (count,) = struct.unpack_from("<H", body, at)
            at += 2
        if self.version < 8:
            return self.bytes_text(body[at : at + count]), at + count
        flags, at = body[at] if at < len(body) else 0, at + 1
        runs = extra = 0
        if flags & 8:
            (runs,) = struct.unpack_from("<H", body, at)
            at += 2
        if flags & 4:
            (extra,) = struct.unpack_from("<I", body, at)
            at += 4
        size = count * 2 if flags & 1 else count
        text = body[at : at + size].decode("utf-16-le" if flags & 1 else "latin-1", "replace")
        return text, at + size + 4 * runs + extra


def records(data: bytes, at: int = 0) -> Iterator[Record]:
    """The records from a place on, until the end or a broken one."""
    waiting: Record | None = None
    unpack = struct.Struct("<HH").unpack_from
    end = len(data) - 3
    while at < end:
        kind, size = unpack(data, at)
        if not kind and not size:
            filled = _FILLED.search(data, at)  # padding, sometimes in the middle
            if not filled:
                break
            at = filled.start()
            continue
        body = data[at + 4 : at + 4 + size]
        if kind == CONTINUE and waiting is not None:
            waiting.more.append(body)
        else:
            if waiting is not None:
                yield waiting
            waiting = Record(kind, body, at)
        at += 4 + size
    if waiting is not None:
        yield waiting


def codepage(body: bytes) -> str:
    """The encoding that a CODEPAGE record names."""
    number = int.from_bytes(body[:2], "little")
    return _propset.codepage({0x8000: 10000, 0x8001: 1252}.get(number, number))


def rk(raw: int) -> float:
    """A number packed into 30 bits."""
    if raw & 2:
        value = float((raw >> 2) - ((raw & 0x80000000) >> 1))
    else:
        (value,) = struct.unpack("<d", struct.pack("<II", 0, raw & 0xFFFFFFFC))
    return value / 100 if raw & 1 else value


def constants(formula: bytes) -> list[str]:
    """Long whole numbers that stand in a formula."""
    found: list[str] = []
    for raw in _PTG_NUM.findall(formula):
        (value,) = struct.unpack("<d", raw)
        if _SMALLEST <= value < _LARGEST and value.is_integer():
            found.append(str(int(value)))
    return found


def shared_strings(record: Record, book: Book) -> None:
    """The shared strings, however they are cut into records; their number is not believed."""
    source = Cut([record.body, *record.more])
    try:
        source.take(8)
        while not source.ended:
            text, whole = source.string()
            book.strings.append(text)
            if not whole:
                book.broken.add("shared strings")
    except (IndexError, struct.error):
        book.broken.add("shared strings")
    book.used = bytearray(len(book.strings))


class Cut:
    """Bytes in segments; a text that runs over says at the cut how it goes on."""

    def __init__(self, segments: list[bytes]) -> None:
        self._segments = segments
        self._number = 0
        self._at = 0

    @property
    def ended(self) -> bool:
        while self._number < len(self._segments):
            if self._at < len(self._segments[self._number]):
                return False
            self._at -= len(self._segments[self._number])
            self._number += 1
        return True

    def take(self, size: int) -> bytes:
        out = b""
        while len(out) < size:
            if self.ended:
                raise IndexError
            piece = self._segments[self._number][self._at : self._at + size - len(out)]
            self._at += len(piece)
            out += piece
        return out

    def string(self) -> tuple[str, bool]:
        """The next text, and whether it was there to its end."""
        segment, at = self._segments[self._number], self._at + 3
        if at < len(segment) and not segment[at - 1] & 0xE:  # plain, and mostly in one piece
            narrow = not segment[at - 1]
            count = segment[at - 3] | segment[at - 2] << 8
            end = at + (count if narrow else 2 * count)
            if end <= len(segment):
                self._at = end
                return segment[at:end].decode("latin-1" if narrow else "utf-16-le", "replace"), True
        return self._pieced()

    def _pieced(self) -> tuple[str, bool]:
        count, flags = struct.unpack("<HB", self.take(3))
        runs = struct.unpack("<H", self.take(2))[0] if flags & 8 else 0
        extra = struct.unpack("<I", self.take(4))[0] if flags & 4 else 0
        pieces: list[str] = []
        wide, begun = flags & 1, self._number
        while count and not self.ended:
            segment = self._segments[self._number]
            if self._at == 0 and self._number != begun:
                wide = segment[0] & 1
                self._at = 1
            size = min(count * 2 if wide else count, len(segment) - self._at)
            raw = segment[self._at : self._at + size]
            pieces.append(raw.decode("utf-16-le" if wide else "latin-1", "replace"))
            count -= -(-size // 2) if wide else size
            self._at += size
        self._at += 4 * runs + extra
        return "".join(pieces), not count
