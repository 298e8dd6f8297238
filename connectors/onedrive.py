"""OneDrive: the drives of every personal site, also of users who have left.

Source: Graph v1.0 ``sites/getAllSites`` (``isPersonalSite``), ``sites/{id}/drives``,
``users/{id}/drives``.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from urllib.parse import quote

from connectors._directory import NEEDS as DIRECTORY_NEEDS
from connectors._drives import FILES, SITES, Drives
from connectors._errors import Gone
from connectors._identity import Access
from connectors._model import Partition

NEEDS = (SITES, FILES, *DIRECTORY_NEEDS)


@dataclass(frozen=True, slots=True)
class Settings:
    """``[sources.onedrive]``: globs over personal-site URLs, names and user addresses."""

    include: tuple[str, ...] = ("*",)
    exclude: tuple[str, ...] = ()


class Source(Drives):
    """All personal drives of a tenant that the settings include."""

    source = "onedrive"
    personal = True

    def __init__(self, settings: Settings, access: Access) -> None:
        super().__init__(settings.include, settings.exclude, access)

    async def partitions(self) -> AsyncIterator[Partition]:
        """By the list of sites; where it names no personal site, by the users one by one."""
        seen: set[str] = set()
        listed = False
        async for site in self.sites():
            listed = True
            identifier = str(site["id"])
            label = str(site.get("displayName") or site.get("name") or site.get("webUrl") or "")
            path = f"/sites/{quote(identifier, safe=',')}/drives?$select=id,name,driveType,webUrl"
            async for partition in self.drives_of(path, label, identifier, seen):
                yield partition
        if not listed:
            async for partition in self._by_user(seen):
                yield partition

    async def _by_user(self, seen: set[str]) -> AsyncIterator[Partition]:
        for person in await self._people.users():
            address = person.mail or person.upn
            if person.guest or not self.included({"name": address}):
                continue
            path = f"/users/{quote(person.id)}/drives?$select=id,name,driveType,webUrl"
            async for partition in self.drives_of(path, address, person.id, seen):
                if not isinstance(partition.facts.get("error"), Gone):  # never provisioned
                    yield partition
