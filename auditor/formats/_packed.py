"""What is packed in damaged or unknown files, as far as the standard library alone unpacks it."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import replace

from auditor.formats import _local
from auditor.model import Gap, Limits

_STREAMS = 20_000
"""Packed streams of a PDF that are looked into."""
_STREAM = 32 << 20
"""Bytes that come out of one."""
_UNPACKED = 64 << 20
"""Bytes that are unpacked of one content."""
_PDF_STREAM = re.compile(rb"stream\r?\n")


def views(data: bytes, limits: Limits) -> Iterator[bytes]:
    """The data; of a zip instead, and of a PDF also, what is packed in it, within the bounds."""
    most = min(limits.expanded_bytes, _UNPACKED)
    if data.startswith(b"PK\3\4"):
        for member in _local.salvage(data, replace(limits, expanded_bytes=most)):
            if not isinstance(member, Gap):
                yield member[1]
        return
    yield data
    if b"%PDF-" in data[:1024]:
        yield from _streams(data, most)


def _streams(data: bytes, left: int) -> Iterator[bytes]:
    """Streams of a PDF, as far as Deflate alone undoes them."""
    for number, found in enumerate(_PDF_STREAM.finditer(data)):
        if number >= _STREAMS or left <= 0:
            return
        head = data[found.end() : found.end() + 2]
        if len(head) == 2 and head[0] & 0x0F == 8 and int.from_bytes(head, "big") % 31 == 0:
            body, _ = _local.inflate(data, found.end(), min(left, _STREAM), zlib.MAX_WBITS)
            left -= len(body)
            yield body
