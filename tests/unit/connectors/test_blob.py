"""The blob source against Azurite: Microsoft's wire, our reading."""

from __future__ import annotations

import io
import os
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

import pytest
from azure.storage.blob import ContentSettings, StandardBlobTier
from azure.storage.blob.aio import BlobServiceClient, ContainerClient

from connectors import (
    Broken,
    Denied,
    Gone,
    Item,
    Misconfigured,
    Partition,
    Reach,
    Via,
    Withheld,
    blob,
)
from connectors._identity import Access, Tenant
from connectors._model import METER, Meter

pytestmark = pytest.mark.azurite
VARIABLE = "TEST_CONNECTION_STRING"


@asynccontextmanager
async def opened(connection: str, **settings: Any) -> AsyncIterator[blob.Source]:
    chosen = blob.Settings(connection_string_env=VARIABLE, **settings)
    source = blob.Source(chosen, Access(Tenant("here"), environ={VARIABLE: connection}))
    try:
        yield source
    finally:
        await source.aclose()


@pytest.fixture
async def source(azurite: str) -> AsyncIterator[blob.Source]:
    async with opened(azurite) as found:
        yield found


@pytest.fixture
async def container(azurite: str, request: pytest.FixtureRequest) -> AsyncIterator[ContainerClient]:
    """An empty container of this test's own."""
    name = f"t{abs(hash(request.node.nodeid)):x}"
    sizes = {"max_single_put_size": 1 << 19, "max_block_size": 1 << 19}
    async with BlobServiceClient.from_connection_string(azurite, **sizes) as client:
        made = await client.create_container(name)
        yield made
        await client.delete_container(name)


async def partition_of(source: blob.Source, name: str) -> Partition:
    return next(p for p in [p async for p in source.partitions()] if p.facts.get("name") == name)


async def listed(source: blob.Source, container: ContainerClient) -> dict[str, Item]:
    partition = await partition_of(source, container.container_name)
    return {i.id: i async for page in source.pages(partition, {}) for i in page.items}


async def content(source: blob.Source, item: Item) -> bytes:
    pieces = [chunk async for body in source.read(item) async for chunk in body.chunks()]
    return b"".join(pieces)


@pytest.fixture
def small_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blob, "PAGE", 3)


async def test_a_blob_with_all_its_facts(source: blob.Source, container: ContainerClient) -> None:
    kind = ContentSettings(content_type="text/csv; charset=shift_jis")
    await container.upload_blob("人事/2026/給与 #1?%41.csv", b"a,b\n", content_settings=kind)
    (item,) = (await listed(source, container)).values()
    now = datetime.now(UTC)
    assert (item.name, item.path) == ("給与 #1?%41.csv", "人事/2026")
    assert (item.size, item.media_type) == (4, "text/csv; charset=shift_jis")
    assert item.digest.startswith("md5:")
    assert item.digest.endswith("==:4")
    assert item.version.startswith("0x")
    assert item.modified is not None
    assert item.created is not None
    assert abs((now - item.modified).total_seconds()) < 60
    assert item.url.startswith(container.url)
    assert item.url.endswith("%20%231%3F%2541.csv")
    assert await content(source, item) == b"a,b\n"
    (found,) = await source.lookup(item.partition, [item.id, "not there"])
    assert found == item


async def test_odd_names_survive(source: blob.Source, container: ContainerClient) -> None:
    names = [
        "plain", "a/b/c", "trailing/slash/", "日本語 & <語>\"'.txt", "🗂️.txt", "100%",
        "a+b=c;d,e@f:g$h!", "x" * 1000, "tab\tname", "~tilde~", "(b)[x]{y}", " lead and trail ",
    ]  # fmt: skip
    for name in names:
        await container.upload_blob(name, name.encode())
    found = await listed(source, container)
    assert len(set(found) & set(names)) == len(names)
    for name, item in found.items():
        assert await content(source, item) == name.encode()
        assert item.name
        assert f"{item.path}/{item.name}".strip("/") == name.strip("/")


@pytest.mark.usefixtures("small_pages")
async def test_pages_go_on_from_their_cursor(
    source: blob.Source, container: ContainerClient
) -> None:
    for number in range(8):
        await container.upload_blob(f"b{number}", b"x")
    partition = await partition_of(source, container.container_name)
    pages = [page async for page in source.pages(partition, {})]
    assert [len(page.items) for page in pages] == [3, 3, 2]
    assert [page.done for page in pages] == [False, False, True]
    assert pages[-1].cursor == ""
    rest = [page async for page in source.pages(partition, {"": pages[0].cursor})]
    assert [[item.id for item in page.items] for page in rest] == [["b3", "b4", "b5"], ["b6", "b7"]]
    assert not any(page.restart for page in (*pages, *rest))


@pytest.mark.usefixtures("small_pages")
async def test_a_marker_that_holds_a_number_is_not_kept(
    source: blob.Source, container: ContainerClient
) -> None:
    for number in range(8):
        await container.upload_blob(f"1234-5678-901{number}.pdf", b"x")
    partition = await partition_of(source, container.container_name)
    pages = [page async for page in source.pages(partition, {})]
    assert [len(page.items) for page in pages] == [3, 3, 2]
    assert {page.cursor for page in pages} == {""}


async def test_an_empty_container_is_one_empty_page(
    source: blob.Source, container: ContainerClient
) -> None:
    partition = await partition_of(source, container.container_name)
    pages = [page async for page in source.pages(partition, {})]
    assert [(len(page.items), page.done) for page in pages] == [(0, True)]


