"""Text for terminals: columns of wide and narrow letters, sizes, times, and names made harmless."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence

__all__ = ["clean", "cut", "duration", "number", "pad", "size", "table", "width", "wrap"]

_NO_START = "、。，．・：；？！）］｝」』】〉》ー々ぁぃぅぇぉっゃゅょァィゥェォッャュョ),.:;?!]}"
"""Letters that must not begin a line (行頭禁則)."""
_NO_END = "（［｛「『【〈《([{"
_UNITS = ("B", "KiB", "MiB", "GiB", "TiB")


def width(text: str) -> int:
    """Columns that ``text`` takes on a terminal.

    >>> width("abc"), width("個人番号")
    (3, 8)
    """
    return sum(_width(letter) for letter in text)


def _width(letter: str) -> int:
    if unicodedata.combining(letter):
        return 0
    return 2 if unicodedata.east_asian_width(letter) in {"W", "F"} else 1


def clean(text: str) -> str:
    """``text`` without anything that moves a cursor, sets a colour or turns the writing round.

    A file name is content of the audited tenant; it must not command the terminal.
    """
    return "".join(c if c.isprintable() else _escaped(c) for c in text)


def _escaped(letter: str) -> str:
    return " " if letter in "\t\n\r\u3000\u00a0" else "\ufffd"


def pad(text: str, columns: int, *, right: bool = False) -> str:
    """``text`` filled with spaces to so many columns; ``right`` puts it at their end."""
    filler = " " * max(0, columns - width(text))
    return filler + text if right else text + filler


def cut(text: str, columns: int) -> str:
    """``text`` in at most so many columns, its middle left out where it is longer."""
    if width(text) <= columns:
        return text
    room = columns - 1
    tail, used = "", 0
    for letter in reversed(text):
        if used + _width(letter) > room // 2:
            break
        tail, used = letter + tail, used + _width(letter)
    head = ""
    for letter in text:
        if used + _width(letter) > room:
            break
        head, used = head + letter, used + _width(letter)
    return f"{head}…{tail}"


def wrap(text: str, columns: int) -> list[str]:
    """Lines of at most so many columns; Japanese breaks between letters, English between words."""
    lines, line = [], ""
    for token in _tokens(text):
        if line and width(line) + width(token.rstrip()) > columns:
            lines.append(line.rstrip())
            line = token.lstrip()
        else:
            line += token
    return [*lines, line.rstrip()] if line.strip() or not lines else lines


def _tokens(text: str) -> Iterator[str]:
    """The shortest pieces between which a line may end."""
    token = ""
    for letter in " ".join(text.split()):
        if token and _may_break(token, letter):
            yield token
            token = ""
        token += letter
    if token:
        yield token


def _may_break(token: str, letter: str) -> bool:
    last = token[-1]
    if letter in _NO_START or letter == " " or last in _NO_END:
        return False
    return last == " " or _width(last) == 2 or _width(letter) == 2


def table(rows: Sequence[Sequence[str]], *, right: Sequence[int] = (), gap: int = 2) -> list[str]:
    """Rows as lines with aligned columns; those numbered in ``right`` are set to the right."""
    if not rows:
        return []
    columns = [max(width(row[place]) for row in rows) for place in range(len(rows[0]))]
    return [
        (" " * gap)
        .join(pad(cell, columns[place], right=place in right) for place, cell in enumerate(row))
        .rstrip()
        for row in rows
    ]


def number(value: int) -> str:
    """A count as people write it.

    >>> number(1234567)
    '1,234,567'
    """
    return f"{value:,}"


def size(count: float) -> str:
    """Bytes in the unit that suits.

    >>> size(999), size(100 * 1024 * 1024)
    ('999 B', '100 MiB')
    """
    unit = 0
    while count >= 1024 and unit < len(_UNITS) - 1:
        count, unit = count / 1024, unit + 1
    return f"{count:.1f} {_UNITS[unit]}" if unit and count < 10 else f"{count:.0f} {_UNITS[unit]}"


def duration(seconds: float) -> str:
    """Hours, minutes and seconds.

    >>> duration(75), duration(3 * 3600 + 62)
    ('1:15', '3:01:02')
    """
    whole = max(0, int(seconds))
    minutes, rest = divmod(whole, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes}:{rest:02d}"
