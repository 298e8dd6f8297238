"""Windows metafiles: the writing they draw, and bitmaps in them (MS-WMF, MS-EMF, MS-EMFPLUS)."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from auditor.formats import _blips, _emfplus, _strings
from auditor.formats._drawing import Drawn, Place
from auditor.model import Content, Gap, Limits, Reason, Text, Visibility

WMF = (b"\xd7\xcd\xc6\x9a", b"\x01\0\x09\0\0\x03", b"\x02\0\x09\0\0\x03")
"""How a WMF begins: with the header of Aldus, or at once with its own."""

_GLYPHS = 0x10
_NO_RECTANGLE, _NARROW = 0x100, 0x200
_DIB_AT = {76: 84, 77: 84, 80: 48, 81: 48, 114: 84}
"""Where EMF records that draw a bitmap say where it lies."""
_DIB_BEHIND = {0x0F43: 22, 0x0B41: 20, 0x0940: 16}
"""What stands before the bitmap in records of WMF, in bytes."""
_WMF_TEXT, _WMF_TEXT_IN_BOX, _WMF_ESCAPE = 0x0521, 0x0A32, 0x0626


def is_emf(head: bytes) -> bool:
    """Whether a file is an enhanced metafile."""
    return head[:4] == b"\1\0\0\0" and head[40:44] == b" EMF"


def parts(content: Content, limits: Limits) -> Iterator[Text | Content | Gap]:
    """Writing, bitmaps as members; a gap where there is neither or records are damaged."""
    drawn = Drawn()
    data = content.data
    try:
        if is_emf(data):
            if described := _description(data):
                yield Text(described, "description", visibility=Visibility.METADATA)
            _emf(data, drawn)
        else:
            _wmf(data, drawn)
    except (struct.error, ValueError):
        if not content.truncated:
            yield Gap(Reason.MALFORMED, detail="metafile")
    lines = drawn.lines()
    if lines:
        yield Text("\n".join(lines), "drawing")
    if beside := _strings.numeric(bytes(drawn.beside)):
        yield Text("\n".join(beside), "comment", visibility=Visibility.METADATA)
    if drawn.glyphs or drawn.unread or not (lines or drawn.bitmaps):
        yield Gap(Reason.OCR_OFF, detail="drawing without text")
    left = limits.expanded_bytes
    for number, bitmap in enumerate(drawn.bitmaps, 1):
        left -= len(bitmap)
        if number > limits.members or left < 0:
            yield Gap(Reason.TOO_MANY_MEMBERS, detail="pictures")
            return
        yield Content("", bitmap, path=(f"image {number}",))


def _description(data: bytes) -> str:
    """The program that drew it, and the title."""
    (count, start) = struct.unpack_from("<II", data.ljust(68, b"\0"), 60)
    said = data[start : start + 2 * count] if start else b""
    return said.decode("utf-16-le", "replace").replace("\0", "\n").strip()


def _emf(data: bytes, drawn: Drawn) -> None:
    at = 0
    plus = _emfplus.Records(drawn)
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
            _comment(record, drawn, plus)
        elif kind == 14:
            return


def _several(record: bytes, drawn: Drawn, *, wide: bool) -> None:
    (count,) = struct.unpack_from("<I", record, 36)
    for one in range(min(count, len(record) // 40)):
        _output(record, 40 + 40 * one, drawn, wide=wide)


def _bitmap(record: bytes, at: int, drawn: Drawn) -> None:
    if len(record) < at + 16:
        return
    info, length, bits, many = struct.unpack_from("<4I", record, at)
    if length >= 40 and many:
        dib = record[info : info + length] + record[bits : bits + many]
        drawn.bitmaps.append(_blips.file_of(dib, "dib"))


def _comment(record: bytes, drawn: Drawn, plus: _emfplus.Records) -> None:
    (length,) = struct.unpack_from("<I", record, 8)
    if record[12:16] == b"EMF+":
        plus.take(record[16 : 12 + length])
    else:
        drawn.beside += record[12 : 12 + length] + b"\0\0"


def _output(record: bytes, at: int, drawn: Drawn, *, wide: bool) -> None:
    """One text of a record."""
    left, top, count, start, options = struct.unpack_from("<iiIII", record, at)
    _keep(record[start : start + count * (1 + wide)], options, drawn, (top, left), wide=wide)


def _small(record: bytes, drawn: Drawn) -> None:
    left, top, count, options = struct.unpack_from("<iiII", record, 8)
    start = 36 if options & _NO_RECTANGLE else 52
    wide = not options & _NARROW
    _keep(record[start : start + count * (1 + wide)], options, drawn, (top, left), wide=wide)


def _keep(said: bytes, options: int, drawn: Drawn, place: Place, *, wide: bool) -> None:
    if options & _GLYPHS:
        drawn.glyphs = drawn.glyphs or bool(said)
    else:
        drawn.write(said, place, wide=wide)


def _wmf(data: bytes, drawn: Drawn) -> None:
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
        if kind == _WMF_TEXT:
            (count,) = struct.unpack_from("<H", body)
            place = struct.unpack_from("<hh", body.ljust(7 + count, b"\0"), 2 + count + count % 2)
            _keep(body[2 : 2 + count], 0, drawn, place, wide=False)
        elif kind == _WMF_TEXT_IN_BOX:
            top, left, count, options = struct.unpack_from("<hhHH", body)
            start = 16 if options & 6 else 8
            _keep(body[start : start + count], options, drawn, (top, left), wide=False)
        elif kind == _WMF_ESCAPE:
            drawn.beside += body + b"\0\0"
        elif kind in _DIB_BEHIND and len(body) >= _DIB_BEHIND[kind] + 40:
            drawn.bitmaps.append(_blips.file_of(body[_DIB_BEHIND[kind] :], "dib"))
