"""Preflight: who we are to the tenant, what will and will not be seen, and how long it will take.

Facts only; :mod:`auditor.terminal.checkup` puts them into words. Reads listings, keeps none.
"""

from __future__ import annotations

import asyncio
import base64
import json
import re
from collections.abc import AsyncGenerator, Iterable, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field
from typing import Any, cast

import connectors
from auditor.bounds import Machine
from auditor.executor import gap_of
from auditor.forecast import Outlook, outlook
from auditor.model import Reason
from auditor.redact import mask
from auditor.settings import Settings, TenantSettings, needs_tenant
from connectors import Connector, ConnectorError, Misconfigured, Partition
from connectors import _questions as questions
from connectors._directory import People
from connectors._identity import Access, host_of, origin
from connectors._model import Need

__all__ = ["Health", "Permission", "Refused", "View", "examine"]

MOST = 200
"""Places of one source that are listed here; an audit lists them all."""
TRIED, ATTEMPTS = 3, 8
"""Places that are opened: until so many could be, or so many were tried."""
PATIENCE = 60.0
"""Seconds for one source."""

_READS = re.compile(r"\.(Read|ReadBasic|Selected|SelectedOperations)(\.|$)")
_BROADER = {
    "User.Read.All": ("User.ReadWrite.All", "Directory.Read.All", "Directory.ReadWrite.All"),
    "Domain.Read.All": ("Domain.ReadWrite.All", "Directory.Read.All", "Directory.ReadWrite.All"),
    "Sites.Read.All": ("Sites.ReadWrite.All", "Sites.Manage.All", "Sites.FullControl.All"),
    "Files.Read.All": ("Files.ReadWrite.All",),
    "Mail.Read": ("Mail.ReadWrite",),
}
"""What opens the same, and more than an audit wants."""


@dataclass(frozen=True, slots=True)
class Permission:
    """One permission, held against what the sources need."""

    name: str
    status: str
    """granted, missing, optional (missing, and the audit gets along), asked (an Azure role, which
    only the service itself can tell), unneeded, writing (can do more than read)."""
    opens: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()


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

    @property
    def missing(self) -> bool:
        """Something will not be seen."""
        return any(p.status == "missing" for p in self.permissions) or any(
            view.refused or view.fault for view in self.views
        )

    @property
    def faults(self) -> tuple[Misconfigured, ...]:
        """What has to be mended before an audit can run."""
        faults = (self.fault, *(view.fault for view in self.views))
        return tuple(fault for fault in faults if fault is not None)


async def examine(
    settings: Settings, sources: Sequence[str], counted: Mapping[str, int]
) -> list[Health]:
    """Examine every tenant; ``counted`` is what an earlier audit listed, a source."""
    return [
        await _tenant(settings, tenant, sources, counted) for tenant in settings.tenants_or_local()
    ]


async def _tenant(
    settings: Settings, tenant: TenantSettings, sources: Sequence[str], counted: Mapping[str, int]
) -> Health:
    chosen = settings.sources_of(tenant, sources)
    signing = {name for name, own in chosen.items() if needs_tenant(name, own)}
    access = tenant.access()
    fault: Misconfigured | None = None
    claims: dict[str, Any] | None = None
    try:
        if signing:
            try:
                claims = await _claims(access)
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
    held = _held(claims)
    places = {view.source: view.places for view in views}
    return Health(
        tenant,
        host_of(access.cloud.authority) if signing else "",
        fault,
        delegated=bool(claims and "scp" in claims),
        empty=claims is not None and not held,
        permissions=_permissions(needs, held) if fault is None and signing else (),
        views=tuple(views),
        outlook=outlook(places, counted, members, Machine(cores=settings.workers())),
    )


async def _claims(access: Access) -> dict[str, Any]:
    """What the token for Graph says; nobody here has to trust it. Raises Misconfigured."""
    credential = await access.credential()
    token = await credential.get_token(f"{origin(access.cloud.graph)}/.default")
    try:
        payload = token.token.split(".")[1]
        claims = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    except (ValueError, IndexError):
        return {}
    return claims if isinstance(claims, dict) else {}


def _held(claims: Mapping[str, Any] | None) -> frozenset[str]:
    """The permissions in a token: the app's roles, or the scopes that a person consented to."""
    if not claims:
        return frozenset()
    roles = claims.get("roles") or str(claims.get("scp") or "").split()
    return frozenset(str(role) for role in roles)


def _permissions(
    needs: Mapping[str, Iterable[Need]], held: frozenset[str]
) -> tuple[Permission, ...]:
    """Every permission needed, then what is held beyond that; the dangerous last."""
    wanted: dict[str, list[tuple[str, Need]]] = {}
    for source, some in sorted(needs.items()):
        for need in some:
            wanted.setdefault(need.permission, []).append((source, need))
    found = []
    for name, users in wanted.items():
        opens = tuple(dict.fromkeys(need.opens for _, need in users))
        names = tuple(dict.fromkeys(source for source, _ in users))
        found.append(Permission(name, _status(name, users, held), opens, names))
    rest = sorted(held - set(wanted))
    found += [Permission(name, "unneeded") for name in rest if _READS.search(name)]
    found += [Permission(name, "writing") for name in rest if not _READS.search(name)]
    return tuple(found)


def _status(name: str, users: Sequence[tuple[str, Need]], held: frozenset[str]) -> str:
    if users[0][1].service != "graph":
        return "asked"
    if name in held or held.intersection(_BROADER.get(name, ())):
        return "granted"
    return "optional" if all(need.optional for _, need in users) else "missing"


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
