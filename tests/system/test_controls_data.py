"""Checks of logs, retention and the customer's part over the wire, against what was set there."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

import pytest

from auditor._run import Controls
from connectors import dataverse
from connectors._sample_tenant._company import Company, company
from connectors._sample_tenant._handle import Tenant, hosted
from connectors._sample_tenant._intune import Intune
from connectors._sample_tenant._model import World
from tests.system import in_process

PASS, FAIL, MANUAL, OPEN = "pass", "fail", "manual", "not_assessed"
TRUTH = {
    "audit.directory_log": PASS,
    "audit.sign_in_log": PASS,
    "audit.unified_log": PASS,
    "audit.mailbox_log": FAIL,
    "audit.log_search": MANUAL,
    "audit.log_kept": MANUAL,
    "audit.alerts_readable": PASS,
    "audit.alerts_handled": FAIL,
    "audit.alert_policies": MANUAL,
    "audit.storage_logs": PASS,
    "audit.device_log": PASS,
    "audit.dataverse_changes": PASS,
    "audit.dataverse_access": PASS,
    "audit.dataverse_reads": FAIL,
    "audit.dataverse_kept": FAIL,
    "audit.periodic_runs": MANUAL,
    "retention.labels": OPEN,  # no application may read them
    "retention.labels_delete": OPEN,
    "retention.labels_event": OPEN,
    "retention.policies": MANUAL,
    "retention.loss_prevention": FAIL,
    "retention.loss_prevention_type": MANUAL,
    "retention.personal_sites": PASS,
    "retention.file_versions": MANUAL,
    "retention.mailboxes": MANUAL,
    "retention.blobs_recoverable": PASS,
    "retention.containers_recoverable": FAIL,
    "retention.blob_versions": PASS,
    "retention.blob_lifecycle": FAIL,
    "retention.blob_changes": PASS,
    "retention.blob_immutability": PASS,
    "retention.dataverse": MANUAL,
    "retention.deletion_record": MANUAL,
    "customer.storage_public": FAIL,
    "customer.storage_keys": FAIL,
    "customer.storage_tls": PASS,
    "customer.storage_https": PASS,
    "customer.storage_network": FAIL,
    "customer.storage_replication": PASS,
    "customer.storage_location": PASS,
    "customer.tenant_country": PASS,
    "customer.data_location": MANUAL,
    "customer.devices_encrypted": FAIL,
    "customer.device_keys": FAIL,
    "customer.devices_compliant": FAIL,
    "customer.devices_jailbroken": PASS,
    "customer.devices_seen": FAIL,
    "customer.devices_without_policy": FAIL,
    "customer.compliance_policies": FAIL,
    "customer.apps_protected": FAIL,
    "customer.labels": PASS,
    "customer.label_for_numbers": PASS,
    "customer.labels_protect": PASS,
    "customer.labels_published": MANUAL,
    "customer.secured_columns": PASS,
    "customer.areas": MANUAL,
    "customer.supervision": MANUAL,
    "customer.training": MANUAL,
}
"""Check → status for the company as it stands."""
OTHERS = ("access.*", "admin.*")
Row = tuple[str, str, str]


def _audited(tenant: Tenant, place: Path, exclude: tuple[str, ...] = OTHERS) -> dict[str, Row]:
    """Run an audit; check → status, evidence, permission."""
    sources = {"dataverse": dataverse.Settings((tenant.dataverse,))}
    query = (
        "SELECT control_id, status, evidence, permission FROM control_version WHERE until IS NULL"
    )
    rows = in_process.audited(tenant, place, sources, query, Controls(exclude=exclude))
    return {row[0]: row[1:] for row in rows}


def test_every_check_says_what_was_set(tmp_path: Path) -> None:
    with hosted(company(60)) as tenant:
        found = _audited(tenant, tmp_path / "w")
        asked = [(r.method, r.path) for r in tenant.requests()]
    assert {name: row[0] for name, row in found.items()} == TRUTH
    assert found["retention.labels"][2] == "RecordsManagement.Read.All (delegated)"
    assert all(row[1] for row in found.values() if row[0] in {PASS, FAIL, OPEN})
    posts = {path.rpartition("/")[2] for method, path in asked if method != "GET"}
    assert posts <= {"token"}  # signing in, and nothing else
    assert sum(path.endswith("/managedDevices") for _, path in asked) == 1
    assert sum(path.endswith("/secureScores") for _, path in asked) == 1


def test_a_sealed_subscription_hides_only_what_lies_in_it(tmp_path: Path) -> None:
    """What was seen to be wrong stays wrong; nothing passes while a subscription is unread."""
    world = cast("Any", company(60))
    world.sealed_subscriptions = ("Sealed",)
    storage = {name for name in TRUTH if name.startswith(("customer.storage", "audit.storage"))}
    others = tuple(name for name in TRUTH if name not in storage)
    with hosted(world) as tenant:
        found = _audited(tenant, tmp_path / "w", (*OTHERS, *others))
    expected = {name: FAIL if TRUTH[name] == FAIL else OPEN for name in storage}
    assert {name: row[0] for name, row in found.items()} == expected
    assert all("Sealed: permission_denied" in row[1] for row in found.values())
    assert {row[2] for row in found.values() if row[0] == OPEN} == {"Reader"}


TURNED = {
    **dict.fromkeys((name for name, status in TRUTH.items() if status == FAIL), PASS),
    "audit.directory_log": FAIL,
    "audit.sign_in_log": FAIL,
    "audit.unified_log": FAIL,
    "audit.storage_logs": FAIL,
    "audit.device_log": FAIL,
    "audit.dataverse_changes": FAIL,
    "audit.dataverse_access": FAIL,
    "retention.personal_sites": FAIL,
    "retention.blobs_recoverable": FAIL,
    "retention.blob_versions": FAIL,
    "retention.blob_changes": FAIL,
    "retention.blob_immutability": MANUAL,
    "customer.storage_tls": FAIL,
    "customer.storage_https": FAIL,
    "customer.storage_replication": FAIL,
    "customer.storage_location": FAIL,
    "customer.tenant_country": FAIL,
    "customer.devices_jailbroken": FAIL,
    "customer.labels": FAIL,
    "customer.label_for_numbers": FAIL,
    "customer.labels_protect": FAIL,
    "customer.labels_published": PASS,
    "customer.secured_columns": FAIL,
}
"""What another company says, that did well where this one did not, and the other way round."""


def _score(name: str, share: int) -> dict[str, Any]:
    return {"controlName": name, "score": share / 20, "scoreInPercentage": share}


def _turned() -> Company:
    """The company with everything set the other way."""
    world = cast("Company", company(60))
    _turn_devices(world)
    where, days = "admin/sharepoint/settings", "deletedUserPersonalSiteRetentionPeriodInDays"
    single = world.policies.single
    sharing = {**single, where: {**single[where], days: 3650}}
    world.policies = replace(world.policies, single=sharing)
    data = world.policies_data
    shares = {
        "mip_search_auditlog": 0,
        "exo_mailboxaudit": 100,
        "dlp_datalossprevention": 100,
        "mip_sensitivitylabelspolicies": 100,
    }
    things = {
        "security/secureScores": [{"controlScores": [_score(*one) for one in shares.items()]}],
        "informationProtection/bitlocker/recoveryKeys": [
            {"deviceId": device["azureADDeviceId"]}
            for device in world.intune.things["deviceManagement/managedDevices"]
        ],
    }
    flipped = {
        name: value if name.endswith("id") or name == "name" else not value
        for name, value in data.organization.items()
    }
    delete = {"delete": {"daysAfterModificationGreaterThan": 2555}}
    rules = [{"type": "Lifecycle", "definition": {"actions": {"baseBlob": delete}}}]
    world.policies_data = replace(
        data,
        things=things,
        device_settings={"secureByDefault": True},
        organization={**flipped, "auditretentionperiodv2": -1},
        lifecycles={world.account: rules},
        blob_service={
            "changeFeed": {"enabled": False},
            "deleteRetentionPolicy": {"enabled": False},
            "containerDeleteRetentionPolicy": {"enabled": True, "days": 14},
        },
        blob_logs=False,
        location="southeastasia",
        country="SG",
    )
    world.storage_properties = {  # type: ignore[attr-defined]
        "allowBlobPublicAccess": False,
        "allowSharedKeyAccess": False,
        "minimumTlsVersion": "TLS1_0",
        "supportsHttpsTrafficOnly": False,
        "publicNetworkAccess": "Disabled",
        "allowCrossTenantReplication": True,
        "immutableStorageWithVersioning": {"enabled": True},
    }
    tables = world.dataverse.tables
    hidden = [replace(one, rows=()) if one.name == "fieldpermission" else one for one in tables]
    world._core.dataverse = replace(world.dataverse, tables=hidden)
    return world


def _turn_devices(world: Company) -> None:
    """Encrypted, compliant, seen this week, jail-broken; policies go to somebody."""
    things = {name: list(values) for name, values in world.intune.things.items()}
    things["deviceManagement/managedDevices"] = [
        {
            **device,
            "isEncrypted": True,
            "complianceState": "compliant",
            "jailBroken": "True",
            "lastSyncDateTime": datetime.now(UTC),
        }
        for device in things["deviceManagement/managedDevices"]
    ]
    things["deviceAppManagement/managedAppPolicies"] = [
        {"@odata.type": "#microsoft.graph.iosManagedAppProtection", "id": "a", "isAssigned": True}
    ]
    inner = dict(world.intune.inner)
    for policy in things["deviceManagement/deviceCompliancePolicies"]:
        inner[str(policy["id"]), "assignments"] = [{"id": "everybody"}]
    world._core.intune = Intune(things, inner)


def test_every_check_says_the_other_thing_of_another_company(tmp_path: Path) -> None:
    with hosted(cast("World", _turned())) as tenant:
        found = _audited(tenant, tmp_path / "w")
    wanted = {**TRUTH, **TURNED}
    assert {name: row[0] for name, row in found.items()} == wanted
    judged = {name for name, status in TRUTH.items() if status in {PASS, FAIL}}
    judged.remove("audit.alerts_readable")  # read, or refused and then not assessed
    assert [name for name in judged if wanted[name] == TRUTH[name]] == []


DENIED = {
    r"auditLogs/": {"audit.directory_log", "audit.sign_in_log"},
    r"security/secureScores": {
        "audit.unified_log",
        "audit.mailbox_log",
        "retention.loss_prevention",
        "customer.labels_published",
    },
    r"managedDevices": {
        "customer.devices_encrypted",
        "customer.device_keys",
        "customer.devices_compliant",
        "customer.devices_jailbroken",
        "customer.devices_seen",
    },
    r"security/alerts_v2": {"audit.alerts_readable", "audit.alerts_handled"},
    r"managementPolicies": {"retention.blob_versions", "retention.blob_lifecycle"},
}


@pytest.mark.parametrize("path", DENIED)
def test_what_is_refused_is_no_failure(path: str, tmp_path: Path) -> None:
    touched = tuple(name for name in TRUTH if name not in DENIED[path])
    with hosted(company(60)) as tenant:
        rule = {"action": "status", "path": path, "times": -1, "status": 403, "code": "Forbidden"}
        tenant.faults([rule])
        found = _audited(tenant, tmp_path / "w", (*OTHERS, *touched))
    assert {name: row[0] for name, row in found.items()} == dict.fromkeys(DENIED[path], OPEN)
    assert all(row[2] for row in found.values())
