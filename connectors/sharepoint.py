"""SharePoint: every site collection and every document library in it.

Source: Graph v1.0 ``sites/getAllSites``, ``sites/{id}/drives``. Personal sites are ``onedrive``.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass

from connectors._directory import NEEDS as DIRECTORY_NEEDS
from connectors._drives import FILES, SITES, Drives
from connectors._identity import Access
from connectors._model import Partition

NEEDS = (SITES, FILES, *DIRECTORY_NEEDS)


@dataclass(frozen=True, slots=True)
class Settings:
    """``[sources.sharepoint]``: globs over site URLs, paths and names."""

    include: tuple[str, ...] = ("*",)
    exclude: tuple[str, ...] = ()


class Source(Drives):
    """All sites of a tenant that the settings include."""

    source = "sharepoint"

    def __init__(self, settings: Settings, access: Access) -> None:
        super().__init__(settings.include, settings.exclude, access)

    async def partitions(self) -> AsyncIterator[Partition]:
        """A document library each; a locked or denied site is one that cannot be listed."""
        seen: set[str] = set()
        async for site in self.sites():
            async for partition in self.libraries(site, seen):
                yield partition
