"""Checks of the customer's own part: storage, devices, labels, places."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from auditor.controls import checks
from auditor.controls._measures import MEASURES, bearing, by_documents
from auditor.locales import LANGUAGES, has_word
from connectors._account_facts import AccountFacts
from connectors._posture_devices import DevicePosture
from connectors._questions import QUESTIONS
from tests.unit.controls.judged import OPEN, judged, status

PASS, FAIL, MANUAL = "pass", "fail", "manual"
STORAGE = [
    ("public", {"allow_blob_public_access": False}, PASS),
    ("public", {"allow_blob_public_access": True}, FAIL),
    ("public", {}, FAIL),
    ("keys", {"allow_shared_key_access": False}, PASS),
    ("keys", {}, FAIL),
    ("tls", {"minimum_tls_version": "TLS1_2"}, PASS),
    ("tls", {"minimum_tls_version": "TLS1_3"}, PASS),
    ("tls", {"minimum_tls_version": "TLS1_0"}, FAIL),
    ("tls", {}, FAIL),
    ("https", {"https_only": True}, PASS),
    ("https", {"https_only": False}, FAIL),
    ("https", {}, OPEN),
    ("network", {"public_network_access": "Disabled"}, PASS),
    ("network", {"public_network_access": "SecuredByPerimeter"}, PASS),
    ("network", {"public_network_access": "Enabled", "default_action": "Deny"}, PASS),
    ("network", {"public_network_access": "Enabled", "default_action": "Allow"}, FAIL),
    ("network", {}, FAIL),
    ("replication", {"allow_cross_tenant_replication": False}, PASS),
    ("replication", {"allow_cross_tenant_replication": True}, FAIL),
    ("replication", {}, OPEN),
    ("location", {"location": "japaneast"}, PASS),
    ("location", {"location": "Japan West"}, PASS),
    ("location", {"location": "southeastasia"}, FAIL),
    ("location", {}, OPEN),
]


@pytest.mark.parametrize(("check", "facts", "expected"), STORAGE)
def test_storage_accounts(check: str, facts: dict[str, Any], expected: str) -> None:
    account = dataclasses.asdict(AccountFacts("/x", "acct", **facts))
    assert status(f"customer.storage_{check}", storage_accounts=[account]) == expected
    assert status(f"customer.storage_{check}", storage_accounts=[{"name": "acct"}]) == OPEN


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([{"countryLetterCode": "JP"}], PASS),
        ([{"countryLetterCode": "US"}], FAIL),
        ([{"countryLetterCode": None}], OPEN),
        ([], OPEN),
    ],
)
def test_country(rows: Any, expected: str) -> None:
    assert status("customer.tenant_country", organization=rows) == expected


def counted(**counts: Any) -> dict[str, Any]:
    return dataclasses.asdict(DevicePosture(**counts))


DEVICES = [
    ("encrypted", {"devices": 3, "encrypted": 3}, PASS),
    ("encrypted", {"devices": 3, "encrypted": 2, "unencrypted": 1}, FAIL),
    ("encrypted", {"devices": 3, "encrypted": 2}, OPEN),
    ("compliant", {"devices": 3, "compliance": {"compliant": 2, "configManager": 1}}, PASS),
    ("compliant", {"devices": 3, "compliance": {"compliant": 2, "noncompliant": 1}}, FAIL),
    ("compliant", {"devices": 3, "compliance": {"compliant": 2, "inGracePeriod": 1}}, FAIL),
    ("compliant", {"devices": 3, "compliance": {"compliant": 2, "unknown": 1}}, OPEN),
    ("jailbroken", {"devices": 3}, PASS),
    ("jailbroken", {"devices": 3, "jailbroken": 1}, FAIL),
    ("seen", {"devices": 3, "last_sync": {"week": 1, "quarter": 2}}, PASS),
    ("seen", {"devices": 3, "last_sync": {"week": 2, "older": 1}}, FAIL),
    ("seen", {"devices": 3, "last_sync": {"week": 2, "never": 1}}, FAIL),
]


@pytest.mark.parametrize(("check", "counts", "expected"), DEVICES)
def test_devices(check: str, counts: dict[str, Any], expected: str) -> None:
    found = judged(f"customer.devices_{check}", devices=counted(**counts))
    assert found.status == expected
    assert found.evidence[0].startswith("deviceManagement/managedDevices: devices=3")
    assert status(f"customer.devices_{check}", devices=counted()) == MANUAL
    assert status(f"customer.devices_{check}", devices={}) == OPEN


@pytest.mark.parametrize(
    ("encrypted", "keys", "expected"),
    [
        (2, ["a", "b"], PASS),
        (2, ["a", "A", "a"], FAIL),
        (1, [], FAIL),
        (0, ["a"], PASS),
        (0, [], MANUAL),
    ],
)
def test_recovery_keys(encrypted: int, keys: list[str], expected: str) -> None:
    devices = counted(devices=3, windows_encrypted=encrypted)
    rows = [{"deviceId": key} for key in keys]
    assert status("customer.device_keys", devices=devices, bitlocker_keys=rows) == expected
    assert status("customer.device_keys", devices=devices, bitlocker_keys=[{}]) == OPEN


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ({"settings": {"secureByDefault": True}}, PASS),
        ({"settings": {"secureByDefault": False}}, FAIL),
        ({"value": {"settings": {"secureByDefault": True}}}, PASS),
        ({"settings": {"secureByDefault": None}}, OPEN),
        ({"settings": None}, OPEN),
        ({}, OPEN),
    ],
)
def test_devices_without_a_policy(answer: Any, expected: str) -> None:
    assert status("customer.devices_without_policy", device_settings=answer) == expected


def test_policies_have_to_go_to_somebody() -> None:
    check, everybody = "customer.compliance_policies", {"assignments": [{"id": "a"}]}
    assert status(check, compliance_policies=[{"assignments": []}, everybody]) == PASS
    assert status(check, compliance_policies=[{"assignments": []}]) == FAIL
    assert status(check, compliance_policies=[]) == FAIL
    assert status(check, compliance_policies=[{}]) == OPEN


@pytest.mark.parametrize(
    ("kind", "assigned", "expected"),
    [
        ("iosManagedAppProtection", True, PASS),
        ("androidManagedAppProtection", False, FAIL),
        ("iosManagedAppProtection", None, OPEN),
        ("targetedManagedAppConfiguration", True, FAIL),
    ],
)
def test_app_protection(kind: str, assigned: bool | None, expected: str) -> None:
    policy = {"@odata.type": f"#microsoft.graph.{kind}", "isAssigned": assigned}
    assert status("customer.apps_protected", app_policies=[policy]) == expected
    assert status("customer.apps_protected", app_policies=[]) == FAIL
    assert status("customer.apps_protected", app_policies=[{}]) == OPEN


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["社外秘", "特定個人情報等"], PASS),
        (["MyNumber"], PASS),
        (["Individual Number only"], PASS),
        (["社外秘"], MANUAL),
        ([], FAIL),
    ],
)
def test_a_label_for_numbers(names: list[str], expected: str) -> None:
    labels = [{"name": name, "displayName": name} for name in names]
    assert status("customer.label_for_numbers", sensitivity_labels=labels) == expected
    assert status("customer.labels", sensitivity_labels=labels) == (PASS if names else FAIL)


def test_a_label_that_encrypts() -> None:
    check = "customer.labels_protect"
    plain, sealed = {"hasProtection": False}, {"hasProtection": True}
    assert status(check, sensitivity_labels=[plain, sealed]) == PASS
    assert status(check, sensitivity_labels=[plain]) == FAIL
    assert status(check, sensitivity_labels=[sealed, {}]) == OPEN
    assert status(check, sensitivity_labels=[sealed, {"hasProtection": None}]) == OPEN


def test_column_security() -> None:
    check, row = "customer.secured_columns", {"entityname": "t", "attributelogicalname": "c"}
    rows = [{"environment": where, **row} for where in ("b", "a", "b")]
    found = judged(check, dataverse_secured_columns=rows)
    assert (found.status, found.evidence) == (
        PASS,
        ("a: secured columns=1", "b: secured columns=1"),
    )
    assert status(check, dataverse_secured_columns=[]) == FAIL
    refused = {"environment": "c", "refused": "permission_denied"}
    assert judged(check, dataverse_secured_columns=[*rows, refused]).evidence[-1:] == (
        "c: permission_denied",
    )
    assert status(check, dataverse_secured_columns=[refused]) == OPEN
    assert status(check, dataverse_secured_columns=[row]) == OPEN


def test_every_check_has_its_words_its_questions_and_known_measures() -> None:
    names = [check.id for _, check in checks()]
    assert len(names) == len(set(names))
    for pillar, check in checks():
        assert check.id.startswith(f"{pillar}.")
        assert set(check.asks) <= set(QUESTIONS)
        assert bool(check.judge) == bool(check.asks)
        assert set(check.measures) <= set(MEASURES)
        for lang in LANGUAGES:
            for word in ("title", "remedy"):
                assert has_word(f"controls.{check.id}.{word}", lang)


def test_measures_that_only_documents_show() -> None:
    found = by_documents(checks())
    assert {"A", "B", "C-c", "D-b", "E-a"} <= found
    assert not found & {"C-b", "C-d", "E-b", "E-d", "F-a", "F-b", "F-c", "F-d", "G"}
    assert "customer.training" in bearing(checks(), "D-b")
    assert all(
        has_word(f"controls.documents.{one}", lang) for one in MEASURES for lang in LANGUAGES
    )
