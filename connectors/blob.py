"""Azure Blob storage: every container of every account, blobs by List Blobs, read by ranges.

Current versions only: snapshots, older versions and deleted blobs are not listed. A run lists all
blobs anew, 5,000 a request; unchanged ones cost nothing more.
"""

from __future__ import annotations

import base64
import functools
import re
import unicodedata
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote, urlsplit

from connectors._errors import Broken, ConnectorError, Misconfigured, Withheld
from connectors._identity import Access
from connectors._model import Body, Grant, Item, Need, Page, Partition, Reach, Via

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from connectors._arm import Found
    from connectors._storage import Account, Accounts

NEEDS = (
    Need("Storage Blob Data Reader", "blobs", "storage"),
    Need("Reader", "storage_accounts", "storage", optional=True),
)

PAGE = 5_000
"""Blobs a request; the service gives no more."""
_MANY_DIGITS = re.compile(r"\d(?:[\W_]?\d){10}")
_MONTHS = {
    name: number
    for number, name in enumerate(
        "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(), start=1
    )
}
_STATIC_SITE = "$web"


@dataclass(frozen=True, slots=True)
class Settings:
    """``[sources.blob]``: accounts by URL (none: all that the identity sees), container globs."""

    accounts: tuple[str, ...] = ()
    connection_string_env: str = ""
    include: tuple[str, ...] = ("*",)
    exclude: tuple[str, ...] = ()


class Source:
    """All containers of the accounts that the settings include."""

    def __init__(self, settings: Settings, access: Access) -> None:
        self._settings = settings
        self._access = access
        self._accounts: Accounts | None = None

    async def aclose(self) -> None:
        """Close the connections."""
        if self._accounts:
            await self._accounts.aclose()
            self._accounts = None

    async def partitions(self) -> AsyncIterator[Partition]:
        """A container each; an account that cannot be listed is a partition that says why.

        Raises Misconfigured when the only account cannot be reached at all.
        """
        found = [scope async for scope in self._found()]
        several = len(found) > 1
        for scope in found:
            if scope.error:
                yield self._closed(scope.id, scope.name, scope.error)
                continue
            try:
                account = await self._account(scope.url)
                async for partition in self._containers(account, scope.public, several=several):
                    yield partition
            except Misconfigured as error:
                if not several or error.code not in {"unreachable", "untrusted_certificate"}:
                    raise
                yield self._closed(scope.url, scope.name, Broken(error.detail))
            except ConnectorError as error:
                yield self._closed(scope.url, scope.name, error)

    def _closed(self, identifier: str, name: str, error: ConnectorError) -> Partition:
        return Partition("blob", identifier, name, self._access.tenant.id, {"error": error})

    async def _found(self) -> AsyncIterator[Found]:
        from connectors._arm import Found, storage_accounts

        if self._settings.connection_string_env:
            account = await self._account("")
            yield Found(account.url, account.name, account.url)
        elif self._settings.accounts:
            known: dict[str, Found] = {}
            with suppress(ConnectorError):  # optional: it only tells what the accounts allow
                known = {f.url.lower(): f async for f in storage_accounts(self._access, 2) if f.url}
            for url in dict.fromkeys(map(_checked, self._settings.accounts)):
                name = urlsplit(url).path.strip("/") or urlsplit(url).netloc.partition(".")[0]
                yield known.get(url.lower()) or Found(url, name, url)
        else:
            async for scope in storage_accounts(self._access):
                if scope.url or scope.error:
                    yield scope

    def _held(self) -> Accounts:
        from connectors._storage import Accounts

        if self._accounts is None:
            self._accounts = Accounts(self._access)
        return self._accounts

    async def _account(self, url: str) -> Account:
        if variable := self._settings.connection_string_env:
            return self._held().signed(variable)
        return await self._held().at(url)

    async def _containers(
        self, account: Account, allowed: bool | None, *, several: bool
    ) -> AsyncIterator[Partition]:
        marker, more = "", True
        while more:
            query = {"comp": "list"} | ({"marker": marker} if marker else {})
            rows, marker = await account.listing("", query, "Container", _container)
            more = bool(marker)
            for name, access in rows:
                if not self._included(name, f"{account.name}/{name}"):
                    continue
                facts = {"url": account.url, "name": name, "access": access, "allowed": allowed}
                yield Partition(
                    "blob",
                    f"{_lasting(account.url)}/{name}",
                    f"{account.name} › {name}" if several else name,
                    self._access.tenant.id,
                    facts,
                )

    def _included(self, *names: str) -> bool:
        def meets(globs: Sequence[str]) -> bool:
            return any(fnmatchcase(n.lower(), g.lower()) for n in names for g in globs)

        return meets(self._settings.include) and not meets(self._settings.exclude)

    async def pages(self, partition: Partition, cursors: Mapping[str, str]) -> AsyncIterator[Page]:
        """The container's blobs in the order of names; a marker that is refused starts anew."""
        if error := partition.facts.get("error"):
            raise error
        marker = cursors.get("", "")
        try:
            page = await self._page(partition, marker)
        except Broken as error:
            if not marker or not error.detail.startswith("HTTP 400"):
                raise
            page = replace(await self._page(partition, ""), restart=True)
        while True:
            marker = page.cursor
            yield replace(page, cursor="" if _holds_number(marker) else marker)
            if page.done:
                return
            page = await self._page(partition, marker)

    async def _page(self, partition: Partition, marker: str, prefix: str = "") -> Page:
        query = {"restype": "container", "comp": "list", "maxresults": str(PAGE)}
        query |= {k: v for k, v in (("marker", marker), ("prefix", prefix)) if v}
        account = await self._account(partition.facts["url"])
        make = functools.partial(_item, partition, f"{account.url}/{quote(_name(partition))}")
        path = quote(_name(partition))
        items, following = await account.listing(path, query, "Blob", make)
        return Page(items, cursor=following, done=not following)

    async def read(self, item: Item) -> AsyncIterator[Body]:
        """The blob as it was listed; one that has changed since raises Broken."""
        if item.facts.get("tier") == "Archive":
            raise Withheld("archive tier")
        if item.size == 0:
            yield Body(item.name, item.media_type, 0, b"")
            return
        account = await self._account(item.partition.facts["url"])
        path = f"{quote(_name(item.partition))}/{quote(item.id, safe='/~')}"
        reader = functools.partial(account.stream, path, item.version)
        yield Body(item.name, item.media_type, item.size, None, reader)

    async def grants(self, items: Sequence[Item]) -> list[Sequence[Grant] | ConnectorError]:
        """Public access of the container, where its account allows it; and those with a role."""
        return [_grants(item.partition) for item in items]

    async def lookup(self, partition: Partition, ids: Sequence[str]) -> list[Item]:
        """Those blobs that still exist."""
        pages = [await self._page(partition, "", prefix=identifier) for identifier in ids]
        return [
            item
            for identifier, page in zip(ids, pages, strict=True)
            for item in page.items
            if item.id == identifier
        ]


