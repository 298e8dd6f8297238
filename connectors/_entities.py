"""Entities of Table storage as rows: a page of a thousand at a time, and nothing of it kept.

Entities have no columns in common; a row has the properties that its entity has. Texts, 64-bit
numbers, moments and GUIDs come as strings, named by annotations; bytes are read as files, since
programs put pictures and documents there. Source: Table service REST API, ``Query Tables``,
``Query Entities``, "Query timeout and pagination", "Payload format".
"""

from __future__ import annotations

import base64
import re
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, quote, urlencode

import orjson

from connectors._blobs import holds_number
from connectors._errors import Broken, ConnectorError, Gone, Withheld
from connectors._model import Body, Grant, Item, Page, Partition

if TYPE_CHECKING:
    from connectors._service_accounts import ServiceAccount
    from connectors._service_places import Places
    from connectors._service_reach import Readers

_NAMES = {"Accept": "application/json;odata=nometadata"}
_ROWS = {"Accept": "application/json;odata=minimalmetadata"}
_NEXT_TABLE = "NextTableName"
_NEXT = ("NextPartitionKey", "NextRowKey")
_CONTINUATION = "x-ms-continuation-"
_MOST = 16 << 20
"""Bytes of an answer; a longer one is asked for in smaller pages."""
_TOGETHER = 32
"""Answers put together at most."""
_BINARY = "binary"
_TYPE = "@odata.type"
_ENCRYPTED = "_ClientEncryptionMetadata1"
"""The property by which client libraries tell what they encrypted."""
_SYSTEM = frozenset({"Timestamp"})
"""Properties that the service fills in by itself."""
_KEY = re.compile(r"PartitionKey='(?:[^']|'')*',RowKey='(?:[^']|'')*'")


async def tables(account: ServiceAccount) -> AsyncIterator[str]:
    """The names of an account's tables."""
    query: dict[str, str] = {}
    seen = set[str]()
    while True:
        rows, headers = await account.answer("Tables", query, _NAMES, _values, _MOST)
        for row in rows:
            yield str(row["TableName"])
        following = headers.get(f"{_CONTINUATION}{_NEXT_TABLE}") or ""
        if not following:
            return
        if following in seen:
            raise Broken("the listing comes back to where it was")
        seen.add(following)
        query = {_NEXT_TABLE: following}


class Entities:
    """Reads tables, for the source that found them."""

    def __init__(self, places: Places, page: Callable[[], int], readers: Readers) -> None:
        """``page`` says how many entities a request gives."""
        self._places = places
        self._size = page
        self._readers = readers

    async def pages(self, partition: Partition, cursors: Mapping[str, str]) -> AsyncIterator[Page]:
        """The table in the order of its keys; a place to go on that is refused starts anew.

        An answer may end where a partition ends, and hold a row or none: short ones are put
        together, since the rows of a page are judged by each other.
        """
        where = dict(parse_qsl(cursors.get("", "")))
        try:
            items, following = await self._page(partition, where)
        except Broken as error:
            if not where or not error.detail.startswith("HTTP 400"):
                raise
            items, following = await self._page(partition, {})
            where = {}
        restart = not where and bool(cursors.get(""))
        held, asked = list[Item](), 0
        mark, steps = dict[str, str](), 0
        while True:
            held, asked = held + items, asked + 1
            if not following or len(held) >= self._size() or asked == _TOGETHER:
                done = not following
                yield Page(held, cursor=_kept(following), done=done, restart=restart)
                if done:
                    return
                held, asked, restart = [], 0, False
            if following == mark:
                raise Broken("the listing comes back to where it was")
            steps += 1
            if steps & (steps - 1) == 0:  # at powers of two: finds a circle of any length
                mark = following
            items, following = await self._page(partition, following)

    async def _page(
        self, partition: Partition, where: Mapping[str, str]
    ) -> tuple[list[Item], dict[str, str]]:
        """A page, and what goes on after it; a page too long to be held is asked for in halves."""
        from connectors._service_accounts import TooLong

        account = await self._places.account(partition.facts["url"])
        path, size = f"{quote(_name(partition))}()", self._size()
        answer = None
        while answer is None:
            query = {"$top": str(size), **where}
            try:
                answer = await account.answer(path, query, _ROWS, _values, _MOST)
            except TooLong:
                if size == 1:
                    raise Broken("an entity of more than 16 MiB", reason="too_large") from None
                size //= 2
        rows, headers = answer
        items = [item_of(partition, account.url, row) for row in rows]
        told = ((name, headers.get(f"{_CONTINUATION}{name}") or "") for name in _NEXT)
        return items, {name: value for name, value in told if value}

    async def read(self, item: Item) -> AsyncIterator[Body]:
        """What the row has of bytes; the listing had all of it.

        Raises Withheld where clients encrypt before they write: then bytes are all that is there.
        """
        if item.facts.get(_ENCRYPTED):
            raise Withheld("encrypted by its client", reason="encrypted")
        for name, data in item.facts.get(_BINARY, ()):
            yield Body(name, "", len(data), data, part=name)

    async def grants(self, items: Sequence[Item]) -> list[Sequence[Grant] | ConnectorError]:
        """Those of the table."""
        return await self._readers.grants(items)

    async def lookup(self, partition: Partition, ids: Sequence[str]) -> list[Item]:
        """Those entities that still exist."""
        account = await self._places.account(partition.facts["url"])
        found = []
        for identifier in ids:
            if not _KEY.fullmatch(identifier):
                continue
            path = f"{quote(_name(partition))}({quote(identifier, safe='=,')})"
            try:
                row, _ = await account.answer(path, {}, _ROWS, _value, _MOST)
            except Gone:
                continue
            found.append(item_of(partition, account.url, row))
        return found


