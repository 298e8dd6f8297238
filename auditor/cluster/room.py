"""What a worker of a cluster has of one run: its key, its connectors, its processes for reading.

The worker signs in with its own identity; of the coordinator it gets settings and the key of the
run, closed to it alone. A room whose coordinator is heard no more is closed, and its key forgotten.
Words that come from content or a service stay inside what is sealed: Dask logs what is raised.
"""

from __future__ import annotations

import asyncio
import os
import time
from dataclasses import asdict, dataclass, field
from typing import Any

import connectors
from auditor.cluster.lines import Lines
from auditor.cluster.seal import Lock, UnsealedError, opened, pack, seal, unpack
from auditor.cluster.terms import LEASE, RESOURCE, Setup, passport
from auditor.executor import Local
from auditor.settings import needs_tenant, processors
from auditor.worker import NoWorkerError, Workers
from connectors import Connector, ConnectorError, Misconfigured
from connectors._graph import Graph
from connectors._identity import Access
from connectors._model import METER, Meter
from connectors._shared_throttle import SharedGates

__all__ = ["DONE", "FAULT", "MISSET", "NO_PROCESS", "admit", "dismiss", "greet", "renew", "work"]

DONE, MISSET, NO_PROCESS, FAULT = range(4)
"""Answers: results; settings or sign-in are wrong here; no process for reading; a defect."""
_PLENTY = 1_000
"""Of the run's resource: how many pages a worker takes at a time is for its threads to say."""


@dataclass(slots=True)
class Room:
    """One run on one worker."""

    run: str
    lock: Lock = field(default_factory=Lock)
    until: float = 0.0
    """When the lease ends, on the monotonic clock."""
    setup: Setup | None = None
    access: Access | None = None
    local: Local | None = None
    sources: dict[str, Connector] = field(default_factory=dict)
    watch: asyncio.Task[None] | None = None

    async def furnish(self, setup: Setup, worker: Any) -> None:
        """Sign in, and start the processes. Raises Misconfigured."""
        access = self.access = Access(
            setup.tenant, setup.auth, setup.cloud, dict(os.environ), _mute
        )
        lines = Lines(
            lambda: worker.scheduler, lambda: worker.contact_address, access.tenant.id, _never
        )
        access.shared["gates"] = SharedGates(lines)
        await _check(setup, access)
        count = setup.workers or processors()
        self.local = Local(Workers(count, setup.limits, setup.persons), setup.limits)
        self.setup = setup

    def source(self, name: str) -> Connector:
        """The connector of a source, made when first asked."""
        assert self.setup is not None  # noqa: S101 - furnished
        if name not in self.sources:
            settings = dict(self.setup.sources)[name]
            self.sources[name] = connectors.load(name).Source(settings, self.access)
        return self.sources[name]

    async def results(self, number: int, sealed: bytes) -> bytes:
        """A page's results, sealed."""
        assert self.setup is not None  # noqa: S101 - furnished
        meter = Meter()
        METER.set(meter)
        answer: tuple[Any, ...]
        try:
            name, items = unpack(opened(self.setup.key, sealed, f"page {self.run} {number}"))
            assert self.local is not None  # noqa: S101 - furnished
            outcomes = await self.local.work(self.source(name), items)
            cost = (meter.requests, meter.units, meter.bytes, meter.throttled)
            found = [(outcome.state, outcome.scan) for outcome in outcomes]
            answer = (DONE, passport().rules, cost, found)
        except Misconfigured as error:
            answer = (MISSET, error.code, error.detail, error.host)
        except NoWorkerError as error:
            answer = (NO_PROCESS, str(error))
        except Exception as error:  # noqa: BLE001 - its words may quote content
            answer = (FAULT, type(error).__name__)
        return seal(self.setup.key, pack(answer), f"results {self.run} {number}")

    async def aclose(self) -> None:
        """Forget the key, end the processes, close the connections."""
        self.setup = None
        if self.local is not None:
            await self.local.aclose()
        for source in self.sources.values():
            await source.aclose()
        if self.access is not None:
            await self.access.aclose()


def _mute(text: str) -> None:
    """Nobody reads along on a worker."""


async def _never() -> bool:
    """A worker ends with its scheduler."""
    return True


async def _check(setup: Setup, access: Access) -> None:
    """Whether this worker can read what it will be asked for. Raises Misconfigured."""
    signed_in = False
    for name, settings in setup.sources:
        variable = getattr(settings, "connection_string_env", "")
        if variable and not access.environ.get(variable):
            raise Misconfigured("missing_environment", variable)
        signed_in = signed_in or needs_tenant(name, settings)
        for path in getattr(settings, "paths", ()):
            if not os.path.exists(path):  # noqa: ASYNC240, PTH110 - once, before all work
                raise Misconfigured("bad_setting", f"sources.{name}.paths")
    if signed_in:
        await Graph.of(access).sdk()


# — what the coordinator has a worker do ———————————————————————————————————————————————————————


def _rooms(worker: Any) -> dict[str, Room]:
    rooms: dict[str, Room] = vars(worker).setdefault("mynumber_audit_rooms", {})
    return rooms


async def greet(run: str, dask_worker: Any = None) -> tuple[dict[str, str], bytes]:
    """By what this worker judges, and what to close the setup of the run with."""
    await dismiss(run, dask_worker)
    room = _rooms(dask_worker)[run] = Room(run, until=time.monotonic() + LEASE)
    room.watch = asyncio.get_running_loop().create_task(_leased(dask_worker, room))
    return asdict(await asyncio.to_thread(passport)), room.lock.public


async def admit(run: str, sealed: bytes, dask_worker: Any = None) -> tuple[str, str, str]:
    """Take part in a run; code, detail and host of what keeps this worker from it, or ""."""
    room = _rooms(dask_worker).get(run)
    try:
        if room is None:
            return "no_room", "", ""
        await room.furnish(unpack(room.lock.opened(sealed, f"setup {run}")), dask_worker)
    except Misconfigured as error:
        await dismiss(run, dask_worker)
        return error.code, error.detail, error.host
    except (ConnectorError, UnsealedError, RuntimeError) as error:
        await dismiss(run, dask_worker)
        return "unreachable", type(error).__name__, ""
    await dask_worker.set_resources(**{RESOURCE.format(run=run): _PLENTY})
    return "", "", ""


async def renew(run: str, dask_worker: Any = None) -> bool:
    """The coordinator is there; whether this worker still takes part."""
    room = _rooms(dask_worker).get(run)
    if room is None:
        return False
    room.until = time.monotonic() + LEASE
    return room.setup is not None


async def dismiss(run: str, dask_worker: Any = None) -> None:
    """The run has ended, or this worker takes no part in it."""
    room = _rooms(dask_worker).pop(run, None)
    if room is None:
        return
    if room.watch is not None and room.watch is not asyncio.current_task():
        room.watch.cancel()
    resource = RESOURCE.format(run=run)
    if room.setup is not None and dask_worker.status.name == "running":
        await dask_worker.set_resources(**{resource: 0})
    await room.aclose()


async def work(run: str, number: int, sealed: bytes) -> bytes | str:
    """The task of a page: its results, sealed; or the address of a worker that takes no part."""
    from distributed import get_worker

    worker = get_worker()
    room = _rooms(worker).get(run)
    if room is None or room.setup is None:
        return str(worker.contact_address)
    return await room.results(number, sealed)


async def _leased(worker: Any, room: Room) -> None:
    """Close the room when its coordinator is heard no more."""
    while (left := room.until - time.monotonic()) > 0:  # noqa: ASYNC110 - it grows
        await asyncio.sleep(left)
    await dismiss(room.run, worker)
