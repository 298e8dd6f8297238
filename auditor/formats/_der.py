"""Values of ASN.1 as BER and DER write them: just enough to take a container apart."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

SEQUENCE, OCTETS, OBJECT = 0x30, 0x04, 0x06
CONSTRUCTED = 0x20
_DEPTH = 40
_VALUES = 200_000


class Value(NamedTuple):
    """Where a value lies in the data it comes from."""

    tag: int
    start: int
    end: int
    after: int
    """Where the next one begins."""


class BrokenError(ValueError):
    """The data are not what they say."""


def value(data: bytes, at: int, end: int) -> Value:
    """The value at ``at``; of one without a length, the end is found by walking through it."""
    tag, start, length = _header(data, at, end)
    if length is not None:
        return Value(tag, start, min(start + length, end), min(start + length, end))
    depth, place, count = 1, start, 0
    while depth:
        count += 1
        if depth > _DEPTH or count > _VALUES:
            raise BrokenError("depth")
        if data[place : place + 2] == b"\0\0":
            depth, place = depth - 1, place + 2
            continue
        _, inner, size = _header(data, place, end)
        if size is None:
            depth, place = depth + 1, inner
        else:
            place = inner + size
        if place > end:
            raise BrokenError("end")
    return Value(tag, start, place - 2, place)


def _header(data: bytes, at: int, end: int) -> tuple[int, int, int | None]:
    """Tag, where the value begins, and its length; None when that is not said."""
    if at + 2 > end or data[at] & 0x1F == 0x1F:
        raise BrokenError("header")
    first = data[at + 1]
    if first < 0x80:
        return data[at], at + 2, first
    count = first & 0x7F
    if count == 0:
        if not data[at] & CONSTRUCTED:
            raise BrokenError("length")
        return data[at], at + 2, None
    if count > 8 or at + 2 + count > end:
        raise BrokenError("length")
    return data[at], at + 2 + count, int.from_bytes(data[at + 2 : at + 2 + count], "big")


def inside(data: bytes, outer: Value) -> Iterator[Value]:
    """The values that a constructed one consists of."""
    at = outer.start
    while at < outer.end:
        found = value(data, at, outer.end)
        yield found
        at = found.after


def octets(data: bytes, outer: Value) -> Iterator[bytes]:
    """The bytes of an octet string, which may have been cut into smaller ones."""
    stack = [iter((outer,))]
    while stack:
        found = next(stack[-1], None)
        if found is None:
            stack.pop()
        elif not found.tag & CONSTRUCTED:
            yield data[found.start : found.end]
        elif len(stack) > _DEPTH:
            raise BrokenError("depth")
        else:
            stack.append(inside(data, found))
