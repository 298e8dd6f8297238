"""Where a page is worked: a Dask cluster. This machine lists, hands out pages, commits in order.

A page leaves as one or more tasks with sealed items and comes back as sealed results. A worker that
dies gives its tasks to others; after a scheduler's restart what was not answered is asked again; of
a coordinator that was killed the workspace knows where to go on. Only workers that judge by the
same rules are given pages (:mod:`auditor.cluster.hall`).
"""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from auditor.cluster.hall import Hall
from auditor.cluster.room import DONE, MISSET, NO_PROCESS, work
from auditor.cluster.seal import new_key, opened, pack, seal, unpack
from auditor.cluster.terms import RESOURCE, Setup, passport
from auditor.executor import Budget, Executor, Local
from auditor.loads import ANY, CLUSTER_PLACES, SHAPES
from auditor.model import Gap, Outcome, Reason, Scan, State
from auditor.settings import Settings
from auditor.together import together
from auditor.worker import NoWorkerError
from connectors import Connector, Item, Misconfigured
from connectors._identity import Access
from connectors._model import meter

__all__ = ["Asked", "Cluster", "executor_of"]

PAGES = "mynumber-audit-page"
"""The name of all tasks: it says nothing of what they are about."""
_TASKS = 512
"""Tasks that are out at a time."""
_BYTES = 64 << 20
"""Bytes of sealed items that are out at a time, beyond the one that is let in alone."""
_ITEMS = 25
"""Items of one task: a page of files is shared out, the rows of a page are judged together."""
_CARRIED = 4 << 20
"""Bytes that the items of one task carry."""
_EXPECTED = 1 << 20
"""Bytes of content that the items of one task stand for, so that several workers share them."""
_TRIES = 3
"""Times a worker may say that it cannot, or an item alone may have cost four workers."""


_ASKED = 60
"""Times that one task is given to a scheduler: it may go away, and the task with it."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a tenant's run asks of the place where its pages are worked."""

    settings: Settings
    sources: tuple[tuple[str, object], ...]
    key: bytes = field(repr=False)
    """Makes the tokens of persons."""
    lang: str


@asynccontextmanager
async def executor_of(
    asked: Asked, access: Access, here: Callable[[], Local]
) -> AsyncIterator[Executor]:
    """The place that the settings name; ``here`` makes this machine's.

    Raises:
        Misconfigured: when there is no cluster, or none that may be used.

    """
    settings = asked.settings
    if settings.engine.kind == "local":
        local = here()
        try:
            yield local
        finally:
            await local.aclose()
        return
    shared = settings.engine.shared_paths
    setup = Setup(
        new_key(),
        asked.key,
        access.tenant,
        access.auth,
        access.cloud,
        tuple((n, of) for n, of in asked.sources if shared or not getattr(of, "paths", ())),
        settings.limits,
        settings.engine.workers,
    )
    cluster = Cluster(await Hall.open(settings.engine, setup, access, asked.lang), setup, here)
    try:
        yield cluster
    finally:
        await cluster.aclose()


