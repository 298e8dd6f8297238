"""Recycle bins: names of what was deleted, where the settings allow Graph beta."""

from __future__ import annotations

import pytest

from connectors import Connector, Denied, Grant, Reach, Via, Withheld, onedrive, sharepoint
from connectors._identity import Access
from connectors._sample_tenant._handle import Tenant
from tests.unit.connectors.graph_world import (
    ALICE,
    BIN,
    START,
    asked,
    items,
    opened,
    pages,
    partitions,
    served,
    whole,
)

tenant = pytest.fixture(scope="module")(served)
access = pytest.fixture(opened)


@pytest.fixture
def source(access: Access) -> sharepoint.Source:
    return sharepoint.Source(sharepoint.Settings(allow_beta=True), access)


async def bins(source: Connector) -> list[str]:
    return [p.name for p in await partitions(source) if "ecycle" in p.id]


async def test_every_site_collection_has_one(source: sharepoint.Source, access: Access) -> None:
    assert await bins(source) == ["人事部 › recycle bin", "Twin › recycle bin"]
    personal = onedrive.Source(onedrive.Settings(allow_beta=True), access)
    assert await bins(personal) == ["Alice › recycle bin"]


@pytest.mark.parametrize("module", [sharepoint, onedrive], ids=["sharepoint", "onedrive"])
async def test_without_beta_they_are_one_line_and_no_request(
    module: object, access: Access, tenant: Tenant
) -> None:
    source = module.Source(module.Settings(), access)  # type: ignore[attr-defined]
    (place,) = [p for p in await partitions(source) if "ecycle" in p.id]
    with pytest.raises(Withheld) as caught:
        await pages(source, place)
    assert (place.name, caught.value.reason) == ("recycle bins", "excluded_by_settings")
    assert asked(tenant, "recycleBin") == []


async def test_names_are_read_and_contents_said_to_be_unread(
    source: sharepoint.Source, tenant: Tenant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("connectors._recyclebins._PAGE", 2)
    (place,) = [p for p in await partitions(source) if p.name == "人事部 › recycle bin"]
    found = await pages(source, place)
    assert [len(page.items) for page in found] == [2, 2, 1]
    assert [page.done for page in found] == [False, False, True]
    one = (await items(source, place))["old 3.xlsx"]
    assert (one.id, one.size, one.owner, one.modified) == (BIN[2].id, 30, ALICE, START)
    assert one.path == "Shared Documents/給与"
    told = source.read(one)
    body = await anext(told)
    assert (body.name, await whole(body)) == ("old 3.xlsx", b"")
    with pytest.raises(Withheld) as caught:
        await anext(told)
    assert caught.value.reason == "not_offered"
    assert all(r.method == "GET" for r in asked(tenant, "/beta/"))
    (grants,) = await source.grants([one])
    assert grants == [
        Grant(Reach.OWNER, Via.DIRECT, ALICE, 1),
        Grant(Reach.NAMED, Via.ROLE, "site administrators", None),
    ]


async def test_a_refused_bin_is_refused(source: sharepoint.Source, tenant: Tenant) -> None:
    (place,) = [p for p in await partitions(source) if p.name == "人事部 › recycle bin"]
    tenant.faults([{"action": "status", "status": 403, "path": "recycleBin"}])
    with pytest.raises(Denied) as caught:
        await pages(source, place)
    assert caught.value.permission == "Sites.Read.All"
