"""Tables and columns of a Dataverse environment, from its own definitions.

Which tables hold rows of their own, and which of their columns can hold twelve digits: text, and
numbers that are wide enough (an Integer is not). Headers are the labels that people see.

Source: Dataverse Web API ``EntityDefinitions`` (never paged), ``EntityMetadata``,
``AttributeMetadata``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from connectors._dataverse_lane import Ask, Environment
from connectors._errors import Broken

DEFINITIONS = "prvReadEntity"
"""The privilege that opens the definitions."""

_TABLE = (
    "LogicalName,SchemaName,EntitySetName,PrimaryIdAttribute,DisplayName,ChangeTrackingEnabled,"
    "IsIntersect,IsPrivate,IsLogicalEntity,TableType,DataProviderId,Privileges"
)
_COLUMN = (
    "LogicalName,AttributeType,AttributeTypeName,AttributeOf,DisplayName,IsValidForRead,"
    "IsValidODataAttribute,IsSecured"
)
_TEXT = frozenset({"String", "Memo"})
_NUMBER = frozenset({"BigInt", "Decimal", "Double", "Money"})
_OWN = frozenset({"versionnumber", "traversedpath", "exchangerate"})
"""Columns that the service fills in by itself, with what is never a person's number."""
_ATTACHED = {"annotation": "documentbody", "activitymimeattachment": "body"}
"""Tables whose rows carry a file, in base64, in a text column."""
_ROW = ("modifiedon", "createdon", "filesize", "isdocument")
"""Read beside the cells where a table has them."""
_LOOKUPS = ("ownerid", "owningbusinessunit")


@dataclass(frozen=True, slots=True)
class Table:
    """A table as its environment describes it."""

    name: str
    """Logical name, unique in its environment."""
    set: str
    """Entity set: the last part of its URL."""
    key: str
    label: str
    tracked: bool
    privilege: str
    """Name of the privilege that reads it."""
    privilege_id: str = ""
    virtual: bool = False
    """Its rows lie in another system, and are fetched from there at every question."""


@dataclass(frozen=True, slots=True)
class File:
    """A column that holds a file beside the row."""

    column: str
    label: str
    kind: str
    """``file``, ``image``, or ``base64`` (in a text column)."""
    told: str = ""
    """The column that says whether there is one."""
    named: str = ""
    """The column with the file's name."""


@dataclass(frozen=True, slots=True)
class Columns:
    """What is read of a table's rows."""

    cells: Mapping[str, str] = field(default_factory=dict)
    """Logical name → header."""
    files: Sequence[File] = ()
    rest: Sequence[str] = ()
    """Properties read beside them: dates, owner."""
    secured: Mapping[str, str] = field(default_factory=dict)
    """Those of the cells and files that a column security profile opens."""
    digest: str = ""
    """Letters that change when other columns, or other headers, are read."""

    def selected(self, key: str) -> str:
        """The value of ``$select``."""
        files = (name for file in self.files for name in (file.told, file.named))
        return ",".join(dict.fromkeys(filter(None, (key, *self.cells, *files, *self.rest))))


async def tables_of(environment: Environment) -> list[Table]:
    """Every table with rows of its own, by name. Raises :class:`ConnectorError`."""
    found = [_table(value) for value in await _defined(environment, "/EntityDefinitions", _TABLE)]
    return sorted((table for table in found if table), key=lambda table: table.name)


async def columns_of(environment: Environment, table: Table) -> Columns:
    """What is to be read of a table. Raises :class:`ConnectorError`."""
    path = f"/EntityDefinitions(LogicalName='{table.name}')/Attributes"
    described = await _defined(environment, path, _COLUMN)
    values = {str(value.get("LogicalName")): value for value in described}
    readable = {name: value for name, value in values.items() if _readable(value)}
    files = tuple(_files(table, readable))
    taken = {file.column for file in files}
    texts = {
        name: value
        for name, value in readable.items()
        if name not in taken and name not in _OWN and _holds_text(value, values)
    }
    cells = _headers(texts)
    secured = {n: h for n, h in cells.items() if values[n].get("IsSecured")}
    secured |= {f.column: f.label for f in files if values[f.column].get("IsSecured")}
    rest = [name for name in _ROW if name in readable]
    rest += [f"_{name}_value" for name in _LOOKUPS if name in readable]
    read = repr((sorted(cells.items()), files, rest)).encode("utf-8", "replace")
    digest = hashlib.blake2b(read, digest_size=4).hexdigest()
    letters = digest.translate(str.maketrans("0123456789", "ghijklmnop"))
    return Columns(cells, files, rest, secured, letters)


