"""Recycle bins of sites: what was deleted and can be restored, by name and place.

Source: Graph beta ``recycleBin: list items`` (``Files.Read.All`` or ``Sites.Read.All``). No API
hands out the content of a deleted item before it is restored: every item says that it is unread.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Any

from connectors._errors import ConnectorError, Withheld
from connectors._graph import Graph
from connectors._identity import Access
from connectors._kinds import KIND
from connectors._lane import Ask
from connectors._model import Body, Grant, Item, Page, Partition, Reach, Via
from connectors._permissions import when
from connectors._sites import SCOPE, SITES, Site, path_of_site, title

NAME = "recycle bin"
"""The kind of partition that is read here."""

_PAGE = 200


class RecycleBins:
    """Reads the recycle bins of sites, for the source that found them."""

    def __init__(self, source: str, access: Access, *, allow_beta: bool) -> None:
        self._source = source
        self._tenant = access.tenant.id
        self._graph = Graph.of(access)
        self.allowed = allow_beta

    def of_site(self, site: Site) -> Partition:
        """The recycle bin of a site collection."""
        identifier = str(site["id"])
        facts = {KIND: NAME, "site": identifier}
        key = f"{identifier}/recycleBin"
        return Partition(self._source, key, f"{title(site)} › {NAME}", self._tenant, facts)

    def left_out(
        self, detail: str = "only in Graph beta", reason: str = "excluded_by_settings"
    ) -> Partition:
        """All of them together: named, and said to be unread."""
        why = Withheld(detail, reason=reason)
        return Partition(self._source, "recycleBins", "recycle bins", self._tenant, {"error": why})

    async def pages(self, partition: Partition, cursors: Mapping[str, str]) -> AsyncIterator[Page]:
        """Everything in it each time: there is no delta."""
        del cursors
        path = f"{path_of_site(partition.facts['site'])}/recycleBin/items?$top={_PAGE}"
        ask = Ask(self._graph.beta(path), SCOPE, {}, SITES.permission)
        async for page in self._graph.pages(ask):
            items = [_item(partition, value) for value in page["value"]]
            yield Page(items, done=not page.get("@odata.nextLink"))

    async def read(self, item: Item) -> AsyncIterator[Body]:
        """Its name alone, which may say what it held; then that the rest is not offered."""
        data = str(item.facts.get("title", "")).encode("utf-8", "surrogatepass")
        yield Body(item.name, "text/plain; charset=utf-8", len(data), data)
        raise Withheld("content of a deleted item", reason="not_offered")

    async def grants(self, items: Sequence[Item]) -> list[Sequence[Grant] | ConnectorError]:
        """Who deleted it can restore it, and so can the administrators of its site."""
        others = Grant(Reach.NAMED, Via.ROLE, "site administrators", None)
        return [[Grant(Reach.OWNER, Via.DIRECT, item.owner, 1), others] for item in items]

    async def lookup(self, partition: Partition, ids: Sequence[str]) -> list[Item]:
        """Never asked: every listing names all of it."""
        del partition, ids
        return []


def _item(partition: Partition, value: Mapping[str, Any]) -> Item:
    user = (value.get("deletedBy") or {}).get("user") or {}
    size = value.get("size")
    deleted = str(value.get("deletedDateTime") or "")
    names = (user.get(key) for key in ("userPrincipalName", "email", "displayName"))
    return Item(
        partition,
        id=str(value["id"]),
        name=str(value.get("name") or value.get("title") or ""),
        version=deleted,
        size=size if isinstance(size, int) else None,
        modified=when(deleted),
        owner=next((str(name) for name in names if name), ""),
        path=str(value.get("deletedFromLocation") or "").strip("/"),
        facts={"title": str(value.get("title") or "")},
    )
