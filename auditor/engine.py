"""The one loop: partitions → pages → outcomes → store. It neither prints nor judges.

Pages of one partition are worked and committed in their order; several partitions go on at a time,
over all sources of a tenant, so that a slow mailbox does not hold up the others.
"""

from __future__ import annotations

import asyncio
import os
import secrets
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

import connectors
from auditor.executor import Executor, Local, gap_of
from auditor.judging import judged
from auditor.model import VERSION, Gap, Outcome, Reason, State
from auditor.paging import Listing
from auditor.progress import Observer, Tally, Unbalanced
from auditor.records import Book, Known, Run
from auditor.redact import mask
from auditor.settings import Settings, TenantSettings
from auditor.store import Store
from auditor.together import together
from auditor.twins import Twins
from auditor.worker import NoWorkerError, Workers
from auditor.workspace import WorkspaceError
from connectors import (
    Connector,
    ConnectorError,
    Item,
    Misconfigured,
    Page,
    Partition,
)
from connectors._identity import Access
from connectors._model import HELD, METER, Meter

PARTITIONS = 8
"""Mailboxes, drives and containers read at a time."""


@dataclass(frozen=True, slots=True)
class RunSummary:
    """How a tenant's audit ended."""

    run_id: str
    tenant_id: str
    tenant_name: str
    state: str
    """complete, incomplete or interrupted."""
    tally: Tally
    resumed: bool = False


async def audit(
    settings: Settings,
    store: Store,
    observer: Observer,
    *,
    sources: Sequence[str] = (),
    full: bool = False,
) -> list[RunSummary]:
    """Audit every tenant of the settings; ``sources`` limits which, ``full`` reads all anew.

    Raises:
        Misconfigured: before work, when credentials, hosts or settings are wrong.
        WorkspaceError: when results cannot be kept; what was committed stays.

    """
    done = []
    for tenant in settings.tenants_or_local():
        chosen = settings.sources_of(tenant, sources)
        if not chosen:  # a run without sources would look like a tenant without findings
            continue
        done.append(await _audit_tenant(settings, tenant, chosen, store, observer, full=full))
    return done


async def _audit_tenant(
    settings: Settings,
    tenant: TenantSettings,
    chosen: Mapping[str, object],
    store: Store,
    observer: Observer,
    *,
    full: bool,
) -> RunSummary:
    from auditor.detect import rules_digest

    kept_key = settings.privacy_key(os.environ)
    store.keep_persons = kept_key is not None
    run = store.begin(
        tenant.id,
        tenant.name or tenant.id,
        full=full,
        rules=rules_digest(),
        version=VERSION,
        now=datetime.now(UTC),
    )
    observer.run_started(mask(tenant.name or tenant.id), resumed=run.resumed)
    access = tenant.access()
    workers = Workers(settings.workers(), settings.limits, kept_key or secrets.token_bytes(32))
    job = _Job(store, run, observer, Local(workers, settings.limits), full)
    interrupted = True
    try:
        await job.sources(chosen, access)
        interrupted = False
    finally:
        await job.executor.aclose()
        await access.aclose()
        if interrupted:
            store.finish(run, interrupted=True, persons=None, now=datetime.now(UTC))
    persons = store.persons_kept(run) if store.keep_persons else job.exact_persons()
    state = store.finish(run, interrupted=False, persons=persons, now=datetime.now(UTC))
    tally = store.tally(run)
    observer.run_done(mask(tenant.name or tenant.id), tally)
    return RunSummary(run.run_id, run.tenant_id, tenant.name, state, tally, run.resumed)


@dataclass(slots=True)
class _Job:
    """One tenant's run while it runs."""

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
    places: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(PARTITIONS))

    def __post_init__(self) -> None:
        """Equal files are looked for in this run and in the workspace."""
        recall = self.store.twins
        self.twins = Twins(self.store.twin, (lambda _: {}) if self.full else recall)

    def exact_persons(self) -> int | None:
        """Distinct persons, if this run alone has seen every finding that stands."""
        return None if self.reused or self.run.resumed else len(self.persons)

    async def sources(self, chosen: Mapping[str, object], access: Access) -> None:
        """All sources side by side."""
        async with together() as start:
            for name, settings in chosen.items():
                source: Connector = connectors.load(name).Source(settings, access)
                start(self._source(name, source))

    async def _source(self, name: str, connector: Connector) -> None:
        """All partitions of one source; a listing that breaks off is a gap of the source."""
        kept: list[int] = []
        gap: Gap | None = None
        meter = Meter()
        METER.set(meter)
        try:
            async with together() as start:
                try:
                    async for partition in connector.partitions():
                        self.observer.partitions_found(name, 1)
                        await self.places.acquire()
                        start(self._partition(connector, partition, kept))
                except Misconfigured:
                    raise
                except ConnectorError as error:  # those already found are read all the same
                    gap = gap_of(error)
        finally:
            await connector.aclose()
        scope = Partition(name, "", name, self.run.tenant_id)
        if gap is not None or meter.requests:
            book = self.store.partition(self.run, scope, full=False)
            kept.append(book.pk)
            tally = Tally(requests=meter.requests, units=meter.units)
            self.store.close_partition(self.run, book, (), tally, gap)
        if gap is None:
            self.store.drop_others(self.run, name, kept)
        else:
            self.observer.gap(name, name, gap.reason, gap.permission)

    async def _partition(self, connector: Connector, partition: Partition, kept: list[int]) -> None:
        """One partition to its end, whatever befalls it."""
        meter = Meter()
        METER.set(meter)
        started = time.monotonic()
        shown = mask(partition.name)
        total = Tally()
        try:
            book = self.store.partition(self.run, partition, full=self.full)
            kept.append(book.pk)
            if book.done:
                return
            self.observer.partition_started(partition.source, shown)
            gap: Gap | None = None
            listing = Listing()
            try:
                async for page in connector.pages(partition, book.cursors):
                    listing.check(page)
                    await self._page(connector, book, page, total, meter)
                await self._unlisted(connector, book, total)
            except (Misconfigured, WorkspaceError, Unbalanced, NoWorkerError):
                raise
            except ConnectorError as error:
                gap = gap_of(error)
            except Exception as error:  # noqa: BLE001 — a defect costs a scope, never the run
                gap = Gap(Reason.SERVICE_ERROR, "", f"internal {type(error).__name__}")
            total.requests, total.units = meter.requests, meter.units
            total.seconds = time.monotonic() - started
            rest = self.store.close_partition(self.run, book, listing.streams, total, gap)
            total.book(State.UNCHANGED, rest)
            if gap is not None:
                total.book(State.NOT_ASSESSED)
                self.observer.gap(partition.source, shown, gap.reason, gap.permission)
            total.check()
            self.observer.partition_done(partition.source, shown, total)
        finally:
            self.places.release()

    async def _page(
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
        asked = [i for i in same if known[i.id].item_id in exposed]
        outcomes += await self._regranted(connector, asked)
        outcomes += [Outcome(i, State.UNCHANGED) for i in same if i not in asked]
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

    async def _unlisted(self, connector: Connector, book: Book, total: Tally) -> None:
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
            held = self.store.grants([natives[n].item_id for n in some])
            stubs = [
                Item(book.partition, n, "", "", facts={HELD: held.get(natives[n].item_id, ())})
                for n in some
            ]
            outcomes = await self._regranted(connector, stubs)
            self.store.again(self.run, book, outcomes)
            total.book(State.UNCHANGED, len(outcomes))


def _slices(values: Sequence[str], size: int = 100) -> list[Sequence[str]]:
    return [values[start : start + size] for start in range(0, len(values), size)]
