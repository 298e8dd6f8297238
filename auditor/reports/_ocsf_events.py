"""Findings as OCSF events: an item with numbers, and a control of the tenant's settings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from auditor.locales import word
from auditor.reports._joined import Record, Together
from auditor.reports._ocsf_base import (
    CONFIDENCES,
    HIGH,
    INFORMATIONAL,
    LOW,
    MEDIUM,
    SEVERITIES,
    Audits,
    Event,
    compact,
    highest,
    milliseconds,
)

__all__ = ["compliance", "data_security"]

CREATE, UPDATE, CLOSE = 1, 2, 3
NEW, SUPPRESSED, RESOLVED = 1, 3, 4
COMPLETE, PARTIAL, FAIL = 1, 2, 3

_KINDS: Final[Mapping[str, tuple[str, str]]] = {
    "individual_number": ("Sensitive information type", "Japan My Number - Personal"),
    "resident_record_code": ("Rule", "Japan Resident Record Code"),
}
"""Kind → type and name of its classifier; the first is Purview's own, under its id."""

_KEPT_IN: Final[Mapping[str, tuple[str, str]]] = {
    "azure_files": ("Azure Files file", "file"),
    "azure_queues": ("Azure queue message", ""),
    "azure_tables": ("Azure table entity", "database"),
    "blob": ("Azure blob", "databucket"),
    "dataverse": ("Dataverse row", "database"),
    "folder": ("File", "file"),
    "intune": ("Intune object", ""),
    "mail": ("Exchange message", ""),
    "onedrive": ("OneDrive item", "file"),
    "sharepoint": ("SharePoint item", "file"),
    "teams": ("Teams message", ""),
}
"""Source → type of its resources, and the object of the schema that describes them further."""

_DATABASES: Final[Mapping[str, int]] = {"dataverse": 1, "azure_tables": 6}
"""Relational, and NoSQL."""

_PLACES: Final = (
    (re.compile(r"line (\d{1,9})"), "start_line"),
    (re.compile(r"page (\d{1,9})"), "page_number"),
    (re.compile(r"row (\d{1,9})"), "row_number"),
)
_CELL = re.compile(r"[A-Z]{1,3}\d{1,7}")

_CONTROL: Final[Mapping[str, tuple[int, int]]] = {
    "pass": (1, INFORMATIONAL),
    "fail": (3, MEDIUM),
    "manual": (99, INFORMATIONAL),
    "not_assessed": (2, LOW),
}
"""Status of a control → ``compliance.status_id`` and ``severity_id``."""


def data_security(audits: Audits, rows: Together, lang: str) -> Event:
    """The Data Security Finding of one item with findings, resolved ones among them."""
    findings = rows["findings"]
    item = {**findings[0], **(rows["items"][0] if rows["items"] else {})}
    activity, status = _life({row["status"] for row in findings})
    stands = [row for row in findings if row["status"] != "resolved"]
    severity = INFORMATIONAL
    if stands:
        severity = SEVERITIES[_level(item)].get(item["confidence"], INFORMATIONAL)
    confidence = highest(findings)
    if confidence not in CONFIDENCES:  # all of it is accepted: how sure it was stays with it
        confidence = min((row["confidence"] for row in stands), key=[*CONFIDENCES].index)
    confidence_id, score = CONFIDENCES[confidence]
    run = audits.runs.get(findings[0]["run_id"])
    event = audits.event(2006, activity, severity, run, item["item_id"])
    kinds = sorted({row["kind"] for row in findings})
    values = {
        "kinds": word("report.table.comma", lang).join(
            word(f"report.kinds.{k}", lang) for k in kinds
        ),
        "n": sum(row["count"] or 0 for row in stands),
        "item": item["item"],
    }
    event |= {
        "status_id": status,
        "confidence_id": confidence_id,
        "confidence": confidence if confidence_id == 99 else None,
        "confidence_score": score,
        "is_alert": activity == CREATE and severity >= HIGH,
        "message": word("events.resolved" if status == RESOLVED else "events.item", lang, **values),
        "finding_info": {
            "uid": item["item_id"],
            "title": word("events.title", lang, **values),
            "types": kinds,
            "src_url": _link(item),
            "created_time": milliseconds(min(row["first_seen"] for row in findings)),
            "first_seen_time": milliseconds(min(row["first_seen"] for row in findings)),
            "last_seen_time": milliseconds(max(row["last_seen"] for row in findings)),
            "tags": list(_tags(item, findings)),
        },
        "data_security": _data(item, findings, rows["coverage"]),
        "resources": [_resource(item)],
        **_kept_in(item, run),
    }
    if "cloud" in event:
        event["metadata"]["profiles"] = ["cloud", "datetime"]
    found: Event = compact(event)
    return found


def _life(statuses: set[str]) -> tuple[int, int]:
    """``activity_id`` and ``status_id`` of an item whose findings have ``statuses``."""
    standing = statuses - {"resolved"}
    if not standing:
        return CLOSE, RESOLVED
    if standing == {"suppressed"}:
        return UPDATE, SUPPRESSED
    return (CREATE if statuses == {"new"} else UPDATE), NEW


def _level(item: Record) -> str:
    level = item.get("exposure") or ""
    return level if level in SEVERITIES else "unknown"


