"""Checks of retention: labels, sites of people who left, what storage accounts keep."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from connectors._account_facts import AccountFacts, facts_of
from tests.unit.controls.judged import OPEN, judged, status

PASS, FAIL, MANUAL = "pass", "fail", "manual"


def account(**facts: Any) -> dict[str, Any]:
    return dataclasses.asdict(AccountFacts("/x", "acct", **facts))


def label(action: str = "none", trigger: str = "dateCreated") -> dict[str, Any]:
    return {"actionAfterRetentionPeriod": action, "retentionTrigger": trigger}


@pytest.mark.parametrize(
    ("check", "good", "bad"),
    [
        ("retention.labels", label(), None),
        ("retention.labels_delete", label("delete"), label("relabel")),
        ("retention.labels_delete", label("startDispositionReview"), label()),
        ("retention.labels_event", label(trigger="dateOfEvent"), label(trigger="dateLabeled")),
    ],
)
def test_retention_labels(check: str, good: Any, bad: Any) -> None:
    assert status(check, retention_labels=[label(), good]) == PASS
    assert status(check, retention_labels=[bad] if bad else []) == FAIL
    assert status(check, retention_labels={}) == OPEN


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ({"deletedUserPersonalSiteRetentionPeriodInDays": 30}, PASS),
        ({"deletedUserPersonalSiteRetentionPeriodInDays": 365}, PASS),
        ({"deletedUserPersonalSiteRetentionPeriodInDays": 3650}, FAIL),
        ({"deletedUserPersonalSiteRetentionPeriodInDays": None}, OPEN),
        ({}, OPEN),
    ],
)
def test_sites_of_people_who_left(settings: Any, expected: str) -> None:
    assert status("retention.personal_sites", sharepoint_settings=settings) == expected


DAYS = {
    "retention.blobs_recoverable": "blob_retention_days",
    "retention.containers_recoverable": "container_retention_days",
}


@pytest.mark.parametrize("check", DAYS)
@pytest.mark.parametrize(
    ("days", "expected"),
    [(0, FAIL), (6, FAIL), (7, PASS), (90, PASS), (91, FAIL), (None, OPEN)],
)
def test_soft_delete(check: str, days: int | None, expected: str) -> None:
    assert status(check, storage_accounts=[account(**{DAYS[check]: days})]) == expected


FLAGS = {
    "retention.blob_lifecycle": "lifecycle_deletes",
    "retention.blob_changes": "change_feed",
    "audit.storage_logs": "logged",
}


@pytest.mark.parametrize("check", FLAGS)
@pytest.mark.parametrize(("value", "expected"), [(True, PASS), (False, FAIL), (None, OPEN)])
def test_what_an_account_does(check: str, value: bool | None, expected: str) -> None:
    assert status(check, storage_accounts=[account(**{FLAGS[check]: value})]) == expected


@pytest.mark.parametrize(
    ("versioning", "rule", "expected"),
    [
        (False, None, PASS),
        (True, True, PASS),
        (True, False, FAIL),
        (True, None, OPEN),
        (None, True, OPEN),
    ],
)
def test_earlier_versions_end(versioning: Any, rule: Any, expected: str) -> None:
    facts = account(versioning=versioning, lifecycle_deletes_versions=rule)
    assert status("retention.blob_versions", storage_accounts=[facts]) == expected


def test_a_lock_is_for_a_person_to_judge() -> None:
    check = "retention.blob_immutability"
    assert status(check, storage_accounts=[account(), account(immutable=False)]) == PASS
    assert status(check, storage_accounts=[account(), account(immutable=True)]) == MANUAL


def test_one_bad_account_fails_and_one_unknown_leaves_open() -> None:
    good, bad, unknown = (account(logged=value) for value in (True, False, None))
    found = judged("audit.storage_logs", storage_accounts=[good, unknown, bad])
    assert (found.status, found.permission) == (FAIL, "")
    assert found.evidence[0] == "acct: diagnosticSettings/logs=false"
    found = judged("audit.storage_logs", storage_accounts=[good, unknown])
    assert (found.status, found.permission) == (OPEN, "Reader")
    assert found.evidence[0] == "acct: diagnosticSettings/logs=absent"
    none = judged("audit.storage_logs", storage_accounts=[])
    assert (none.status, none.evidence) == (MANUAL, ("storage_accounts: count=0",))


def rule(enabled: bool | None = True, **actions: Any) -> dict[str, Any]:
    said: dict[str, Any] = {"type": "Lifecycle", "definition": {"actions": actions}}
    return said if enabled is None else {**said, "enabled": enabled}


AFTER = {"delete": {"daysAfterModificationGreaterThan": 365}}


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        ([], (False, False)),
        ([rule(baseBlob=AFTER)], (True, False)),
        ([rule(None, baseBlob=AFTER, version=AFTER)], (True, True)),
        ([rule(False, baseBlob=AFTER)], (False, False)),
        ([rule(baseBlob={"tierToCool": {}}), rule(version=AFTER)], (False, True)),
        ([{}], (False, False)),
    ],
)
def test_what_lifecycle_rules_delete(rules: list[Any], expected: tuple[bool, bool]) -> None:
    facts = facts_of({}).with_lifecycle({"properties": {"policy": {"rules": rules}}})
    assert (facts.lifecycle_deletes, facts.lifecycle_deletes_versions) == expected


def test_an_account_without_a_policy_deletes_nothing() -> None:
    assert facts_of({}).lifecycle_deletes is None
    assert facts_of({}).with_lifecycle({}).lifecycle_deletes is False
