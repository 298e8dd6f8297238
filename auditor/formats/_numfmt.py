"""What a numeric cell shows: only formats matter that put zeros or marks among whole digits.

Dates, percentages and the like stay plain numbers: nobody types a My Number into such a cell, and
the number itself must not be lost.
"""

from __future__ import annotations

import re
from collections.abc import Callable

Renderer = Callable[[str], str]
"""What a cell shows of a whole number, from its digits."""

_TOKEN = re.compile(r'"([^"]*)"|\\(.)|_(.)|\*(.)|\[([^\]]*)\]|(.)', re.DOTALL)
_PLACES = "0#?"
_OTHER = frozenset("yYmMdDhHsSeEgGbBaA.%/@,年月日")
_WHOLE = re.compile(r"([0-9]+)\.0+")
_SCIENTIFIC = re.compile(r"-?[0-9](?:\.[0-9]+)?[Ee]\+?[0-9]{1,2}")
_EXACT = 10**15
"""Whole numbers that a double holds exactly, as Excel does."""


def plain(value: str) -> str:
    """A stored number as it is written without a format: no needless ``.0``, no exponent."""
    if value.isdigit():
        return value
    if ".0" in value and (whole := _WHOLE.fullmatch(value)):
        return whole[1]
    if ("E" in value or "e" in value) and _SCIENTIFIC.fullmatch(value):
        number = float(value)
        if number.is_integer() and abs(number) < _EXACT:
            return str(int(number))
    return value


def renderer(code: str) -> Renderer | None:
    """How whole numbers look under a format; None where the digits say it all."""
    pieces = _pieces(code)
    if pieces is None:
        return None
    places = sum(1 for piece in pieces if piece in _PLACES and piece)
    padded = "0" in pieces and places > 1
    marked = any(len(piece) != 1 or piece not in _PLACES for piece in pieces)
    if not places or not (padded or marked):
        return None

    def show(value: str) -> str:
        return _filled(pieces, value) if value.isdigit() else value

    return show


def _pieces(code: str) -> list[str] | None:
    """Placeholders and literals of the first section; None when it is not about whole numbers."""
    pieces: list[str] = []
    for quoted, escaped, blank, _fill, _hint, other in _TOKEN.findall(code):
        if other == ";":
            break
        if quoted or escaped or blank:
            pieces.append(" " if blank else quoted or escaped)
        elif other in _OTHER and other:
            return None
        elif other:
            pieces.append(other)
    return None if "General" in code else pieces


def _filled(pieces: list[str], digits: str) -> str:
    """Digits put into the places from the right; surplus ones go to the leftmost place."""
    out: list[str] = []
    left = digits
    waiting = sum(1 for piece in pieces if piece and piece in _PLACES)
    for piece in reversed(pieces):
        if not (piece and piece in _PLACES and len(piece) == 1):
            out.append(piece)
            continue
        waiting -= 1
        if not waiting and left:
            out.append(left)
            left = ""
        elif left:
            out.append(left[-1])
            left = left[:-1]
        else:
            out.append("0" if piece == "0" else "")
    return "".join(reversed(out)).strip()
