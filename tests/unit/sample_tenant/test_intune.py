"""The tenant's Intune answers as Microsoft's does, and refuses what Microsoft's refuses."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from typing import Any

import pytest

from connectors._sample_tenant import _intune
from connectors._sample_tenant._company import company
from connectors._sample_tenant._handle import Tenant, hosted
from connectors._sample_tenant._roles import DEFAULT_ROLES
from tests.unit.sample_tenant.schema_walk import Walk

DEVICES = "/deviceManagement/managedDevices"
SCRIPTS = "deviceManagement/deviceManagementScripts"
V1 = {
    "deviceCategories": "deviceCategory",
    "deviceConfigurations": "deviceConfiguration",
    "deviceCompliancePolicies": "deviceCompliancePolicy",
    "deviceEnrollmentConfigurations": "deviceEnrollmentConfiguration",
    "notificationMessageTemplates": "notificationMessageTemplate",
    "termsAndConditions": "termsAndConditions",
    "mobileApps": "mobileApp",
    "mobileAppConfigurations": "managedDeviceMobileAppConfiguration",
    "managedAppPolicies": "managedAppPolicy",
    "targetedManagedAppConfigurations": "targetedManagedAppConfiguration",
}


@pytest.fixture(scope="module")
def tenant() -> Iterator[Tenant]:
    with hosted(company(30)) as found:
        yield found


def beta(tenant: Tenant, path: str) -> str:
    return f"{tenant.authority}/beta/{path}"


def collections() -> list[tuple[str, _intune._Kind]]:
    return list(_intune.KINDS.items())


def test_every_property_of_v1_is_in_the_schema(ask, schema) -> None:
    walk = Walk(schema)
    walk.answer(ask(DEVICES).json, "managedDevice")
    seen = 0
    for name, kind in collections():
        if kind.beta:
            continue
        things = ask(f"/{name}").json
        seen += len(things["value"])
        walk.answer(things, V1[name.rpartition("/")[2]])
        for thing in things["value"]:
            for inner in kind.inner:
                told = ask(f"/{name}/{thing['id']}/{inner}").json
                of = "deviceConfigurationAssignment" if inner == "assignments" else inner[:-1]
                walk.answer(told, of)
    assert walk.wrong == set()
    assert seen > 12
    wanted = "managedDevice omaSettingString localizedNotificationMessage groupAssignmentTarget"
    assert set(wanted.split()) <= set(walk.seen)


def test_notes_come_alone_and_only_when_selected(ask) -> None:
    listed = ask(f"{DEVICES}?$select=id,notes").json["value"]
    assert {one["notes"] for one in listed} == {None}
    alone = [ask(f"{DEVICES}/{one['id']}?$select=id,notes").json for one in listed]
    assert sum(bool(one["notes"]) for one in alone) == 1
    found = next(one["id"] for one in alone if one["notes"])
    assert ask(f"{DEVICES}/{found}").json["notes"] is None


def test_scripts_are_in_beta_and_their_content_alone(tenant, ask) -> None:
    assert ask(f"/{SCRIPTS}").status == 400
    (listed,) = ask(beta(tenant, SCRIPTS)).json["value"]
    assert listed["scriptContent"] is None
    alone = ask(beta(tenant, f"{SCRIPTS}/{listed['id']}")).json
    assert base64.b64decode(alone["scriptContent"]).startswith(b"# ")
    states = beta(tenant, f"{SCRIPTS}/{listed['id']}/deviceRunStates")
    bare = ask(states).json["value"]
    assert "managedDevice" not in bare[0]
    full = ask(f"{states}?$expand=managedDevice($select=id,deviceName)").json["value"]
    assert full[0]["managedDevice"]["deviceName"]
    one = f"{states}/{bare[0]['id']}?$expand=managedDevice($select=id,deviceName)"
    assert ask(one).json == full[0]
    assert ask(f"{states}?$expand=everything").status == 501


@pytest.mark.parametrize(
    ("target", "status", "code"),
    [
        (f"{DEVICES}?$select=shoe", 400, "BadRequest"),
        (f"{DEVICES}?$filter=isEncrypted", 501, "notSupported"),
        (f"{DEVICES}?$top=1001", 400, "invalidRequest"),
        (f"{DEVICES}?$skiptoken=abc", 400, "BadRequest"),
        (f"{DEVICES}?colour=red", 200, ""),
        (f"{DEVICES}/none", 404, "ResourceNotFound"),
        ("/deviceManagement/termsAndConditions/none", 404, "ResourceNotFound"),
        ("/deviceManagement/nothing", 400, "BadRequest"),
        ("/deviceManagement/termsAndConditions?$select=id", 501, "notSupported"),
    ],
)
def test_what_is_wrong_is_refused(ask, target: str, status: int, code: str) -> None:
    reply = ask(target)
    assert reply.status == status
    assert not code or reply.code == code


def test_nothing_is_written(tenant, ask) -> None:
    for method in ("POST", "PATCH", "DELETE", "PUT"):
        assert ask(DEVICES, method=method, body=b"{}").status == 405
        assert ask(beta(tenant, SCRIPTS), method=method, body=b"{}").status == 405


def test_pages_go_on_to_the_end(ask, pages, monkeypatch) -> None:
    whole = ask(DEVICES).json["value"]
    monkeypatch.setattr(_intune, "PAGE", 5)
    found = pages(f"{DEVICES}?$select=id")
    assert [len(page["value"]) for page in found] == [5, 5, 2]
    assert [v["id"] for page in found for v in page["value"]] == [one["id"] for one in whole]


def test_each_permission_opens_its_own(ask_of) -> None:
    without: dict[str, set[str]] = {}
    intune = [role for role in DEFAULT_ROLES if role.startswith("DeviceManagement")]
    for role in intune:
        with hosted(company(30), roles=[one for one in DEFAULT_ROLES if one != role]) as tenant:
            ask = ask_of(tenant)
            for name, kind in [("deviceManagement/managedDevices", None), *collections()]:
                where = beta(tenant, name) if kind and kind.beta else f"/{name}"
                reply: Any = ask(where)
                if reply.status != 200:
                    assert (reply.status, reply.code) == (403, "Forbidden")
                    without.setdefault(role, set()).add(name.rpartition("/")[2])
    assert without.keys() == set(intune)
    assert without["DeviceManagementManagedDevices.Read.All"] == {"managedDevices"}
    assert len(without["DeviceManagementScripts.Read.All"]) == 5
