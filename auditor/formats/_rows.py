"""Rows to tables of bounded length, each knowing where it stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from auditor.model import Table

ROWS = 20_000
"""Rows of one block."""
_HEAD = 10
_FAR = 100
"""Blank rows that are worth keeping two rows in one block."""
_CELLS = 2_000_000


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
    first rows as ``head``.
    """
    head: list[Sequence[str]] = []
    block: list[Sequence[str]] = []
    lines: list[int] = []
    started = False
    cells = 0

    def table() -> Table:
        return Table(
            block,
            place,
            head=tuple(head) if started else (),
            first_row=lines[0],
            first_column=first_column,
            lines=tuple(lines) if by_line else (),
        )

    for number, row in rows:
        gap = 0 if by_line or not lines else number - lines[-1] - 1
        if block and (len(block) + gap >= ROWS or not 0 <= gap <= _FAR or cells > _CELLS):
            yield table()
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
