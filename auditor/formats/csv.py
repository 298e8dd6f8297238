"""Values separated by commas, tabs, semicolons or bars; also such text under any other name."""

from __future__ import annotations

import csv
import itertools
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from auditor.formats import _encoding, _long, _rows
from auditor.formats._look import NAMED, SNIFFED, Look
from auditor.formats._rows import Batch
from auditor.model import Content, Gap, Limits, Reason, Table

SUFFIXES = (".csv", ".tsv", ".tab")
MEDIA_TYPES = ("text/csv", "text/tab-separated-values", "application/csv", "text/x-csv")
BEGINNING = True
LONG = True

_DELIMITERS = ",\t;|"
_SAMPLE = 100
_BATCH = 5_000
"""Rows that are cut at a time."""
_QUOTED = re.compile(r'"[^"]*"')
_TOLD = re.compile(r"sep=(.)", re.IGNORECASE)
_STRAY = 200
"""Lines in one quoted cell after which the quote is taken for a stray one."""


def claims(look: Look) -> int:
    """By name; or because every line has the same, not small number of delimiters."""
    if look.named(SUFFIXES, MEDIA_TYPES):
        return NAMED + 10 if look.text else NAMED - 10
    if not look.text:
        return 0
    delimiter, share = _delimiter(look.text[:16384].splitlines()[:_SAMPLE])
    return SNIFFED - 10 if delimiter and share == 1.0 else 0


def parts(content: Content, limits: Limits) -> Iterator[Table | Gap]:
    """One table, in blocks."""
    del limits
    charset = content.media_type.lower().partition("charset=")[2].strip("\"' ;")
    if content.source:
        gaps: list[Gap] = []
        yield from _rows.lined(_long_batches(_long.lines(content, charset), gaps))
        yield from gaps
        return
    found = _encoding.decode(content.data, charset, cut=content.truncated)
    text = found.text.removeprefix("\ufeff")
    yield from _rows.lined(batches(text))
    if not found.sure:
        yield Gap(Reason.UNKNOWN_ENCODING, detail="no encoding fits")


def _long_batches(pieces: Iterable[str | Gap], gaps: list[Gap]) -> Iterator[Batch]:
    """The same of a text that comes in pieces of whole lines; what else comes goes to ``gaps``."""
    delimiter, rest, before = "", "", 0
    for piece in pieces:
        if isinstance(piece, Gap):
            gaps.append(piece)
            continue
        text, rest = _unquoted(rest + piece)
        delimiter = delimiter or _delimiter(text.split("\n", _SAMPLE)[:_SAMPLE])[0]
        yield from batches(text.removeprefix("\ufeff"), delimiter, before)
        before += text.count("\n")
    yield from batches(rest, delimiter, before)


def _unquoted(text: str) -> tuple[str, str]:
    """The text up to a quoted cell that does not end in it, and the rest."""
    if text.count('"') % 2 == 0:
        return text, ""
    end = len(text)
    for _ in range(_STRAY):
        end = text.rfind("\n", 0, max(0, end - 1)) + 1
        if text.count('"', end) % 2:
            return text[:end], text[end:]
        if not end:
            break
    return text, ""


def batches(text: str, delimiter: str = "", before: int = 0) -> Iterator[Batch]:
    """``(lines, rows)`` of the rows that are not blank, many at a time."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    delimiter = delimiter or _delimiter(lines[:_SAMPLE])[0] or ","
    if '"' in text:
        quoted = _quoted(lines, delimiter)
        while some := list(itertools.islice(quoted, _BATCH)):
            yield [before + number for number, _ in some], [row for _, row in some]
        return
    for start in range(0, len(lines), _BATCH):
        some_lines = lines[start : start + _BATCH]
        first = before + start + 1
        if all(some_lines):
            yield range(first, first + len(some_lines)), [x.split(delimiter) for x in some_lines]
        else:
            told = [(n, line.split(delimiter)) for n, line in enumerate(some_lines, first) if line]
            yield [number for number, _ in told], [row for _, row in told]


def _delimiter(lines: Sequence[str]) -> tuple[str, float]:
    """The delimiter that cuts most lines into equally many cells, and the share of such lines.

    ("", 0) without one. Fewer than three lines prove nothing about a text, so their share is low.
    """
    if lines and (told := _TOLD.fullmatch(lines[0].strip())):
        return told[1], 1.0
    bare = [_QUOTED.sub("", line) for line in lines if line.strip()]
    best, most = "", 0.0
    for delimiter in _DELIMITERS:
        counts = Counter(line.count(delimiter) for line in bare)
        (cuts, agreeing), *_ = Counter({n: c for n, c in counts.items() if n}).most_common(1) or [
            (0, 0)
        ]
        if cuts and agreeing > most:
            best, most = delimiter, agreeing
    share = most / len(bare) if len(bare) >= 3 else 0.0
    return best, share


def _quoted(lines: Sequence[str], delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Rows with quoted cells; a stray quote costs its own row, not the rest of the file."""
    csv.field_size_limit(1 << 30)
    start = 0
    while start < len(lines):
        rest = (lines[number] + "\n" for number in range(start, len(lines)))
        reader = csv.reader(rest, delimiter=delimiter, skipinitialspace=True)
        before = 0
        for row in reader:
            if reader.line_num - before > _STRAY:
                break
            if row:
                yield start + before + 1, row
            before = reader.line_num
        else:
            return
        yield start + before + 1, lines[start + before].replace('"', "").split(delimiter)
        start += before + 1
