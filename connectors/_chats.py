"""The chats of a user: every message of theirs, and of a chat of several users' once.

Source: Graph v1.0 ``chats: getAllMessages``, ``chat: list members``, ``user: list chats``,
``chat: list messages``. A message of a chat is in the answer for each of its participants; it
belongs to the participant with the smallest id among those who are read and saw it.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Mapping, Sequence
from typing import Any
from urllib.parse import quote

from connectors import _messages
from connectors._errors import ConnectorError, Denied, Gone, Misconfigured
from connectors._graph import Graph
from connectors._identity import Access
from connectors._instead import either
from connectors._lane import Ask
from connectors._members import Member, Members
from connectors._model import Body, Grant, Item, Page, Partition
from connectors._permissions import when
from connectors._windows import PAGE, changes, not_offered

BULK = "chats"
MESSAGES = "Chat.Read.All"
_PAIR = re.compile(r"19:([0-9a-f-]+)_([0-9a-f-]+)@unq\.gbl\.spaces", re.IGNORECASE)
_NO_TEAMS = "no chats of this user"


class Chats:
    """Reads the chats of users, for the source that found them."""

    def __init__(self, access: Access, readers: Callable[[], Awaitable[Collection[str]]]) -> None:
        """``readers`` gives the ids, in lower case, of all users who are partitions."""
        self._graph = Graph.of(access)
        self._members = Members(access)
        self._readers = readers
        self._opens: dict[str, bool] = {}
        self._locks: dict[str, asyncio.Lock] = {}

    # ------------------------------------------------------------------------------------ listing

    async def pages(self, partition: Partition, cursors: Mapping[str, str]) -> AsyncIterator[Page]:
        """All chats at once; one by one where the service has no such call."""
        bulk = self._bulk(partition, cursors.get(BULK, ""))
        try:
            async for page in either(bulk, _absent, lambda: self._one_by_one(partition)):
                yield page
        except Denied:
            self._opens[partition.id.lower()] = False
            raise

    async def _bulk(self, partition: Partition, cursor: str) -> AsyncIterator[Page]:
        ask = _ask(partition, f"{_user(partition)}/chats/getAllMessages")
        async for step in changes(self._graph, ask, cursor):
            self._opens[partition.id.lower()] = True
            mine = [v for v in step.values if await self._owns(partition, v)]
            items = [(v, _item(partition, v)) for v in mine]
            gone = [_key(v) for v, item in items if item is None] if cursor else []
            found = [item for _, item in items if item is not None]
            yield Page(found, gone, BULK, step.cursor, step.done, step.restart)

    async def _one_by_one(self, partition: Partition) -> AsyncIterator[Page]:
        """Chat after chat, each a stream of its own."""
        count = 0
        path = f"{_user(partition)}/chats?$top={PAGE}"
        async for chat in self._graph.values(_ask(partition, path)):
            identifier = str(chat["id"])
            count += 1
            path = f"/chats/{quote(identifier, safe=':@')}/messages?$top={PAGE}"
            async for page in self._graph.pages(_ask(partition, path)):
                values = [{**v, "chatId": v.get("chatId") or identifier} for v in page["value"]]
                mine = [v for v in values if await self._owns(partition, v)]
                items = [item for v in mine if (item := _item(partition, v)) is not None]
                yield Page(items, (), identifier, "", not page.get("@odata.nextLink"))
        if not count:
            yield Page((), (), BULK, "", done=True)

    # ---------------------------------------------------------------------------------- ownership

    async def _owns(self, partition: Partition, value: Mapping[str, Any]) -> bool:
        """Whether a message is listed here and not with another participant."""
        me = partition.id.lower()
        readers = await self._readers()
        for other in sorted(await self._saw(partition, value, readers)):
            if other >= me:
                break
            if await self._open(other):
                return False
        return True

    async def _saw(
        self, partition: Partition, value: Mapping[str, Any], readers: Collection[str]
    ) -> set[str]:
        """Participants who are read and have this message in their history."""
        chat = str(value.get("chatId") or "")
        if pair := _PAIR.fullmatch(chat):
            return {pair[1].lower(), pair[2].lower()} & set(readers)
        try:
            members = await self._members.of(_members(partition, chat))
        except Misconfigured:
            raise
        except ConnectorError:  # better twice than not at all
            return set()
        sent = when(value.get("createdDateTime"))
        found = {str(m.get("userId") or "").lower() for m in members if _reaches(m, sent)}
        return found & set(readers)

    async def _open(self, user: str) -> bool:
        """Whether a user's chats can be read; asked once, where their listing has not yet told."""
        async with self._locks.setdefault(user, asyncio.Lock()):
            if user not in self._opens:
                path = f"/users/{quote(user)}/chats/getAllMessages?$top=1"
                try:
                    await self._graph.json(Ask(path, f"teams:{user}", permission=MESSAGES))
                except Misconfigured:
                    raise
                except (Denied, Gone) as error:
                    self._opens[user] = not_offered(error)
                except ConnectorError:  # it will be read, if not now
                    self._opens[user] = True
                else:
                    self._opens[user] = True
        return self._opens[user]

    # ------------------------------------------------------------------------------------ content

    async def read(self, item: Item) -> AsyncIterator[Body]:
        """The message's text, what is beside it, its pictures."""
        ask = _ask(item.partition, _message(item.id))
        async for body in _messages.read(self._graph, item, ask):
            yield body

    async def lookup(self, partition: Partition, ids: Sequence[str]) -> list[Item]:
        """Ask for single messages again."""
        found = []
        for identifier in ids:
            if "/" not in identifier:  # none of ours
                continue
            try:
                value = await self._graph.json(_ask(partition, _message(identifier)))
            except Gone:
                continue
            chat = identifier.rpartition("/")[0]
            item = _item(partition, {**value, "chatId": chat})
            if item is not None:
                found.append(item)
        return found

    async def grants(self, items: Sequence[Item]) -> list[Sequence[Grant] | ConnectorError]:
        """The members of each message's chat."""
        found: dict[str, Sequence[Grant] | ConnectorError] = {}
        for item in items:
            chat = item.id.rpartition("/")[0]
            if chat in found:
                continue
            try:
                found[chat] = await self._members.grants(_members(item.partition, chat))
            except Misconfigured:
                raise
            except ConnectorError as error:
                found[chat] = error
        return [found[item.id.rpartition("/")[0]] for item in items]