async def _defined(environment: Environment, path: str, select: str) -> list[Mapping[str, Any]]:
    """Definitions; all of them that there is to say, where one asked for is not known there."""
    chosen = "" if select in environment.unselected else f"?$select={select}"
    try:
        answer = await environment.json(Ask(path + chosen, DEFINITIONS))
    except Broken as error:
        if not chosen or not error.detail.startswith("HTTP 400"):
            raise
        environment.unselected.add(select)
        return await _defined(environment, path, select)
    values = answer.get("value")
    if not isinstance(values, list):
        raise Broken("the answer is no collection")
    return [value for value in values if isinstance(value, dict)]


def _readable(value: Mapping[str, Any]) -> bool:
    """Whether a column is served: some are defined and belong to the platform's inside."""
    served = value.get("IsValidODataAttribute") is not False or kind_of(value) == "FileType"
    return served and value.get("IsValidForRead") is not False


def _table(value: Mapping[str, Any]) -> Table | None:
    """None for what has no rows of its own: joins, composites, tables of the platform's inside."""
    name, entity_set = str(value.get("LogicalName") or ""), str(value.get("EntitySetName") or "")
    key = str(value.get("PrimaryIdAttribute") or "")
    hidden = any(value.get(flag) for flag in ("IsIntersect", "IsPrivate", "IsLogicalEntity"))
    if hidden or not (name and entity_set and key):
        return None
    kind = str(value.get("TableType") or "")
    privilege, privilege_id = _reading(value)
    return Table(
        name,
        entity_set,
        key,
        label_of(value) or name,
        bool(value.get("ChangeTrackingEnabled")),
        privilege or f"prvRead{value.get('SchemaName') or name}",
        privilege_id,
        kind == "Virtual" or bool(value.get("DataProviderId") and kind != "Elastic"),
    )


def _reading(value: Mapping[str, Any]) -> tuple[str, str]:
    """Name and id of the privilege that reads a table."""
    for one in value.get("Privileges") or ():
        if isinstance(one, dict) and one.get("PrivilegeType") in {"Read", 2}:
            return str(one.get("Name") or ""), str(one.get("PrivilegeId") or "").lower()
    return "", ""


def label_of(value: Mapping[str, Any]) -> str:
    """The label in the language of the app's user, which is the organisation's unless changed."""
    label = value.get("DisplayName")
    if not isinstance(label, dict):
        return ""
    texts = [label.get("UserLocalizedLabel"), *(label.get("LocalizedLabels") or ())]
    return next((str(t["Label"]) for t in texts if isinstance(t, dict) and t.get("Label")), "")


def _holds_text(value: Mapping[str, Any], values: Mapping[str, Any]) -> bool:
    """Whether a column can hold twelve digits and belongs to no lookup or image."""
    kind = str(value.get("AttributeType") or "")
    if kind not in _TEXT | _NUMBER:
        return False
    owner = values.get(str(value.get("AttributeOf") or ""))
    return not value.get("AttributeOf") or (owner is not None and kind_of(owner) == "FileType")


def kind_of(value: Mapping[str, Any]) -> str:
    """The exact kind of a column (``FileType``, ``ImageType``, ``MultiSelectPicklistType``)."""
    named = value.get("AttributeTypeName")
    return str(named.get("Value") or "") if isinstance(named, dict) else ""


def _files(table: Table, readable: Mapping[str, Mapping[str, Any]]) -> Iterable[File]:
    body = _ATTACHED.get(table.name, "")
    if body in readable:
        told = next((n for n in ("isdocument", "filesize", "filename") if n in readable), "")
        named = "filename" if "filename" in readable else ""
        yield File(body, label_of(readable[body]) or body, "base64", told, named)
    for name, value in sorted(readable.items()):
        label = label_of(value) or name
        if kind_of(value) == "FileType":
            named = f"{name}_name"
            yield File(name, label, "file", name, named if named in readable else "")
        elif kind_of(value) == "ImageType":
            identity = f"{name}id"
            yield File(name, label, "image", identity if identity in readable else name)


def _headers(texts: Mapping[str, Mapping[str, Any]]) -> dict[str, str]:
    """Logical name → label; where two columns have one label, the second also says its name."""
    found: dict[str, str] = {}
    used: set[str] = set()
    for name, value in sorted(texts.items()):
        label = label_of(value) or name
        header = label if label not in used else f"{label} ({name})"
        used.add(header)
        found[name] = header
    return found
