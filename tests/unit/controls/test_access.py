"""Checks of sharing, guests and sign-in: pass, fail, and answers that are not as documented."""

from __future__ import annotations

from typing import Any

import pytest

from auditor.controls import checks
from tests.unit.controls.judged import OPEN, judged, status

PASS, FAIL, MANUAL = "pass", "fail", "manual"
GUEST, MEMBER = "10dae51f-b6af-4016-8d66-8c2a99b929b3", "A0B1B346-4D3E-4E8B-98F8-753987BE4970"
OFF: dict[str, Any] = {"isEnabled": False}


def policy(name: str, value: Any) -> dict[str, Any]:
    return {"authorization_policy": {"id": "authorizationPolicy", name: value}}


def rights(name: str, value: Any) -> dict[str, Any]:
    return policy("defaultUserRolePermissions", {name: value})


def sharepoint(**settings: Any) -> dict[str, Any]:
    return {"sharepoint_settings": settings}


def consent(*names: str) -> dict[str, Any]:
    return rights(
        "permissionGrantPoliciesAssigned", [f"ManagePermissionGrantsForSelf.{n}" for n in names]
    )


CASES: list[tuple[str, dict[str, Any], str]] = [
    ("guest_invitations", policy("allowInvitesFrom", "none"), PASS),
    ("guest_invitations", policy("allowInvitesFrom", "adminsGuestInvitersAndAllMembers"), FAIL),
    ("guest_invitations", policy("allowInvitesFrom", "unknownFutureValue"), OPEN),
    ("guest_invitations", policy("allowInvitesFrom", None), OPEN),
    ("guest_role", policy("guestUserRoleId", GUEST), PASS),
    ("guest_role", policy("guestUserRoleId", MEMBER), FAIL),
    ("guest_role", policy("guestUserRoleId", "some other"), OPEN),
    ("email_join", policy("allowEmailVerifiedUsersToJoinOrganization", value=False), PASS),
    ("email_join", policy("allowEmailVerifiedUsersToJoinOrganization", value=True), FAIL),
    ("email_join", policy("allowEmailVerifiedUsersToJoinOrganization", "false"), OPEN),
    ("user_apps", rights("allowedToCreateApps", value=False), PASS),
    ("user_apps", rights("allowedToCreateApps", value=True), FAIL),
    ("user_apps", rights("allowedToCreateTenants", value=True), OPEN),
    ("user_tenants", rights("allowedToCreateTenants", value=True), FAIL),
    ("user_groups", rights("allowedToCreateSecurityGroups", value=False), PASS),
    ("user_consent", consent(), PASS),
    ("user_consent", consent("microsoft-user-default-low"), PASS),
    ("user_consent", consent("Microsoft-User-Default-Legacy"), FAIL),
    ("user_consent", consent("our-own"), MANUAL),
    ("user_consent", rights("permissionGrantPoliciesAssigned", None), OPEN),
    ("anonymous_links", sharepoint(sharingCapability="externalUserSharingOnly"), PASS),
    ("anonymous_links", sharepoint(sharingCapability="externalUserAndGuestSharing"), FAIL),
    ("anonymous_links", sharepoint(value={"sharingCapability": "disabled"}), PASS),
    ("anonymous_links", sharepoint(sharingCapability="unknownFutureValue"), OPEN),
    ("anonymous_links", {"sharepoint_settings": []}, OPEN),
    ("new_guests_by_sharing", sharepoint(sharingCapability="disabled"), PASS),
    ("new_guests_by_sharing", sharepoint(sharingCapability="externalUserSharingOnly"), FAIL),
    ("guest_resharing", sharepoint(isResharingByExternalUsersEnabled=False), PASS),
    ("guest_resharing", sharepoint(), OPEN),
    ("invited_account", sharepoint(isRequireAcceptingUserToMatchInvitedUserEnabled=False), FAIL),
    ("sharepoint_legacy", sharepoint(isLegacyAuthProtocolsEnabled=True), FAIL),
    ("unmanaged_sync", sharepoint(isUnmanagedSyncAppForTenantRestricted=True), PASS),
    ("idle_sign_out", sharepoint(idleSessionSignOut={"isEnabled": True}), PASS),
    ("idle_sign_out", sharepoint(idleSessionSignOut=OFF), FAIL),
    ("idle_sign_out", sharepoint(idleSessionSignOut=None), OPEN),
]  # fmt: skip


