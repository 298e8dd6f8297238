"""Site pages of SharePoint: the writing on their canvas.

Source: Graph v1.0 ``sites/{id}/pages/microsoft.graph.sitePage`` and ``$expand=canvasLayout``.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import quote

import orjson

from connectors._directory import People
from connectors._errors import ConnectorError, Gone, Misconfigured, Withheld
from connectors._graph import Graph
from connectors._identity import Access
from connectors._kinds import KIND
from connectors._lane import Ask
from connectors._model import Body, Grant, Item, Page, Partition
from connectors._permissions import of_permission, when
from connectors._sites import SCOPE, SITES, Site, path_of_site, title

NAME = "pages"
"""The kind of partition that is read here."""

_TYPE = "microsoft.graph.sitePage"
_SELECT = (
    "id,name,title,description,eTag,webUrl,createdDateTime,lastModifiedDateTime,createdBy,"
    "publishingState"
)
_PAGE = 100


class SitePages:
    """Reads the pages of sites, for the source that found them."""

    def __init__(self, source: str, access: Access) -> None:
        self._source = source
        self._tenant = access.tenant.id
        self._graph = Graph.of(access)
        self._people = People.of(access)

    def of_site(self, site: Site) -> Partition:
        """The pages of a site; whether it has any, the listing tells."""
        identifier = str(site["id"])
        facts = {KIND: NAME, "site": identifier}
        name = f"{title(site)} › pages"
        return Partition(self._source, f"{identifier}/pages", name, self._tenant, facts)

    async def pages(self, partition: Partition, cursors: Mapping[str, str]) -> AsyncIterator[Page]:
        """All pages each time: Graph has no delta of them."""
        del cursors
        path = f"{_path(partition)}/{_TYPE}?$select={_SELECT}&$top={_PAGE}"
        try:
            async for page in self._graph.pages(_ask(path)):
                items = [_item(partition, value) for value in page["value"]]
                yield Page(items, done=not page.get("@odata.nextLink"))
        except (Gone, Withheld):  # a site without a pages library
            yield Page(done=True)

    async def read(self, item: Item) -> AsyncIterator[Body]:
        """Title and texts as HTML, and what other web parts hold as JSON."""
        path = f"{_path(item.partition)}/{quote(item.id, safe='')}/{_TYPE}?$expand=canvasLayout"
        page = await self._graph.json(_ask(path))
        texts, others = [], []
        for part in _webparts(page.get("canvasLayout") or {}):
            if isinstance(part.get("innerHtml"), str):
                texts.append(part["innerHtml"])
            elif part.get("data"):
                others.append(part["data"])
        about = [str(page.get(k) or "") for k in ("title", "description")]
        area = page.get("titleArea") or {}
        about += [str(area.get(k) or "") for k in ("title", "textAboveTitle")]
        if area.get("imageWebUrl"):
            others.append(area)
        plain = "".join(f"<p>{_escaped(text)}</p>\n" for text in dict.fromkeys(about) if text)
        data = (plain + "\n".join(f"<div>{text}</div>" for text in texts)).encode()
        yield Body(item.name, "text/html; charset=utf-8", len(data), data)
        if others:
            data = orjson.dumps(others)
            yield Body("", "application/json", len(data), data, part="web parts")

    async def grants(self, items: Sequence[Item]) -> list[Sequence[Grant] | ConnectorError]:
        """What the site's own library grants: pages are read by whoever can open the site."""
        directory = await self._people.directory()
        site = path_of_site(items[0].partition.facts["site"])
        try:
            answer = await self._graph.json(_ask(f"{site}/drive/root/permissions"))
        except Misconfigured:
            raise
        except ConnectorError as error:
            return [error] * len(items)
        grants = [g for p in answer.get("value") or () for g in of_permission(p, directory)]
        return [grants] * len(items)

    async def lookup(self, partition: Partition, ids: Sequence[str]) -> list[Item]:
        """Never needed: every listing names all pages."""
        found = []
        for identifier in ids:
            path = f"{_path(partition)}/{quote(identifier, safe='')}/{_TYPE}?$select={_SELECT}"
            try:
                found.append(_item(partition, await self._graph.json(_ask(path))))
            except Gone:
                continue
        return found


def _ask(what: str) -> Ask:
    return Ask(what, SCOPE, {}, SITES.permission)


def _path(partition: Partition) -> str:
    return f"{path_of_site(partition.facts['site'])}/pages"


def _item(partition: Partition, value: Mapping[str, Any]) -> Item:
    creator = (value.get("createdBy") or {}).get("user") or {}
    state = value.get("publishingState") or {}
    tag = str(value.get("eTag") or value.get("@odata.etag") or "")
    return Item(
        partition,
        id=str(value["id"]),
        name=str(value.get("title") or value.get("name") or ""),
        version=tag or f"{state.get('versionId')}/{value.get('lastModifiedDateTime')}",
        modified=when(value.get("lastModifiedDateTime")),
        created=when(value.get("createdDateTime")),
        owner=str(creator.get("email") or creator.get("displayName") or ""),
        url=str(value.get("webUrl") or ""),
        media_type="text/html",
    )


def _webparts(layout: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """All web parts of a canvas, in the order of its sections."""
    columns = [
        column
        for section in layout.get("horizontalSections") or ()
        for column in section.get("columns") or ()
    ]
    for column in (*columns, layout.get("verticalSection") or {}):
        yield from column.get("webparts") or ()


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
