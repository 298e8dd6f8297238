"""What page one is about, counted once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from auditor.reports import _cells
from auditor.summary import CERTAIN, LEVELS, Summary

__all__ = ["Facts", "facts"]


@dataclass(frozen=True, slots=True)
class Facts:
    """What page one is about, counted once."""

    levels: dict[str, tuple[int, int, int]]
    """Level → items and most persons, high and medium only; then items to review."""
    items: int
    persons: tuple[int, int]
    """Least and most distinct persons."""
    review: int
    """Items that a person has to look at before they count."""
    places: pd.DataFrame
    books: dict[str, Any]
    reasons: pd.DataFrame
    suspects: int
    retention: int
    breach: int
    failed: int
    """Checks of the tenant's settings that failed."""
    ran: bool


def facts(summary: Summary) -> Facts:
    """Count what page one says."""
    persons = {row["scope"]: row for row in _cells.records(summary.persons())}
    exposed = summary.exposed()
    certain = exposed[exposed["confidence"].isin(CERTAIN)]
    low = exposed[~exposed["confidence"].isin(CERTAIN)]["exposure"].value_counts()
    reasons = summary.coverage_by_reason()
    suspect = summary.coverage["suspect"].fillna(value=False)
    return Facts(
        levels={
            name: (
                int(persons[name]["items"]),
                int(persons[name]["high"]),
                int(low.get(name, 0)),
            )
            for name in LEVELS
        },
        items=len(certain),
        persons=(int(persons["all"]["low"]), int(persons["all"]["high"])),
        review=len(exposed) - len(certain),
        places=summary.by_partition(),
        books=_cells.records(summary.books())[0],
        reasons=reasons,
        suspects=summary.coverage.loc[suspect, "item_id"].nunique(),
        retention=int((certain["retention_check"].fillna("") == "check").sum()),
        breach=int((certain["breach_class"].fillna("") != "").sum()),
        failed=int((summary.controls["status"] == "fail").sum()),
        ran=not summary.audits().empty,
    )
