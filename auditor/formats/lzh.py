"""LHA archives, long in daily use in Japan, and everything inside them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from auditor.formats import _libarchive
from auditor.formats._look import CERTAIN, Look
from auditor.model import Content, Gap, Limits

SUFFIXES = (".lzh", ".lha", ".lzs")
MEDIA_TYPES = ("application/x-lzh-compressed", "application/x-lha")
BEGINNING = True
LONG = True

_METHOD = re.compile(rb".{2}-(?:lh[0-7dx]|lz[s45]|pm[0-2])-", re.DOTALL)


def claims(look: Look) -> int:
    """By the method of the first member."""
    return CERTAIN if _METHOD.match(look.head) else 0


def parts(content: Content, limits: Limits) -> Iterator[Content | Gap]:
    """Every member as content of its own."""
    yield from _libarchive.members(content, limits, "lha")
