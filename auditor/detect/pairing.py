"""Names and values that stand apart and belong together by their order, or by a mark.

Pages give forms of two columns as a block of names and a block of values; mails answer questions
by their numbers; notes at the foot explain a box. Then neither the nearest label nor the line
tells what a number is, but the one that has its place or its mark.
"""

from __future__ import annotations

import re
from itertools import takewhile
from typing import NamedTuple

__all__ = ["Apart", "named_apart", "value_apart"]


class Apart(NamedTuple):
    """A stretch that names a value elsewhere."""

    start: int
    end: int
    block: bool = False
    """Whether the two have one place in a block of names and a block of values."""
    exact: bool = False
    """Whether there are as many values as names."""


_REACH = 600
"""Characters of a block that are looked at, on either side."""
_AHEAD = 240
"""Characters between a name and the value that it finds."""
_MARKED = 480
"""Characters between a mark and the line or the note that has it, too."""
_LONGEST = 32
"""Characters of a name; a longer line is none."""
_VALUE = 9
"""Digits from which a line holds a number itself."""
_EMPTY = 6
"""Characters of a line that may say why there is none (未提出)."""
_LEAST = 2
"""Names from which they are a block."""
_NOTE = r"(?:[ \u3000]?[(（\[［][^)）\]］\n]{0,16}[)）\]］])?"
_NAME = re.compile(
    r"[ \t\u3000■□●○・◆◇▼*※]{0,3}[^\n0-9０-９。、,!?！？]{0,14}"
    r"(?:名前?|フリガナ|ふりがな|ﾌﾘｶﾞﾅ|(?<![ァ-ヶ])カナ|[年月生社職出入付更始了得]日|日付|住 ?所|"
    r"居所|事業所|所在地|勤務地|本籍地?|部署|所属|先|別|続 ?柄|名義|欄|コード|種別|区分|番 ?号|"
    r"ナンバー|ﾅﾝﾊﾞｰ|number|(?<![a-z])(?:no|id|tel|fax)\.?|電話|年齢|職業|備考|摘要|メール|"
    r"アドレス|期間|金額)"
    rf"{_NOTE}[ \t\u3000]*[:：※]?[ \t\u3000]*",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[。!！?？]|(?:です|ます|ました|ません|ください)[ \u3000]*\Z")
_ITEM = re.compile(
    r"[>＞｜| \t\u3000]*"
    r"([①-⑳]|[(（][0-9０-９A-Za-z]{1,2}[)）]|"
    r"(?:[0-9０-９]{1,2}|[A-Za-zＡ-Ｚ]|[QqＱ問][ \u3000]?[0-9０-９]{1,2})(?=[.．)）：:、]))"
)
_FOOTNOTE = re.compile(
    r"(?:[※*＊][ ]?[0-9０-９]{0,2}|[(（【]?注[ ]?[0-9０-９]{0,2}[)）】]?)[ \u3000:：|｜│\[［]*\Z"
)
_EDGE = " \t\r\u3000|｜│[]［］・"


def _line(text: str, start: int, end: int) -> tuple[int, int]:
    """Where the line of a stretch begins and ends."""
    low = text.rfind("\n", max(0, start - _REACH), start) + 1 or max(0, start - _REACH)
    high = text.find("\n", end, end + _REACH)
    return low, (high if high >= 0 else min(len(text), end + _REACH))


def _is_name(line: str) -> bool:
    return len(line) <= _LONGEST and _NAME.fullmatch(line) is not None


class _Lines:
    """The filled lines above or below a place, with where they begin; nearest first."""

    def __init__(self, text: str, low: int, high: int, *, up: bool) -> None:
        self.lines: list[str] = []
        self.starts: list[int] = []
        at = low
        for line in text[low:high].split("\n"):
            if line.strip():
                self.lines.append(line)
                self.starts.append(at)
            at += len(line) + 1
        if up:
            self.lines.reverse()
            self.starts.reverse()

    def names(self, first: int) -> int:
        """Count the names in a row from ``first`` on."""
        return sum(1 for _ in takewhile(_is_name, self.lines[first:]))

    def values(self, first: int) -> int:
        """Count the values in a row from ``first`` on: neither names nor sentences."""
        return sum(
            1
            for _ in takewhile(
                lambda line: not _is_name(line) and not _SENTENCE.search(line), self.lines[first:]
            )
        )


def _in_block(text: str, low: int, high: int) -> Apart | None:
    """Find the name of the value that fills the line ``text[low:high]``, in a block of names."""
    above = _Lines(text, max(0, low - _REACH), max(0, low - 1), up=True)
    before = above.values(0)
    names = above.names(before)
    if 0 < names < _LEAST:
        return None
    below = _Lines(text, high + 1, high + _REACH, up=False)
    behind = below.values(0)
    values = before + 1 + behind
    if names:
        rows, place = divmod(before, names)
        enough = values >= names and (not rows or _filled(above, names, rows))
        span = _span(above, before + names - 1 - place)
        return Apart(*span, block=True, exact=not values % names) if enough else None
    names = below.names(behind)
    if names >= _LEAST and behind < names <= values:
        return Apart(*_span(below, names - 1), block=True, exact=names == values)
    return None


def _filled(above: _Lines, names: int, rows: int) -> bool:
    """Whether the same place of each row above holds digits, too: a table of a cell a line."""
    same = above.lines[names - 1 : names * rows : names]
    return all(sum(map(str.isdecimal, line)) >= _VALUE or len(line) <= _EMPTY for line in same)


def _span(lines: _Lines, nth: int) -> tuple[int, int]:
    start = lines.starts[nth]
    return start, start + len(lines.lines[nth])


def _by_mark(text: str, low: int, high: int) -> tuple[int, int] | None:
    """Find the line that has the same mark (``③``, ``2)``) as this one, below it or above."""
    item = _ITEM.match(text, low, high)
    if item is None:
        return None
    mark = re.escape(item[1])
    other = re.compile(rf"^[>＞｜| \t\u3000]*{mark}(?![0-9])[^\n]*", re.MULTILINE)
    near = other.search(text, high, high + _MARKED)
    if near is None:
        left = text.rfind("\n", 0, max(0, low - _MARKED)) + 1
        near = next(iter([*other.finditer(text, left, max(left, low - 1))][::-1]), None)
    return near.span() if near and sum(map(str.isdecimal, near[0])) < _VALUE else None


def _by_note(text: str, low: int, start: int, high: int) -> tuple[int, int] | None:
    """Find the note at the foot whose mark stands before the number: ``番号※1 …``, ``※1 …``."""
    mark = _FOOTNOTE.search(text, low, start)
    if mark is None or not text[low : mark.start()].strip():
        return None
    word = re.escape(mark[0].strip(" \u3000:：|｜│[［"))
    note = re.compile(rf"^[ \t\u3000]*{word}(?![0-9])[^\n]*", re.MULTILINE)
    found = note.search(text, high, high + _MARKED)
    return found.span() if found else None


def named_apart(text: str, start: int, end: int) -> Apart | None:
    r"""Find the stretch that names the number at ``start`` to ``end``, where it stands apart.

    >>> text = "氏名\n個人番号\n\n佐藤 花子\n4839 2017 5644\n"
    >>> found = named_apart(text, 15, 29)
    >>> text[found.start : found.end], found.block
    ('個人番号', True)
    """
    low, high = _line(text, start, end)
    ahead, behind = text[low:start], text[end:high]
    if not ahead.strip(_EDGE) and not behind.strip(_EDGE):
        return _in_block(text, low, high)
    span = _by_note(text, low, start, high) or _by_mark(text, low, high)
    return Apart(*span) if span else None


def value_apart(text: str, start: int, end: int) -> int:
    """Where the value of a name begins that stands in a block of names; -1 for none."""
    low, high = _line(text, start, end)
    if not _is_name(text[low:high]):
        return -1
    above = _Lines(text, max(0, low - _REACH), max(0, low - 1), up=True)
    below = _Lines(text, high + 1, high + _REACH, up=False)
    before, behind = above.names(0), below.names(0)
    names, place = before + 1 + behind, behind + before
    if names < _LEAST or below.values(behind) < names:
        return -1
    line = below.lines[place]
    at = below.starts[place] + len(line) - len(line.lstrip(_EDGE))
    return at if at - end <= _AHEAD else -1
