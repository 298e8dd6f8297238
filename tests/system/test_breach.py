"""The triage of the sample company against what was planted in it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from auditor.reports._breach import Triage, triage
from auditor.summary import Summary, load
from connectors._sample_tenant._company import company
from tests.system.command import ITEMS

CERTAIN = ("high", "medium")


@pytest.fixture(scope="module")
def shown(audited: Any) -> Summary:
    return load(audited.folder / "audit-workspace", known_on=date(2026, 11, 20))


@pytest.fixture(scope="module")
def found(shown: Summary) -> Triage:
    return triage(shown)


def persons(*levels: str) -> int:
    """Distinct numbers that were planted in items of these levels."""
    planted = company(ITEMS).planted
    return len({p.number for p in planted if p.confidence in CERTAIN and p.exposure in levels})


def test_the_company_has_items_of_both_kinds(shown: Summary, found: Triage) -> None:
    """Something that anyone can open, and something sent outside."""
    assert {"public", "external"} <= set(found.items["exposure"])
    assert [kind.status for kind in found.kinds if kind.code == "3"] == ["may_meet"]
    classes = shown.items.set_index("item_id")["breach_class"].loc[found.items["item_id"]]
    public = found.items["exposure"].to_numpy() == "public"
    assert set(classes[public]) == {"3"}
    assert set(classes[~public]) <= {"", "4"}


def test_the_bounds_of_persons_hold_the_truth(found: Triage) -> None:
    """Nobody is missing from the bounds, whoever stands in several items."""
    assert found.viewable.low <= persons("public") <= found.viewable.high
    assert found.outside.low <= persons("public", "external") <= found.outside.high


def test_the_first_rows_are_what_to_fix_today(shown: Summary) -> None:
    """The ten first are certain, open to outsiders, and say why."""
    first = shown.to_act_on().head(10)
    assert set(first["exposure"]) <= {"public", "external"}
    assert set(first["confidence"]) <= set(CERTAIN)
    assert all(len(reasons) for reasons in first["exposure_reasons"])
    outside = shown.exposed(certain=True)["exposure"].isin(["public", "external"]).sum()
    assert outside >= len(first)
