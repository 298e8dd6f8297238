"""Rows for a custom table of Microsoft Sentinel, one an item, and what the table looks like.

Columns that Purview's own table has keep its names and meaning (Azure Monitor's reference of
``PurviewDataSensitivityLogs``), so that queries and workbooks made for that fit; the others are
ours. A row's ``RecordId`` is the same at every writing of the same audit: whoever gets a row twice
can tell (``summarize arg_max(TimeGenerated, *) by RecordId``).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, Final

from auditor.reports._joined import Record, Together, by_item
from auditor.reports._ocsf_base import CONFIDENCES, Audits, highest
from auditor.summary import Summary
from auditor.workspace import identifier

__all__ = ["COLUMNS", "STREAM", "TABLE", "Key", "rows", "template"]

Key = tuple[str, str, str]
"""Source, place and item id: rows come in the order of their keys."""

TABLE: Final = "MyNumberAudit_CL"
STREAM: Final = f"Custom-{TABLE}"

COLUMNS: Final[Mapping[str, str]] = {
    "TimeGenerated": "datetime",
    "ActivityType": "string",
    "AssetName": "string",
    "AssetPath": "string",
    "AssetType": "string",
    "AssetCreationTime": "datetime",
    "AssetModifiedTime": "datetime",
    "AssetLastScanTime": "datetime",
    "FileExtension": "string",
    "FileSize": "long",
    "Classification": "dynamic",
    "ClassificationDetails": "dynamic",
    "SourceName": "string",
    "SourcePath": "string",
    "SourceScanId": "string",
    "RecordId": "string",
    "ItemId": "string",
    "FindingIds": "dynamic",
    "AuditedTenantId": "string",
    "Status": "string",
    "Confidence": "string",
    "Exposure": "string",
    "Reach": "string",
    "ReachPeople": "int",
    "ExposureReasons": "dynamic",
    "Owner": "string",
    "DocumentType": "string",
    "RetentionCheck": "string",
    "BreachClass": "string",
    "Measures": "dynamic",
    "Coverage": "string",
    "CoverageReasons": "dynamic",
}
"""Column → type of a stream declaration. Up to ``SourceScanId`` they are Purview's."""

_NAMES: Final = {
    "individual_number": "Japan My Number - Personal",
    "resident_record_code": "Japan Resident Record Code",
}
_FILES: Final = frozenset(("azure_files", "blob", "folder", "onedrive", "sharepoint"))
_WORKSPACES: Final = "Microsoft.OperationalInsights/workspaces"
_API: Final = "2023-03-11"
_IDS: Final = 100
"""Most finding ids of a row: an item can have any number of parts, a row cannot."""


def rows(summary: Summary) -> Iterator[tuple[Key, Record]]:
    """Every item with findings, resolved ones too, in the order of the keys."""
    audits = Audits(summary)
    for found in by_item(summary, "items", "findings", "coverage"):
        if found["findings"]:
            first = found["findings"][0]
            key = (first["source"] or "", first["partition"] or "", first["item_id"])
            yield key, _row(audits, found)


def _row(audits: Audits, found: Together) -> Record:
    findings, gaps = found["findings"], found["coverage"]
    item = {**findings[0], **(found["items"][0] if found["items"] else {})}
    run = audits.runs.get(findings[0]["run_id"])
    standing = [row for row in findings if row["status"] != "resolved"]
    name = item["item"] or ""
    values: Record = {
        "TimeGenerated": f"{run['started']:%Y-%m-%dT%H:%M:%SZ}" if run else item["last_seen"],
        "ActivityType": "Classification",
        "AssetName": name.rpartition("/")[2] or name,
        "AssetPath": item["url"] or name,
        "AssetType": "File" if item["source"] in _FILES else "Generic",
        "AssetCreationTime": item.get("created"),
        "AssetModifiedTime": item.get("modified"),
        "AssetLastScanTime": max(row["last_seen"] for row in findings),
        "FileExtension": _extension(name) if item["source"] in _FILES else None,
        "FileSize": item.get("size"),
        "Classification": sorted({_NAMES.get(row["kind"], row["kind"]) for row in findings}),
        "ClassificationDetails": _details(standing),
        "SourceName": item["source"],
        "SourcePath": item["partition"],
        "SourceScanId": item["run_id"],
        "RecordId": identifier("sentinel", item["run_id"], item["item_id"]),
        "ItemId": item["item_id"],
        "FindingIds": [row["finding_id"] for row in findings][:_IDS],
        "AuditedTenantId": item["tenant_id"],
        "Status": _status({row["status"] for row in findings}),
        "Confidence": highest(findings),
        "Exposure": item.get("exposure"),
        "Reach": item.get("reach"),
        "ReachPeople": item.get("reach_people"),
        "ExposureReasons": item.get("exposure_reasons"),
        "Owner": item.get("owner"),
        "DocumentType": item["document_type"],
        "RetentionCheck": item.get("retention_check"),
        "BreachClass": item.get("breach_class"),
        "Measures": item.get("measures"),
        "Coverage": _coverage(gaps),
        "CoverageReasons": sorted({row["reason"] for row in gaps}),
    }
    return {column: values[column] for column in COLUMNS}