def item_of(partition: Partition, url: str, entity: Mapping[str, Any]) -> Item:
    """An entity as a row; its keys, which are the only way to find it, are its name."""
    keys = str(entity.get("PartitionKey", "")), str(entity.get("RowKey", ""))
    moment = str(entity.get("Timestamp") or "")
    row: dict[str, str] = {}
    binary: list[tuple[str, bytes]] = []
    for name, value in entity.items():
        if "odata." in name or name in _SYSTEM or value in (None, ""):
            continue
        data = _bytes(value) if entity.get(f"{name}{_TYPE}") == "Edm.Binary" else None
        if data is None:
            row[name] = _shown(value)
        else:
            binary.append((name, data))
    partition_key, row_key = (key.replace("'", "''") for key in keys)
    identifier = f"PartitionKey='{partition_key}',RowKey='{row_key}'"
    return Item(
        partition,
        id=identifier,
        name=", ".join(filter(None, keys)),
        version=str(entity.get("odata.etag") or moment),
        size=sum(len(text) for text in row.values()) + sum(len(data) for _, data in binary),
        modified=_when(moment),
        url=f"{url}/{_name(partition)}({quote(identifier, safe='=,')})",
        row=row or {"": ""},
        facts={_BINARY: tuple(binary), _ENCRYPTED: _ENCRYPTED in entity} if binary else {},
    )


def _name(partition: Partition) -> str:
    return str(partition.facts["name"])


def _values(data: bytes) -> list[dict[str, Any]]:
    """The rows of an answer; ValueError for anything else."""
    values = _value(data).get("value")
    if not isinstance(values, list) or not all(isinstance(value, dict) for value in values):
        raise ValueError("no rows")
    return values


def _value(data: bytes) -> dict[str, Any]:
    found = orjson.loads(data)
    if not isinstance(found, dict):
        raise ValueError("no object")  # noqa: TRY004 - bad content, not a bad argument
    return found


def _kept(following: Mapping[str, str]) -> str:
    """Where to go on, to be kept; not where it holds keys that may hold a number."""
    return "" if any(map(holds_number, following.values())) else urlencode(following)


def _bytes(value: Any) -> bytes | None:
    """What base64 stands for; None for what is none."""
    try:
        return base64.b64decode(str(value), validate=True)
    except ValueError:
        return None


def _shown(value: Any) -> str:
    """A property as people see it: whole numbers without a fraction."""
    if isinstance(value, str):
        return value
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return orjson.dumps(value).decode()


def _when(text: str) -> datetime | None:
    try:
        when = datetime.fromisoformat(text)
    except ValueError:
        return None
    return when if when.tzinfo else when.replace(tzinfo=UTC)
