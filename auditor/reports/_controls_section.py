"""The section of the tenant's settings: every check with its result, failures first."""

from __future__ import annotations

from typing import Any

import pandas as pd

from auditor.locales import has_word
from auditor.reports import _cells, _charts
from auditor.reports._markup import Html, Part, both, el, join, section, table
from auditor.summary import STATUSES, Summary

__all__ = ["controls", "of_check", "spoken", "verdict"]


def controls(summary: Summary) -> Html | None:
    """Posture checks by pillar; nothing where none ran."""
    frame = summary.controls
    if frame.empty:
        return None
    order = frame["status"].map({name: at for at, name in enumerate(STATUSES)})
    frame = frame.assign(_order=order.fillna(len(STATUSES))).sort_values("_order", kind="stable")
    pillars = [_pillar(str(name), rows) for name, rows in frame.groupby("pillar")]
    return section("controls", _counts(frame), *pillars)


def _counts(frame: pd.DataFrame) -> Html:
    counts = [(name, int((frame["status"] == name).sum())) for name in STATUSES]
    parts = [
        el("li", verdict(name), " ", el("b", count), class_=name) for name, count in counts if count
    ]
    return el("div", _charts.stack(counts), el("ul", *parts, class_="legend"), class_="books")


def _pillar(name: str, rows: pd.DataFrame) -> Html:
    """The checks of a pillar; folded away where all of them passed."""
    key = f"controls.pillars.{name}"
    counts = rows["status"].value_counts()
    said = [join(verdict(status), f" {counts[status]}") for status in STATUSES if status in counts]
    heading = join(both(key) if has_word(key) else name, " — ", spoken(said))
    heads = [both(f"report.controls.{part}") for part in ("check", "status", "evidence", "remedy")]
    results = table(
        "report.controls.caption",
        heads,
        [_row(row) for row in _cells.records(rows)],
        "checks",
        name,
    )
    return el("details", el("summary", heading), results, open="fail" in counts)


def _row(row: dict[str, Any]) -> Html:
    status, permission = str(row["status"]), _text(row["permission"])
    needed = el("p", el("code", permission), class_="small") if permission else None
    return el(
        "tr",
        el(
            "th",
            of_check(row, "title"),
            el("p", el("code", str(row["control_id"])), class_="small"),
            scope="row",
        ),
        el("td", verdict(status)),
        el("td", el("p", _text(row["evidence"]), class_="small")),
        el("td", of_check(row, "remedy") if status != "pass" else None, needed),
    )


def of_check(row: dict[str, Any], part: str) -> Part:
    """The title or remedy of a check in both languages; as the run wrote it where it is unknown."""
    key = f"controls.{row['control_id']}.{part}"
    return both(key) if has_word(key) else _text(row[part])


def verdict(status: str) -> Html:
    """The word for a result."""
    return el("span", both(f"report.checks.{status}"), class_=f"check {status}")


def spoken(parts: list[Html]) -> Html:
    """Parts with a point between them; a dash for none."""
    found: list[Html | str] = []
    for part in parts:
        found += [" · ", part] if found else [part]
    return join(*found) if found else join("–")


def _text(value: object) -> str:
    return "" if value is None or value is pd.NA else str(value)
