"""Checks of administrators and apps: pass, fail, and answers that are not as documented."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from auditor.controls import checks
from tests.unit.controls.judged import OPEN, judged, status

PASS, FAIL, MANUAL = "pass", "fail", "manual"
GLOBAL = "62e90394-69f5-4237-9190-012177145e10"
EXCHANGE = "29232cdf-9323-42fd-ade2-1d097af3e4de"
READER = "88d8e3e3-8f55-4a1e-953a-9b9898b8876b"
DEFINITIONS = [
    {"id": "own id", "templateId": GLOBAL},  # a role is known by its template
    {"id": EXCHANGE, "templateId": EXCHANGE},
    {"id": READER, "templateId": None},
]
NEVER = 2_147_483_647


def held(name: str, role: str = GLOBAL, kind: str = "user", **facts: Any) -> dict[str, Any]:
    usual = {"userType": "Member", "accountEnabled": True, "onPremisesSyncEnabled": None}
    principal = {"@odata.type": f"#microsoft.graph.{kind}", **usual, **facts}
    return {"principalId": name, "roleDefinitionId": role, "principal": principal}


def roles(name: str, *assignments: Any, **more: Any) -> str:
    return status(
        f"admin.{name}", role_definitions=DEFINITIONS, role_assignments=[*assignments], **more
    )


@pytest.mark.parametrize(
    ("people", "groups", "expected"),
    [(0, 0, FAIL), (1, 0, FAIL), (2, 0, PASS), (5, 0, PASS), (6, 0, FAIL),
     (2, 1, OPEN), (0, 1, OPEN), (6, 1, FAIL)],
)  # fmt: skip
def test_how_many_global_administrators(people: int, groups: int, expected: str) -> None:
    some = [held(f"u{n}", "own id" if n % 2 else GLOBAL) for n in range(people)]
    some += [held(f"g{n}", kind="group") for n in range(groups)]
    again = some[:1]  # the same, over a part of the tenant
    assert roles("global_administrators", *some, *again, held("x", EXCHANGE)) == expected


GROUP = held("g", kind="group")


@pytest.mark.parametrize(
    ("name", "one", "expected"),
    [
        ("guest_roles", held("u"), PASS),
        ("guest_roles", held("u", READER, userType="Guest"), FAIL),
        ("guest_roles", held("u", userType=None, userPrincipalName="a_b.example#EXT#@c"), FAIL),
        ("guest_roles", held("u", userType=None), OPEN),
        ("guest_roles", GROUP, OPEN),
        ("app_roles", held("a", kind="servicePrincipal"), FAIL),
        ("app_roles", held("a", READER, kind="servicePrincipal"), PASS),
        ("synced_roles", held("u", onPremisesSyncEnabled=True), FAIL),
        ("synced_roles", held("u", onPremisesSyncEnabled=False), PASS),
        ("synced_roles", held("u", READER, onPremisesSyncEnabled=True), PASS),
        ("synced_roles", GROUP, OPEN),
        ("disabled_roles", held("u", accountEnabled=False), FAIL),
        ("disabled_roles", held("u"), PASS),
        ("disabled_roles", {"principalId": "u", "roleDefinitionId": GLOBAL}, OPEN),
        ("disabled_roles", {**held("u"), "principal": None}, OPEN),
    ],
)
def test_who_holds_roles(name: str, one: dict[str, Any], expected: str) -> None:
    assert roles(name, one) == expected


@pytest.mark.parametrize("name", ["guest_roles", "synced_roles", "disabled_roles"])
def test_somebody_whom_the_app_may_not_read_is_not_judged(name: str) -> None:
    """Graph shows the type and the id, and null for the rest."""
    one = held("u", userPrincipalName=None)
    one["principal"] |= dict.fromkeys(("userType", "accountEnabled", "onPremisesSyncEnabled"))
    assert roles(name, one) == OPEN


def test_what_is_not_told_of_somebody_is_not_judged() -> None:
    one = held("u")
    del one["principal"]["onPremisesSyncEnabled"]
    assert roles("synced_roles", one) == OPEN
    assert status("admin.guest_roles", role_definitions={}, role_assignments=[one]) == OPEN


def scheduled(name: str, role: str = GLOBAL, **more: Any) -> dict[str, Any]:
    usual = {"principalId": name, "roleDefinitionId": role, "endDateTime": None}
    return {**usual, "assignmentType": "Assigned", **more}


@pytest.mark.parametrize(
    ("third", "expected"),
    [
        (scheduled("c"), FAIL),
        (scheduled("c", READER), PASS),
        (scheduled("c", assignmentType="Activated"), PASS),
        (scheduled("c", endDateTime="2026-04-01T00:00:00Z"), PASS),
        ({"principalId": "c"}, OPEN),
    ],
)
def test_all_but_two_hold_roles_for_a_time(third: dict[str, Any], expected: str) -> None:
    schedules = [scheduled("a"), scheduled("a", EXCHANGE), scheduled("b"), third]
    found = status(
        "admin.standing_roles",
        role_definitions=DEFINITIONS,
        role_schedules=schedules,
        role_eligibilities=[],
    )
    assert found == expected


@pytest.mark.parametrize(
    ("registered", "expected"),
    [([True, True], PASS), ([True, False], FAIL), ([None], FAIL), ([], OPEN)],
)
def test_administrators_have_a_second_factor(registered: list[Any], expected: str) -> None:
    rows = [{"isAdmin": True, "isMfaRegistered": one} for one in registered]
    assert status("admin.multifactor", registered_methods=rows) == expected


def ago(days: int) -> str:
    return (datetime.now(UTC) - timedelta(days=days)).isoformat()


def used(name: str, days: int | None = None, *, enabled: bool = True) -> dict[str, Any]:
    activity = None if days is None else {"lastSignInDateTime": ago(days)}
    return {"id": name, "accountEnabled": enabled, "signInActivity": activity}


@pytest.mark.parametrize(
    ("users", "expected"),
    [
        ([used("u", 3)], PASS),
        ([used("u", 91)], FAIL),
        ([used("u")], FAIL),  # never came in
        ([used("u", 91, enabled=False)], PASS),
        ([{**used("u"), "signInActivity": {"lastNonInteractiveSignInDateTime": ago(1)}}], PASS),
        ([used("other", 91)], OPEN),
        ([{**used("u"), "signInActivity": {"lastSignInDateTime": "yesterday"}}], OPEN),
    ],
)
def test_administrators_come_in(users: list[Any], expected: str) -> None:
    assert roles("stale", held("u"), user_activity=users) == expected


@pytest.mark.parametrize(
    ("days", "kind", "expected"),
    [(NEVER, "Managed", PASS), (90, "Managed", FAIL), (None, "Managed", OPEN),
     (90, "Federated", OPEN)],
)  # fmt: skip
def test_passwords_do_not_expire(days: int | None, kind: str, expected: str) -> None:
    one = {"isVerified": True, "authenticationType": kind, "passwordValidityPeriodInDays": days}
    other = {**one, "isVerified": False, "passwordValidityPeriodInDays": 1}
    assert status("admin.password_expiry", domains=[one, other]) == expected


# ------------------------------------------------------------------------------------------- apps

NAMES = ("Mail.Read", "User.Read.All", "RoleManagement.ReadWrite.Directory", "Files.ReadWrite.All")
GRAPH = {
    "id": "graph",
    "appRoles": [{"id": f"id of {name}", "value": name} for name in NAMES],
}


def grant(name: str, who: str = "app", kind: str = "ServicePrincipal") -> dict[str, Any]:
    return {"appRoleId": f"id of {name}", "principalId": who, "principalType": kind,
            "resourceId": "graph"}  # fmt: skip


OWN = [grant("Mail.Read", "own")]


@pytest.mark.parametrize(
    ("grants", "data", "control"),
    [
        ([grant("User.Read.All")], PASS, PASS),
        ([grant("Mail.Read")], FAIL, PASS),
        ([grant("Files.ReadWrite.All")], FAIL, PASS),
        ([grant("RoleManagement.ReadWrite.Directory")], PASS, FAIL),
        (OWN, PASS, PASS),
        ([grant("Mail.Read", kind="User")], PASS, PASS),
        ([grant("unheard of")], PASS, PASS),
        ([{"appRoleId": "id of Mail.Read"}], OPEN, OPEN),
    ],
)
def test_what_apps_were_granted(grants: list[Any], data: str, control: str) -> None:
    questions: dict[str, Any] = {"graph_roles": GRAPH, "graph_grants": grants, "own_grants": OWN}
    assert status("admin.app_data", **questions) == data
    assert status("admin.app_control", **questions) == control


@pytest.mark.parametrize(
    ("grants", "expected"),
    [
        (OWN, PASS),
        ([*OWN, grant("Files.ReadWrite.All", "own")], FAIL),
        ([*OWN, {**grant("x", "own"), "resourceId": "another service"}], MANUAL),
        ([grant("unheard of", "own")], OPEN),
        ([], OPEN),
    ],
)
def test_this_tool_reads_and_no_more(grants: list[Any], expected: str) -> None:
    assert status("admin.own_permissions", graph_roles=GRAPH, own_grants=grants) == expected


def test_permissions_are_named_and_apps_counted() -> None:
    grants = [grant("Mail.Read", "a"), grant("Mail.Read", "b"), grant("Files.ReadWrite.All", "a")]
    found = judged("admin.app_data", graph_roles=GRAPH, graph_grants=grants * 2, own_grants=[])
    assert found.evidence[1:] == ("Files.ReadWrite.All: apps=1", "Mail.Read: apps=2")


def app(begin: int, end: int, kind: str = "passwordCredentials") -> dict[str, Any]:
    none: dict[str, Any] = {"id": "one", "passwordCredentials": [], "keyCredentials": []}
    return none | {kind: [{"startDateTime": ago(-begin), "endDateTime": ago(-end)}]}


@pytest.mark.parametrize(
    ("one", "expired", "lasting", "secrets"),
    [
        (app(-30, 300), PASS, PASS, FAIL),
        (app(-400, -30), FAIL, PASS, PASS),
        (app(-30, 800), PASS, FAIL, FAIL),
        (app(-30, 800, "keyCredentials"), PASS, PASS, PASS),
        (app(-800, -30, "keyCredentials"), FAIL, PASS, PASS),
        ({"id": "one", "passwordCredentials": [{}], "keyCredentials": []}, OPEN, OPEN, OPEN),
    ],
)
def test_with_what_apps_sign_in(one: Any, expired: str, lasting: str, secrets: str) -> None:
    assert status("admin.expired_credentials", applications=[one]) == expired
    assert status("admin.lasting_secrets", applications=[one]) == lasting
    assert status("admin.secrets", applications=[one]) == secrets


@pytest.mark.parametrize(
    ("owner", "expected"),
    [
        ({"@odata.type": "#microsoft.graph.user", "userType": "Member"}, PASS),
        ({"@odata.type": "#microsoft.graph.user", "userType": "Guest"}, FAIL),
        ({"@odata.type": "#microsoft.graph.servicePrincipal"}, PASS),
        ({"@odata.type": "#microsoft.graph.user"}, OPEN),
    ],
)
def test_who_owns_apps(owner: dict[str, Any], expected: str) -> None:
    one = {"id": "one", "owners": [owner]}
    assert status("admin.guest_owners", application_owners=[one]) == expected


def test_service_providers_and_requests() -> None:
    partner: dict[str, Any] = {"tenantId": "t", "isServiceProvider": None}
    assert status("admin.partners", partners=[]) == PASS
    assert status("admin.partners", partners=[partner]) == PASS
    assert status("admin.partners", partners=[{**partner, "isServiceProvider": True}]) == FAIL
    assert status("admin.consent_requests", consent_requests={"isEnabled": True}) == PASS
    assert status("admin.consent_requests", consent_requests={"isEnabled": False}) == FAIL
    assert status("admin.consent_requests", consent_requests={}) == OPEN


def test_what_no_api_shows_is_for_a_person() -> None:
    manual = {check.id for pillar, check in checks() if pillar == "admin" and not check.judge}
    assert {status(name) for name in manual} == {MANUAL}
    assert len(manual) == 3
