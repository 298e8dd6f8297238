"""What is said in Teams as it stands now, and changes of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cached_property
from typing import Any

from connectors._sample_tenant._model import User, World
from connectors._sample_tenant._model_teams import Channel, Chat, ChatMessage, Group

Change = Mapping[str, Any]


@dataclass(slots=True)
class Place:
    """A channel or a chat with its messages in the order they were written."""

    id: str
    group: Group | None
    channel: Channel | None
    chat: Chat | None
    messages: dict[str, ChatMessage]


class Talk:
    """Groups, channels and chats of a world that has some."""

    def __init__(self, world: World) -> None:
        """Begin with what the world holds."""
        self.groups: dict[str, Group] = {g.id: g for g in getattr(world, "groups", ())}
        self.chats: dict[str, Chat] = {c.id: c for c in getattr(world, "chats", ())}
        self._users = {user.mail.lower(): user for user in world.users}

    @cached_property
    def places(self) -> dict[str, Place]:
        """Channels and chats by id; a channel's place is its team's and its own."""
        found = {}
        for group in self.groups.values():
            for one in group.channels:
                messages = {m.id: m for m in one.messages}
                found[one.id] = Place(one.id, group, one, None, messages)
        for chat in self.chats.values():
            messages = {m.id: m for m in chat.messages}
            found[chat.id] = Place(chat.id, None, None, chat, messages)
        return found

    def team(self, identifier: str) -> Group | None:
        """The team with this id."""
        group = self.groups.get(identifier)
        return group if group is not None and group.channels else None

    def of_team(self, team: Group) -> list[Place]:
        """The channels that a team hosts."""
        return [self.places[channel.id] for channel in team.channels]

    def of_user(self, user: User) -> list[Place]:
        """The chats a user is in."""
        mail = user.mail.lower()
        return [
            self.places[chat.id]
            for chat in self.chats.values()
            if any(member.address.lower() == mail for member in chat.members)
        ]

    def people_of(self, group: Group, seen: frozenset[str] = frozenset()) -> dict[str, User]:
        """The users behind a group, nested groups resolved, by id."""
        users = [self._users.get(member.address.lower()) for member in group.members]
        found = {user.id: user for user in users if user is not None}
        for inner in group.nested:
            if inner not in seen and inner in self.groups:
                found |= self.people_of(self.groups[inner], seen | {group.id})
        return found

    def change(self, change: Change) -> str:
        """Add, edit or delete a message of ``place``; it was changed just now."""
        place = self.places[change["place"]]
        now = datetime.now(UTC)
        if change["do"] == "add":
            identifier = str(change.get("id") or int(now.timestamp() * 1000))
            made = ChatMessage(
                identifier,
                change["sender"],
                change["body"],
                now,
                now,
                reply_to=change.get("reply_to", ""),
            )
            place.messages[identifier] = made
            return identifier
        old = place.messages[change["id"]]
        if change["do"] == "edit":
            new = replace(old, html=change["body"], modified=now, edited=True)
        else:
            new = replace(old, html="", modified=now, deleted=True, attachments=(), hosted=())
        place.messages[old.id] = new
        return old.id


def every(places: Sequence[Place]) -> list[tuple[Place, ChatMessage]]:
    """All messages of some places."""
    return [(place, message) for place in places for message in place.messages.values()]
