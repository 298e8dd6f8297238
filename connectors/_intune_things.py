"""Things that an admin writes in Intune: profiles, policies, templates, terms, apps, scripts.

Source: Graph v1.0 ``deviceManagement``, ``deviceAppManagement``; beta for scripts and the settings
catalogue. Intune has no delta: each run lists everything, and reads what has changed.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from hashlib import blake2b
from typing import Any
from urllib.parse import quote

import orjson

from connectors._errors import ConnectorError, Gone
from connectors._graph import Graph
from connectors._identity import Access
from connectors._intune_content import Thing, bodies, catalogue, messages, title
from connectors._intune_places import SCOPE, Place
from connectors._intune_readers import ADMINISTRATORS, Readers
from connectors._lane import Ask
from connectors._model import Body, Grant, Item, Page, Partition
from connectors._permissions import when

_MESSAGES = "localizedNotificationMessages"
_THING, _INNER = "thing", "inner"
"""Facts of an item: what the listing said, and the messages of a template."""


class Things:
    """Reads the things of one place."""

    def __init__(self, place: Place, access: Access) -> None:
        self._place = place
        self._graph = Graph.of(access)
        self._readers = Readers(access)

    # ------------------------------------------------------------------------------------ listing

    async def pages(self, partition: Partition, cursors: Mapping[str, str]) -> AsyncIterator[Page]:
        """Everything each time."""
        del cursors
        async for page in self._graph.pages(self._ask()):
            items = await self._items(partition, page["value"])
            yield Page(items, done=not page.get("@odata.nextLink"))

    async def _items(self, partition: Partition, things: Sequence[Thing]) -> list[Item]:
        """The items; templates with their messages, which change without them."""
        if self._place.inner != _MESSAGES:
            return [_item(partition, thing) for thing in things]
        found = []
        for thing in things:
            try:
                inner: Any = await self._inner(str(thing["id"]))
            except Gone as error:  # deleted since the listing
                inner = error
            found.append(_item(partition, thing, inner))
        return found

    async def _inner(self, identifier: str) -> list[Thing]:
        ask = self._ask(identifier, self._place.inner)
        return [value async for value in self._graph.values(ask)]

    async def lookup(self, partition: Partition, ids: Sequence[str]) -> list[Item]:
        """Never needed: every listing names all things."""
        found = []
        for identifier in ids:
            try:
                thing = await self._graph.json(self._ask(identifier))
            except Gone:
                continue
            found += await self._items(partition, [thing])
        return found

    # ------------------------------------------------------------------------------------ content

    async def read(self, item: Item) -> AsyncIterator[Body]:
        """What the listing told, and what it left out."""
        thing: Thing = item.facts[_THING]
        if self._place.whole or _lacks(thing):
            thing = await self._graph.json(self._ask(item.id))
        inner = item.facts.get(_INNER)
        if isinstance(inner, ConnectorError):
            raise inner
        for body in bodies(thing):
            yield body
        if self._place.inner == _MESSAGES:
            for body in messages(inner or ()):
                yield body
        elif self._place.inner:
            for body in catalogue(await self._inner(item.id)):
                yield body

    async def grants(self, items: Sequence[Item]) -> list[Sequence[Grant] | ConnectorError]:
        """Administrators; of what is assigned, also those it is assigned to."""
        paths = [self._assigned(item) for item in items]
        asked = [path for path in paths if path]
        permission, beta = self._place.permission, self._place.beta
        found = iter(await self._readers.of(asked, permission, beta=beta))
        return [next(found) if path else [ADMINISTRATORS] for path in paths]

    def _assigned(self, item: Item) -> str:
        """Where to ask who it is assigned to; "" where nobody but administrators reads it."""
        if not self._place.assigned:
            return ""
        kind = str(item.facts.get(_THING, {}).get("@odata.type") or "").rpartition(".")[2]
        path = self._place.path
        if self._place.kinds:
            if kind not in self._place.kinds:
                return ""
            path = path.replace(self._place.key, self._place.kinds[kind])
        return f"{path}/{quote(item.id, safe='')}"

    def _ask(self, identifier: str = "", inner: str = "") -> Ask:
        path = self._place.path
        if identifier:
            path += f"/{quote(identifier, safe='')}"
        if inner:
            path += f"/{inner}"
        what = self._graph.beta(path) if self._place.beta else path
        return Ask(what, SCOPE, permission=self._place.permission)


def _item(partition: Partition, thing: Thing, inner: Any = ()) -> Item:
    own = {name: value for name, value in thing.items() if not name.startswith("@")}
    told = [own, *inner] if isinstance(inner, list) else [own]
    changed = [str(one.get("lastModifiedDateTime") or "") for one in told]
    mark = "/".join((str(thing.get("version") or ""), *changed))
    return Item(
        partition,
        id=str(thing["id"]),
        name=title(thing),
        version=mark if all(changed) else fingerprint(told),
        modified=when(thing.get("lastModifiedDateTime")),
        created=when(thing.get("createdDateTime")),
        facts={_THING: thing, _INNER: inner, "etag": mark},
    )


def _lacks(thing: Thing) -> bool:
    """Whether a profile of settings in text came without them."""
    kind = str(thing.get("@odata.type") or "")
    return kind.endswith("CustomConfiguration") and not (
        thing.get("payload") or thing.get("omaSettings")
    )


def fingerprint(value: Any) -> str:
    """Changes with ``value``, where the service gives no version.

    It is kept nowhere: the engine keeps versions under its own key, and ``facts["etag"]`` is shown.
    """
    data = orjson.dumps(value, option=orjson.OPT_SORT_KEYS)
    return blake2b(data, digest_size=20).hexdigest()
