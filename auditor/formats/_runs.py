"""Writing in binary data that no reader of its own takes apart: 8-bit, cp932 and UTF-16.

Nothing is known here of where a text begins, so alignment is taken from the digits or letters
themselves.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_LEAST = 9
"""Digits from which on a run is worth telling."""
_CONTEXT = 80
"""Bytes before and after a run of digits in which its label is looked for."""
_MOST = 20_000
"""Runs of digits that are told of one piece of data."""
_DIGITS_8 = re.compile(
    rb"(?:[0-9]|\x82[\x4f-\x58])(?:[0-9 ./-]|\x82[\x4f-\x58]|\x81[\x40\x5d\x7c]){7,}"
    rb"(?:[0-9]|\x82[\x4f-\x58])"
)
_DIGITS_16 = re.compile(
    rb"(?:[0-9]\0|[\x10-\x19]\xff)(?:[0-9 ./-]\0|[\x10-\x19\x0d]\xff|[\0\xfb]\x30|[\x10-\x15]\x20"
    rb"|\x12\x22){7,}(?:[0-9]\0|[\x10-\x19]\xff)"
)
_WORD = r"[\t -~\u00a0-\u00ff\u2010-\u2027\u3000-\u30ff\u4e00-\u9fff\uff00-\uffef]"
_LABEL = re.compile(rf"{_WORD}*\Z")
_FOLLOWS = re.compile(rf"{_WORD}*")
_TEXT_8 = re.compile(
    rb"(?:[\t -~]|[\x81-\x84\x88-\x9f\xe0-\xea][\x40-\x7e\x80-\xfc]|[\xa6-\xdf]){5,}"
)
_TEXT_16 = re.compile("[\t -~\u3000-\u30ff\u4e00-\u9fff\uff01-\uffef]{4,}")
_LIKELY = re.compile(r"[0-9A-Za-z０-９ぁ-ヾ一-龥]{3}")
_USUAL = 0.7
"""Share of usual characters below which binary data only looks like writing."""
_SAMPLE = 512
"""Characters by which that is judged."""
_FOREIGN = re.compile("[^\x00-\x7f]+")
_SLICE = 4 << 20


def numeric(data: bytes) -> list[str]:
    """Each run of nine or more digits with the words right before and after it, in order."""
    found: list[tuple[int, str]] = []
    for pattern, encoding in ((_DIGITS_8, "cp932"), (_DIGITS_16, "utf-16-le")):
        end = 0
        for match in pattern.finditer(data):
            text = match[0].decode(encoding, "replace")
            if sum(map(str.isdigit, text)) < _LEAST:
                continue
            before = data[max(end, match.start() - _CONTEXT) : match.start()]
            if encoding == "utf-16-le" and len(before) % 2:
                before = before[1:]
            after = data[match.end() : match.end() + _CONTEXT]
            label = _LABEL.search(before.decode(encoding, "replace"))
            tail = _FOLLOWS.match(after.decode(encoding, "replace"))
            found.append((match.start(), (label or "")[0] + text + (tail or "")[0]))
            end = match.end()
            if len(found) >= _MOST:
                break
    return [text for _, text in sorted(found)]


def words(data: bytes) -> Iterator[str]:
    """Everything that looks like writing, line by line."""
    for at in range(0, len(data), _SLICE):
        piece = data[at : at + _SLICE]
        found = [(m.start(), m[0].decode("cp932", "replace")) for m in _TEXT_8.finditer(piece)]
        for shift in (0, 1):
            text = piece[shift:].decode("utf-16-le", "replace")
            found += [(2 * m.start() + shift, m[0]) for m in _TEXT_16.finditer(text)]
        for _, text in sorted(found):
            if _LIKELY.search(text) and _usual(text):
                yield text.strip()


def _usual(text: str) -> bool:
    """Whether most characters are of daily use: ASCII, kana, kanji of JIS level 1."""
    sample = text[:_SAMPLE]
    known = sum((char.encode("cp932", "ignore") or b"\xff")[0] < 0x99 for char in sample)
    return known >= _USUAL * len(sample)


def guessed(raw: bytes) -> str:
    """8-bit text of which nothing says what it is: Japanese if it reads as such, else Western."""
    text = raw.decode("cp932", "replace")
    foreign = "".join(_FOREIGN.findall(text))
    return text if _usual(foreign) else raw.decode("cp1252", "replace")
