"""Queues of the sample tenant: peeking, counting, and what a message may be written in."""

from __future__ import annotations

import base64
from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest
from aiohttp import web

from connectors import Broken, Denied, Gone, Withheld, azure_queues
from connectors._model import METER, Meter
from connectors._peeks import decoded
from connectors._sample_tenant import _handle
from connectors._sample_tenant._model_storage import Queue, Storage
from connectors._sample_tenant._roles import DEFAULT_ROLES, QUEUE_READER
from tests.unit.connectors.scripted import said, scripted
from tests.unit.connectors.services_world import (
    MADE,
    PASSING,
    Company,
    content,
    items,
    message,
    opened,
    partitions,
)


@pytest.fixture
def served() -> Iterator[_handle.Tenant]:
    with _handle.hosted(Company()) as tenant:
        yield tenant


@pytest.fixture
async def source(served: _handle.Tenant) -> AsyncIterator[Any]:
    async with opened(azure_queues, served) as found:
        yield found


def packed(data: bytes) -> str:
    return base64.b64encode(data).decode()


async def test_messages_are_peeked_and_the_others_counted(
    served: _handle.Tenant, source: Any
) -> None:
    partition = (await partitions(source))["jobs"]
    served.forget()
    (page,) = [page async for page in source.pages(partition, {})]
    assert page.done
    *seen, rest = page.items
    assert len(seen) == 32
    assert (seen[5].id, seen[5].name) == ("message-5", "message message-5")
    assert seen[5].version.endswith("/5")
    assert seen[5].modified == seen[5].created == MADE
    assert await content(source, seen[5]) == b"some words"
    with pytest.raises(Withheld) as caught:
        await content(source, rest)
    assert caught.value.reason == "not_offered"
    assert caught.value.detail == "11 messages that a peek does not show"
    assert {(r.method, r.query) for r in served.requests()} == {
        ("GET", "numofmessages=32&peekonly=true"), ("GET", "comp=metadata"),
    }  # fmt: skip


async def test_an_empty_queue_is_one_empty_page(source: Any) -> None:
    assert await items(source, "idle") == {}
    partition = (await partitions(source))["jobs"]
    (found,) = await source.lookup(partition, ["message-3", "message-39"])
    assert found.id == "message-3"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain words", [("", b"plain words", "message.txt")]),
        ('{"a": 1}', [("", b'{"a": 1}', "message.json")]),
        (packed(b'[{"a": 1}]'), [("", b'[{"a": 1}]', "message.json")]),
        (packed(b"<a/>"), [("", b"<a/>", "message.xml")]),
        ("ping", [("", b"ping", "message.txt")]),
        ("", [("", b"", "message.txt")]),
    ],
)
async def test_what_a_message_holds(text: str, expected: list[tuple[str, bytes, str]]) -> None:
    assert await bodies_of(text) == expected


async def test_bytes_in_base64_are_read_beside_the_text() -> None:
    data = "長い文です。".encode("utf-16") * 4
    (plain, inner) = await bodies_of(packed(data))
    assert plain == ("", packed(data).encode(), "message.txt")
    assert inner == ("base64", data, "message")


async def test_a_message_that_its_client_encrypted() -> None:
    text = '{"EncryptedMessageContents": "AAAA", "EncryptionData": {"EncryptionMode": "FullBlob"}}'
    for written in (text, packed(text.encode())):
        with pytest.raises(Withheld) as caught:
            await bodies_of(written)
        assert caught.value.reason == "encrypted"


async def bodies_of(text: str) -> list[tuple[str, bytes, str]]:
    queue = Queue("q", (message(1, text),))
    with _handle.hosted(Company(storage=Storage(queues=(queue,)))) as tenant:
        async with opened(azure_queues, tenant) as source:
            (item,) = (await items(source, "q")).values()
            bodies = [body async for body in source.read(item)]
    return [(body.part, body.data or b"", body.name) for body in bodies]


def test_digits_are_no_base64() -> None:
    assert decoded("1" * 12) is None
    assert decoded("abc") is None
    assert decoded("ab c!") is None
    assert decoded("YWJj\nYWJj") == b"abcabc"


async def test_without_the_role_the_account_is_denied() -> None:
    roles = [role for role in DEFAULT_ROLES if role != QUEUE_READER]
    with _handle.hosted(Company(), roles=roles) as tenant:
        async with opened(azure_queues, tenant) as source:
            (partition,) = (await partitions(source)).values()
            with pytest.raises(Denied) as caught:
                await anext(source.pages(partition, {}))
    assert caught.value.permission == QUEUE_READER


@pytest.mark.parametrize(
    ("status", "code", "kind"),
    [(403, "AuthorizationFailure", Denied), (404, "QueueNotFound", Gone)],
)
async def test_one_queue_that_is_refused(
    served: _handle.Tenant, source: Any, status: int, code: str, kind: type[Exception]
) -> None:
    served.faults([{"action": "status", "status": status, "code": code, "path": "/jobs"}])
    found = await partitions(source)
    with pytest.raises(kind):
        await anext(source.pages(found["jobs"], {}))
    assert await items(source, "idle") == {}


@PASSING
async def test_a_passing_fault_costs_time_and_nothing_else(
    served: _handle.Tenant, source: Any, rule: dict[str, Any]
) -> None:
    await partitions(source)  # signs in
    served.faults([{**rule, "path": "/jobs/messages", "hits": [1]}])
    meter = Meter()
    token = METER.set(meter)
    assert len(await items(source, "jobs")) == 33
    METER.reset(token)
    assert (meter.throttled > 0) == (rule["action"] == "throttle")
    assert meter.bytes > 0


async def test_a_listing_that_comes_back_to_where_it_was() -> None:
    listing = b"<E><Queues><Queue><Name>q</Name></Queue></Queues><NextMarker>m</NextMarker></E>"
    async with scripted() as script:
        script.say("/subscriptions", said({"value": []}))
        script.say("/acct/", lambda _: web.Response(body=listing))
        access = script.access()
        settings = azure_queues.Settings(accounts=(f"{script.origin}/acct",))
        source = azure_queues.Source(settings, access)
        *_, last = [partition async for partition in source.partitions()]
        assert isinstance(last.facts["error"], Broken)
        await source.aclose()
        await access.aclose()
