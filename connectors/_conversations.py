"""Conversations of Microsoft 365 groups: the threads in a group's own mailbox.

Source: Graph v1.0 ``group: list threads``, ``conversationThread: list posts``,
``post: list attachments``, ``attachment: get`` (``$value``).
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from typing import Any
from urllib.parse import quote

from connectors._errors import ConnectorError, Gone, Misconfigured
from connectors._graph import Graph
from connectors._groups import Groups, unified
from connectors._identity import Access
from connectors._kinds import KIND
from connectors._lane import Ask
from connectors._model import Body, Grant, Item, Need, Page, Partition, Reach, Via
from connectors._permissions import when

CONVERSATIONS = Need("Group-Conversation.Read.All", "conversations", optional=True)
GROUP = "group"
"""The kind of these partitions, and the fact that holds the group's id."""
_PAGE = 50
_SELECT = "id,topic,lastDeliveredDateTime,hasAttachments,preview"
_POST = "id,body,hasAttachments,receivedDateTime,from"
_ATTACHMENT = "id,name,contentType,size,isInline"


class Conversations:
    """The group mailboxes of a tenant, as one kind of partition of source mail."""

    def __init__(self, source: str, access: Access) -> None:
        self._source = source
        self._tenant = access.tenant.id
        self._graph = Graph.of(access)
        self._groups = Groups.of(access)

    async def partitions(self, included: Callable[[str], bool]) -> AsyncIterator[Partition]:
        """One a group; one for all of them where the service does not say which there are."""
        try:
            groups = unified(list((await self._groups.all()).values()))
        except Misconfigured:
            raise
        except ConnectorError as error:
            told = {"error": error}
            yield Partition(self._source, "groups", "group mailboxes", self._tenant, told)
            return
        for group in groups:
            address = group.mail or group.name
            if included(address):
                facts: dict[str, Any] = {KIND: GROUP, GROUP: group.id}
                yield Partition(self._source, f"group/{group.id}", address, self._tenant, facts)

    async def pages(self, partition: Partition, cursors: Mapping[str, str]) -> AsyncIterator[Page]:
        """All threads: there is no delta, so each run names them all."""
        del cursors
        path = f"{_group(partition)}/threads?$select={_SELECT}&$top={_PAGE}"
        async for page in self._graph.pages(_ask(partition, path)):
            items = [_item(partition, value) for value in page["value"]]
            yield Page(items, done=not page.get("@odata.nextLink"))

    async def read(self, item: Item) -> AsyncIterator[Body]:
        """The text of every post, and its attachments."""
        path = f"{_thread(item)}/posts"
        ask = _ask(item.partition, f"{path}?$select={_POST}")
        number = 0
        async for post in self._graph.values(ask):
            number += 1
            body = post.get("body") or {}
            text = str(body.get("content") or "")
            html = str(body.get("contentType") or "").lower() != "text"
            data = text.encode("utf-8", "surrogatepass")
            kind = f"text/{'html' if html else 'plain'}; charset=utf-8"
            yield Body("", kind, len(data), data, part=f"post {number}")
            if post.get("hasAttachments") or "cid:" in text:
                where = f"{path}/{quote(str(post['id']), safe='')}/attachments"
                async for attachment in self._attachments(item, where, number):
                    yield attachment

    async def _attachments(self, item: Item, where: str, post: int) -> AsyncIterator[Body]:
        number = 0
        ask = _ask(item.partition, f"{where}?$select={_ATTACHMENT}")
        async for value in self._graph.values(ask):
            number += 1
            part = f"post {post} attachment {number}"
            name = str(value.get("name") or "")
            kind = str(value.get("@odata.type") or "")
            if kind.endswith(".referenceAttachment"):  # a link: the file is in its own drive
                yield Body(name, "text/plain", 0, b"", part=part)
                continue
            content = _ask(item.partition, f"{where}/{quote(str(value['id']), safe='')}/$value")

            def reader(
                offset: int, length: int | None, content: Ask = content
            ) -> AsyncIterator[bytes]:
                return self._graph.stream(content, offset, length)

            mail = kind.endswith(".itemAttachment")
            media = "message/rfc822" if mail else str(value.get("contentType") or "")
            yield Body(name, media, value.get("size"), None, reader, part=part)

    async def grants(self, items: Sequence[Item]) -> list[Sequence[Grant] | ConnectorError]:
        """The group's members; everybody in the organisation where the group is public."""
        partition = items[0].partition
        try:
            granted: Sequence[Grant] | ConnectorError = await self._granted(partition)
        except Misconfigured:
            raise
        except ConnectorError as error:
            granted = error
        return [granted for _ in items]

    async def _granted(self, partition: Partition) -> Sequence[Grant]:
        identifier = str(partition.facts[GROUP])
        crowd = await self._groups.crowd(identifier)
        inside = crowd.people - crowd.guests
        found = [Grant(Reach.NAMED, Via.GROUP, partition.name, inside)]
        if crowd.guests:
            found.append(Grant(Reach.GUEST, Via.GROUP, partition.name, crowd.guests))
        group = (await self._groups.all()).get(identifier)
        if group and group.visibility.lower() == "public":
            found.append(Grant(Reach.ORGANISATION, Via.GROUP, partition.name, None))
        return found

    async def lookup(self, partition: Partition, ids: Sequence[str]) -> list[Item]:
        """Ask for single threads again."""
        found = []
        for identifier in ids:
            stub = Item(partition, identifier, "", "")
            try:
                ask = _ask(partition, f"{_thread(stub)}?$select={_SELECT}")
                found.append(_item(partition, await self._graph.json(ask)))
            except Gone:
                continue
        return found


def _item(partition: Partition, value: Mapping[str, Any]) -> Item:
    delivered = value.get("lastDeliveredDateTime")
    return Item(
        partition,
        id=str(value["id"]),
        name=str(value.get("topic") or ""),
        version=str(delivered or ""),
        modified=when(delivered),
        owner=partition.name,
        media_type="text/html",
    )


def _group(partition: Partition) -> str:
    return f"/groups/{quote(str(partition.facts[GROUP]))}"


def _thread(item: Item) -> str:
    return f"{_group(item.partition)}/threads/{quote(item.id, safe='')}"


def _ask(partition: Partition, what: str) -> Ask:
    return Ask(what, f"mail:{partition.id}", permission=CONVERSATIONS.permission)
