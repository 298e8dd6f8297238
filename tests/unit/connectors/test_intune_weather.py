"""Intune when the service refuses, slows down, breaks off or lies; and the scripts' outputs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from connectors import Broken, ConnectorError, Denied, Gone, intune
from connectors._identity import Access
from connectors._intune_places import BETA, OUTPUTS, PLACES
from connectors._sample_tenant._handle import Tenant, hosted
from connectors._sample_tenant._roles import DEFAULT_ROLES
from tests.unit.connectors.graph_world import (
    access_to,
    asked,
    hurry,
    metered,
    opened,
    pages,
    partitions,
    whole,
)
from tests.unit.connectors.intune_world import SCRIPTS, Managed, listed, managed, place, until

access = pytest.fixture(opened)
OUTPUT = "PowerShell scripts › outputs"


@pytest.fixture
def served() -> Iterator[tuple[Tenant, Any]]:
    yield from managed()


@pytest.fixture
def tenant(served: tuple[Tenant, Any]) -> Tenant:
    return served[0]


@pytest.fixture
def kept(served: tuple[Tenant, Any]) -> Any:
    return served[1]


@pytest.fixture
def source(access: Access) -> intune.Source:
    return intune.Source(intune.Settings(allow_beta=True), access)


async def everything(source: intune.Source) -> dict[Any, Any]:
    """All that it tells and holds, by place and item."""
    found: dict[Any, Any] = {}
    for one in await partitions(source):
        items = [item for page in await pages(source, one) for item in page.items]
        for item in items:
            bodies = [(body.part, await whole(body)) async for body in source.read(item)]
            found[one.id, item.id] = (item.name, item.version, item.row, bodies)
        answers = await source.grants(items)
        found |= {(one.id, i.id, "grants"): a for i, a in zip(items, answers, strict=True)}
    return found


# ------------------------------------------------------------------------------------------ denied


@pytest.mark.parametrize(
    "family", ["ManagedDevices", "Configuration", "ServiceConfig", "Apps", "Scripts"]
)
async def test_what_is_denied_names_its_permission(
    family: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    hurry(monkeypatch)
    lacking = f"DeviceManagement{family}.Read.All"
    expected = {p.key for p in (*PLACES, *BETA) if p.permission == lacking}
    expected |= {o.key for o in OUTPUTS if o.scripts.permission == lacking}
    expected |= {"devices"} if family == "ManagedDevices" else set()
    # What another permission opens as well stays open.
    expected -= {"deviceCategories", "deviceEnrollmentConfigurations"}
    with hosted(Managed(), roles=[r for r in DEFAULT_ROLES if r != lacking]) as tenant:
        access = access_to(tenant)
        source = intune.Source(intune.Settings(allow_beta=True), access)
        refused = set()
        for one in await partitions(source):
            try:
                await pages(source, one)
            except Denied as error:
                refused.add((one.id, error.reason, error.permission))
        await access.aclose()
    assert refused == {(key, "permission_denied", lacking) for key in expected}


@pytest.mark.parametrize(
    ("status", "kind", "reason"),
    [(401, Denied, "permission_denied"), (403, Denied, "permission_denied"),
     (404, Gone, "gone"), (500, Broken, "service_error")],
)  # fmt: skip
async def test_one_place_that_fails_hides_no_other(
    source: intune.Source, tenant: Tenant, status: int, kind: type, reason: str
) -> None:
    tenant.faults([{"action": "status", "status": status, "path": "deviceConfigurations"}])
    failed = {}
    for one in await partitions(source):
        try:
            await pages(source, one)
        except ConnectorError as error:
            failed[one.id] = error
    assert failed.keys() == {"deviceConfigurations"}
    (error,) = failed.values()
    assert isinstance(error, kind)
    assert error.reason == reason


@pytest.mark.parametrize(
    ("status", "reason"), [(403, "permission_denied"), (404, "gone"), (500, "service_error")]
)
async def test_notes_that_cannot_be_had_are_a_gap_of_the_device(
    source: intune.Source, tenant: Tenant, status: int, reason: str
) -> None:
    path = r"managedDevices/d-00[12]\?"
    tenant.faults([{"action": "status", "status": status, "path": path}])
    rows = {item.id: item for item in (await listed(source, "managed devices")).values()}
    assert len(rows) == 45
    for name, item in rows.items():
        if name not in {"d-001", "d-002"}:
            assert item.row["Notes"]
            continue
        assert item.row["Device name"]
        with pytest.raises(ConnectorError) as error:
            assert [body async for body in source.read(item)]
        assert error.value.reason == reason


# ----------------------------------------------------------------------------------------- weather


async def test_throttling_is_waited_out(source: intune.Source, tenant: Tenant) -> None:
    """Intune often names no time to wait."""
    clear = await everything(source)
    meter = metered()
    tenant.faults(
        [
            {"action": "throttle", "retry_after": "none", "path": "managedDevices", "hits": [1, 4]},
            {"action": "throttle", "retry_after": 0.02, "path": "/beta/", "hits": [1, 3]},
            {"action": "throttle", "status": 503, "retry_after": 0, "path": "assignments",
             "hits": [2]},
        ]
    )  # fmt: skip
    assert await everything(source) == clear
    assert meter.throttled > 0
    assert sum(r.status in {429, 503} for r in tenant.requests()) == 5


@pytest.mark.parametrize(
    "rule",
    [
        {"action": "status", "status": 502},
        {"action": "html"},
        {"action": "reset"},
        {"action": "cut"},
        {"action": "malformed"},
        {"action": "unauthorized"},
        {"action": "claims"},
        {"action": "empty_page"},
    ],
    ids=lambda rule: rule["action"],
)
async def test_the_same_is_read_after_a_fault(
    source: intune.Source, tenant: Tenant, rule: dict[str, Any]
) -> None:
    clear = await everything(source)
    collection = "/deviceManagement/[a-zA-Z]+([?]|$)"
    tenant.faults([{**rule, "method": "GET", "path": collection, "every": 7, "times": 4}])
    assert await everything(source) == clear


@pytest.mark.parametrize("action", ["loop", "foreign_link"])
async def test_a_listing_that_lies_is_an_error(
    source: intune.Source, tenant: Tenant, action: str
) -> None:
    tenant.faults([{"action": action, "path": "managedDevices[?]"}])
    devices = await place(source, "managed devices")
    found, error = await until(source.pages(devices, {}))
    assert isinstance(error, Broken)
    assert len(found) <= 2
    assert not any("invalid" in r.path for r in tenant.requests())


async def test_a_listing_that_breaks_off_never_looks_whole(
    source: intune.Source, tenant: Tenant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("connectors._sample_tenant._intune.PAGE", 10)
    tenant.faults([{"action": "status", "status": 500, "path": "skiptoken"}])
    devices = await place(source, "managed devices")
    found, error = await until(source.pages(devices, {}))
    assert isinstance(error, Broken)
    assert [(len(page.items), page.done) for page in found] == [(10, False)]


async def test_every_page_is_read(
    source: intune.Source, tenant: Tenant, monkeypatch: pytest.MonkeyPatch
) -> None:
    clear = await everything(source)
    monkeypatch.setattr("connectors._sample_tenant._intune.PAGE", 1)
    assert await everything(source) == clear
    assert asked(tenant, "$skiptoken")


# ----------------------------------------------------------------------------------------- scripts


async def test_a_script_is_asked_for_by_itself(source: intune.Source, tenant: Tenant) -> None:
    item = (await listed(source, "PowerShell scripts"))["setup"]
    parts = {body.part: body async for body in source.read(item)}
    assert parts.keys() == {"properties", "description", "script content"}
    assert parts["script content"].name == "setup.ps1"
    assert await whole(parts["script content"]) == b"echo one"
    assert len(asked(tenant, "/beta/deviceManagement/deviceManagementScripts/")) == 1
    (repair,) = (await listed(source, "remediations")).values()
    parts = {body.part: body async for body in source.read(repair)}
    assert {"detection script", "remediation script"} <= parts.keys()


async def test_a_script_that_changed_since_the_listing_is_read_as_it_is(
    source: intune.Source, kept: Any
) -> None:
    item = (await listed(source, "PowerShell scripts"))["setup"]
    kept.things[SCRIPTS][0] |= {"scriptContent": "bmV3", "lastModifiedDateTime": "2026-06-01"}
    bodies = {body.part: await whole(body) async for body in source.read(item)}
    assert bodies["script content"] == b"new"
    again = (await listed(source, "PowerShell scripts"))["setup"]
    assert again.version != item.version
    kept.things[SCRIPTS].pop(0)
    with pytest.raises(Gone):
        assert [body async for body in source.read(item)]


async def test_outputs_are_rows_of_their_script(source: intune.Source) -> None:
    found = await pages(source, await place(source, OUTPUT))
    assert [(p.stream, len(p.items), p.done) for p in found] == [
        ("id of setup", 3, True),
        ("id of second", 1, True),
    ]
    one = found[0].items[1]
    assert (one.path, one.name) == ("setup", "PC-1")
    assert one.row == {"Device name": "PC-1", "Result": "result 1"}
    (value,) = (await listed(source, "custom attributes › outputs")).values()
    assert value.row == {"Device name": "PC-2", "code": "result 2"}
    (before,) = (await listed(source, "remediations › outputs")).values()
    assert before.row == {"Device name": "PC-4", "Output before remediation": "before"}


@pytest.mark.parametrize("status", [400, 501])
async def test_outputs_without_names_of_devices(
    source: intune.Source, tenant: Tenant, status: int
) -> None:
    tenant.faults([{"action": "status", "status": status, "path": "expand"}])
    found = await listed(source, OUTPUT)
    assert {f"id of setup:d-00{n}" for n in range(3)} <= found.keys()
    assert found["id of setup:d-000"].row == {"Result": "result 0"}


async def test_outputs_of_one_script_that_fail_hide_no_others(
    source: intune.Source, tenant: Tenant
) -> None:
    outputs = await place(source, OUTPUT)
    rule = {"action": "status", "path": "id%20of%20setup/deviceRunStates"}
    tenant.faults([{**rule, "status": 403, "code": "Forbidden"}])
    found, denied = await until(source.pages(outputs, {}))
    assert [page.stream for page in found] == ["id of second"]
    assert denied.permission == "DeviceManagementScripts.Read.All"
    tenant.faults([{**rule, "status": 404}])  # deleted meanwhile
    assert [(p.stream, p.done) for p in await pages(source, outputs)] == [
        ("id of setup", True),
        ("id of second", True),
    ]
