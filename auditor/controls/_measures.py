"""The safety measures of the guideline's annex 1 (別添1), and what bears on each.

A measure on which no check gives a verdict of its own is shown by documents only, whatever this
tool finds: a policy, a rule book, a training are nothing that an API knows.
"""

from __future__ import annotations

from collections.abc import Iterable

from auditor.controls._check import Check

MEASURES = (
    "A",
    "B",
    "C-a",
    "C-b",
    "C-c",
    "C-d",
    "C-e",
    "D-a",
    "D-b",
    "E-a",
    "E-b",
    "E-c",
    "E-d",
    "F-a",
    "F-b",
    "F-c",
    "F-d",
    "G",
)
"""In the guideline's order."""


def bearing(checks: Iterable[tuple[str, Check]], measure: str) -> tuple[str, ...]:
    """Ids of the checks that bear on a measure."""
    return tuple(check.id for _, check in checks if measure in check.measures)


def by_documents(checks: Iterable[tuple[str, Check]]) -> frozenset[str]:
    """Measures that no check judges."""
    judged = {name for _, check in checks if check.judge for name in check.measures}
    return frozenset(MEASURES) - judged
