"""Requests to an environment that answers as a script says: names, links, odd definitions."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import web

from connectors import Broken, Denied, Misconfigured, dataverse
from connectors import _dataverse_rows as rows
from connectors._dataverse_lane import Ask, Environment
from connectors._dataverse_problems import APPLICATION_USER, Expired, NotInBlocks, problem
from connectors._model import Partition
from connectors._tables import columns_of, tables_of
from tests.unit.connectors.graph_world import hurry
from tests.unit.connectors.scripted import Scripted, again, said, scripted

API = "/api/data/v9.2"


@pytest.fixture
async def service(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Scripted]:
    hurry(monkeypatch)
    async with scripted() as found:
        yield found


@pytest.fixture
async def environment(service: Scripted) -> AsyncIterator[Environment]:
    access = service.access()
    found = Environment(access, service.origin)
    yield found
    await found.aclose()
    await access.aclose()


def refusal(status: int, code: str) -> web.Response:
    return said({"error": {"code": code, "message": "no"}}, status)


# -------------------------------------------------------------------------------------- names


async def test_what_every_request_carries(service: Scripted, environment: Environment) -> None:
    service.say(f"{API}/WhoAmI", again(lambda: said({"UserId": "u"})))
    assert await environment.json(Ask("/WhoAmI")) == {"UserId": "u"}
    headers = service.asked(f"{API}/WhoAmI")[0].headers
    wanted = {"accept": "application/json", "odata-maxversion": "4.0", "odata-version": "4.0",
              "if-none-match": "null", "authorization": "Bearer token-1"}  # fmt: skip
    assert {name: headers[name] for name in wanted} == wanted
    assert headers["user-agent"].startswith("NONISV|")
    form = await _scope(service)
    assert form == f"{service.origin}/.default"


async def _scope(service: Scripted) -> str:
    request = next(r for r in reversed(service.seen) if r.path.endswith("/token"))
    return str((await request.post())["scope"])


async def test_a_name_that_sign_in_does_not_know_is_given_up(
    service: Scripted, environment: Environment
) -> None:
    scopes: list[str] = []

    async def token(request: web.BaseRequest) -> web.Response:
        scopes.append(str((await request.post())["scope"]))
        if len(scopes) == 1:
            words = "AADSTS500011: unknown"
            return said({"error": "invalid_resource", "error_description": words}, 400)
        return said({"token_type": "Bearer", "expires_in": 3599, "access_token": "good"})

    service.say("token", token)
    service.say(f"{API}/WhoAmI", again(lambda: said({})))
    await environment.json(Ask("/WhoAmI"))
    assert scopes == [f"{service.origin}/.default", "https://127.0.0.1/.default"]


async def test_a_name_that_the_service_does_not_take_is_given_up(
    service: Scripted, environment: Environment
) -> None:
    refused = [web.Response(status=401), web.Response(status=401)]
    service.say(f"{API}/WhoAmI", *refused, again(lambda: said({})))
    await environment.json(Ask("/WhoAmI"))
    assert await _scope(service) == "https://127.0.0.1/.default"
    assert service.tokens == 3


async def test_tokens_that_are_all_refused_are_a_denial(
    service: Scripted, environment: Environment
) -> None:
    service.say(f"{API}/WhoAmI", again(lambda: web.Response(status=401)))
    with pytest.raises(Denied) as denied:
        await environment.json(Ask("/WhoAmI"))
    assert denied.value.permission == APPLICATION_USER


async def test_a_challenge_for_claims_is_answered(
    service: Scripted, environment: Environment
) -> None:
    claims = "eyJhY2Nlc3NfdG9rZW4iOnsibmJmIjp7fX19"
    challenge = {"www-authenticate": f'Bearer error="insufficient_claims", claims="{claims}"'}
    first = web.Response(status=401, headers=challenge)
    service.say(f"{API}/WhoAmI", first, again(lambda: said({})))
    await environment.json(Ask("/WhoAmI"))
    assert "claims" in service.asked(f"{API}/WhoAmI")[1].headers["authorization"]


# -------------------------------------------------------------------------------------- links


async def test_redirects_are_followed_here_and_nowhere_else(
    service: Scripted, environment: Environment
) -> None:
    service.say(f"{API}/a", again(lambda: _to(f"{API}/b")))
    service.say(f"{API}/b", again(lambda: said({"ok": 1})))
    assert await environment.json(Ask("/a")) == {"ok": 1}
    service.say(f"{API}/a", again(lambda: _to(f"{service.away}{API}/b")))
    with pytest.raises(Broken, match="another host"):
        await environment.json(Ask("/a"))
    service.say(f"{API}/a", again(lambda: _to(f"{API}/a")))
    with pytest.raises(Broken, match="redirected"):
        await environment.json(Ask("/a"))


def _to(where: str) -> web.Response:
    return web.Response(status=302, headers={"location": where})


async def test_links_are_sent_as_they_came(service: Scripted, environment: Environment) -> None:
    odd = f"{service.origin}{API}/ts?$skiptoken=%3Ccookie%20p=%222%22%20/%3E&x=%2f+"
    service.say(
        f"{API}/ts",
        said({"value": [1], "@odata.nextLink": odd}),
        again(lambda: said({"value": [2]})),
    )
    ask = Ask("/ts", headers={"prefer": "odata.maxpagesize=1"})
    assert [value async for value in environment.values(ask)] == [1, 2]
    second = service.asked(f"{API}/ts")[1]
    assert second.raw_path.endswith(odd.partition(API)[2])
    assert second.headers["prefer"] == "odata.maxpagesize=1"


@pytest.mark.parametrize("body", [b"[]", b"{", b'{"value": 1}', b""])
async def test_an_answer_that_is_no_collection(
    service: Scripted, environment: Environment, body: bytes
) -> None:
    service.say(f"{API}/ts", again(lambda: web.Response(body=body)))
    with pytest.raises(Broken):
        [value async for value in environment.values(Ask("/ts"))]


@pytest.mark.parametrize(
    ("status", "payload", "kind"),
    [
        (400, {"error": {"code": "0x80044352"}}, Expired),
        (410, None, Expired),
        (400, {"error": {"code": "0x80090017"}}, NotInBlocks),
        (500, {"error": {"code": "0x80040220"}}, Denied),
        (400, {"error": {"code": 5}}, Broken),
        (418, {"error": "text"}, Broken),
        (418, [], Broken),
    ],
)
def test_errors_are_decided_on_status_and_code(status: int, payload: Any, kind: type) -> None:
    assert type(problem(status, payload, "prvReadX")) is kind


# -------------------------------------------------------------------------------- definitions


def definition(name: str, **more: Any) -> dict[str, Any]:
    return {"LogicalName": name, "EntitySetName": f"{name}s", "PrimaryIdAttribute": "id"} | more


async def test_definitions_of_another_age_are_asked_for_in_full(
    service: Scripted, environment: Environment
) -> None:
    tables = {
        "value": [
            definition("b", SchemaName="B"),
            definition("a"),
            definition("no", EntitySetName=None),
            "x",
        ]
    }
    service.say(f"{API}/EntityDefinitions", refusal(400, "0x0"), again(lambda: said(tables)))
    found = await tables_of(environment)
    assert [(t.name, t.privilege) for t in found] == [("a", "prvReada"), ("b", "prvReadB")]
    columns = {"value": [{"LogicalName": "t", "AttributeType": "String"}]}
    for table in found:
        path = f"{API}/EntityDefinitions(LogicalName='{table.name}')/Attributes"
        service.say(path, again(lambda: said(columns)))
    service.script[f"{API}/EntityDefinitions(LogicalName='a')/Attributes"].insert(
        0, refusal(400, "0x0")
    )
    assert [dict((await columns_of(environment, t)).cells) for t in found] == [{"t": "t"}] * 2
    assert len(service.asked(f"{API}/EntityDefinitions(LogicalName='b')/Attributes")) == 1


async def test_columns_that_are_not_served_or_belong_to_another_are_left_out(
    service: Scripted, environment: Environment
) -> None:
    service.say(f"{API}/EntityDefinitions", again(lambda: said({"value": [definition("a")]})))
    (table,) = await tables_of(environment)

    def column(name: str, **more: Any) -> dict[str, Any]:
        return {"LogicalName": name, "AttributeType": "String"} | more

    label = {"LocalizedLabels": [{"Label": "名"}], "UserLocalizedLabel": None}
    values = [
        column("one", DisplayName=label),
        column("two", DisplayName=label, IsSecured=True),
        column("of", AttributeOf="one"),
        column("inside", IsValidODataAttribute=False),
        column("unread", IsValidForRead=False),
        column("versionnumber", AttributeType="BigInt"),
        column("count", AttributeType="Integer"),
        column("createdon", AttributeType="DateTime"),
        column("paper", AttributeType="Virtual", AttributeTypeName={"Value": "FileType"}),
        column("photo", AttributeType="Virtual", AttributeTypeName={"Value": "ImageType"}),
    ]
    path = f"{API}/EntityDefinitions(LogicalName='a')/Attributes"
    service.say(path, again(lambda: said({"value": values})))
    columns = await columns_of(environment, table)
    assert columns.cells == {"one": "名", "two": "名 (two)"}
    assert dict(columns.secured) == {"two": "名 (two)"}
    assert [(f.column, f.kind, f.told) for f in columns.files] == [
        ("paper", "file", "paper"),
        ("photo", "image", "photo"),
    ]
    assert columns.selected("id") == "id,one,two,paper,photo,createdon"
    values[0]["DisplayName"] = {"UserLocalizedLabel": {"Label": "other"}}
    assert (await columns_of(environment, table)).digest != columns.digest


async def test_a_column_that_is_defined_but_not_served(
    service: Scripted, environment: Environment
) -> None:
    """Then everything is asked for, and what is not among the columns is not looked at."""
    service.say(f"{API}/EntityDefinitions", again(lambda: said({"value": [definition("a")]})))
    (table,) = await tables_of(environment)
    path = f"{API}/EntityDefinitions(LogicalName='a')/Attributes"
    service.say(
        path, again(lambda: said({"value": [{"LogicalName": "t", "AttributeType": "Memo"}]}))
    )
    facts = {"table": table, "columns": await columns_of(environment, table)}
    place = Partition("dataverse", "a", "a", "t", facts)
    row = {"id": "A-1", "t": "text", "other": "x", "modifiedon": "2026-01-01T00:00:00Z"}
    service.say(f"{API}/as", refusal(400, "0x80060888"), again(lambda: said({"value": [row]})))
    pages = [page async for page in rows.pages(environment, place, "")]
    assert [(i.id, dict(i.row)) for page in pages for i in page.items] == [("a-1", {"t": "text"})]
    assert [r.query_string for r in service.asked(f"{API}/as")] == ["$select=id,t", ""]
    service.say(f"{API}/as", again(lambda: said({"value": [{"t": "no key"}]})))
    with pytest.raises(Broken, match="key"):
        [page async for page in rows.pages(environment, place, "")]


# ---------------------------------------------------------------------------------- discovery


async def test_a_person_may_ask_which_environments_there_are(service: Scripted) -> None:
    told = {"value": [{"Url": f"{service.origin}/", "State": 0}, {"Url": "x", "State": 1}, {}]}
    service.say("/api/discovery/v2.0/Instances", again(lambda: said(told)))
    service.say(f"{API}/EntityDefinitions", again(lambda: said({"value": []})))
    access = service.access()
    source = dataverse.Source(dataverse.Settings(discovery=service.origin), access)
    assert [p async for p in source.partitions()] == []
    assert len(service.asked(f"{API}/EntityDefinitions")) == 1
    service.say("/api/discovery/v2.0/Instances", again(lambda: said({"value": []})))
    with pytest.raises(Misconfigured) as wrong:
        [p async for p in source.partitions()]
    assert wrong.value.code == "no_environments"
    await source.aclose()
    await access.aclose()
