"""OneDrive: the drives of every personal site, also of users who have left.

Source: Graph v1.0 ``sites/getAllSites`` (``isPersonalSite``), ``sites/{id}/drives``,
``users/{id}/drives``.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import date
from typing import Literal
from urllib.parse import quote

from connectors import _recyclebins
from connectors._directory import NEEDS as DIRECTORY_NEEDS
from connectors._directory import People
from connectors._drives import DRIVE, FILES, Drives
from connectors._errors import Denied, Gone
from connectors._groups import MEMBERS
from connectors._identity import Access
from connectors._kinds import ByKind, Reading
from connectors._model import Partition
from connectors._recyclebins import RecycleBins
from connectors._sites import SITES, Sites

NEEDS = (SITES, FILES, MEMBERS, *DIRECTORY_NEEDS)


@dataclass(frozen=True, slots=True)
class Settings:
    """``[sources.onedrive]``: globs over personal-site URLs, names and user addresses."""

    include: tuple[str, ...] = ("*",)
    exclude: tuple[str, ...] = ()
    paths: tuple[str, ...] = ("*",)
    """Globs over the path and name of a file in its drive."""
    exclude_paths: tuple[str, ...] = ()
    since: date | None = None
    """Files last changed before this day are left out, and said to be."""
    until: date | None = None
    versions: Literal["none", "last", "all"] = "none"
    """Earlier versions of files."""
    allow_beta: bool = False
    """Also what only Graph beta has: names in recycle bins."""


class Source(ByKind):
    """All personal drives of a tenant that the settings include."""

    def __init__(self, settings: Settings, access: Access) -> None:
        self._sites = Sites(settings.include, settings.exclude, access, personal=True)
        self._drives = Drives("onedrive", access, settings.versions)
        self._people = People.of(access)
        self._bins = RecycleBins("onedrive", access, allow_beta=settings.allow_beta)
        kinds: dict[str, Reading] = {"drive": self._drives, _recyclebins.NAME: self._bins}
        super().__init__(kinds, settings)

    async def partitions(self) -> AsyncIterator[Partition]:
        """By the list of sites; where it names no personal site, by the users one by one.

        Where the list is denied, so that nobody can say whose drives are missing, the users' come
        first and then the error.
        """
        seen: set[str] = set()
        listed = False
        denied: Denied | None = None
        try:
            async for site in self._sites.collections():
                listed = True
                async for partition in self._drives.of_site(site, seen):
                    yield partition
                if self._bins.allowed:
                    yield self._bins.of_site(site)
        except Denied as error:
            denied = error
        if not listed:
            async for partition in self._by_user(seen):
                yield partition
        if seen and not self._bins.allowed:
            yield self._bins.left_out()
        elif seen and not listed:
            yield self._bins.left_out("sites of users are not listed", "not_offered")
        if denied is not None:
            raise denied

    async def _by_user(self, seen: set[str]) -> AsyncIterator[Partition]:
        for person in await self._people.users():
            address = person.mail or person.upn
            if person.guest or not self._sites.included({"name": address}):
                continue
            path = f"/users/{quote(person.id)}/drives?$select={DRIVE}"
            async for partition in self._drives.below(path, address, person.id, seen):
                if not isinstance(partition.facts.get("error"), Gone):  # never provisioned
                    yield partition
