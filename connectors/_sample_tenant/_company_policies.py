"""How the company set its tenant: some of it well, some of it not, as in most places."""

from __future__ import annotations

from collections.abc import Sequence

from connectors._sample_tenant._company_keys import draw, guid
from connectors._sample_tenant._company_policies_people import (
    GLOBAL_ADMINISTRATOR,
    activity,
    applications,
    grants,
    registered,
    roles,
)
from connectors._sample_tenant._model import User
from connectors._sample_tenant._policies import Policies, Thing

_GUEST_ROLE = "10dae51f-b6af-4016-8d66-8c2a99b929b3"
_GROUPS = "62375ab9-6b52-47ed-826b-58e47e0e304b"


def policies(seed: int, users: Sequence[User]) -> Policies:
    """The settings; ``users`` are the directory."""
    people = {user.mail: user for user in users}
    return Policies(
        single={
            "policies/authorizationPolicy": _authorization(),
            "policies/identitySecurityDefaultsEnforcementPolicy": {
                "id": "00000000-0000-0000-0000-000000000005",
                "displayName": "Security Defaults",
                "description": "",
                "isEnabled": False,
            },
            "policies/crossTenantAccessPolicy/default": _cross_tenant(),
            "policies/adminConsentRequestPolicy": {
                "isEnabled": False,
                "notifyReviewers": False,
                "remindersEnabled": False,
                "requestDurationInDays": 0,
                "version": 0,
                "reviewers": [],
            },
            "admin/sharepoint/settings": _sharepoint(),
        },
        many={
            "identity/conditionalAccess/policies": _conditional(seed),
            "policies/crossTenantAccessPolicy/partners": [
                {"tenantId": guid(draw(seed, "partner")), "isServiceProvider": None}
            ],
            "groupSettings": [_group_settings(seed)],
            **roles(seed, people),
            "reports/authenticationMethods/userRegistrationDetails": registered(people),
            "applications": applications(seed, people),
        },
        grants=grants(seed),
        activity={user.id: activity(user) for user in users if user.purpose == "user"},
    )


def _authorization() -> Thing:
    return {
        "id": "authorizationPolicy",
        "displayName": "Authorization Policy",
        "description": "Used to manage authorization related settings across the company.",
        "allowInvitesFrom": "everyone",
        "allowedToSignUpEmailBasedSubscriptions": True,
        "allowedToUseSSPR": True,
        "allowEmailVerifiedUsersToJoinOrganization": False,
        "allowUserConsentForRiskyApps": None,
        "blockMsolPowerShell": False,
        "guestUserRoleId": _GUEST_ROLE,
        "defaultUserRolePermissions": {
            "allowedToCreateApps": True,
            "allowedToCreateSecurityGroups": True,
            "allowedToCreateTenants": False,
            "allowedToReadBitlockerKeysForOwnedDevice": True,
            "allowedToReadOtherUsers": True,
            "permissionGrantPoliciesAssigned": [
                "ManagePermissionGrantsForSelf.microsoft-user-default-legacy"
            ],
        },
    }


def _sharepoint() -> Thing:
    return {
        "allowedDomainGuidsForSyncApp": [],
        "deletedUserPersonalSiteRetentionPeriodInDays": 30,
        "excludedFileExtensionsForSyncApp": [],
        "idleSessionSignOut": {
            "isEnabled": False,
            "signOutAfterInSeconds": 0,
            "warnAfterInSeconds": 0,
        },
        "isLegacyAuthProtocolsEnabled": False,
        "isRequireAcceptingUserToMatchInvitedUserEnabled": True,
        "isResharingByExternalUsersEnabled": True,
        "isUnmanagedSyncAppForTenantRestricted": False,
        "sharingAllowedDomainList": [],
        "sharingBlockedDomainList": [],
        "sharingCapability": "externalUserAndGuestSharing",
        "sharingDomainRestrictionMode": "none",
        "tenantDefaultTimezone": "(UTC+09:00) Osaka, Sapporo, Tokyo",
    }


def _cross_tenant() -> Thing:
    """Microsoft's defaults: guests come and go, shared channels are closed."""
    return {
        "isServiceDefault": True,
        "b2bCollaborationInbound": _b2b("allowed"),
        "b2bCollaborationOutbound": _b2b("allowed"),
        "b2bDirectConnectInbound": _b2b("blocked"),
        "b2bDirectConnectOutbound": _b2b("blocked"),
        "inboundTrust": {"isMfaAccepted": False, "isCompliantDeviceAccepted": False},
    }


def _b2b(access: str) -> Thing:
    return {
        "usersAndGroups": {
            "accessType": access,
            "targets": [{"target": "AllUsers", "targetType": "user"}],
        },
        "applications": {
            "accessType": access,
            "targets": [{"target": "AllApplications", "targetType": "application"}],
        },
    }


def _group_settings(seed: int) -> Thing:
    values = {
        "EnableGroupCreation": "true",
        "AllowGuestsToBeGroupOwner": "false",
        "AllowGuestsToAccessGroups": "true",
        "AllowToAddGuests": "true",
    }
    return {
        "id": guid(draw(seed, "group settings")),
        "displayName": "Group.Unified",
        "templateId": _GROUPS,
        "values": [{"name": name, "value": value} for name, value in values.items()],
    }


def _conditional(seed: int) -> Sequence[Thing]:
    """A second factor for all and short sessions for administrators; the rest is on trial."""
    controls = {"operator": "OR", "customAuthenticationFactors": [], "termsOfUse": []}
    hours = {
        "signInFrequency": {"isEnabled": True, "type": "hours", "value": 4},
        "persistentBrowser": None,
    }
    everybody = {"includeUsers": ["All"], "excludeGroups": [guid(draw(seed, "emergency"))]}
    administrators = {"includeRoles": [GLOBAL_ADMINISTRATOR]}
    return [
        conditional(
            seed, "MFA", "enabled", everybody, grants={**controls, "builtInControls": ["mfa"]}
        ),
        conditional(seed, "sessions", "enabled", administrators, session=hours),
        conditional(
            seed,
            "legacy",
            "enabledForReportingButNotEnforced",
            everybody,
            clients=["exchangeActiveSync", "other"],
            grants={**controls, "builtInControls": ["block"]},
        ),
    ]


def conditional(
    seed: int,
    name: str,
    state: str,
    users: Thing,
    *,
    clients: Sequence[str] = ("all",),
    grants: Thing | None = None,
    session: Thing | None = None,
) -> Thing:
    """A policy for every app."""
    lists = (
        f"{how}{who}" for how in ("include", "exclude") for who in ("Users", "Groups", "Roles")
    )
    return {
        "id": guid(draw(seed, "conditional access", name)),
        "templateId": None,
        "displayName": name,
        "createdDateTime": "2025-06-02T01:00:00Z",
        "modifiedDateTime": None,
        "state": state,
        "conditions": {
            "clientAppTypes": list(clients),
            "signInRiskLevels": [],
            "userRiskLevels": [],
            "servicePrincipalRiskLevels": [],
            "insiderRiskLevels": None,
            "platforms": None,
            "locations": None,
            "devices": None,
            "clientApplications": None,
            "authenticationFlows": None,
            "applications": {
                "includeApplications": ["All"],
                "excludeApplications": [],
                "includeUserActions": [],
                "includeAuthenticationContextClassReferences": [],
            },
            "users": {**{one: [] for one in lists}, **users},
        },
        "grantControls": grants,
        "sessionControls": session,
    }
