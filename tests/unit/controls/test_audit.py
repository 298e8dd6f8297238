"""Checks of logs and alerts: pass, fail, and answers that are not as documented."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.unit.controls.judged import OPEN, judged, status

PASS, FAIL, MANUAL = "pass", "fail", "manual"


def ago(**time: int) -> str:
    return (datetime.now(UTC) - timedelta(**time)).isoformat()


@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        ([{"activityDateTime": ago(days=30)}], PASS),
        ([{"activityDateTime": ago(days=28)}], FAIL),
        ([{"activityDateTime": "2020-01-01T00:00:00"}], PASS),
        ([], FAIL),
        ([{}], OPEN),
        ([{"activityDateTime": None}], OPEN),
        ({"value": []}, OPEN),
    ],
)
def test_how_far_the_directory_log_reaches_back(entries: Any, expected: str) -> None:
    assert status("audit.directory_log", directory_audits=entries) == expected


@pytest.mark.parametrize(
    ("check", "question"),
    [("audit.sign_in_log", "sign_ins"), ("audit.device_log", "device_audits")],
)
def test_a_log_without_an_entry_records_nothing(check: str, question: str) -> None:
    assert status(check, **{question: [{"id": "a"}]}) == PASS
    assert status(check, **{question: []}) == FAIL
    assert status(check, **{question: "cut"}) == OPEN


def scores(**control: Any) -> list[dict[str, Any]]:
    return [{"controlScores": [{"controlName": "other", "score": 9.0}, control]}]


SCORED = {
    "audit.unified_log": "mip_search_auditlog",
    "audit.mailbox_log": "exo_mailboxaudit",
    "retention.loss_prevention": "dlp_datalossprevention",
    "customer.labels_published": "mip_sensitivitylabelspolicies",
}


@pytest.mark.parametrize("check", SCORED)
@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"scoreInPercentage": 100, "score": 0.0}, PASS),
        ({"scoreInPercentage": 60.0, "score": 3.0}, FAIL),
        ({"score": 5.0}, PASS),
        ({"score": 0.0}, FAIL),
        ({}, OPEN),
        ({"score": "5"}, OPEN),
    ],
)
def test_what_the_score_says(check: str, said: dict[str, Any], expected: str) -> None:
    found = scores(controlName=SCORED[check].upper(), **said)
    assert status(check, secure_scores=found) == expected


def test_an_action_that_the_score_does_not_name_is_for_a_person() -> None:
    assert status("audit.unified_log", secure_scores=scores(controlName="else")) == MANUAL
    assert status("audit.unified_log", secure_scores=[]) == MANUAL
    assert status("audit.unified_log", secure_scores=[{}]) == OPEN


def test_alerts_that_can_be_read_pass_even_where_there_are_none() -> None:
    assert status("audit.alerts_readable", alerts=[]) == PASS
    assert status("audit.alerts_readable", alerts=[{"id": "a"}]) == PASS


@pytest.mark.parametrize(
    ("alerts", "expected"),
    [
        ([], PASS),
        ([{"createdDateTime": ago(days=6)}], PASS),
        ([{"createdDateTime": ago(days=6)}, {"createdDateTime": ago(days=8)}], FAIL),
        ([{"createdDateTime": "soon"}], OPEN),
    ],
)
def test_alerts_that_wait(alerts: Any, expected: str) -> None:
    assert status("audit.alerts_handled", new_alerts=alerts) == expected


ORGANISATION = {
    "audit.dataverse_changes": "isauditenabled",
    "audit.dataverse_access": "isuseraccessauditenabled",
    "audit.dataverse_reads": "isreadauditenabled",
}


@pytest.mark.parametrize("check", ORGANISATION)
def test_auditing_of_environments(check: str) -> None:
    def environments(*values: Any) -> list[dict[str, Any]]:
        names = zip("abc", values, strict=False)
        return [{"environment": where, ORGANISATION[check]: value} for where, value in names]

    assert status(check, dataverse_organizations=environments(True, True)) == PASS
    assert status(check, dataverse_organizations=environments(True, False, None)) == FAIL
    found = judged(check, dataverse_organizations=environments(True, None))
    assert (found.status, found.permission) == (OPEN, "prvReadOrganization")
    assert status(check, dataverse_organizations=[{ORGANISATION[check]: True}]) == OPEN


@pytest.mark.parametrize(
    ("days", "expected"), [(-1, PASS), (365, PASS), (364, FAIL), (0, FAIL), (None, OPEN)]
)
def test_how_long_dataverse_keeps_its_log(days: Any, expected: str) -> None:
    rows = [{"environment": "a", "auditretentionperiodv2": days}]
    assert status("audit.dataverse_kept", dataverse_organizations=rows) == expected
