"""Graph's settings of a tenant: policies, roles of the directory, apps and what they were granted.

As the reference has it: v1.0 knows no ``isPrivileged``; schedules of roles need a P2 licence;
principals and owners come with ``$expand`` alone; properties that a type has not are refused.

Not imitated: ``$orderby``, ``$search``, filters but the one of administrators, writing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from connectors._sample_tenant._company_keys import draw, guid
from connectors._sample_tenant._query import count, link, options
from connectors._sample_tenant._roles import Role, require
from connectors._sample_tenant._state import State
from connectors._sample_tenant._tokens import Tokens
from connectors._sample_tenant._wire import Answer, Call, Handler, Refusal, data, refuse

Thing = Mapping[str, Any]

GRAPH_APP = "00000003-0000-0000-c000-000000000000"
GRAPH_PRINCIPAL, OWN_PRINCIPAL = (guid(draw(0, "principal", name)) for name in ("graph", "own"))
PAGE, MOST = 100, 999
_ADMINISTRATORS = "isAdmin eq true"
_BY_APP = re.compile(r"servicePrincipals\(appId='([0-9a-f-]{36})'\)")


@dataclass(frozen=True, slots=True)
class Policies:
    """What the company set, whole, as Graph writes it."""

    single: Mapping[str, Thing] = field(default_factory=dict)
    """Path → the object there."""
    many: Mapping[str, Sequence[Thing]] = field(default_factory=dict)
    """Path → the elements of the collection there."""
    grants: Sequence[Thing] = ()
    """Permissions of Graph that apps other than the auditor's hold (appRoleAssignment)."""
    activity: Mapping[str, Thing] = field(default_factory=dict)
    """Id of a user → ``signInActivity``."""
    premium: bool = True
    """The tenant has a P2 licence."""


@dataclass(frozen=True, slots=True)
class _Kind:
    """A path: who may read it, what ``$expand`` adds, whether it needs a P2 licence."""

    role: Role
    properties: str = ""
    """Names that ``$select`` takes; "" where it takes none."""
    expand: str = ""
    top: bool = False
    filter: str = ""
    premium: bool = False


_SCHEDULE = "id principalId roleDefinitionId directoryScopeId appScopeId memberType startDateTime"
_ROLES = "roleManagement/directory"
_SINGLE: Mapping[str, _Kind] = {
    "policies/authorizationPolicy": _Kind(Role.POLICY),
    "policies/identitySecurityDefaultsEnforcementPolicy": _Kind(Role.POLICY),
    "policies/crossTenantAccessPolicy/default": _Kind(Role.POLICY),
    "policies/adminConsentRequestPolicy": _Kind(Role.POLICY),
    "admin/sharepoint/settings": _Kind(Role.SHAREPOINT_SETTINGS),
}
_MANY: Mapping[str, _Kind] = {
    "identity/conditionalAccess/policies": _Kind(Role.POLICY, top=True),
    "policies/crossTenantAccessPolicy/partners": _Kind(Role.POLICY),
    "groupSettings": _Kind(Role.GROUP_SETTINGS, "id displayName templateId values"),
    f"{_ROLES}/roleDefinitions": _Kind(
        Role.ROLES,
        "id description displayName isBuiltIn isEnabled resourceScopes rolePermissions "
        "templateId version",
    ),
    f"{_ROLES}/roleAssignments": _Kind(
        Role.ROLES, "id principalId roleDefinitionId directoryScopeId appScopeId", "principal"
    ),
    f"{_ROLES}/roleAssignmentScheduleInstances": _Kind(
        Role.ROLES, f"{_SCHEDULE} endDateTime assignmentType", premium=True
    ),
    f"{_ROLES}/roleEligibilityScheduleInstances": _Kind(
        Role.ROLES, f"{_SCHEDULE} endDateTime", premium=True
    ),
    "reports/authenticationMethods/userRegistrationDetails": _Kind(
        Role.AUDIT_LOG, filter=_ADMINISTRATORS
    ),
    "applications": _Kind(
        Role.APPLICATIONS,
        "id appId displayName createdDateTime signInAudience passwordCredentials keyCredentials",
        "owners",
        top=True,
    ),
}


