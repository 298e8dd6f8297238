"""Detection in long texts: as they come in pieces, in constant memory, and in encoded bytes."""

from __future__ import annotations

import codecs
import functools
from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

from .arrays import digit_mask
from .characters import RARE_DIGITS
from .islands import BETWEEN, BLOCK, KANJI, MARGIN, Characters, Row, passages
from .result import Detection
from .texts import DIRECT, Gathering, detect_text

__all__ = ["Encoded", "Stream", "detect_bytes", "detect_stream"]


class Stream:
    """A text that comes in pieces; the answer is that of ``detect`` on all of it.

    >>> stream = Stream()
    >>> for piece in ("個人番", "号：4839 20", "17 5644"):
    ...     stream.feed(piece)
    >>> [hit.confidence.value for hit in stream.finish().hits]
    ['high']
    """

    def __init__(self, around: Sequence[str] = ()) -> None:
        """``around`` are names that say what the text is about, outermost first."""
        self._around = around
        self._gathering = Gathering(around)
        self._pieces: list[str] = []
        self._length = 0
        self._text = ""
        """What is not done with, and before it what the next block looks back at."""
        self._offset = self._low = 0
        """Where that begins in the whole text, and where the next block begins."""
        self._breaks = 0
        """Line breaks before that."""
        self._done = False

    def feed(self, text: str) -> None:
        """Take the next piece of any length, cut anywhere.

        Raises:
            ValueError: the stream is finished.
        """
        if self._done:
            raise ValueError("the stream is finished")
        for at in range(0, len(text), BLOCK):
            piece = text[at : at + BLOCK]
            self._pieces.append(piece)
            self._length += len(piece)
            if self._length - self._low >= BLOCK + MARGIN:
                self._work()

    def finish(self) -> Detection:
        """Say what was found; nothing can be fed any more.

        Raises:
            ValueError: the stream is finished.
        """
        self.feed("")
        self._done = True
        self._text += "".join(self._pieces)
        self._pieces = []
        if self._length < DIRECT:
            return detect_text(self._text, self._around)
        while self._low < self._length:
            self._block(min(self._low + BLOCK, self._length))
        single = not self._breaks and "\n" not in self._text
        self._text = ""
        return self._gathering.finish(single=single)

    def _work(self) -> None:
        self._text += "".join(self._pieces)
        self._pieces = []
        while self._length - self._low >= BLOCK + MARGIN:
            self._block(self._low + BLOCK)
        # What is behind the context of the next block is done with.
        done = max(0, self._low - MARGIN - self._offset)
        self._breaks += self._text.count("\n", 0, done)
        self._text = self._text[done:]
        self._offset += done

    def _block(self, high: int) -> None:
        source = Characters(self._text, self._offset, self._breaks)
        for passage, origin in passages(source, self._low - self._offset, high - self._offset):
            self._gathering.add(passage, origin)
        self._low = high


def detect_stream(pieces: Iterable[str], *, around: Sequence[str] = ()) -> Detection:
    """Find the numbers in a text that comes in pieces, cut anywhere, in constant memory.

    Args:
        pieces: the text, in order.
        around: names that say what it is about, outermost first.

    Returns:
        What :func:`~auditor.detect.detect` gives for the whole text.
    """
    stream = Stream(around)
    for piece in pieces:
        stream.feed(piece)
    return stream.finish()


_WIDE_DIGITS = "０１２３４５６７８９"
_ENCODINGS = ("utf-8", "cp932", "shift_jis", "euc_jp")
"""Those whose digits are no part of other characters (in ISO-2022-JP they are)."""
_WIDE = {"utf-8": (0xBC, 0x90), "cp932": (0x82, 0x4F), "shift_jis": (0x82, 0x4F)}
"""The byte before the last one of a full-width digit, and the last one of zero."""
_WIDE_EUC = (0xA3, 0xB0)
_WORTH = 1 << 16
"""Bytes from which it is worth while."""
_EVEN = np.uint64(0x5555_5555_5555_5555)
_ONE, _TOP = np.uint64(1), np.uint64(63)


@functools.cache
def _bytes_of(chars: str, encoding: str) -> npt.NDArray[np.bool_]:
    """Mark the bytes that any of ``chars`` is encoded in."""
    table = np.zeros(256, dtype=np.bool_)
    table[list(chars.encode(encoding, "ignore"))] = True
    return table


@functools.cache
def _rare_pairs(encoding: str) -> dict[int, npt.NDArray[np.bool_]]:
    """Map the first byte of each rare digit to marks of its second one."""
    codes = [chr(code).encode(encoding, "ignore") for code in RARE_DIGITS]
    if encoding == "euc_jp":
        # Row 13 as vendors have it, which Python's codec lacks: circled digits.
        codes += [bytes((0xAD, 0xA1 + value)) for value in range(9)]
    pairs: dict[int, npt.NDArray[np.bool_]] = {}
    for code in codes:
        if code:
            pairs.setdefault(code[0], np.zeros(256, dtype=np.bool_))[code[1]] = True
    return pairs


