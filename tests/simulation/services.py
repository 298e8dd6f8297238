"""Services that count, refuse and say when to come back, and an audit that reads from them.

Nothing here knows the closed form of ``auditor.bounds``: the service has windows and answers 429
with ``Retry-After``; the audit has places, pages and reads, and waits when it is told to.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from auditor.bounds import Machine
from auditor.loads import SHAPES, Load
from auditor.quotas import COSTS, QUOTAS, Tier
from simulation.clock import Clock, Crew, Places, Task

JITTER = 0.3
"""Spread of the time a request takes, as a share of its mean."""
MINUTE, DAY = 60, 86_400
BATCH = 20


@dataclass(slots=True)
class Window:
    """An allowance that begins anew with each window; the first begins with the first request."""

    amount: float
    seconds: float
    used: float = 0.0
    ends: float = -1.0

    def refused(self, now: float, cost: float) -> float:
        """0 where the request is let in, else the seconds that ``Retry-After`` names.

        What is refused counts, too, as SharePoint's page says.
        """
        if now >= self.ends:
            self.used, self.ends = 0.0, now + self.seconds
        self.used += cost
        return 0.0 if self.used - cost < self.amount else self.ends - now


@dataclass(slots=True)
class Scope:
    """One scope of a service: its windows, and the audit's own gate, shut for all at once."""

    windows: tuple[Window, ...]
    shut: float = 0.0
    asked: int = 0
    refused: int = 0

    def ask(self, now: float, cost: float) -> float:
        """Seconds to wait before the request may be made again; 0 where it was answered."""
        self.asked += 1
        wait = max(window.refused(now, cost) for window in self.windows)
        if wait:
            self.refused += 1
            self.shut = max(self.shut, now + wait)
        return wait


@dataclass(slots=True)
class Audit:
    """One run over all sources of a tenant, side by side."""

    tier: Tier
    machine: Machine
    seed: int = 20260401
    clock: Clock = field(default_factory=Clock)
    scopes: dict[str, Scope] = field(default_factory=dict)

    def run(self, loads: Mapping[str, Load]) -> float:
        """Hours that the run takes."""
        self._chance = random.Random(self.seed)
        self._reads = {name: Places(self.clock, self.machine.reads(name)) for name in loads}
        self._drives = Scope((Window(self.tier.minute, MINUTE), Window(self.tier.day, DAY)))
        for source, load in loads.items():
            places = iter(range(load.places))
            for _ in range(min(self.machine.places(source), load.places)):
                self.clock.start(self._slot(source, load, places))
        return self.clock.run() / 3600

    _chance: random.Random = field(init=False)
    _reads: dict[str, Places] = field(init=False)
    _drives: Scope = field(init=False)

    def _scope(self, source: str, place: int) -> Scope:
        """Whose allowance a request uses up: a mailbox's, SharePoint's, the service's."""
        quota = SHAPES[source].quota
        if quota == "drives":
            return self._drives
        limit = QUOTAS[quota]
        if quota == "mail":  # each mailbox has its own, and is read once
            return Scope((Window(limit.amount, limit.seconds),))
        if quota not in self.scopes:
            self.scopes[quota] = Scope((Window(limit.amount, limit.seconds),))
        return self.scopes[quota]

    def _slot(self, source: str, load: Load, places: Iterator[int]) -> Task:
        """One place after the other, as long as there are any."""
        for place in places:
            scope = self._scope(source, place)
            shape = SHAPES[source]
            lists, reads, asks = (
                _share(whole, load.places, place) for whole in (load.lists, load.reads, load.asks)
            )
            pages = max(lists - shape.fixed, 1)
            page = load.units and (load.units - load.reads - 5 * load.asks) / load.lists
            for at in range(lists):
                yield from self._request(source, scope, page or 1)
                if at >= lists - pages:
                    number = at - (lists - pages)
                    some, more = _share(reads, pages, number), _share(asks, pages, number)
                    yield from self._read(source, scope, some, more)

    def _read(self, source: str, scope: Scope, reads: int, asks: int) -> Task:
        """The items of a page, several at a time; then who can reach those with findings."""
        left = iter(range(reads))
        crew = min(SHAPES[source].at_once, reads)
        if crew:
            yield Crew(self.clock, [self._reader(source, scope, left) for _ in range(crew)])
        for first in range(0, asks, BATCH):
            yield from self._batch(source, scope, min(BATCH, asks - first))

    def _reader(self, source: str, scope: Scope, left: Iterator[int]) -> Task:
        for _ in left:
            yield self._reads[source]
            yield from self._request(source, scope, COSTS["download"])
            self._reads[source].leave()

    def _batch(self, source: str, scope: Scope, parts: int) -> Task:
        """Questions in one request, each counted and refused by itself."""
        while parts:
            yield from self._opened(scope)
            for _ in range(parts):
                parts -= not scope.ask(self.clock.now, COSTS["permissions"])
            yield self._takes(source)

    def _request(self, source: str, scope: Scope, cost: float) -> Task:
        """Ask until it is answered; while the scope is shut, nobody asks."""
        yield from self._opened(scope)
        while scope.ask(self.clock.now, cost):
            yield from self._opened(scope)
        yield self._takes(source)

    def _opened(self, scope: Scope) -> Task:
        while scope.shut > self.clock.now:
            yield scope.shut - self.clock.now

    def _takes(self, source: str) -> float:
        """Seconds of one request, there and back."""
        wait = SHAPES[source].wait
        return max(0.2 * wait, self._chance.gauss(wait, JITTER * wait))


def _share(whole: int, count: int, place: int) -> int:
    """What falls to one of ``count`` that share ``whole`` as evenly as whole numbers allow."""
    return whole * (place + 1) // count - whole * place // count