def held(state: State) -> Policies:
    """What the company of this tenant set."""
    found = getattr(state.world, "policies", None) or Policies()
    assert isinstance(found, Policies)  # noqa: S101 - worlds are ours alone
    return found


def permission_id(name: str) -> str:
    """The id that the permission ``name`` has in this tenant's Graph."""
    return guid(draw(0, "permission", name))


class Settings:
    """Answers about settings, roles and apps."""

    def __init__(self, state: State, base: str, tokens: Tokens) -> None:
        """``base`` is the URL of v1.0; ``tokens`` knows what the auditor was granted."""
        self._state = state
        self._base = base
        self._tokens = tokens

    def single(self, call: Call) -> Answer:
        """GET of one object."""
        path = "/".join(call.segments)
        kind = _SINGLE[path]
        options(call, ())
        require(call, kind.role)
        thing = held(self._state).single.get(path)
        if thing is None:
            raise _absent()
        return data({"@odata.context": f"{self._base}/$metadata#{path}/$entity", **thing})

    def many(self, call: Call) -> Answer:
        """GET of a collection."""
        path = "/".join(call.segments)
        kind = _MANY[path]
        offered = {
            "$select": kind.properties,
            "$expand": kind.expand,
            "$top": kind.top,
            "$filter": kind.filter,
        }
        options(call, ["$skiptoken", *(name for name, there in offered.items() if there)])
        require(call, kind.role)
        if kind.premium and not held(self._state).premium:
            message = "The tenant needs to have Microsoft Entra ID P2 or Governance license."
            raise refuse(400, "AadPremiumLicenseRequired", message)
        values = list(held(self._state).many.get(path, ()))
        if "$filter" in call.query:
            if call.query["$filter"] != kind.filter:
                raise refuse(501, "notSupported", "The sample tenant has another filter here.")
            values = [one for one in values if one["isAdmin"]]
        return self._paged(call, path, [_shown(one, call, kind) for one in values])

    def principal(self, call: Call) -> Answer:
        """GET /servicePrincipals(appId='…'): that of Graph, with its permissions."""
        if self._app(call) != GRAPH_APP:
            raise _absent()
        options(call, ("$select",))
        require(call, Role.APPLICATIONS)
        whole = {
            "id": GRAPH_PRINCIPAL,
            "appId": GRAPH_APP,
            "displayName": "Microsoft Graph",
            "appRoles": [_app_role(name) for name in self._permissions()],
        }
        context = f"{self._base}/$metadata#servicePrincipals/$entity"
        return data({"@odata.context": context, **_selected(whole, call, set(whole))})

    def granted(self, call: Call) -> Answer:
        """GET …/appRoleAssignedTo: everything that holds a permission of Graph."""
        if self._app(call) != GRAPH_APP:
            raise _absent()
        options(call, ("$top", "$skiptoken"))
        require(call, Role.APPLICATIONS)
        grants = [*held(self._state).grants, *map(self._own, self._mine())]
        return self._paged(call, "/".join(call.segments), grants)

    def own(self, call: Call) -> Answer:
        """GET …/appRoleAssignments: what the auditor was granted."""
        if self._app(call) != self._tokens.client_id:
            raise _absent()
        options(call, ("$top", "$skiptoken"))
        require(call, Role.APPLICATIONS)
        return self._paged(call, "/".join(call.segments), [*map(self._own, self._mine())])

    def _permissions(self) -> list[str]:
        """All that Graph has, as far as this tenant knows them."""
        known = {name for role in Role for name in role.value} | set(self._mine())
        return sorted(known | {str(one["value"]) for one in held(self._state).grants})

    def _mine(self) -> list[str]:
        """Roles of other services have a space in their names, or no full stop."""
        return sorted(one for one in self._tokens.roles if "." in one and " " not in one)

    def _own(self, name: str) -> Thing:
        return grant(name, OWN_PRINCIPAL, "mynumber-audit")

    @staticmethod
    def _app(call: Call) -> str:
        found = _BY_APP.fullmatch(call.segments[0])
        if found is None:
            segment = call.segments[0][:60]
            raise refuse(400, "BadRequest", f"Resource not found for the segment '{segment}'.")
        return found[1]

    def _paged(self, call: Call, path: str, values: Sequence[Thing]) -> Answer:
        top, start = count(call, "$top", PAGE, MOST), 0
        if (token := call.query.get("$skiptoken")) is not None:
            parts = self._state.open(token)
            if parts is None or parts[:2] != ["settings", path]:
                raise refuse(400, "BadRequest", "The skip token is not valid.")
            start = parts[2]
        page: dict[str, Any] = {"@odata.context": f"{self._base}/$metadata#{path}"}
        if start + top < len(values):
            sealed = self._state.seal("settings", path, start + top)
            page["@odata.nextLink"] = link(
                f"{self._base}/{path}", {**call.query, "$skiptoken": sealed}
            )
        shown = [
            {n: v for n, v in one.items() if n != "value"} for one in values[start : start + top]
        ]
        return data({**page, "value": shown})


