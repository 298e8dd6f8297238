"""What every OCSF event has, and how our words become its numbers. Schema: OCSF 1.8.0."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

import pandas as pd

from auditor.reports import _cells
from auditor.reports._joined import Record
from auditor.summary import Summary
from auditor.workspace import identifier

__all__ = [
    "CONFIDENCES",
    "SEVERITIES",
    "VERSION",
    "Audits",
    "Event",
    "compact",
    "highest",
    "milliseconds",
]

Event = dict[str, Any]

VERSION: Final = "1.8.0"
PRODUCT: Final = "mynumber-audit"

INFORMATIONAL, LOW, MEDIUM, HIGH, CRITICAL = 1, 2, 3, 4, 5

SEVERITIES: Final[Mapping[str, Mapping[str, int]]] = {
    "public": {"high": CRITICAL, "medium": CRITICAL, "low": MEDIUM},
    "external": {"high": HIGH, "medium": HIGH, "low": MEDIUM},
    "unknown": {"high": HIGH, "medium": MEDIUM, "low": LOW},
    "internal": {"high": MEDIUM, "medium": MEDIUM, "low": LOW},
    "private": {"high": LOW, "medium": LOW, "low": INFORMATIONAL},
}
"""Exposure → confidence → ``severity_id``. A published sample is informational wherever it is."""

CONFIDENCES: Final[Mapping[str, tuple[int, int]]] = {
    "high": (3, 95),
    "medium": (2, 75),
    "low": (1, 40),
    "sample": (99, 0),
}
"""Confidence, highest first → ``confidence_id`` and ``confidence_score`` of 100. The scores put the
levels in order and leave room between them; they are no measured probabilities."""

_TWELVE_DIGITS: Final = 10**11


class Audits:
    """The audits that are shown, by their id."""

    def __init__(self, summary: Summary) -> None:
        every = _cells.records(summary.runs)
        self.runs: dict[str, Record] = {
            row["run_id"]: row for row in every if row["run_id"] in summary.shown
        }
        self.only: Record | None = None
        """The one audit, where a row without an audit's id can only belong to that."""
        if len(self.runs) == 1:
            (self.only,) = self.runs.values()
        tenants = [row["tenant_id"] for row in every]
        self.first = self.only is not None and tenants.count(self.only["tenant_id"]) == 1
        """Whether the tenant was never audited before."""

    def event(
        self, class_uid: int, activity: int, severity: int, run: Record | None, *names: str
    ) -> Event:
        """The frame of an event of ``run``; ``names`` make it the same event at every writing."""
        started = milliseconds(run["started"]) if run else None
        return {
            "class_uid": class_uid,
            "category_uid": class_uid // 1000,
            "activity_id": activity,
            "type_uid": class_uid * 100 + activity,
            "severity_id": severity,
            "time": started or self._earliest(),
            "metadata": {
                "version": VERSION,
                "uid": identifier(str(class_uid), run["run_id"] if run else "", *names),
                "correlation_uid": run["run_id"] if run else None,
                "tenant_uid": run["tenant_id"] if run else None,
                "profiles": ["datetime"],
                "product": {
                    "name": PRODUCT,
                    "vendor_name": PRODUCT,
                    "version": run["tool_version"] if run else None,
                },
            },
        }

    def _earliest(self) -> int:
        """The start of the first audit shown, for what cannot be given to one of them."""
        starts = [milliseconds(row["started"]) for row in self.runs.values()]
        return min((start for start in starts if start is not None), default=0)


def highest(findings: Sequence[Record]) -> str:
    """The highest confidence of an item's findings: of those that count, else of those accepted."""
    for left_out in ({"resolved", "suppressed"}, {"resolved"}, set[str]()):
        found = {row["confidence"] for row in findings if row["status"] not in left_out}
        if found:
            return next(name for name in CONFIDENCES if name in found)
    raise ValueError(findings)


def milliseconds(when: Any) -> int | None:
    """A time as OCSF has it; None where there is none.

    From 1973 to 2001 that is a number of twelve digits, which no report may hold: None as well.
    Such times stand in the RFC 3339 sibling (``created_time_dt``) that the datetime profile has.
    """
    if pd.isna(when):
        return None
    moment = datetime.fromisoformat(when) if isinstance(when, str) else when
    value = round(moment.timestamp() * 1000)
    return None if _TWELVE_DIGITS <= abs(value) < 10 * _TWELVE_DIGITS else value


def compact(value: Any) -> Any:
    """Without what is empty, at any depth: an attribute that says nothing is left out."""
    if isinstance(value, dict):
        kept = {name: compact(inner) for name, inner in value.items()}
        return {name: inner for name, inner in kept.items() if inner not in (None, "", [], {})}
    if isinstance(value, list):
        return [compact(inner) for inner in value]
    return value