async def test_a_large_blob_in_pieces_and_ranges(
    source: blob.Source, container: ContainerClient
) -> None:
    data = os.urandom(9 << 20)
    await container.upload_blob("large", io.BytesIO(data))
    await container.upload_blob("empty", b"")
    found = await listed(source, container)
    meter = Meter()
    token = METER.set(meter)
    try:
        assert await content(source, found["large"]) == data
        assert (meter.requests, meter.bytes) == (1, len(data))
        assert await content(source, found["empty"]) == b""
        assert meter.requests == 1
    finally:
        METER.reset(token)
    (body,) = [body async for body in source.read(found["large"])]
    assert max([len(chunk) async for chunk in body.chunks()]) <= 4 << 20
    assert await body.head(1000) == (data[:1000], True)
    for offset, length in ((0, 10), (5_000_000, 3_000_000), (len(data) - 5, None), (1, 0)):
        got = b"".join([chunk async for chunk in body.chunks(offset, length)])
        assert got == data[offset : None if length is None else offset + length]
    assert [chunk async for chunk in body.chunks(len(data) + 10, 10)] == []


async def test_a_blob_that_changed_since_it_was_listed(
    source: blob.Source, container: ContainerClient
) -> None:
    await container.upload_blob("changed", b"old")
    found = await listed(source, container)
    await container.upload_blob("changed", b"new", overwrite=True)
    with pytest.raises(Broken) as caught:
        await content(source, found["changed"])
    assert caught.value.reason == "changed_while_read"


async def test_an_archived_blob_is_withheld_without_a_request(
    source: blob.Source, container: ContainerClient
) -> None:
    made = await container.upload_blob("cold", b"x")
    await made.set_standard_blob_tier(StandardBlobTier.ARCHIVE)
    item = (await listed(source, container))["cold"]
    meter = Meter()
    token = METER.set(meter)
    with pytest.raises(Withheld) as caught:
        await content(source, item)
    METER.reset(token)
    assert caught.value.reason == "archived_tier"
    assert meter.requests == 0


@pytest.mark.parametrize("access", ["", "blob", "container"])
async def test_public_access_is_a_grant_to_anyone(
    azurite: str, source: blob.Source, access: str
) -> None:
    name = f"public-{access or 'none'}"
    async with BlobServiceClient.from_connection_string(azurite) as client:
        await client.create_container(name, public_access=access or None)
        partition = await partition_of(source, name)
        (grants,) = await source.grants([Item(partition, "a", "a", "")])
        await client.delete_container(name)
    assert isinstance(grants, list)
    reach = {(grant.reach, grant.via) for grant in grants}
    assert (Reach.NAMED, Via.ROLE) in reach
    assert ((Reach.ANYONE, Via.CONTAINER) in reach) == bool(access)
    assert all(grant.people is None for grant in grants)
    assert partition.facts["access"] == access


async def test_globs_choose_containers(azurite: str, container: ContainerClient) -> None:
    name = container.container_name

    async def names(**settings: tuple[str, ...]) -> set[str]:
        async with opened(azurite, **settings) as source:
            return {partition.name async for partition in source.partitions()}

    assert await names(include=(name,)) == {name}
    assert await names(include=(f"TESTER/{name[:-2]}*",)) == {name}
    assert name not in await names(exclude=(name,))


async def test_a_container_that_is_gone(azurite: str, source: blob.Source) -> None:
    async with BlobServiceClient.from_connection_string(azurite) as client:
        await client.create_container("gone-soon")
        partition = await partition_of(source, "gone-soon")
        await client.delete_container("gone-soon")
    with pytest.raises(Gone):
        await anext(source.pages(partition, {}))


async def told(connection: str) -> Misconfigured:
    async with opened(connection) as source:
        with pytest.raises(Misconfigured) as caught:
            [partition async for partition in source.partitions()]
    return caught.value


async def test_wrong_settings_are_told_before_work() -> None:
    secret = "QUFBQUFB" * 4
    broken = f"AccountName=tester;AccountKey={secret};BlobEndpoint"
    for connection, code in (("", "missing_environment"), (broken, "bad_setting")):
        error = await told(connection)
        assert error.code == code
        assert secret not in f"{error!r} {error.detail}"


async def test_a_wrong_key_is_not_empty(azurite: str) -> None:
    before, _, after = azurite.partition("AccountKey=")
    wrong = f"{before}AccountKey={'A' * 43}={after[after.index(';') :]}"
    async with opened(wrong) as source:
        (partition,) = [partition async for partition in source.partitions()]
        with pytest.raises(Denied):  # Azurite's answer; Azure's own is AuthenticationFailed:
            await anext(source.pages(partition, {}))
        account = await source._account("")
        error = account._refused(403, {"x-ms-error-code": "AuthenticationFailed"}, b"")
    assert isinstance(error, Misconfigured)
    assert error.code == "wrong_secret"


async def test_nobody_listens(azurite: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("connectors._storage._PATIENCE", 1.0)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    head, _, tail = azurite.partition("http://127.0.0.1:")
    error = await told(f"{head}http://127.0.0.1:{port}/{tail.partition('/')[2]}")
    assert error.code == "unreachable"
    assert error.host == f"127.0.0.1:{port}"


async def test_a_listing_asks_little(source: blob.Source, container: ContainerClient) -> None:
    for number in range(300):
        await container.upload_blob(f"{number:05}.txt", b"x")
    partition = await partition_of(source, container.container_name)
    meter = Meter()
    token = METER.set(meter)
    pages = [page async for page in source.pages(partition, {})]
    METER.reset(token)
    assert len(pages[0].items) == 300
    assert meter.requests == 1
