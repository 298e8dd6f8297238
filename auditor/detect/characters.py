"""Digits, separators and neighbours, one character to one character.

No text is normalised: NFKC turns ``⑫`` into two digits and moves every offset behind it. Digits are
read by a 1:1 table instead, and separators are listed, because NFKC leaves the long-vowel sign, the
hyphens U+2010 to U+2015 and the zero-width characters alone.
"""

from __future__ import annotations

import functools
import re

import numpy as np
import numpy.typing as npt

__all__ = [
    "BAR",
    "DASH",
    "DIGIT",
    "DOT",
    "FOLD_ALL",
    "GLUE",
    "HEX",
    "JOIN",
    "KANJI_DIGITS",
    "LINE",
    "MAX_GAP",
    "MONEY",
    "NEIGHBOURS",
    "PLUS",
    "RARE_DIGITS",
    "RUN",
    "SEPARATOR_FLAGS",
    "SEPARATOR_SET",
    "SPACE",
    "ZERO",
    "digits_of",
    "fold_rare",
    "gap_flags",
    "neighbour",
    "neighbour_table",
    "separator_table",
]

MAX_GAP = 3
"""Separators between two digits or groups: `` - `` and a line break with an indent still fit."""

SPACE, DASH, DOT, BAR, LINE, ZERO = 1, 2, 4, 8, 16, 32


def _chars(*ranges: tuple[int, int] | int) -> str:
    pairs = [(r, r) if isinstance(r, int) else r for r in ranges]
    return "".join(chr(code) for low, high in pairs for code in range(low, high + 1))


_SEPARATORS = {
    SPACE: " \t" + _chars(0xA0, (0x2000, 0x200A), 0x202F, 0x205F, 0x3000),
    # Input methods type the long-vowel sign, box lines and waves where a hyphen is meant.
    DASH: "-"
    + _chars((0x2010, 0x2015), 0x2212, 0xFE58, 0xFE63, 0xFF0D, 0x30FC, 0xFF70)
    + _chars(0x2500, 0x2501, 0x301C, 0xFF5E),
    DOT: "." + _chars(0xB7, 0x2022, 0x2027, 0x30FB, 0xFF65, 0xFF0E),
    # Boxes, and what is said between groups on the phone.
    BAR: "/|_¦[]［］、の"
    + _chars(0xFF0F, 0xFF5C, 0xFF3F, (0x2502, 0x2503), (0x2506, 0x2507), (0x250A, 0x250B)),
    LINE: "\n\r\x0b\x0c" + _chars(0x85, 0x2028, 0x2029),
    ZERO: _chars(0xAD, (0x200B, 0x200D), 0x2060, 0xFEFF),
}
SEPARATOR_FLAGS = {char: flag for flag, chars in _SEPARATORS.items() for char in chars}
SEPARATOR_SET = "".join(re.escape(char) for char in SEPARATOR_FLAGS)

RUN = re.compile("[0-9０-９]+")
"""A run of digits in the two widths that the fast paths read."""

RARE_DIGITS = {
    **{ord(char): value for value, char in enumerate("⁰¹²³⁴⁵⁶⁷⁸⁹")},
    **{0x2080 + value: value for value in range(10)},
    **{0x2460 + value: value + 1 for value in range(9)},
    0x24EA: 0,
    **{0x1D7CE + value: value % 10 for value in range(50)},
    **{0x1FBF0 + value: value for value in range(10)},
}
"""The other code points that stand for one digit under NFKC: super- and subscript, circled, …"""
KANJI_DIGITS = {ord(char): value for value, char in enumerate("〇一二三四五六七八九")} | {
    ord("零"): 0,
    ord("壱"): 1,
    ord("弐"): 2,
    ord("参"): 3,
}
_FULL_WIDTH = {0xFF10 + value: value for value in range(10)}
FOLD_ALL = {code: 48 + value for code, value in (_FULL_WIDTH | RARE_DIGITS | KANJI_DIGITS).items()}
_FOLD_RARE = {code: 48 + value for code, value in RARE_DIGITS.items()}
_BMP = 0x10000
# One range to look for first, and a pattern a plane: mixed sets make the engine ten times slower.
_RAISED = re.compile("[\u2070-\u24ea]")
_RARE_RUNS = tuple(
    re.compile("[" + "".join(chr(code) for code in RARE_DIGITS if (code < _BMP) is low) + "]{4,}")
    for low in (True, False)
)


def fold_rare(text: str) -> str:
    """Turn runs of four and more rare digits into ASCII ones; length and offsets stay.

    >>> fold_rare("№ ④⑧③⑨ ①")
    '№ 4839 ①'
    """
    if _RAISED.search(text) or any(map(text.__contains__, "¹²³")):
        text = _RARE_RUNS[0].sub(_plain, text)
    if len(text.encode("utf-16-le", "surrogatepass")) != 2 * len(text):
        text = _RARE_RUNS[1].sub(_plain, text)
    return text


def _plain(match: re.Match[str]) -> str:
    return match[0].translate(_FOLD_RARE)


def digits_of(stretch: str) -> str:
    """Read the ASCII and full-width digits of ``stretch`` as an ASCII string.

    >>> digits_of("４８-39")
    '4839'
    """
    return "".join(chr(48 | ord(char) & 15) for run in RUN.findall(stretch) for char in run)


def gap_flags(gap: str) -> int:
    """Flags of the separators in ``gap``; 0 when it is empty, too long or anything else stands in.

    Zero-width characters count only where they stand alone.
    """
    if not 0 < len(gap) <= MAX_GAP:
        return 0
    flags = 0
    for char in gap:
        flag = SEPARATOR_FLAGS.get(char, 0)
        if not flag:
            return 0
        flags |= flag
    return flags & ~ZERO or ZERO


# What a character beside a number means.
DIGIT, GLUE, MONEY, PLUS, JOIN, HEX = 1, 2, 4, 8, 16, 32
_LETTERS = ((0x41, 0x5A), (0x61, 0x7A), (0xC0, 0x24F), (0x370, 0x52F), (0xFF21, 0xFF3A))
NEIGHBOURS = {
    GLUE: _chars(*_LETTERS, (0xFF41, 0xFF5A)),
    MONEY: "円¥￥$＄€£￡",
    PLUS: "+＋",
    JOIN: "-.－．−ー" + _chars((0x2010, 0x2015)),
    HEX: "0123456789abcdefABCDEF",
}


@functools.cache
def neighbour_table() -> bytes:
    """Flags of every character of the basic plane as a neighbour of a number.

    Circled and superscript digits are no digits here: they are bullets and footnotes.
    """
    table = bytearray(_BMP)
    for code in range(_BMP):
        if chr(code).isdecimal():
            table[code] |= DIGIT
    for flag, chars in NEIGHBOURS.items():
        for char in chars:
            table[ord(char)] |= flag
    return bytes(table)


def neighbour(char: str) -> int:
    """Flags of one character ("" at an edge) as a neighbour of a number."""
    if not char:
        return 0
    code = ord(char)
    if code < _BMP:
        return neighbour_table()[code]
    return DIGIT if char.isdecimal() else 0


@functools.cache
def separator_table() -> npt.NDArray[np.uint8]:
    """Separator flags by UTF-16 unit."""
    table = np.zeros(_BMP, dtype=np.uint8)
    for char, flag in SEPARATOR_FLAGS.items():
        table[ord(char)] = flag
    return table
