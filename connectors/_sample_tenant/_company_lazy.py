"""Sequences that make an element when asked for it, and find one again by its identifier."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol, TypeVar, overload

from connectors._sample_tenant._company_keys import CODE, position


class Identified(Protocol):
    """Something with an identifier."""

    @property
    def id(self) -> str:
        """The identifier."""


T = TypeVar("T")
N = TypeVar("N", bound=Identified)


class Lazy(Sequence[T]):
    """``count`` elements made by ``make`` from their position; nothing is kept."""

    __slots__ = ("_count", "_make")

    def __init__(self, count: int, make: Callable[[int], T]) -> None:
        """Remember how to make an element."""
        self._count = count
        self._make = make

    def __len__(self) -> int:
        """How many elements there are."""
        return self._count

    @overload
    def __getitem__(self, index: int) -> T: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[T]: ...

    def __getitem__(self, index: int | slice) -> T | Sequence[T]:
        """Make one element, or a lazy part of the sequence."""
        if isinstance(index, slice):
            places = range(self._count)[index]
            return Lazy(len(places), lambda place: self._make(places[place]))
        if index < 0:
            index += self._count
        if not 0 <= index < self._count:
            raise IndexError(index)
        return self._make(index)


class Shelf(Sequence[N]):
    """A few hand-written elements followed by lazily made ones whose ids carry their position."""

    __slots__ = ("_first", "_rest", "_start", "_tail")

    def __init__(
        self, first: Sequence[N], rest: Sequence[N], tail: int = 0, start: int = 0
    ) -> None:
        """Join both; in a made id a code from ``start`` on stands before ``tail`` characters."""
        self._first = first
        self._rest = rest
        self._tail = tail
        self._start = start

    def __len__(self) -> int:
        """How many elements there are."""
        return len(self._first) + len(self._rest)

    @overload
    def __getitem__(self, index: int) -> N: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[N]: ...

    def __getitem__(self, index: int | slice) -> N | Sequence[N]:
        """One element, or a lazy part of the sequence."""
        if isinstance(index, slice):
            places = range(len(self))[index]
            return Lazy(len(places), lambda place: self[places[place]])
        if index < 0:
            index += len(self)
        if not 0 <= index < len(self):
            raise IndexError(index)
        split = len(self._first)
        return self._first[index] if index < split else self._rest[index - split]

    def find(self, identifier: str) -> N | None:
        """The element with this id in constant time, or None."""
        for element in self._first:
            if element.id == identifier:
                return element
        end = len(identifier) - self._tail
        place = position(identifier[max(0, end - CODE) : max(0, end)]) - self._start
        if 0 <= place < len(self._rest) and (found := self._rest[place]).id == identifier:
            return found
        return None
