"""Answers of shares that only a script gives: loops, odd entries, and what the service wants."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from aiohttp import web

from connectors import Broken, Reach, Withheld, azure_files
from connectors._sample_tenant import _handle
from tests.unit.connectors.scripted import Scripted, said, scripted
from tests.unit.connectors.services_world import Company, content, items, opened, partitions

LISTING = (
    "<EnumerationResults><Entries>{}</Entries><NextMarker>{}</NextMarker></EnumerationResults>"
)
SHARES = (
    "<EnumerationResults><Shares><Share><Name>s</Name><Properties/></Share></Shares>"
    "<NextMarker/></EnumerationResults>"
)


@asynccontextmanager
async def told(entries: str, marker: str = "") -> AsyncIterator[tuple[Any, Scripted]]:
    """A source of one share whose root is always answered so."""
    async with scripted() as script:
        script.say("/subscriptions", said({"value": []}))
        script.say("/acct/", lambda _: web.Response(text=SHARES))
        script.say("/acct/s", lambda _: web.Response(text=LISTING.format(entries, marker)))
        access = script.access()
        settings = azure_files.Settings(accounts=(f"{script.origin}/acct",))
        source = azure_files.Source(settings, access)
        try:
            yield source, script
        finally:
            await source.aclose()
            await access.aclose()


async def test_a_folder_that_comes_back_to_where_it_was() -> None:
    async with told("", "m") as (source, _):
        partition = (await partitions(source))["s"]
        with pytest.raises(Broken):
            async for _page in source.pages(partition, {}):
                pass


async def test_headers_that_the_service_wants_and_odd_entries() -> None:
    odd = (
        "<File><Name Encoded='true'>a%EF%BF%BE%2Db</Name><Properties><Content-Length>3"
        "</Content-Length></Properties></File><SymLink><Name>link</Name></SymLink>"
        "<Directory><Name>..</Name></Directory><File><Name>bare</Name><Properties/></File>"
    )
    async with told(odd) as (source, script):
        found = await items(source, "s")
        (request,) = script.asked("/acct/s")
        assert set(found) == {"a\ufffe-b", "link/", "../", "bare"}
        assert found["bare"].size is None
        assert found["a\ufffe-b"].version == "/3"
        for name, reason in (("link/", "not_offered"), ("../", "malformed")):
            with pytest.raises(Withheld) as caught:
                await content(source, found[name])
            assert caught.value.reason == reason
    assert request.headers["x-ms-file-request-intent"] == "backup"
    assert request.headers["x-ms-allow-trailing-dot"] == "true"
    assert request.headers["x-ms-version"] == "2024-11-04"
    assert request.query["include"] == "Timestamps,ETag"
    assert "If-Match" not in request.headers


async def test_a_service_that_does_not_know_snapshots_is_asked_without_them() -> None:
    def listing(request: web.BaseRequest) -> web.Response:
        return web.Response(text=SHARES, status=400 if "include" in request.query else 200)

    async with told("") as (source, script):
        script.say("/acct/", listing)
        assert set(await partitions(source)) == {"s"}


@pytest.mark.parametrize(
    ("said", "reach"),
    [("None", Reach.NAMED), ("StorageFileDataSmbShareReader", Reach.ORGANISATION)],
)
async def test_a_permission_that_everybody_has(said: str, reach: Reach) -> None:
    shared = {"directoryServiceOptions": "AADKERB", "defaultSharePermission": said}
    company = Company(storage_properties={"azureFilesIdentityBasedAuthentication": shared})
    with _handle.hosted(company) as tenant:
        async with opened(azure_files, tenant) as source:
            (grants,) = await source.grants(list((await items(source, "beta")).values()))
    assert max(grant.reach for grant in grants) == reach


async def test_a_size_that_is_not_up_to_date() -> None:
    entry = (
        "<File><Name>open</Name><Properties><Content-Length>{}</Content-Length></Properties></File>"
    )
    async with told(entry.format(0)) as (source, script):
        script.say("/acct/s/open", lambda _: web.Response(body=b"written meanwhile"))
        (item,) = (await items(source, "s")).values()
        assert await content(source, item) == b"written meanwhile"
        script.say("/acct/s/open", lambda _: web.Response(status=416))
        (body,) = [body async for body in source.read(item)]
        assert await body.head(100) == (b"", False)
