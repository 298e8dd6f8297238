"""Azure Files: every share of every account; a file is an item.

The least that it needs is ``Storage File Data Privileged Reader`` on the accounts: it reads every
file whatever access lists say, as a backup does. ``Reader`` finds the accounts, and lists their
shares where the data service does not let that role do it; it also shows who holds which role.

A run lists all folders anew, each with a request of its own; unchanged files cost nothing more.
Snapshots of shares are read where the settings want them, else said; deleted shares that are still
kept are said. Metadata that programs put on files is not read: it would take a request a file.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from connectors._errors import ConnectorError, Denied, Misconfigured, Withheld
from connectors._identity import Access
from connectors._kinds import ByKind
from connectors._model import Need, Partition
from connectors._service_places import Place, Places
from connectors._service_reach import Readers
from connectors._services import FILES
from connectors._shares import SNAPSHOT, Shares, when_of

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from connectors._arm import Found
    from connectors._service_accounts import ServiceAccount

NEEDS = (
    Need(FILES.role, "shares", "storage"),
    Need("Reader", "storage_accounts", "storage", optional=True),
)

PAGE = 5_000
"""Entries of a folder a request; the service gives no more."""

_QUERY = {"comp": "list", "include": "snapshots,deleted"}


@dataclass(frozen=True, slots=True)
class Settings:
    """``[sources.azure_files]``: accounts by URL (none: all that are seen), globs over shares."""

    accounts: tuple[str, ...] = ()
    connection_string_env: str = ""
    include: tuple[str, ...] = ("*",)
    exclude: tuple[str, ...] = ()
    paths: tuple[str, ...] = ("*",)
    """Globs over folder and name of a file."""
    exclude_paths: tuple[str, ...] = ()
    since: date | None = None
    """Files last changed before this day are left out, and said to be."""
    until: date | None = None
    snapshots: bool = False
    """Read snapshots of shares too, each like a share of its own."""


@dataclass(frozen=True, slots=True)
class _Share:
    """A row of a listing."""

    name: str
    snapshot: str = ""
    deleted: str = ""
    """The day, or "yes"."""
    version: str = ""


class Source(ByKind):
    """All shares of the accounts that the settings include."""

    def __init__(self, settings: Settings, access: Access) -> None:
        self._wanted = settings
        self._places = Places("azure_files", settings, access, FILES)
        readers = Readers(self._places, FILES)
        super().__init__({"share": Shares(self._places, lambda: PAGE, readers)}, settings)

    async def aclose(self) -> None:
        """Close the connections."""
        await self._places.aclose()

    async def partitions(self) -> AsyncIterator[Partition]:
        """A share each; what cannot be listed is a partition that says why."""
        async for partition in self._places.partitions(self._shares):
            yield partition

    async def _shares(self, account: ServiceAccount, found: Found) -> AsyncIterator[Place]:
        unread: dict[str, list[str]] = {}
        async for share in self._rows(account, found):
            if share.deleted:
                why = Withheld(f"soft-deleted {share.deleted}", reason="not_offered")
                yield Place(share.name, more=f"deleted={share.version}", error=why)
            elif not share.snapshot:
                yield Place(share.name)
            elif self._wanted.snapshots:
                stamp = share.snapshot
                shown = f"snapshot {stamp[:19]}Z"
                yield Place(share.name, {SNAPSHOT: stamp}, f"snapshot={stamp}", shown)
            else:
                unread.setdefault(share.name, []).append(share.snapshot)
        for name, stamps in unread.items():
            last = f"snapshots: {len(stamps)}, the last of {max(stamps)[:10]}"
            why = Withheld(last, reason="excluded_by_settings")
            yield Place(name, more="snapshots", shown="snapshots", error=why)

    async def _rows(self, account: ServiceAccount, found: Found) -> AsyncIterator[_Share]:
        """The shares, as the data service names them, or Resource Manager in its stead."""
        begun = False
        try:
            async for share in account.names(_QUERY, "Share", _share):
                begun = True
                yield share
        except Denied as refused:
            manager = self._places.manager()
            if begun or manager is None:
                raise
            if found.facts is None:
                detail = f"{refused.detail} (Reader lists shares too)"
                raise Denied(detail, permission=refused.permission) from None
            try:
                rows = await manager.shares(found.facts.id)
            except Misconfigured:
                raise
            except ConnectorError:
                raise refused from None
            for row in rows:
                yield _managed(row)


def _share(element: Element) -> _Share:
    deleted = ""
    if (element.findtext("Deleted") or "").lower() == "true":
        deleted = _day(element.findtext("Properties/DeletedTime"))
    name, snapshot = element.findtext("Name") or "", element.findtext("Snapshot") or ""
    return _Share(name, snapshot, deleted, element.findtext("Version") or "")


def _managed(row: dict[str, Any]) -> _Share:
    said = row.get("properties") or {}
    deleted = _day(said.get("deletedTime")) if said.get("deleted") else ""
    name, snapshot = str(row.get("name") or ""), str(said.get("snapshotTime") or "")
    return _Share(name, snapshot, deleted, str(said.get("version") or ""))


def _day(text: Any) -> str:
    """``2026-04-01``, whether the moment was written as ISO 8601 or as HTTP writes it."""
    moment = when_of(str(text or ""))
    return moment.date().isoformat() if moment else "yes"
