"""Settings, roles and apps of the sample tenant: as strict as the reference is."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from connectors._sample_tenant._company import company
from connectors._sample_tenant._handle import Tenant, hosted
from connectors._sample_tenant._policies import GRAPH_APP
from connectors._sample_tenant._roles import DEFAULT_ROLES

BY_APP = "/servicePrincipals(appId='{}')"
GRAPH = BY_APP.format(GRAPH_APP)
ROLES = "/roleManagement/directory"
METHODS = "/reports/authenticationMethods/userRegistrationDetails"


@pytest.fixture(scope="module")
def tenant() -> Iterator[Tenant]:
    with hosted(company(30)) as found:
        yield found


@pytest.mark.parametrize(
    ("target", "status"),
    [
        ("/policies/authorizationPolicy", 200),
        ("/policies/authorizationPolicy?$select=id", 501),
        ("/policies/nothing", 400),
        (f"{ROLES}/roleDefinitions?$select=id,templateId", 200),
        (f"{ROLES}/roleDefinitions?$select=id,isPrivileged", 400),  # beta alone has it
        (f"{ROLES}/roleAssignments?$expand=roleDefinition", 400),
        (f"{ROLES}/roleAssignments?$top=5", 501),
        (f"{METHODS}?$filter=isAdmin%20eq%20true", 200),
        (f"{METHODS}?$filter=isAdmin%20eq%20false", 501),
        ("/applications?$top=1000", 400),
        ("/applications?$skiptoken=abc", 400),
        ("/applications?$expand=owners&$top=1", 200),
        (GRAPH, 200),
        (f"{GRAPH}?$select=secret", 400),
        (BY_APP.format("11111111-aaaa-4aaa-8aaa-111111111111"), 404),
        (f"{GRAPH}/appRoleAssignments", 404),  # of the auditor's own app alone
        ("/nothing/appRoleAssignedTo", 400),
        ("/users?$select=id,signInActivity", 200),
    ],
)
def test_options_are_checked(ask, target: str, status: int) -> None:
    assert ask(target).status == status


def test_nothing_is_written(ask) -> None:
    for path in ("/policies/authorizationPolicy", "/applications", GRAPH):
        assert ask(path, method="POST", body=b"{}").status == 405
        assert ask(path, token="").status == 401


def test_what_is_expanded_comes_when_asked_for_alone(ask, pages) -> None:
    for path, name in ((f"{ROLES}/roleAssignments", "principal"), ("/applications", "owners")):
        assert all(name not in one for one in ask(path).json["value"])
        assert all(name in one for one in ask(f"{path}?$expand={name}").json["value"])
    parts = pages("/applications?$top=2")
    assert [len(part["value"]) for part in parts] == [2, 1]


def test_administrators_are_filtered(ask) -> None:
    everybody = ask(METHODS).json["value"]
    some = ask(f"{METHODS}?$filter=isAdmin%20eq%20true").json["value"]
    assert some == [one for one in everybody if one["isAdmin"]]
    assert 0 < len(some) < len(everybody)


def test_the_auditors_grants_are_those_of_its_token(ask, tenant: Tenant) -> None:
    names = {one["id"]: one["value"] for one in ask(GRAPH).json["appRoles"]}
    own = ask(f"{BY_APP.format(tenant.client_id)}/appRoleAssignments").json["value"]
    assert {names[one["appRoleId"]] for one in own} == {
        one for one in DEFAULT_ROLES if "." in one and " " not in one
    }
    everything = ask(f"{GRAPH}/appRoleAssignedTo").json["value"]
    assert [one for one in everything if one in own] == own
    assert all("value" not in one for one in everything)


OPENS = {
    "Policy.Read.All": "/identity/conditionalAccess/policies",
    "SharePointTenantSettings.Read.All": "/admin/sharepoint/settings",
    "RoleManagement.Read.Directory": f"{ROLES}/roleEligibilityScheduleInstances",
    "GroupSettings.Read.All": "/groupSettings",
    "Application.Read.All": GRAPH,
    "AuditLog.Read.All": "/users?$select=id,signInActivity",
}


def test_each_permission_opens_its_own(ask_of) -> None:
    for permission, path in OPENS.items():
        with hosted(company(30), roles=[one for one in DEFAULT_ROLES if one != permission]) as one:
            ask = ask_of(one)
            shut = {other for other in OPENS.values() if ask(other).status == 403}
        assert shut == {path}