def grant(name: str, principal: str, display_name: str) -> dict[str, Any]:
    """An appRoleAssignment of Graph; ``value`` is for this tenant alone and never sent."""
    return {
        "id": guid(draw(0, "grant", name, principal)),
        "deletedDateTime": None,
        "appRoleId": permission_id(name),
        "createdDateTime": "2025-04-01T01:00:00Z",
        "principalDisplayName": display_name,
        "principalId": principal,
        "principalType": "ServicePrincipal",
        "resourceDisplayName": "Microsoft Graph",
        "resourceId": GRAPH_PRINCIPAL,
        "value": name,
    }


def _app_role(name: str) -> Thing:
    return {
        "id": permission_id(name),
        "allowedMemberTypes": ["Application"],
        "description": name,
        "displayName": name,
        "isEnabled": True,
        "origin": "Application",
        "value": name,
    }


def _shown(thing: Thing, call: Call, kind: _Kind) -> Thing:
    """One element with what was asked for; what ``$expand`` adds is left out without it."""
    wanted = call.query.get("$expand", "")
    if wanted not in {"", kind.expand}:
        raise refuse(400, "BadRequest", f"'{wanted[:60]}' cannot be expanded here.")
    plain = {name: value for name, value in thing.items() if name != kind.expand}
    chosen = _selected(plain, call, set(kind.properties.split()))
    return {**chosen, kind.expand: thing[kind.expand]} if wanted else chosen


def _selected(thing: Thing, call: Call, known: set[str]) -> Thing:
    names = [one.strip() for one in call.query.get("$select", "").split(",") if one.strip()]
    for name in names:
        if name not in known:
            message = f"Could not find a property named '{name[:60]}'."
            raise refuse(400, "BadRequest", f"Parsing OData Select and Expand failed: {message}")
    return {name: thing.get(name) for name in names} if names else thing


def _absent() -> Refusal:
    return refuse(404, "Request_ResourceNotFound", "Resource does not exist.")


def routes(state: State, base: str, tokens: Tokens) -> tuple[tuple[str, Handler], ...]:
    """The paths of Graph v1.0."""
    made = Settings(state, base, tokens)
    return (
        *((path, made.single) for path in _SINGLE),
        *((path, made.many) for path in _MANY),
        ("*", made.principal),
        ("*/appRoleAssignedTo", made.granted),
        ("*/appRoleAssignments", made.own),
    )
