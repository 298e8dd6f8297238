"""Properties of a mail as TNEF writes them one after another (MS-OXTNEF)."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

TEXT_8, TEXT_16, BINARY, OBJECT = 0x1E, 0x1F, 0x102, 0x0D
_VARIABLE = frozenset((TEXT_8, TEXT_16, BINARY, OBJECT))
_FIXED = {
    0x02: 4, 0x03: 4, 0x04: 4, 0x05: 8, 0x06: 8, 0x07: 8, 0x0A: 4, 0x0B: 4, 0x14: 8, 0x40: 8,
    0x48: 16,
}  # fmt: skip
"""Bytes of a value, padded."""
_WHOLE = {0x03: "<i", 0x14: "<q", 0x05: "<d"}
_MANY = 0x1000
_NAMED = 0x8000
_MOST = 100_000
"""Properties, rows and values that are read."""


class BrokenError(ValueError):
    """The data end, or do not fit together."""


@dataclass(slots=True)
class Property:
    """One property; several values of one are several of these."""

    id: int
    kind: int
    name: str
    """What it is called where it has a name rather than a number."""
    raw: bytes = field(repr=False)

    @property
    def number(self) -> float | None:
        """Its value, if that is a number that may be somebody's."""
        layout = _WHOLE.get(self.kind)
        return None if layout is None else float(struct.unpack_from(layout, self.raw)[0])


class _Source:
    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    def take(self, size: int) -> bytes:
        piece = self._data[self._at : self._at + size]
        if len(piece) < size:
            raise BrokenError("end")
        self._at += size
        return piece

    def padded(self, size: int) -> bytes:
        piece = self.take(size)
        self._at += -size % 4
        return piece

    def number(self) -> int:
        return int.from_bytes(self.take(4), "little")

    def count(self) -> int:
        number = self.number()
        if number > _MOST:
            raise BrokenError("count")
        return number


def listed(data: bytes) -> Iterator[Property]:
    """The properties of a list; raises BrokenError after those that can be read."""
    yield from _list(_Source(data))


def rows(data: bytes) -> Iterator[Property]:
    """The properties of all rows of a table (of recipients)."""
    source = _Source(data)
    for _ in range(source.count()):
        yield from _list(source)


def _list(source: _Source) -> Iterator[Property]:
    for _ in range(source.count()):
        kind, key = struct.unpack("<HH", source.take(4))
        name = _name(source) if key >= _NAMED else ""
        plain = kind & ~_MANY
        if plain in _VARIABLE:
            for _ in range(source.count()):
                yield Property(key, plain, name, source.padded(source.number()))
        elif plain in _FIXED:
            for _ in range(source.count() if kind & _MANY else 1):
                yield Property(key, plain, name, source.take(_FIXED[plain]))
        else:
            raise BrokenError("kind")


def _name(source: _Source) -> str:
    """What a property from 0x8000 on is called; "" when it only has another number."""
    source.take(16)
    if source.number() == 0:
        source.take(4)
        return ""
    return source.padded(source.number()).decode("utf-16-le", "replace").rstrip("\0")
