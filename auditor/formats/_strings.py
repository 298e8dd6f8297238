"""Writing in data that nobody takes apart: runs of ASCII, UTF-8, cp932 and UTF-16 in either order.

Linear in time, bounded in memory, and no library's own parser is asked. :func:`parts` is the last
resort for unknown binaries, damaged files, and whatever killed its own reader. In formats that keep
text among other things, :func:`words` takes all that could be text, :func:`numeric` only digits.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np

from auditor.formats import _packed
from auditor.model import Content, Limits, Text

PLACE = "loose text"
_SLICE = 4 << 20
_OVER = 8 << 10
"""Bytes beyond a slice in which a run that began in it may end."""
_AGAIN = 64
"""Bytes of a run without an end that are read twice, so that no number is cut in two."""
_EIGHT = 6
"""Bytes of the shortest run of 8-bit text."""
_WIDE = 5
"""Characters of the shortest run of UTF-16."""
_STRONG = 1
"""Characters of such a run that are kana, full-width or ASCII: any bytes look like kanji."""
_LABEL = 80
"""Bytes of ASCII before Japanese in cp932 that belong to it."""
_USUAL = 0.7
"""Share of usual characters below which binary data only looks like writing."""
_FLUSH = 4 << 20
_NUMBER = 9
"""Digits from which on a run is told however it looks."""

_PAIR = (
    rb"(?:\x81[\x40-\x7e\x80-\xac]|\x82[\x4f-\x58\x60-\x79\x81-\x9a\x9f-\xf1]"
    rb"|\x83[\x40-\x7e\x80-\x96]|[\x88-\x9f][\x40-\x7e\x80-\xfc])"
)
"""Punctuation, full-width letters and digits, kana, kanji of level 1."""
_CP932 = re.compile(_PAIR + rb"{2,}(?:[\t -~\xa6-\xdf]|" + _PAIR + rb")*")
_LIKELY = re.compile(r"[0-9A-Za-z]{4}|[０-９ぁ-ヾ一-龥]{2}")
_DIGITS = re.compile(r"[0-9０-９]")
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
_BEFORE = re.compile(rf"{_WORD}*\Z")
_AFTER = re.compile(rf"{_WORD}*")
_TEXT_8 = re.compile(
    rb"(?:[\t -~]|[\x81-\x84\x88-\x9f\xe0-\xea][\x40-\x7e\x80-\xfc]|[\xa6-\xdf]){5,}"
)
_TEXT_16 = re.compile("[\t -~\u3000-\u30ff\u4e00-\u9fff\uff01-\uffef]{4,}")
_WORDY = re.compile(r"[0-9A-Za-z０-９ぁ-ヾ一-龥]{3}")
_SAMPLE = 512
"""Characters by which that is judged."""
_FOREIGN = re.compile("[^\x00-\x7f]+")

Mask = Any  # numpy.ndarray of bool


class _Run(NamedTuple):
    start: int
    end: int
    kind: str
    text: str
    worth: int


def parts(content: Content, limits: Limits) -> Iterator[Text]:
    """The writing in ``content``, by kind, in order; what is packed in it as if it were not."""
    loose: dict[str, list[str]] = {}
    size = 0
    for view in _packed.views(content.data, limits):
        for run in runs(view):
            loose.setdefault(run.kind, []).append(run.text)
            size += len(run.text)
            if size > _FLUSH:
                yield from _told(loose)
                loose, size = {}, 0
    yield from _told(loose)


def _told(loose: dict[str, list[str]]) -> Iterator[Text]:
    for kind, lines in loose.items():
        yield Text("\n".join(lines), f"{PLACE} › {kind}" if kind else PLACE)


def runs(data: bytes) -> Iterator[_Run]:
    """Everything in ``data`` that looks like writing, in order, nothing twice."""
    done = 0
    for at in range(0, len(data), _SLICE):
        begin = max(at, done)
        piece = data[begin : at + _SLICE + _OVER]
        # Judged first: a long misreading would displace many right ones.
        for run in _apart([run for run in _found(piece) if likely(run.text)]):
            start, end = begin + run.start, begin + run.end
            if start >= at + _SLICE:
                break
            if end == begin + len(piece) < len(data):
                end -= _AGAIN
            done = max(done, end)
            yield run


def likely(text: str) -> bool:
    """Whether this is something that a person may have written."""
    if len(_DIGITS.findall(text)) >= _NUMBER:
        return True
    return bool(_LIKELY.search(text)) and _worth(text) >= _USUAL * len(text)


def _apart(found: list[_Run]) -> Iterator[_Run]:
    """Of readings of the same bytes, the one with the most usual characters."""
    found.sort(key=lambda run: (run.start, -run.worth))
    last: _Run | None = None
    for run in found:
        if last is None or run.start >= last.end:
            if last:
                yield last
            last = run
        elif run.worth > last.worth:
            if run.start - last.start >= _EIGHT:
                yield last  # only its end is another's beginning
            last = run
    if last:
        yield last


def _found(piece: bytes) -> list[_Run]:
    codes = np.frombuffer(piece, np.uint8)
    if len(codes) < _EIGHT:
        return []
    ascii_ = _members(_ASCII)[codes]
    found = _eight_bit(piece, codes, ascii_)
    found += _cp932(piece, codes, ascii_)
    for order in ("utf-16-le", "utf-16-be"):
        found += _wide(piece, codes, order)
    return found


def _run(piece: bytes, start: int, end: int, encoding: str, kind: str) -> _Run:
    text = piece[start:end].decode(encoding, "replace").strip()
    return _Run(start, end, kind, text, _worth(text))


def _eight_bit(piece: bytes, codes: Mask, ascii_: Mask) -> list[_Run]:
    """Runs of ASCII and of Japanese in UTF-8."""
    first, second = codes[:-2], codes[1:-1]
    tails = (codes & 0xC0) == 0x80
    three = tails[1:-1] & tails[2:]
    three &= (
        ((first == 0xE3) & (second <= 0x83))
        | ((first >= 0xE4) & (first <= 0xE9))
        | ((first == 0xEF) & (second >= 0xBC) & (second <= 0xBE))
    )
    mask = ascii_.copy()
    for shift in range(3):
        mask[shift : len(mask) - 2 + shift] |= three
    starts, ends = _spans(mask, _EIGHT)
    return [_run(piece, a, b, "utf-8", "") for a, b in zip(starts, ends, strict=True)]


def _cp932(piece: bytes, codes: Mask, ascii_: Mask) -> list[_Run]:
    """Runs that begin with two characters of Japanese in cp932, with more behind them."""
    lead, trail = codes[:-1], codes[1:]
    pair = _members(_LEADS)[lead] & (trail >= 0x40) & (trail != 0x7F) & (trail <= 0xFC)
    if len(pair) < 5:
        return []
    begin = pair[:-4] & pair[2:-2]
    begin &= pair[4:] | (ascii_[4:-1] & ascii_[5:])
    found: list[_Run] = []
    end = 0
    for at in np.flatnonzero(begin).tolist():
        if at >= end and (match := _CP932.match(piece, at)):
            others = np.flatnonzero(~ascii_[max(end, at - _LABEL) : at])
            start = max(end, at - _LABEL) + (int(others[-1]) + 1 if len(others) else 0)
            end = match.end()
            if end - start >= _EIGHT:
                found.append(_run(piece, start, end, "cp932", "Shift_JIS"))
    return found


def _wide(piece: bytes, codes: Mask, order: str) -> list[_Run]:
    """Runs of UTF-16, wherever they begin."""
    found: list[_Run] = []
    little = order == "utf-16-le"
    for shift in (0, 1):
        count = (len(codes) - shift) // 2
        pairs = codes[shift : shift + 2 * count].reshape(count, 2)
        low, high = (pairs[:, 0], pairs[:, 1]) if little else (pairs[:, 1], pairs[:, 0])
        latin = (high == 0) & _members(_ASCII)[low]
        strong = latin | (high == 0x30) | ((high == 0xFF) & (low < 0xF0))
        mask = strong | ((high >= 0x4E) & (high <= 0x9F)) | ((high == 0x20) & (low < 0x40))
        starts, ends = _spans(mask, _WIDE)
        if not len(starts):
            continue
        sums = np.concatenate(([0], np.cumsum(strong)))
        enough = sums[ends] - sums[starts] >= _STRONG
        for a, b in zip(starts[enough].tolist(), ends[enough].tolist(), strict=True):
            found.append(_run(piece, shift + 2 * a, shift + 2 * b, order, "UTF-16"))
    return found


def _spans(mask: Mask, least: int) -> tuple[Mask, Mask]:
    """Where runs of True begin and end, as far as they are long enough."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], mask, [False])).view(np.int8)))
    starts, ends = edges[::2], edges[1::2]
    long = ends - starts >= least
    return starts[long], ends[long]


