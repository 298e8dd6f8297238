"""Record batches of Arrow as tables: what Parquet and ORC are read through.

Arrow is an extra: without it, a gap says what to install.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from auditor.formats import _long, _records, _rows
from auditor.model import Content, Gap, Limits, Reason, Table, Text

MISSING = Gap(Reason.UNSUPPORTED_FORMAT, detail="needs the extra “columns” (pyarrow)")
BATCH = 4_096
"""Rows that are unpacked at once."""


def file(content: Content) -> Any:
    """The bytes as Arrow wants them."""
    import pyarrow as pa

    return _long.file(content) if content.source else pa.BufferReader(content.data)


def parts(batches: Iterable[Any], limits: Limits) -> Iterator[Text | Table | Content | Gap]:
    """Rows in blocks under their columns; a fault ends them, and what came before it stays."""
    members = _records.Members(limits)
    columns: tuple[str, ...] = ()
    gaps: list[Gap] = []

    def rows() -> Iterator[tuple[int, list[str]]]:
        nonlocal columns
        number = 0
        try:
            for batch in batches:
                columns = tuple(map(str, batch.schema.names))
                values = [column.to_pylist() for column in batch.columns]
                for row in zip(*values, strict=True):
                    number += 1
                    yield number, [members.cell(value, number) for value in row]
        except Exception:  # noqa: BLE001 - Arrow raises of its own, and OSError, ValueError
            gaps.append(Gap(Reason.MALFORMED, detail="Arrow"))

    for block in _rows.blocks(rows()):
        yield Table(block.rows, columns=columns, first_row=block.first_row)
    yield from gaps
    yield from members.found()
