"""The ramp: few requests at first, more while they are answered, half after a refusal."""

from __future__ import annotations

import asyncio

from connectors._dataverse_gate import FIRST, MOST, Ramp


async def _through(gate: Ramp, count: int, *, refuse: bool = False) -> int:
    """So many requests at once; the most that were inside together."""
    inside = most = 0

    async def one() -> None:
        nonlocal inside, most
        async with gate.enter():
            inside += 1
            most = max(most, inside)
            await asyncio.sleep(0)
            inside -= 1
            if refuse:
                gate.pause(0.01)
            else:
                gate.passed()

    await asyncio.gather(*(one() for _ in range(count)))
    return most


async def test_it_starts_low_and_grows_slowly() -> None:
    gate = Ramp()
    assert await _through(gate, 20) == FIRST
    assert FIRST <= gate.width <= FIRST + 1
    assert await _through(gate, 400) > FIRST
    assert FIRST + 4 <= gate.width < 2 * FIRST + 6


async def test_it_never_grows_beyond_the_published_limit() -> None:
    gate = Ramp()
    gate.width = MOST
    for _ in range(MOST * 10):
        gate.passed()
    assert gate.width == MOST


async def test_many_refusals_at_once_halve_it_once() -> None:
    gate = Ramp()
    gate.width = 16
    for _ in range(10):
        gate.pause(0.01)
    assert gate.width == 8
    await asyncio.sleep(0.02)
    gate.passed()
    gate.pause(0.01)
    assert gate.width == 4


async def test_it_never_shuts_for_good() -> None:
    gate = Ramp()
    for _ in range(10):
        gate.pause(0.001)
        await asyncio.sleep(0.002)
        gate.passed()
    assert gate.width == 1
    assert await _through(gate, 3) == 1