_ASCII = frozenset(b"\t") | frozenset(range(0x20, 0x7F))
_LEADS = frozenset((0x81, 0x82, 0x83)) | frozenset(range(0x88, 0xA0))


@functools.cache
def _members(codes: frozenset[int]) -> Mask:
    table = np.zeros(256, bool)
    table[list(codes)] = True
    return table


@functools.cache
def _usual() -> frozenset[str]:
    """ASCII and what JIS X 0208 has up to the kanji of level 1, half-width kana too."""
    wide = (bytes((a, b)) for a in (*range(0x81, 0x85), *range(0x88, 0x99)) for b in range(256))
    narrow = (bytes((a,)) for a in (9, *range(0x20, 0x7F), *range(0xA6, 0xE0)))
    return frozenset("".join(code.decode("cp932", "ignore") for code in (*wide, *narrow)))


def _worth(text: str) -> int:
    return len(text) if text.isascii() else sum(map(_usual().__contains__, text))


def numeric(data: bytes) -> list[str]:
    """Each run of nine or more digits with the words right before and after it, in order."""
    found: list[tuple[int, str]] = []
    for pattern, encoding in ((_DIGITS_8, "cp932"), (_DIGITS_16, "utf-16-le")):
        end = 0
        for match in pattern.finditer(data):
            text = match[0].decode(encoding, "replace")
            if sum(map(str.isdigit, text)) < _NUMBER:
                continue
            before = data[max(end, match.start() - _CONTEXT) : match.start()]
            if encoding == "utf-16-le" and len(before) % 2:
                before = before[1:]
            after = data[match.end() : match.end() + _CONTEXT]
            label = _BEFORE.search(before.decode(encoding, "replace"))
            tail = _AFTER.match(after.decode(encoding, "replace"))
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
            if _WORDY.search(text) and _plain(text):
                yield text.strip()


def _plain(text: str) -> bool:
    """Whether most characters are of daily use: ASCII, kana, kanji of JIS level 1."""
    sample = text[:_SAMPLE]
    known = sum((char.encode("cp932", "ignore") or b"\xff")[0] < 0x99 for char in sample)
    return known >= _USUAL * len(sample)


def guessed(raw: bytes) -> str:
    """8-bit text of which nothing says what it is: Japanese if it reads as such, else Western."""
    text = raw.decode("cp932", "replace")
    foreign = "".join(_FOREIGN.findall(text))
    return text if _plain(foreign) else raw.decode("cp1252", "replace")
