"""Members of channels and chats → Grants, asked once a channel or chat.

Source: Graph v1.0 resource ``conversationMember`` (``aadUserConversationMember``).
"""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from typing import Any

from connectors._directory import People, Person
from connectors._errors import ConnectorError, Denied, Misconfigured
from connectors._graph import Graph
from connectors._identity import Access
from connectors._lane import Ask
from connectors._model import Grant, Reach, Via
from connectors._permissions import Directory

LARGE = 25
"""So many people inside are one group; fewer are named one by one."""
_GUID = 36

Member = Mapping[str, Any]


class Members:
    """Who is in a channel or chat."""

    def __init__(self, access: Access) -> None:
        self._graph = Graph.of(access)
        self._people = People.of(access)
        self._tenant = access.tenant.id.lower()
        self._known: dict[str, Sequence[Member] | ConnectorError] = {}
        self._locks: dict[str, asyncio.Lock] = {}

    async def of(self, ask: Ask) -> Sequence[Member]:
        """The members at the path ``ask.what``; raises what the service said, each time asked."""
        path = str(ask.what)
        async with self._locks.setdefault(path, asyncio.Lock()):
            if path not in self._known:
                try:
                    self._known[path] = [m async for m in self._graph.values(ask)]
                except Misconfigured:
                    raise
                except ConnectorError as error:
                    self._known[path] = error
        found = self._known[path]
        if isinstance(found, ConnectorError):
            raise found
        return found

    async def grants(self, ask: Ask, group: str = "") -> list[Grant]:
        """The grants of its members; ``group`` names them together where it is a channel."""
        members = await self.of(ask)
        directory = await self._people.directory()
        users: Sequence[Person] = ()
        with suppress(Denied):
            users = await self._people.users()
        known = {u.id.lower(): u for u in users}
        return of_members(members, group, self._tenant, known, directory)


def of_members(
    members: Collection[Member],
    group: str,
    tenant: str,
    known: Mapping[str, Person],
    directory: Directory,
) -> list[Grant]:
    """A group of insiders, its owners, and a grant for each guest and each outsider.

    Without ``group`` (a chat) everybody is named, unless there are as many as in a large group.
    """
    found: list[Grant] = []
    inside: list[str] = []
    for member in members:
        person = known.get(str(member.get("userId") or "").lower())
        shown = _address(member, person)
        reach = _reach(member, person, tenant, directory)
        if reach is not Reach.NAMED:
            found.append(Grant(reach, Via.GROUP if group else Via.DIRECT, shown, 1))
        elif group and "owner" in _roles(member) and len(members) < LARGE:
            found.append(Grant(Reach.OWNER, Via.ROLE, shown, 1))
        else:
            inside.append(shown)
    if inside and (group or len(inside) >= LARGE):
        found.insert(0, Grant(Reach.NAMED, Via.GROUP, group or "chat", len(inside)))
    else:
        found += [Grant(Reach.NAMED, Via.DIRECT, shown, 1) for shown in inside]
    return found


def _reach(member: Member, person: Person | None, tenant: str, directory: Directory) -> Reach:
    """A user of the directory by what the directory says, others by their tenant, then address."""
    if person is not None:
        return Reach.GUEST if person.guest else Reach.NAMED
    if "guest" in _roles(member):
        return Reach.GUEST
    home = str(member.get("tenantId") or "").lower()
    if home and home == tenant:
        return Reach.NAMED
    if home and len(tenant) == _GUID and "-" in tenant:
        return Reach.EXTERNAL
    address = str(member.get("email") or "")
    return directory.reach_of(address) if address else Reach.EXTERNAL


def _roles(member: Member) -> set[str]:
    return {str(role).lower() for role in member.get("roles") or ()}


def _address(member: Member, person: Person | None) -> str:
    known = (person.mail or person.upn) if person else ""
    told = (member.get(key) for key in ("email", "displayName", "userId", "id"))
    return known or next((str(value) for value in told if value), "")
