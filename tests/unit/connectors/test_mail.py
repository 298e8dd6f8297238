"""Mailboxes: folders, rounds, bodies, attachments, recipients."""

from __future__ import annotations

from typing import Any

import pytest

from connectors import Body, Broken, Denied, Gone, Grant, Item, Partition, Reach, Via, mail
from connectors._identity import Access
from connectors._sample_tenant._handle import Tenant, hosted
from tests.unit.connectors.graph_world import (
    ALICE,
    ATTACHED,
    BOB,
    GUEST,
    MIME,
    PICTURE,
    ROOM,
    Small,
    access_to,
    asked,
    hurry,
    items,
    opened,
    pages,
    partitions,
    served,
    whole,
)

tenant = pytest.fixture(scope="module")(served)
access = pytest.fixture(opened)

BOXES = [ALICE, BOB, ROOM, "carol@small.example", "dave@small.example"]


@pytest.fixture
def source(access: Access) -> mail.Source:
    return mail.Source(mail.Settings(), access)


async def box_of(source: mail.Source, address: str = ALICE) -> Partition:
    return {p.name: p for p in await partitions(source)}[address]


async def bodies(source: mail.Source, item: Item) -> list[Body]:
    return [body async for body in source.read(item)]


async def test_shared_and_room_mailboxes_too_and_guests_not(source: mail.Source) -> None:
    assert [p.name for p in await partitions(source)] == BOXES


@pytest.mark.parametrize(
    ("include", "exclude", "expected"),
    [
        (("*",), ("*@small.example",), []),
        (("ALICE@*", "room*"), (), [ALICE, ROOM]),
        (("*",), ("[c-d]*", "room@*"), [ALICE, BOB]),
        (("alice",), (), []),
    ],
)
async def test_globs_choose_mailboxes(
    access: Access, include: tuple[str, ...], exclude: tuple[str, ...], expected: list[str]
) -> None:
    source = mail.Source(mail.Settings(include, exclude), access)
    assert [p.name for p in await partitions(source)] == expected


async def test_every_folder_nested_and_hidden_ones_too(source: mail.Source, tenant: Tenant) -> None:
    found = await pages(source, await box_of(source))
    streams = list(dict.fromkeys(page.stream for page in found))
    own = {f"F-alice-{n}" for n in ("inbox", "child", "deep==", "hidden", "buried", *range(9))}
    assert set(streams) == own
    assert all(sum(p.done for p in found if p.stream == s) == 1 for s in streams)
    subjects = [item.name for page in found for item in page.items]
    assert len(subjects) == len(set(subjects)) == 32
    assert {"mail 32", "mail 40", "mail 41"} <= set(subjects)
    lists = [r.query for r in asked(tenant, "Folders?")]
    assert all("includeHiddenFolders=true" in query for query in lists)


async def test_every_request_asks_for_immutable_ids(source: mail.Source, tenant: Tenant) -> None:
    """Also later pages, single mails, MIME and attachments: the header counts for its request."""
    box = await box_of(source)
    found = await items(source, box)
    await bodies(source, found["attached"])
    tenant.faults([{"action": "status", "status": 500, "path": r"messages/[^/]*/\$value"}])
    await bodies(source, found["attached"])
    await source.lookup(box, [found["plain"].id])
    sent = asked(tenant, "/users/")
    assert len(sent) > 20
    assert all('IdType="ImmutableId"' in r.prefer for r in sent)
    assert all("odata.maxpagesize=100" in r.prefer for r in asked(tenant, "messages/delta"))
    assert all(item.id.startswith("AAkAalice") for item in found.values())


async def test_pages_of_a_folder_keep_their_size(source: mail.Source, monkeypatch: Any) -> None:
    monkeypatch.setattr("connectors._mailboxes.PAGE", 10)
    found = [p for p in await pages(source, await box_of(source)) if p.stream == "F-alice-inbox"]
    sizes = [len(p.items) for p in found]
    assert sum(sizes) == 28
    assert max(sizes) == 10


async def test_a_mail_with_its_facts(source: mail.Source) -> None:
    found = await items(source, await box_of(source))
    plain, html = found["plain"], found["mail 3"]
    assert (html.owner, html.version) == (ALICE, "CK3")
    assert html.modified is not None
    assert html.url.startswith("https://outlook")
    (body,) = await bodies(source, html)
    assert (body.media_type, body.data) == ("text/html; charset=utf-8", b"<p>text of <b>3</b></p>")
    (body,) = await bodies(source, plain)
    assert (body.media_type, body.data) == ("text/plain; charset=utf-8", b"only text")


async def test_a_mail_without_attachments_costs_no_further_request(
    source: mail.Source, tenant: Tenant
) -> None:
    found = await items(source, await box_of(source))
    tenant.forget()
    await bodies(source, found["mail 1"])
    assert tenant.requests() == []


