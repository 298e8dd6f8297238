"""Messages of a queue, by peeking: the service shows the first 32 that are free to be taken.

A peek changes nothing. What lies behind those messages, or is being worked on, no reading request
shows; that is said, with how many they are.

Source: Queue service REST API, ``Peek Messages``, ``Get Queue Metadata``.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING
from urllib.parse import quote
from xml.etree.ElementTree import Element, fromstring

from connectors._errors import ConnectorError, Withheld
from connectors._model import Body, Grant, Item, Page, Partition

if TYPE_CHECKING:
    from connectors._service_places import Places
    from connectors._service_reach import Readers

MOST = 32
"""Messages a peek shows; the service gives no more, and no next page."""

_PEEK = {"numofmessages": str(MOST), "peekonly": "true"}
_COUNT = "x-ms-approximate-messages-count"
_LARGEST = 16 << 20
"""Bytes of an answer: 32 messages of 64 KiB, written as XML, are far below."""
_ENCRYPTED = b'"EncryptedMessageContents"'
"""What client libraries name the text of a message that they encrypted."""
_UNSEEN = "unseen"
_PLAIN = "text/plain; charset=utf-8"
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_SHORT = 24
"""Bytes: fewer that are no text may as well be a word that happens to look like base64."""


class Peeks:
    """Reads queues, for the source that found them."""

    def __init__(self, places: Places, readers: Readers) -> None:
        self._places = places
        self._readers = readers

    async def pages(self, partition: Partition, cursors: Mapping[str, str]) -> AsyncIterator[Page]:
        """One page: the messages that a peek shows, and an item that counts the others."""
        del cursors
        yield Page(await self._peek(partition), done=True)

    async def _peek(self, partition: Partition) -> list[Item]:
        account = await self._places.account(partition.facts["url"])
        name = quote(str(partition.facts["name"]))
        rows, _ = await account.answer(f"{name}/messages", _PEEK, {}, _messages, _LARGEST)
        items = [_item(partition, f"{account.url}/{name}/messages", row) for row in rows]
        response = await account.get(name, {"comp": "metadata"}, {})
        await response.close()
        count = str(response.headers.get(_COUNT) or "")
        unseen = int(count) - len(items) if count.isdecimal() else 0
        if unseen > 0:
            items.append(
                Item(partition, _UNSEEN, "other messages", str(unseen), facts={_UNSEEN: unseen})
            )
        return items

    async def read(self, item: Item) -> AsyncIterator[Body]:
        """The message, and what it holds in base64.

        Raises Withheld for those not shown, and for one that its client encrypted.
        """
        if unseen := item.facts.get(_UNSEEN):
            raise Withheld(f"{unseen} messages that a peek does not show", reason="not_offered")
        if item.body is None or item.body.data is None:
            return
        bodies = _bodies(item.body.data.decode("utf-8", "surrogatepass"))
        if any(_ENCRYPTED in (body.data or b"") for body in bodies):
            raise Withheld("encrypted by its client", reason="encrypted")
        for body in bodies:
            yield body

    async def grants(self, items: Sequence[Item]) -> list[Sequence[Grant] | ConnectorError]:
        """Those of the queue."""
        return await self._readers.grants(items)

    async def lookup(self, partition: Partition, ids: Sequence[str]) -> list[Item]:
        """Those messages that a peek still shows."""
        wanted = set(ids)
        return [item for item in await self._peek(partition) if item.id in wanted]


def _messages(data: bytes) -> list[Element]:
    return fromstring(data).findall("QueueMessage")  # noqa: S314 - as listings: expat has bounds


def _item(partition: Partition, url: str, row: Element) -> Item:
    """A message; what it holds came with it. Whoever changes one has taken it before."""
    identifier = row.findtext("MessageId") or ""
    put = row.findtext("InsertionTime") or ""
    data = (row.findtext("MessageText") or "").encode("utf-8", "surrogatepass")
    when = _when(put)
    return Item(
        partition,
        id=identifier,
        name=f"message {identifier}",
        version=f"{put}/{row.findtext('DequeueCount') or 0}",
        size=len(data),
        modified=when,
        created=when,
        url=f"{url}/{quote(identifier)}",
        media_type=_PLAIN,
        body=Body("", _PLAIN, len(data), data),
    )


def _bodies(text: str) -> list[Body]:
    """A message as it stands, or what its base64 stands for; both where that is open."""
    plain, inner = text.encode("utf-8", "surrogatepass"), decoded(text)
    if inner is None:
        return [_body(plain)]
    with suppress(UnicodeDecodeError):
        if not _CONTROL.search(inner.decode("utf-8")):
            return [_body(inner)]
    if len(inner) < _SHORT:
        return [_body(plain)]
    return [_body(plain), Body("message", "", len(inner), inner, part="base64")]


def decoded(text: str) -> bytes | None:
    """What a text in base64 stands for; None for any other text, and for mere digits."""
    packed = "".join(text.split())
    if not packed or len(packed) % 4 or packed.isdecimal():
        return None
    try:
        return base64.b64decode(packed, validate=True)
    except (binascii.Error, ValueError):
        return None


def _body(data: bytes) -> Body:
    """A text, with the suffix that its first character speaks for."""
    first = data.lstrip()[:1]
    suffix = {b"{": "json", b"[": "json", b"<": "xml"}.get(first, "txt")
    media_type = {"json": "application/json", "xml": "application/xml"}.get(suffix, _PLAIN)
    return Body(f"message.{suffix}", media_type, len(data), data)


def _when(text: str) -> datetime | None:
    try:
        return parsedate_to_datetime(text)
    except ValueError:
        return None
