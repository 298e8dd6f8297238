"""What a picture file holds besides the picture, and no reader of metadata tells."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Callable, Iterator
from typing import Any

from auditor.formats import _strings
from auditor.model import Text, Visibility

_PNG, _JPEG, _GIF = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF8"
_TOLD = frozenset(
    b"IHDR PLTE IDAT IEND tEXt zTXt iTXt eXIf gAMA cHRM sRGB iCCP tIME pHYs bKGD tRNS hIST sBIT "
    b"sPLT acTL fcTL fdAT".split()
)
"""Chunks of a PNG that hold the picture, measures, or words that are read."""
_KNOWN = (
    b"Exif\0",
    b"http://ns.adobe.com/",
    b"Photoshop ",
    b"JFIF",
    b"ICC_PROFILE",
    b"MPF\0",
    b"Adobe",
)
"""Segments of a JPEG of which that is true."""
_EXIF = b"Exif\0\0"
_MOST = 10_000
_LARGEST = 1 << 20
"""Bytes of one chunk that are looked through."""

Codes = Callable[[Any], list[tuple[str, str]]]


def texts(data: bytes, codes: Codes) -> Iterator[Text]:
    """Numbers in chunks of programs, and the codes of the small picture that cameras add."""
    said = _strings.numeric(b"\0\0\0\0".join(_chunks(data)))
    if said:
        yield Text("\n".join(said), "other", visibility=Visibility.METADATA)
    if data.startswith(_JPEG):
        for body in _segments(data):
            if body.startswith(_EXIF):
                yield from _small(body, codes)


def _chunks(data: bytes) -> list[bytes]:
    with contextlib.suppress(IndexError):
        if data.startswith(_PNG):
            return list(_of_png(data))
        if data.startswith(_JPEG):
            return [body for body in _segments(data) if not body.startswith(_KNOWN)]
        if data.startswith(_GIF):
            return list(_of_gif(data))
    return []


def _of_png(data: bytes) -> Iterator[bytes]:
    at = len(_PNG)
    for _ in range(_MOST):
        size, kind = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8]
        if len(kind) < 4 or kind == b"IEND":
            return
        if kind not in _TOLD:
            yield data[at + 8 : at + 8 + min(size, _LARGEST)]
        at += 12 + size


def _segments(data: bytes) -> Iterator[bytes]:
    """Segments of a JPEG for programs, before the picture itself."""
    at = 2
    for _ in range(_MOST):
        if data[at : at + 1] != b"\xff" or data[at + 1 : at + 2] in (b"\xda", b"\xd9", b""):
            return
        size = int.from_bytes(data[at + 2 : at + 4], "big")
        if 0xE0 <= data[at + 1] <= 0xEF:
            yield data[at + 4 : at + 2 + size]
        at += 2 + max(size, 2)


def _of_gif(data: bytes) -> Iterator[bytes]:
    """Extensions that stand before the end, but for comments, which are read."""
    at = 13 + (3 << (1 + (data[10] & 7)) if data[10] & 0x80 else 0)
    for _ in range(_MOST):
        kind = data[at]
        if kind == 0x21:
            label, at = data[at + 1], at + 2
        elif kind == 0x2C:
            flags, label = data[at + 9], 0
            at += 11 + (3 << (1 + (flags & 7)) if flags & 0x80 else 0)
        else:
            return
        held = bytearray()
        while size := data[at]:
            if label in (0x01, 0xFF) and len(held) < _LARGEST:
                held += data[at + 1 : at + 1 + size]
            at += 1 + size
        at += 1
        if held and not held.startswith((b"XMP Data", b"NETSCAPE")):
            yield bytes(held)


def _small(body: bytes, codes: Codes) -> Iterator[Text]:
    from PIL import Image

    start = body.find(_JPEG)
    if start < 0:
        return
    found: list[tuple[str, str]] = []
    with contextlib.suppress(Exception), Image.open(io.BytesIO(body[start:])) as image:
        found = codes(image)
    for place, text in found:
        yield Text(text, f"small picture › {place}", visibility=Visibility.METADATA)
