"""The worker pool against targets that hang, hoard, crash and shout."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from dataclasses import replace

import psutil
import pytest

from auditor.model import Content, Gap, Limits, Reason, Scan, State
from auditor.worker import Workers
from tests.unit import worker_target
from tests.unit.worker_target import SECRET

KEY = b"k" * 32
LIMITS = Limits(seconds=0.4, worker_memory=300 << 20)
TARGET = worker_target.__name__


def make(name: str, data: bytes = b"", path: tuple[str, ...] = ()) -> Content:
    return Content(name, data, path=path)


@pytest.fixture
async def workers() -> AsyncIterator[Workers]:
    pool = Workers(2, LIMITS, KEY, target=TARGET)
    yield pool
    await pool.aclose()


def children() -> set[int]:
    """Worker processes of this one: they hang below the fork server."""
    return {
        child.pid
        for child in psutil.Process().children(recursive=True)
        if child.parent() != psutil.Process()
    }


async def test_a_fine_content_comes_back_whole(workers: Workers) -> None:
    result = await workers.scan([make("fine", b"x" * 10)])
    assert result.state is State.COMPLETE
    assert (result.bytes_read, result.content_type) == (10, f"fine, key of {len(KEY)}")


async def test_large_contents_arrive_unharmed(workers: Workers) -> None:
    sizes = [0, 1, 65_536, 65_537, 30_000_000, 5]
    result = await workers.scan([make("fine", bytes(size)) for size in sizes])
    assert result.bytes_read == sum(sizes)


async def test_contents_of_an_item_keep_their_order(workers: Workers) -> None:
    result = await workers.scan([make(f"fine {i}", bytes(i)) for i in range(50)])
    assert result.content_type.startswith("fine 0,")
    assert result.bytes_read == sum(range(50))


async def test_an_item_without_contents(workers: Workers) -> None:
    assert await workers.scan([]) == Scan(State.COMPLETE)


@pytest.mark.parametrize(
    ("deed", "reason", "detail"),
    [
        ("loop", Reason.TIMEOUT, "time"),  # of the processor; of the wall where it gets none
        ("sleep 30", Reason.TIMEOUT, "wall time"),
        ("reserve", Reason.MEMORY, "address space"),
        ("exit", Reason.CRASHED, "exit"),
        ("abort", Reason.CRASHED, "SIGABRT"),
        ("segv", Reason.CRASHED, "SIGSEGV"),
        ("shout", Reason.CRASHED, "ValueError"),
        ("leave", Reason.CRASHED, "SystemExit"),
    ],
)
@pytest.mark.parametrize("kept", [False, True])
async def test_a_hostile_content_costs_one_gap(
    workers: Workers, deed: str, reason: Reason, detail: str, kept: bool
) -> None:
    prefix = "part-" if kept else ""
    result = await workers.scan([make(prefix + deed, b"1", ("attachment 2", "a.zip"))])
    (gap,) = result.gaps
    assert replace(gap, detail="") == Gap(reason, "attachment 2 › a.zip")
    assert gap.detail.endswith(detail)
    assert result.state is (State.PARTIAL if kept else State.FAILED)
    assert result.bytes_read == kept
    assert (await workers.scan([make("fine")])).state is State.COMPLETE


@pytest.mark.parametrize("kept", [False, True])
async def test_a_hog_is_ended_by_its_memory(kept: bool) -> None:
    """With time to spare, so that only memory can end it on a busy machine."""
    pool = Workers(1, Limits(seconds=20, worker_memory=300 << 20), KEY, target=TARGET)
    try:
        result = await pool.scan([make("part-hog" if kept else "hog", b"1", ("a.zip",))])
    finally:
        await pool.aclose()
    assert [(g.reason, g.detail) for g in result.gaps] == [(Reason.MEMORY, "resident memory")]
    assert result.state is (State.PARTIAL if kept else State.FAILED)


@pytest.mark.parametrize(
    ("deed", "reason"),
    [("abort", Reason.CRASHED), ("loop", Reason.TIMEOUT)],
)
async def test_what_was_fatal_is_spared_once_and_booked(
    workers: Workers, deed: str, reason: Reason
) -> None:
    """The first attempt's parts are not counted twice, and the time is used up by then."""
    contents = [make("fine", b"4444"), make(f"spare {deed}"), make("fine", b"88888888")]
    result = await workers.scan(contents)
    late = reason is Reason.TIMEOUT
    assert [gap.part for gap in result.gaps] == ["member", *([""] if late else [])]
    assert {gap.reason for gap in result.gaps} == {reason}
    assert result.bytes_read == 4 + 1 + 2 + (0 if late else 8)
    assert result.state is State.PARTIAL


async def test_who_dies_again_keeps_what_the_first_attempt_gave(workers: Workers) -> None:
    result = await workers.scan([make("part-abort", b"22", ("b",)), make("fine", b"1")])
    assert [(gap.reason, gap.part) for gap in result.gaps] == [(Reason.CRASHED, "b")]
    assert result.bytes_read == 3


async def test_what_comes_after_a_death_is_watched_too(workers: Workers) -> None:
    result = await workers.scan([make("abort"), make("fine", b"1"), make("loop", path=("c",))])
    assert [gap.reason for gap in result.gaps] == [Reason.CRASHED, Reason.TIMEOUT]
    assert result.bytes_read == 1


async def test_the_next_contents_survive_a_crash(workers: Workers) -> None:
    contents = [make("fine", b"1"), make("part-abort", b"22", ("b",)), make("fine", b"4444")]
    result = await workers.scan(contents)
    assert result.state is State.PARTIAL
    assert result.bytes_read == 7
    assert [gap.part for gap in result.gaps] == ["b"]


