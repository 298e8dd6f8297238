"""The channels of a team: one bulk listing, and shared channels one by one.

Source: Graph v1.0 ``channel: getAllMessages`` (standard and private channels, replies included),
``team: list allChannels``, ``channel: list messages``, ``channel: list allMembers``,
``team: list members``.
"""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from connectors import _messages
from connectors._errors import ConnectorError, Denied, Gone, Misconfigured
from connectors._graph import Graph
from connectors._groups import Groups
from connectors._identity import Access
from connectors._instead import either
from connectors._lane import Ask
from connectors._members import Members
from connectors._model import Body, Grant, Item, Page, Partition, Reach, Via
from connectors._windows import PAGE, changes, not_offered

BULK = "channels"
"""The stream of the bulk listing; a channel listed by itself is a stream of its own id."""
MESSAGES = "ChannelMessage.Read.All"
CHANNELS = "Channel.ReadBasic.All"
TEAM_MEMBERS = "TeamMember.Read.All"
MEMBERS = "ChannelMember.Read.All"
TEAMS = "Team.ReadBasic.All"
_SELECT = "id,displayName,membershipType,tenantId"
_HOST = re.compile(r"/teams(?:/|\(')([^/')]+)(?:'\))?/channels", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Channel:
    id: str
    name: str
    kind: str
    """standard, private, shared."""


class Channels:
    """Reads teams, for the source that found them."""

    def __init__(self, access: Access) -> None:
        self._graph = Graph.of(access)
        self._groups = Groups.of(access)
        self._members = Members(access)
        self._tenant = access.tenant.id.lower()
        self._known: dict[str, Mapping[str, _Channel] | Denied] = {}
        self._open: dict[str, bool | ConnectorError] = {}

    # ------------------------------------------------------------------------------------ listing

    async def pages(self, partition: Partition, cursors: Mapping[str, str]) -> AsyncIterator[Page]:
        """The bulk listing, then every shared channel; all by themselves where there is no bulk."""
        missing: ConnectorError | None = None
        channels: Mapping[str, _Channel] = {}
        try:
            channels = await self._channels(partition)
        except Misconfigured:
            raise
        except Denied as error:  # the messages of most channels can be read all the same
            missing = error

        def absent(error: ConnectorError) -> bool:
            return missing is None and (not_offered(error) or isinstance(error, Gone))

        shared = [c for c in channels.values() if c.kind == "shared"]
        others = [c for c in channels.values() if c.kind != "shared"]
        bulk = self._bulk(partition, channels, cursors.get(BULK, ""))
        async for page in either(bulk, absent, lambda: self._alone(partition, others)):
            yield page
        async for page in self._alone(partition, shared, missing):
            yield page

    async def _alone(
        self,
        partition: Partition,
        alone: Sequence[_Channel],
        failed: ConnectorError | None = None,
    ) -> AsyncIterator[Page]:
        """Channels one by one; all of them are read before an error is told."""
        for channel in alone:
            try:
                async for page in self._one_by_one(partition, channel):
                    yield page
            except Misconfigured:
                raise
            except ConnectorError as error:
                failed = failed or error
        if failed is not None:
            raise failed

    async def _bulk(
        self, partition: Partition, channels: Mapping[str, _Channel], cursor: str
    ) -> AsyncIterator[Page]:
        path = f"/teams/{quote(partition.id)}/channels/getAllMessages"
        async for step in changes(self._graph, _ask(partition, path, MESSAGES), cursor):
            items: list[Item] = []
            gone: list[str] = []
            for value in step.values:
                place = str((value.get("channelIdentity") or {}).get("channelId") or "")
                channel = channels.get(place) or _Channel(place, "", "")
                if channel.kind == "shared":  # listed by itself
                    continue
                item = _messages.item_of(partition, value, _key(place, value), channel.name)
                if item is not None:
                    items.append(item)
                elif cursor:
                    gone.append(_key(place, value))
            yield Page(items, gone, BULK, step.cursor, step.done, step.restart)

    async def _one_by_one(self, partition: Partition, channel: _Channel) -> AsyncIterator[Page]:
        path = f"{_channel(partition, channel.id)}/messages?$top={PAGE}&$expand=replies"
        ask = _ask(partition, path, MESSAGES)
        async for page in self._graph.pages(ask):
            items = []
            for root in page["value"]:
                async for value in self._thread(partition, root):
                    key = _key(channel.id, value, str(root["id"]))
                    item = _messages.item_of(partition, value, key, channel.name)
                    if item is not None:
                        items.append(item)
            done = not page.get("@odata.nextLink")
            yield Page(items, (), channel.id, "", done)

    async def _thread(
        self, partition: Partition, root: Mapping[str, Any]
    ) -> AsyncIterator[Mapping[str, Any]]:
        """A message and its replies, those too that did not fit into the page."""
        yield root
        for reply in root.get("replies") or ():
            yield reply
        if link := root.get("replies@odata.nextLink"):
            async for reply in self._graph.values(_ask(partition, str(link), MESSAGES)):
                yield reply

    async def _channels(self, partition: Partition) -> Mapping[str, _Channel]:
        """The channels that this team hosts; others are listed by their own team.

        Who was denied them once is not asked again.
        """
        if partition.id not in self._known:
            try:
                self._known[partition.id] = await self._listed(partition)
            except Denied as error:
                self._known[partition.id] = error
        known = self._known[partition.id]
        if isinstance(known, Denied):
            raise known
        return known

    async def _listed(self, partition: Partition) -> Mapping[str, _Channel]:
        path = f"/teams/{quote(partition.id)}/allChannels?$select={_SELECT}"
        return {
            str(value["id"]): _Channel(
                str(value["id"]),
                str(value.get("displayName") or ""),
                str(value.get("membershipType") or "standard"),
            )
            async for value in self._graph.values(_ask(partition, path, CHANNELS))
            if self._hosts(partition, value)
        }

    def _hosts(self, partition: Partition, value: Mapping[str, Any]) -> bool:
        if value.get("membershipType") != "shared":
            return True
        if host := _HOST.search(str(value.get("@odata.id") or "")):
            return host[1].lower() == partition.id.lower()
        home = str(value.get("tenantId") or "").lower()
        return not home or home == self._tenant or "-" not in self._tenant

    # ------------------------------------------------------------------------------------ content

    async def read(self, item: Item) -> AsyncIterator[Body]:
        """The message's text, what is beside it, its pictures."""
        ask = _ask(item.partition, _message(item), MESSAGES)
        async for body in _messages.read(self._graph, item, ask):
            yield body

    async def lookup(self, partition: Partition, ids: Sequence[str]) -> list[Item]:
        """Ask for single messages again."""
        found = []
        channels = await self._channels(partition)
        for identifier in ids:
            stub = Item(partition, identifier, "", "")
            if identifier.count("/") < 2:  # none of ours
                continue
            try:
                value = await self._graph.json(_ask(partition, _message(stub), MESSAGES))
            except Gone:
                continue
            place = _place(identifier)
            name = channels[place].name if place in channels else ""
            item = _messages.item_of(partition, value, identifier, name)
            if item is not None:
                found.append(item)
        return found

    # -------------------------------------------------------------------------------------- reach

    async def grants(self, items: Sequence[Item]) -> list[Sequence[Grant] | ConnectorError]:
        """The members of each message's channel; a public team is open to the organisation."""
        found: dict[str, Sequence[Grant] | ConnectorError] = {}
        for item in items:
            channel = _place(item.id)
            if channel in found:
                continue
            try:
                found[channel] = await self._granted(item.partition, channel)
            except Misconfigured:
                raise
            except ConnectorError as error:
                found[channel] = error
        return [found[_place(item.id)] for item in items]

    async def _granted(self, partition: Partition, identifier: str) -> list[Grant]:
        channel = (await self._channels(partition)).get(identifier)
        kind = channel.kind if channel else ""
        name = f"{partition.name} › {channel.name}" if channel else partition.name
        if kind == "standard":
            path = f"/teams/{quote(partition.id)}/members"
            grants = await self._members.grants(_ask(partition, path, TEAM_MEMBERS), partition.name)
            if await self._public(partition):
                grants.append(Grant(Reach.ORGANISATION, Via.GROUP, partition.name, None))
            return grants
        path = f"{_channel(partition, identifier)}/allMembers"
        return await self._members.grants(_ask(partition, path, MEMBERS), name)

    async def _public(self, partition: Partition) -> bool:
        """Whether everybody in the organisation may join; by the team, else by its group."""
        if partition.id not in self._open:
            self._open[partition.id] = await self._asked(partition)
        known = self._open[partition.id]
        if isinstance(known, ConnectorError):
            raise known
        return known

    async def _asked(self, partition: Partition) -> bool | ConnectorError:
        path = f"/teams/{quote(partition.id)}?$select=id,visibility"
        try:
            team = await self._graph.json(_ask(partition, path, TEAMS))
            seen = str(team.get("visibility") or "")
            if not seen:
                group = (await self._groups.all()).get(partition.id)
                seen = group.visibility if group else ""
        except Misconfigured:
            raise
        except ConnectorError as error:
            return error
        return seen.lower() == "public"


def _ask(partition: Partition, what: str, permission: str) -> Ask:
    return Ask(what, f"teams:{partition.id}", permission=permission)


def _channel(partition: Partition, channel: str) -> str:
    return f"/teams/{quote(partition.id)}/channels/{quote(channel, safe=':@')}"


def _key(channel: str, value: Mapping[str, Any], root: str = "") -> str:
    """Channel, first message of the thread, message: ids are unique in a thread alone."""
    own = str(value["id"])
    return f"{channel}/{value.get('replyToId') or root or own}/{own}"


def _place(identifier: str) -> str:
    """The channel in the id of an item; a channel's own id may hold any sign."""
    return identifier.rsplit("/", 2)[0]


def _message(item: Item) -> str:
    channel, root, own = item.id.rsplit("/", 2)
    path = f"{_channel(item.partition, channel)}/messages/{quote(root)}"
    return path if root == own else f"{path}/replies/{quote(own)}"
