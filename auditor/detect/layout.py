"""Columns of a text that is laid out as a table: delimited, in markdown, or set apart by spaces.

A mail, a page or a note carries tables without cells. Two lines belong to one table when they are
cut into as many columns by the same mark; then a label speaks of the numbers below it, and not of
those of the other columns. So do two lists in parentheses: SQL names columns in one and gives
values in the others.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

__all__ = ["in_row", "same_column", "same_list", "stacked"]

_LONGEST = 400
"""Characters of a line that are looked at, on either side."""
_LIST = 600
"""Characters of a list that are looked at, on either side."""
_MARKS = tuple(
    re.compile(mark) for mark in (r"\t", r"[|｜│]", r",", r";", r"[ \u3000]{2,}", r"[ \u3000]+")
)
_ANY_MARK = re.compile(r"[\t|｜│,; \u3000]")
_LEAST = (1, 1, 2, 2, 1, 2)
"""Marks that a line needs: one comma or one space alone tells no table."""


def _sides(text: str, start: int, end: int) -> tuple[str, str]:
    """The rest of the line before ``start`` and behind ``end``."""
    low = max(text.rfind("\n", max(0, start - _LONGEST), start) + 1, start - _LONGEST, 0)
    high = text.find("\n", end, end + _LONGEST)
    before = text[low:start].lstrip(" \u3000\r")
    after = text[end : high if high >= 0 else end + _LONGEST].rstrip(" \u3000\r")
    # What sets off the next row is no part of this one.
    return before, after[:-1] if after.endswith(("),", ");")) else after


def _listed(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Commas on either side within the brackets around a place; None outside of a list."""
    before = _inside(reversed(text[max(0, start - _LIST) : start]), ")]}", "([", "{")
    after = _inside(text[end : end + _LIST], "([{", ")]", "}")
    return None if before is None or after is None else (before, after)


def _inside(chars: Iterable[str], enter: str, leave: str, around: str) -> int | None:
    """Commas up to where the list is left; those of lists inside it (``decimal(10, 2)``) not.

    What stands in braces is one entry of the list ``around`` it.
    """
    depth = commas = 0
    for char in chars:
        if char in enter:
            depth += 1
        elif char == "," and not depth:
            commas += 1
        elif char in leave or char in around:
            depth -= 1
            if depth < 0 and char in leave:
                return commas
            if depth < 0:
                depth = commas = 0
    return None


def in_list(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Commas before a place and behind it in the list around it; None where there are none."""
    found = _listed(text, start, end)
    return found if found and sum(found) else None


def same_list(text: str, label: tuple[int, int], number: tuple[int, int]) -> bool | None:
    """Whether a label names the place of a number in lists of as many entries (SQL, JSON).

    Returns:
        None when the two are not in such lists.
    """
    below = in_list(text, *number)
    if below is None:
        return None
    above = _listed(text, *label)
    between = text[label[1] : number[0]]
    if above is None or sum(above) != sum(below) or not _OPENED.search(between):
        return None
    return above == below


_OPENED = re.compile(r"[(\[]")
_FIELD_NAME = re.compile(
    r"[ \t\u3000]*[^\s0-9０-９:：。、,.!?！？][^\n0-9０-９。、!?！？]{0,14}[ \t\u3000]*"
)
_MOST_FIELDS = 30


def stacked(text: str, label: tuple[int, int], number: tuple[int, int]) -> bool:
    """Whether names stand in one block of lines and their values, in order, in the next.

    Pages give their text so where a form has two columns. The label has as many names before it
    as the number has values; both stand alone on their lines.
    """
    above = text[max(0, label[0] - _LIST) : label[1]].split("\n")
    gap = text[label[1] : number[0]].split("\n")
    if not 3 <= len(gap) <= _MOST_FIELDS or gap[0].strip() or gap[-1].strip(" #\u3000"):
        return False
    names = 0
    for line in reversed(above[:-1]):
        if not _FIELD_NAME.fullmatch(line):
            break
        names += 1
    between = gap[1:-1]
    # As many values before the number as names before the label, but for a title above them.
    return any(
        0 < values <= len(between)
        and all(map(_FIELD_NAME.fullmatch, between[: len(between) - values]))
        for values in (names, names - 1)
    )


_VALUE = re.compile("[0-9０-９]{4}(?!年)")
"""Digits that a name of a column has not, but for a year."""


def _cells(sides: tuple[str, str]) -> bool | None:
    """Whether a place is the first of two cells set apart by one wide space; None for others."""
    left, right = (side.count("\u3000") for side in sides)
    return bool(right) if left + right == 1 else None


def _whole(sides: tuple[str, str]) -> bool:
    """Whether a place fills its cell up to the wide spaces or edges beside it."""
    return sides[0][-1:] in {"", "\u3000"} and sides[1][:1] in {"", "\u3000"}


def in_row(text: str, start: int, end: int) -> bool:
    """Whether a mark that sets columns apart stands in the line of a place."""
    return any(map(_ANY_MARK.search, _sides(text, start, end)))


def same_column(text: str, label: tuple[int, int], number: tuple[int, int]) -> bool | None:
    """Whether a label on an earlier line heads the column in which a number stands.

    Returns:
        None when the two lines are no rows of one table.
    """
    above = _sides(text, *label)
    if not any(map(_ANY_MARK.search, above)):
        return None
    below = _sides(text, *number)
    if _whole(above) and _whole(below) and (two := _cells(above)) is not None:
        return two == _cells(below) if _cells(below) is not None else None
    for mark, least in zip(_MARKS, _LEAST, strict=True):
        left, right = (len(mark.findall(side)) for side in above)
        if left + right < least:
            continue
        before, after = (len(mark.findall(side)) for side in below)
        if left + right == before + after:
            # English prose and lines of logs are set apart by single spaces, too.
            names = above[0] + above[1]
            weak = mark is _MARKS[-1] and (names.isascii() or _VALUE.search(names) is not None)
            return None if weak else left == before
    return None
