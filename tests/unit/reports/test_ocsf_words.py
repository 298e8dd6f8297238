"""Our words as the numbers of OCSF, one by one."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pandas as pd
import pytest

from auditor.reports import _ocsf_base, _ocsf_events
from auditor.summary import LEVELS

Event = dict[str, Any]


def test_severity_never_rises_with_less_exposure_or_less_confidence() -> None:
    table = _ocsf_base.SEVERITIES
    for level in LEVELS:
        values = [table[level][name] for name in ("high", "medium", "low")]
        assert values == sorted(values, reverse=True)
    for name in ("high", "medium", "low"):
        values = [table[level][name] for level in LEVELS]
        assert values == sorted(values, reverse=True)


@pytest.mark.parametrize(
    ("location", "place"),
    [
        ("line 12", {"start_line": 12}),
        ("page 3", {"page_number": 3}),
        ("row 7", {"row_number": 7}),
        ("AB104", {"cell_name": "AB104"}),
        ("個人番号", {"column_name": "個人番号"}),
        ("page 3 › table 1", {"column_name": "page 3 › table 1"}),
    ],
)
def test_places_are_said_in_the_words_of_the_schema(location: str, place: Event) -> None:
    assert list(_ocsf_events._occurrences([location])) == [place]


def test_times_are_milliseconds_and_never_twelve_digits() -> None:
    at = datetime(2026, 10, 5, 18, tzinfo=UTC)
    assert _ocsf_base.milliseconds(at) == 1_791_223_200_000
    assert _ocsf_base.milliseconds("2026-10-05T18:00:00Z") == 1_791_223_200_000
    assert _ocsf_base.milliseconds("1999-12-31T00:00:00Z") is None
    assert _ocsf_base.milliseconds("1950-01-01T00:00:00Z") is None
    assert _ocsf_base.milliseconds("2001-09-09T01:46:40Z") == 10**12
    assert _ocsf_base.milliseconds(pd.NaT) is None


@pytest.mark.parametrize(
    ("findings", "confidence"),
    [
        ("high:new low:new", "high"),
        ("high:suppressed low:new", "low"),
        ("high:suppressed low:resolved", "high"),
        ("high:resolved medium:unchanged", "medium"),
        ("medium:resolved low:resolved", "medium"),
        ("sample:new", "sample"),
    ],
)
def test_an_item_is_as_sure_as_what_of_it_counts(findings: str, confidence: str) -> None:
    pairs = [one.split(":") for one in findings.split()]
    rows = [{"confidence": level, "status": status} for level, status in pairs]
    assert _ocsf_base.highest(rows) == confidence
