"""Very many hits, made into objects as they are asked for."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator, Sequence
from typing import NoReturn, overload

from .result import Hit

__all__ = ["LazyHits"]


class LazyHits(Sequence[Hit]):
    """Hits kept in arrays; who derives says how many there are, and makes one."""

    __slots__ = ()

    @abstractmethod
    def _hit(self, i: int) -> Hit:
        """Make the hit of index ``i``."""

    @overload
    def __getitem__(self, at: int) -> Hit: ...

    @overload
    def __getitem__(self, at: slice) -> tuple[Hit, ...]: ...

    def __getitem__(self, at: int | slice) -> Hit | tuple[Hit, ...]:
        if isinstance(at, slice):
            return tuple(self._hit(i) for i in range(*at.indices(len(self))))
        return self._hit(range(len(self))[at])

    def __iter__(self) -> Iterator[Hit]:
        return map(self._hit, range(len(self)))

    def __reduce__(self) -> NoReturn:
        raise TypeError("a number never leaves its process")
