"""Intune through a whole audit: what it cannot read is said with its permission, and heals."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from auditor import engine
from connectors import intune
from connectors._sample_tenant._handle import Tenant, hosted
from tests.benchmarks.pipe import NoScan
from tests.system import in_process
from tests.unit.connectors.intune_world import Managed

Row = tuple[str, ...]
DEVICES = "DeviceManagementManagedDevices.Read.All"
CONFIGURATION = "DeviceManagementConfiguration.Read.All"
SCRIPTS = "DeviceManagementScripts.Read.All"

LASTING: dict[str, tuple[dict[str, Any], set[Row]]] = {
    "403 on the devices": (
        {"action": "status", "status": 403, "path": "managedDevices[?]"},
        {("managed devices", "not_assessed", "permission_denied", DEVICES)},
    ),
    "403 on the notes of one": (
        {"action": "status", "status": 403, "path": "managedDevices/d-007"},
        {("PC-7", "partial", "permission_denied", DEVICES)},
    ),
    "401 on a collection": (
        {"action": "status", "status": 401, "path": "deviceCompliancePolicies"},
        {("compliance policies", "not_assessed", "permission_denied", CONFIGURATION)},
    ),
    "404 on a collection": (
        {"action": "status", "status": 404, "path": "termsAndConditions[?]?$"},
        {("terms and conditions", "not_assessed", "gone", "")},
    ),
    "403 on a script": (
        {"action": "status", "status": 403, "path": "deviceManagementScripts/id%20of%20setup$"},
        {("setup", "failed", "permission_denied", SCRIPTS)},
    ),
    "500 on the outputs of one script": (
        {"action": "status", "status": 500, "path": "id%20of%20setup/deviceRunStates"},
        {("PowerShell scripts › outputs", "not_assessed", "service_error", "")},
    ),
    "a nextLink to another host": (
        {"action": "foreign_link", "path": "deviceConfigurations[?]?$"},
        {("configuration profiles", "not_assessed", "service_error", "")},
    ),
    "a wait of an hour": (
        {"action": "throttle", "retry_after": 3600, "path": "mobileApps"},
        {("apps", "not_assessed", "throttled", "")},
    ),
}


@pytest.fixture(scope="module")
def tenant() -> Iterator[Tenant]:
    with hosted(Managed()) as found:
        yield found


@pytest.fixture(autouse=True)
def _hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("connectors._throttle._BACKOFF", 0.01)
    monkeypatch.setattr(engine, "Workers", NoScan)


def audited(tenant: Tenant, place: Path, *, allow_beta: bool = True) -> set[Row]:
    """Run an audit of Intune; the coverage that it left."""
    sources = {"intune": intune.Settings(allow_beta=allow_beta)}
    rows = in_process.audited(
        tenant, place, sources, "SELECT item, state, reason, permission FROM coverage"
    )
    return {(Path(item).name, *rest) for item, *rest in rows}


@pytest.mark.parametrize("name", LASTING)
def test_what_lasts_is_said_and_heals(tenant: Tenant, tmp_path: Path, name: str) -> None:
    rule, expected = LASTING[name]
    tenant.faults([rule])
    rows = audited(tenant, tmp_path / "w")
    tenant.faults([])
    # One that waits for an hour holds up everybody who asks of Intune.
    assert rows >= expected if rule["action"] == "throttle" else rows == expected
    assert audited(tenant, tmp_path / "w") == set()


def test_what_beta_alone_has_is_named(tenant: Tenant, tmp_path: Path) -> None:
    rows = audited(tenant, tmp_path / "w", allow_beta=False)
    assert {row[1:] for row in rows} == {("not_assessed", "excluded_by_settings", "")}
    assert {"PowerShell scripts", "remediations › outputs", "settings catalogue"} <= {
        row[0] for row in rows
    }
    assert len(rows) == 11
