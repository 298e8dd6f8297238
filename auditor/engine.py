"""The one loop: partitions → pages → outcomes → store. It neither prints nor judges.

Pages of one partition are worked and committed in their order; several partitions go on at a time,
over all sources of a tenant, so that a slow mailbox does not hold up the others.
"""

from __future__ import annotations

import os
import secrets
import time
from asyncio import Semaphore
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import connectors
from auditor.checking import assess
from auditor.cluster.coordinator import Asked, executor_of
from auditor.executor import Local, gap_of
from auditor.locales import default_language
from auditor.model import VERSION, Gap, Reason, State
from auditor.pages import Pages
from auditor.paging import Listing
from auditor.progress import Observer, Tally, Unbalanced
from auditor.records import Run
from auditor.redact import mask
from auditor.settings import Settings, TenantSettings, needs_tenant
from auditor.store import Store
from auditor.together import together
from auditor.worker import NoWorkerError, Workers
from auditor.workspace import WorkspaceError
from connectors import Connector, ConnectorError, Misconfigured, Partition
from connectors._identity import Access
from connectors._model import METER, Meter
from connectors._posture import Posture


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
    lang: str = "",
) -> list[RunSummary]:
    """Audit every tenant of the settings; ``sources`` limits which, ``full`` reads all anew.

    Settings of the tenant are checked, too, unless ``sources`` are named; their words are kept in
    ``lang``, else in the language of the environment.

    Raises:
        Misconfigured: before work, when credentials, hosts or settings are wrong.
        WorkspaceError: when results cannot be kept; what was committed stays.

    """
    done = []
    for tenant in settings.tenants_or_local():
        chosen = settings.sources_of(tenant, sources)
        if not chosen:  # a run without sources would look like a tenant without findings
            continue
        done.append(
            await _audit_tenant(
                settings,
                tenant,
                chosen,
                store,
                observer,
                sources=sources,
                full=full,
                lang=lang or default_language(),
            )
        )
    return done


async def _audit_tenant(
    settings: Settings,
    tenant: TenantSettings,
    chosen: Mapping[str, object],
    store: Store,
    observer: Observer,
    *,
    sources: Sequence[str],
    full: bool,
    lang: str,
) -> RunSummary:
    from auditor.detect import rules_digest

    kept_key = await settings.kept_key(os.environ)
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
    key = kept_key or secrets.token_bytes(32)

    def here() -> Local:
        return Local(Workers(settings.workers(), settings.limits, key), settings.limits)

    interrupted = True
    try:
        asked = Asked(settings, tuple(chosen.items()), key, lang)
        async with executor_of(asked, access, here) as executor:
            pages = Pages(store, run, observer, executor, full)
            job = _Job(store, run, observer, full, pages, lang)
            await job.sources(chosen, access)
            signed_in = any(needs_tenant(name, of) for name, of in chosen.items())
            if settings.controls.enabled and signed_in and not sources:
                await job.controls(settings, access)
        interrupted = False
    finally:
        await access.aclose()
        if interrupted:
            store.finish(run, interrupted=True, persons=None, now=datetime.now(UTC))
    persons = store.persons_kept(run) if store.keep_persons else pages.exact_persons()
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
    full: bool
    pages: Pages
    lang: str

    async def sources(self, chosen: Mapping[str, object], access: Access) -> None:
        """All sources side by side."""
        async with together() as start:
            for name, settings in chosen.items():
                source: Connector = connectors.load(name).Source(settings, access)
                start(self._source(name, source))

    async def controls(self, settings: Settings, access: Access) -> None:
        """The checks of the tenant's settings, and what asking for them cost."""
        meter, started = Meter(), time.monotonic()
        METER.set(meter)
        asked = settings.controls
        posture = Posture(access, settings.sources, allow_beta=asked.allow_beta)
        found = await assess(posture, asked.exclude)
        self.store.controls(self.run, found, self.lang)
        scope = Partition("controls", "", "controls", self.run.tenant_id)
        book = self.store.partition(self.run, scope, full=False)
        tally = Tally(requests=meter.requests, units=meter.units)
        tally.seconds = time.monotonic() - started
        self.store.close_partition(self.run, book, (), tally)

    async def _source(self, name: str, connector: Connector) -> None:
        """All partitions of one source; a listing that breaks off is a gap of the source."""
        kept: list[int] = []
        gap: Gap | None = None
        meter = Meter()
        METER.set(meter)
        places = Semaphore(self.pages.executor.places(name))  # each source has its own
        try:
            async with together() as start:
                try:
                    async for partition in connector.partitions():
                        self.observer.partitions_found(name, 1)
                        await places.acquire()
                        start(self._partition(connector, partition, kept, places))
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

    async def _partition(
        self,
        connector: Connector,
        partition: Partition,
        kept: list[int],
        places: Semaphore,
    ) -> None:
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
                    await self.pages.work(connector, book, page, total, meter)
                await self.pages.unlisted(connector, book, total)
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
            places.release()
