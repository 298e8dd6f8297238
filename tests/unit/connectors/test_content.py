"""Content as a stream: ranges, cuts, resumption; byte for byte."""

from __future__ import annotations

import gzip
import os
from collections.abc import Callable
from typing import Any

import pytest
from aiohttp import web

from connectors import Broken
from connectors._graph import Graph
from connectors._identity import Access
from connectors._lane import Ask
from connectors._sample_tenant._handle import Tenant
from tests.unit.connectors.graph_world import (
    LARGE,
    access_to,
    asked,
    hurry,
    metered,
    opened,
    served,
)
from tests.unit.connectors.scripted import Scripted, again, said, scripted

tenant = pytest.fixture(scope="module")(served)
access = pytest.fixture(opened)

CONTENT = "/drives/b!Hr-Drive_1/items/01FiLeBo/content"
DATA = os.urandom(3_000_000)


@pytest.fixture
def graph(access: Access) -> Graph:
    return Graph.of(access)


async def read(
    graph: Graph, offset: int = 0, length: int | None = None, path: str = CONTENT
) -> bytes:
    pieces = [c async for c in graph.stream(Ask(path, "sharepoint"), offset, length)]
    assert all(pieces)
    return b"".join(pieces)


async def test_the_whole_file_in_pieces(graph: Graph) -> None:
    meter = metered()
    assert (await read(graph)) == LARGE
    assert (meter.requests, meter.bytes) == (2, len(LARGE))  # Graph, and the download host


@pytest.mark.parametrize(
    ("offset", "length"),
    [(0, 10), (0, 1), (1_500_000, 1_048_577), (len(LARGE) - 5, None), (len(LARGE) - 5, 100),
     (len(LARGE), None), (len(LARGE) + 9, 5), (7, 0)],
)  # fmt: skip
async def test_ranges(graph: Graph, tenant: Tenant, offset: int, length: int | None) -> None:
    expected = LARGE[offset : None if length is None else offset + length]
    assert (await read(graph, offset, length)) == expected
    if length == 0:
        assert asked(tenant, CONTENT) == []


@pytest.mark.parametrize("after", [0, 1, 100_000, 1_048_576, 2_500_000])
async def test_a_cut_is_resumed_where_it_broke_off(
    graph: Graph, tenant: Tenant, after: int
) -> None:
    tenant.faults([{"action": "cut", "host": "download", "times": 1, "after": after}])
    assert (await read(graph)) == LARGE
    first, second = asked(tenant, "download.aspx", "download")
    assert first.range == ""
    assert second.bytes + int(second.range.strip("bytes=-") or 0) == len(LARGE)


async def test_many_cuts(graph: Graph, tenant: Tenant) -> None:
    tenant.faults([{"action": "cut", "host": "download", "times": 5, "after": 700_000}])
    assert (await read(graph)) == LARGE


async def test_a_line_that_always_breaks_is_given_up(graph: Graph, tenant: Tenant) -> None:
    tenant.faults([{"action": "cut", "host": "download", "after": 10}])
    with pytest.raises(Broken):
        await read(graph)
    assert len(asked(tenant, "download.aspx", "download")) == 6


async def test_a_link_that_expires_under_way_is_made_anew(graph: Graph, tenant: Tenant) -> None:
    cut = {"action": "cut", "host": "download", "hits": [1], "after": 2_000_000}
    tenant.faults([cut, {"action": "expired", "host": "download", "hits": [1]}])
    assert (await read(graph)) == LARGE


async def test_the_download_host_may_ask_to_wait(graph: Graph, tenant: Tenant) -> None:
    tenant.faults([{"action": "throttle", "host": "download", "times": 1, "retry_after": 1}])
    assert (await read(graph)) == LARGE


async def test_another_version_after_a_cut_is_no_continuation(graph: Graph, tenant: Tenant) -> None:
    tenant.faults([{"action": "cut", "host": "download", "times": 1, "after": 2_000_000}])
    stream = graph.stream(Ask(CONTENT, "sharepoint"), 0, None)
    await anext(stream)
    tenant.change("file", "modify", drive="人事部/ドキュメント", path="large.bin", data=LARGE[::-1])
    with pytest.raises(Broken) as caught:
        [chunk async for chunk in stream]
    assert caught.value.reason == "changed_while_read"
    tenant.change("file", "modify", drive="人事部/ドキュメント", path="large.bin", data=LARGE)