def _checked(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme != "https" or not parts.netloc or parts.query:
        raise Misconfigured("bad_setting", "sources.blob.accounts wants https URLs without a query")
    return url.rstrip("/")


def _name(partition: Partition) -> str:
    return str(partition.facts["name"])


def _grants(partition: Partition) -> Sequence[Grant]:
    roles = Grant(Reach.NAMED, Via.ROLE, "data-plane roles")
    name, access = _name(partition), partition.facts["access"]
    if name == _STATIC_SITE:  # served by the site's own endpoint whatever the container says
        return [Grant(Reach.ANYONE, Via.CONTAINER, f"static website {name}"), roles]
    if access and partition.facts["allowed"] is not False:
        return [Grant(Reach.ANYONE, Via.CONTAINER, f"public container {name} ({access})"), roles]
    return [roles]


def _container(element: Element) -> tuple[str, str]:
    return element.findtext("Name") or "", element.findtext("Properties/PublicAccess") or ""


def _item(partition: Partition, url: str, element: Element) -> Item | None:
    """A blob of a listing; None for a folder of a hierarchical account."""
    facts = {child.tag: child.text for child in element.find("Properties") or ()}
    if facts.get("ResourceType") == "directory":
        return None
    named = element.find("Name")
    name = (named.text if named is not None else "") or ""
    if named is not None and named.get("Encoded") == "true":
        name = unquote(name)
    size = int(facts.get("Content-Length") or 0)
    digest = facts.get("Content-MD5")
    tier = facts.get("AccessTier")
    above, _, last = name.rstrip("/").rpartition("/")
    return Item(
        partition,
        id=name,
        name=last,
        version=(facts.get("Etag") or "").strip('"'),
        size=size,
        modified=_moment(facts.get("Last-Modified")),
        created=_moment(facts.get("Creation-Time")),
        url=f"{url}/{quote(name, safe='/~')}",
        media_type=facts.get("Content-Type") or "",
        path=above,
        digest=f"md5:{digest}:{size}" if digest else "",
        facts={"tier": tier} if tier else {},
    )


@functools.lru_cache(1024)
def _moment(text: str | None) -> datetime | None:
    """``Mon, 02 Jan 2006 15:04:05 GMT``, always so; the general parser costs ten times as much."""
    if not text:
        return None
    try:
        hour, minute, second = map(int, text[17:25].split(":"))
        month = _MONTHS[text[8:11]]
        return datetime(int(text[12:16]), month, int(text[5:7]), hour, minute, second, tzinfo=UTC)
    except (KeyError, ValueError):
        return None


def _holds_number(marker: str) -> bool:
    """Whether a marker, plain or in base64, holds a name that may hold a number: not to be kept."""
    texts = [unquote(marker)]
    for piece in re.split(r"[^\w+/=-]", unquote(marker)):
        padded = piece.rstrip("=").replace("-", "+").replace("_", "/")
        with suppress(ValueError):
            raw = base64.b64decode(padded + "=" * (-len(padded) % 4), validate=True)
            texts.append(raw.decode("utf-8", "replace"))
    return any(_MANY_DIGITS.search(unicodedata.normalize("NFKC", text)) for text in texts)


def _lasting(url: str) -> str:
    """What stays of an account's address: with path-style URLs host and port may change."""
    parts = urlsplit(url)
    return parts.path.strip("/") or parts.netloc