class Cluster:
    """The workers of a Dask cluster; sources that only this machine sees are worked here."""

    def __init__(self, hall: Hall, setup: Setup, here: Callable[[], Local]) -> None:
        self._hall = hall
        self._setup = setup
        self._away = {name for name, _ in setup.sources}
        self._here = here
        self._local: Local | None = None
        self._numbers = itertools.count()
        self._tasks = asyncio.Semaphore(_TASKS)
        self._budget = Budget(_BYTES)

    async def aclose(self) -> None:
        """Let the workers forget the run."""
        if self._local is not None:
            await self._local.aclose()
        await self._hall.aclose()

    def places(self, source: str) -> int:
        """More than on one machine where one keeps few: there are more to read them."""
        return max(CLUSTER_PLACES, SHAPES.get(source, ANY).places)

    async def work(self, connector: Connector, items: Sequence[Item]) -> list[Outcome]:
        """One outcome each, in their order."""
        if not items:
            return []
        if items[0].partition.source not in self._away:
            self._local = self._local or self._here()
            return await self._local.work(connector, items)
        found: dict[int, Outcome] = {}
        async with together() as start:
            for some in _shared_out(items):
                start(self._some(_Some(items, some), found))
        return [found[at] for at in range(len(items))]

    async def _some(self, some: _Some, found: dict[int, Outcome]) -> None:
        """A task's results; items that cost workers are tried one by one."""
        payload = pack((some.items[0].partition.source, some.chosen))
        async with self._tasks, self._budget.hold(len(payload)):
            results = await self._results(payload, some)
        if results is not None:
            found |= {
                at: Outcome(some.items[at], state, scan)
                for at, (state, scan) in zip(some.places, results, strict=True)
            }
        elif len(some.places) > 1:
            for at in some.places:
                await self._some(_Some(some.items, range(at, at + 1)), found)
        else:
            scan = Scan(State.FAILED, gaps=(Gap(Reason.CRASHED, "", "machine"),))
            found[some.places[0]] = Outcome(some.chosen[0], scan.state, scan)

    async def _results(self, payload: bytes, some: _Some) -> list[tuple[State, Scan]] | None:
        """What a worker found; None when the task was the end of too many workers."""
        while True:
            number = next(self._numbers)
            purpose = f"{self._hall.run} {number}"
            sealed = seal(self._setup.key, payload, f"page {purpose}")
            answer = await self._asked(number, sealed)
            if answer is None:
                some.deaths += 1
                if len(some.places) > 1 or some.deaths == _TRIES:
                    return None
                continue
            if isinstance(answer, bytes):
                kind, *rest = unpack(opened(self._setup.key, answer, f"results {purpose}"))
                if kind == DONE and rest[0] == passport().rules:
                    _book(*rest[1])
                    return list(rest[2])
                some.refused(kind, rest)
            else:
                self._hall.lost(answer)

    async def _asked(self, number: int, sealed: bytes) -> bytes | str | None:
        """A task's answer, whatever becomes of the scheduler meanwhile; None when it was killed."""
        from distributed import KilledWorker

        run = self._hall.run
        fault: Exception | None = None
        for _ in range(_ASKED):
            client = await self._hall.client()
            try:
                task = client.submit(
                    work,
                    run,
                    number,
                    sealed,
                    key=(PAGES, run, number),
                    resources={RESOURCE.format(run=run): 1},
                    pure=False,
                )
                try:
                    answer: bytes | str = await task
                    return answer
                finally:
                    task.release()
            except KilledWorker:
                return None
            except Exception as error:  # noqa: BLE001 - our tasks raise nothing
                fault = error
                await self._hall.interrupted()
        raise RuntimeError(type(fault).__name__)


@dataclass(slots=True)
class _Some:
    """Items of a page that make one task."""

    items: Sequence[Item]
    places: range
    deaths: int = 0
    refusals: int = 0

    @property
    def chosen(self) -> list[Item]:
        return [self.items[at] for at in self.places]

    def refused(self, kind: int, why: Sequence[str]) -> None:
        """A worker could not: another may, unless too many have said so."""
        self.refusals += 1
        if self.refusals < _TRIES:
            return
        if kind == DONE:  # it judges by other rules than it said
            raise Misconfigured("workers_refused", "rules")
        if kind == MISSET:
            raise Misconfigured(why[0], why[1], host=why[2])
        if kind == NO_PROCESS:
            raise NoWorkerError(why[0])
        raise RuntimeError(why[0])


def _book(requests: int, units: int, count: int, throttled: float) -> None:
    """What a page cost there is counted here."""
    current = meter()
    current.requests += requests
    current.units += units
    current.bytes += count
    current.throttled += throttled


def _shared_out(items: Sequence[Item]) -> Iterator[range]:
    """The places of a page's items that make one task each."""
    if any(item.row for item in items):  # what the others hold speaks for each
        yield range(len(items))
        return
    start, carried, expected = 0, 0, 0
    for at, item in enumerate(items):
        data = len(item.body.data or b"") if item.body else 0
        size = item.size or 0
        full = carried + data > _CARRIED or expected + size > _EXPECTED
        if at > start and (full or at - start == _ITEMS):
            yield range(start, at)
            start, carried, expected = at, 0, 0
        carried, expected = carried + data, expected + size
    yield range(start, len(items))
