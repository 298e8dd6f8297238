"""SharePoint lists: their rows with the headers that people see, by delta; permissions of rows.

Source: Graph v1.0 ``sites/{id}/lists``, ``listItem: delta``, ``list/columns``,
``listItem/permissions``. Graph hands out no attachment of a row: such a row says so, unless
SharePoint's own interface may be asked (``_listfiles``).
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import quote

import orjson

from connectors._directory import People
from connectors._errors import ConnectorError, Gone, Misconfigured, Withheld
from connectors._graph import Graph, Step
from connectors._identity import Access
from connectors._instead import either
from connectors._kinds import KIND
from connectors._lane import Ask
from connectors._listfiles import WEB, ListFiles, attached
from connectors._model import BESIDE, Body, Grant, Item, Page, Partition
from connectors._permissions import of_permission, when
from connectors._sites import SCOPE, SITES, Site, path_of_site, title

NAME = "list"
"""The kind of partition that is read here."""

_LISTS = "id,name,displayName,webUrl,list"
_ITEM = "id,eTag,webUrl,createdDateTime,lastModifiedDateTime,createdBy,contentType,deleted"
_LIBRARIES = frozenset({"documentLibrary", "webPageLibrary", "mySiteDocumentLibrary"})
"""Templates of lists whose rows are files: the drives have them."""
_PAGE = 200
_MANY, _BESIDE = 20, 50
"""So many rows speak for their columns by themselves; fewer come with as many others as this."""
_OWN = frozenset(
    "id ContentType Modified Created AuthorLookupId EditorLookupId _UIVersionString Attachments "
    "Edit LinkTitle LinkTitleNoMenu ItemChildCount FolderChildCount AppAuthorLookupId "
    "AppEditorLookupId _ComplianceFlags _ComplianceTag _ComplianceTagWrittenTime "
    "_ComplianceTagUserId _IsRecord DocIcon".split()
)
"""Fields that SharePoint fills in by itself."""
_NOT_OFFERED = ("HTTP 400", "HTTP 501")


class Lists:
    """Reads lists, for the source that found their sites."""

    def __init__(self, source: str, access: Access, files: ListFiles | None = None) -> None:
        """``files`` reads what is attached to rows, where the settings want it."""
        self._source = source
        self._files = files
        self._tenant = access.tenant.id
        self._graph = Graph.of(access)
        self._people = People.of(access)

    async def of_site(self, site: Site) -> AsyncIterator[Partition]:
        """The lists of a site that are no libraries; where they cannot be named, the error."""
        identifier, name = str(site["id"]), title(site)
        path = f"{path_of_site(identifier)}/lists?$select={_LISTS}"
        try:
            async for one in self._graph.values(_ask(path)):
                if str((one.get("list") or {}).get("template") or "") in _LIBRARIES:
                    continue
                shown = f"{name} › {one.get('displayName') or one.get('name') or ''}"
                web = str(site.get("webUrl") or "")
                facts = {KIND: NAME, "site": identifier, "list": str(one["id"]), WEB: web}
                key = f"{identifier}/lists/{one['id']}"
                yield Partition(self._source, key, shown, self._tenant, facts)
        except Misconfigured:
            raise
        except ConnectorError as error:
            key = f"{identifier}/lists"
            yield Partition(self._source, key, f"{name} › lists", self._tenant, {"error": error})

    async def pages(self, partition: Partition, cursors: Mapping[str, str]) -> AsyncIterator[Page]:
        """The list's delta; where the service has none, all rows each time."""
        rows = f"{_path(partition)}/items"
        delta = _ask(f"{rows}/delta?$select={_ITEM}&$expand=fields&$top={_PAGE}")
        changes = self._graph.delta(delta, cursors.get("", ""))
        headers: dict[str, str] = {}
        before: Sequence[Item] = ()
        some = bool(cursors.get("", ""))
        async for step in either(changes, _unknown, lambda: self._whole(rows)):
            some = some and not step.restart
            page = await self._page(partition, step, headers)
            items = await self._accompanied(partition, page.items, before, headers, ask=some)
            before = page.items or before
            yield replace(page, items=items)

    async def _whole(self, rows: str) -> AsyncIterator[Step]:
        async for page in self._graph.pages(_ask(f"{rows}?$expand=fields&$top={_PAGE}")):
            yield Step(page["value"], "", done=not page.get("@odata.nextLink"))

    async def _page(self, partition: Partition, step: Step, headers: dict[str, str]) -> Page:
        values = {str(v["id"]): v for v in step.values}  # the last of a repeat wins
        there = {i: v for i, v in values.items() if v.get("deleted") is None}
        if there and not headers:
            headers.update(await self._headers(partition))
        bare = [i for i, v in there.items() if "fields" not in v]
        items = [self._row(partition, v, headers) for v in there.values() if "fields" in v]
        items += await self._many(partition, bare, headers)
        gone = [i for i in values if i not in there]
        return Page(items, gone, cursor=step.cursor, done=step.done, restart=step.restart)

    async def _accompanied(
        self,
        partition: Partition,
        items: Sequence[Item],
        before: Sequence[Item],
        headers: Mapping[str, str],
        *,
        ask: bool,
    ) -> Sequence[Item]:
        """Few rows say little of their columns: others of their list go with them.

        Those of the page ``before``; where there is none, with ``ask``, the first of the list.
        """
        if not items or len(items) >= _MANY:
            return items
        if ask and not before:
            before = await self._first(partition, headers)
        own = {item.id for item in items}
        beside = tuple(other.row for other in before if other.id not in own)[:_BESIDE]
        return [replace(i, facts={**i.facts, BESIDE: beside}) for i in items] if beside else items

    async def _first(self, partition: Partition, headers: Mapping[str, str]) -> list[Item]:
        """The first rows of a list; none where it cannot be asked now."""
        ask = _ask(f"{_path(partition)}/items?$expand=fields&$top={_BESIDE}")
        try:
            values = (await self._graph.json(ask)).get("value") or ()
        except Misconfigured:
            raise
        except ConnectorError:
            return []
        return [self._row(partition, value, headers) for value in values if "fields" in value]

    def _row(
        self, partition: Partition, value: Mapping[str, Any], headers: Mapping[str, str]
    ) -> Item:
        item = _item(partition, value, headers)
        return attached(item) if self._files else item

    async def _headers(self, partition: Partition) -> dict[str, str]:
        """Internal name → the header that people see; empty where the service does not tell."""
        path = f"{_path(partition)}/columns?$select=name,displayName"
        try:
            return {
                str(c.get("name") or ""): str(c.get("displayName") or c.get("name") or "")
                async for c in self._graph.values(_ask(path))
            } or {"": ""}
        except Misconfigured:
            raise
        except ConnectorError:
            return {"": ""}

    async def read(self, item: Item) -> AsyncIterator[Body]:
        """Files attached to the row, which are in no answer of Graph."""
        if not item.facts.get("attachments"):
            return
        if self._files is None:
            raise Withheld("attachments of a list item", reason="not_offered")
        async for body in self._files.of(item):
            yield body

    async def grants(self, items: Sequence[Item]) -> list[Sequence[Grant] | ConnectorError]:
        """The permissions of each row; where the service has none for rows, the list's."""
        directory = await self._people.directory()
        paths = [f"{_path(i.partition)}/items/{quote(i.id, safe='')}/permissions" for i in items]
        answers = await self._graph.batch(paths, SCOPE, SITES.permission)
        result: list[Sequence[Grant] | ConnectorError] = []
        for item, own in zip(items, answers, strict=True):
            unknown = isinstance(own, ConnectorError) and _unknown(own)
            answer = await self._of_list(item.partition) if unknown else own
            if isinstance(answer, ConnectorError):
                result.append(answer)
                continue
            values = answer.get("value") or ()
            result.append([g for p in values for g in of_permission(p, directory)])
        return result

    async def _of_list(self, partition: Partition) -> dict[str, Any] | ConnectorError:
        try:
            return await self._graph.json(_ask(f"{_path(partition)}/permissions"))
        except Misconfigured:
            raise
        except ConnectorError as error:
            return error

    async def lookup(self, partition: Partition, ids: Sequence[str]) -> list[Item]:
        """Ask for single rows again, twenty a request."""
        if not ids:
            return []
        headers = await self._headers(partition)
        found = await self._many(partition, ids, headers)
        return list(await self._accompanied(partition, found, (), headers, ask=True))

    async def _many(
        self, partition: Partition, ids: Sequence[str], headers: Mapping[str, str]
    ) -> list[Item]:
        if not ids:
            return []
        paths = [f"{_path(partition)}/items/{quote(i, safe='')}?$expand=fields" for i in ids]
        found = []
        for answer in await self._graph.batch(paths, SCOPE, SITES.permission):
            if isinstance(answer, Gone):
                continue
            if isinstance(answer, ConnectorError):
                raise answer
            found.append(self._row(partition, answer, headers))
        return found


