"""Drives of SharePoint and OneDrive: sites, rounds, content, permissions."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from connectors import (
    Broken,
    ConnectorError,
    Denied,
    Gone,
    Grant,
    Item,
    Partition,
    Reach,
    Via,
    Withheld,
    sharepoint,
)
from connectors._identity import Access
from connectors._sample_tenant._handle import Tenant
from tests.unit.connectors.graph_world import (
    ALICE,
    BOB,
    GUEST,
    LARGE,
    SHARED,
    hurry,
    items,
    metered,
    opened,
    pages,
    partitions,
    served,
    whole,
)
from tests.unit.connectors.scripted import said, scripted

tenant = pytest.fixture(scope="module")(served)
access = pytest.fixture(opened)

HR = "b!Hr-Drive_1"


@pytest.fixture
def source(access: Access) -> sharepoint.Source:
    return sharepoint.Source(sharepoint.Settings(), access)


async def library(source: sharepoint.Source, identifier: str = HR) -> Partition:
    return {p.id: p for p in await partitions(source)}[identifier]


async def test_every_file_and_no_folder(source: sharepoint.Source, tenant: Tenant) -> None:
    found = await items(source, await library(source))
    assert len(found) == 39
    one = found["file 4.txt"]
    assert (one.id, one.size, one.media_type) == ("01FiLeAe", 9, "text/plain")
    assert one.version == "hash4=/9"
    assert one.digest == "quickxor:hash4=:9"
    assert one.owner == ALICE
    assert one.created == datetime(2026, 1, 5, tzinfo=UTC)
    assert one.url.startswith("https://small.example/sites/hr/")
    names = {name for select in tenant.selects().values() for name in select}
    assert {"malware", "remoteItem", "package", "parentReference"} <= names


async def test_pages_that_the_service_repeats_and_leaves_empty(
    source: sharepoint.Source, tenant: Tenant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("connectors._drives._PAGE", 7)
    place = await library(source)
    whole_list = await items(source, place)
    tenant.faults([{"action": "empty_page", "path": "root/delta", "every": 2}])
    assert set(await items(source, place)) == set(whole_list)


async def test_changes_since_the_last_round(source: sharepoint.Source, tenant: Tenant) -> None:
    place = await library(source, "b!More-2")
    last = (await pages(source, place))[-1]
    assert last.done
    drive = {"drive": "Twin/共有"}
    added = tenant.change("file", "add", **drive, path="new/a.txt", data=b"new")
    gone = tenant.change("file", "delete", **drive, path="file 50.txt")
    (page,) = await pages(source, place, {"": last.cursor})
    assert [item.id for item in page.items] == [added]
    assert page.gone == [gone]
    assert not page.restart
    tenant.expire()
    (page,) = await pages(source, place, {"": last.cursor})
    assert page.restart
    assert [item.id for item in page.items] == [added]


async def body_of(source: sharepoint.Source, item: Item) -> Any:
    (body,) = [body async for body in source.read(item)]
    return body


async def test_content_is_read_on_demand_and_by_ranges(
    source: sharepoint.Source, tenant: Tenant
) -> None:
    found = await items(source, await library(source))
    tenant.forget()
    body = await body_of(source, found["large.bin"])
    assert tenant.requests() == []
    assert await body.head(1000) == (LARGE[:1000], True)
    assert await whole(body) == LARGE
    part = b"".join([chunk async for chunk in body.chunks(2_000_000, 300)])
    assert part == LARGE[2_000_000:2_000_300]


async def test_what_costs_no_request(source: sharepoint.Source, tenant: Tenant) -> None:
    """An empty file; a notebook and what the service calls malware, which are withheld."""
    found = await items(source, await library(source))
    place = found["none.txt"].partition
    bad = source._drives._item(
        place, {"id": "x", "name": "bad.exe", "file": {}, "malware": {}, "size": 5}
    )
    tenant.forget()
    assert await whole(await body_of(source, found["none.txt"])) == b""
    for item, reason in ((found["notes"], "unsupported_format"), (bad, "service_error")):
        with pytest.raises(Withheld) as caught:
            await body_of(source, item)
        assert caught.value.reason == reason
    assert tenant.requests() == []


async def test_a_file_that_went_away(source: sharepoint.Source, tenant: Tenant) -> None:
    place = await library(source)
    body = await body_of(source, Item(place, "01FiLeZz", "gone.txt", "", 5))
    with pytest.raises(Gone):
        await whole(body)


async def test_a_second_look_finds_what_is_there(source: sharepoint.Source) -> None:
    place = await library(source)
    for ids in (["01FiLeAa", "01NoWhere", "01FiLeAb"], ["01FiLeAb"], ["01NoWhere"], []):
        expected = [i for i in ids if i != "01NoWhere"]
        assert [item.id for item in await source.lookup(place, ids)] == expected
    (one,) = await source.lookup(place, ["01FiLeAb"])
    assert (one.path, one.version) == ("人事", "hash1=/9")


# ------------------------------------------------------------------------------------ permissions


async def granted(source: sharepoint.Source, *names: str) -> list[Any]:
    found = await items(source, await library(source))
    return await source.grants([found[name] for name in names])


async def test_links_of_every_scope(source: sharepoint.Source, tenant: Tenant) -> None:
    """In one request, in the order asked, a throttled part asked again."""
    rule = {"action": "throttle", "path": "permissions", "hits": [3], "retry_after": 1}
    tenant.faults([rule])
    answers = await granted(source, *SHARED)
    links = [[grant for grant in answer if grant.via is Via.LINK] for answer in answers]
    until = datetime(2026, 5, 1, tzinfo=UTC)
    assert links == [
        [Grant(Reach.ANYONE, Via.LINK, "anonymous link (view)", None, until, True)],
        [Grant(Reach.ORGANISATION, Via.LINK, "organization link (view)")],
        [Grant(Reach.NAMED, Via.LINK, BOB, 1)],
        [Grant(Reach.GUEST, Via.LINK, GUEST, 1)],
        [Grant(Reach.EXTERNAL, Via.LINK, "x@else.example", 1)],
        [Grant(Reach.NAMED, Via.LINK, "existingaccess link (view)")],
    ]
    assert all(len(answer) == 2 for answer in answers)  # and the owners' group
    assert sum(r.path.endswith("$batch") for r in tenant.requests()) == 2


async def test_an_item_that_fails_fails_alone(source: sharepoint.Source, tenant: Tenant) -> None:
    tenant.faults([{"action": "status", "status": 403, "path": "01FiLeAb/permissions"}])
    place = await library(source)
    known = await items(source, place)
    asked_for = [known["file 0.txt"], Item(place, "01NoWhere", "", ""), known["file 1.txt"]]
    first, second, third = await source.grants(asked_for)
    assert isinstance(second, Gone)
    assert isinstance(third, Denied)
    assert third.permission == "Files.Read.All"
    assert not isinstance(first, ConnectorError)
    (alone,) = await source.grants([known["file 1.txt"]])
    assert isinstance(alone, Denied)
    assert await source.grants([]) == []


async def test_a_facet_that_is_null_is_none() -> None:
    """Services write what was selected and is not there as null; the unknown counts as a file."""
    nothing = dict.fromkeys(("deleted", "root", "folder", "remoteItem", "malware", "package"))
    values: list[dict[str, Any]] = [
        {"id": "1", "name": "plain", "file": {}, **nothing, "parentReference": {"id": "2"}},
        {"id": "2", "name": "people", "folder": {}, "root": None, "deleted": None},
        {"id": "3", "name": "unknown"},
        {"id": "4", "name": "away", "file": {}, "deleted": {}},
    ]
    async with scripted() as service:
        access = service.access()
        source = sharepoint.Source(sharepoint.Settings(), access)
        service.say("/v1.0/drives/d/root/delta", said({"value": values}))
        (page,) = await pages(source, Partition("sharepoint", "d", "d", "t"))
        await access.aclose()
    assert [(item.id, item.path, item.facts["withheld"]) for item in page.items] == [
        ("1", "people", ""),
        ("3", "", ""),
    ]
    assert page.gone == ["4"]


@pytest.mark.parametrize("count", [1, 2])
async def test_all_pages_of_permissions(count: int, monkeypatch: pytest.MonkeyPatch) -> None:
    hurry(monkeypatch)
    async with scripted() as service:
        access = service.access()
        source = sharepoint.Source(sharepoint.Settings(), access)
        link = {"link": {"scope": "anonymous", "type": "view"}}
        first = {"value": [], "@odata.nextLink": f"{service.origin}/v1.0/more?p=2"}
        service.say("/v1.0/users", said({"value": []}))
        service.say("/v1.0/domains", said({"value": [{"id": "here.example"}]}))
        service.say("/v1.0/drives/d/items/i/permissions", said(first))
        part = {"id": "0", "status": 200, "body": first}
        away = {"value": [], "@odata.nextLink": f"{service.away}/v1.0/more?p=2"}
        service.say("/v1.0/$batch", said({"responses": [part, {**part, "id": "1", "body": away}]}))
        service.say("/v1.0/more", said({"value": [link]}))
        item = Item(Partition("sharepoint", "d", "d", "t"), "i", "", "")
        answers = await source.grants([item] * count)
        await access.aclose()
        assert [type(a) for a in answers] == [list, Broken][:count]
        assert [grant.reach for grant in answers[0]] == [Reach.ANYONE]


async def test_a_link_of_the_listing_saves_a_request(
    source: sharepoint.Source, tenant: Tenant
) -> None:
    found = await items(source, await library(source))
    tenant.forget()
    meter = metered()
    assert await whole(await body_of(source, found["file 4.txt"])) == b"content 4"
    assert [r.host for r in tenant.requests()] == ["download"]
    assert (meter.requests, meter.units) == (1, 1)


async def test_a_link_that_is_too_old_is_asked_for_anew(
    source: sharepoint.Source, tenant: Tenant
) -> None:
    found = await items(source, await library(source))
    tenant.faults([{"action": "expired", "host": "download", "times": 1}])
    tenant.forget()
    assert await whole(await body_of(source, found["file 4.txt"])) == b"content 4"
    assert [r.host for r in tenant.requests()] == ["download", "main", "download"]


async def test_a_listing_without_links_is_as_good(
    source: sharepoint.Source, tenant: Tenant
) -> None:
    """Where the service takes no annotation in ``$select``."""
    place = await library(source)
    tenant.faults([{"action": "status", "status": 400, "path": r"root/delta.*downloadUrl"}])
    found = await items(source, place)
    tenant.faults([])
    assert found["file 4.txt"].facts["link"] == ""
    assert await whole(await body_of(source, found["file 4.txt"])) == b"content 4"


async def test_a_link_is_in_no_words_of_an_item(source: sharepoint.Source) -> None:
    found = await items(source, await library(source))
    assert "tempauth" in found["file 4.txt"].facts["link"]
    assert "tempauth" not in repr(found["file 4.txt"])
