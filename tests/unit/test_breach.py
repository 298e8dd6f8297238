from __future__ import annotations

import pytest

from auditor.breach import Facts, class_of, measures_of
from auditor.model import Exposure


def facts(level: str, persons: int, **more: object) -> Facts:
    reasons = tuple(more.pop("reasons", ()))  # type: ignore[call-overload]
    return Facts(Exposure(level, "", None, reasons), persons, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("level", "persons", "expected"),
    [
        ("public", 1, "3"),
        ("public", 101, "3"),
        ("public", 0, ""),
        ("external", 100, ""),
        ("external", 101, "4"),
        ("internal", 5_000, ""),
        ("private", 5_000, ""),
        ("unknown", 5_000, ""),
    ],
)
def test_what_may_have_to_be_reported(level: str, persons: int, expected: str) -> None:
    assert class_of(facts(level, persons)) == expected


def test_the_measures_a_finding_bears_on() -> None:
    assert measures_of(facts("private", 3)) == []
    assert measures_of(facts("private", 3, retention="check")) == ["E-d"]
    assert measures_of(facts("internal", 3)) == ["F-a"]
    assert measures_of(facts("external", 3, mail=True)) == ["E-c", "F-a", "F-d"]
    blob = facts("public", 3, reasons=("public_container",), retention="check")
    assert measures_of(blob) == ["E-d", "F-a", "F-c", "F-d"]
    assert measures_of(facts("public", 0, retention="check")) == []
