"""Conversations of groups: threads, posts, attachments, reach."""

from __future__ import annotations

import pytest

from connectors import ConnectorError, Denied, Partition, Reach
from connectors._conversations import Conversations
from connectors._identity import Access
from connectors._sample_tenant._handle import Tenant
from tests.unit.connectors.graph_world import opened, pages, whole
from tests.unit.connectors.talking_world import talking

tenant = pytest.fixture(scope="module")(talking)
access = pytest.fixture(opened)


@pytest.fixture
def source(access: Access) -> Conversations:
    return Conversations("mail", access)


async def places(source: Conversations) -> list[Partition]:
    return [one async for one in source.partitions(lambda address: address != "open@x")]


async def test_groups_with_a_mailbox_are_partitions(source: Conversations) -> None:
    assert [p.name for p in await places(source)] == ["hr@small.example", "open@small.example"]
    some = [p.name async for p in source.partitions(lambda address: address.startswith("hr"))]
    assert some == ["hr@small.example"]


async def test_a_thread_is_an_item_with_all_its_posts(source: Conversations) -> None:
    (hr, empty) = await places(source)
    (page,) = await pages(source, hr)  # type: ignore[arg-type]
    (item,) = page.items
    assert (page.done, page.cursor) == (True, "")
    assert (item.name, item.version) == ("topic", "2026-02-03T00:00:00Z")
    bodies = {b.part: await whole(b) async for b in source.read(item)}
    assert bodies == {
        "post 1": b"<p>first</p>",
        "post 2": b"<p>second</p>",
        "post 2 attachment 1": b"a,b",
        "post 2 attachment 2": b"",
    }
    assert [i.id for i in await source.lookup(hr, ["none", item.id])] == [item.id]
    (nothing,) = await pages(source, empty)  # type: ignore[arg-type]
    assert (list(nothing.items), nothing.done) == ([], True)


async def test_its_members_reach_it(source: Conversations, tenant: Tenant) -> None:
    hr, public = await places(source)
    (page,) = await pages(source, hr)  # type: ignore[arg-type]
    (grants,) = await source.grants(page.items)
    assert not isinstance(grants, ConnectorError)
    assert [(g.reach, g.people) for g in grants] == [(Reach.NAMED, 2)]
    stub = page.items[0].__class__(public, "t", "", "")
    (grants,) = await source.grants([stub])
    assert not isinstance(grants, ConnectorError)
    assert [(g.reach, g.people) for g in grants] == [
        (Reach.NAMED, 3),
        (Reach.GUEST, 1),
        (Reach.ORGANISATION, None),
    ]


async def test_who_may_not_see_the_groups(source: Conversations, tenant: Tenant) -> None:
    """One place stands for all of them, with the permission that is missing."""
    tenant.faults([{"action": "status", "status": 403, "path": r"/groups\?"}])
    (place,) = await places(source)
    assert isinstance(place.facts["error"], Denied)
    assert place.facts["error"].permission == "GroupMember.Read.All"


async def test_a_mailbox_that_is_refused(source: Conversations, tenant: Tenant) -> None:
    tenant.faults([{"action": "status", "status": 403, "path": "/threads"}])
    with pytest.raises(Denied) as caught:
        await pages(source, (await places(source))[0])  # type: ignore[arg-type]
    assert caught.value.permission == "Group-Conversation.Read.All"
