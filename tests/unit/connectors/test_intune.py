"""Intune: every place, what each thing holds, who can read it, and what the settings leave out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from connectors import Denied, Reach, Via, Withheld, intune
from connectors._graph import Graph
from connectors._identity import Access
from connectors._intune_places import BETA, OUTPUTS, PLACES
from connectors._model import Grant
from connectors._sample_tenant._handle import Tenant
from tests.unit.connectors.graph_world import (
    ALICE,
    access_to,
    asked,
    opened,
    pages,
    partitions,
)
from tests.unit.connectors.intune_world import (
    DEVICES,
    POLICIES,
    TEMPLATES,
    device,
    listed,
    managed,
    place,
    read,
)

access = pytest.fixture(opened)
ROLES = Grant(Reach.NAMED, Via.ROLE, "Intune roles")


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


# ---------------------------------------------------------------------------------------- places


async def test_beta_is_left_out_and_named_unless_it_is_allowed(
    access: Access, tenant: Tenant
) -> None:
    source = intune.Source(intune.Settings(), access)
    places = await partitions(source)
    beta = {one.key for one in (*BETA, *OUTPUTS)}
    assert {p.id for p in places} == {"devices", *(p.key for p in PLACES), *beta}
    for one in places:
        if one.id not in beta:
            await pages(source, one)
            continue
        with pytest.raises(Withheld) as left_out:
            await pages(source, one)
        assert left_out.value.reason == "excluded_by_settings"
    assert asked(tenant, "/v1.0/")
    assert not asked(tenant, "/beta/")


async def test_notes_that_are_not_asked_for_are_named(access: Access, tenant: Tenant) -> None:
    source = intune.Source(intune.Settings(notes=False), access)
    rows = await listed(source, "managed devices")
    assert len(rows) == 45
    assert all("Notes" not in item.row for item in rows.values())
    assert not asked(tenant, "$batch")
    notes = await place(source, "managed devices › notes")
    with pytest.raises(Withheld) as left_out:
        await pages(source, notes)
    assert left_out.value.reason == "excluded_by_settings"


async def test_beta_stands_beside_v1_of_the_same_graph(tenant: Tenant) -> None:
    for graph in ("https://g.example:8443/v1.0", "https://g.example:8443/v1.0/"):
        access = access_to(tenant, cloud={"graph": graph})
        assert Graph(access).beta("/x") == "https://g.example:8443/beta/x"


async def test_an_empty_place_is_one_page(source: intune.Source) -> None:
    for name in ("compliance policies", "apps", "compliance scripts › outputs"):
        (page,) = await pages(source, await place(source, name))
        assert (page.items, page.done) == ([] if "outputs" not in name else (), True)


# --------------------------------------------------------------------------------------- devices


async def test_a_device_is_a_row_with_its_notes(source: intune.Source, tenant: Tenant) -> None:
    tenant.forget()
    rows = await listed(source, "managed devices")
    assert rows["PC-7"].row == {
        "Device name": "PC-7",
        "Management name": "name 7",
        "Primary user": "Alice",
        "Email address": ALICE,
        "User principal name": ALICE,
        "Device category": "desk",
        "Notes": "note 7",
    }
    assert (rows["PC-7"].owner, rows["PC-7"].facts["etag"]) == (ALICE, "")
    assert [bodies async for bodies in source.read(rows["PC-7"])] == []
    outer = [r for r in tenant.requests() if not r.batched and "oauth2" not in r.path]
    assert len(outer) == 1 + 3  # 45 devices, twenty a batch
    assert {r.path.rpartition("/")[2] for r in outer} == {"managedDevices", "$batch"}


async def test_a_device_changes_with_what_is_written_of_it(
    source: intune.Source, kept: Any
) -> None:
    before = await listed(source, "managed devices")
    kept.things[DEVICES][3]["notes"] = "another"
    kept.things[DEVICES][4] |= {"lastSyncDateTime": "2026-05-01T00:00:00Z", "isEncrypted": False}
    after = await listed(source, "managed devices")
    changed = {name for name, item in after.items() if item.version != before[name].version}
    assert changed == {"PC-3"}


async def test_a_device_without_a_name_goes_by_its_id(source: intune.Source, kept: Any) -> None:
    kept.things[DEVICES][:] = [{"id": "bare"}, device(1, deviceName=None)]
    rows = await listed(source, "managed devices")
    assert rows.keys() == {"bare", "name 1"}
    assert rows["bare"].row == {"": ""}


# --------------------------------------------------------------------------------------- readers


async def test_who_reads_is_who_it_goes_to(source: intune.Source) -> None:
    profiles = await listed(source, "configuration profiles")
    everywhere, groups, nobody = await source.grants(
        [profiles[name] for name in ("custom", "phone", "screen")]
    )
    assert everywhere == [ROLES, Grant(Reach.ORGANISATION, Via.GROUP, "all devices")]
    assert groups == [
        ROLES,
        Grant(Reach.NAMED, Via.GROUP, "staff", 2),
        Grant(Reach.NAMED, Via.GROUP, "kiosks"),  # devices alone: nobody knows how many use them
    ]
    assert nobody == [ROLES]
    terms = await listed(source, "terms and conditions")
    assert await source.grants([terms["t"]]) == [
        [
            ROLES,
            Grant(Reach.NAMED, Via.GROUP, "mixed", 1),
            Grant(Reach.GUEST, Via.GROUP, "mixed", 1),
        ]
    ]
    policies = await listed(source, "app policies")
    settings, protection = await source.grants([policies["p"], policies["q"]])
    assert settings == [ROLES, Grant(Reach.ORGANISATION, Via.GROUP, "all users")]
    assert protection == [ROLES]
    for name in ("managed devices", "notification templates", "PowerShell scripts › outputs"):
        some = list((await listed(source, name)).values())[:2]
        assert await source.grants(some) == [[ROLES] for _ in some]


async def test_a_failed_question_is_no_answer(source: intune.Source, tenant: Tenant) -> None:
    rule = {"action": "status", "status": 403, "code": "Forbidden"}
    tenant.faults([{**rule, "path": "id%20of%20phone/assignments"}])
    profiles = await listed(source, "configuration profiles")
    found, denied = await source.grants([profiles["custom"], profiles["phone"]])
    assert not isinstance(found, Exception)
    assert isinstance(denied, Denied)
    assert denied.permission == "DeviceManagementConfiguration.Read.All"


async def test_without_the_directory_a_group_is_an_id(
    source: intune.Source, tenant: Tenant
) -> None:
    tenant.faults([{"action": "status", "status": 403, "path": "/groups"}])
    phone = (await listed(source, "configuration profiles"))["phone"]
    (found,) = await source.grants([phone])
    assert not isinstance(found, Exception)
    assert [(g.reach, g.people) for g in found] == [(Reach.NAMED, None)] * 3
    assert len({g.who for g in found}) == 3


async def test_everything_asked_only_reads(source: intune.Source, tenant: Tenant) -> None:
    for one in await partitions(source):
        for page in await pages(source, one):
            some = list(page.items)[:2]
            for item in some:
                await read(source, item)
            await source.grants(some)
    seen = {(r.method, r.path.rpartition("/")[2] if r.method == "POST" else "")
            for r in tenant.requests()}  # fmt: skip
    assert seen == {("GET", ""), ("POST", "$batch"), ("POST", "token")}
    assert {POLICIES, TEMPLATES} <= {"/".join(r.path.split("/")[2:4]) for r in tenant.requests()}