def _extension(name: str) -> str | None:
    stem, _, extension = name.rpartition("/")[2].rpartition(".")
    return extension.lower() if stem and len(extension) <= 8 else None


def _details(findings: list[Record]) -> list[Record]:
    """One entry a kind and confidence, however many parts the item has."""
    counts: Counter[tuple[str, str, str]] = Counter()
    distinct: Counter[tuple[str, str, str]] = Counter()
    for row in findings:
        key = row["purview_sit_id"] or "", row["kind"], row["confidence"]
        counts[key] += row["count"] or 0
        distinct[key] = max(distinct[key], row["distinct"] or 0)
    return [
        {
            "id": sit,
            "name": _NAMES.get(kind, kind),
            "count": counts[sit, kind, confidence],
            "uniquecount": distinct[sit, kind, confidence],
            "confidence": CONFIDENCES[confidence][1],
        }
        for sit, kind, confidence in sorted(counts)
    ]


def _status(statuses: set[str]) -> str:
    """Of an item, from those of its findings."""
    standing = statuses - {"resolved"}
    if not standing:
        return "resolved"
    if len(standing) == 1 and statuses == standing:
        return next(iter(standing))
    return "unchanged" if statuses <= {"unchanged", "suppressed"} else "changed"


def _coverage(gaps: list[Record]) -> str:
    if not gaps:
        return "complete"
    whole = any(not row["part"] and row["state"] == "failed" for row in gaps)
    return "failed" if whole else "partial"


def template() -> dict[str, Any]:
    """An Azure Resource Manager template: the table, and the rule by which rows reach it.

    The rule is of kind ``Direct`` and has an endpoint of its own. Its outputs are what the table
    ``[sentinel]`` of the settings wants.
    """
    said = f"reference({_resource('Microsoft.Insights/dataCollectionRules', 'rule')}, '{_API}')"
    return {
        "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
        "contentVersion": "1.0.0.0",
        "parameters": {
            "workspace": {"type": "string"},
            "rule": {"type": "string", "defaultValue": "mynumber-audit"},
            "location": {"type": "string", "defaultValue": "[resourceGroup().location]"},
        },
        "resources": [_table(), _rule()],
        "outputs": {
            "endpoint": {"type": "string", "value": f"[{said}.endpoints.logsIngestion]"},
            "rule_id": {"type": "string", "value": f"[{said}.immutableId]"},
            "stream": {"type": "string", "value": STREAM},
        },
    }


def _table() -> dict[str, Any]:
    columns = [{"name": name, "type": _of_table(kind)} for name, kind in COLUMNS.items()]
    return {
        "type": f"{_WORKSPACES}/tables",
        "apiVersion": "2022-10-01",
        "name": f"[concat(parameters('workspace'), '/{TABLE}')]",
        "properties": {"schema": {"name": TABLE, "columns": columns}},
    }


def _rule() -> dict[str, Any]:
    columns = [{"name": name, "type": kind} for name, kind in COLUMNS.items()]
    table = f"resourceId('{_WORKSPACES}/tables', parameters('workspace'), '{TABLE}')"
    where = {"workspaceResourceId": f"[{_resource(_WORKSPACES, 'workspace')}]", "name": "workspace"}
    flow = {
        "streams": [STREAM],
        "destinations": ["workspace"],
        "transformKql": "source",
        "outputStream": STREAM,
    }
    return {
        "type": "Microsoft.Insights/dataCollectionRules",
        "apiVersion": _API,
        "name": "[parameters('rule')]",
        "location": "[parameters('location')]",
        "kind": "Direct",
        "dependsOn": [f"[{table}]"],
        "properties": {
            "streamDeclarations": {STREAM: {"columns": columns}},
            "destinations": {"logAnalytics": [where]},
            "dataFlows": [flow],
        },
    }


def _resource(kind: str, parameter: str) -> str:
    return f"resourceId('{kind}', parameters('{parameter}'))"


def _of_table(kind: str) -> str:
    """The same type as a table of Log Analytics spells it."""
    return "dateTime" if kind == "datetime" else kind
