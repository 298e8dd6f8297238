"""A small company with Intune: one of everything, anew for each test, so that it may change."""

from __future__ import annotations

import base64
import copy
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import orjson

from connectors import Body, ConnectorError, Item, Partition, intune
from connectors._sample_tenant._handle import Tenant, hosted
from connectors._sample_tenant._intune import Intune
from connectors._sample_tenant._model_teams import Group, Member
from tests.unit.connectors.graph_world import (
    ALICE,
    BOB,
    GUEST,
    Small,
    items,
    partitions,
    whole,
)

START = datetime(2026, 3, 2, tzinfo=UTC)
STAFF, MIXED, EMPTY = (f"{letter * 8}-aaaa-4aaa-8aaa-{letter * 12}" for letter in "abc")
DEVICES = "deviceManagement/managedDevices"
PROFILES = "deviceManagement/deviceConfigurations"
TEMPLATES = "deviceManagement/notificationMessageTemplates"
SCRIPTS = "deviceManagement/deviceManagementScripts"
POLICIES = "deviceManagement/configurationPolicies"
GROUPS = (
    Group(STAFF, "staff", (Member(ALICE), Member(BOB))),
    Group(MIXED, "mixed", (Member(ALICE), Member(GUEST))),
    Group(EMPTY, "kiosks", ()),
)
EVERYWHERE, EVERYBODY = "allDevicesAssignmentTarget", "allLicensedUsersAssignmentTarget"


def packed(text: str) -> str:
    """As Graph writes binary values."""
    return base64.b64encode(text.encode()).decode()


def device(number: int, **more: Any) -> dict[str, Any]:
    """A device, encrypted when its number is even, with its notes."""
    made = {
        "id": f"d-{number:03d}",
        "deviceName": f"PC-{number}",
        "managedDeviceName": f"name {number}",
        "userDisplayName": "Alice",
        "emailAddress": ALICE,
        "userPrincipalName": ALICE,
        "phoneNumber": "",
        "deviceCategoryDisplayName": "desk",
        "enrolledDateTime": START,
        "lastSyncDateTime": START + timedelta(days=1),
        "complianceState": "compliant",
        "isEncrypted": number % 2 == 0,
        "jailBroken": "Unknown",
        "serialNumber": f"SN{number}",
        "notes": f"note {number}",
    }
    return made | more


def thing(kind: str, name: str, **more: Any) -> dict[str, Any]:
    """Something that an admin wrote."""
    made = {
        "@odata.type": f"#microsoft.graph.{kind}",
        "id": f"id of {name}",
        "displayName": name,
        "description": f"about {name}",
        "createdDateTime": START,
        "lastModifiedDateTime": START + timedelta(days=2),
        "version": 1,
    }
    return {n: v for n, v in (made | more).items() if v is not None}


def oma(kind: str, name: str, value: Any, **more: Any) -> dict[str, Any]:
    """A setting of a custom profile."""
    kind = f"#microsoft.graph.omaSetting{kind}"
    return {"@odata.type": kind, "displayName": name, "omaUri": "./x", "value": value} | more


def state(script: str, number: int, **more: Any) -> dict[str, Any]:
    """What a script did on a device."""
    made = {
        "id": f"{script}:d-{number:03d}",
        "lastStateUpdateDateTime": START,
        "managedDevice": {"id": f"d-{number:03d}", "deviceName": f"PC-{number}"},
        "resultMessage": f"result {number}",
        "errorDescription": None,
    }
    return made | more


def target(kind: str, group: str = "") -> dict[str, Any]:
    """An assignment."""
    to = {"@odata.type": f"#microsoft.graph.{kind}"} | ({"groupId": group} if group else {})
    return {"id": f"to {kind} {group}", "target": to}


def message(locale: str, text: str) -> dict[str, Any]:
    """A message of a template."""
    return {
        "id": f"message {locale}",
        "lastModifiedDateTime": START,
        "locale": locale,
        "subject": "hello",
        "messageTemplate": text,
    }


CUSTOM = thing(
    "windows10CustomConfiguration",
    "custom",
    omaSettings=[
        oma("String", "plain", "a value"),
        oma("StringXml", "xml", packed("<a>b</a>"), fileName="a.xml"),
        oma("Base64", "torn", "no base64!"),
        oma("Integer", "whole", 7),
    ],
)
CHOICE = {
    "settingDefinitionId": "outer",
    "choiceSettingValue": {
        "value": "on",
        "children": [
            {"settingDefinitionId": "inner", "simpleSettingValue": {"value": "text"}},
            {"settingDefinitionId": "many", "simpleSettingCollectionValue": [{"value": "x"}]},
        ],
    },
}


