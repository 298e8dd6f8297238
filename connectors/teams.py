"""Teams: the messages of all channels and of all chats, each once.

Source: Graph v1.0 ``teams``, ``users``, ``channel: getAllMessages``, ``chats: getAllMessages``.
Files of messages are read in their drives; transcripts of meetings are not read.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection, Sequence
from dataclasses import dataclass
from datetime import date
from fnmatch import fnmatchcase

from connectors._channels import CHANNELS, MEMBERS, MESSAGES, TEAM_MEMBERS, TEAMS, Channels
from connectors._chats import MESSAGES as CHATS
from connectors._chats import Chats
from connectors._directory import NEEDS as DIRECTORY_NEEDS
from connectors._directory import People
from connectors._errors import ConnectorError, Misconfigured
from connectors._graph import Graph
from connectors._groups import MEMBERS as GROUP_MEMBERS
from connectors._identity import Access
from connectors._kinds import KIND, ByKind, Reading
from connectors._lane import Ask
from connectors._model import Need, Partition

NEEDS = (
    Need(TEAMS, "teams"),
    Need(CHANNELS, "channels"),
    Need(MESSAGES, "channel_messages"),
    Need(CHATS, "chats"),
    Need(TEAM_MEMBERS, "team_members", optional=True),
    Need(MEMBERS, "channel_members", optional=True),
    GROUP_MEMBERS,
    *DIRECTORY_NEEDS,
)
_TEAM, _CHATS = "team", "chats"
_PAGE = 999


@dataclass(frozen=True, slots=True)
class Settings:
    """``[sources.teams]``: globs over names of teams and addresses of users."""

    include: tuple[str, ...] = ("*",)
    exclude: tuple[str, ...] = ()
    channels: bool = True
    """Messages in the channels of teams."""
    chats: bool = True
    """Messages in chats of two, of groups and of meetings."""
    since: date | None = None
    """Messages last changed before this day are left out, and said to be."""
    until: date | None = None


class Source(ByKind):
    """All teams, and the chats of all users, that the settings include."""

    def __init__(self, settings: Settings, access: Access) -> None:
        self._settings = settings
        self._tenant = access.tenant.id
        self._graph = Graph.of(access)
        self._people = People.of(access)
        self._ids: Collection[str] | None = None
        kinds: dict[str, Reading] = {
            _TEAM: Channels(access),
            _CHATS: Chats(access, self._readers),
        }
        super().__init__(kinds, settings)

    async def partitions(self) -> AsyncIterator[Partition]:
        """One a team, then one a user; where one list is denied, the other comes all the same."""
        denied: ConnectorError | None = None
        if self._settings.channels:
            try:
                async for partition in self._teams():
                    yield partition
            except Misconfigured:
                raise
            except ConnectorError as error:
                denied = error
        if self._settings.chats:
            for person in await self._people.users():
                address = person.mail or person.upn
                if not person.guest and self._included(address, person.upn):
                    yield Partition("teams", person.id, address, self._tenant, {KIND: _CHATS})
        if denied is not None:
            raise denied

    async def _teams(self) -> AsyncIterator[Partition]:
        ask = Ask(f"/teams?$select=id,displayName&$top={_PAGE}", permission=TEAMS)
        async for team in self._graph.values(ask):
            name = str(team.get("displayName") or team["id"])
            if self._included(name):
                yield Partition("teams", str(team["id"]), name, self._tenant, {KIND: _TEAM})

    async def _readers(self) -> Collection[str]:
        """Ids of the users whose chats this run reads."""
        if self._ids is None:
            users = await self._people.users()
            self._ids = frozenset(
                u.id.lower()
                for u in users
                if not u.guest and self._included(u.mail or u.upn, u.upn)
            )
        return self._ids

    def _included(self, *names: str) -> bool:
        def meets(globs: Sequence[str]) -> bool:
            return any(fnmatchcase(n.lower(), g.lower()) for n in names for g in globs)

        return meets(self._settings.include) and not meets(self._settings.exclude)
