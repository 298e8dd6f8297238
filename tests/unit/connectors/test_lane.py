"""One request to Graph: what is sent, what is tried again, and where the token may go."""

from __future__ import annotations

import asyncio
import gzip
import ssl
from typing import Any

import pytest
from aiohttp import web

from connectors import Broken, ConnectorError, Denied, Gone, Withheld
from connectors._graph import Graph
from connectors._identity import USER_AGENT, Access, origin
from connectors._lane import Ask, _documented
from connectors._sample_tenant._handle import Tenant
from tests.unit.connectors.graph_world import ALICE, asked, metered, opened, served
from tests.unit.connectors.scripted import scripted

tenant = pytest.fixture(scope="module")(served)
access = pytest.fixture(opened)

USERS = "/users?$select=id&$top=3"
CONTENT = "/drives/b!Hr-Drive_1/items/01FiLeBo/content"


@pytest.fixture
def graph(access: Access) -> Graph:
    return Graph.of(access)


async def read(graph: Graph, path: str = CONTENT, offset: int = 0) -> bytes:
    return b"".join([c async for c in graph.stream(Ask(path, "sharepoint"), offset, None)])


# ------------------------------------------------------------------------------- what is sent


async def test_requests_are_written_as_the_reference_writes_them(
    graph: Graph, tenant: Tenant
) -> None:
    sdk = await graph.sdk()
    await graph.json(Ask(sdk.sites.get_all_sites.to_get_request_information()))
    folder = sdk.users.by_user_id(ALICE).mail_folders.by_mail_folder_id("F-alice-inbox")
    await graph.json(Ask(folder.messages.delta.to_get_request_information(), "mail:x"))
    paths = [r.path for r in asked(tenant, "/v1.0/")]
    assert paths == [
        "/v1.0/sites/getAllSites",
        f"/v1.0/users/{ALICE}/mailFolders/F-alice-inbox/messages/delta".replace("@", "%40"),
    ]
    assert all("//" not in path and "(" not in path for path in paths)
    assert {r.agent for r in asked(tenant, "/v1.0/")} == {USER_AGENT}
    assert USER_AGENT.startswith("NONISV|")


def test_only_the_brackets_of_the_function_go() -> None:
    sent = _documented("https://g.example/v1.0/x/AA%28%29()y/delta()?%24select=id&a=b%24c()")
    assert sent == "https://g.example/v1.0/x/AA%28%29()y/delta?$select=id&a=b$c()"


async def test_packed_and_chunked_answers_are_understood() -> None:
    def packed(request: web.BaseRequest) -> web.Response:
        assert "gzip" in request.headers["accept-encoding"]
        body = gzip.compress(b'{"value": [{"id": "one"}]}')
        headers = {"content-encoding": "gzip", "content-type": "application/json"}
        return web.Response(body=body, headers=headers)

    async def chunked(request: web.BaseRequest) -> web.StreamResponse:
        response = web.StreamResponse()
        response.enable_chunked_encoding()
        await response.prepare(request)
        for piece in (b'{"value": [', b'{"id": "two"}', b"]}"):
            await response.write(piece)
        await response.write_eof()
        return response

    async with scripted() as service:
        access = service.access()
        service.say("/v1.0/packed", packed)
        service.say("/v1.0/chunked", chunked)
        graph = Graph.of(access)
        found = [await graph.json(Ask(path)) for path in ("/packed", "/chunked")]
        await access.aclose()
        assert [page["value"][0]["id"] for page in found] == ["one", "two"]
        assert {request.version for request in service.seen} == {(1, 1)}


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://Graph.Example/v1.0", "https://graph.example"),
        ("https://graph.example:443/x", "https://graph.example"),
        ("https://graph.example:8443/x", "https://graph.example:8443"),
        ("https://graph.example@evil.example/", ""),
        ("https://[::1]:8443/", "https://[::1]:8443"),
        ("https://graph.example:port/", ""),
        ("/relative", ""),
        ("", ""),
    ],
)
def test_where_a_token_belongs(url: str, expected: str) -> None:
    assert origin(url) == expected


# --------------------------------------------------------------------------- what is tried again

FAULTS: dict[str, dict[str, Any]] = {
    "500": {"action": "status", "status": 500},
    "502 in html": {"action": "html"},
    "503": {"action": "throttle", "status": 503, "retry_after": 0},
    "504": {"action": "status", "status": 504},
    "509": {"action": "throttle", "status": 509, "retry_after": 0},
    "408": {"action": "status", "status": 408},
    "reset": {"action": "reset"},
    "cut": {"action": "cut", "after": 5},
    "401": {"action": "unauthorized"},
    "claims": {"action": "claims"},
}


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
async def test_a_passing_fault_costs_a_try(
    graph: Graph, tenant: Tenant, fault: dict[str, Any]
) -> None:
    times = 3 if fault["action"] not in {"claims", "unauthorized"} else 1
    tenant.faults([{**fault, "path": "/users", "times": times}])
    meter = metered()
    assert len((await graph.json(Ask(USERS)))["value"]) == 3
    sent = len(asked(tenant, "/users"))
    assert sent == times + 1
    if fault["action"] != "reset":  # aiohttp replaces a kept connection that turns out dead itself
        assert meter.requests == sent