class Encoded:
    """The bytes of a text in an encoding in which digits are no part of other characters."""

    def __init__(self, data: bytes, encoding: str, errors: str) -> None:
        """Take bytes that decode without a fault; ``errors`` names a handler that counts as such."""
        self.width = {"utf-8": 4, "euc_jp": 3}.get(encoding, 2)
        self.shortest = 36 if encoding == "utf-8" else 24
        self.kanji = _bytes_of(KANJI, encoding)
        self.between = _bytes_of(BETWEEN + _WIDE_DIGITS, encoding)
        self._data, self._encoding, self._errors = data, encoding, errors
        self._at = self._chars = self._breaks = 0

    def __len__(self) -> int:
        return len(self._data)

    def row(self, low: int, high: int) -> Row:
        return np.frombuffer(self._data, np.uint8, high - low, low)

    def digits(self, row: Row) -> npt.NDArray[np.bool_]:
        mask = digit_mask(row)
        lead, zero = _WIDE.get(self._encoding, _WIDE_EUC)
        wide = row[1:] - np.uint8(zero) < np.uint8(10)
        wide &= row[:-1] == lead
        mask[1:] |= wide
        for first, seconds in _rare_pairs(self._encoding).items():
            at = np.flatnonzero(row[:-1] == first)
            mask[at[seconds[row[at + 1]]]] = True
        return mask

    def align(self, at: int) -> int:
        """Go back to the start of a character, by what the encoding says of the bytes before."""
        if self._encoding == "utf-8":
            while 0 < at < len(self._data) and self._data[at] & 0xC0 == 0x80:
                at -= 1
            return at
        reach = 64
        while True:
            low = max(0, at - reach)
            near = np.frombuffer(self._data, np.uint8, at - low, low)
            whole = np.flatnonzero(~_leads(near) if self._encoding != "euc_jp" else near < 0x80)
            if len(whole) or not low:
                break
            reach *= 8
        begin = low + int(whole[-1]) + 1 if len(whole) else 0
        if self._encoding != "euc_jp":
            return at - (at - begin) % 2
        return self._align_euc(begin, at)

    def _align_euc(self, begin: int, at: int) -> int:
        """Walk from the last ASCII byte on, where characters of three bytes stand between."""
        data = self._data
        if data.find(b"\x8f", begin, at) < 0:
            return at - (at - begin) % 2
        while begin < at:
            step = 3 if data[begin] == 0x8F else 2
            if begin + step > at:
                return begin
            begin += step
        return at

    def text(self, low: int, high: int) -> str:
        return self._data[low:high].decode(self._encoding, self._errors)

    def origin(self, at: int) -> tuple[int, int]:
        self._breaks += self._data.count(b"\n", self._at, at)
        while self._at < at:
            high = self.align(min(at, self._at + BLOCK))
            self._chars += _characters(self.row(self._at, high), self._encoding)
            self._at = high
        return self._chars, self._breaks


def _leads(row: Row) -> npt.NDArray[np.bool_]:
    """Mark the bytes that begin a character of two in Shift_JIS, where one begins."""
    mask: npt.NDArray[np.bool_] = row - np.uint8(0x81) < np.uint8(0x1F)
    mask |= row - np.uint8(0xE0) < np.uint8(0x1D)
    return mask


def _characters(row: Row, encoding: str) -> int:
    """Count the characters of whole characters."""
    if encoding == "utf-8":
        return len(row) - int(np.count_nonzero(row & np.uint8(0xC0) == 0x80))
    if encoding == "euc_jp":
        high, three = np.count_nonzero(row >= 0x80), np.count_nonzero(row == 0x8F)
        return len(row) - int(high) + int(high - three) // 2
    return len(row) - _pairs(_leads(row))


def _pairs(leads: npt.NDArray[np.bool_]) -> int:
    """Count the characters of two bytes, by the bytes that may begin one.

    A byte that may not begin one ends a character. So in a run of those that may, every other byte
    does, from the first one on, and the last one has its second byte behind the run. Runs are taken
    64 bytes at a time by adding to their first bit, which carries to the bit behind the last.
    """
    bits = np.packbits(leads, bitorder="little")
    words = np.zeros(len(bits) // 8 + 1, dtype=np.uint64)
    words.view(np.uint8)[: len(bits)] = bits
    first = words & ~(words << _ONE)
    odd = words & (words + (first & _EVEN))
    begin = ((words ^ odd) & _EVEN) | (odd & ~_EVEN)
    # A run that goes on from the word before: its first byte may be a second one.
    second = np.zeros(len(words), dtype=np.bool_)
    second[1:] = begin[:-1] >> _TOP != 0
    for full in np.flatnonzero(words[:-1] == ~np.uint64(0)).tolist():
        second[full + 1] = second[full]
    run = words & ~(words + _ONE)
    other = (begin & ~run) | (run & ~_EVEN)
    return int(np.bitwise_count(np.where(second, other, begin)).sum())


def detect_bytes(
    data: bytes, encoding: str, *, around: Sequence[str] = (), errors: str = "strict"
) -> Detection:
    """Find the numbers in an encoded text; little more than what stands around them is decoded.

    Args:
        data: bytes that decode without a fault. Where they do not, whatever that fault is, the
            whole text is decoded with its faults replaced, but only if it stands near a number.
        encoding: any that Python knows; UTF-8, CP932, Shift_JIS and EUC-JP are the fast ones.
        around: names that say what it is about, outermost first.
        errors: a decoding error handler that gives one character for two bytes, as for the
            vendors' rows of EUC-JP.

    Returns:
        What :func:`~auditor.detect.detect` gives for the decoded text.
    """
    name = codecs.lookup(encoding).name
    if name not in _ENCODINGS or len(data) < _WORTH:
        return detect_text(_decoded(data, name, errors), around)
    source, gathering = Encoded(data, name, errors), Gathering(around)
    try:
        for low in range(0, len(data), BLOCK):
            for passage, origin in passages(source, low, min(low + BLOCK, len(data))):
                gathering.add(passage, origin)
    except UnicodeDecodeError:
        return detect_text(_decoded(data, name, errors), around)
    return gathering.finish(single=b"\n" not in data)


def _decoded(data: bytes, encoding: str, errors: str) -> str:
    try:
        return data.decode(encoding, errors)
    except UnicodeDecodeError:
        return data.decode(encoding, "replace")
