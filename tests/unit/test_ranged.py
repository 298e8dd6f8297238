"""Long bodies between the event loop that fetches and the thread or process that reads."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from auditor import ranged
from auditor.executor import Local
from auditor.formats import _long
from auditor.model import Limits, LostError, Reason, State
from auditor.ranged import Ranged, Remote
from auditor.worker import Workers
from connectors import Body, Broken, Item, Partition, Withheld
from connectors._model import METER, Meter, meter
from tests.unit.test_long import KEY, numbers, table

DATA = bytes(range(256)) * 4096


def body(data: bytes = DATA, fault: int | None = None, calls: list[int] | None = None) -> Body:
    async def reader(offset: int, length: int | None) -> AsyncIterator[bytes]:
        if calls is not None:
            calls.append(offset)
        if fault is not None and offset >= fault:
            raise Broken("HTTP 412", reason="changed_while_read")
        meter().requests += 1
        end = len(data) if length is None else offset + length
        for at in range(offset, min(end, len(data)), 1000):
            await asyncio.sleep(0)
            yield data[at : min(at + 1000, end)]

    return Body("a.csv", "text/csv", len(data), None, reader)


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ranged, "PIECE", 50_000)


async def test_a_thread_reads_what_the_loop_fetches() -> None:
    source = Ranged(body(), len(DATA))
    assert await asyncio.to_thread(source.read, 300, 7) == DATA[300:307]
    assert await asyncio.to_thread(source.read, len(DATA) - 5, 100) == DATA[-5:]
    assert await asyncio.to_thread(source.read, len(DATA), 1) == b""


async def test_who_reads_on_finds_the_next_piece_under_way() -> None:
    calls: list[int] = []
    source = Ranged(body(calls=calls), len(DATA))

    def whole() -> bytes:
        pieces, at = [], 0
        while piece := source.read(at, 50_000):
            pieces.append(piece)
            at += len(piece)
        return b"".join(pieces)

    assert await asyncio.to_thread(whole) == DATA
    assert calls == list(range(0, len(DATA), 50_000)), "every piece is fetched once"


async def test_who_takes_small_steps_fetches_nothing_twice(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A reader of packed files looks at 1,000 bytes after the other: pieces are taken for it."""
    monkeypatch.setattr(_long, "PIECE", 50_000)
    monkeypatch.setattr(_long, "_STEP", 4_000)
    calls: list[int] = []
    view = _long.View(Ranged(body(calls=calls), len(DATA)))

    def whole() -> bytes:
        return b"".join(view[at : at + 1_000] for at in range(0, len(DATA), 1_000))

    assert await asyncio.to_thread(whole) == DATA
    assert len(calls) == len(set(calls)) <= len(DATA) // 50_000 + 2


async def test_requests_count_where_the_item_is_read() -> None:
    seen = Meter()
    METER.set(seen)
    source = Ranged(body(), len(DATA))
    await asyncio.to_thread(source.read, 0, 10)
    assert seen.requests == 1


async def test_a_fault_of_the_service_is_told_by_its_reason() -> None:
    source = Ranged(body(fault=10), len(DATA))
    with pytest.raises(LostError) as caught:
        await asyncio.to_thread(source.read, 20, 10)
    assert (caught.value.reason, caught.value.detail) == (Reason.CHANGED_WHILE_READ, "HTTP 412")


async def test_closing_wakes_who_waits() -> None:
    async def never(offset: int, length: int | None) -> AsyncIterator[bytes]:
        await asyncio.sleep(3600)
        yield b""

    source = Ranged(Body("a", "", 10, None, never), 10)
    waiting = asyncio.create_task(asyncio.to_thread(source.read, 0, 5))
    await asyncio.sleep(0.05)
    source.close()
    with pytest.raises(LostError):
        await asyncio.wait_for(waiting, 5)
    with pytest.raises(LostError):
        await asyncio.to_thread(source.read, 0, 5)


def test_a_worker_asks_in_pieces_and_stops_at_the_end() -> None:
    asked: list[tuple[int, int]] = []

    def ask(offset: int, length: int) -> bytes | LostError:
        asked.append((offset, length))
        return DATA[offset : offset + length]

    source = Remote(len(DATA), ask)
    assert source.read(100, 120_000) == DATA[100:120_100]
    assert asked == [(100, 50_000), (50_100, 50_000), (100_100, 20_000)]
    assert Remote(10, lambda offset, length: b"").read(0, 10) == b""
    with pytest.raises(LostError):
        Remote(10, lambda offset, length: LostError(Reason.GONE)).read(0, 10)


class _Source:
    """One long item."""

    def __init__(self, what: Body) -> None:
        self._body = what

    async def read(self, item: Item) -> AsyncIterator[Body]:
        yield self._body


@pytest.mark.parametrize("processes", [0, 1])
@pytest.mark.parametrize("fault", [None, 150_000])
async def test_an_item_longer_than_may_be_held(processes: int, fault: int | None) -> None:
    limits = Limits(held_bytes=20_000)
    data = table()
    workers = Workers(processes, limits, KEY)
    local = Local(workers, limits)
    try:
        item = Item(Partition("blob", "p", "p", "t"), "1", "a.csv", "v", len(data))
        (outcome,) = await local.work(_Source(body(data, fault)), [item])  # type: ignore[arg-type]
    finally:
        await local.aclose()
    assert outcome.scan is not None
    found = sum(f.distinct for f in outcome.scan.findings)
    if fault is None:
        assert (outcome.state, outcome.scan.gaps) == (State.COMPLETE, ())
        assert found == len(set(numbers(4_000)))
        assert outcome.scan.bytes_read == len(data)
    else:
        assert outcome.state is State.PARTIAL
        assert [gap.reason for gap in outcome.scan.gaps] == [Reason.CHANGED_WHILE_READ]
        assert found > 1_000


class _Withheld:
    """An item that the service does not hand out."""

    async def read(self, item: Item) -> AsyncIterator[Body]:
        raise Withheld("archive tier")
        yield


async def test_the_name_of_what_is_not_handed_out_is_judged() -> None:
    local = Local(Workers(0, Limits(), KEY), Limits())
    place = Partition("blob", "p", "p", "t")
    number = next(numbers(1))
    items = [Item(place, n, n, "v") for n in (f"マイナンバー_{number}.pdf", "議事録.pdf")]
    named, plain = await local.work(_Withheld(), items)  # type: ignore[arg-type]
    await local.aclose()
    assert named.scan is not None
    assert plain.scan is not None
    assert (named.state, plain.state) == (State.SKIPPED, State.SKIPPED)
    assert [gap.reason for gap in named.scan.gaps] == [Reason.ARCHIVED_TIER]
    assert [finding.part for finding in named.scan.findings] == ["name"]
    assert plain.scan.findings == ()


async def test_a_cancelled_audit_does_not_wait_for_the_service() -> None:
    async def never(offset: int, length: int | None) -> AsyncIterator[bytes]:
        if offset:
            await asyncio.sleep(3600)
        yield DATA[:20_000]

    limits = Limits(held_bytes=20_000)
    local = Local(Workers(1, limits, KEY), limits)
    item = Item(Partition("blob", "p", "p", "t"), "1", "a.csv", "v", len(DATA))
    what = Body("a.csv", "text/csv", len(DATA), None, never)
    task = asyncio.create_task(local.work(_Source(what), [item]))  # type: ignore[arg-type]
    await asyncio.sleep(1)
    task.cancel()
    await asyncio.wait_for(local.aclose(), 10)
