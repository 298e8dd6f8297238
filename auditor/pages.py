"""Working a page: read what is new, ask who can reach what was found, commit it together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from auditor.executor import Executor
from auditor.judging import judged
from auditor.model import Outcome, State
from auditor.progress import Observer, Tally
from auditor.records import Book, Known, Run
from auditor.store import Store
from auditor.twins import Twins
from connectors import Connector, Item, Page
from connectors._model import HELD, Meter


@dataclass(slots=True)
class Pages:
    """The pages of one tenant's run."""

    store: Store
    run: Run
    observer: Observer
    executor: Executor
    full: bool
    persons: set[bytes] = field(default_factory=set)
    """Tokens of distinct numbers, under a key that ends with this run."""
    reused: bool = False
    """Some findings stand from an earlier run or before an interruption: persons are bounds."""
    twins: Twins = field(init=False)

    def __post_init__(self) -> None:
        """Equal files are looked for in this run and in the workspace."""
        recall = self.store.twins
        self.twins = Twins(self.store.twin, (lambda _: {}) if self.full else recall)

    def exact_persons(self) -> int | None:
        """Distinct persons, if this run alone has seen every finding that stands."""
        return None if self.reused or self.run.resumed else len(self.persons)

    async def work(
        self, connector: Connector, book: Book, page: Page, total: Tally, meter: Meter
    ) -> None:
        """Work a page and commit it."""
        items = list({item.id: item for item in page.items}.values())  # the last of a repeat wins
        known = self.store.known(book, items)
        waited = meter.throttled
        todo, same = self._sorted(items, known)
        outcomes = await self._judged(connector, await self._read(connector, todo))
        tracked = [known[i.id].item_id or "" for i in same if known[i.id].seen != self.run.seq]
        exposed = self.store.exposed([t for t in tracked if t])
        asked = {i.id: i for i in same if known[i.id].item_id in exposed}
        outcomes += await self._regranted(connector, [*asked.values()])
        outcomes += [Outcome(i, State.UNCHANGED) for i in same if i.id not in asked]
        read = sum(o.scan.bytes_read for o in outcomes if o.scan)
        self.store.commit(self.run, book, page, outcomes, read)
        part = Tally(bytes=read, throttled=meter.throttled - waited)
        for outcome in outcomes:
            held = known.get(outcome.item.id)
            if held is None or held.seen != self.run.seq:
                part.book(outcome.state)
            part.findings += len(outcome.scan.findings) if outcome.scan else 0
        total.add(part)
        if part.throttled:
            self.observer.waiting(book.partition.source, part.throttled)
        self.observer.progress(book.partition.source, part)

    def _sorted(
        self, items: Sequence[Item], known: Mapping[str, Known]
    ) -> tuple[list[Item], list[Item]]:
        """Items to read, and items whose results stand."""
        todo: list[Item] = []
        same: list[Item] = []
        for item in items:
            held = known.get(item.id)
            stands = (
                held is not None
                and held.version == self.store.token(self.store.rules, item)
                and (not self.full or held.seen == self.run.seq)
            )
            (same if stands else todo).append(item)
        return todo, same

    async def _read(self, connector: Connector, items: Sequence[Item]) -> list[Outcome]:
        """Read and scan; of equal files one."""

        async def work(some: Sequence[Item]) -> list[Outcome]:
            return await self.executor.work(connector, some)

        outcomes = await self.twins.work(items, work)
        self.reused = self.reused or bool(self.twins.recalled)
        return outcomes

    async def _judged(self, connector: Connector, outcomes: list[Outcome]) -> list[Outcome]:
        """Ask who can reach the items with findings, and judge."""
        found = [o for o in outcomes if o.scan and o.scan.findings]
        for outcome in found:
            if outcome.scan:
                self.persons |= outcome.scan.persons
        answers = {o.item.id: o for o in await judged(connector, found)}
        return [answers.get(o.item.id, o) for o in outcomes]

    async def _regranted(self, connector: Connector, items: Sequence[Item]) -> list[Outcome]:
        """Sharing changes without content changing: ask again for findings that stand."""
        self.reused = self.reused or bool(items)
        return await judged(connector, [Outcome(i, State.UNCHANGED) for i in items])

    async def unlisted(self, connector: Connector, book: Book, total: Tally) -> None:
        """What a listing by changes did not name: second tries, and grants of findings."""
        tracked = self.store.unlisted(self.run, book)
        natives = {t.native: t for t in tracked if t.native}
        again = [n for n, t in natives.items() if t.retry]
        for some in _slices(again):
            items = await connector.lookup(book.partition, some)
            outcomes = await self._judged(connector, await self._read(connector, items))
            self.store.again(self.run, book, outcomes)
            self.store.vanished(self.run, book, sorted(set(some) - {i.id for i in items}))
            for outcome in outcomes:
                total.book(outcome.state)
        for some in _slices([n for n, t in natives.items() if t.exposed and not t.retry]):
            known = [natives[n] for n in some]
            held = self.store.grants([one.item_id for one in known])
            stubs = [
                Item(book.partition, n, one.shown, "", facts={HELD: held.get(one.item_id, ())})
                for n, one in zip(some, known, strict=True)
            ]
            outcomes = await self._regranted(connector, stubs)
            self.store.again(self.run, book, outcomes)
            total.book(State.UNCHANGED, len(outcomes))


def _slices(values: Sequence[str], size: int = 100) -> list[Sequence[str]]:
    return [values[start : start + size] for start in range(0, len(values), size)]