async def test_nothing_is_dropped_when_the_time_is_used_up(workers: Workers) -> None:
    names = ("fine", "loop", "fine", "fine")
    result = await workers.scan([make(n, b"1", path=(str(i),)) for i, n in enumerate(names)])
    assert result.bytes_read == 1
    assert [gap.part for gap in result.gaps] == ["1", "2", "3"]
    assert {gap.reason for gap in result.gaps} == {Reason.TIMEOUT}


async def test_an_item_costs_three_processes_at_most(workers: Workers) -> None:
    result = await workers.scan([make("abort", path=(str(i),)) for i in range(20)])
    assert result.state is State.FAILED
    assert [gap.part for gap in result.gaps] == [str(i) for i in range(20)]


async def test_many_items_with_hostile_ones_among_them(workers: Workers) -> None:
    names = ["fine"] * 120
    names[10] = names[50] = "abort"
    names[30] = "loop"
    names[70] = "shout"
    results = await asyncio.gather(*(workers.scan([make(name, b"1")]) for name in names))
    hostile = [i for i, result in enumerate(results) if result.state is State.FAILED]
    assert hostile == [10, 30, 50, 70]
    assert all(results[i].bytes_read == 1 for i in range(120) if i not in hostile)


async def test_no_words_leave_a_worker(
    workers: Workers, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    results = [await workers.scan([make("shout", SECRET.encode())]) for _ in range(2)]
    out, err = capfd.readouterr()
    for text in (out, err, caplog.text, repr(results)):
        assert SECRET not in text


async def test_a_worker_ignores_the_keyboard(workers: Workers) -> None:
    assert (await workers.scan([make("part-interrupt")])).state is State.COMPLETE


async def test_an_idle_workers_death_is_held_against_nobody() -> None:
    before = children()
    pool = Workers(2, LIMITS, KEY, target=TARGET)
    try:
        await asyncio.gather(*(pool.scan([make("fine")]) for _ in range(20)))
        killed = [psutil.Process(pid) for pid in children() - before]
        for process in killed:
            process.kill()
        psutil.wait_procs(killed, timeout=60)
        results = [await pool.scan([make("fine", b"1")]) for _ in range(6)]
        assert len(killed) == 2
        assert {result.state for result in results} == {State.COMPLETE}
        assert {result.bytes_read for result in results} == {1}
    finally:
        await pool.aclose()


async def test_a_slow_item_does_not_hold_the_loop_or_the_other_worker() -> None:
    pool = Workers(2, replace(LIMITS, seconds=60.0), KEY, target=TARGET)
    try:
        await asyncio.gather(*(pool.scan([make("fine")]) for _ in range(4)))
        slow = asyncio.create_task(pool.scan([make("sleep 200")]))
        await asyncio.sleep(0.05)
        assert (await pool.scan([make("fine")])).state is State.COMPLETE
        assert not slow.done()
    finally:
        await pool.aclose()
    await asyncio.gather(slow, return_exceptions=True)


async def test_cancelled_scans_leave_the_pool_whole(workers: Workers) -> None:
    tasks = [asyncio.create_task(workers.scan([make("sleep 0.5")])) for _ in range(40)]
    await asyncio.sleep(0.08)
    for task in tasks:
        task.cancel()
    ended = await asyncio.gather(*tasks, return_exceptions=True)
    assert any(isinstance(end, asyncio.CancelledError) for end in ended)
    started = time.perf_counter()
    assert (await workers.scan([make("fine")])).state is State.COMPLETE
    assert time.perf_counter() - started < 8  # what nobody waits for any more is not begun


async def test_closing_kills_what_runs_and_tells_who_waits() -> None:
    before = children()
    pool = Workers(2, Limits(seconds=60), KEY, target=TARGET)
    tasks = [asyncio.create_task(pool.scan([make("loop")])) for _ in range(5)]
    await asyncio.sleep(0.5)
    await pool.aclose()
    ended = await asyncio.gather(*tasks, return_exceptions=True)
    assert {type(end) for end in ended} == {RuntimeError}
    assert children() <= before
    await pool.aclose()
    with pytest.raises(RuntimeError, match="closed"):
        await pool.scan([make("fine")])


async def test_a_worker_that_cannot_start_is_an_error_not_a_gap() -> None:
    pool = Workers(1, LIMITS, KEY, target="auditor.no_such_module")
    try:
        with pytest.raises(RuntimeError, match="ModuleNotFoundError"):
            await pool.scan([make("fine")])
    finally:
        await pool.aclose()


async def test_in_this_process_without_workers() -> None:
    pool = Workers(0, LIMITS, KEY, target=TARGET)
    before = children()
    fine = await pool.scan([make("fine", b"12"), make("part-leave", b"1", path=("b",))])
    assert fine.bytes_read == 3
    assert fine.gaps == (Gap(Reason.CRASHED, "b", "SystemExit"),)
    assert fine.state is State.PARTIAL
    assert children() == before
    await pool.aclose()


async def test_names_are_masked_and_suspects_told(workers: Workers) -> None:
    number = "1234 5678 9018"  # the specimen of the leaflets
    content = Content("マイナンバー一覧.xls", b"", path=(f"mail {number}", "a"))
    crashed = await workers.scan([replace(content, name=f"abort {content.name}"), content])
    assert [gap.suspect for gap in crashed.gaps] == [True, True]
    assert not any(number in gap.part for gap in crashed.gaps)
    assert not (await workers.scan([make("abort")])).gaps[0].suspect
