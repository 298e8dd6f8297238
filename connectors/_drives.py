"""Drives of SharePoint and OneDrive: delta, download, versions, permissions.

Source: Graph v1.0 ``driveItem: delta``, ``driveItem: content``, ``driveItem: permissions``,
``driveItem: list versions``.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import quote

from connectors._directory import People
from connectors._errors import ConnectorError, Gone, Misconfigured, Withheld
from connectors._folders import Folders, path_of
from connectors._graph import Graph
from connectors._groups import Groups
from connectors._identity import Access
from connectors._instead import either, is_malformed
from connectors._lane import Ask
from connectors._model import Body, Grant, Item, Need, Page, Partition, Reach, Reader, Via
from connectors._permissions import Directory, of_permission, when
from connectors._sites import SCOPE, Site, path_of_site, title

FILES = Need("Files.Read.All", "files")
VERSIONS = ("none", "last", "all")
"""Which earlier versions of a file are read: none, the last one before the current, or all."""
DRIVE = "id,name,driveType,webUrl,system"
"""What is asked of a drive; naming ``system`` lists the hidden ones too."""

_SELECT = (
    "id,name,size,file,folder,package,deleted,root,remoteItem,malware,parentReference,webUrl,"
    "eTag,cTag,createdDateTime,lastModifiedDateTime,createdBy"
)
_LINK = "@microsoft.graph.downloadUrl"
"""A link of the listing that gives a file without another question; good for an hour at most."""
_PAGE = 500


class Drives:
    """Reads drives, for the source that found them."""

    def __init__(self, source: str, access: Access, versions: str = "none") -> None:
        """``versions`` is one of ``VERSIONS``."""
        self.source = source
        self._versions = versions
        self._access = access
        self._graph = Graph.of(access)
        self._people = People.of(access)
        self._groups = Groups.of(access)

    async def of_site(self, site: Site, seen: set[str]) -> AsyncIterator[Partition]:
        """The drives of a site that were not met before."""
        identifier = str(site["id"])
        path = f"{path_of_site(identifier)}/drives?$select={DRIVE}"
        async for partition in self.below(path, title(site), identifier, seen):
            yield partition

    async def below(
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
        linked = self._pages(partition, cursors, f"{_SELECT},{_LINK}")
        async for page in either(
            linked, is_malformed, lambda: self._pages(partition, cursors, _SELECT)
        ):
            yield page

    async def _pages(
        self, partition: Partition, cursors: Mapping[str, str], select: str
    ) -> AsyncIterator[Page]:
        drive = f"/drives/{quote(partition.id, safe='!')}"
        ask = self._ask(f"{drive}/root/delta?$select={select}&$top={_PAGE}", FILES.permission)
        folders = Folders(lambda folder: self._one(Item(partition, folder, "", "")))
        async for step in self._graph.delta(ask, cursors.get("", "")):
            folders.learn(step.values)
            files = [v for v in step.values if _is_file(v)]
            items = [self._item(partition, v, await folders.path(v)) for v in files]
            gone = [str(v["id"]) for v in step.values if v.get("deleted") is not None]
            yield Page(items, gone, cursor=step.cursor, done=step.done, restart=step.restart)

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
        withheld = next((f for f in ("package", "malware") if value.get(f) is not None), "")
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
            facts={
                "withheld": withheld,
                "etag": str(value.get("eTag") or ""),
                "link": str(value.get(_LINK) or ""),
            },
        )

    async def read(self, item: Item) -> AsyncIterator[Body]:
        """The file's bytes, by the redirect to its download host."""
        withheld = item.facts.get("withheld")
        if withheld == "package":
            raise Withheld("OneNote package", reason="unsupported_format")
        if withheld == "malware":
            raise Withheld("flagged as malware by the service", reason="service_error")
        empty = item.size == 0
        yield Body(
            item.name,
            item.media_type,
            item.size,
            b"" if empty else None,
            None if empty else self._reader(f"{_path(item)}/content", item.facts.get("link", "")),
        )
        if self._versions != "none":
            async for body in self._earlier(item):
                yield body

    async def _earlier(self, item: Item) -> AsyncIterator[Body]:
        """Earlier versions, newest first; the first that the service lists is the current one."""
        path = f"{_path(item)}/versions"
        number = 0
        async for version in self._graph.values(self._ask(path, FILES.permission)):
            number += 1
            if number == 1:
                continue
            name = str(version.get("id") or number)
            size = version.get("size")
            yield Body(
                item.name,
                item.media_type,
                size if isinstance(size, int) else None,
                None,
                self._reader(f"{path}/{quote(name, safe='')}/content"),
                part=f"version {name}",
            )
            if self._versions == "last":
                return

    def _reader(self, path: str, link: str = "") -> Reader:
        ask = replace(self._ask(path, FILES.permission), direct=link)
        return self._graph.reader(ask)

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
        told = replace(directory, crowds=await self._groups.behind(permissions))
        grants = [g for p in permissions for g in of_permission(p, told)]
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
            return await self._graph.batch(paths, SCOPE, FILES.permission)
        try:
            return [await self._graph.json(self._ask(paths[0], FILES.permission))]
        except Misconfigured:
            raise
        except ConnectorError as error:
            return [error]

    def _ask(self, what: Any, permission: str) -> Ask:
        return Ask(what, SCOPE, {}, permission)


def _path(item: Item) -> str:
    return f"/drives/{quote(item.partition.id, safe='!')}/items/{quote(item.id, safe='!')}"


def _is_file(value: Mapping[str, Any]) -> bool:
    """Folders hold nothing themselves; a shortcut's target is listed in its own drive.

    What has none of the facets that are known is asked for as a file: its answer tells. A facet
    that is null is none.
    """
    skip = ("deleted", "root", "folder", "remoteItem")
    return all(value.get(facet) is None for facet in skip)
