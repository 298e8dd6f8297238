"""Checks of access and of administrators over the wire: the company as it is, and set otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import pytest

from auditor._run import Controls
from connectors import dataverse
from connectors._sample_tenant._company import company
from connectors._sample_tenant._handle import Tenant, hosted
from connectors._sample_tenant._model import World
from connectors._sample_tenant._policies import Policies
from connectors._sample_tenant._roles import DEFAULT_ROLES
from tests.system import in_process
from tests.system.set_otherwise import otherwise

PASS, FAIL, MANUAL, OPEN = "pass", "fail", "manual", "not_assessed"
TRUTH = {
    "access.guest_invitations": FAIL,
    "access.guest_role": PASS,
    "access.email_join": PASS,
    "access.user_apps": FAIL,
    "access.user_tenants": PASS,
    "access.user_groups": FAIL,
    "access.user_consent": FAIL,
    "access.b2b_inbound": FAIL,
    "access.b2b_outbound": FAIL,
    "access.b2b_direct_connect": PASS,
    "access.anonymous_links": FAIL,
    "access.new_guests_by_sharing": FAIL,
    "access.sharing_domains": FAIL,
    "access.guest_resharing": FAIL,
    "access.invited_account": PASS,
    "access.sharepoint_legacy": PASS,
    "access.unmanaged_sync": FAIL,
    "access.idle_sign_out": FAIL,
    "access.group_guests": FAIL,
    "access.guest_owners": PASS,
    "access.public_groups": FAIL,
    "access.baseline": PASS,
    "access.multifactor": PASS,
    "access.legacy_sign_in": FAIL,
    "access.administrators_devices": FAIL,
    "access.session": PASS,
    "access.places": FAIL,
    "access.default_link": MANUAL,
    "access.link_expiry": MANUAL,
    "access.onedrive_sharing": MANUAL,
    "access.teams_external": MANUAL,
    "access.mail_forwarding": MANUAL,
    "access.calendar_sharing": MANUAL,
    "admin.global_administrators": PASS,
    "admin.guest_roles": FAIL,
    "admin.app_roles": PASS,
    "admin.synced_roles": FAIL,
    "admin.disabled_roles": FAIL,
    "admin.standing_roles": FAIL,
    "admin.multifactor": FAIL,
    "admin.stale": FAIL,
    "admin.password_expiry": PASS,
    "admin.app_data": FAIL,
    "admin.app_control": PASS,
    "admin.own_permissions": PASS,
    "admin.expired_credentials": FAIL,
    "admin.lasting_secrets": FAIL,
    "admin.secrets": FAIL,
    "admin.guest_owners": FAIL,
    "admin.partners": PASS,
    "admin.consent_requests": FAIL,
    "admin.emergency_accounts": MANUAL,
    "admin.customer_lockbox": MANUAL,
    "admin.exchange_roles": MANUAL,
}
"""Check → status for the company as it stands."""
FLIPPED = {PASS: FAIL, FAIL: PASS, MANUAL: MANUAL}
BOTH_WAYS = {
    "access.baseline",  # with either of the two it passes
    "admin.password_expiry",  # domains are no setting of the sample tenant
}
OTHERS = ("audit.*", "retention.*", "customer.*")
Row = tuple[str, str, str]


@pytest.fixture(autouse=True)
def _hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("connectors._throttle._BACKOFF", 0.01)


def _audited(tenant: Tenant, place: Path, exclude: tuple[str, ...] = OTHERS) -> dict[str, Row]:
    """Run an audit; check → status, evidence, permission."""
    sources = {"dataverse": dataverse.Settings((tenant.dataverse,))}
    query = (
        "SELECT control_id, status, evidence, permission FROM control_version WHERE until IS NULL"
    )
    rows = in_process.audited(tenant, place, sources, query, Controls(exclude=exclude))
    return {row[0]: row[1:] for row in rows}


def _statuses(rows: Mapping[str, Row]) -> dict[str, str]:
    return {name: row[0] for name, row in rows.items()}


class Changed:
    """The company with other settings."""

    def __init__(self, policies: Policies) -> None:
        self._world = company(60)
        self.policies = policies
        self.groups = [one for one in cast("Any", self._world).groups if one.visibility != "Public"]

    def __getattr__(self, name: str) -> Any:
        return getattr(self._world, name)


def _settings() -> Policies:
    return cast("Policies", cast("Any", company(60)).policies)


def _world(policies: Policies) -> World:
    return cast("World", Changed(policies))


def test_every_check_says_what_was_set(tmp_path: Path) -> None:
    with hosted(company(60)) as tenant:
        rows = _audited(tenant, tmp_path / "w")
        asked = [(r.method, r.path) for r in tenant.requests()]
        names = [user.display_name for user in company(60).users]
    assert _statuses(rows) == TRUTH
    assert all(row[1] for row in rows.values() if row[0] in {PASS, FAIL})
    assert not any(name in row[1] for name in names for row in rows.values())
    posts = {path.rpartition("/")[2] for method, path in asked if method != "GET"}
    assert posts <= {"token"}  # signing in, and nothing else
    assert sum(path.endswith("/conditionalAccess/policies") for _, path in asked) == 1


def test_every_check_turns_when_the_setting_does(tmp_path: Path) -> None:
    """What failed passes and what passed fails, from the very same questions."""
    world = _world(otherwise(_settings()))
    with hosted(world, roles=(*DEFAULT_ROLES, "Mail.ReadWrite")) as tenant:
        found = _statuses(_audited(tenant, tmp_path / "w"))
    wanted = {name: FLIPPED[status] for name, status in TRUTH.items()}
    assert {n: s for n, s in found.items() if n not in BOTH_WAYS} == {
        n: s for n, s in wanted.items() if n not in BOTH_WAYS
    }


def test_without_a_licence_what_needs_one_stays_open(tmp_path: Path) -> None:
    with hosted(_world(replace(_settings(), premium=False))) as tenant:
        rows = _audited(tenant, tmp_path / "w")
    assert {n for n, row in rows.items() if row[0] == OPEN} == {
        "admin.standing_roles",
        "admin.stale",
    }
    assert "AadPremiumLicenseRequired" in rows["admin.standing_roles"][1]


PERMISSIONS = {
    "Policy.Read.All": "access.multifactor",
    "SharePointTenantSettings.Read.All": "access.anonymous_links",
    "GroupSettings.Read.All": "access.group_guests",
    "GroupMember.Read.All": "access.public_groups",
    "RoleManagement.Read.Directory": "admin.global_administrators",
    "AuditLog.Read.All": "admin.multifactor",
    "Application.Read.All": "admin.own_permissions",
    "Domain.Read.All": "admin.password_expiry",
}


def test_without_permissions_nothing_fails(tmp_path: Path) -> None:
    """Every check that asks is open, and names what would answer it."""
    with hosted(company(60), roles=("User.Read.All",)) as tenant:
        rows = _audited(tenant, tmp_path / "w")
    assert set(_statuses(rows).values()) == {OPEN, MANUAL}
    assert {name for name, row in rows.items() if row[0] == MANUAL} == {
        name for name, status in TRUTH.items() if status == MANUAL
    }
    assert all(row[2] for row in rows.values() if row[0] == OPEN)
    assert {permission: rows[name][2] for permission, name in PERMISSIONS.items()} == {
        permission: permission for permission in PERMISSIONS
    }


@pytest.mark.parametrize("action", ["foreign_link", "loop", "malformed"])
def test_a_listing_that_is_spoilt_is_never_half_a_truth(action: str, tmp_path: Path) -> None:
    name = "admin.app_data"
    without = tuple(one for one in TRUTH if one != name)
    with hosted(company(60)) as tenant:
        tenant.faults([{"action": action, "path": "appRoleAssignedTo", "times": -1}])
        rows = _audited(tenant, tmp_path / "w", (*OTHERS, *without))
    assert {one: row[0] for one, row in rows.items()} == {name: OPEN}
    assert "service_error" in rows[name][1]