def kept() -> Intune:
    """Of every kind one or a few."""
    script = thing("deviceManagementScript", "setup", version=None,
                   scriptContent=packed("echo one"), fileName="setup.ps1")  # fmt: skip
    attribute = thing("deviceCustomAttributeShellScript", "ledger", customAttributeName="code",
                      scriptContent=packed("echo two"))  # fmt: skip
    health = thing("deviceHealthScript", "repair", detectionScriptContent=packed("look"),
                   remediationScriptContent=packed("mend"))  # fmt: skip
    policy = {"id": "policy", "name": "catalogue", "lastModifiedDateTime": START}
    template = thing("notificationMessageTemplate", "mail", version=None, description=None,
                     createdDateTime=None)  # fmt: skip
    things = {
        DEVICES: [device(number) for number in range(45)],
        "deviceManagement/deviceCategories": [
            {"id": "c", "displayName": "desk", "description": "about desks"}
        ],
        PROFILES: [
            CUSTOM,
            thing("iosCustomConfiguration", "phone", payload=packed("<plist/>"),
                  payloadFileName="phone.mobileconfig"),
            thing("iosDeviceFeaturesConfiguration", "screen", lockScreenFootnote="foot"),
        ],
        TEMPLATES: [template],
        "deviceManagement/termsAndConditions": [thing("termsAndConditions", "t", bodyText="long")],
        "deviceAppManagement/managedAppPolicies": [
            thing("targetedManagedAppConfiguration", "p", customSettings=[{"name": "n"}]),
            thing("iosManagedAppProtection", "q"),
        ],
        "deviceAppManagement/targetedManagedAppConfigurations": [
            thing("targetedManagedAppConfiguration", "p"),
        ],
        SCRIPTS: [script, thing("deviceManagementScript", "second", scriptContent=packed("echo"))],
        "deviceManagement/deviceHealthScripts": [health],
        "deviceManagement/deviceCustomAttributeShellScripts": [attribute],
        POLICIES: [policy],
    }  # fmt: skip
    inner = {
        (template["id"], "localizedNotificationMessages"): [
            message("ja-jp", "<p>text</p>"), message("en-us", "plain"),
        ],
        (CUSTOM["id"], "assignments"): [target(EVERYWHERE)],
        ("id of phone", "assignments"): [
            target("groupAssignmentTarget", STAFF), target("groupAssignmentTarget", EMPTY),
            target("exclusionGroupAssignmentTarget", MIXED),
        ],
        ("id of t", "assignments"): [target("groupAssignmentTarget", MIXED)],
        ("id of p", "assignments"): [target(EVERYBODY)],
        ("id of setup", "assignments"): [target(EVERYWHERE)],
        ("id of setup", "deviceRunStates"): [state("id of setup", n) for n in range(3)],
        ("id of second", "deviceRunStates"): [state("id of second", 1)],
        ("id of ledger", "deviceRunStates"): [state("id of ledger", 2)],
        ("id of repair", "deviceRunStates"): [
            state("id of repair", 4, resultMessage=None,
                  preRemediationDetectionScriptOutput="before"),
        ],
        ("policy", "settings"): [{"id": "0", "settingInstance": CHOICE}],
    }  # fmt: skip
    return copy.deepcopy(Intune(things, inner))


@dataclass
class Managed(Small):
    """The small company with its devices."""

    groups: tuple[Group, ...] = GROUPS
    intune: Intune = field(default_factory=kept)


def managed() -> Iterator[tuple[Tenant, Any]]:
    """The company behind TLS, and what it keeps, which may be changed."""
    world = Managed()
    with hosted(world) as tenant:
        yield tenant, world.intune


async def place(source: intune.Source, name: str) -> Partition:
    """The partition with that name."""
    return next(p for p in await partitions(source) if p.name == name)


async def listed(source: intune.Source, name: str) -> dict[str, Item]:
    """The items of a place by their names."""
    return await items(source, await place(source, name))


async def read(source: intune.Source, item: Item) -> dict[str, Body]:
    """The parts of an item."""
    return {body.part: body async for body in source.read(item)}


async def texts(source: intune.Source, item: Item) -> dict[str, Any]:
    """Every part, JSON parsed."""
    found: dict[str, Any] = {}
    for part, body in (await read(source, item)).items():
        data = await whole(body)
        found[part] = orjson.loads(data) if body.media_type == "application/json" else data.decode()
    return found


async def until(stream: AsyncIterator[Any]) -> tuple[list[Any], ConnectorError]:
    """What came before the error that ends it, and the error."""
    found: list[Any] = []
    try:
        async for one in stream:
            found.append(one)  # noqa: PERF401 — what came before the error counts
    except ConnectorError as error:
        return found, error
    raise AssertionError("no error ends it")
