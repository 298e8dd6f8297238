"""Preflight: who we are to the tenant, what will and will not be seen, and how long it will take.

Facts only; :mod:`auditor.terminal.checkup` puts them into words. Reads listings, keeps none.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field, replace
from typing import Any, cast

import connectors
from auditor.bounds import Machine
from auditor.cluster.muster import Crew, crew_of
from auditor.executor import gap_of
from auditor.forecast import Outlook, outlook
from auditor.model import Reason
from auditor.permits import Permission, claims_of, held_by, permissions_of
from auditor.redact import mask
from auditor.settings import Settings, TenantSettings, needs_tenant
from connectors import Connector, ConnectorError, Misconfigured, Partition
from connectors import _questions as questions
from connectors._directory import People
from connectors._identity import Access, host_of

__all__ = ["Health", "Refused", "View", "examine"]

MOST = 200
"""Places of one source that are listed here; an audit lists them all."""
TRIED, ATTEMPTS = 3, 8
"""Places that are opened: until so many could be, or so many were tried."""
PATIENCE = 60.0
"""Seconds for one source."""


@dataclass(frozen=True, slots=True)
class Refused:
    """A place, or a whole source (``name`` empty), that cannot be read."""

    name: str
    reason: Reason
    permission: str


@dataclass(frozen=True, slots=True)
class View:
    """What one source can see."""

    source: str
    places: int = 0
    more: bool = False
    """There are more places than were listed here."""
    tried: int = 0
    opened: int = 0
    refused: tuple[Refused, ...] = ()
    fault: Misconfigured | None = None


@dataclass(frozen=True, slots=True)
class Health:
    """One tenant's preflight."""

    tenant: TenantSettings
    host: str = ""
    """Where the sign-in went; "" where none was needed."""
    fault: Misconfigured | None = None
    """Why nobody is signed in."""
    delegated: bool = False
    """Somebody's own rights are used, not the app's."""
    empty: bool = False
    """The token carries no permissions at all."""
    permissions: tuple[Permission, ...] = ()
    views: tuple[View, ...] = ()
    outlook: Outlook | None = None
    """What an audit will take."""
    crew: Crew | None = None
    """Who would work; None where this machine does."""

    @property
    def missing(self) -> bool:
        """Something will not be seen."""
        return any(p.status == "missing" for p in self.permissions) or any(
            view.refused or view.fault for view in self.views
        )

    @property
    def faults(self) -> tuple[Misconfigured, ...]:
        """What has to be mended before an audit can run."""
        crew = self.crew.fault if self.crew else None
        faults = (crew, self.fault, *(view.fault for view in self.views))
        return tuple(fault for fault in faults if fault is not None)


async def examine(
    settings: Settings, sources: Sequence[str], counted: Mapping[str, int]
) -> list[Health]:
    """Examine every tenant; ``counted`` is what an earlier audit listed, a source."""
    crew = await crew_of(settings.engine) if settings.engine.kind == "dask" else None
    return [
        replace(
            await _tenant(settings, tenant, sources, counted, _machine(settings, crew)), crew=crew
        )
        for tenant in settings.tenants_or_local()
    ]


def _machine(settings: Settings, crew: Crew | None) -> Machine:
    """What the forecast counts on: the workers that would take part, else this machine."""
    if crew is None or not crew.fit:
        return Machine(cores=settings.workers())
    cores = sum(settings.engine.workers or hand.processors for hand in crew.fit)
    return Machine(cores=cores, rooms=len(crew.fit))


async def _tenant(
    settings: Settings,
    tenant: TenantSettings,
    sources: Sequence[str],
    counted: Mapping[str, int],
    machine: Machine,
) -> Health:
    chosen = settings.sources_of(tenant, sources)
    signing = {name for name, own in chosen.items() if needs_tenant(name, own)}
    access = tenant.access()
    fault: Misconfigured | None = None
    claims: dict[str, Any] | None = None
    try:
        if signing:
            try:
                claims = await claims_of(access)
            except Misconfigured as error:
                fault = error
        usable = {n: own for n, own in chosen.items() if fault is None or n not in signing}
        views = [await _view(name, own, access) for name, own in usable.items()]
        members = await _members(access) if signing and fault is None else None
    finally:
        await access.aclose()
    needs = {name: connectors.load(name).NEEDS for name in signing}
    if settings.controls.enabled and signing and not sources:
        needs["controls"] = questions.needs()
    held = held_by(claims)
    places = {view.source: view.places for view in views}
    return Health(
        tenant,
        host_of(access.cloud.authority) if signing else "",
        fault,
        delegated=bool(claims and "scp" in claims),
        empty=claims is not None and not held,
        permissions=permissions_of(needs, held) if fault is None and signing else (),
        views=tuple(views),
        outlook=outlook(places, counted, members, machine),
    )


async def _view(name: str, settings: object, access: Access) -> View:
    """List the places of a source, and open the first few."""
    probe = _Probe(name)
    connector: Connector = connectors.load(name).Source(settings, access)
    try:
        async with asyncio.timeout(PATIENCE):
            await probe.walk(connector)
    except TimeoutError:
        probe.more = True
    except Misconfigured as error:
        probe.fault = error
    except ConnectorError as error:
        probe.refuse("", error)
    finally:
        await connector.aclose()
    return probe.view()


@dataclass(slots=True)
class _Probe:
    source: str
    places: int = 0
    more: bool = False
    tried: int = 0
    opened: int = 0
    refused: list[Refused] = field(default_factory=list)
    fault: Misconfigured | None = None

    async def walk(self, connector: Connector) -> None:
        places = cast("AsyncGenerator[Partition, None]", connector.partitions())
        async with aclosing(places):
            async for place in places:
                if self.places == MOST:
                    self.more = True
                    return
                self.places += 1
                if error := place.facts.get("error"):
                    self.refuse(mask(place.name), error)
                elif self.opened < TRIED and self.tried < ATTEMPTS:
                    await self.open(connector, place)

    async def open(self, connector: Connector, place: Partition) -> None:
        """Ask for the first page and look no further."""
        self.tried += 1
        pages = cast("AsyncGenerator[Any, None]", connector.pages(place, {}))
        try:
            async with aclosing(pages):
                async for _ in pages:
                    break
        except Misconfigured:
            raise
        except ConnectorError as error:
            self.refuse(mask(place.name), error)
        else:
            self.opened += 1

    def refuse(self, name: str, error: Any) -> None:
        """Note what could not be read; never as nothing. What the settings leave out is no news."""
        if isinstance(error, ConnectorError):
            gap = gap_of(error)
            if gap.reason is Reason.EXCLUDED_BY_SETTINGS:
                return
            self.refused.append(Refused(name, gap.reason, gap.permission))
        else:
            self.refused.append(Refused(name, Reason.SERVICE_ERROR, ""))

    def view(self) -> View:
        return View(
            self.source,
            self.places,
            self.more,
            self.tried,
            self.opened,
            tuple(self.refused),
            self.fault,
        )


async def _members(access: Access) -> int | None:
    """How many people belong to the tenant; None where the directory does not say."""
    try:
        return sum(not person.guest for person in await People.of(access).users())
    except ConnectorError:
        return None