def _absent(error: ConnectorError) -> bool:
    """Whether there is no bulk call; a user who is not known to Teams has no chats at all."""
    if isinstance(error, Gone):
        raise Denied(f"{error.detail} {_NO_TEAMS}", reason="not_licensed") from error
    return not_offered(error)


def _reaches(member: Member, sent: Any) -> bool:
    """Whether a member's history goes back to a message; without a date it goes back to all."""
    since = when(member.get("visibleHistoryStartDateTime"))
    return since is None or sent is None or since <= sent


def _item(partition: Partition, value: Mapping[str, Any]) -> Item | None:
    return _messages.item_of(partition, value, _key(value), "")


def _key(value: Mapping[str, Any]) -> str:
    return f"{value.get('chatId') or ''}/{value['id']}"


def _message(identifier: str) -> str:
    chat, _, own = identifier.rpartition("/")
    return f"/chats/{quote(chat, safe=':@')}/messages/{quote(own)}"


def _user(partition: Partition) -> str:
    return f"/users/{quote(partition.id)}"


def _members(partition: Partition, chat: str) -> Ask:
    return _ask(partition, f"/chats/{quote(chat, safe=':@')}/members")


def _ask(partition: Partition, what: str) -> Ask:
    return Ask(what, f"teams:{partition.id}", permission=MESSAGES)
