"""Mail by delta: what changed, what moved, what the service says in part only."""

from __future__ import annotations

import pytest
from aiohttp import web

from connectors import Broken, Denied, Partition, mail
from connectors._identity import Access
from connectors._sample_tenant._handle import Tenant
from tests.unit.connectors.graph_world import (
    ALICE,
    BOB,
    ROOM,
    asked,
    opened,
    pages,
    partitions,
    served,
)
from tests.unit.connectors.scripted import said, scripted

tenant = pytest.fixture(scope="module")(served)
access = pytest.fixture(opened)


@pytest.fixture
def source(access: Access) -> mail.Source:
    return mail.Source(mail.Settings(), access)


async def box_of(source: mail.Source, address: str = ALICE) -> Partition:
    return {p.name: p for p in await partitions(source)}[address]


async def test_changes_since_the_last_round(source: mail.Source, tenant: Tenant) -> None:
    box = await box_of(source, BOB)
    cursors = {p.stream: p.cursor for p in await pages(source, box) if p.done}
    added = tenant.change("message", "add", mailbox=BOB, subject="new", body="x")
    tenant.change("message", "modify", mailbox=BOB, subject="mail 2", body="changed")
    gone = tenant.change("message", "delete", mailbox=BOB, subject="mail 4")
    moved = tenant.change(
        "message", "move", mailbox=BOB, subject="mail 5", folder="受信トレイ/取引先"
    )
    found = await pages(source, box, cursors)
    named = [(p.stream, i.id) for p in found for i in p.items]
    assert len(named) == 3
    assert ("F-bob-inbox", added) in named
    assert ("F-bob-child", moved) in named
    assert {i for p in found for i in p.gone} == {gone, moved}
    assert not any(page.restart for page in found)
    assert all(p.stream == "F-bob-inbox" for p in found if p.gone)


async def test_a_void_token_makes_a_folder_begin_anew(source: mail.Source, tenant: Tenant) -> None:
    box = await box_of(source, ROOM)
    first = await pages(source, box)
    cursors = {p.stream: p.cursor for p in first if p.done}
    tenant.expire()
    again = await pages(source, box, cursors)
    assert [p.stream for p in again if p.restart] == list(cursors)
    assert sum(len(p.items) for p in again) == sum(len(p.items) for p in first)


async def test_a_page_that_takes_too_long_is_asked_smaller(
    source: mail.Source, tenant: Tenant
) -> None:
    box = await box_of(source)
    tenant.forget()
    rule = {"action": "status", "status": 504, "path": "F-alice-inbox/messages/delta", "times": 6}
    tenant.faults([rule])
    found = [p for p in await pages(source, box) if p.stream == "F-alice-inbox"]
    assert sum(len(p.items) for p in found) == 28
    sizes = [r.prefer.partition(",")[0] for r in asked(tenant, "F-alice-inbox/messages/delta")]
    assert sizes[5:7] == ["odata.maxpagesize=100", "odata.maxpagesize=25"]
    tenant.faults([{**rule, "times": -1}])
    with pytest.raises(Broken):
        await pages(source, box)


async def test_a_change_that_names_only_what_changed_is_read_whole() -> None:
    """Outlook answers a changed read state with the id and little else: not an empty mail.

    A search folder is a view of others and is not listed.
    """
    async with scripted() as service:
        access = service.access()
        source = mail.Source(mail.Settings(), access)
        box = Partition("mail", "u", "a@here.example", "t")
        view = {
            "id": "S",
            "@odata.type": "#microsoft.graph.mailSearchFolder",
            "childFolderCount": 1,
        }
        folder = {"value": [{"id": "F", "childFolderCount": 0}, view]}
        partly = {"value": [{"id": "m", "isRead": True}, {"id": "late", "isRead": True}]}
        message = {"id": "m", "changeKey": "2", "subject": "s", "body": {"content": "text"}}
        base = "/v1.0/users/u/"
        listed = {"id": "0", "status": 200, "body": folder}
        absent = {"id": "1", "status": 404, "body": {"error": {"code": "ErrorItemNotFound"}}}
        service.say("/v1.0/$batch", said({"responses": [listed, absent]}))
        service.say(f"{base}mailFolders/recoverableitemsdeletions", said({}, 404))
        service.say(f"{base}mailFolders/F/messages/delta", said(partly))
        service.say(f"{base}messages/m", said(message))
        service.say(f"{base}messages/late", said({"error": {"code": "ErrorItemNotFound"}}, 404))
        (page,) = await pages(source, box)
        assert [(i.id, i.version, i.body is not None) for i in page.items] == [("m", "2", True)]
        await access.aclose()


async def test_a_mail_whose_body_is_not_given_is_denied_not_empty() -> None:
    async with scripted() as service:
        access = service.access()
        source = mail.Source(mail.Settings(), access)
        service.say("/v1.0/users/u/messages/m", said({"id": "m", "subject": "s"}))
        (item,) = await source.lookup(Partition("mail", "u", "a@here.example", "t"), ["m"])
        with pytest.raises(Denied) as caught:
            [body async for body in source.read(item)]
        assert caught.value.permission == "Mail.Read"
        await access.aclose()


async def test_of_a_body_that_is_null_the_message_itself_tells() -> None:
    """With ``Mail.ReadBasic.All`` it is kept back; null is neither an empty mail nor a refusal."""
    async with scripted() as service:
        access = service.access()
        source = mail.Source(mail.Settings(), access)
        whole = web.Response(body=b"Subject: s\r\n\r\ntext")
        refused = said({"error": {"code": "ErrorAccessDenied"}}, 403)
        service.say("/v1.0/users/u/messages/m", said({"id": "m", "subject": "s", "body": None}))
        service.say("/v1.0/users/u/messages/m/$value", whole, refused)
        (item,) = await source.lookup(Partition("mail", "u", "a@here.example", "t"), ["m"])
        (body,) = [body async for body in source.read(item)]
        assert b"".join([chunk async for chunk in body.chunks()]).endswith(b"text")
        with pytest.raises(Denied) as caught:
            [body async for body in source.read(item)]
        assert caught.value.permission == "Mail.Read"
        await access.aclose()
