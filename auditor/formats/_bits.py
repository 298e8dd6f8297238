"""Bits of packed data, from the lowest of every byte on, and code books to read symbols by."""

from __future__ import annotations

LONGEST = 16
"""Bits of the longest code."""
_FLUSH = 1 << 16
Codes = list[int]
"""The next bits → 32 × symbol + length of its code; as long as the longest code asks for."""


class BrokenError(ValueError):
    """The data breaks the rules of its format, or ends too early."""


class Bits:
    """Takes data apart; raises BrokenError at its end."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0
        self._held = 0
        self._count = 0

    def _fill(self, count: int) -> bool:
        """Hold at least ``count`` bits, if there are as many."""
        if self._count < count:
            piece = self._data[self._at : self._at + 32]
            self._held |= int.from_bytes(piece, "little") << self._count
            self._count += 8 * len(piece)
            self._at += len(piece)
        return self._count >= count

    def take(self, count: int) -> int:
        """The next bits as a number; the first is the lowest."""
        if not self._fill(count):
            raise BrokenError("end")
        value = self._held & (1 << count) - 1
        self._held >>= count
        self._count -= count
        return value

    def symbol(self, codes: Codes) -> int:
        """The symbol whose code comes next."""
        if self._count < LONGEST:
            self._fill(LONGEST)
        found = codes[self._held & len(codes) - 1]
        length = found & 31
        if not length or length > self._count:
            raise BrokenError("code")
        self._held >>= length
        self._count -= length
        return found >> 5

    def align(self) -> None:
        """Go on with the next whole byte."""
        self.take(self._count % 8)


def book(coded: list[tuple[int, int, int]]) -> Codes:
    """A code book from ``(symbol, code, length)``, the first bit of a code being its highest."""
    longest = max((length for _, _, length in coded), default=1)
    codes = [0] * (1 << longest)
    for symbol, code, length in coded:
        turned = int(f"{code:0{length}b}"[::-1], 2)
        codes[turned :: 1 << length] = [symbol << 5 | length] * (1 << longest - length)
    return codes


class Window:
    """What comes out, and how far back repeats may reach; zeros stand before the beginning."""

    def __init__(self, reach: int, size: int) -> None:
        """``size`` bytes come out at most; the last ``reach`` of them may be repeated."""
        self._reach = reach
        self._out = bytearray(reach)
        self._told = reach
        """Bytes of what is held that were handed over, or are no output."""
        self.left = size
        """Bytes that are still to come."""

    def byte(self, value: int) -> None:
        """One byte more."""
        self._out.append(value)
        self.left -= 1

    def repeat(self, back: int, length: int) -> None:
        """The bytes from ``back`` bytes before, which may run into those that come out now."""
        if back > self._reach:
            raise BrokenError("distance")
        length = min(length, self.left)
        piece = self._out[-back:][:length]
        self._out += (piece * (length // back + 1))[:length]
        self.left -= length

    def ready(self) -> bool:
        """Whether much has come together."""
        return len(self._out) > _FLUSH + self._reach

    def taken(self) -> bytes:
        """What came out since the last time."""
        piece = bytes(self._out[self._told :])
        del self._out[: -self._reach]
        self._told = len(self._out)
        return piece
