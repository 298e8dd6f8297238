"""Drives of SharePoint and OneDrive: delta, download, permissions. Both sources share this.

Source: Graph v1.0 ``driveItem: delta``, ``driveItem: content``, ``driveItem: permissions``.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import replace
from fnmatch import fnmatchcase
from typing import Any
from urllib.parse import quote, unquote

from connectors._directory import People
from connectors._errors import Broken, ConnectorError, Gone, Withheld
from connectors._graph import Graph
from connectors._identity import Access
from connectors._lane import Ask
from connectors._model import Body, Grant, Item, Need, Page, Partition, Reach, Via
from connectors._permissions import of_permission, when
from connectors._problems import Resync

SITES = Need("Sites.Read.All", "sites")
FILES = Need("Files.Read.All", "files")

_SELECT = (
    "id,name,size,file,folder,package,deleted,root,remoteItem,malware,parentReference,webUrl,"
    "eTag,cTag,createdDateTime,lastModifiedDateTime,createdBy"
)
_PAGE = 500


class Drives:
    """What the two sources have in common; they differ in which sites they take."""

    source = ""
    personal = False

    def __init__(self, include: Sequence[str], exclude: Sequence[str], access: Access) -> None:
        self._include = include
        self._exclude = exclude
        self._access = access
        self._graph = Graph.of(access)
        self._people = People.of(access)

    async def aclose(self) -> None:
        """The shared Graph client closes with the tenant's access."""

    async def sites(self) -> AsyncIterator[Mapping[str, Any]]:
        """Every site collection of the kind that the settings include."""
        from kiota_abstractions.base_request_configuration import RequestConfiguration
        from msgraph.generated.sites.get_all_sites.get_all_sites_request_builder import (
            GetAllSitesRequestBuilder,
        )

        query = GetAllSitesRequestBuilder.GetAllSitesRequestBuilderGetQueryParameters(
            select=["id", "name", "displayName", "webUrl", "isPersonalSite"]
        )
        info = (await self._graph.sdk()).sites.get_all_sites.to_get_request_information(
            RequestConfiguration(query_parameters=query)
        )
        async for site in self._graph.values(self._ask(info, SITES.permission)):
            personal = bool(site.get("isPersonalSite")) or "-my.sharepoint." in str(
                site.get("webUrl") or ""
            )
            if personal == self.personal and self.included(site):
                yield site

    def included(self, site: Mapping[str, Any]) -> bool:
        """Globs are compared with the site's URL, its path and its names."""
        url = unquote(str(site.get("webUrl") or "")).lower()
        path = "/" + url.partition("://")[2].partition("/")[2]
        names = [url, path, *(str(site.get(k) or "").lower() for k in ("name", "displayName"))]

        def meets(globs: Sequence[str]) -> bool:
            return any(fnmatchcase(n, g.lower()) for n in names for g in globs)

        return meets(self._include) and not meets(self._exclude)

    async def drives_of(
        self, path: str, label: str, scope_id: str, seen: set[str]
    ) -> AsyncIterator[Partition]:
        """The drives under ``path`` not met before; one that cannot be listed becomes a partition
        whose pages raise why."""
        tenant = self._access.tenant.id
        try:
            async for drive in self._graph.values(self._ask(path, FILES.permission)):
                identifier = str(drive["id"])
                if identifier in seen:
                    continue
                seen.add(identifier)
                name = str(drive.get("name") or "")
                yield Partition(
                    self.source, identifier, f"{label} › {name}" if name else label, tenant
                )
        except (ConnectorError, Resync) as error:
            yield Partition(self.source, scope_id, label, tenant, {"error": _plain(error)})

    async def pages(self, partition: Partition, cursors: Mapping[str, str]) -> AsyncIterator[Page]:
        """The drive's delta, from its last deltaLink or anew."""
        if error := partition.facts.get("error"):
            raise error
        first = f"/drives/{quote(partition.id, safe='!')}/root/delta?$select={_SELECT}&$top={_PAGE}"
        restart: str | None = None
        try:
            async for page in self._delta(partition, cursors.get("") or first):
                yield page
        except Resync as void:
            restart = void.location or first
        if restart is not None:
            again = False
            try:
                async for page in self._delta(partition, restart):
                    yield replace(page, restart=not again)
                    again = True
            except Resync as void:
                raise Broken("the delta token was refused twice") from void

    async def _delta(self, partition: Partition, start: str) -> AsyncIterator[Page]:
        async for answer in self._graph.pages(self._ask(start, FILES.permission)):
            values = answer.get("value", ())
            cursor = answer.get("@odata.nextLink") or answer.get("@odata.deltaLink") or ""
            if cursor:
                self._graph.check_link(cursor)
            yield Page(
                [self._item(partition, v) for v in values if _is_file(v)],
                [str(v["id"]) for v in values if "deleted" in v],
                cursor=cursor,
                done="@odata.nextLink" not in answer,
            )

    def _item(self, partition: Partition, value: Mapping[str, Any]) -> Item:
        file = value.get("file") or {}
        hashes = file.get("hashes") or {}
        digest = str(hashes.get("quickXorHash") or "")
        size = value.get("size")
        version = (
            f"{digest}/{size}" if digest else str(value.get("cTag") or value.get("eTag") or "")
        )
        creator = (value.get("createdBy") or {}).get("user") or {}
        parent = str((value.get("parentReference") or {}).get("path") or "")
        withheld = "package" if "package" in value else "malware" if "malware" in value else ""
        return Item(
            partition,
            id=str(value["id"]),
            name=str(value.get("name") or ""),
            version=version,
            size=size if isinstance(size, int) else None,
            modified=when(value.get("lastModifiedDateTime")),
            created=when(value.get("createdDateTime")),
            owner=str(creator.get("email") or creator.get("displayName") or ""),
            url=str(value.get("webUrl") or ""),
            media_type=str(file.get("mimeType") or ""),
            path=unquote(parent.partition("root:")[2]).strip("/"),
            digest=f"quickxor:{digest}:{size}" if digest else "",
            facts={"withheld": withheld} if withheld else {},
        )

    async def read(self, item: Item) -> AsyncIterator[Body]:
        """The file's bytes, by the redirect to its download host."""
        withheld = item.facts.get("withheld")
        if withheld == "package":
            raise Withheld("OneNote package", reason="unsupported_format")
        if withheld == "malware":
            raise Withheld("flagged as malware by the service", reason="service_error")
        if item.size == 0:
            yield Body(item.name, item.media_type, 0, b"")
            return
        ask = self._ask(f"{_path(item)}/content", FILES.permission)
        yield Body(
            item.name,
            item.media_type,
            item.size,
            None,
            lambda offset, length: self._graph.stream(ask, offset, length),
        )

    async def grants(self, items: Sequence[Item]) -> list[Sequence[Grant] | ConnectorError]:
        """The permissions of each item, twenty a request."""
        directory = await self._people.directory()
        paths = [f"{_path(item)}/permissions" for item in items]
        answers: list[dict[str, Any] | ConnectorError]
        if len(paths) == 1:
            answers = [await self._one(paths[0])]
        else:
            answers = await self._graph.batch(paths, "sharepoint", FILES.permission)
        result: list[Sequence[Grant] | ConnectorError] = []
        for item, answer in zip(items, answers, strict=True):
            if isinstance(answer, ConnectorError):
                result.append(answer)
                continue
            try:
                permissions = [*answer.get("value", ()), *await self._rest(answer)]
            except ConnectorError as error:
                result.append(error)
                continue
            grants = [g for p in permissions for g in of_permission(p, directory)]
            result.append(grants or [Grant(Reach.OWNER, Via.DIRECT, item.owner, None)])
        return result

    async def _one(self, path: str) -> dict[str, Any] | ConnectorError:
        try:
            return await self._graph.json(self._ask(path, FILES.permission))
        except ConnectorError as error:
            return error

    async def _rest(self, answer: Mapping[str, Any]) -> list[dict[str, Any]]:
        link = answer.get("@odata.nextLink")
        if not link:
            return []
        self._graph.check_link(link)
        return [p async for p in self._graph.values(self._ask(link, FILES.permission))]

    async def lookup(self, partition: Partition, ids: Sequence[str]) -> list[Item]:
        """Ask for single files again."""
        found = []
        for identifier in ids:
            path = f"{_path(Item(partition, identifier, '', ''))}?$select={_SELECT}"
            try:
                value = await self._graph.json(self._ask(path, FILES.permission))
            except (Gone, Resync):
                continue
            if _is_file(value):
                found.append(self._item(partition, value))
        return found

    def _ask(self, what: Any, permission: str) -> Ask:
        return Ask(what, "sharepoint", {}, permission)


def _path(item: Item) -> str:
    return f"/drives/{quote(item.partition.id, safe='!')}/items/{quote(item.id, safe='!')}"


def _is_file(value: Mapping[str, Any]) -> bool:
    """Folders hold nothing themselves; a shortcut's target is listed in its own drive."""
    skip = ("deleted", "root", "folder", "remoteItem")
    return not any(facet in value for facet in skip) and ("file" in value or "package" in value)


def _plain(error: ConnectorError | Resync) -> ConnectorError:
    return error if isinstance(error, ConnectorError) else Gone("HTTP 410")
