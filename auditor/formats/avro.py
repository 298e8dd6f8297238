"""Avro files, as data pipelines and Event Hubs write them: every field of every record."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from auditor.formats import _long, _records, _rows
from auditor.formats._look import CERTAIN, Look
from auditor.model import Content, Gap, Limits, Reason, Table, Text

SUFFIXES = (".avro",)
MEDIA_TYPES = ("application/avro", "avro/binary")
BEGINNING = True
LONG = True

_SIGNATURE = b"Obj\x01"
_MISSING = Gap(Reason.UNSUPPORTED_FORMAT, detail="needs the extra “columns” (fastavro)")
_COLUMNS = 2_000


def claims(look: Look) -> int:
    """By signature."""
    return CERTAIN if look.head.startswith(_SIGNATURE) else 0


def parts(content: Content, limits: Limits) -> Iterator[Text | Table | Content | Gap]:
    """Records in blocks under their fields, as far as they can be read."""
    try:
        import fastavro
    except ImportError:
        yield _MISSING
        return
    members = _records.Members(limits)
    gaps: list[Gap] = []
    try:
        reader = fastavro.reader(_long.file(content))
        columns = _columns(reader.writer_schema)
    except Exception:  # noqa: BLE001 - it has no errors of its own
        if not content.truncated:
            yield Gap(Reason.MALFORMED, detail="Avro")
        return
    if not _takes(reader.writer_schema):
        yield Gap(Reason.MALFORMED, detail="records without fields")
        return

    def rows() -> Iterator[tuple[int, list[str]]]:
        number = 0
        try:
            for record in reader:
                number += 1
                yield number, [members.cell(value, number) for value in _values(record, columns)]
        except Exception:  # noqa: BLE001 - likewise
            gaps.append(Gap(Reason.MALFORMED, detail="Avro"))

    for block in _rows.blocks(rows()):
        yield Table(block.rows, columns=columns, first_row=block.first_row)
    if not content.truncated:
        yield from gaps
    yield from members.found()


def _takes(schema: Any) -> bool:
    """Whether a value takes any bytes: of those that take none a file may promise billions."""
    if not isinstance(schema, dict):
        return bool(schema != "null")
    fields = schema.get("fields")
    if fields is not None:
        return any(_takes(field.get("type")) for field in fields)
    return bool(schema.get("size", 1)) and _takes(schema.get("type"))


def _columns(schema: Any) -> tuple[str, ...]:
    fields = schema.get("fields", ()) if isinstance(schema, dict) else ()
    return tuple(str(field["name"]) for field in fields)[:_COLUMNS]


def _values(record: Any, columns: tuple[str, ...]) -> list[Any]:
    if not columns or not isinstance(record, dict):
        return [record]
    return [record.get(column) for column in columns]