@pytest.mark.parametrize("status", [500, 502, 504])
async def test_a_fault_that_stays_is_tried_six_times(
    graph: Graph, tenant: Tenant, status: int
) -> None:
    tenant.faults([{"action": "status", "status": status, "path": "/users"}])
    with pytest.raises(Broken):
        await graph.json(Ask(USERS))
    assert len(asked(tenant, "/users")) == 6


@pytest.mark.parametrize(
    ("status", "code", "error", "reason", "permission"),
    [
        (400, "BadRequest", Broken, "service_error", ""),
        (400, "ErrorInvalidIdMalformed", Gone, "gone", ""),
        (402, "PaymentRequired", Denied, "not_licensed", ""),
        (403, "accessDenied", Denied, "permission_denied", "Some.Read"),
        (403, "malwareDetected", Withheld, "service_error", ""),
        (404, "itemNotFound", Gone, "gone", ""),
        (404, "MailboxNotEnabledForRESTAPI", Denied, "not_licensed", ""),
        (405, "ErrorInvalidRequest", Withheld, "unsupported_format", ""),
        (410, "resyncRequired", Gone, "gone", ""),
        (423, "notAllowed", Denied, "permission_denied", ""),
        (500, "ErrorMimeContentConversionFailed", Withheld, "unsupported_format", ""),
    ],
)
async def test_what_a_refusal_means(
    graph: Graph,
    tenant: Tenant,
    status: int,
    code: str,
    error: type[ConnectorError],
    reason: str,
    permission: str,
) -> None:
    """Asked once; no permission is named where granting one would not help."""
    tenant.faults([{"action": "status", "status": status, "code": code, "path": "/users"}])
    with pytest.raises(error) as caught:
        await graph.json(Ask(USERS, permission="Some.Read"))
    assert (caught.value.reason, caught.value.permission) == (reason, permission)
    assert str(status) in caught.value.detail
    assert len(asked(tenant, "/users")) == 1


@pytest.mark.parametrize("wait", [1, "date:2"])
async def test_nothing_is_asked_before_the_time_the_service_named(
    graph: Graph, tenant: Tenant, wait: int | str
) -> None:
    """Other scopes go on meanwhile; the wait is counted."""
    rule = {"action": "throttle", "path": "/users", "times": 1, "retry_after": wait}
    tenant.faults([rule])
    meter = metered()
    slow = asyncio.create_task(graph.json(Ask(USERS)))
    await asyncio.sleep(0.1)
    await graph.json(Ask("/sites/getAllSites", "sharepoint"))
    await slow
    first, second = asked(tenant, "/users")
    (other,) = asked(tenant, "/sites/getAllSites")
    assert other.at < second.at
    assert second.at - first.at >= (1 if wait == 1 else 0.9)  # a date knows no parts of a second
    assert 0.5 < meter.throttled < 3.5


async def test_a_throttle_without_a_time_is_waited_out(graph: Graph, tenant: Tenant) -> None:
    tenant.faults([{"action": "throttle", "path": "/users", "times": 3, "retry_after": "none"}])
    assert (await graph.json(Ask(USERS)))["value"]


async def test_a_time_that_is_too_long_ends_the_whole_scope_at_once(
    graph: Graph, tenant: Tenant
) -> None:
    tenant.faults([{"action": "throttle", "path": "/users", "retry_after": 86_400}])
    for _ in range(5):
        with pytest.raises(Broken) as caught:
            await graph.json(Ask(USERS))
        assert caught.value.reason == "throttled"
    assert len(asked(tenant, "/users")) == 1


async def test_a_storm_costs_those_under_way_and_one_a_pause(graph: Graph, tenant: Tenant) -> None:
    """Forty callers, four places, a refusal for a second: 4 + one each 0.25 s, and no more."""
    tenant.faults([{"action": "throttle", "path": "/users", "retry_after": 0.25}])
    work = [asyncio.create_task(graph.json(Ask(USERS, "mail:storm"))) for _ in range(40)]
    await asyncio.sleep(1.1)
    refused = len(asked(tenant, "/users"))
    tenant.faults([])
    assert all(page["value"] for page in await asyncio.gather(*work))
    assert refused <= 4 + 5
    assert len(asked(tenant, "/users")) - refused <= 40 + 2


async def test_no_error_quotes_a_query(graph: Graph, tenant: Tenant) -> None:
    rules = [{"action": "status", "status": s, "path": "/users", "hits": [1]} for s in (400, 403)]
    for rule in [*rules, {"action": "loop", "path": "/users"}]:
        tenant.faults([rule])
        with pytest.raises(ConnectorError) as caught:
            [page async for page in graph.pages(Ask(USERS))]
        assert "select" not in f"{caught.value} {caught.value.detail}"


def test_the_context_is_strict(access: Access) -> None:
    assert access.ssl_context.verify_mode is ssl.CERT_REQUIRED
    assert access.ssl_context.check_hostname
