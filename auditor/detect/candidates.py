"""Every stretch of text that has the shape of a number, with its offsets.

Three written forms, each in any mix of ASCII and full-width digits: twelve digits in a run, three
groups of four, twelve single digits; at most :data:`~.characters.MAX_GAP` separators in a gap.
Runs longer or shorter than the form are other numbers (cards, corporate numbers, phones) and are no
candidates, nor is anything whose neighbours say that it is part of something longer
(:func:`~.forms.bounded`). The check digit is computed here but decides nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from .arrays import find_large
from .characters import LINE, MAX_GAP, RUN, digits_of, fold_rare, gap_flags
from .checkdigit import passes
from .forms import (
    DATE,
    GROUPED,
    GROUPS,
    MAX_NUMBERS,
    MIXED,
    NONE,
    PLAIN,
    SPACED,
    Candidate,
    Found,
    bounded,
    pack,
)

__all__ = ["LARGE", "find", "find_small"]

LARGE = 8192
"""Characters from which the array path is faster than the small one."""

_FOUR, _TWELVE = 4, 12


def _gaps(text: str, runs: Sequence[tuple[int, int]], size: int) -> list[int]:
    """Flags of the gap behind each run of ``size`` digits to the next one of that size, else 0."""
    gaps = [0] * len(runs)
    for i, ((start, end), (ahead, stop)) in enumerate(pairwise(runs)):
        if end - start == size and stop - ahead == size and ahead - end <= MAX_GAP:
            gaps[i] = gap_flags(text[end:ahead]) if not DATE.match(text, ahead) else 0
    return gaps


def _stretches(keys: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Maximal stretches ``[i, j)`` of equal keys that are not 0."""
    i = 0
    while i < len(keys):
        j = i + 1
        while j < len(keys) and keys[j] == keys[i]:
            j += 1
        if keys[i]:
            yield i, j
        i = j


def _chained(
    text: str, runs: Sequence[tuple[int, int]], gaps: list[int], keys: list[int], form: int
) -> Iterator[Candidate]:
    """Cut chains of groups into numbers: one fits exactly, or several that all pass."""
    count = GROUPS[form]
    for i, j in _stretches(keys):
        numbers, rest = divmod(j - i + 1, count)
        if rest or numbers > MAX_NUMBERS:
            continue
        row = []
        for first in range(i, j + 1, count):
            last = first + count - 1
            flags = 0
            for gap in gaps[first:last]:
                flags |= gap
            row.append(_candidate(text, runs[first][0], runs[last][1], form, flags))
        if len(row) == 1 or all(one.passes for one in row):
            yield from row


def _candidate(text: str, start: int, end: int, form: int, flags: int) -> Candidate:
    digits = digits_of(text[start:end])
    return Candidate(start, end, form, flags, digits, passes(digits))


def _mixed(text: str, runs: Sequence[tuple[int, int]], gaps: list[int]) -> Iterator[Candidate]:
    """Take three groups alone whose two gaps differ."""
    for i, j in _stretches([int(gap > 0) for gap in gaps]):
        if j - i == GROUPS[GROUPED] - 1 and gaps[i] != gaps[i + 1]:
            flags = gaps[i] | gaps[i + 1]
            yield _candidate(text, runs[i][0], runs[i + 2][1], MIXED, flags)


def _forms(text: str, runs: Sequence[tuple[int, int]]) -> Iterator[Candidate]:
    for start, end in runs:
        if end - start == _TWELVE:
            yield _candidate(text, start, end, PLAIN, 0)
    gaps = _gaps(text, runs, _FOUR)
    if any(gaps):
        yield from _chained(text, runs, gaps, gaps, GROUPED)
        yield from _mixed(text, runs, gaps)
    gaps = _gaps(text, runs, 1)
    if any(gaps):
        # A line break ends a row of single digits, unless every digit has a line of its own.
        keys = [gap and 1 + (gap & LINE) for gap in gaps]
        yield from _chained(text, runs, gaps, keys, SPACED)


def _possible(sizes: list[int]) -> bool:
    """Whether runs of these lengths can make up a number."""
    return (
        _TWELVE in sizes
        or sizes.count(_FOUR) >= GROUPS[GROUPED]
        or sizes.count(1) >= GROUPS[SPACED]
    )


def find_small(text: str) -> Found:
    """Find the candidates of a short text; same answer as the array path, less start-up."""
    text = text if text.isascii() else fold_rare(text)
    sizes = [len(run) for run in RUN.findall(text)]
    if not _possible(sizes):
        return NONE
    runs = [match.span() for match in RUN.finditer(text)]
    found = [one for one in _forms(text, runs) if bounded(text, one.start, one.end)]
    return pack(found) if found else NONE


def find(text: str) -> Found:
    """Find every candidate of ``text``."""
    return find_small(text) if len(text) < LARGE else find_large(text)
