"""Byte ranges of HTTP."""

from __future__ import annotations

import re

_ONE = re.compile(r"bytes=(\d*)-(\d*)$")


class Unsatisfiable(Exception):
    """The range begins behind the end."""


def span(header: str, size: int) -> tuple[int, int] | None:
    """First and last byte that ``header`` asks for; None where there is no single valid range."""
    found = _ONE.match(header.strip().replace(" ", ""))
    if found is None or found[0] == "bytes=-":
        return None
    first, last = found[1], found[2]
    if not first:
        length = min(int(last), size)
        if length == 0:
            raise Unsatisfiable
        return size - length, size - 1
    start = int(first)
    if last and int(last) < start:
        return None
    if start >= size:
        raise Unsatisfiable
    return start, min(int(last), size - 1) if last else size - 1
