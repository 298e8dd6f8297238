"""The tenant's people and domains, read once a run and shared by the connectors."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from connectors._errors import Denied
from connectors._graph import Graph
from connectors._identity import Access
from connectors._lane import Ask
from connectors._model import Need
from connectors._permissions import Directory

NEEDS = (
    Need("User.Read.All", "users"),
    Need("Domain.Read.All", "domains", optional=True),
)
_PAGE = 999


@dataclass(frozen=True, slots=True)
class Person:
    """A user of the directory."""

    id: str
    upn: str
    mail: str
    guest: bool


@dataclass(slots=True)
class People:
    """All users and domains; ``People.of(access)`` asks the service once."""

    access: Access
    _lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    _users: Sequence[Person] | Denied | None = None
    _directory: Directory | None = None

    @classmethod
    def of(cls, access: Access) -> People:
        """The one of this tenant."""
        found = access.shared.get("people")
        if found is None:
            found = access.shared["people"] = cls(access)
        assert isinstance(found, cls)  # noqa: S101 — the name is ours alone
        return found

    async def aclose(self) -> None:
        """Nothing is held open."""

    async def users(self) -> Sequence[Person]:
        """Every user, guests and disabled ones too (shared mailboxes are disabled users).

        Raises Denied each time where the service refused once; a fault is asked about again.
        """
        async with self._lock:
            return await self._known_users()

    async def _known_users(self) -> Sequence[Person]:
        if self._users is None:
            try:
                self._users = [person async for person in self._ask_users()]
            except Denied as error:
                self._users = error
        if isinstance(self._users, Denied):
            raise self._users
        return self._users

    async def directory(self) -> Directory:
        """Inside and outside. Without Domain.Read.All the members' own domains stand in.

        Without User.Read.All no guest is known; with neither, everybody counts as outside.
        """
        async with self._lock:
            if self._directory is None:
                users: Sequence[Person] = ()
                with suppress(Denied):
                    users = await self._known_users()
                members = {u.upn.rpartition("@")[2].lower() for u in users if not u.guest}
                domains = await self._domains() or members
                guests = {a.lower() for u in users if u.guest for a in (u.mail, u.upn) if a}
                self._directory = Directory(frozenset(domains - {""}), frozenset(guests))
            return self._directory

    async def _ask_users(self) -> AsyncIterator[Person]:
        from kiota_abstractions.base_request_configuration import RequestConfiguration
        from msgraph.generated.users.users_request_builder import UsersRequestBuilder

        graph = Graph.of(self.access)
        query = UsersRequestBuilder.UsersRequestBuilderGetQueryParameters(
            select=["id", "userPrincipalName", "mail", "userType"], top=_PAGE
        )
        info = (await graph.sdk()).users.to_get_request_information(
            RequestConfiguration(query_parameters=query)
        )
        async for user in graph.values(Ask(info, permission="User.Read.All")):
            upn = str(user.get("userPrincipalName") or "")
            guest = str(user.get("userType") or "").lower() == "guest" or "#EXT#" in upn
            yield Person(str(user["id"]), upn, str(user.get("mail") or ""), guest)

    async def _domains(self) -> set[str]:
        graph = Graph.of(self.access)
        info = (await graph.sdk()).domains.to_get_request_information()
        try:
            return {
                str(domain["id"]).lower()
                async for domain in graph.values(Ask(info, permission="Domain.Read.All"))
                if domain.get("isVerified", True)
            }
        except Denied:
            return set()  # optional: the members' domains stand in
