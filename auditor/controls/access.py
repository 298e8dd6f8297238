"""Access control: who may come in from outside, how far sharing may go, and how one signs in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from auditor.controls import _conditional
from auditor.controls._check import FAIL, MANUAL, PASS, Answers, Check, Verdict, told
from auditor.controls._settings import Judge, among, on, single, switch, valued

_RESTRICTED_GUEST = "2af84b1e-32c8-42b7-82bc-daa82404023b"
"""Role template of guests that see only themselves."""
_GUEST = "10dae51f-b6af-4016-8d66-8c2a99b929b3"
"""Role template of guests with limited access, Microsoft's default."""
_MEMBER = "a0b1b346-4d3e-4e8b-98f8-753987be4970"
"""Role template of members."""
_AUTHORIZATION = "policies/authorizationPolicy"
_SHAREPOINT = "admin/sharepoint/settings"
_DEFAULT = "policies/crossTenantAccessPolicy/default"
_GROUP_TEMPLATE = "62375ab9-6b52-47ed-826b-58e47e0e304b"
"""Template of the settings of Microsoft 365 groups, ``Group.Unified``."""
_GROUP_DEFAULTS = {
    "AllowGuestsToAccessGroups": "true",
    "AllowGuestsToBeGroupOwner": "false",
    "AllowToAddGuests": "true",
}
"""What holds until somebody makes a settings object (Microsoft's template)."""

_SHARING = ("disabled", "existingExternalUserSharingOnly", "externalUserSharingOnly",
            "externalUserAndGuestSharing")  # fmt: skip
"""``sharingCapability``, from the narrowest to the widest."""
_CONSENT = "defaultUserRolePermissions.permissionGrantPoliciesAssigned"
_BY_ONESELF = "managepermissiongrantsforself."
_ANY_APP = "microsoft-user-default-legacy"
_SAFE_APPS = frozenset({"microsoft-user-default-low", "microsoft-user-default-recommended"})


def _sharing(widest: int) -> Judge:
    good, bad = frozenset(_SHARING[:widest]), frozenset(_SHARING[widest:])
    return among("sharepoint_settings", _SHAREPOINT, "sharingCapability", good, bad)


def _guest_role(answers: Answers) -> Verdict:
    policy = single(answers, "authorization_policy")
    role = str(valued(policy, "guestUserRoleId")).lower()
    if role not in {_RESTRICTED_GUEST, _GUEST, _MEMBER}:
        raise ValueError("guestUserRoleId")
    evidence = (told(_AUTHORIZATION, policy, "guestUserRoleId"),)
    return Verdict(FAIL if role == _MEMBER else PASS, evidence)


def _sharing_domains(answers: Answers) -> Verdict:
    settings = single(answers, "sharepoint_settings")
    mode = str(valued(settings, "sharingDomainRestrictionMode"))
    inside = settings["sharingCapability"] == "disabled"
    if mode not in {"none", "allowList", "blockList"}:
        raise ValueError("sharingDomainRestrictionMode")
    good = inside or mode == "allowList"
    shown = ("sharingCapability", "sharingDomainRestrictionMode")
    return Verdict(PASS if good else FAIL, (told(_SHAREPOINT, settings, *shown),))


def _resharing(answers: Answers) -> Verdict:
    settings = single(answers, "sharepoint_settings")
    good = not switch(settings, "isResharingByExternalUsersEnabled")
    evidence = told(_SHAREPOINT, settings, "isResharingByExternalUsersEnabled")
    return Verdict(PASS if good else FAIL, (evidence,))


def _consent(answers: Answers) -> Verdict:
    """Users may let apps in by themselves only where the app is verified and asks for little."""
    policy = single(answers, "authorization_policy")
    names = [str(one).lower() for one in valued(policy, _CONSENT)]
    own = {name.removeprefix(_BY_ONESELF) for name in names if name.startswith(_BY_ONESELF)}
    evidence = (told(_AUTHORIZATION, policy, _CONSENT),)
    if _ANY_APP in own:
        return Verdict(FAIL, evidence)
    return Verdict(PASS if own <= _SAFE_APPS else MANUAL, evidence)


def _cross_tenant(*directions: str) -> Judge:
    """A judge of B2B settings: nobody comes through by default, whoever they are."""

    def judge(answers: Answers) -> Verdict:
        facts = single(answers, "cross_tenant_default")
        good = not any(_open(valued(facts, name)) for name in directions)
        shown = [f"{name}.usersAndGroups.accessType" for name in directions]
        return Verdict(PASS if good else FAIL, (told(_DEFAULT, facts, *shown),))

    return judge


def _open(setting: Mapping[str, Any]) -> bool:
    """Everybody may come, or everybody but a few, to at least one app."""
    wholes = (("usersAndGroups", "AllUsers"), ("applications", "AllApplications"))
    return not any(_shut(setting, name, everything) for name, everything in wholes)


def _shut(setting: Mapping[str, Any], name: str, everything: str) -> bool:
    """Blocked for all, or allowed for some that are named."""
    access = str(valued(setting, f"{name}.accessType"))
    whole = everything in {one["target"] for one in setting[name]["targets"]}
    if access not in {"allowed", "blocked"}:
        raise ValueError("accessType")
    return whole if access == "blocked" else not whole


def _group_setting(answers: Answers, name: str) -> bool:
    for setting in answers.all("group_settings"):
        if setting["templateId"] == _GROUP_TEMPLATE:
            values = {one["name"]: one["value"] for one in setting["values"]}
            return str(values.get(name) or _GROUP_DEFAULTS[name]).lower() == "true"
    return _GROUP_DEFAULTS[name] == "true"


