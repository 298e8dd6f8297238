"""Records of EMF+ in an enhanced metafile: strings, and pictures that are files (MS-EMFPLUS)."""

from __future__ import annotations

import struct
from dataclasses import dataclass, field

from auditor.formats._drawing import Drawn

_OBJECT, _STRING, _DRIVER_STRING = 0x4008, 0x401C, 0x4036
_GOES_ON = 0x8000
"""More of an object comes in another record."""
_IMAGE = 5
_BITMAP, _METAFILE = 1, 2
_CHARACTERS = 1
"""Glyphs are told by the characters that they stand for."""
_BITS = {0x21808: 24, 0x22009: 32, 0x26200A: 32, 0xE200B: 32, 0x21005: 16}
"""Kinds of pixels that a bitmap file has as well."""
_DIB = struct.Struct("<2sIHHIIiiHHIIiiII").pack


@dataclass(slots=True)
class Records:
    """The records of one metafile, which come in several of its comments."""

    drawn: Drawn
    _held: bytearray = field(default_factory=bytearray, repr=False)
    _number: int = -1
    """The object of which a part is held."""

    def take(self, data: bytes) -> None:
        """The records of one comment. ValueError where one is damaged."""
        at = 0
        while at + 12 <= len(data):
            kind, flags, size, length = struct.unpack_from("<HHII", data, at)
            if size < 12 or at + size > len(data):
                raise ValueError("record")
            goes_on = kind == _OBJECT and bool(flags & _GOES_ON)
            start = 16 if goes_on else 12  # such a record tells first how long all of it is
            body = data[at + start : at + (size if goes_on else min(12 + length, size))]
            at += size
            if kind == _OBJECT:
                self._object(body, flags, goes_on=goes_on)
            elif kind == _STRING:
                self._string(body)
            elif kind == _DRIVER_STRING:
                self._driver_string(body)

    def _string(self, body: bytes) -> None:
        (count, left, top) = struct.unpack_from("<Iff", body, 8)
        self.drawn.write(body[28 : 28 + 2 * count], (top, left), wide=True)

    def _driver_string(self, body: bytes) -> None:
        (options, _, count) = struct.unpack_from("<III", body, 4)
        said = body[16 : 16 + 2 * count]
        if options & _CHARACTERS:
            left, top = struct.unpack_from("<ff", body.ljust(24 + len(said), b"\0"), 16 + len(said))
            self.drawn.write(said, (top, left), wide=True)
        else:
            self.drawn.glyphs = self.drawn.glyphs or bool(said)

    def _object(self, body: bytes, flags: int, *, goes_on: bool) -> None:
        number = flags & ~_GOES_ON
        if number != self._number:
            self._held.clear()
        self._held += body
        self._number = number if goes_on else -1
        if not goes_on:
            whole = bytes(self._held)
            self._held.clear()
            if number >> 8 == _IMAGE:
                self._image(whole)

    def _image(self, body: bytes) -> None:
        (kind,) = struct.unpack_from("<I", body, 4)
        if kind == _METAFILE:
            self.drawn.bitmaps.append(body[16:])
        elif kind == _BITMAP and body[24:25] == b"\1":
            self.drawn.bitmaps.append(body[28:])
        elif kind == _BITMAP:
            width, height, stride, pixels = struct.unpack_from("<iiiI", body, 8)
            bits = _BITS.get(pixels)
            if bits and 0 < width * bits <= 8 * stride == (width * bits + 31) // 32 * 32:
                size = 14 + 40
                head = (b"BM", size + stride * height, 0, 0, size)
                rows = (40, width, -height, 1, bits, 0, 0, 0, 0, 0, 0)
                self.drawn.bitmaps.append(_DIB(*head, *rows) + body[28:])
            else:
                self.drawn.unread = True
