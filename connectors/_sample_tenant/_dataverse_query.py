"""Options of a query on rows of Dataverse, and the answer to one for a file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from urllib.parse import quote

from connectors._sample_tenant._dataverse_wire import refused
from connectors._sample_tenant._model_dataverse import Column, Row, Stored, Table
from connectors._sample_tenant._ranges import Unsatisfiable, span
from connectors._sample_tenant._wire import Answer, Call

MOST = 5_000
"""Rows of one answer."""
BLOCK = 4 << 20
"""Bytes that the service recommends to read of a file at a time."""
_CONDITION = re.compile(r"(\w+) eq (?:'([^']*)'|([\w-]+))")
LOOKUPS = frozenset({"Lookup", "Owner", "Customer"})
"""Kinds of columns whose property is called otherwise."""


def trackable(call: Call, table: Table) -> None:
    """Refuse what change tracking does not go with."""
    for name in ("$filter", "$orderby", "$expand", "$top"):
        if name in call.query:
            message = (
                f'The "{name}" query parameter isn\'t supported when Change Tracking is enabled.'
            )
            raise refused(400, "0x80060888", message)
    if not table.tracked:
        raise refused(400, "0x80044353", f"Entity: {table.name} isn't enabled for change tracking.")
    if table.shallow:
        message = f"Principal user is missing {table.privilege} privilege at the needed depth."
        raise refused(403, "0x80040220", message)


def size(prefer: Mapping[str, str]) -> int:
    """The page size that ``Prefer`` asks for."""
    text = prefer.get("odata.maxpagesize", str(MOST))
    if not text.isdecimal() or not 1 <= int(text) <= MOST:
        raise refused(400, "0x80060888", "The page size is out of range.")
    return int(text)


def properties(table: Table) -> Iterator[str]:
    """What of a table is a property of its rows."""
    for column in table.columns:
        if column.kind in LOOKUPS:
            yield f"_{column.name}_value"
        elif (
            not column.of or column.kind in {"Uniqueidentifier", "BigInt"} or _named(table, column)
        ):
            yield column.name


def _named(table: Table, column: Column) -> bool:
    owner = next((one for one in table.columns if one.name == column.of), None)
    return owner is not None and owner.kind == "File"


def selected(text: str, table: Table) -> tuple[str, ...]:
    """The properties of ``$select``; 400 for one that the table has not."""
    known = {table.key, *properties(table)}
    names = tuple(filter(None, (part.strip() for part in text.split(","))))
    for name in names:
        if name not in known:
            message = (
                f"Could not find a property named '{name[:60]}' on type "
                f"'Microsoft.Dynamics.CRM.{table.name}'."
            )
            raise refused(400, "0x80060888", message)
    return names


def meets(condition: str, row: Row, key: str) -> bool:
    """Whether a row meets ``$filter``."""
    for part in condition.split(" or "):
        found = _CONDITION.fullmatch(part.strip())
        if found is None:
            raise refused(501, "0x80060888", "The sample tenant does not imitate this filter.")
        wanted = found[2] if found[2] is not None else found[3]
        held = row.id if found[1] == key else row.values.get(found[1])
        if held is not None and str(held).lower() == wanted.lower():
            return True
    return False


def file_answer(call: Call, stored: Stored) -> Answer:
    """A file, or the range of it that was asked for."""
    data = stored.data()
    headers = {
        "content-type": "application/octet-stream",
        "x-ms-file-name": quote(stored.name),
        "x-ms-file-size": str(len(data)),
        "mimetype": stored.media_type,
    }
    wanted = call.headers.get("range", "")
    if not wanted:
        return Answer(200, data, headers)
    try:
        part = span(wanted, len(data))
    except Unsatisfiable:
        return Answer(416, b"", {"content-range": f"bytes */{len(data)}"})
    if part is None:
        return Answer(200, data, headers)
    if stored.whole and part != (0, len(data) - 1):
        message = "Downloading in multiple chunks is not supported for files in the database."
        raise refused(400, "0x80090017", message)
    headers |= {
        "content-range": f"bytes {part[0]}-{part[1]}/{len(data)}",
        "x-ms-chunk-size": str(BLOCK),
    }
    return Answer(206, data[part[0] : part[1] + 1], headers)