async def test_parts_of_one_content_are_of_one_version(graph: Graph, tenant: Tenant) -> None:
    reader = graph.reader(Ask(CONTENT, "sharepoint"))
    assert b"".join([c async for c in reader(100, 50)]) == LARGE[100:150]
    assert b"".join([c async for c in reader(2_000_000, None)]) == LARGE[2_000_000:]
    tenant.change("file", "modify", drive="人事部/ドキュメント", path="large.bin", data=LARGE[::-1])
    with pytest.raises(Broken) as caught:
        [c async for c in reader(100, 50)]
    assert caught.value.reason == "changed_while_read"
    tenant.change("file", "modify", drive="人事部/ドキュメント", path="large.bin", data=LARGE)


async def test_nobody_is_held_up_by_a_stream_that_is_left(tenant: Tenant, monkeypatch) -> None:
    """More streams begun and left than there are places."""
    hurry(monkeypatch)
    access = access_to(tenant)
    graph = Graph.of(access)
    for _ in range(20):
        stream = graph.stream(Ask(CONTENT, "mail:box"), 0, None)
        await anext(stream)
        await stream.aclose()
    assert (await read(graph)) == LARGE
    await access.aclose()


# --------------------------------------------------------------- what only other services do


def broken_off(data: bytes, after: int, **headers: str) -> Callable[[web.BaseRequest], Any]:
    """The first ``after`` bytes, then nothing."""

    async def answer(request: web.BaseRequest) -> web.StreamResponse:
        response = web.StreamResponse(headers=headers)
        response.content_length = len(data)
        await response.prepare(request)
        await response.write(data[:after])
        assert request.transport is not None
        request.transport.abort()
        return response

    return answer


async def told(service: Scripted, *answers: Any) -> bytes:
    service.say("/v1.0/file", *answers)
    access = service.access()
    try:
        return await read(Graph.of(access), path="/file")
    finally:
        await access.aclose()


async def test_a_service_that_ignores_ranges(monkeypatch: pytest.MonkeyPatch) -> None:
    """A 200 with everything after a cut is skipped forward, with a tag and without."""
    hurry(monkeypatch)
    async with scripted() as service:
        for headers in ({}, {"etag": '"one"'}, {"etag": 'W/"one"'}):
            everything = again(lambda headers=headers: web.Response(body=DATA, headers=headers))
            cut = broken_off(DATA, 2_000_000, **headers)
            assert (await told(service, cut, cut, everything)) == DATA
        assert all(r.headers["accept-encoding"] == "identity" for r in service.asked("/v1.0/file"))


async def test_a_weak_tag_tells_a_change_too(monkeypatch: pytest.MonkeyPatch) -> None:
    hurry(monkeypatch)
    async with scripted() as service:
        other = again(lambda: web.Response(body=DATA, headers={"etag": 'W/"two"'}))
        with pytest.raises(Broken) as caught:
            await told(service, broken_off(DATA, 2_000_000, etag='W/"one"'), other)
        assert caught.value.reason == "changed_while_read"
        assert "if-range" not in service.asked("/v1.0/file")[-1].headers


async def test_packed_bytes_are_not_counted_as_plain_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    """Packed although not asked for: after a cut everything is asked again, not a range."""
    hurry(monkeypatch)
    async with scripted() as service:
        packed, headers = gzip.compress(DATA), {"content-encoding": "gzip"}
        cut = broken_off(packed, len(packed) - 100, **headers)
        rest = again(lambda: web.Response(body=packed, headers=headers))
        assert (await told(service, cut, rest)) == DATA
        assert "range" not in service.asked("/v1.0/file")[-1].headers


async def test_an_answer_from_elsewhere_is_not_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    """A part that begins behind the range would leave a hole; one before it is cut."""
    hurry(monkeypatch)

    def part(begin: int) -> Any:
        last = len(DATA) - 1
        headers = {"content-range": f"bytes {begin}-{last}/{len(DATA)}"}
        return again(lambda: web.Response(status=206, body=DATA[begin:], headers=headers))

    async with scripted() as service:
        cut = broken_off(DATA, 2_000_000)
        assert (await told(service, cut, part(10))) == DATA
        with pytest.raises(Broken):
            await told(service, cut, part(len(DATA) - 1))


async def test_a_fault_in_the_words_of_a_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    hurry(monkeypatch)
    async with scripted() as service:
        proxy = web.Response(status=502, body=b"<html>bad</html>")
        assert (await told(service, proxy, said({"a": 1}))) == b'{"a": 1}'
