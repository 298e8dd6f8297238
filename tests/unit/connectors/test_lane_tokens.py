"""Where the token may go, and when it is made anew."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
from aiohttp import web

from connectors import Broken, Denied
from connectors._graph import Graph
from connectors._identity import USER_AGENT, Access
from connectors._lane import Ask
from connectors._sample_tenant._handle import Tenant
from tests.unit.connectors.graph_world import asked, opened, served
from tests.unit.connectors.scripted import again, said, scripted

tenant = pytest.fixture(scope="module")(served)
access = pytest.fixture(opened)

USERS = "/users?$select=id&$top=3"
CONTENT = "/drives/b!Hr-Drive_1/items/01FiLeBo/content"


@pytest.fixture
def graph(access: Access) -> Graph:
    return Graph.of(access)


async def read(graph: Graph) -> bytes:
    return b"".join([c async for c in graph.stream(Ask(CONTENT, "sharepoint"), 0, None)])


async def test_many_callers_one_sign_in(graph: Graph, tenant: Tenant) -> None:
    await asyncio.gather(*(graph.json(Ask(USERS, f"mail:{n}")) for n in range(50)))
    assert len(asked(tenant, "oauth2/v2.0/token")) == 1


async def test_a_token_that_is_refused_is_made_anew_once_for_all(
    graph: Graph, tenant: Tenant
) -> None:
    """azure-identity would hand out the refused token from its own cache."""
    await graph.json(Ask(USERS))
    tenant.faults([{"action": "unauthorized", "path": "/users", "times": 12}])
    pages = (graph.json(Ask(USERS, f"mail:{n}")) for n in range(12))
    assert all(page["value"] for page in await asyncio.gather(*pages))
    assert 2 <= len(asked(tenant, "oauth2/v2.0/token")) <= 3


async def test_a_challenge_after_a_refusal_is_answered_too() -> None:
    challenge = 'Bearer realm="", error="insufficient_claims", claims="eyJuYmYiOjF9"'
    async with scripted() as service:
        access = service.access()
        refusals = [said({}, 401), said({}, 401, {"www-authenticate": challenge})]
        service.say("/v1.0/me", *refusals, said({"ok": True}))
        assert (await Graph.of(access).json(Ask("/me")))["ok"]
        await access.aclose()
        sent = [r.headers["authorization"] for r in service.asked("/v1.0/me")]
        assert sent == ["Bearer token-1", "Bearer token-2", "Bearer token-3-claims"]


async def test_a_token_that_is_refused_for_ever_is_no_endless_business(
    graph: Graph, tenant: Tenant
) -> None:
    tenant.faults([{"action": "unauthorized", "path": "/users"}])
    with pytest.raises(Denied):
        await graph.json(Ask(USERS))
    assert len(asked(tenant, "/users")) == 3  # each name that sign-in knows it by, and once anew


async def test_graph_is_asked_for_by_another_name_when_the_first_is_not_taken(
    graph: Graph, tenant: Tenant
) -> None:
    """Behind a gateway Graph keeps its own name; elsewhere it may have its host's."""
    tenant.faults([{"action": "unauthorized", "path": "/users", "times": 1}])
    assert (await graph.json(Ask(USERS)))["value"]
    assert len(asked(tenant, "/users")) == 2


async def test_the_download_host_never_sees_the_token(graph: Graph, tenant: Tenant) -> None:
    assert len(await read(graph)) > 0
    (download,) = asked(tenant, "download.aspx", "download")
    assert not download.authorized
    assert download.agent == USER_AGENT


async def test_a_download_link_that_has_expired_is_made_anew_once(
    graph: Graph, tenant: Tenant
) -> None:
    tenant.faults([{"action": "expired", "host": "download", "times": 1}])
    assert len(await read(graph)) > 0
    tenant.faults([{"action": "expired", "host": "download"}])
    tenant.forget()
    with pytest.raises(Denied):
        await read(graph)
    assert len(asked(tenant, CONTENT)) == len(asked(tenant, "download.aspx", "download")) == 2


