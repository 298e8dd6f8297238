"""Reads mailboxes: every folder by delta, bodies from the listing, attachments by MIME.

Source: Graph v1.0 ``message: delta``, ``mailFolder``, ``attachment``, ``messageRule``. Ids are
immutable ids, so that a moved mail keeps its finding. The dumpster's folders have well-known names
(``recoverableitemsroot`` and, in the reference, ``recoverableitemsdeletions``).
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import quote

from connectors._directory import People
from connectors._envelopes import headers_of, recipients_of
from connectors._errors import Broken, ConnectorError, Denied, Gone, Misconfigured, Withheld
from connectors._forwarding import Forwarding
from connectors._graph import Graph, Step
from connectors._identity import Access
from connectors._lane import Ask
from connectors._mailfolders import PAGE, MailFolders, ask_in, is_a, prefer
from connectors._model import HELD, Body, Grant, Item, Page, Partition, Reach, Reader, Via
from connectors._permissions import Directory, of_recipients, when

_LEAST = 6
"""Messages a page below which one that takes the service too long (504) is given up."""
_SELECT = (
    "id,changeKey,subject,body,hasAttachments,receivedDateTime,lastModifiedDateTime,"
    "createdDateTime,webLink,from,toRecipients,ccRecipients,bccRecipients,internetMessageHeaders"
)
_HTML, _PLAIN = "text/html; charset=utf-8", "text/plain; charset=utf-8"
_RECIPIENTS = "id,toRecipients,ccRecipients,bccRecipients"


class Mailboxes:
    """All folders of mailboxes, for the source that found them."""

    def __init__(self, access: Access) -> None:
        self._graph = Graph.of(access)
        self._people = People.of(access)
        self._folders = MailFolders(self._graph)
        self._forwarding = Forwarding(access)

    async def pages(self, partition: Partition, cursors: Mapping[str, str]) -> AsyncIterator[Page]:
        """Folder after folder; a folder is a stream."""
        async for folder in self._folders.of(partition):
            async for page in self._folder_pages(partition, folder, cursors.get(folder, "")):
                yield page

    async def _folder_pages(
        self, partition: Partition, folder: str, cursor: str
    ) -> AsyncIterator[Page]:
        """A folder's delta; pages that take the service too long are asked smaller."""
        box, place = quote(partition.id), quote(folder, safe="")
        path = f"/users/{box}/mailFolders/{place}/messages/delta?$select={_SELECT}"
        first = ask_in(partition, path)
        size = PAGE
        while True:
            ask = replace(first, headers=prefer(size))
            try:
                async for step in self._graph.delta(ask, cursor):
                    yield await self._page(partition, folder, step)
                    cursor = step.cursor
                return
            except Broken as error:
                size //= 4
                if size < _LEAST or not error.detail.startswith("HTTP 504"):
                    raise

    async def _page(self, partition: Partition, folder: str, step: Step) -> Page:
        values = {str(v["id"]): v for v in step.values}  # the last of a repeat wins
        gone = [i for i, v in values.items() if "@removed" in v]
        items = [self._item(partition, v) for v in values.values() if "body" in v]
        partly = [i for i, v in values.items() if "@removed" not in v and "body" not in v]
        items += await self.lookup(partition, partly)  # a change may name only what has changed
        return Page(items, gone, folder, step.cursor, step.done, step.restart)

    def _item(self, partition: Partition, value: Mapping[str, Any]) -> Item:
        get = value.get
        body = get("body") or {}
        text = str(body.get("content") or "")
        data = text.encode("utf-8", "surrogatepass")
        kind = _PLAIN if str(body.get("contentType")).lower() == "text" else _HTML
        untold = get("body", body) is None  # kept back, or not there: the message itself tells
        whole = bool(get("hasAttachments")) or "cid:" in text or untold
        received, created = get("receivedDateTime"), get("createdDateTime")
        arrived = when(received or get("lastModifiedDateTime"))
        return Item(
            partition,
            id=str(value["id"]),
            name=str(get("subject") or ""),
            version=str(get("changeKey") or get("lastModifiedDateTime") or ""),
            size=None if whole else len(data),
            modified=arrived,
            created=arrived if received and created == received else when(created),
            owner=partition.name,
            url=str(get("webLink") or ""),
            media_type="message/rfc822",
            body=None if whole else Body("", kind, len(data), data),
            facts={
                "recipients": recipients_of(value),
                "text": (data, kind),
                "headers": headers_of(value),
                "bodiless": "body" not in value,
            },
        )

    async def read(self, item: Item) -> AsyncIterator[Body]:
        """The body held by the listing; with attachments the whole MIME, or part by part."""
        if item.facts.get("bodiless"):  # as Mail.ReadBasic leaves it out
            raise Denied("the service gave no body", permission="Mail.Read")
        if item.body is not None:
            yield item.body
            for header in _headers_of(item):
                yield header
            return
        path = _path(item)
        try:
            reader = await _opened(self._graph, ask_in(item.partition, f"{path}/$value"))
        except (Broken, Withheld) as error:
            if error.reason == "throttled":
                raise
        else:
            yield Body("", "message/rfc822", None, None, reader)
            return
        data, kind = item.facts.get("text", (b"", "text/plain"))
        yield Body("", kind, len(data), data)
        for header in _headers_of(item):
            yield header
        async for part in self._attachments(item, path):
            yield part

    async def _attachments(self, item: Item, path: str) -> AsyncIterator[Body]:
        """One request an attachment, for mails whose MIME the service does not hand out."""
        select = f"{path}/attachments?$select=id,name,contentType,size,isInline"
        number = 0
        async for value in self._graph.values(ask_in(item.partition, select)):
            number += 1
            if is_a(value, "referenceAttachment"):  # a link: the file is in its own drive
                name = str(value.get("name") or "")
                yield Body(name, "text/plain", 0, b"", part=f"attachment {number}")
                continue
            raw = f"{path}/attachments/{quote(str(value['id']), safe='')}/$value"
            nested = is_a(value, "itemAttachment")
            yield Body(
                str(value.get("name") or ""),
                "message/rfc822" if nested else str(value.get("contentType") or ""),
                value.get("size"),
                None,
                self._reader(item.partition, raw),
                part=f"attachment {number}",
            )

    def _reader(self, partition: Partition, path: str) -> Any:
        ask = ask_in(partition, path)
        return lambda offset, length: self._graph.stream(ask, offset, length)

    async def grants(self, items: Sequence[Item]) -> list[Sequence[Grant] | ConnectorError]:
        """The mailbox's owner and every recipient. Mails never change theirs."""
        directory = await self._people.directory()
        result: list[Sequence[Grant] | ConnectorError] = []
        for item in items:
            try:
                result.append(await self._reached(item, directory))
            except Misconfigured:
                raise
            except ConnectorError as error:
                result.append(error)
        return result

    async def _reached(self, item: Item, directory: Directory) -> list[Grant]:
        forwarded = await self._forwarding.of(item.partition, directory)
        addresses = item.facts.get("recipients")
        if addresses is None and item.facts.get(HELD):  # recipients never change
            return [*(g for g in item.facts[HELD] if g.via is not Via.FORWARD), *forwarded]
        if addresses is None:
            addresses = recipients_of(await self._message(item, _RECIPIENTS))
        owner = Grant(Reach.OWNER, Via.DIRECT, item.partition.name, 1)
        others = [a for a in addresses if a.lower() != item.partition.name.lower()]
        return [owner, *of_recipients(others, directory), *forwarded]

    async def lookup(self, partition: Partition, ids: Sequence[str]) -> list[Item]:
        """Ask for single messages again."""
        found = []
        for identifier in ids:
            stub = Item(partition, identifier, "", "")
            try:
                found.append(self._item(partition, await self._message(stub, _SELECT)))
            except Gone:
                continue
        return found

    async def _message(self, item: Item, select: str) -> dict[str, Any]:
        ask = ask_in(item.partition, f"{_path(item)}?$select={select}")
        return await self._graph.json(ask)


def _path(item: Item) -> str:
    return f"/users/{quote(item.partition.id)}/messages/{quote(item.id, safe='')}"


async def _opened(graph: Graph, ask: Ask) -> Reader:
    """A reader whose first bytes have arrived: a refusal is known before anything is handed on."""
    stream = graph.stream(ask, 0, None)
    held: bytes | None = await anext(stream, b"")

    async def opened(length: int | None) -> AsyncIterator[bytes]:
        nonlocal held
        piece, held = held or b"", None
        try:
            while piece:
                left = len(piece) if length is None else length
                yield piece[:left]
                if length is not None:
                    length -= min(left, len(piece))
                    if not length:
                        return
                piece = await anext(stream, b"")
        finally:
            await stream.aclose()

    def read(offset: int, length: int | None) -> AsyncIterator[bytes]:
        again = offset or length == 0 or held is None
        return graph.stream(ask, offset, length) if again else opened(length)

    return read


def _headers_of(item: Item) -> list[Body]:
    """The headers as a message without a body, if there are any."""
    data = item.facts.get("headers", b"")
    return [Body("", "message/rfc822", len(data), data, part="headers")] if data else []
