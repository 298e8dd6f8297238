"""The board that workers share, and how long a worker keeps what it knows of a run."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from distributed import Client, Scheduler, Worker

from auditor.cluster import room as rooms
from auditor.cluster.board import BOARD, Board
from auditor.cluster.lines import Lines
from auditor.cluster.seal import Lock, new_key, pack, seal_for
from auditor.cluster.terms import RESOURCE, Setup, passport
from auditor.model import Limits
from connectors import Broken
from connectors._dataverse_gate import FIRST
from connectors._identity import Auth, Cloud, Tenant
from connectors._model import METER, Meter
from connectors._shared_throttle import SharedGates
from connectors._throttle import _REMEMBERED, Gates


@asynccontextmanager
async def hall() -> AsyncIterator[tuple[Client, Worker, Worker]]:
    """A scheduler with a board, and two workers, all in this event loop."""
    line = {"host": "127.0.0.1", "dashboard_address": "127.0.0.1:0"}
    async with (
        Scheduler(port=0, **line) as scheduler,
        Worker(scheduler.address, nthreads=1, memory_limit=0, **line) as one,
        Worker(scheduler.address, nthreads=1, memory_limit=0, **line) as two,
        Client(scheduler.address, asynchronous=True, set_as_default=False) as client,
    ):
        await client.register_plugin(Board())
        yield client, one, two


def gates_of(worker: Worker) -> SharedGates:
    async def never() -> bool:
        return True

    address = worker.contact_address
    return SharedGates(Lines(lambda: worker.scheduler, lambda: address, "contoso", never))


async def test_places_are_those_of_one_machine() -> None:
    """Of a scope with four places, two workers together hold four."""
    async with hall() as (_, *workers):
        inside = most = 0

        async def ask(worker: Worker) -> None:
            nonlocal inside, most
            async with gates[worker].of("mail:a").enter():
                inside += 1
                most = max(most, inside)
                await asyncio.sleep(0.02)
                inside -= 1

        gates = {worker: gates_of(worker) for worker in workers}
        await asyncio.gather(*(ask(worker) for worker in workers for _ in range(10)))
        assert most == 4


async def test_after_a_pause_one_of_all_goes_ahead() -> None:
    """What one worker is told holds both; the first answer lets the others follow."""
    async with hall() as (_, *workers):
        gates = [gates_of(worker).of("sharepoint") for worker in workers]
        entered: list[float] = []
        async with gates[0].enter():
            gates[0].pause(0.4)
        began = time.monotonic()

        async def ask(gate: Any) -> None:
            meter = Meter()
            METER.set(meter)
            async with gate.enter():
                entered.append(time.monotonic() - began)
                assert meter.throttled > 0.2
                await asyncio.sleep(0.2)
                gate.passed()
                await asyncio.sleep(0.2)

        await asyncio.gather(*(ask(gate) for gate in gates for _ in range(3)))
        entered.sort()
        assert entered[0] > 0.3
        assert entered[1] - entered[0] > 0.15
        assert entered[-1] - entered[1] < 0.4


async def test_the_dead_hold_nothing() -> None:
    """A worker that closes gives back what it held, and does not get what it waited for."""
    async with hall() as (client, one, two):
        first, second = gates_of(one).of("mail:b"), gates_of(two).of("mail:b")
        held = [first.enter() for _ in range(4)]
        for place in held:
            await place.__aenter__()
        waiting = asyncio.create_task(second.enter().__aenter__())
        await asyncio.sleep(0.1)
        assert not waiting.done()
        await one.close()
        await asyncio.wait_for(waiting, 5)
        assert len(await getattr(client.scheduler, f"{BOARD}_workers")()) == 1


async def test_whoever_stops_waiting_takes_no_place() -> None:
    async with hall() as (_, one, two):
        first, second = gates_of(one).of("mail:c"), gates_of(two).of("mail:c")
        held = [first.enter() for _ in range(4)]
        for place in held:
            await place.__aenter__()
        waiting = asyncio.create_task(second.enter().__aenter__())
        await asyncio.sleep(0.1)
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
        for place in held:
            await place.__aexit__(None, None, None)
        for _ in range(4):
            await asyncio.wait_for(first.enter().__aenter__(), 2)


async def test_an_environment_of_dataverse_has_its_own_kind_of_gate() -> None:
    """It begins with few requests at a time, also where two workers ask."""
    async with hall() as (_, *workers):
        inside = most = 0

        async def ask(gate: Any) -> None:
            nonlocal inside, most
            async with gate.enter():
                inside += 1
                most = max(most, inside)
                await asyncio.sleep(0.05)
                inside -= 1

        gates = [gates_of(worker).of("dataverse:https://org.example") for worker in workers]
        await asyncio.gather(*(ask(gate) for gate in gates for _ in range(5)))
        assert most == FIRST


async def test_a_board_without_patience_says_throttled(monkeypatch: pytest.MonkeyPatch) -> None:
    async with hall() as (_, one, _two):
        gate = gates_of(one).of("sharepoint")
        async with gate.enter():
            gate.pause(4_000.0)
        with pytest.raises(Broken) as error:
            async with gate.enter():
                pass
        assert error.value.reason == "throttled"


# — a room on a worker —————————————————————————————————————————————————————————————————————————


async def test_a_room_is_left_when_its_coordinator_is_heard_no_more(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The key is forgotten and the processes end; until then the lease is renewed."""
    monkeypatch.setattr(rooms, "LEASE", 0.6)
    async with hall() as (client, one, _two):
        address = one.contact_address

        async def run(what: Any, *more: Any) -> Any:
            return (await client.run(what, "r", *more, workers=[address]))[address]

        theirs, public = await run(rooms.greet)
        assert passport().differs(theirs) == ""
        setup = Setup(new_key(), b"k" * 32, Tenant("t"), Auth(), Cloud(), (), Limits(), 1)
        closed = seal_for(public, pack(setup), "setup r")
        assert await run(rooms.admit, closed) == ("", "", "")
        room = vars(one)["mynumber_audit_rooms"]["r"]
        assert one.state.total_resources[RESOURCE.format(run="r")] > 0
        for _ in range(3):
            await asyncio.sleep(0.3)
            assert await run(rooms.renew)
        assert room.setup is not None
        await asyncio.sleep(1.5)
        assert room.setup is None
        assert vars(one)["mynumber_audit_rooms"] == {}
        assert not await run(rooms.renew)
        assert one.state.total_resources[RESOURCE.format(run="r")] == 0


async def test_a_setup_that_was_closed_for_another_is_refused() -> None:
    async with hall() as (client, one, _two):
        address = one.contact_address
        await client.run(rooms.greet, "r", workers=[address])
        closed = seal_for(Lock().public, pack(()), "setup r")
        answer = await client.run(rooms.admit, "r", closed, workers=[address])
        assert answer[address][:2] == ("unreachable", "UnsealedError")


def test_gates_that_nobody_holds_are_few() -> None:
    """A tenant has as many scopes as mailboxes; a gate in use is never lost."""
    gates = Gates()
    mine = gates.of("mail:mine")
    for number in range(3 * _REMEMBERED):
        gates.of(f"mail:{number}")
    assert len(gates._gates) <= _REMEMBERED + 1
    assert gates.of("mail:mine") is mine
