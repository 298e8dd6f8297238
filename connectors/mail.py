"""Exchange mailboxes: every folder by delta, bodies from the listing, attachments by MIME.

Source: Graph v1.0 ``message: delta``, ``mailFolder``, ``attachment``. Ids are immutable ids, so
that a moved mail keeps its finding. In-place archive mailboxes are outside this API.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from typing import Any
from urllib.parse import quote

from connectors._directory import NEEDS as DIRECTORY_NEEDS
from connectors._directory import People
from connectors._errors import Broken, ConnectorError, Gone, Withheld
from connectors._graph import Graph
from connectors._identity import Access
from connectors._lane import Ask
from connectors._model import Body, Grant, Item, Need, Page, Partition, Reach, Reader, Via
from connectors._permissions import of_recipients, when
from connectors._problems import Resync

NEEDS = (Need("Mail.Read", "mail"), *DIRECTORY_NEEDS)

_PAGE = 100
_IMMUTABLE = 'IdType="ImmutableId"'
_SELECT = (
    "id,changeKey,subject,body,hasAttachments,receivedDateTime,lastModifiedDateTime,"
    "createdDateTime,webLink,from,toRecipients,ccRecipients,bccRecipients"
)
_RECIPIENTS = "id,toRecipients,ccRecipients,bccRecipients"
_MIME_LIMIT_FAULTS = (Broken, Withheld)


@dataclass(frozen=True, slots=True)
class Settings:
    """``[sources.mail]``: globs over addresses."""

    include: tuple[str, ...] = ("*",)
    exclude: tuple[str, ...] = ()


class Source:
    """All mailboxes of a tenant that the settings include."""

    def __init__(self, settings: Settings, access: Access) -> None:
        self._settings = settings
        self._access = access
        self._graph = Graph.of(access)
        self._people = People.of(access)

    async def aclose(self) -> None:
        """The shared Graph client closes with the tenant's access."""

    async def partitions(self) -> AsyncIterator[Partition]:
        """Every user that may have a mailbox; who has none is told by its first request."""
        for person in await self._people.users():
            address = person.mail or person.upn
            if person.guest or not self._included(address, person.upn):
                continue
            yield Partition("mail", person.id, address, self._access.tenant.id)

    def _included(self, *addresses: str) -> bool:
        def meets(globs: Sequence[str]) -> bool:
            return any(fnmatchcase(a.lower(), g.lower()) for a in addresses for g in globs)

        return meets(self._settings.include) and not meets(self._settings.exclude)

    async def pages(self, partition: Partition, cursors: Mapping[str, str]) -> AsyncIterator[Page]:
        """Folder after folder; a folder is a stream."""
        async for folder in self._folders(partition):
            async for page in self._folder_pages(partition, folder, cursors.get(folder, "")):
                yield page

    async def _folders(self, partition: Partition) -> AsyncIterator[str]:
        """Ids of all folders, nested and hidden ones, parents first; search folders are views."""
        user = quote(partition.id)
        waiting = [f"/users/{user}/mailFolders?includeHiddenFolders=true&$top=100"]
        while waiting:
            async for folder in self._graph.values(self._ask(partition, waiting.pop())):
                if str(folder.get("@odata.type", "")).endswith("mailSearchFolder"):
                    continue
                yield str(folder["id"])
                if folder.get("childFolderCount"):
                    waiting.append(
                        f"/users/{user}/mailFolders/{quote(str(folder['id']), safe='')}"
                        "/childFolders?includeHiddenFolders=true&$top=100"
                    )

    async def _folder_pages(
        self, partition: Partition, folder: str, cursor: str
    ) -> AsyncIterator[Page]:
        restart = False
        first = self._ask(partition, cursor) if cursor else await self._first_ask(partition, folder)
        try:
            async for page in self._delta(partition, folder, first):
                yield page
        except Resync:
            restart = True
        if restart:
            first = await self._first_ask(partition, folder)
            async for page in self._delta(partition, folder, first):
                yield replace(page, restart=restart)
                restart = False

    async def _delta(self, partition: Partition, folder: str, ask: Ask) -> AsyncIterator[Page]:
        async for answer in self._graph.pages(ask):
            values = answer.get("value", ())
            gone = [str(v["id"]) for v in values if "@removed" in v]
            items = [self._item(partition, v) for v in values if "@removed" not in v]
            cursor = answer.get("@odata.nextLink") or answer.get("@odata.deltaLink") or ""
            if cursor:
                self._graph.check_link(cursor)
            yield Page(
                items, gone, stream=folder, cursor=cursor, done="@odata.nextLink" not in answer
            )

    def _item(self, partition: Partition, value: Mapping[str, Any]) -> Item:
        body = value.get("body") or {}
        text = str(body.get("content") or "")
        html = str(body.get("contentType") or "").lower() != "text"
        data = text.encode("utf-8", "surrogatepass")
        kind = "text/html; charset=utf-8" if html else "text/plain; charset=utf-8"
        whole = bool(value.get("hasAttachments")) or "cid:" in text
        sender = ((value.get("from") or {}).get("emailAddress") or {}).get("address") or ""
        return Item(
            partition,
            id=str(value["id"]),
            name=str(value.get("subject") or ""),
            version=str(value.get("changeKey") or value.get("lastModifiedDateTime") or ""),
            size=None if whole else len(data),
            modified=when(value.get("receivedDateTime") or value.get("lastModifiedDateTime")),
            created=when(value.get("createdDateTime")),
            owner=partition.name,
            url=str(value.get("webLink") or ""),
            media_type="message/rfc822",
            body=None if whole else Body("", kind, len(data), data),
            facts={"recipients": _recipients(value), "sender": sender, "text": (data, kind)},
        )

    async def read(self, item: Item) -> AsyncIterator[Body]:
        """The body held by the listing; with attachments the whole MIME, or part by part."""
        if item.body is not None:
            yield item.body
            return
        path = f"/users/{quote(item.partition.id)}/messages/{quote(item.id, safe='')}"
        try:
            reader = await _opened(self._graph, self._ask(item.partition, f"{path}/$value"))
        except _MIME_LIMIT_FAULTS:
            data, kind = item.facts.get("text", (b"", "text/plain"))
            yield Body("", kind, len(data), data)
            async for part in self._attachments(item, path):
                yield part
            return
        yield Body("", "message/rfc822", None, None, reader)

    async def _attachments(self, item: Item, path: str) -> AsyncIterator[Body]:
        """One request an attachment, for mails whose MIME the service does not hand out."""
        select = f"{path}/attachments?$select=id,name,contentType,size,isInline"
        number = 0
        async for value in self._graph.values(self._ask(item.partition, select)):
            number += 1
            if str(value.get("@odata.type", "")).endswith("referenceAttachment"):
                continue  # a link: the file is in its own drive
            raw = f"{path}/attachments/{quote(str(value['id']), safe='')}/$value"
            nested = str(value.get("@odata.type", "")).endswith("itemAttachment")
            yield Body(
                str(value.get("name") or ""),
                "message/rfc822" if nested else str(value.get("contentType") or ""),
                value.get("size"),
                None,
                self._reader(item.partition, raw),
                part=f"attachment {number}",
            )

    def _reader(self, partition: Partition, path: str) -> Any:
        ask = self._ask(partition, path)
        return lambda offset, length: self._graph.stream(ask, offset, length)

    async def grants(self, items: Sequence[Item]) -> list[Sequence[Grant] | ConnectorError]:
        """The mailbox's owner and every recipient. Mails never change theirs."""
        directory = await self._people.directory()
        result: list[Sequence[Grant] | ConnectorError] = []
        for item in items:
            try:
                addresses = item.facts.get("recipients")
                if addresses is None:
                    addresses = _recipients(await self._message(item, _RECIPIENTS))
            except ConnectorError as error:
                result.append(error)
                continue
            owner = Grant(Reach.OWNER, Via.DIRECT, item.partition.name, 1)
            others = [a for a in addresses if a.lower() != item.partition.name.lower()]
            result.append([owner, *of_recipients(others, directory)])
        return result

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
        path = f"/users/{quote(item.partition.id)}/messages/{quote(item.id, safe='')}"
        try:
            return await self._graph.json(self._ask(item.partition, f"{path}?$select={select}"))
        except Resync as error:
            raise Gone("HTTP 410") from error

    async def _first_ask(self, partition: Partition, folder: str) -> Ask:
        from kiota_abstractions.base_request_configuration import RequestConfiguration
        from msgraph.generated.users.item.mail_folders.item.messages.delta.delta_request_builder import (  # noqa: E501
            DeltaRequestBuilder,
        )

        query = DeltaRequestBuilder.DeltaRequestBuilderGetQueryParameters(select=_SELECT.split(","))
        sdk = await self._graph.sdk()
        builder = sdk.users.by_user_id(partition.id).mail_folders.by_mail_folder_id(folder)
        info = builder.messages.delta.to_get_request_information(
            RequestConfiguration(query_parameters=query)
        )
        return replace(self._ask(partition, ""), what=info)

    def _ask(self, partition: Partition, what: str) -> Ask:
        """A request in the mailbox's own scope; these headers must go with every page."""
        prefer = f"odata.maxpagesize={_PAGE}, {_IMMUTABLE}"
        return Ask(what, f"mail:{partition.id}", {"prefer": prefer}, "Mail.Read")


async def _opened(graph: Graph, ask: Ask) -> Reader:
    """A reader whose first bytes have arrived: a refusal is known before anything is handed on."""
    stream = graph.stream(ask, 0, None)
    first: bytes | None = await anext(stream, b"")

    async def read(offset: int, length: int | None) -> AsyncIterator[bytes]:
        nonlocal first
        if offset or length == 0 or first is None:
            async for chunk in graph.stream(ask, offset, length):
                yield chunk
            return
        held, first = first, None
        yield held
        async for chunk in stream:
            yield chunk

    return read


def _recipients(value: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(
        str(address)
        for field in ("toRecipients", "ccRecipients", "bccRecipients")
        for entry in value.get(field) or ()
        if (address := (entry.get("emailAddress") or {}).get("address"))
    )
