"""What is measured on judged documents: precision, recall, false alarms, exact counts.

A document counts as found at a level when anything in it is found there; samples never count. A
document of the category ``bare`` holds a number that nothing speaks for: no rule can tell it from
an order number, so it counts only where a level claims to show every number worth a look.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

__all__ = [
    "BARE",
    "LEVELS",
    "OURS",
    "Figures",
    "Judged",
    "exact_share",
    "false_alarms",
    "figures",
    "labelled_recall",
    "samples_as_real",
    "share",
    "templates_wrong",
]

OURS = "mynumber-audit"
BARE = "bare"
LEVELS = {"high": {"high"}, "medium+": {"high", "medium"}, "low+": {"high", "medium", "low"}}
_EVERYTHING = "low+"


@dataclass(frozen=True, slots=True)
class Judged:
    """What became of one document; nothing of its content."""

    template: str
    category: str
    positive: bool
    labelled: bool
    found: frozenset[tuple[str, str]]
    """(detector, level)."""
    exact: bool
    """The numbers found at medium and above are those of the document."""
    sample: bool
    """A published sample was given as a real number."""


@dataclass(frozen=True, slots=True)
class Figures:
    """One line of the table. Bare numbers count in ``bare`` alone, and at ``low+`` in all."""

    precision: float
    recall: float
    f1: float
    false: int
    """Negative documents that were flagged."""
    bare: float
    """Share of the documents with a bare number that were found."""


def share(part: int, whole: int) -> float:
    """Divide; nan where there is nothing to count."""
    return part / whole if whole else float("nan")


def figures(rows: Sequence[Judged], detector: str, level: str) -> Figures:
    """Precision, recall and their harmonic mean of a detector at one of its levels."""
    found = [row for row in rows if (detector, level) in row.found]
    counted = [row for row in rows if level == _EVERYTHING or row.category != BARE]
    true = sum((detector, level) in row.found for row in counted if row.positive)
    false = sum(not row.positive for row in found)
    bare = [row for row in rows if row.category == BARE and row.positive]
    precision = share(true, true + false)
    recall = share(true, sum(row.positive for row in counted))
    return Figures(
        precision,
        recall,
        2 * precision * recall / (precision + recall) if precision + recall else 0.0,
        false,
        share(sum((detector, level) in row.found for row in bare), len(bare)),
    )


def false_alarms(rows: Iterable[Judged], detector: str, level: str) -> int:
    """Count the negative documents that were flagged."""
    return sum(not row.positive and (detector, level) in row.found for row in rows)


def labelled_recall(rows: Iterable[Judged]) -> float:
    """Recall at high where a label stands in scope of every number."""
    here = [row for row in rows if row.positive and row.labelled and row.category != BARE]
    return share(sum((OURS, "high") in row.found for row in here), len(here))


def exact_share(rows: Iterable[Judged]) -> float:
    """Share of positive documents whose distinct numbers were found exactly, at medium+."""
    here = [row for row in rows if row.positive and row.category != BARE]
    return share(sum(row.exact for row in here), len(here))


def samples_as_real(rows: Iterable[Judged]) -> int:
    """Count the documents in which a published sample was given as a real number."""
    return sum(row.sample for row in rows)


_WRONG: dict[str, Callable[[Judged], bool]] = {
    "missed at low+": lambda row: row.positive and (OURS, "low+") not in row.found,
    "missed at medium+": lambda row: (
        row.positive and row.category != BARE and (OURS, "medium+") not in row.found
    ),
    "labelled, missed at high": lambda row: (
        row.positive and row.labelled and row.category != BARE and (OURS, "high") not in row.found
    ),
    "false at high": lambda row: not row.positive and (OURS, "high") in row.found,
    "false at medium+": lambda row: not row.positive and (OURS, "medium+") in row.found,
    "false at low+": lambda row: not row.positive and (OURS, "low+") in row.found,
    "count not exact": lambda row: row.positive and row.category != BARE and not row.exact,
    "sample as real": lambda row: row.sample,
}


def templates_wrong(rows: Sequence[Judged]) -> dict[str, Counter[str]]:
    """Templates by what went wrong with how many of their documents."""
    return {
        what: Counter(row.template for row in rows if wrong(row)) for what, wrong in _WRONG.items()
    }
