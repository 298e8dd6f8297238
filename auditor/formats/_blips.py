"""Pictures in drawings of Word, Excel and PowerPoint 97 to 2003 (MS-ODRAW blips)."""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterator

from auditor.model import Content, Gap, Limits, Reason

_BLIP = re.compile(rb"[\x00\x10\x20\x30\x40\x50\x60\x70\x80\x90\xa0\xb0\xc0\xd0\xe0\xf0]"
                   rb"[\x21\x3d\x46\x54\x6e\x7a]([\x1a-\x1f\x29\x2a])\xf0", re.DOTALL)  # fmt: skip
_ENDINGS = {
    0x1A: "emf", 0x1B: "wmf", 0x1C: "pict", 0x1D: "jpg", 0x1E: "png", 0x1F: "bmp", 0x29: "tif",
    0x2A: "jpg",
}  # fmt: skip
_VECTORS = ("emf", "wmf", "pict")
_PLACEABLE = struct.pack("<IHhhhhHIH", 0x9AC6CDD7, 0, 0, 0, 1000, 1000, 1000, 0, 0)
"""The header of a metafile on disk; how large it says to be does not matter here."""


def pictures(data: bytes, limits: Limits) -> Iterator[Content | Gap]:
    """Each picture once, as a member."""
    at = number = 0
    seen: set[tuple[int, int]] = set()
    left = limits.expanded_bytes
    while found := _BLIP.search(data, at):
        at = found.end()
        if at + 4 + 16 > len(data):
            return
        (instance, size) = struct.unpack_from("<H2xI", data, found.start())
        if not 17 <= size <= len(data) - at - 4:
            continue
        ids = 32 if instance >> 4 & 1 else 16
        body = data[at + 4 + ids : at + 4 + size]
        same = (len(body), zlib.crc32(body))
        kind = _ENDINGS[found[1][0]]
        at += 4 + size
        if same in seen:
            continue
        seen.add(same)
        number += 1
        if number > limits.members:
            yield Gap(Reason.TOO_MANY_MEMBERS, detail="pictures")
            return
        name = f"image {number}"
        image = _vector(body, kind, left) if kind in _VECTORS else _raster(body[1:], kind)
        if image is None:
            yield Gap(Reason.MALFORMED, part=name, detail="picture")
            continue
        left -= len(image)
        yield Content(f"{name}.{kind}", image, path=(name,))


def _vector(body: bytes, kind: str, left: int) -> bytes | None:
    if len(body) < 34:
        return None
    packed = body[34:]
    if body[32] == 0:
        try:
            packed = zlib.decompressobj().decompress(packed, max(1, left))
        except zlib.error:
            return None
    return file_of(packed, kind)


def _raster(body: bytes, kind: str) -> bytes:
    return file_of(body, "dib" if kind == "bmp" else kind)


def file_of(body: bytes, kind: str) -> bytes:
    """A picture as it would lie on disk: bitmaps and metafiles there have a header more."""
    if kind == "wmf" and body[:4] != _PLACEABLE[:4]:
        return _PLACEABLE + body
    if kind != "dib" or len(body) < 40:
        return body
    size, bits, colours = struct.unpack_from("<I10xH16xI", body)
    palette = 4 * (colours or (1 << bits if bits <= 8 else 0))
    start = (14 + size + palette) & 0xFFFFFFFF
    return b"BM" + struct.pack("<IHHI", 14 + len(body), 0, 0, start) + body
