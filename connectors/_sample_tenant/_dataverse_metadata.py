"""Definitions of Dataverse tables and columns, as ``EntityDefinitions`` tells them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from connectors._sample_tenant._company_keys import draw, guid
from connectors._sample_tenant._dataverse_query import LOOKUPS, properties
from connectors._sample_tenant._dataverse_rows import Boxes
from connectors._sample_tenant._dataverse_wire import json_answer, refused
from connectors._sample_tenant._model_dataverse import Column, Table
from connectors._sample_tenant._wire import Answer, Call

_JAPANESE = 1041
_TYPE_NAMES = {"File": "FileType", "Image": "ImageType"}
_PROVIDER = "7a4c2f0e-b1d3-4e6a-9c58-d0e1f2a3b4c5"


def privilege_id(table: Table) -> str:
    """The id of the privilege that reads a table."""
    return guid(draw(0, "privilege", table.name))


class Metadata:
    """Answers about definitions."""

    def __init__(self, boxes: Boxes, base: str) -> None:
        """``base`` is the address of the Web API."""
        self._boxes = boxes
        self._base = base

    def tables(self, call: Call) -> Answer:
        """``GET /EntityDefinitions``: all of them, in one answer."""
        values = [_table(box.table) for box in self._boxes.names.values()]
        return self._answer(call, values, "EntityDefinitions")

    def columns(self, call: Call, name: str) -> Answer:
        """``GET /EntityDefinitions(LogicalName='…')/Attributes``."""
        box = self._boxes.names.get(name)
        if box is None:
            message = f"The entity with a name = '{name[:60]}' was not found in the MetadataCache."
            raise refused(404, "0x80060888", message)
        values = [_column(box.table, column) for column in box.table.columns]
        return self._answer(call, values, f"EntityDefinitions('{name}')/Attributes")

    def _answer(self, call: Call, values: list[dict[str, Any]], context: str) -> Answer:
        for option in call.query:
            if option != "$select":
                raise refused(501, "0x80060888", f"The sample tenant does not imitate {option}.")
        names = [part for part in call.query.get("$select", "").split(",") if part]
        known = set().union(*values)
        for name in names:
            if name not in known:
                message = f"Could not find a property named '{name[:60]}' on the type of metadata."
                raise refused(400, "0x80060888", message)
        if names:
            values = [{n: v[n] for n in (*names, "MetadataId")} for v in values]
        return json_answer({"@odata.context": f"{self._base}/$metadata#{context}", "value": values})


def _label(text: str, key: str) -> dict[str, Any]:
    label = {
        "Label": text,
        "LanguageCode": _JAPANESE,
        "IsManaged": False,
        "MetadataId": guid(draw(0, "label", key)),
        "HasChanged": None,
    }
    return {"LocalizedLabels": [label], "UserLocalizedLabel": label}


def _table(table: Table) -> dict[str, Any]:
    return {
        "LogicalName": table.name,
        "SchemaName": table.schema or table.name,
        "EntitySetName": table.set,
        "PrimaryIdAttribute": table.key,
        "DisplayName": _label(table.label, table.name),
        "ChangeTrackingEnabled": table.tracked,
        "IsIntersect": table.intersect,
        "IsPrivate": table.private,
        "IsLogicalEntity": False,
        "IsActivity": table.key == "activityid",
        "TableType": table.kind,
        "DataProviderId": _PROVIDER if table.kind == "Virtual" else None,
        "OwnershipType": "UserOwned",
        "Privileges": [
            {
                "CanBeBasic": True,
                "CanBeDeep": True,
                "CanBeGlobal": True,
                "CanBeLocal": True,
                "CanBeEntityReference": False,
                "CanBeParentEntityReference": False,
                "Name": table.privilege,
                "PrivilegeId": privilege_id(table),
                "PrivilegeType": "Read",
            }
        ],
        "MetadataId": guid(draw(0, "table", table.name)),
    }


def _column(table: Table, column: Column) -> dict[str, Any]:
    kind = "Virtual" if column.kind in _TYPE_NAMES else column.kind
    named: Mapping[str, str] = {"Value": _TYPE_NAMES.get(column.kind, f"{column.kind}Type")}
    key = f"{table.name}.{column.name}"
    return {
        "LogicalName": column.name,
        "SchemaName": column.name,
        "AttributeType": kind,
        "AttributeTypeName": named,
        "AttributeOf": column.of or None,
        "DisplayName": _label(column.label, key),
        "IsValidForRead": True,
        "IsValidODataAttribute": column.kind in LOOKUPS or column.name in properties(table),
        "IsSecured": column.secured,
        "IsPrimaryId": column.name == table.key,
        "MetadataId": guid(draw(0, "column", key)),
    }
