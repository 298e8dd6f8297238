"""Sites of SharePoint: site collections, personal sites, and the subsites in them.

Source: Graph v1.0 ``sites/getAllSites``, ``sites/{id}/sites``.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from fnmatch import fnmatchcase
from typing import Any
from urllib.parse import quote, unquote

from connectors._errors import ConnectorError, Misconfigured
from connectors._graph import Graph
from connectors._identity import Access
from connectors._instead import either, is_malformed
from connectors._lane import Ask
from connectors._model import Need

SITES = Need("Sites.Read.All", "sites")
SCOPE = "sharepoint"
"""The gate of everything that SharePoint answers."""

_PERSONAL = "isPersonalSite"
_PROPERTIES = ("id", "name", "displayName", "webUrl")
_DEEPEST = 20
"""Subsites in subsites."""

Site = Mapping[str, Any]


class Sites:
    """The sites of one kind, personal or not, that the settings include."""

    def __init__(
        self,
        include: Sequence[str],
        exclude: Sequence[str],
        access: Access,
        *,
        personal: bool,
        named: Sequence[str] = (),
    ) -> None:
        """``named`` are addresses of sites, for an app that may read these and not list others."""
        self._named = named
        self._include = include
        self._exclude = exclude
        self._personal = personal
        self._graph = Graph.of(access)

    async def collections(self) -> AsyncIterator[Site]:
        """Every site collection.

        The reference names no query options for this call: where a service refuses ours, it is
        asked without them.
        """
        for address in self._named:
            yield await self._one(address)
        if self._named:
            return
        chosen = self._all([*_PROPERTIES, _PERSONAL])
        async for site in either(chosen, is_malformed, lambda: self._all(None)):
            if self._wanted(site):
                yield site

    async def _one(self, address: str) -> Site:
        """The site at an address; one that cannot be had is named, and says why when listed."""
        host, _, path = address.partition("://")[2].partition("/")
        where = f"{host}:/{quote(path.rstrip('/'))}" if path.strip("/") else host
        ask = Ask(f"/sites/{where}?$select={','.join(_PROPERTIES)}", SCOPE, {}, "Sites.Selected")
        try:
            return await self._graph.json(ask)
        except Misconfigured:
            raise
        except ConnectorError as error:
            return {"id": address, "webUrl": address, "error": error}

    def _wanted(self, site: Site) -> bool:
        return _is_personal(site) == self._personal and self.included(site)

    async def _all(self, select: list[str] | None) -> AsyncIterator[Site]:
        from kiota_abstractions.base_request_configuration import RequestConfiguration
        from msgraph.generated.sites.get_all_sites.get_all_sites_request_builder import (
            GetAllSitesRequestBuilder,
        )

        query = GetAllSitesRequestBuilder.GetAllSitesRequestBuilderGetQueryParameters(select=select)
        info = (await self._graph.sdk()).sites.get_all_sites.to_get_request_information(
            RequestConfiguration(query_parameters=query)
        )
        async for site in self._graph.values(Ask(info, SCOPE, {}, SITES.permission)):
            yield site

    async def below(self, site: Site) -> AsyncIterator[Site | ConnectorError]:
        """Subsites at any depth; where they cannot be listed, the error in their place."""
        waiting = [(str(site["id"]), 0)]
        while waiting:
            identifier, depth = waiting.pop()
            select = ",".join(_PROPERTIES)
            path = f"/sites/{quote(identifier, safe=',')}/sites?$select={select}"
            try:
                async for found in self._graph.values(Ask(path, SCOPE, {}, SITES.permission)):
                    if depth < _DEEPEST:
                        waiting.append((str(found["id"]), depth + 1))
                    if self.included(found):
                        yield found
            except Misconfigured:
                raise
            except ConnectorError as error:
                yield error

    def included(self, site: Site) -> bool:
        """Globs are compared with the site's URL, its path and its names."""
        url = unquote(str(site.get("webUrl") or "")).lower()
        path = "/" + url.partition("://")[2].partition("/")[2]
        names = [url, path, *(str(site.get(k) or "").lower() for k in ("name", "displayName"))]

        def meets(globs: Sequence[str]) -> bool:
            return any(fnmatchcase(n, g.lower()) for n in names for g in globs)

        return meets(self._include) and not meets(self._exclude)


def title(site: Site) -> str:
    """What people call a site."""
    return str(site.get("displayName") or site.get("name") or site.get("webUrl") or "")


def path_of_site(identifier: str) -> str:
    """Where a site is asked for."""
    return f"/sites/{quote(identifier, safe=',')}"


def _is_personal(site: Site) -> bool:
    """Whether a site is somebody's OneDrive; the address tells where the property is left out."""
    url = str(site.get("webUrl") or "").lower()
    return bool(site.get(_PERSONAL)) or "-my.sharepoint." in url or "/personal/" in url
