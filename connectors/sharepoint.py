"""SharePoint: every site collection and subsite, with its libraries, lists and pages.

Source: Graph v1.0 ``sites/getAllSites``, ``sites/{id}/sites``. Personal sites are ``onedrive``.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from connectors import _lists, _recyclebins, _sitepages
from connectors._directory import NEEDS as DIRECTORY_NEEDS
from connectors._drives import FILES, Drives
from connectors._errors import ConnectorError, Gone, Withheld
from connectors._groups import MEMBERS
from connectors._identity import Access
from connectors._kinds import ByKind, Reading
from connectors._listfiles import LIST_FILES, ListFiles
from connectors._lists import Lists
from connectors._model import Partition
from connectors._recyclebins import RecycleBins
from connectors._sitepages import SitePages
from connectors._sites import SITES, Site, Sites, title

NEEDS = (SITES, FILES, MEMBERS, LIST_FILES, *DIRECTORY_NEEDS)


@dataclass(frozen=True, slots=True)
class Settings:
    """``[sources.sharepoint]``: globs over site URLs, paths and names."""

    include: tuple[str, ...] = ("*",)
    exclude: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()
    """Addresses of the only sites to read, for an app with Sites.Selected; empty: all sites."""
    paths: tuple[str, ...] = ("*",)
    """Globs over the path and name of an item in its library."""
    exclude_paths: tuple[str, ...] = ()
    since: date | None = None
    """Items last changed before this day are left out, and said to be."""
    until: date | None = None
    lists: bool = True
    """Rows of lists that are no libraries."""
    attachments: bool = False
    """Files attached to rows, by SharePoint's own interface: needs a certificate, and
    ``Sites.Read.All`` of SharePoint beside Graph's."""
    pages: bool = True
    """The writing on site pages."""
    versions: Literal["none", "last", "all"] = "none"
    """Earlier versions of files."""
    allow_beta: bool = False
    """Also what only Graph beta has: names in recycle bins."""


class Source(ByKind):
    """All sites of a tenant that the settings include."""

    def __init__(self, settings: Settings, access: Access) -> None:
        self._settings = settings
        self._tenant = access.tenant.id
        self._sites = Sites(
            settings.include, settings.exclude, access, personal=False, named=settings.sites
        )
        self._drives = Drives("sharepoint", access, settings.versions)
        files = ListFiles(access) if settings.attachments else None
        self._lists = Lists("sharepoint", access, files)
        self._pages = SitePages("sharepoint", access)
        self._bins = RecycleBins("sharepoint", access, allow_beta=settings.allow_beta)
        kinds: dict[str, Reading] = {
            "drive": self._drives,
            _lists.NAME: self._lists,
            _sitepages.NAME: self._pages,
            _recyclebins.NAME: self._bins,
        }
        super().__init__(kinds, settings)

    async def partitions(self) -> AsyncIterator[Partition]:
        """A library, a list or the pages of a site each; what is locked or denied says so."""
        seen: set[str] = set()
        drives: set[str] = set()
        async for site in self._sites.collections():
            if str(site["id"]) in seen:
                continue
            seen.add(str(site["id"]))
            if error := site.get("error"):
                facts = {"error": error}
                yield Partition("sharepoint", str(site["id"]), title(site), self._tenant, facts)
                continue
            shut = False
            async for partition in self._in(site, drives, top=True):
                yield partition
                shut = shut or _shut(partition)
            if not shut:
                async for partition in self._below(site, seen, drives):
                    yield partition
        if seen and not self._bins.allowed:
            yield self._bins.left_out()

    async def _below(
        self, site: Site, seen: set[str], drives: set[str]
    ) -> AsyncIterator[Partition]:
        async for inner in self._sites.below(site):
            if isinstance(inner, ConnectorError):
                if not _none_there(inner):
                    yield self._unlisted(site, inner)
            elif str(inner["id"]) not in seen:
                seen.add(str(inner["id"]))
                async for partition in self._in(inner, drives):
                    yield partition

    async def _in(
        self, site: Site, drives: set[str], *, top: bool = False
    ) -> AsyncIterator[Partition]:
        async for partition in self._drives.of_site(site, drives):
            yield partition
            if _shut(partition):
                return
        if self._settings.lists:
            async for partition in self._lists.of_site(site):
                yield partition
        if self._settings.pages:
            yield self._pages.of_site(site)
        if top and self._bins.allowed:
            yield self._bins.of_site(site)

    def _unlisted(self, site: Site, error: ConnectorError) -> Partition:
        name = f"{title(site)} › subsites"
        key = f"{site['id']}/sites"
        return Partition("sharepoint", key, name, self._tenant, {"error": error})


def _none_there(error: ConnectorError) -> bool:
    """Whether the answer says that there are no subsites, or that the site is shut altogether."""
    return isinstance(error, Gone | Withheld) or error.detail.startswith("HTTP 423")


def _shut(partition: Partition) -> bool:
    """Whether nothing of the site can be read: it is locked (423), or gone meanwhile."""
    error = partition.facts.get("error")
    return isinstance(error, Gone) or (error is not None and error.detail.startswith("HTTP 423"))
