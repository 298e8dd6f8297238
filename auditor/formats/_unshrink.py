"""Shrink, as PKZIP 1 packed: LZW whose codes grow on demand and whose table is cleared in part.

Written out here, as the standard library does not undo it. Codes are those of APPNOTE, section 5.1.
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.formats._bits import Bits, BrokenError

_CONTROL, _GROW, _CLEAR = 256, 1, 2
_LEAST, _MOST = 9, 13
"""Bits of a code."""
_FREE = -1
_FLUSH = 1 << 16


def unpacked(data: bytes, size: int) -> Iterator[bytes]:
    """The ``size`` bytes, in pieces; raises BrokenError after what could be read."""
    bits = Bits(data)
    table = _Table()
    out = bytearray()
    width, total, before = _LEAST, 0, b""
    last = _FREE
    try:
        while total < size:
            code = bits.take(width)
            if code == _CONTROL:
                told = bits.take(width)
                if told == _GROW and width < _MOST:
                    width += 1
                elif told == _CLEAR:
                    table.clear()
                else:
                    raise BrokenError("control")
                continue
            text = table.text(code)
            if not text:
                if code != table.next or not before:
                    raise BrokenError("code")
                text = before + before[:1]  # what is about to be known is used at once
            table.add(last, text[0])
            last, before = code, text
            out += text
            total += len(text)
            if len(out) > _FLUSH:
                yield bytes(out)
                out.clear()
    except BrokenError:
        yield bytes(out)
        raise
    yield bytes(out)


class _Table:
    """Texts as what they begin with and one byte more."""

    def __init__(self) -> None:
        self._begins = [_FREE] * (1 << _MOST)
        self._ends = bytearray(1 << _MOST)
        self._free = list(range((1 << _MOST) - 1, _CONTROL, -1))
        """Codes to be given out, the next one last."""

    def text(self, code: int) -> bytes:
        """What a code stands for; b"" when that is not known."""
        said = bytearray()
        while code > _CONTROL:
            if self._begins[code] == _FREE or len(said) > len(self._begins):
                return b""
            said.append(self._ends[code])
            code = self._begins[code]
        said.append(code)
        said.reverse()
        return bytes(said)

    @property
    def next(self) -> int:
        """The code that is given out next."""
        return self._free[-1] if self._free else _FREE

    def add(self, begins: int, end: int) -> None:
        """Give out the next code, if there is one left; the first text begins with nothing."""
        if begins != _FREE and self._free:
            code = self._free.pop()
            self._begins[code], self._ends[code] = begins, end

    def clear(self) -> None:
        """Free the codes that no other begins with."""
        begun = set(self._begins)
        codes = range(len(self._begins) - 1, _CONTROL, -1)
        self._free = [code for code in codes if code not in begun]
        for code in self._free:
            self._begins[code] = _FREE