async def test_redirects_keep_the_token_at_home() -> None:
    """Graph's own redirects are signed; another port is another host; plain http is refused."""
    async with scripted() as service:
        access = service.access()
        graph = Graph.of(access)
        service.say("/v1.0/old", said({}, 308, {"location": f"{service.origin}/v1.0/new"}))
        service.say("/v1.0/new", said({}, 302, {"location": f"{service.away}/file?key=secret"}))
        service.say("/file", said({"value": 1}))
        assert (await graph.json(Ask("/old", headers={"prefer": "x"})))["value"] == 1
        tokens = ["authorization" in r.headers for r in service.seen[1:]]
        assert tokens == [True, True, False]
        assert "prefer" not in service.seen[-1].headers
        plain = service.away.replace("https", "http")
        service.say("/v1.0/plain", said({}, 302, {"location": f"{plain}/file?key=secret"}))
        with pytest.raises(Broken) as caught:
            await graph.json(Ask("/plain"))
        assert "key" not in str(caught.value)
        service.say("/v1.0/ring", again(lambda: said({}, 302, {"location": "/v1.0/ring"})))
        with pytest.raises(Broken):
            await graph.json(Ask("/ring"))
        assert len(service.asked("/v1.0/ring")) <= 6
        await access.aclose()


async def test_a_link_as_long_as_its_token_is_taken() -> None:
    async with scripted() as service:
        access = service.access()
        link = f"{service.away}/file?tempauth={'x' * 6000}"
        service.say("/v1.0/file", said({}, 302, {"location": link, "x-long": "y" * 20_000}))
        service.say("/file", said({"value": 1}))
        try:
            assert (await Graph.of(access).json(Ask("/file")))["value"] == 1
        finally:
            await access.aclose()


# ------------------------------------------------------------------- by which name it is asked for

NAMED = "https://graph.microsoft.com"


def entra(*known: str) -> Callable[[web.BaseRequest], Any]:
    """A sign-in that knows resources by these names only."""

    async def answer(request: web.BaseRequest) -> web.Response:
        name = str((await request.post())["scope"]).split()[0].removesuffix("/.default")
        if name in known:
            body = {"token_type": "Bearer", "expires_in": 3599, "access_token": f"for {name}"}
            return said(body)
        error = {"error": "invalid_resource", "error_description": "AADSTS500011: not found"}
        return said(error, 400)

    return answer


def only_for(name: str) -> Callable[[web.BaseRequest], web.Response]:
    """A Graph that takes tokens for one name."""

    def answer(request: web.BaseRequest) -> web.Response:
        fits = request.headers.get("authorization") == f"Bearer for {name}"
        return said({"value": []}) if fits else said({"error": {"code": "x"}}, 401)

    return answer


@pytest.mark.parametrize("named", [True, False])
async def test_a_graph_at_its_own_address_is_asked_for_by_the_name_that_sign_in_knows(
    named: bool,
) -> None:
    async with scripted() as service:
        access = service.access()
        name = NAMED if named else service.origin
        service.say("token", entra(name))
        service.say("/v1.0/users", only_for(name))
        await asyncio.gather(*(Graph.of(access).json(Ask("/users", f"m:{n}")) for n in range(9)))
        await access.aclose()
        assert len(service.asked("/v1.0/users")) == 9


async def test_a_graph_that_takes_another_name_than_the_first_gets_it() -> None:
    async with scripted() as service:
        access = service.access()
        service.say("token", entra(NAMED, service.origin))
        service.say("/v1.0/users", only_for(service.origin))
        graph = Graph.of(access)
        await asyncio.gather(*(graph.json(Ask("/users", f"m:{n}")) for n in range(5)))
        await access.aclose()


async def test_one_refusal_does_not_change_the_name() -> None:
    """Not even the very first answer: sign-in may know the Graph by one name only."""
    async with scripted() as service:
        access = service.access()
        service.say("token", entra(NAMED))
        refusal = said({"error": {"code": "InvalidAuthenticationToken"}}, 401)
        service.say("/v1.0/users", refusal, only_for(NAMED))
        assert (await Graph.of(access).json(Ask("/users")))["value"] == []
        service.say("/v1.0/users", only_for("nothing"))
        with pytest.raises(Denied):
            await Graph.of(access).json(Ask("/users"))
        await access.aclose()


async def test_a_graph_that_no_name_opens_is_denied_and_sign_in_is_left_alone() -> None:
    async with scripted() as service:
        access = service.access()
        service.say("token", entra(NAMED))
        service.say("/v1.0/users", only_for("nothing"))
        for _ in range(3):
            with pytest.raises(Denied):
                await Graph.of(access).json(Ask("/users"))
        await access.aclose()
        assert len(service.seen) < 30
