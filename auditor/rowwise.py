"""Rows of a list or a database table: judged together as one table, told apart as items.

A row alone says little: its header may be a code, and what the other rows of its column hold
decides whether a number is one. So the rows of a page go to a worker as one content.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence

from auditor.model import Content, Scan, State, Table

__all__ = ["beside", "content_of", "scans_of", "slices", "table_of"]

MEDIA_TYPE = "application/json"
_ROWS = 5_000
_CHARACTERS = 8 << 20
"""Of one content; a longer page is several."""

Row = Mapping[str, str]


def slices(rows: Sequence[Row]) -> Iterator[range]:
    """Neighbouring rows that make one content each."""
    start, held = 0, 0
    for at, row in enumerate(rows):
        size = sum(map(len, row.values()))
        if at > start and (held + size > _CHARACTERS or at - start == _ROWS):
            yield range(start, at)
            start, held = at, 0
        held += size
    if start < len(rows):
        yield range(start, len(rows))


def content_of(
    rows: Sequence[Row], name: str, around: Sequence[str], beside: Sequence[Row] = ()
) -> Content:
    """One table of ``rows`` under the union of their headers; ``name`` is the list's own.

    Below them stand rows ``beside`` them, of which only what they say of the columns counts.
    """
    rows = [*rows, *beside]
    columns = list(dict.fromkeys(header for row in rows for header in row))
    cells = [[row.get(header, "") for header in columns] for row in rows]
    data = json.dumps({"columns": columns, "rows": cells}, ensure_ascii=False)
    return Content(
        name,
        data.encode("utf-8", "surrogatepass"),
        MEDIA_TYPE,
        around=tuple(around),
        rowwise=True,
    )


def table_of(content: Content) -> Table:
    """The table that :func:`content_of` wrote; its lines are the rows' numbers, from 1."""
    held = json.loads(content.data.decode("utf-8", "surrogatepass"))
    rows = held["rows"]
    return Table(rows, columns=held["columns"], lines=range(1, len(rows) + 1))


def scans_of(scan: Scan, rows: Sequence[Row]) -> list[Scan]:
    """What each row gave; what befell the whole table befell every row of it."""
    found = []
    for index, row in enumerate(rows):
        size = sum(len(value.encode("utf-8", "surrogatepass")) for value in row.values())
        one = scan.rows.get(index, Scan(State.COMPLETE))
        state = State.FAILED if scan.gaps else State.PARTIAL if one.gaps else State.COMPLETE
        found.append(
            Scan(
                state,
                one.findings,
                (*scan.gaps, *one.gaps),
                "row",
                size,
                one.persons,
                one.distinct,
            )
        )
    return found


def beside(row: Scan, rest: Scan | None) -> Scan:
    """A row together with what lies beside it, such as a file attached to it."""
    if rest is None:
        return row
    state = row.state if row.state is rest.state else State.PARTIAL
    persons = row.persons | rest.persons
    return Scan(
        state,
        (*row.findings, *rest.findings),
        (*row.gaps, *rest.gaps),
        row.content_type,
        row.bytes_read + rest.bytes_read,
        persons,
        len(persons),
    )
