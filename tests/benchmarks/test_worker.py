"""What containment costs, as a ratio to doing the same without it."""

from __future__ import annotations

import asyncio
import time

import psutil
import pytest

from auditor.model import Content, Limits
from auditor.scan import scan
from auditor.worker import Workers

TARGET = "tests.unit.worker_target"
KEY = b"k" * 32
ITEMS = 3_000
FEW = 800
"""Items that one process reads before it is replaced."""


def fine(data: bytes = b"x" * 300) -> Content:
    """A content that is read at once."""
    return Content("fine", data)


async def cost(count: int) -> float:
    """CPU seconds of this process for each of many tiny items, with ``count`` worker processes."""
    pool = Workers(count, Limits(), KEY, target=TARGET)
    try:
        await asyncio.gather(*(pool.scan([fine()]) for _ in range(200)))
        started = time.process_time()
        await asyncio.gather(*(pool.scan([fine()]) for _ in range(ITEMS)))
        return (time.process_time() - started) / ITEMS
    finally:
        await pool.aclose()


@pytest.mark.benchmark
async def test_handing_over_costs_little() -> None:
    """At most 0.2 ms of CPU here for a tiny item, over a bare call in the same run."""
    contained, bare = await cost(2), await cost(0)
    print(f"\nhand-over: {contained * 1e3:.3f} ms an item, {contained / bare:.1f} times in-process")
    assert contained - bare <= 0.0002


@pytest.mark.benchmark
async def test_a_dead_worker_is_replaced_at_once() -> None:
    """The best of five replacements takes at most 0.3 s."""
    pool = Workers(1, Limits(), KEY, target=TARGET)
    took = []
    try:
        await pool.scan([fine()])
        for _ in range(5):
            await pool.scan([Content("abort", b"x")])
            started = time.perf_counter()
            await pool.scan([fine()])
            took.append(time.perf_counter() - started)
    finally:
        await pool.aclose()
    print(f"\nreplacement: {min(took):.3f} to {max(took):.3f} s")
    assert min(took) <= 0.3


def busy(processes: list[psutil.Process]) -> float:
    """CPU seconds of these processes so far."""
    return sum(sum(process.cpu_times()[:2]) for process in processes)


@pytest.mark.benchmark
async def test_isolation_costs_half_a_millisecond_a_file() -> None:
    """At most 0.5 ms for a small text, over a bare call: CPU of all processes, and waiting."""
    content = Content("a.txt", "氏名と住所を届け出てください。\n".encode() * 20)
    limits = Limits()
    for _ in range(100):
        scan(content, limits, key=KEY)
    started = time.perf_counter()
    for _ in range(FEW):
        scan(content, limits, key=KEY)
    bare = (time.perf_counter() - started) / FEW
    pool = Workers(1, limits, KEY)
    try:
        for _ in range(100):
            await pool.scan([content])
        processes = [psutil.Process(), *psutil.Process().children(recursive=True)]
        before, started = busy(processes), time.perf_counter()
        for _ in range(FEW):
            await pool.scan([content])
        took = (time.perf_counter() - started) / FEW
        spent = (busy(processes) - before) / FEW
    finally:
        await pool.aclose()
    print(
        f"\nbare {bare * 1e3:.3f} ms, one after the other {took * 1e3:.3f}, CPU {spent * 1e3:.3f}"
    )
    assert spent - bare <= 0.0005
    assert took - bare <= 0.0005
