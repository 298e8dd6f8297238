"""A source whose partitions are of several kinds, each read in a way of its own."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import replace
from typing import Protocol

from connectors._errors import ConnectorError
from connectors._model import Body, Grant, Item, Page, Partition
from connectors._selection import Selection, check

KIND = "kind"
"""The fact of a partition that says how it is read; without it, the source's first kind."""


class Reading(Protocol):
    """How one kind of partition is listed and read; see :class:`Connector`."""

    def pages(self, partition: Partition, cursors: Mapping[str, str]) -> AsyncIterator[Page]:
        """List from ``cursors``."""
        ...

    def read(self, item: Item) -> AsyncIterator[Body]:
        """The item's content."""
        ...

    async def grants(self, items: Sequence[Item]) -> list[Sequence[Grant] | ConnectorError]:
        """Who can reach each item; all of one partition."""
        ...

    async def lookup(self, partition: Partition, ids: Sequence[str]) -> list[Item]:
        """Those of ``ids`` that still exist."""
        ...


class ByKind:
    """Hands every question to the reading of the partition's kind."""

    def __init__(self, kinds: Mapping[str, Reading], settings: object = None) -> None:
        """The first of ``kinds`` reads partitions that name none; ``settings`` leave items out."""
        self._selection = Selection.of(settings)
        self._kinds = {"": next(iter(kinds.values())), **kinds}

    def _of(self, partition: Partition) -> Reading:
        return self._kinds[partition.facts.get(KIND, "")]

    async def pages(self, partition: Partition, cursors: Mapping[str, str]) -> AsyncIterator[Page]:
        """List from ``cursors``; a partition that could not even be named raises why."""
        if error := partition.facts.get("error"):
            raise error
        async for page in self._of(partition).pages(partition, cursors):
            yield replace(page, items=self._selection.of_all(page.items))

    async def read(self, item: Item) -> AsyncIterator[Body]:
        """The item's content."""
        check(item)
        async for body in self._of(item.partition).read(item):
            yield body

    async def grants(self, items: Sequence[Item]) -> list[Sequence[Grant] | ConnectorError]:
        """Who can reach each item; the engine asks for one partition at a time."""
        return await self._of(items[0].partition).grants(items) if items else []

    async def lookup(self, partition: Partition, ids: Sequence[str]) -> list[Item]:
        """Those of ``ids`` that still exist."""
        found = await self._of(partition).lookup(partition, ids)
        return list(self._selection.of_all(found))

    async def aclose(self) -> None:
        """The shared Graph client closes with the tenant's access."""