def _group_switches(*names: str) -> Judge:
    """A judge of Microsoft 365 groups: one of these settings is off."""

    def judge(answers: Answers) -> Verdict:
        found = {name: _group_setting(answers, name) for name in names}
        return Verdict(
            FAIL if all(found.values()) else PASS, (told("groupSettings", found, *names),)
        )

    return judge


def _public_groups(answers: Answers) -> Verdict:
    groups = [one for one in answers.all("groups") if "Unified" in one["groupTypes"]]
    public = sum(str(valued(one, "visibility")).lower() == "public" for one in groups)
    evidence = f"groups: visibility=Public: {public} of {len(groups)}"
    return Verdict(FAIL if public else PASS, (evidence,))


def _default_right(name: str) -> Judge:
    path = f"defaultUserRolePermissions.{name}"
    return on("authorization_policy", _AUTHORIZATION, path, wanted=False)


_POLICY = ("authorization_policy",)
_SETTINGS = ("sharepoint_settings",)
_CROSS = ("cross_tenant_default",)
_DEFAULTS = ("security_defaults", "conditional_access")
_CONDITIONAL = ("conditional_access",)
_GROUPS = ("group_settings",)


def _set(name: str, *, wanted: bool) -> Judge:
    return on("sharepoint_settings", _SHAREPOINT, name, wanted=wanted)


CHECKS = (
    Check(
        "access.guest_invitations",
        ("F-a",),
        _POLICY,
        among(
            "authorization_policy",
            _AUTHORIZATION,
            "allowInvitesFrom",
            frozenset({"none", "adminsAndGuestInviters"}),
            frozenset({"adminsGuestInvitersAndAllMembers", "everyone"}),
        ),
    ),
    Check("access.guest_role", ("F-a",), _POLICY, _guest_role),
    Check(
        "access.email_join",
        ("F-a",),
        _POLICY,
        on(
            "authorization_policy",
            _AUTHORIZATION,
            "allowEmailVerifiedUsersToJoinOrganization",
            wanted=False,
        ),
    ),
    Check("access.user_apps", ("F-a",), _POLICY, _default_right("allowedToCreateApps")),
    Check("access.user_tenants", ("F-a",), _POLICY, _default_right("allowedToCreateTenants")),
    Check("access.user_groups", ("F-a",), _POLICY, _default_right("allowedToCreateSecurityGroups")),
    Check("access.user_consent", ("F-a", "F-c"), _POLICY, _consent),
    Check("access.b2b_inbound", ("F-a",), _CROSS, _cross_tenant("b2bCollaborationInbound")),
    Check("access.b2b_outbound", ("F-a",), _CROSS, _cross_tenant("b2bCollaborationOutbound")),
    Check(
        "access.b2b_direct_connect",
        ("F-a",),
        _CROSS,
        _cross_tenant("b2bDirectConnectInbound", "b2bDirectConnectOutbound"),
    ),
    Check("access.anonymous_links", ("F-a", "F-d"), _SETTINGS, _sharing(3)),
    Check("access.new_guests_by_sharing", ("F-a",), _SETTINGS, _sharing(2)),
    Check("access.sharing_domains", ("F-a",), _SETTINGS, _sharing_domains),
    Check("access.guest_resharing", ("F-a",), _SETTINGS, _resharing),
    Check(
        "access.invited_account",
        ("F-a", "F-b"),
        _SETTINGS,
        _set("isRequireAcceptingUserToMatchInvitedUserEnabled", wanted=True),
    ),
    Check(
        "access.sharepoint_legacy",
        ("F-b", "F-c"),
        _SETTINGS,
        _set("isLegacyAuthProtocolsEnabled", wanted=False),
    ),
    Check(
        "access.unmanaged_sync",
        ("E-b", "E-c"),
        _SETTINGS,
        _set("isUnmanagedSyncAppForTenantRestricted", wanted=True),
    ),
    Check(
        "access.idle_sign_out",
        ("F-b",),
        _SETTINGS,
        _set("idleSessionSignOut.isEnabled", wanted=True),
    ),
    Check(
        "access.group_guests",
        ("F-a",),
        _GROUPS,
        _group_switches("AllowToAddGuests", "AllowGuestsToAccessGroups"),
    ),
    Check("access.guest_owners", ("F-a",), _GROUPS, _group_switches("AllowGuestsToBeGroupOwner")),
    Check("access.public_groups", ("F-a",), ("groups",), _public_groups),
    Check("access.baseline", ("F-b",), _DEFAULTS, _conditional.baseline),
    Check("access.multifactor", ("F-b",), _DEFAULTS, _conditional.multifactor),
    Check("access.legacy_sign_in", ("F-b", "F-c"), _DEFAULTS, _conditional.no_legacy),
    Check(
        "access.administrators_devices",
        ("E-b", "F-b"),
        _CONDITIONAL,
        _conditional.administrators_devices,
    ),
    Check("access.session", ("F-b",), _CONDITIONAL, _conditional.session),
    Check("access.places", ("F-c",), _CONDITIONAL, _conditional.places),
    Check("access.default_link", ("F-a",)),
    Check("access.link_expiry", ("F-a", "F-d")),
    Check("access.onedrive_sharing", ("F-a",)),
    Check("access.teams_external", ("F-a",)),
    Check("access.mail_forwarding", ("F-a", "F-d")),
    Check("access.calendar_sharing", ("F-a",)),
)
