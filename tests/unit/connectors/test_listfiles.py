"""Files attached to rows of lists, by the REST interface of SharePoint."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import web

from connectors import Body, Broken, ConnectorError, Denied, Item, Partition, Withheld, sharepoint
from connectors._identity import Access
from tests.unit.connectors.graph_world import hurry, metered, whole
from tests.unit.connectors.scripted import Scripted, again, said, scripted

PLACE = "/sites/hr/_api/web/lists(guid'l-1')/items(3)/AttachmentFiles"
FOLDER = "/sites/hr/Lists/staff/Attachments/3"
FILES = [
    {
        "FileName": "it's 50%.csv",
        "ServerRelativeUrl": f"{FOLDER}/it's 50%25.csv",
        "ServerRelativePath": {"DecodedUrl": f"{FOLDER}/it's 50%.csv"},
    },
    {"FileName": "b.txt", "ServerRelativeUrl": f"{FOLDER}/b.txt"},
]


def path_of(name: str) -> str:
    return f"/sites/hr/_api/web/GetFileByServerRelativePath(decodedurl='{FOLDER}/{name}')/$value"


@pytest.fixture
async def service(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Scripted]:
    hurry(monkeypatch)
    async with scripted() as found:
        found.say(PLACE, again(lambda: said({"value": FILES})))
        found.say(path_of("it''s 50%.csv"), again(lambda: web.Response(body=b"a,b\r\n")))
        found.say(path_of("b.txt"), again(lambda: web.Response(body=b"text")))
        yield found


@pytest.fixture
async def access(service: Scripted) -> AsyncIterator[Access]:
    access = service.access()
    yield access
    await access.aclose()


def row(service: Scripted, **facts: Any) -> Item:
    there = {"kind": "list", "site": "s", "list": "l-1", "web": f"{service.away}/sites/hr"}
    place = Partition("sharepoint", "s/lists/l-1", "staff", "t", there | facts)
    return Item(place, "3", "item 3", "v", row={"a": "b"}, facts={"attachments": True})


async def read(access: Access, item: Item, **settings: Any) -> list[Body]:
    source = sharepoint.Source(sharepoint.Settings(**{"attachments": True} | settings), access)
    return [body async for body in source.read(item)]


async def test_each_file_of_a_row(service: Scripted, access: Access) -> None:
    meter = metered()
    bodies = await read(access, row(service))
    assert [(b.part, b.name, await whole(b)) for b in bodies] == [
        ("attachment 1", "it's 50%.csv", b"a,b\r\n"),
        ("attachment 2", "b.txt", b"text"),
    ]
    assert (meter.requests, meter.units) == (3, 6)
    asked = [r for r in service.seen if "_api" in r.path]
    assert {r.method for r in asked} == {"GET"}
    assert {r.headers["accept"] for r in asked} == {"application/json;odata=nometadata"}


async def test_its_token_is_not_that_of_graph(service: Scripted, access: Access) -> None:
    scopes = []

    async def token(request: Any) -> web.Response:
        scopes.append(str((await request.post())["scope"]))
        answer = {"token_type": "Bearer", "expires_in": 3599, "access_token": f"t{len(scopes)}"}
        return said(answer)

    service.say("token", token)
    await read(access, row(service))
    (scope,) = scopes
    assert scope == f"{service.away}/.default"


async def test_without_the_setting_or_the_files_nothing_is_asked(
    service: Scripted, access: Access
) -> None:
    with pytest.raises(Withheld) as caught:
        await read(access, row(service), attachments=False)
    assert caught.value.reason == "not_offered"
    bare = row(service)
    bare.facts["attachments"] = False  # type: ignore[index]
    assert await read(access, bare) == []
    assert service.seen == []


@pytest.mark.parametrize("status", [401, 403])
async def test_a_refused_token_names_the_permission(
    status: int, service: Scripted, access: Access
) -> None:
    """As a token got with a secret is: SharePoint wants a certificate."""
    service.say(PLACE, again(lambda: web.Response(status=status)))
    with pytest.raises(Denied) as caught:
        await read(access, row(service))
    assert caught.value.permission == "SharePoint Sites.Read.All"


@pytest.mark.parametrize(
    ("error", "kind"), [("AADSTS500011: no such resource", Denied), ("", Broken)]
)
async def test_a_host_that_cannot_be_had_costs_the_row_alone(
    error: str, kind: type[ConnectorError], service: Scripted, access: Access
) -> None:
    if error:
        refusal = {"error": "invalid_resource", "error_description": error}
        service.say("token", again(lambda: said(refusal, 400)))
    where = f"{service.away}/sites/hr" if error else "https://127.0.0.1:1/sites/hr"
    with pytest.raises(kind):
        await read(access, row(service, web=where))


@pytest.mark.parametrize("where", ["", "http://plain.example/sites/hr"])
async def test_a_site_without_an_address(where: str, service: Scripted, access: Access) -> None:
    with pytest.raises(Withheld):
        await read(access, row(service, web=where))
    assert service.seen == []
