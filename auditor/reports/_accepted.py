"""The section of accepted risks: who accepted what, until when; what needs a new look first."""

from __future__ import annotations

from typing import Any

import pandas as pd

from auditor.reports import _cells
from auditor.reports._markup import Html, Part, both, counted, el, own, section, table, term
from auditor.summary import Summary

__all__ = ["accepted"]

_STATES = ("expired", "unused", "active")
"""Those that a person has to decide about anew come first; revoked ones are history."""
_MOST = 500
"""Rows that are shown; the table ``suppressions`` of the exports has all."""


def accepted(summary: Summary) -> Html | None:
    """Suppressions that were not taken back; nothing where there are none."""
    frame = summary.suppressions
    frame = frame[frame["state"].isin(_STATES)]
    if frame.empty:
        return None
    order = frame["state"].map({name: at for at, name in enumerate(_STATES)})
    frame = frame.assign(_order=order).sort_values(["_order", "created"], kind="stable")
    names = ("item", "state", "reason", "owner", "until")
    heads = [both(f"report.accepted.{name}") for name in names]
    rows = [_row(row) for row in _cells.records(frame.head(_MOST))]
    left = len(frame) - len(rows)
    more = counted("report.accepted.more", left) if left else None
    shown = table("report.accepted.caption", heads, rows, "accepted")
    return section("accepted", shown, el("p", more, class_="small") if more else None)


def _row(row: dict[str, Any]) -> Html:
    where = el(
        "p",
        term("report.sources", str(row["source"])),
        " · ",
        own(str(row["partition"])),
        class_="small",
    )
    part: Part = el("p", own(str(row["part"])), class_="small") if row["part"] else None
    name = el("th", own(str(row["item"])), where, part, scope="row")
    day = row["until"]
    until = both("report.accepted.open") if pd.isna(day) else f"{day:%Y-%m-%d}"
    state = term("report.accepted.states", str(row["state"]))
    reason, owner = el("td", own(str(row["reason"]))), el("td", own(str(row["owner"] or "")))
    return el("tr", name, el("td", state), reason, owner, el("td", until))
