"""Reduce, as PKZIP before 1.0 packed: likely followers of every byte, then repeats.

Written out here, as the standard library does not undo it. Sets are those of APPNOTE, section 5.2.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from auditor.formats._bits import Bits, BrokenError, Window

_MARK = 144
"""The byte that begins a repeat; with 0 behind it, it is meant itself."""
_MOST = 32
"""Followers of a byte."""
_REACH = 1 << 12


def unpacked(data: bytes, size: int, factor: int) -> Iterator[bytes]:
    """The ``size`` bytes, in pieces; raises BrokenError after what could be read.

    ``factor`` is 1 to 4: how far a repeat reaches, at the cost of its length.
    """
    window = Window(_REACH, size)
    try:
        plain = _followed(Bits(data))
        while window.left > 0:
            byte = next(plain)
            if byte == _MARK and (told := next(plain)):
                longest = 0xFF >> factor
                length = told & longest
                length += next(plain) if length == longest else 0
                window.repeat((told >> 8 - factor << 8) + next(plain) + 1, length + 3)
            else:
                window.byte(byte)
            if window.ready():
                yield window.taken()
    except BrokenError:
        yield window.taken()
        raise
    yield window.taken()


def _followed(bits: Bits) -> Iterator[int]:
    """The bytes, each told in full or as one of those that follow the last one often."""
    sets = _sets(bits)
    byte = 0
    while True:
        followers = sets[byte]
        if followers and not bits.take(1):
            place = bits.take(max(1, (len(followers) - 1).bit_length()))
            if place >= len(followers):
                raise BrokenError("follower")
            byte = followers[place]
        else:
            byte = bits.take(8)
        yield byte


def _sets(bits: Bits) -> Sequence[Sequence[int]]:
    """What follows each byte; the last byte's set comes first."""
    sets = []
    for _ in range(256):
        count = bits.take(6)
        if count > _MOST:
            raise BrokenError("followers")
        sets.append([bits.take(8) for _ in range(count)])
    return sets[::-1]
