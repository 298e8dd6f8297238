"""Rows over the wire to Azure Monitor's endpoint, with its own client."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Iterator
from contextlib import aclosing, asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from connectors import Misconfigured
from connectors._identity import Access, Cloud, Tenant
from connectors._ingestion import MOST_BYTES, ROLE, Ingestion, size
from tests.unit.connectors.ingestion_world import CUT, RULE, STREAM, World, world

ROWS = [{"RecordId": f"r{'abcdefghij'[n]}", "AssetName": "台帳.xlsx"} for n in range(10)]


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with world(tmp_path_factory.mktemp("ingestion")) as made:
        yield made


@pytest.fixture
def here(shared: World) -> World:
    endpoint = shared.endpoint
    endpoint.answers, endpoint.calls, endpoint.most_rows = [], [], 0
    return shared


@asynccontextmanager
async def sink(here: World) -> AsyncIterator[Ingestion]:
    access = here.access()
    try:
        async with aclosing(Ingestion(access, here.endpoint.url, RULE, STREAM)) as made:
            yield made
    finally:
        await access.aclose()


async def sent(here: World, rows: list[Any]) -> None:
    async with sink(here) as made:
        await made.send(rows)


async def test_a_batch_is_one_compressed_post_with_a_token_for_azure_monitor(here: World) -> None:
    await sent(here, ROWS)
    (call,) = here.endpoint.calls
    assert call.method == "POST"
    assert call.path == f"/dataCollectionRules/{RULE}/streams/{STREAM}?api-version=2023-01-01"
    assert (call.audience, call.encoding) == ("https://monitor.azure.com", "gzip")
    assert call.rows == ROWS
    assert call.bytes == sum(map(size, ROWS))


async def test_a_batch_of_the_most_bytes_is_still_one_call(here: World) -> None:
    row = {"AssetName": "台" * 8_000}
    rows = [row] * ((MOST_BYTES - 2) // size(row))
    await sent(here, rows)
    (call,) = here.endpoint.calls
    assert 0.9 * MOST_BYTES < call.bytes <= MOST_BYTES


async def test_it_waits_as_long_as_it_is_asked_to(here: World) -> None:
    here.endpoint.answers = [(429, {"Retry-After": "2"})]
    started = time.monotonic()
    await sent(here, ROWS)
    assert time.monotonic() - started >= 2
    assert [call.status for call in here.endpoint.calls] == [429, 204]
    assert here.endpoint.taken() == ROWS


@pytest.mark.parametrize("fault", [503, 500, CUT])
async def test_a_passing_fault_is_tried_again(here: World, fault: int) -> None:
    here.endpoint.answers = [fault]
    await sent(here, ROWS)
    assert [call.status for call in here.endpoint.calls] == [fault, 204]
    assert here.endpoint.taken() == ROWS


async def test_what_is_too_large_goes_in_halves(here: World) -> None:
    here.endpoint.most_rows = 3
    await sent(here, ROWS)
    assert sorted(row["RecordId"] for row in here.endpoint.taken()) == [
        row["RecordId"] for row in ROWS
    ]
    assert max(len(call.rows) for call in here.endpoint.calls if call.status == 204) <= 3


@pytest.mark.parametrize(
    ("status", "code", "detail"),
    [
        (403, "sentinel_denied", ROLE),
        (401, "sentinel_denied", ROLE),
        (400, "sentinel_refused", "HTTP 400"),
        (404, "sentinel_refused", "HTTP 404"),
        (413, "sentinel_refused", "HTTP 413"),
    ],
)
async def test_a_refusal_becomes_a_message(
    here: World, status: int, code: str, detail: str
) -> None:
    here.endpoint.answers = [status] * 2
    with pytest.raises(Misconfigured) as caught:
        await sent(here, ROWS[:1])
    assert (caught.value.code, caught.value.detail) == (code, detail)
    assert here.endpoint.taken() == []


async def test_a_long_wait_is_left_to_the_next_command(here: World) -> None:
    here.endpoint.answers = [(429, {"Retry-After": "3600"})]
    with pytest.raises(Misconfigured) as caught:
        await sent(here, ROWS)
    assert (caught.value.code, caught.value.detail) == ("sentinel_failed", "HTTP 429")
    assert len(here.endpoint.calls) == 1


async def test_rows_follow_no_redirect(here: World) -> None:
    elsewhere = {"Location": f"{here.endpoint.url}/elsewhere"}
    here.endpoint.answers = [(307, elsewhere)]
    with pytest.raises(Misconfigured) as caught:
        await sent(here, ROWS)
    assert caught.value.code == "sentinel_refused"
    assert len(here.endpoint.calls) == 1


@pytest.mark.parametrize(
    ("cloud", "endpoint", "ours"),
    [
        ("public", "https://a.japaneast-1.ingest.monitor.azure.com", True),
        ("public", "https://a.japaneast-1.ingest.monitor.azure.us", False),
        ("public", "https://monitor.azure.com.example", False),
        ("public", "https://notmonitor.azure.com", False),
        ("usgov", "https://a.usgovvirginia-1.ingest.monitor.azure.us", True),
        ("china", "https://a.chinanorth3-1.ingest.monitor.azure.cn", True),
        ("public", "https://127.0.0.1:8443", True),
    ],
)
def test_the_token_goes_to_azure_monitor_of_the_cloud_only(
    cloud: str, endpoint: str, ours: bool
) -> None:
    access = Access(Tenant("t"), cloud=Cloud(cloud))
    if ours:
        Ingestion(access, endpoint, RULE, STREAM)
        return
    with pytest.raises(Misconfigured) as caught:
        Ingestion(access, endpoint, RULE, STREAM)
    assert caught.value.code == "sentinel_elsewhere"


async def test_an_endpoint_that_is_not_there_is_named(here: World, tmp_path: Path) -> None:
    access = here.access()
    try:
        gone = Ingestion(access, "https://127.0.0.1:9", RULE, STREAM, attempts=1)
        with pytest.raises(Misconfigured) as caught:
            await gone.send(ROWS)
        await gone.aclose()
    finally:
        await access.aclose()
    assert (caught.value.code, caught.value.host) == ("unreachable", "127.0.0.1:9")
