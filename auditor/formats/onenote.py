"""OneNote sections: files and pictures in them, and their writing without its order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from auditor.formats import _strings
from auditor.formats._look import CERTAIN, Look
from auditor.model import Content, Gap, Limits, Reason, Text

SUFFIXES = (".one", ".onetoc2")
MEDIA_TYPES = ("application/onenote", "application/msonenote")
BEGINNING = True

_SIGNATURES = (
    bytes.fromhex("e4525c7b8cd8a74daeb15378d02996d3"),
    bytes.fromhex("a12fff43d9ef764c9ee210ea5722765f"),
)
_FILE = bytes.fromhex("e716e3bd65261145a4c48d4d0b7a9eac")
"""What stands before every file that was put into a page."""
_HEADER = 36


def claims(look: Look) -> int:
    """By signature."""
    return CERTAIN if look.head.startswith(_SIGNATURES) else 0


def parts(content: Content, limits: Limits) -> Iterator[Text | Content | Gap]:
    """Writing, the gap that its order is not known, then files."""
    data = content.data
    files: list[Content] = []
    rest: list[bytes] = []
    size = last = 0
    full = False
    at = data.find(_FILE)
    while at >= 0 and not full:
        length = int.from_bytes(data[at + 16 : at + 24], "little")
        start = at + _HEADER
        if 0 < length <= len(data) - start:
            size += length
            full = len(files) >= limits.members or size > limits.expanded_bytes
            if not full:
                place = f"attachment {len(files) + 1}"
                files.append(Content("", data[start : start + length], path=(place,)))
                rest.append(data[last:at])
                last = start = start + length
        at = data.find(_FILE, start)
    rest.append(data[last:])
    yield from _strings.parts(replace(content, data=b"\0\0".join(rest)), limits)
    yield Gap(Reason.UNSUPPORTED_FORMAT, detail="OneNote")
    if full:
        yield Gap(Reason.TOO_MANY_MEMBERS)
    yield from files
