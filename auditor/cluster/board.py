"""The board on a cluster's scheduler: the gates of each tenant, for all who read it.

It holds :mod:`connectors._throttle`'s own gates, so that many machines together send what one would
have sent. Who dies gives back what they held. It also tells which workers there are, and lets a
worker that was admitted have what waits. It knows neither content nor secrets.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from typing import Any

from distributed.diagnostics.plugin import SchedulerPlugin

from auditor.cluster.lines import BOARD
from connectors._dataverse_gate import FAMILY, Ramp
from connectors._errors import ConnectorError
from connectors._model import METER, Meter
from connectors._throttle import Gate, Gates

__all__ = ["Board"]

_Place = AbstractAsyncContextManager[None]


@dataclass(slots=True)
class _Holder:
    """A worker or coordinator, and the places it holds."""

    places: dict[str, _Place] = field(default_factory=dict)
    asked: set[str] = field(default_factory=set)
    """Places that it waits for."""


class Board(SchedulerPlugin):
    """Registered by a coordinator; the first one stays for all."""

    name = BOARD
    idempotent = True

    def __init__(self) -> None:
        self._gates: dict[str, Gates] = {}
        self._holders: dict[str, _Holder] = {}
        self._scheduler: Any = None
        self._leaving: set[asyncio.Task[None]] = set()

    async def start(self, scheduler: Any) -> None:
        """Listen."""
        self._scheduler = scheduler
        for what in (self.workers, self.open, self.hold, self.tell, self.leave):
            scheduler.handlers[f"{BOARD}_{what.__name__}"] = what

    async def workers(self) -> list[str]:
        """The addresses of all workers."""
        return list(self._scheduler.workers)

    async def open(self, worker: str) -> None:
        """A worker has got what it needs: give it of the tasks that nobody else could take."""
        scheduler = self._scheduler
        if state := scheduler.workers.get(worker):
            waiting = scheduler.bulk_schedule_unrunnable_after_adding_worker(state)
            scheduler.transitions(waiting, f"{BOARD}-{time.time()}")

    async def hold(
        self, tenant: str, scope: str, place: str, holder: str
    ) -> tuple[float, bool] | str:
        """A place, once there is one: seconds waited for it, and whether the scope was shut.

        Else why not: ``throttled`` when that takes too long, ``gone`` when nobody waits any more.
        """
        meter = Meter()
        METER.set(meter)
        gate = self._gate(tenant, scope)
        shut = gate.shut
        known = self._holders.setdefault(holder, _Holder())
        known.asked.add(place)
        entered = gate.enter()
        try:
            await entered.__aenter__()
        except ConnectorError:
            known.asked.discard(place)
            return "throttled"
        if place not in known.asked or not self._is_there(holder):
            await entered.__aexit__(None, None, None)
            return "gone"
        known.asked.discard(place)
        known.places[place] = entered
        return meter.throttled, shut

    async def tell(
        self, tenant: str, scope: str, what: str, value: float | Mapping[str, str]
    ) -> None:
        """What an answer says of a scope."""
        gate = self._gate(tenant, scope)
        if what == "heed" and isinstance(value, Mapping):
            gate.heed(value)
        elif what == "pause" and not isinstance(value, Mapping):
            gate.pause(value)
        elif what == "passed":
            gate.passed()

    async def leave(self, tenant: str, scope: str, place: str, holder: str, passed: int) -> None:
        """A place is free again."""
        gate = self._gate(tenant, scope)
        for _ in range(passed):
            gate.passed()
        if known := self._holders.get(holder):
            known.asked.discard(place)
            if entered := known.places.pop(place, None):
                await entered.__aexit__(None, None, None)

    async def remove_worker(self, scheduler: Any, worker: str, **_: Any) -> None:
        """What a worker held is free when it dies."""
        del scheduler
        await self._gone(worker)

    def remove_client(self, scheduler: Any, client: str) -> None:
        """The same for a coordinator."""
        del scheduler
        task = asyncio.get_running_loop().create_task(self._gone(client))
        self._leaving.add(task)
        task.add_done_callback(self._leaving.discard)

    async def _gone(self, holder: str) -> None:
        known = self._holders.pop(holder, _Holder())
        for entered in known.places.values():
            await entered.__aexit__(None, None, None)

    def _is_there(self, holder: str) -> bool:
        return holder in self._scheduler.workers or holder in self._scheduler.clients

    def _gate(self, tenant: str, scope: str) -> Gate:
        gates = self._gates.setdefault(tenant, Gates())
        return gates.of(scope, Ramp if scope.partition(":")[0] == FAMILY else None)
