"""The section of the guideline's safety measures: what bears on each, and what no API can show."""

from __future__ import annotations

from typing import Any

from auditor.reports import _cells
from auditor.reports._controls_section import of_check, spoken, verdict
from auditor.reports._heat import to_items
from auditor.reports._markup import Html, both, counted, el, join, number, section, table, term
from auditor.summary import STATUSES, Summary

__all__ = ["measures"]


def measures(summary: Summary) -> Html:
    """A row a measure of annex 1 (別添1), A to G: checks, items, and what to show on paper."""
    ran = {str(row["control_id"]): row for row in _cells.records(summary.controls)}
    rows = [_row(row, ran) for row in _cells.records(summary.measures())]
    names = ("measure", "checks", "items", "documents")
    heads = [both(f"controls.by_measure.{name}") for name in names]
    return section("safety", table("controls.by_measure.caption", heads, rows, "measures"))


def _row(row: dict[str, Any], ran: dict[str, dict[str, Any]]) -> Html:
    measure, items = str(row["measure"]), int(row["items"])
    only = el("b", both("controls.by_measure.document_only"), class_="only")
    found = to_items(number(items), {"measure": measure}) if items else number(0)
    return el(
        "tr",
        el("th", term("report.measures", measure), scope="row"),
        el("td", _checks(row, [ran[name] for name in row["checks"]])),
        el("td", found, class_="n"),
        el(
            "td",
            join(only, " ") if row["document_only"] else None,
            both(f"controls.documents.{measure}"),
        ),
    )


def _checks(row: dict[str, Any], checks: list[dict[str, Any]]) -> Html:
    """How many checks gave what, and under it which."""
    said = [join(verdict(name), f" {row[name]}") for name in STATUSES if row[name]]
    if not checks:
        return both(f"report.safety.{'no_check' if row['document_only'] else 'not_run'}")
    checks = sorted(
        checks, key=lambda check: (STATUSES.index(check["status"]), check["control_id"])
    )
    names = [el("li", verdict(check["status"]), " ", of_check(check, "title")) for check in checks]
    which = counted("report.safety.which", len(names))
    inside = el("details", el("summary", which), el("ul", *names, class_="small"))
    return join(spoken(said), inside)