@pytest.mark.parametrize(("name", "answers", "expected"), CASES)
def test_single_settings(name: str, answers: dict[str, Any], expected: str) -> None:
    assert status(f"access.{name}", **answers) == expected


@pytest.mark.parametrize(
    ("capability", "mode", "expected"),
    [
        ("externalUserSharingOnly", "allowList", PASS),
        ("externalUserSharingOnly", "blockList", FAIL),
        ("externalUserSharingOnly", "none", FAIL),
        ("disabled", "none", PASS),
        ("disabled", "unknownFutureValue", OPEN),
    ],
)
def test_domains_that_files_are_shared_with(capability: str, mode: str, expected: str) -> None:
    answers = sharepoint(sharingCapability=capability, sharingDomainRestrictionMode=mode)
    assert status("access.sharing_domains", **answers) == expected


# ---------------------------------------------------------------------------------- other tenants


def b2b(access: str, user: str = "AllUsers", app: str = "AllApplications") -> dict[str, Any]:
    return {
        "usersAndGroups": {"accessType": access, "targets": [{"target": user}]},
        "applications": {"accessType": access, "targets": [{"target": app}]},
    }


@pytest.mark.parametrize(
    ("setting", "expected"),
    [
        (b2b("allowed"), FAIL),
        (b2b("blocked"), PASS),
        (b2b("allowed", user="a group"), PASS),
        (b2b("allowed", app="an app"), PASS),
        (b2b("blocked", user="a group", app="an app"), FAIL),
        (b2b("inherited"), OPEN),
        ({"usersAndGroups": {"accessType": "allowed"}}, OPEN),
        (None, OPEN),
    ],
)
def test_guests_of_other_tenants(setting: Any, expected: str) -> None:
    facts = {"b2bCollaborationInbound": setting}
    assert status("access.b2b_inbound", cross_tenant_default=facts) == expected


def test_shared_channels_are_closed_in_both_directions() -> None:
    facts = {"b2bDirectConnectInbound": b2b("blocked"), "b2bDirectConnectOutbound": b2b("allowed")}
    assert status("access.b2b_direct_connect", cross_tenant_default=facts) == FAIL
    facts["b2bDirectConnectOutbound"] = b2b("blocked")
    assert status("access.b2b_direct_connect", cross_tenant_default=facts) == PASS


# ----------------------------------------------------------------------------------------- groups


def unified(**values: str) -> list[dict[str, Any]]:
    listed = [{"name": name, "value": value} for name, value in values.items()]
    return [
        {"templateId": "another", "values": [{"name": "AllowToAddGuests", "value": "false"}]},
        {"templateId": "62375ab9-6b52-47ed-826b-58e47e0e304b", "values": listed},
    ]


@pytest.mark.parametrize(
    ("settings", "guests", "owners"),
    [
        ([], FAIL, PASS),  # what Microsoft set
        (unified(), FAIL, PASS),
        (unified(AllowToAddGuests="False"), PASS, PASS),
        (unified(AllowGuestsToAccessGroups="false"), PASS, PASS),
        (unified(AllowGuestsToBeGroupOwner="True"), FAIL, FAIL),
        ([{"values": []}], OPEN, OPEN),
    ],
)
def test_guests_in_groups(settings: Any, guests: str, owners: str) -> None:
    assert status("access.group_guests", group_settings=settings) == guests
    assert status("access.guest_owners", group_settings=settings) == owners


def test_public_groups_are_counted() -> None:
    team = {"groupTypes": ["Unified"], "visibility": "Private"}
    distribution: dict[str, Any] = {"groupTypes": [], "visibility": None}
    assert status("access.public_groups", groups=[team, distribution]) == PASS
    found = judged("access.public_groups", groups=[team, {**team, "visibility": "Public"}])
    assert (found.status, found.evidence) == (FAIL, ("groups: visibility=Public: 1 of 2",))
    assert status("access.public_groups", groups=[{**team, "visibility": None}]) == OPEN


def test_what_no_api_shows_is_for_a_person() -> None:
    manual = {check.id for pillar, check in checks() if pillar == "access" and not check.judge}
    assert {status(name) for name in manual} == {MANUAL}
    assert len(manual) == 6
