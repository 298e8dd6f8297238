"""Detection in an encoded text, of which little more is decoded than what surrounds its numbers.

In UTF-8, Shift_JIS and EUC-JP the bytes of ASCII digits are no part of other characters, and those
of full-width digits are found by the byte before. What is skipped is only counted.
"""

from __future__ import annotations

import codecs
import functools
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from .arrays import digit_mask
from .characters import RARE_DIGITS
from .islands import BLOCK, passages
from .repeats import Repeats
from .result import Detection
from .spots import APART, BETWEEN, COLONS, NUMERALS, Row
from .texts import Gathering, detect_text

__all__ = ["Encoded", "detect_bytes"]

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
def _bytes_of(chars: str, encoding: str, *codes: bytes) -> npt.NDArray[np.bool_]:
    """Mark the bytes that any of ``chars`` is encoded in, and those of ``codes``."""
    table = np.zeros(256, dtype=np.bool_)
    table[list(b"".join((chars.encode(encoding, "ignore"), *codes)))] = True
    return table


@functools.cache
def _rare_codes(encoding: str) -> tuple[bytes, ...]:
    """Encode the rare digits."""
    codes = [chr(code).encode(encoding, "ignore") for code in RARE_DIGITS]
    if encoding == "euc_jp":
        # Row 13 as vendors have it, which Python's codec lacks: circled digits.
        codes += [bytes((0xAD, 0xA1 + value)) for value in range(9)]
    return tuple(filter(None, codes))


@functools.cache
def _rare_pairs(encoding: str) -> dict[int, tuple[npt.NDArray[np.bool_], int]]:
    """Map the first byte of each rare digit to marks of its second one, and to its length."""
    pairs: dict[int, tuple[npt.NDArray[np.bool_], int]] = {}
    for code in _rare_codes(encoding):
        pairs.setdefault(code[0], (np.zeros(256, dtype=np.bool_), len(code)))[0][code[1]] = True
    return pairs


class Encoded:
    """The bytes of a text in an encoding in which digits are no part of other characters."""

    def __init__(self, data: bytes, encoding: str, errors: str) -> None:
        """Take bytes that decode without a fault under the handler that ``errors`` names."""
        self.width = {"utf-8": 4, "euc_jp": 3}.get(encoding, 2)
        self.shortest, self.samples = 36 if encoding == "utf-8" else 24, 3
        self.kanji = _bytes_of(NUMERALS + APART, encoding)
        self.numerals = self.kanji & ~_bytes_of(APART, encoding)
        # The last byte of a digit is marked, so the others stand between.
        rare = (code[:-1] for code in _rare_codes(encoding))
        self.between = _bytes_of(BETWEEN + _WIDE_DIGITS, encoding, *rare)
        self.colons = np.zeros(256, dtype=np.bool_)
        self.colons[[char.encode(encoding)[-1] for char in COLONS]] = True
        self._data, self._encoding, self._errors = data, encoding, errors
        self._at = self._chars = self._breaks = self._low = 0

    def __len__(self) -> int:
        return len(self._data)

    def row(self, low: int, high: int) -> Row:
        """Give bytes as an array."""
        self._low = low
        return np.frombuffer(self._data, np.uint8, high - low, low)

    def sample(self, low: int, high: int, step: int) -> Row:
        """Give one byte of so many."""
        return np.frombuffer(self._data, np.uint8, high - low, low)[::step]

    def digits(self, row: Row) -> npt.NDArray[np.bool_]:
        """Mark the last byte of every digit."""
        mask = digit_mask(row)
        lead, zero = _WIDE.get(self._encoding, _WIDE_EUC)
        wide = row[1:] - np.uint8(zero) < np.uint8(10)
        wide &= row[:-1] == lead
        mask[1:] |= wide
        for first, (seconds, length) in _rare_pairs(self._encoding).items():
            if self._data.find(first, self._low, self._low + len(row)) < 0:
                continue
            at = np.flatnonzero(row[: 1 - length] == first)
            mask[at[seconds[row[at + 1]]] + length - 1] = True
        return mask

    def align(self, at: int) -> int:
        """Go back to the start of a character, by what the bytes before it tell."""
        data, begin = self._data, at
        if at >= len(data):
            return len(data)
        if self._encoding == "utf-8":
            while begin and data[begin] & 0xC0 == 0x80:
                begin -= 1
            return begin
        if self._encoding == "euc_jp":
            return self._align_euc(at)
        # A byte that begins no character of two ends one: from there on, pairs.
        while begin and _LEADS[data[begin - 1]]:
            begin -= 1
        return at - (at - begin) % 2

    def _align_euc(self, at: int) -> int:
        """Find the last ASCII byte, and take pairs from there on, or threes."""
        data, reach, begin = self._data, 256, at
        while begin and data[begin - 1] >= 0x80:
            low = max(0, begin - reach)
            near = np.flatnonzero(np.frombuffer(data, np.uint8, begin - low, low) < 0x80)
            begin, reach = low + int(near[-1]) + 1 if len(near) else low, 8 * reach
        if data.find(b"\x8f", begin, at) < 0:
            return at - (at - begin) % 2
        while begin + (step := 3 if data[begin] == 0x8F else 2) <= at:
            begin += step
        return begin

    def text(self, low: int, high: int) -> str:
        """Decode the bytes between two starts of characters."""
        return self._data[low:high].decode(self._encoding, self._errors)

    def origin(self, at: int) -> tuple[int, int]:
        """Count the characters and the line breaks before ``at``."""
        while self._at < at:
            high = self.align(min(at, self._at + BLOCK))
            row = self.row(self._at, high)
            self._chars += _characters(row, self._encoding)
            self._breaks += int(np.count_nonzero(row == ord("\n")))
            self._at = high
        return self._chars, self._breaks


_PAIRED = ((0x81, 0x9F), (0xE0, 0xFC))
"""Bytes that begin a character of two in Shift_JIS, where one begins."""
_LEADS = bytes(any(low <= byte <= high for low, high in _PAIRED) for byte in range(256))


def _leads(row: Row) -> npt.NDArray[np.bool_]:
    # Both stretches are one when a bit of each byte is turned.
    turned = row ^ np.uint8(0x20)
    turned -= np.uint8(_PAIRED[0][0] ^ 0x20)
    mask: npt.NDArray[np.bool_] = turned <= np.uint8(
        (_PAIRED[1][1] ^ 0x20) - (_PAIRED[0][0] ^ 0x20)
    )
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
    source, gathering, repeats = Encoded(data, name, errors), Gathering(around), Repeats()
    try:
        for low in range(0, len(data), BLOCK):
            for passage, origin in passages(source, low, min(low + BLOCK, len(data)), repeats):
                gathering.add(passage, origin)
    except UnicodeDecodeError:
        return detect_text(_decoded(data, name, errors), around)
    return gathering.finish(single=b"\n" not in data)


def _decoded(data: bytes, encoding: str, errors: str) -> str:
    try:
        return data.decode(encoding, errors)
    except UnicodeDecodeError:
        return data.decode(encoding, "replace")
