"""Things of Intune: what each kind holds, in which parts, and when it counts as changed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from connectors import Gone, Withheld, intune
from connectors._identity import Access
from connectors._sample_tenant._handle import Tenant
from tests.unit.connectors.graph_world import asked, opened, whole
from tests.unit.connectors.intune_world import (
    PROFILES,
    listed,
    managed,
    message,
    oma,
    read,
    texts,
    thing,
    until,
)

access = pytest.fixture(opened)


@pytest.fixture
def served() -> Iterator[tuple[Tenant, Any]]:
    yield from managed()


@pytest.fixture
def tenant(served: tuple[Tenant, Any]) -> Tenant:
    return served[0]


@pytest.fixture
def kept(served: tuple[Tenant, Any]) -> Any:
    """What the tenant holds, by collection; a test may change it."""
    return served[1]


@pytest.fixture
def source(access: Access) -> intune.Source:
    return intune.Source(intune.Settings(allow_beta=True), access)


async def test_a_profile_in_parts(source: intune.Source) -> None:
    profiles = await listed(source, "configuration profiles")
    custom = await texts(source, profiles["custom"])
    assert custom["properties"] == {}
    assert custom["description"] == "about custom"
    assert custom["OMA-URI settings › 2 xml"] == "<a>b</a>"
    assert custom["OMA-URI settings › 3 torn"] == "no base64!"
    shown = {row["displayName"]: row.get("value") for row in custom["OMA-URI settings"]}
    assert shown == {"plain": "a value", "xml": None, "torn": None, "whole": 7}
    phone = await read(source, profiles["phone"])
    assert phone["payload"].name == "phone.mobileconfig"
    assert await whole(phone["payload"]) == b"<plist/>"
    screen = await texts(source, profiles["screen"])
    assert screen["properties"] == {"lockScreenFootnote": "foot"}


@pytest.mark.parametrize("more", [{"value": "****"}, {"value": "shown", "isEncrypted": True}])
async def test_an_encrypted_value_is_a_gap_beside_the_rest(
    source: intune.Source, kept: Any, more: dict[str, Any]
) -> None:
    settings = [oma("String", "open", "text"), oma("String", "shut", "") | more]
    kept.things[PROFILES][0]["omaSettings"] = settings
    item = (await listed(source, "configuration profiles"))["custom"]
    found, shut = await until(source.read(item))
    assert isinstance(shut, Withheld)
    assert shut.reason == "encrypted"
    assert found[-1].part == "OMA-URI settings"


async def test_a_profile_that_came_without_its_settings_is_asked_for(
    source: intune.Source, tenant: Tenant, kept: Any
) -> None:
    bare = thing("macOSCustomConfiguration", "bare", payload=None)
    kept.things[PROFILES][:] = [bare]
    item = (await listed(source, "configuration profiles"))["bare"]
    bare["payload"] = "PGE+"
    assert (await texts(source, item))["payload"] == "<a>"
    assert len(asked(tenant, "deviceConfigurations/id%20of%20bare")) == 1


async def test_fields_of_unknown_shape_are_still_read(source: intune.Source, kept: Any) -> None:
    odd = thing("webApp", "odd", settings={"a": "b"}, payload={"c": "d"}, notes=["e"])
    kept.things["deviceAppManagement/mobileApps"] = [odd]
    found = await texts(source, (await listed(source, "apps"))["odd"])
    assert found["properties"] == {"settings": {"a": "b"}, "payload": {"c": "d"}, "notes": ["e"]}


async def test_a_template_has_its_messages_and_changes_with_them(
    source: intune.Source, kept: Any
) -> None:
    first = (await listed(source, "notification templates"))["mail"]
    found = await read(source, first)
    assert [(p, b.media_type.partition(";")[0]) for p, b in found.items()] == [
        ("properties", "application/json"),
        ("message ja-jp", "text/html"),
        ("message en-us", "text/plain"),
    ]
    assert await whole(found["message en-us"]) == b"hello\nplain"
    inner = kept.inner[first.id, "localizedNotificationMessages"]
    inner[0] = message("ja-jp", "other") | {"lastModifiedDateTime": "2026-04-04T00:00:00Z"}
    assert (await listed(source, "notification templates"))["mail"].version != first.version


async def test_a_template_deleted_meanwhile_is_gone(source: intune.Source, tenant: Tenant) -> None:
    tenant.faults([{"action": "status", "status": 404, "path": "localizedNotificationMessages"}])
    item = (await listed(source, "notification templates"))["mail"]
    with pytest.raises(Gone):
        await read(source, item)


async def test_a_category_changes_without_a_date(source: intune.Source, kept: Any) -> None:
    first = (await listed(source, "device categories"))["desk"]
    kept.things["deviceManagement/deviceCategories"][0]["description"] = "other"
    second = (await listed(source, "device categories"))["desk"]
    assert first.version != second.version
    assert first.facts["etag"] == "/"


async def test_the_catalogue_tells_each_setting(source: intune.Source, kept: Any) -> None:
    item = (await listed(source, "settings catalogue"))["catalogue"]
    rows = (await texts(source, item))["settings"]
    assert [(row["Setting"], row["Value"]) for row in rows] == [
        ("outer", "on"),
        ("inner", "text"),
        ("many", "x"),
    ]
    secret = {"value": "token", "valueState": "encryptedValueToken"}
    instance = {"settingDefinitionId": "s", "simpleSettingValue": secret}
    kept.inner["policy", "settings"].append({"id": "1", "settingInstance": instance})
    found, shut = await until(source.read(item))
    assert isinstance(shut, Withheld)
    assert shut.reason == "encrypted"
    assert b"token" not in await whole(found[-1])
