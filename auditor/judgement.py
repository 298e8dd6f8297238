"""What is judged of an item with findings: exposure, retention, measures, class of breach."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from auditor.breach import Facts, class_of, measures_of
from auditor.model import Exposure, Finding
from auditor.papers import Paper
from auditor.retention import Retention, check

__all__ = ["judgement", "paper_of_item"]

_CERTAIN = ("high", "medium")
_ORDER = (*_CERTAIN, "low", "sample")


def paper_of_item(findings: Sequence[Finding]) -> tuple[str, int]:
    """What the item is, and for which year, as the surest of its findings says."""
    told = sorted(
        (finding for finding in findings if finding.document_type),
        key=lambda finding: _ORDER.index(finding.confidence),
    )
    return (told[0].document_type, told[0].document_year) if told else ("", 0)


def judgement(
    source: str, exposure: Exposure, known: Mapping[str, Any], today: date
) -> tuple[object, ...]:
    """The columns of an item from ``exposure`` on; ``known`` are those before."""
    certain = known["confidence"] in _CERTAIN
    kept = _retention(known, today) if certain else Retention()
    persons = known["distinct"] if certain else 0
    facts = Facts(exposure, persons, kept.check, mail=source == "mail")
    return (
        exposure.level,
        exposure.reach,
        exposure.people,
        json.dumps(exposure.reasons),
        kept.check,
        kept.until.isoformat() if kept.until else None,
        json.dumps(measures_of(facts)),
        class_of(facts),
    )


def _retention(known: Mapping[str, Any], today: date) -> Retention:
    modified, created = (
        datetime.fromisoformat(known[name]) if known[name] else None
        for name in ("modified", "created")
    )
    paper = Paper(known["document_type"], known["document_year"])
    return check(paper, modified, created, today)
