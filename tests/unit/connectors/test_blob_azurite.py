"""Snapshots, words beside blobs, kinds of blobs and access policies on Microsoft's emulator."""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import pytest
from azure.storage.blob import (
    AccessPolicy,
    BlobType,
    ContainerSasPermissions,
    generate_container_sas,
)
from azure.storage.blob.aio import BlobServiceClient, ContainerClient

from connectors import Grant, Item, Partition, Reach, Via, blob
from connectors._identity import Access, Tenant
from tests.unit.connectors.storage_world import parts

pytestmark = pytest.mark.azurite
VARIABLE = "TEST_CONNECTION_STRING"
Opened = tuple[blob.Source, ContainerClient, Partition]


@asynccontextmanager
async def opened(azurite: str, versions: str = "none") -> AsyncIterator[Opened]:
    """The source, a container of the test's own, and its partition."""
    name = f"t{secrets.token_hex(8)}"
    settings = blob.Settings(connection_string_env=VARIABLE, include=(name,), versions=versions)
    source = blob.Source(settings, Access(Tenant("here"), environ={VARIABLE: azurite}))
    async with BlobServiceClient.from_connection_string(azurite) as client:
        container = await client.create_container(name)
        try:
            (partition,) = [place async for place in source.partitions()]
            yield source, container, partition
        finally:
            await source.aclose()
            await client.delete_container(name)


async def listed(source: blob.Source, partition: Partition) -> dict[str, Item]:
    return {i.id: i async for page in source.pages(partition, {}) for i in page.items}


async def test_what_listings_are_asked_for(azurite: str) -> None:
    async with opened(azurite) as (_, _, partition):
        assert {"metadata", "tags", "deleted"} <= set(partition.facts["include"].split(","))
    async with opened(azurite, "all") as (_, _, partition):
        assert {"snapshots", "versions"} <= set(partition.facts["include"].split(","))


async def test_metadata_and_tags(azurite: str) -> None:
    async with opened(azurite) as (source, container, partition):
        words = {"department": "jinji", "memo": "%E7%B5%A6%E4%B8%8E"}
        await container.upload_blob("a.txt", b"x", metadata=words, tags={"k 1": "v+=/:"})
        await container.upload_blob("b.txt", b"y")
        found = await listed(source, partition)
        assert await parts(source, found["a.txt"]) == {
            "metadata": "department: jinji\nmemo: 給与\n".encode(),
            "tags": b"k 1: v+=/:\n",
            "": b"x",
        }
        assert await parts(source, found["b.txt"]) == {"": b"y"}
        await container.get_blob_client("a.txt").set_blob_tags({"k": "new"})
        again = await listed(source, partition)
        assert again["a.txt"].version != found["a.txt"].version
        assert again["b.txt"] == found["b.txt"]
        assert await parts(source, found["a.txt"])  # the same content still


async def test_append_and_page_blobs(azurite: str) -> None:
    async with opened(azurite) as (source, container, partition):
        log = container.get_blob_client("log")
        await log.create_append_blob()
        for line in (b"one\n", b"two\n"):
            await log.append_block(line)
        await container.upload_blob("disk", b"s" * 1024, blob_type=BlobType.PAGEBLOB)
        found = await listed(source, partition)
        assert await parts(source, found["log"]) == {"": b"one\ntwo\n"}
        assert await parts(source, found["disk"]) == {"": b"s" * 1024}


async def test_snapshots(azurite: str) -> None:
    async with opened(azurite, "all") as (source, container, partition):
        client = await container.upload_blob("日本/a b.txt", b"first", metadata={"n": "1"})
        taken = [await client.create_snapshot()]
        await client.upload_blob(b"second", overwrite=True)
        taken.append(await client.create_snapshot())
        await client.upload_blob(b"third", overwrite=True)
        found = await listed(source, partition)
        assert len(found) == 3
        states = [item for item in found.values() if item.facts.get("of")]
        assert [i.id.partition("?snapshot=")[2] for i in states] == [t["snapshot"] for t in taken]
        read = [await parts(source, item) for item in states]
        assert [[*one.values()][-1] for one in read] == [b"first", b"second"]
        assert [part for part in read[0] if part.endswith("› metadata")]
        assert await parts(source, found["日本/a b.txt"]) == {"": b"third"}
        assert {item.name for item in states} == {"a b.txt"}
        again = await source.lookup(partition, [states[0].id, "日本/a b.txt"])
        assert again == [states[0], found["日本/a b.txt"]]
    async with opened(azurite, "last") as (source, container, partition):
        client = await container.upload_blob("a", b"first")
        for data in (b"second", b"third"):
            await client.create_snapshot()
            await client.upload_blob(data, overwrite=True)
        found = await listed(source, partition)
        assert [[*(await parts(source, i)).values()] for i in found.values()] == [
            [b"second"], [b"third"],
        ]  # fmt: skip


async def test_access_policies_are_grants_that_end(azurite: str) -> None:
    async with opened(azurite) as (source, container, partition):
        until = datetime.now(UTC).replace(microsecond=0) + timedelta(days=9)
        read, write = (
            ContainerSasPermissions(read=True, list=True),
            ContainerSasPermissions(write=True),
        )
        policies = {
            "out": AccessPolicy(permission=read, expiry=until),
            "in": AccessPolicy(permission=write, expiry=until),
            "open": AccessPolicy(permission=read),
        }
        await container.set_container_access_policy(policies, public_access="blob")
        (grants,) = await source.grants([Item(partition, "a", "a", "")])
        assert isinstance(grants, list)
        links = [grant for grant in grants if grant.via is Via.LINK]
        assert links == [
            Grant(Reach.ANYONE, Via.LINK, "stored access policy out", None, until),
            Grant(Reach.ANYONE, Via.LINK, "stored access policy open", None, None),
        ]


async def test_a_shared_access_signature_for_one_container(azurite: str) -> None:
    """It may not list containers: the settings name the one it is for."""
    async with BlobServiceClient.from_connection_string(azurite) as client:
        name = f"t{secrets.token_hex(8)}"
        container = await client.create_container(name)
        await container.upload_blob("a.txt", b"x")
        sas = generate_container_sas(
            "tester", name, client.credential.account_key,
            permission="rl", expiry=datetime.now(UTC) + timedelta(hours=1),
        )  # fmt: skip
        endpoint = azurite.split("BlobEndpoint=")[1].rstrip(";")
        line = f"BlobEndpoint={endpoint};SharedAccessSignature={sas}"
        chosen = blob.Settings(connection_string_env=VARIABLE, include=(name,))
        source = blob.Source(chosen, Access(Tenant("here"), environ={VARIABLE: line}))
        try:
            found = {place.name: place async for place in source.partitions()}
            assert set(found) == {name}
            assert set(await listed(source, found[name])) == {"a.txt"}
        finally:
            await source.aclose()
            await client.delete_container(name)
