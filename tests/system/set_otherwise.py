"""The sample company's settings the other way round: what failed passes, what passed fails."""

from __future__ import annotations

import copy
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, cast

from connectors._sample_tenant._policies import Policies, grant

GLOBAL_ADMINISTRATOR = "62e90394-69f5-4237-9190-012177145e10"
APPLICATION_ADMINISTRATOR = "9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3"
MEMBER = "a0b1b346-4d3e-4e8b-98f8-753987be4970"
SERVICE = "5b3c1f0a-9d8e-4c7b-a6f5-e4d3c2b1a09f"
ROLES = "roleManagement/directory"
Things = list[dict[str, Any]]


def otherwise(policies: Policies) -> Policies:
    """Every setting turned."""
    single = cast("dict[str, dict[str, Any]]", copy.deepcopy(dict(policies.single)))
    many = cast("dict[str, Things]", copy.deepcopy(dict(policies.many)))
    _authorization(single["policies/authorizationPolicy"])
    _sharepoint(single["admin/sharepoint/settings"])
    _cross_tenant(single["policies/crossTenantAccessPolicy/default"])
    single["policies/adminConsentRequestPolicy"]["isEnabled"] = True
    many["identity/conditionalAccess/policies"] = _conditional(
        many["identity/conditionalAccess/policies"]
    )
    many["policies/crossTenantAccessPolicy/partners"][0]["isServiceProvider"] = True
    for value in many["groupSettings"][0]["values"]:
        value["value"] = "true" if value["name"] == "AllowGuestsToBeGroupOwner" else "false"
    _roles(many)
    for one in many["reports/authenticationMethods/userRegistrationDetails"]:
        one["isMfaRegistered"] = True
    _applications(many["applications"])
    now = datetime.now(UTC) - timedelta(days=1)
    activity = {who: {"lastSignInDateTime": now} for who in policies.activity}
    grants = [grant("RoleManagement.ReadWrite.Directory", SERVICE, "robot")]
    return replace(policies, single=single, many=many, grants=grants, activity=activity)


def _authorization(policy: dict[str, Any]) -> None:
    rights = policy["defaultUserRolePermissions"]
    policy["allowInvitesFrom"] = "adminsAndGuestInviters"
    policy["guestUserRoleId"] = MEMBER
    policy["allowEmailVerifiedUsersToJoinOrganization"] = True
    for name in ("Apps", "SecurityGroups", "Tenants"):
        rights[f"allowedToCreate{name}"] = not rights[f"allowedToCreate{name}"]
    rights["permissionGrantPoliciesAssigned"] = [
        "ManagePermissionGrantsForSelf.microsoft-user-default-low"
    ]


def _sharepoint(settings: dict[str, Any]) -> None:
    settings["sharingCapability"] = "existingExternalUserSharingOnly"
    settings["sharingDomainRestrictionMode"] = "allowList"
    settings["idleSessionSignOut"]["isEnabled"] = True
    for name in (
        "isLegacyAuthProtocolsEnabled",
        "isRequireAcceptingUserToMatchInvitedUserEnabled",
        "isResharingByExternalUsersEnabled",
        "isUnmanagedSyncAppForTenantRestricted",
    ):
        settings[name] = not settings[name]


def _cross_tenant(policy: dict[str, Any]) -> None:
    turned = {"allowed": "blocked", "blocked": "allowed"}
    for name in ("Collaboration", "DirectConnect"):
        for direction in ("Inbound", "Outbound"):
            for part in policy[f"b2b{name}{direction}"].values():
                part["accessType"] = turned[part["accessType"]]


def _conditional(policies: Things) -> Things:
    """Legacy sign-ins, strange places and private devices are shut out, nothing else is asked."""
    legacy = next(one for one in policies if one["displayName"] == "legacy")
    multifactor, sessions = (one for one in policies if one is not legacy)
    places = copy.deepcopy(legacy)
    places["id"] = "places"
    places["conditions"] |= {
        "clientAppTypes": ["all"],
        "locations": {"includeLocations": ["All"], "excludeLocations": ["AllTrusted"]},
    }
    devices = copy.deepcopy(sessions)
    devices |= {
        "id": "devices",
        "grantControls": {"operator": "OR", "builtInControls": ["compliantDevice"]},
        "sessionControls": None,
    }
    for one in (legacy, places):
        one["state"] = "enabled"
    multifactor["state"] = sessions["state"] = "disabled"
    return [multifactor, sessions, legacy, places, devices]


def _roles(many: dict[str, Things]) -> None:
    """One Global Administrator of the cloud, and an app that may do as much."""
    assigned = many[f"{ROLES}/roleAssignments"]
    kept = assigned[:1]
    app = copy.deepcopy(kept[0])
    app |= {
        "id": "of the app",
        "principalId": SERVICE,
        "roleDefinitionId": APPLICATION_ADMINISTRATOR,
        "principal": {
            "@odata.type": "#microsoft.graph.servicePrincipal",
            "id": SERVICE,
            "displayName": "robot",
        },
    }
    many[f"{ROLES}/roleAssignments"] = [*kept, app]
    schedules = f"{ROLES}/roleAssignmentScheduleInstances"
    many[schedules] = many[schedules][:2]


def _applications(applications: Things) -> None:
    for one in applications:
        one["passwordCredentials"] = []
        one["owners"] = []
