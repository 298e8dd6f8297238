"""Blobs of a container: listed by List Blobs, judged as they stand there, read by ranges.

Beside its content a blob has metadata and index tags; deleted ones that are still kept are listed
by name and date; earlier versions and snapshots are items of their own, where the settings want
them, so that unchanged ones cost no request. Source: Blob service REST API, ``List Blobs``.
"""

from __future__ import annotations

import asyncio
import base64
import functools
import re
import unicodedata
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from connectors._blob_items import item_of, latest
from connectors._containers import DELETED, INCLUDE, TAGS, tags_untold
from connectors._errors import Broken, ConnectorError, Denied, Misconfigured, Withheld
from connectors._exposures import Exposures
from connectors._lake import Lake
from connectors._model import Body, Grant, Item, Page, Partition

if TYPE_CHECKING:
    from connectors._storage import Account

_MANY_DIGITS = re.compile(r"\d(?:[\W_]?\d){10}")
_AT_A_TIME = 8
"""Access lists asked for side by side."""
_TEXT = "text/plain; charset=utf-8"


class Blobs:
    """Reads containers, for the source that found them."""

    def __init__(
        self,
        account: Callable[[str], Awaitable[Account]],
        page: Callable[[], int],
        versions: str,
        exposures: Exposures,
    ) -> None:
        """``account`` opens one by its URL; ``page`` says how many blobs a request gives."""
        self._account = account
        self._size = page
        self._versions = versions
        self._exposures = exposures
        self._lake = Lake(account)

    async def pages(self, partition: Partition, cursors: Mapping[str, str]) -> AsyncIterator[Page]:
        """The container's blobs in the order of names; a marker that is refused starts anew.

        In a hierarchical account deleted ones are a listing, and a stream, of their own.
        """
        include: str = partition.facts.get(INCLUDE, "")
        untold: Denied | None = None
        try:
            first = await self._first(partition, {"include": include}, cursors.get("", ""))
        except Denied as error:
            if not include.endswith(TAGS):
                raise
            include = include.removesuffix(TAGS)  # a role on other containers of the account
            untold = tags_untold(error)
            first = await self._first(partition, {"include": include}, cursors.get("", ""))
        told = False
        async for page in self._from(partition, {"include": include}, first):
            told = told or any("deleted" in item.facts for item in page.items)
            yield page
        if (asked := partition.facts.get(DELETED)) and not told:
            first = await self._first(partition, asked, cursors.get("deleted", ""))
            async for page in self._from(partition, asked, first):
                gone = [item for item in page.items if "deleted" in item.facts]
                yield replace(page, items=gone, stream="deleted")
        if untold is not None:
            raise untold

    async def _first(self, partition: Partition, asked: Mapping[str, str], marker: str) -> Page:
        try:
            return await self._page(partition, asked, marker)
        except Broken as error:
            if not marker or not error.detail.startswith("HTTP 400"):
                raise
        return replace(await self._page(partition, asked, ""), restart=True)

    async def _from(
        self, partition: Partition, asked: Mapping[str, str], page: Page
    ) -> AsyncIterator[Page]:
        while True:
            marker = page.cursor
            yield replace(page, cursor="" if holds_number(marker) else marker)
            if page.done:
                return
            page = await self._page(partition, asked, marker)
            if page.cursor == marker:
                raise Broken("the listing comes back to where it was")

    async def _page(
        self, partition: Partition, asked: Mapping[str, str], marker: str, prefix: str = ""
    ) -> Page:
        query = {"restype": "container", "comp": "list", "maxresults": str(self._size())}
        told = {"marker": marker, "prefix": prefix, **asked}
        query |= {name: value for name, value in told.items() if value}
        account = await self._account(partition.facts["url"])
        path = quote(name_of(partition))
        make = functools.partial(item_of, partition, f"{account.url}/{path}")
        items, following = await account.listing(path, query, "Blob", make)
        if self._versions == "last":
            items = latest(items)
        return Page(items, cursor=following, done=not following)

    async def read(self, item: Item) -> AsyncIterator[Body]:
        """Metadata, tags, and the content as it was listed; what has changed since is Broken.

        Raises Withheld for what is listed and not handed out.
        """
        of = item.facts.get("part", "")
        for part in ("metadata", "tags"):
            if text := item.facts.get(part, ""):
                data = text.encode("utf-8", "surrogatepass")
                place = f"{of} › {part}" if of else part
                yield Body(f"{part}.txt", _TEXT, len(data), data, part=place)
        if why := withheld(item):
            raise why
        if item.size == 0:
            yield Body(item.name, item.media_type, 0, b"", part=of)
            return
        account = await self._account(item.partition.facts["url"])
        name, query = item.facts.get("of", (item.id, None))
        path = f"{quote(name_of(item.partition))}/{quote(name, safe='/~')}"
        etag = item.facts.get("etag") or item.version

        def reader(offset: int, length: int | None) -> AsyncIterator[bytes]:
            return account.stream(path, etag, offset, length, query)

        yield Body(item.name, item.media_type, item.size, None, reader, part=of)

    async def grants(self, items: Sequence[Item]) -> list[Sequence[Grant] | ConnectorError]:
        """What the container gives to all, and in a data lake each file's own access list."""
        try:
            shared = await self._exposures.of(items[0].partition)
        except Misconfigured:
            raise
        except ConnectorError as error:
            return [error] * len(items)
        places = asyncio.Semaphore(_AT_A_TIME)

        async def answer(item: Item) -> Sequence[Grant] | ConnectorError:
            if not _in_lake(item):
                return shared
            try:
                async with places:
                    return [*await self._lake.grants(item), *shared]
            except Misconfigured:
                raise
            except ConnectorError as error:
                return error

        return list(await asyncio.gather(*map(answer, items)))

    async def lookup(self, partition: Partition, ids: Sequence[str]) -> list[Item]:
        """Those blobs that still exist."""
        found = []
        asked = {"include": partition.facts.get(INCLUDE, "")}
        for identifier in ids:
            page = await self._page(partition, asked, "", identifier.partition("?")[0])
            found += [item for item in page.items if item.id == identifier]
        return found


def _in_lake(item: Item) -> bool:
    account = item.partition.facts.get("account")
    return bool(item.facts.get("lake") or (account is not None and account.hierarchical))


def name_of(partition: Partition) -> str:
    """The container's name."""
    return str(partition.facts["name"])


def withheld(item: Item) -> Withheld | None:
    """Why the service does not hand out the content, as far as the listing tells."""
    facts = item.facts
    if facts.get("deleted"):
        return Withheld(f"soft-deleted {facts['deleted']}", reason="not_offered")
    if facts.get("only_versions"):
        return Withheld("deleted, earlier versions are kept", reason="excluded_by_settings")
    if facts.get("tier") == "Archive":
        return Withheld("archive tier")
    if facts.get("key"):
        return Withheld("a key of the customer's own", reason="encrypted")
    return None


def holds_number(marker: str) -> bool:
    """Whether a marker, plain or in base64, holds a name that may hold a number: not to be kept."""
    texts = [unquote(marker)]
    for piece in re.split(r"[^\w+/=-]", unquote(marker)):
        padded = piece.rstrip("=").replace("-", "+").replace("_", "/")
        with suppress(ValueError):
            raw = base64.b64decode(padded + "=" * (-len(padded) % 4), validate=True)
            texts.append(raw.decode("utf-8", "replace"))
    return any(_MANY_DIGITS.search(unicodedata.normalize("NFKC", text)) for text in texts)
