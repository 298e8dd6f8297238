"""Who administers the sample company, how they sign in, and what its apps may do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from connectors._sample_tenant._company_keys import draw, guid
from connectors._sample_tenant._company_people import (
    AFFAIRS,
    DESIGNER,
    GUEST,
    IT,
    PRESIDENT,
    RETIRED,
)
from connectors._sample_tenant._model import User
from connectors._sample_tenant._policies import Thing, grant

GLOBAL_ADMINISTRATOR = "62e90394-69f5-4237-9190-012177145e10"
_ROLES = {
    "Global Administrator": GLOBAL_ADMINISTRATOR,
    "Global Reader": "f2ef992c-3afb-46b9-b7cf-a126ee74c451",
    "Exchange Administrator": "29232cdf-9323-42fd-ade2-1d097af3e4de",
    "SharePoint Administrator": "f28a1f50-f6e7-4571-818b-6a12f2af6b6c",
}
_HELD = (
    (IT, "Global Administrator"),
    (PRESIDENT, "Global Administrator"),
    (AFFAIRS, "Global Administrator"),
    (AFFAIRS, "SharePoint Administrator"),
    (RETIRED, "Exchange Administrator"),
    (GUEST, "Global Reader"),
)
"""The president never needed the role, who left still has one, and so has the adviser."""


def roles(seed: int, people: Mapping[str, User]) -> Mapping[str, Sequence[Thing]]:
    """Who holds which role, and who may take one when it is needed."""
    below = "roleManagement/directory"
    held = [(people[who], role) for who, role in _HELD if who in people]
    schedules = [_schedule(seed, user, role) for user, role in held]
    eligible = [{**one, "memberType": "Direct"} for one in schedules[:1]]
    return {
        f"{below}/roleDefinitions": [
            {"id": template, "displayName": name, "templateId": template, "isBuiltIn": True,
             "isEnabled": True, "resourceScopes": ["/"], "version": "1", "description": name,
             "rolePermissions": []}
            for name, template in _ROLES.items()
        ],
        f"{below}/roleAssignments": [
            {**_assigned(seed, user, role), "principal": principal(user)} for user, role in held
        ],
        f"{below}/roleAssignmentScheduleInstances": [
            {**one, "assignmentType": "Activated" if at == 0 else "Assigned"}
            for at, one in enumerate(schedules)
        ],
        f"{below}/roleEligibilityScheduleInstances": eligible,
    }  # fmt: skip


def _assigned(seed: int, user: User, role: str) -> dict[str, Any]:
    return {
        "id": guid(draw(seed, "assignment", user.id, role)),
        "principalId": user.id,
        "roleDefinitionId": _ROLES[role],
        "directoryScopeId": "/",
        "appScopeId": None,
    }


def _schedule(seed: int, user: User, role: str) -> dict[str, Any]:
    return {**_assigned(seed, user, role), "memberType": "Direct", "startDateTime": None,
            "endDateTime": None}  # fmt: skip


def principal(user: User) -> Thing:
    """A user as ``$expand`` shows it; one alone comes from the local directory."""
    return {
        "@odata.type": "#microsoft.graph.user",
        "id": user.id,
        "accountEnabled": user.enabled,
        "displayName": user.display_name,
        "userPrincipalName": user.upn,
        "userType": user.user_type,
        "onPremisesSyncEnabled": True if user.mail == AFFAIRS else None,
    }


def registered(people: Mapping[str, User]) -> Sequence[Thing]:
    """Everybody but the president has an authenticator."""
    administrators = {who for who, _ in _HELD}
    return [
        {
            "id": user.id,
            "userPrincipalName": user.upn,
            "userDisplayName": user.display_name,
            "userType": user.user_type.lower(),
            "isAdmin": mail in administrators,
            "isMfaRegistered": mail != PRESIDENT,
            "isMfaCapable": mail != PRESIDENT,
            "methodsRegistered": [] if mail == PRESIDENT else ["microsoftAuthenticatorPush"],
            "lastUpdatedDateTime": "2026-03-31T01:00:00Z",
        }
        for mail, user in people.items()
        if user.enabled and user.purpose == "user"
    ]


def activity(user: User) -> Thing:
    """Everybody came in yesterday, but for the president's account."""
    last = datetime.now(UTC) - timedelta(days=1)
    if user.mail == PRESIDENT:
        last = datetime(2025, 4, 1, 1, tzinfo=UTC)
    return {
        "lastSignInDateTime": last,
        "lastNonInteractiveSignInDateTime": last,
        "lastSuccessfulSignInDateTime": last,
    }


def applications(seed: int, people: Mapping[str, User]) -> Sequence[Thing]:
    """The apps that were registered here, with their secrets and owners."""
    owners = [principal(people[DESIGNER])] if DESIGNER in people else []
    return [
        _application(seed, "勤怠連携", [("2016-04-01", "2036-03-31")]),
        _application(seed, "印刷連携", [("2024-04-01", "2025-03-31")], owners),
        _application(seed, "mynumber-audit", []),
    ]


def _application(
    seed: int, name: str, secrets: Sequence[tuple[str, str]], owners: Sequence[Thing] = ()
) -> Thing:
    return {
        "id": guid(draw(seed, "application", name)),
        "appId": guid(draw(seed, "application id", name)),
        "displayName": name,
        "createdDateTime": "2024-04-01T01:00:00Z",
        "signInAudience": "AzureADMyOrg",
        "keyCredentials": [],
        "passwordCredentials": [
            {
                "keyId": guid(draw(seed, "key", name, begin)),
                "displayName": None,
                "hint": "abc",
                "secretText": None,
                "startDateTime": f"{begin}T01:00:00Z",
                "endDateTime": f"{end}T01:00:00Z",
            }
            for begin, end in secrets
        ],
        "owners": list(owners),
    }


def grants(seed: int) -> Sequence[Thing]:
    """The attendance system reads all mail and files; the printer reads who there is."""
    attendance, printer = (guid(draw(seed, "service", name)) for name in ("attendance", "printer"))
    return [
        grant("Mail.Read", attendance, "勤怠連携"),
        grant("Files.Read.All", attendance, "勤怠連携"),
        grant("User.Read.All", printer, "印刷連携"),
    ]