def _data(item: Record, findings: list[Record], gaps: list[Record]) -> Event:
    """What was found and how far the item was read; never what stood there."""
    kind = min(row["kind"] for row in findings)
    type_name, name = _KINDS.get(kind, ("Rule", kind))
    sit = next((row["purview_sit_id"] for row in findings if row["kind"] == kind), "")
    whole = any(not row["part"] and row["state"] in {"failed", "not_assessed"} for row in gaps)
    return {
        "category_id": 2,
        "detection_system_id": 4,
        "data_lifecycle_state_id": 1,
        "classifier_details": {"type": type_name, "name": name, "uid": sit},
        "size": item.get("size"),
        "total": item["count"],
        "status_id": FAIL if whole else PARTIAL if gaps else COMPLETE,
        "status_details": sorted({row["reason"] for row in gaps}),
        "discovery_details": [
            {
                "type": _KINDS.get(row["kind"], ("", row["kind"]))[1],
                "count": row["count"],
                "occurrences": list(_occurrences(row["locations"])),
            }
            for row in findings
            if row["status"] != "resolved"
        ],
    }


def _occurrences(locations: list[str]) -> Iterator[Event]:
    """Places in the words of the schema; one that it has no word for is left to the item."""
    for location in locations:
        for pattern, name in _PLACES:
            if match := pattern.fullmatch(location):
                yield {name: int(match[1])}
                break
        else:
            yield {"cell_name" if _CELL.fullmatch(location) else "column_name": location}


def _tags(item: Record, findings: list[Record]) -> Iterator[Event]:
    """What the schema has no attribute for."""
    for name in ("exposure", "reach", "document_type", "retention_check", "breach_class"):
        if item.get(name):
            yield {"name": name, "value": item[name]}
    for name in ("exposure_reasons", "measures"):
        if item.get(name):
            yield {"name": name, "values": item[name]}
    yield {
        "name": "evidence",
        "values": sorted({code for row in findings for code in row["reasons"]}),
    }
    yield {"name": "finding_id", "values": [row["finding_id"] for row in findings]}


def _resource(item: Record) -> Event:
    return {
        "uid": item["item_id"],
        "name": item["item"],
        "type": _KEPT_IN.get(item["source"], (item["source"], ""))[0],
        "namespace": item["partition"],
        "owner": _owner(item),
    }


def _kept_in(item: Record, run: Record | None) -> Event:
    """The file, bucket or database, and the cloud that it is in."""
    source = item["source"]
    shape = _KEPT_IN.get(source, ("", ""))[1]
    found: Event = {}
    if source != "folder":
        tenant = {"uid": run["tenant_id"], "name": run["tenant_name"]} if run else None
        found["cloud"] = {"provider": "Azure", "account": tenant}
    if shape in {"file", "databucket"}:
        found["file"] = _file(item, in_cloud=source != "folder")
    if shape == "databucket":
        public = "public_container" in (item.get("exposure_reasons") or [])
        found["databucket"] = {"name": item["partition"], "type_id": 2, "is_public": public}
    if shape == "database":
        found["database"] = {"name": item["partition"], "type_id": _DATABASES[source]}
    return found


def _file(item: Record, *, in_cloud: bool) -> Event:
    name = item["item"].replace("\\", "/").rpartition("/")[2] or item["item"]
    stem, dot, extension = name.rpartition(".")
    return {
        "name": name or item["item_id"],
        "type_id": 1,
        "path": item["item"],
        "ext": extension if stem and dot and len(extension) <= 8 else None,
        "uri": _link(item),
        "size": item.get("size"),
        "owner": _owner(item),
        "created_time": milliseconds(item.get("created")),
        "created_time_dt": item.get("created"),
        "modified_time": milliseconds(item.get("modified")),
        "modified_time_dt": item.get("modified"),
        "is_public": _level(item) == "public" if in_cloud else None,
    }


def _owner(item: Record) -> Event | None:
    owner = item.get("owner")
    return {"name": owner, "type_id": 0} if owner else None


def _link(item: Record) -> str | None:
    url = item["url"] or ""
    return url if url.startswith("https://") else None


def compliance(audits: Audits, control: Record, lang: str) -> Event:
    """The Compliance Finding of one control."""
    status = control["status"]
    status_id, severity = _CONTROL[status]
    activity = CLOSE if status == "pass" else CREATE if audits.first else UPDATE
    run = audits.only
    event = audits.event(2003, activity, severity, run, control["control_id"])
    measures = [word(f"report.measures.{code}", lang) for code in control["measures"]]
    event |= {
        "status_id": RESOLVED if status == "pass" else NEW,
        "message": f"{word(f'report.checks.{status}', lang)}: {control['title']}",
        "finding_info": {
            "uid": control["control_id"],
            "uid_alt": f"{control['control_id']}@{run['tenant_id']}" if run else None,
            "title": control["title"],
            "desc": control["evidence"],
        },
        "compliance": {
            "control": control["control_id"],
            "category": control["pillar"],
            "desc": control["title"],
            "standards": [word("events.guideline", lang)],
            "requirements": measures,
            "status_id": status_id,
            "status": word(f"report.checks.{status}", lang),
            "status_code": status,
            "status_details": [control["evidence"]] if control["evidence"] else [],
        },
        "remediation": {"desc": control["remedy"]} if control["remedy"] else None,
    }
    if control["permission"]:
        event["unmapped"] = {"permission": control["permission"]}
    found: Event = compact(event)
    return found
