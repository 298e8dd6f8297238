"""Cpio archives and everything inside them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from auditor.formats import _libarchive
from auditor.formats._look import CERTAIN, SNIFFED, Look
from auditor.model import Content, Gap, Limits

SUFFIXES = (".cpio",)
MEDIA_TYPES = ("application/x-cpio",)
BEGINNING = True
LONG = True

_PORTABLE = re.compile(rb"07070(?:7[0-7]{70}|[12][0-9A-Fa-f]{104})")
_OLD = (b"\xc7\x71", b"\x71\xc7")
_HEADER = 26
_MODES = frozenset((0x40, 0x80, 0xA0))
"""First four bits of the mode of folders, files and links."""


def claims(look: Look) -> int:
    """By the fields of the first header."""
    head = look.head
    if _PORTABLE.match(head):
        return CERTAIN
    if len(head) < _HEADER or not head.startswith(_OLD):
        return 0
    mode = head[7] if head.startswith(_OLD[0]) else head[6]
    return SNIFFED if mode & 0xF0 in _MODES else 0


def parts(content: Content, limits: Limits) -> Iterator[Content | Gap]:
    """Every member as content of its own."""
    yield from _libarchive.members(content, limits, "cpio")
