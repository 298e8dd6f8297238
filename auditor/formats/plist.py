"""Property lists of Apple's systems in binary form; those in XML are read as XML."""

from __future__ import annotations

import plistlib
from collections.abc import Iterator
from typing import Any

from auditor.formats import _records, _strings
from auditor.formats._look import CERTAIN, Look
from auditor.model import Content, Gap, Limits, Reason, Text

SUFFIXES = (".bplist", ".webarchive", ".strings")
MEDIA_TYPES = ("application/x-plist",)
BEGINNING = False

_SIGNATURE = b"bplist0"
_VALUES = 1_000_000


def claims(look: Look) -> int:
    """By signature."""
    return CERTAIN if look.head.startswith(_SIGNATURE) else 0


def parts(content: Content, limits: Limits) -> Iterator[Text | Content | Gap]:
    """Every value under its key; files in values are members."""
    try:
        root = plistlib.loads(content.data, fmt=plistlib.FMT_BINARY)
    except (plistlib.InvalidFileException, ValueError, OverflowError, RecursionError) as bad:
        yield from _strings.parts(content, limits)
        yield Gap(Reason.MALFORMED, detail=type(bad).__name__)
        return
    members = _records.Members(limits)
    lines: list[str] = []
    stack: list[tuple[str, Any]] = [("", root)]
    for number in range(_VALUES):
        if not stack:
            break
        key, value = stack.pop()
        if isinstance(value, dict):
            stack.extend((str(k), v) for k, v in reversed(value.items()))
        elif isinstance(value, list | tuple | set):
            stack.extend((key, inner) for inner in reversed(list(value)))
        elif cell := members.cell(value, number + 1):
            lines.append(f"{key}: {cell}" if key else cell)
    if lines:
        yield Text("\n".join(lines))
    if stack:
        yield Gap(Reason.TOO_LARGE, detail="values")
    yield from members.found()
