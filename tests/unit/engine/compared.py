"""A comparison of two runs, read to its end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from auditor.comparison import CHANGES, compare, pairs
from auditor.workspace import reading
from tests.unit.engine.place import Place

Rows = dict[str, list[dict[str, Any]]]


@dataclass
class Found:
    """A comparison, read to its end."""

    rows: Rows
    kept: tuple[int, int]
    rules_alone: int
    alarming: frozenset[str]
    totals: dict[str, int]

    def told(self, change: str, column: str = "why") -> dict[str, Any]:
        """Item → what is told of it."""
        return {row["item"] or row["source"]: row[column] for row in self.rows[change]}

    def changed(self) -> dict[str, int]:
        """The changes that there are."""
        return {change: len(rows) for change, rows in self.rows.items() if rows}


def compared(place: Place, old: str = "", new: str = "") -> Found:
    with reading(place.path) as db:
        (pair,), _ = pairs(db, old, new)
        comparison = compare(db, pair)
        rows = {change: list(comparison.rows(change)) for change in CHANGES}
        for change in CHANGES:  # what is shown first is a part of all there is
            some = list(comparison.rows(change, 1))
            assert some == [] or some[0] in rows[change]
            assert comparison.total(change) == len(rows[change])
        totals = {change: comparison.total(change) for change in CHANGES}
        found = Found(
            rows, comparison.kept(), comparison.rules_alone(), comparison.alarming(), totals
        )
        then = db.execute("SELECT count(*) FROM stood").fetchone()[0]
    assert then == sum(found.kept) + totals["resolved"] + totals["changed"]
    return found