def _ask(what: str) -> Ask:
    return Ask(what, SCOPE, {}, SITES.permission)


def _path(partition: Partition) -> str:
    site = path_of_site(partition.facts["site"])
    return f"{site}/lists/{quote(partition.facts['list'], safe='')}"


def _unknown(error: ConnectorError) -> bool:
    """Whether the service does not have what was asked for, rather than refusing it."""
    return isinstance(error, Gone | Withheld) or error.detail.startswith(_NOT_OFFERED)


def _item(partition: Partition, value: Mapping[str, Any], headers: Mapping[str, str]) -> Item:
    fields = value.get("fields") or {}
    creator = (value.get("createdBy") or {}).get("user") or {}
    row: dict[str, str] = {}
    for name, held in fields.items():
        if name in _OWN or name.startswith(("@", "_ComplianceTag")) or held in (None, ""):
            continue
        header = headers.get(name, name)
        row[header if header not in row else name] = _shown(held)
    return Item(
        partition,
        id=str(value["id"]),
        name=f"item {value['id']}",  # the title is content, often somebody's name
        version=str(
            value.get("eTag") or value.get("@odata.etag") or fields.get("@odata.etag") or ""
        ),
        modified=when(value.get("lastModifiedDateTime") or fields.get("Modified")),
        created=when(value.get("createdDateTime") or fields.get("Created")),
        owner=str(creator.get("email") or creator.get("displayName") or ""),
        url=str(value.get("webUrl") or ""),
        row=row or {"": ""},
        facts={"attachments": bool(fields.get("Attachments"))},
    )


def _shown(held: Any) -> str:
    """A field as people see it: whole numbers without a fraction, several values in a line."""
    if isinstance(held, str):
        return held
    if isinstance(held, float) and held.is_integer():
        return str(int(held))
    if isinstance(held, list):
        return "\n".join(_shown(one) for one in held)
    if isinstance(held, dict):
        return "\n".join(_shown(one) for name, one in held.items() if not name.startswith("@"))
    return orjson.dumps(held).decode()
