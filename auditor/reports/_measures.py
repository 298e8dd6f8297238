"""Each safety measure of the guideline with the checks and the items that bear on it."""

from __future__ import annotations

import pandas as pd

from auditor.controls import checks
from auditor.controls._measures import MEASURES, by_documents
from auditor.reports import _cells
from auditor.reports._exposure import table
from auditor.reports._markup import Html, both, el, join, term
from auditor.summary import Summary

__all__ = ["measures", "measures_table"]

STATUSES = ("fail", "not_assessed", "manual", "pass")


def measures(summary: Summary) -> pd.DataFrame:
    """A row a measure, in the guideline's order.

    Columns: measure, checks (ids of those that ran), fail, not_assessed, manual, pass (how many of
    them), items (with findings that bear on it), document_only (no check can judge it).
    """
    documents = by_documents(checks())
    ran = summary.controls[["control_id", "status", "measures"]].explode("measures")
    touched = summary.exposed()["measures"].explode().value_counts()
    rows = []
    for measure in MEASURES:
        some = ran[ran["measures"] == measure]
        counts = {name: int((some["status"] == name).sum()) for name in STATUSES}
        row = {"measure": measure, "checks": sorted(map(str, some["control_id"])), **counts}
        rows.append(
            {
                **row,
                "items": int(touched.get(measure, 0)),
                "document_only": measure in documents,
            }
        )
    return pd.DataFrame(rows)


def measures_table(summary: Summary) -> Html:
    """The same for a person, with what to show on paper."""
    rows = [
        el(
            "tr",
            el("th", term("report.measures", str(row["measure"])), scope="row"),
            el("td", _results(row)),
            el("td", int(row["items"]), class_="n"),
            el(
                "td",
                join(el("b", both("controls.by_measure.document_only")), " ")
                if row["document_only"]
                else None,
                both(f"controls.documents.{row['measure']}"),
            ),
        )
        for row in _cells.records(measures(summary))
    ]
    heads = [both(f"controls.by_measure.{n}") for n in ("measure", "checks", "items", "documents")]
    return table("controls.by_measure.caption", heads, rows, "reasons")


def _results(row: dict[str, object]) -> Html:
    said = [join(both(f"report.checks.{name}"), f" {row[name]}") for name in STATUSES if row[name]]
    parts: list[Html | str] = []
    for one in said:
        parts += [" · ", one] if parts else [one]
    return join(*parts) if parts else join("–")
