"""Rows to tables of bounded length, each knowing where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from auditor.model import Table

ROWS = 20_000
"""Rows of one block."""
_HEAD = 10
_FAR = 100
"""Blank rows that are worth keeping two rows in one block."""
_CELLS = 2_000_000
_LATE = 200
"""Rows at the end of a block among which a header is looked for that heads what follows, too."""
_DIGIT = re.compile(r"\d")

Batch = tuple[Sequence[int], Sequence[Sequence[str]]]
"""Numbers of rows, rising, and the rows."""


def blocks(
    rows: Iterable[tuple[int, Sequence[str]]],
    place: str = "",
    *,
    by_line: bool = False,
    first_column: int = 1,
) -> Iterator[Table]:
    """Tables of at most :data:`ROWS` rows from ``(number, cells)``.

    The numbers are lines of the file when ``by_line``, else rows of a sheet, and rise; one that
    does not starts a block. Blank rows need not come. Every block after the first carries the
    first rows as ``head``, and below them a header that stands shortly before it.
    """
    head: list[Sequence[str]] = []
    late: Sequence[Sequence[str]] = ()
    block: list[Sequence[str]] = []
    lines: list[int] = []
    started = False
    cells = 0

    def table() -> Table:
        return Table(
            block,
            place,
            head=(*head, *late) if started else (),
            first_row=lines[0],
            first_column=first_column,
            lines=tuple(lines) if by_line else (),
        )

    for number, row in rows:
        gap = 0 if by_line or not lines else number - lines[-1] - 1
        if block and (len(block) + gap >= ROWS or not 0 <= gap <= _FAR or cells > _CELLS):
            yield table()
            late = _late(block) or late
            started, block, lines, cells, gap = True, [], [], 0, 0
        for missing in range(number - gap, number):
            block.append(())
            lines.append(missing)
        block.append(row)
        lines.append(number)
        cells += len(row)
        if not started and len(head) < _HEAD:
            head.append(row)
    if block:
        yield table()


def batched(batches: Iterable[Batch], place: str = "") -> Iterator[Table]:
    """The same for the rows of a sheet, many at a time, as ``(numbers, rows)``."""
    head: list[Sequence[str]] = []
    late: Sequence[Sequence[str]] = ()
    block: list[Sequence[str]] = []
    first = cells = 0
    started = False
    for start, rows in _runs(batches):
        gap = start - first - len(block) if block else 0
        if block and not 0 <= gap <= _FAR:
            yield Table(block, place, head=(*head, *late) if started else (), first_row=first)
            late = _late(block) or late
            started, block, cells, gap = True, [], 0, 0
        first = first if block else start
        block.extend([()] * gap)
        block.extend(rows)
        cells += sum(map(len, rows))
        if not started and len(head) < _HEAD:
            head.extend(rows[: _HEAD - len(head)])
        while len(block) >= ROWS or cells > _CELLS:
            part, block = block[:ROWS], block[ROWS:]
            yield Table(part, place, head=(*head, *late) if started else (), first_row=first)
            late = _late(part) or late
            first += len(part)
            started, cells = True, sum(map(len, block))
    if block:
        yield Table(block, place, head=(*head, *late) if started else (), first_row=first)


def lined(batches: Iterable[Batch], place: str = "") -> Iterator[Table]:
    """The same for the rows of a file of lines, many at a time, as ``(lines, rows)``."""
    head: list[Sequence[str]] = []
    late: Sequence[Sequence[str]] = ()
    block: list[Sequence[str]] = []
    lines: list[int] = []
    started = False

    def table(count: int) -> Table:
        return Table(
            block[:count],
            place,
            head=(*head, *late) if started else (),
            first_row=lines[0],
            lines=tuple(lines[:count]),
        )

    for numbers, rows in batches:
        lines.extend(numbers)
        block.extend(rows)
        if len(head) < _HEAD and not started:
            head = block[:_HEAD]
        while len(block) >= ROWS or sum(map(len, block)) > _CELLS:
            part = table(ROWS)
            yield part
            late = _late(part.rows) or late
            started, block, lines = True, block[ROWS:], lines[ROWS:]
    if block:
        yield table(len(block))


def _late(block: Sequence[Sequence[str]]) -> Sequence[Sequence[str]]:
    """The last row that could be a header, if there is one near the end: words, no digit."""
    for row in reversed(block[-_LATE:]):
        words = [cell for cell in row if cell]
        if len(words) > 1 and not _DIGIT.search("\n".join(words)):
            return (row,)
    return ()


def _runs(batches: Iterable[Batch]) -> Iterator[tuple[int, Sequence[Sequence[str]]]]:
    """Rows that follow each other, with the number of the first."""
    for numbers, rows in batches:
        if numbers and numbers[-1] - numbers[0] == len(numbers) - 1:
            yield numbers[0], rows
        else:
            yield from ((number, (row,)) for number, row in zip(numbers, rows, strict=True))
