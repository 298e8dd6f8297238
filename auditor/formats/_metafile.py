"""Windows metafiles: the writing they draw, and bitmaps in them (MS-WMF, MS-EMF, MS-EMFPLUS)."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from auditor.formats import _blips, _encoding
from auditor.model import Content, Gap, Limits, Reason, Text

WMF = (b"\xd7\xcd\xc6\x9a", b"\x01\0\x09\0\0\x03", b"\x02\0\x09\0\0\x03")
"""How a WMF begins: with the header of Aldus, or at once with its own."""

_GLYPHS = 0x10
_NO_RECTANGLE, _NARROW = 0x100, 0x200
_DIB_AT = {76: 84, 77: 84, 80: 48, 81: 48, 114: 84}
"""Where EMF records that draw a bitmap say where it lies."""
_DIB_BEHIND = {0x0F43: 22, 0x0B41: 20, 0x0940: 16}
"""What stands before the bitmap in records of WMF, in bytes."""


@dataclass(slots=True)
class _Drawn:
    """What a metafile draws."""

    lines: list[str] = field(default_factory=list)
    narrow: list[bytes] = field(default_factory=list)
    """Writing in the encoding of a font, decoded together."""
    bitmaps: list[bytes] = field(default_factory=list)
    glyphs: bool = False
    """There is writing by the numbers of its glyphs, which only the font could tell."""


def is_emf(head: bytes) -> bool:
    """Whether a file is an enhanced metafile."""
    return head[:4] == b"\1\0\0\0" and head[40:44] == b" EMF"


def parts(content: Content, limits: Limits) -> Iterator[Text | Content | Gap]:
    """Writing, bitmaps as members; a gap where there is neither or records are damaged."""
    drawn = _Drawn()
    data = content.data
    try:
        (_emf if is_emf(data) else _wmf)(data, drawn)
    except (struct.error, ValueError):
        if not content.truncated:
            yield Gap(Reason.MALFORMED, detail="metafile")
    lines = drawn.lines
    if drawn.narrow:
        lines = [*lines, *_encoding.decode(b"\n".join(drawn.narrow)).text.split("\n")]
    lines = [line for line in dict.fromkeys(lines) if line.strip()]
    if lines:
        yield Text("\n".join(lines), "drawing")
    if drawn.glyphs or not (lines or drawn.bitmaps):
        yield Gap(Reason.OCR_OFF, detail="drawing without text")
    left = limits.expanded_bytes
    for number, bitmap in enumerate(drawn.bitmaps, 1):
        left -= len(bitmap)
        if number > limits.members or left < 0:
            yield Gap(Reason.TOO_MANY_MEMBERS, detail="pictures")
            return
        yield Content("", bitmap, path=(f"image {number}",))


def _emf(data: bytes, drawn: _Drawn) -> None:
    at = 0
    while at < len(data):
        kind, size = struct.unpack_from("<II", data, at)
        if size < 8 or at + size > len(data):
            raise ValueError("record")
        record = data[at : at + size]
        at += size
        if kind in (83, 84):
            _output(record, 36, drawn, wide=kind == 84)
        elif kind in (96, 97):
            _several(record, drawn, wide=kind == 97)
        elif kind == 108:
            _small(record, drawn)
        elif kind in _DIB_AT:
            _bitmap(record, _DIB_AT[kind], drawn)
        elif kind == 70:
            _comment(record, drawn)
        elif kind == 14:
            return


def _several(record: bytes, drawn: _Drawn, *, wide: bool) -> None:
    (count,) = struct.unpack_from("<I", record, 36)
    for one in range(min(count, len(record) // 40)):
        _output(record, 40 + 40 * one, drawn, wide=wide)


def _bitmap(record: bytes, at: int, drawn: _Drawn) -> None:
    if len(record) < at + 16:
        return
    info, length, bits, many = struct.unpack_from("<4I", record, at)
    if length >= 40 and many:
        dib = record[info : info + length] + record[bits : bits + many]
        drawn.bitmaps.append(_blips.file_of(dib, "dib"))


def _comment(record: bytes, drawn: _Drawn) -> None:
    if record[12:16] == b"EMF+":
        (length,) = struct.unpack_from("<I", record, 8)
        _plus(record[16 : 12 + length], drawn)


def _output(record: bytes, at: int, drawn: _Drawn, *, wide: bool) -> None:
    """One text of a record."""
    count, start, options = struct.unpack_from("<III", record, at + 8)
    _keep(record[start : start + count * (1 + wide)], options, drawn, wide=wide)


def _small(record: bytes, drawn: _Drawn) -> None:
    count, options = struct.unpack_from("<II", record, 16)
    start = 36 if options & _NO_RECTANGLE else 52
    wide = not options & _NARROW
    _keep(record[start : start + count * (1 + wide)], options, drawn, wide=wide)


def _keep(said: bytes, options: int, drawn: _Drawn, *, wide: bool) -> None:
    if options & _GLYPHS:
        drawn.glyphs = drawn.glyphs or bool(said)
    elif wide:
        drawn.lines.append(said.decode("utf-16-le", "replace"))
    else:
        drawn.narrow.append(said)


def _plus(data: bytes, drawn: _Drawn) -> None:
    """Records of EMF+: strings, and pictures that are files."""
    at = 0
    while at + 12 <= len(data):
        kind, flags, size, length = struct.unpack_from("<HHII", data, at)
        if size < 12 or at + size > len(data):
            raise ValueError("record")
        body = data[at + 12 : at + 12 + min(length, size - 12)]
        at += size
        if kind == 0x401C:
            (count,) = struct.unpack_from("<I", body, 8)
            _keep(body[28 : 28 + 2 * count], 0, drawn, wide=True)
        elif kind == 0x4036:
            (options, _, count) = struct.unpack_from("<III", body, 4)
            _keep(body[16 : 16 + 2 * count], 0 if options & 1 else _GLYPHS, drawn, wide=True)
        elif (
            kind == 0x4008 and flags >> 8 == 5 and body[4:8] == b"\1\0\0\0" and body[24:25] == b"\1"
        ):
            drawn.bitmaps.append(body[28:])


def _wmf(data: bytes, drawn: _Drawn) -> None:
    at = 22 if data.startswith(WMF[0]) else 0
    (words,) = struct.unpack_from("<H", data, at + 2)
    at += 2 * words
    while at < len(data):
        size, kind = struct.unpack_from("<IH", data, at)
        size *= 2
        if kind == 0:
            return
        if size < 6 or at + size > len(data):
            raise ValueError("record")
        body = data[at + 6 : at + size]
        at += size
        if kind == 0x0521:
            (count,) = struct.unpack_from("<H", body)
            _keep(body[2 : 2 + count], 0, drawn, wide=False)
        elif kind == 0x0A32:
            count, options = struct.unpack_from("<HH", body, 4)
            start = 16 if options & 6 else 8
            _keep(body[start : start + count], options, drawn, wide=False)
        elif kind in _DIB_BEHIND and len(body) >= _DIB_BEHIND[kind] + 40:
            drawn.bitmaps.append(_blips.file_of(body[_DIB_BEHIND[kind] :], "dib"))