@pytest.mark.parametrize("subject", ["attached", "inline"])
async def test_attachments_come_in_one_request_as_mime(
    source: mail.Source, tenant: Tenant, subject: str
) -> None:
    """Inline pictures too: they do not make hasAttachments true."""
    found = await items(source, await box_of(source))
    tenant.forget()
    (body,) = await bodies(source, found[subject])
    assert (body.media_type, await whole(body)) == ("message/rfc822", MIME)
    assert len(tenant.requests()) == 1


async def test_mime_can_be_read_again_and_by_ranges(source: mail.Source) -> None:
    found = await items(source, await box_of(source))
    (body,) = await bodies(source, found["attached"])
    assert await body.head(7) == (MIME[:7], True)
    assert await whole(body) == MIME
    parts = [b"".join([c async for c in body.chunks(o, n)]) for o, n in ((0, 5), (5, 9), (9, None))]
    assert parts == [MIME[:5], MIME[5:14], MIME[9:]]


async def test_without_mime_each_attachment_is_read_alone(
    source: mail.Source, tenant: Tenant
) -> None:
    found = await items(source, await box_of(source))
    tenant.faults([{"action": "status", "status": 500, "path": r"messages/[^/]*/\$value"}])
    got = [
        (b.part, b.name, b.media_type, await whole(b))
        for b in await bodies(source, found["attached"])
    ]
    assert got == [
        ("", "", "text/html; charset=utf-8", b"<p>text of <b>25</b></p>"),
        ("attachment 1", "list.csv", "text/csv", ATTACHED[0].data()),
        ("attachment 2", "logo.png", "image/png", PICTURE),
        ("attachment 3", "inner", "message/rfc822", MIME),
        ("attachment 4", "shared.xlsx", "text/plain", b""),
    ]  # the last is a link: its file is in its own drive
    assert asked(tenant, "att-reference") == []


async def test_a_failing_attachment_does_not_take_the_others_with_it(
    source: mail.Source, tenant: Tenant
) -> None:
    found = await items(source, await box_of(source))
    rules = [r"messages/[^/]*/\$value", "att-file-list"]
    tenant.faults([{"action": "status", "status": 500, "path": path} for path in rules])
    parts = {body.part: body for body in await bodies(source, found["attached"])}
    with pytest.raises(Broken):
        await whole(parts["attachment 1"])
    assert await whole(parts["attachment 2"]) == PICTURE


async def test_a_throttled_mail_is_not_asked_for_piece_by_piece(
    source: mail.Source, tenant: Tenant
) -> None:
    found = await items(source, await box_of(source))
    tenant.forget()
    tenant.faults([{"action": "throttle", "path": "messages", "retry_after": 9000}])
    with pytest.raises(Broken) as caught:
        await bodies(source, found["attached"])
    assert caught.value.reason == "throttled"
    assert len(tenant.requests()) == 1


@pytest.mark.parametrize(
    ("address", "reason", "permission"),
    [("carol", "not_licensed", ""), ("dave", "permission_denied", "Mail.Read")],
)
async def test_mailboxes_that_cannot_be_read_say_why(
    source: mail.Source, address: str, reason: str, permission: str
) -> None:
    with pytest.raises(Denied) as caught:
        await pages(source, await box_of(source, f"{address}@small.example"))
    assert (caught.value.reason, caught.value.permission) == (reason, permission)


async def test_recipients_reach_a_mail(source: mail.Source, tenant: Tenant) -> None:
    box = await box_of(source)
    known = (await items(source, box))["mail 3"]
    stub = Item(box, known.id, "", "")
    gone = Item(box, "AAkAnowhere", "", "")
    tenant.forget()
    answers = await source.grants([known, gone, stub])
    expected = [
        Grant(Reach.OWNER, Via.DIRECT, ALICE, 1),
        Grant(Reach.NAMED, Via.RECIPIENT, BOB, 1),
        Grant(Reach.GUEST, Via.RECIPIENT, GUEST, 1),
        Grant(Reach.EXTERNAL, Via.RECIPIENT, "stranger@else.example", 1),
    ]
    assert answers[0] == answers[2] == expected
    assert isinstance(answers[1], Gone)
    assert len(asked(tenant, "messages/")) == 2  # nothing for what the listing said


async def test_a_second_look_finds_what_is_there(source: mail.Source) -> None:
    box = await box_of(source)
    known = (await items(source, box))["attached"]
    found = await source.lookup(box, ["AAkAnowhere", known.id])
    assert [(i.id, i.version, i.name) for i in found] == [(known.id, known.version, "attached")]


async def test_without_the_permission_the_mailbox_is_denied(monkeypatch: Any) -> None:
    hurry(monkeypatch)
    with hosted(Small(), roles=["User.Read.All", "Mail.ReadBasic.All"]) as tenant:
        access = access_to(tenant)
        source = mail.Source(mail.Settings(), access)
        with pytest.raises(Denied) as caught:
            await pages(source, await box_of(source))
        assert caught.value.permission == "Mail.Read"
        await access.aclose()
