"""Drives of SharePoint and OneDrive: delta, download, permissions. Both sources share this.

Source: Graph v1.0 ``driveItem: delta``, ``driveItem: content``, ``driveItem: permissions``.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from fnmatch import fnmatchcase
from typing import Any
from urllib.parse import quote, unquote

from connectors._directory import People
from connectors._errors import Broken, ConnectorError, Gone, Misconfigured, Withheld
from connectors._folders import Folders, path_of
from connectors._graph import Graph
from connectors._identity import Access
from connectors._lane import Ask
from connectors._model import Body, Grant, Item, Need, Page, Partition, Reach, Via
from connectors._permissions import Directory, of_permission, when

SITES = Need("Sites.Read.All", "sites")
FILES = Need("Files.Read.All", "files")
DRIVE = "id,name,driveType,webUrl"
"""What is asked of a drive."""

_SELECT = (
    "id,name,size,file,folder,package,deleted,root,remoteItem,malware,parentReference,webUrl,"
    "eTag,cTag,createdDateTime,lastModifiedDateTime,createdBy"
)
_PAGE = 500
_PERSONAL = "isPersonalSite"
_SCOPE = "sharepoint"


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
        """Every site collection of the kind that the settings include.

        The reference names no query options for this call: where a service refuses ours, it is
        asked without them.
        """
        begun = False
        try:
            async for site in self._all_sites(["id", "name", "displayName", "webUrl", _PERSONAL]):
                begun = True
                if _personal(site) == self.personal and self.included(site):
                    yield site
            return
        except Broken as error:
            if begun or not error.detail.startswith("HTTP 400"):
                raise
        async for site in self._all_sites(None):
            if _personal(site) == self.personal and self.included(site):
                yield site

    async def _all_sites(self, select: list[str] | None) -> AsyncIterator[Mapping[str, Any]]:
        from kiota_abstractions.base_request_configuration import RequestConfiguration
        from msgraph.generated.sites.get_all_sites.get_all_sites_request_builder import (
            GetAllSitesRequestBuilder,
        )

        query = GetAllSitesRequestBuilder.GetAllSitesRequestBuilderGetQueryParameters(select=select)
        info = (await self._graph.sdk()).sites.get_all_sites.to_get_request_information(
            RequestConfiguration(query_parameters=query)
        )
        async for site in self._graph.values(self._ask(info, SITES.permission)):
            yield site

    def included(self, site: Mapping[str, Any]) -> bool:
        """Globs are compared with the site's URL, its path and its names."""
        url = unquote(str(site.get("webUrl") or "")).lower()
        path = "/" + url.partition("://")[2].partition("/")[2]
        names = [url, path, *(str(site.get(k) or "").lower() for k in ("name", "displayName"))]

        def meets(globs: Sequence[str]) -> bool:
            return any(fnmatchcase(n, g.lower()) for n in names for g in globs)

        return meets(self._include) and not meets(self._exclude)

    async def libraries(self, site: Mapping[str, Any], seen: set[str]) -> AsyncIterator[Partition]:
        """The drives of a site that were not met before."""
        identifier = str(site["id"])
        label = str(site.get("displayName") or site.get("name") or site.get("webUrl") or "")
        path = f"/sites/{quote(identifier, safe=',')}/drives?$select={DRIVE}"
        async for partition in self.drives_of(path, label, identifier, seen):
            yield partition

    async def drives_of(
        self, path: str, label: str, scope_id: str, seen: set[str]
    ) -> AsyncIterator[Partition]:
        """The drives under ``path`` not met before.

        A place that cannot be listed becomes a partition whose pages raise why.
        """
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
        except Misconfigured:
            raise
        except ConnectorError as error:
            yield Partition(self.source, scope_id, label, tenant, {"error": error})

    async def pages(self, partition: Partition, cursors: Mapping[str, str]) -> AsyncIterator[Page]:
        """The drive's delta, from its last deltaLink or anew."""
        if error := partition.facts.get("error"):
            raise error
        first = f"/drives/{quote(partition.id, safe='!')}/root/delta?$select={_SELECT}&$top={_PAGE}"
        ask = self._ask(first, FILES.permission)
        folders = Folders(lambda folder: self._one(Item(partition, folder, "", "")))
        async for step in self._graph.delta(ask, cursors.get("", "")):
            folders.learn(step.values)
            yield Page(
                [
                    self._item(partition, v, await folders.path(v))
                    for v in step.values
                    if _is_file(v)
                ],
                [str(v["id"]) for v in step.values if "deleted" in v],
                cursor=step.cursor,
                done=step.done,
                restart=step.restart,
            )

    async def _one(self, stub: Item) -> Mapping[str, Any]:
        return await self._graph.json(
            self._ask(f"{_path(stub)}?$select={_SELECT}", FILES.permission)
        )

    def _item(self, partition: Partition, value: Mapping[str, Any], path: str = "") -> Item:
        file = value.get("file") or {}
        hashes = file.get("hashes") or {}
        digest = str(hashes.get("quickXorHash") or "")
        size = value.get("size")
        version = (
            f"{digest}/{size}" if digest else str(value.get("cTag") or value.get("eTag") or "")
        )
        creator = (value.get("createdBy") or {}).get("user") or {}
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
            path=path,
            digest=f"quickxor:{digest}:{size}" if digest else "",
            facts={"withheld": withheld, "etag": str(value.get("eTag") or "")},
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
        answers = await self._many([f"{_path(item)}/permissions" for item in items])
        return [
            await self._granted(item, answer, directory)
            for item, answer in zip(items, answers, strict=True)
        ]

    async def _granted(
        self, item: Item, answer: dict[str, Any] | ConnectorError, directory: Directory
    ) -> Sequence[Grant] | ConnectorError:
        if isinstance(answer, ConnectorError):
            return answer
        permissions = list(answer.get("value") or ())
        if link := answer.get("@odata.nextLink"):
            ask = self._ask(link, FILES.permission)
            try:
                permissions += [p async for p in self._graph.values(ask)]
            except Misconfigured:
                raise
            except ConnectorError as error:
                return error
        grants = [g for p in permissions for g in of_permission(p, directory)]
        return grants or [Grant(Reach.OWNER, Via.DIRECT, item.owner, None)]

    async def lookup(self, partition: Partition, ids: Sequence[str]) -> list[Item]:
        """Ask for single files again, twenty a request."""
        stubs = [Item(partition, identifier, "", "") for identifier in ids]
        found = []
        for answer in await self._many([f"{_path(stub)}?$select={_SELECT}" for stub in stubs]):
            if isinstance(answer, Gone):
                continue
            if isinstance(answer, ConnectorError):
                raise answer
            if _is_file(answer):
                found.append(self._item(partition, answer, path_of(answer) or ""))
        return found

    async def _many(self, paths: Sequence[str]) -> list[dict[str, Any] | ConnectorError]:
        """Answers of many small questions; a single one needs no batch."""
        if len(paths) != 1:
            return await self._graph.batch(paths, _SCOPE, FILES.permission)
        try:
            return [await self._graph.json(self._ask(paths[0], FILES.permission))]
        except Misconfigured:
            raise
        except ConnectorError as error:
            return [error]

    def _ask(self, what: Any, permission: str) -> Ask:
        return Ask(what, _SCOPE, {}, permission)


def _personal(site: Mapping[str, Any]) -> bool:
    """Whether a site is somebody's OneDrive; the address tells where the property is left out."""
    url = str(site.get("webUrl") or "").lower()
    return bool(site.get(_PERSONAL)) or "-my.sharepoint." in url or "/personal/" in url


def _path(item: Item) -> str:
    return f"/drives/{quote(item.partition.id, safe='!')}/items/{quote(item.id, safe='!')}"


def _is_file(value: Mapping[str, Any]) -> bool:
    """Folders hold nothing themselves; a shortcut's target is listed in its own drive."""
    skip = ("deleted", "root", "folder", "remoteItem")
    return not any(facet in value for facet in skip) and ("file" in value or "package" in value)
