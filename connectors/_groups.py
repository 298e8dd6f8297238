"""The tenant's groups, read once a run when asked for, and who stands behind one.

Source: Graph v1.0 ``group: list``, ``group: list transitiveMembers``.
"""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from connectors._directory import People
from connectors._errors import ConnectorError, Denied, Misconfigured
from connectors._graph import Graph
from connectors._identity import Access
from connectors._lane import Ask
from connectors._model import Need
from connectors._permissions import Crowd

MEMBERS = Need("GroupMember.Read.All", "groups", optional=True)
_SELECT = (
    "id,displayName,mail,groupTypes,visibility,securityEnabled,mailEnabled,"
    "resourceProvisioningOptions"
)
_PAGE = 999


@dataclass(frozen=True, slots=True)
class Group:
    """A group of the directory."""

    id: str
    name: str
    mail: str
    unified: bool
    """A Microsoft 365 group, with a mailbox of its own."""
    visibility: str
    """Public, Private, HiddenMembership, or ""."""


@dataclass(slots=True)
class Groups:
    """All groups of a tenant; ``Groups.of(access)`` asks the service once."""

    access: Access
    _lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    _all: Mapping[str, Group] | ConnectorError | None = None
    _crowds: dict[str, Crowd | ConnectorError] = field(default_factory=dict)
    _asking: dict[str, asyncio.Lock] = field(default_factory=dict)

    @classmethod
    def of(cls, access: Access) -> Groups:
        """The one of this tenant."""
        found = access.shared.get("groups")
        if found is None:
            found = access.shared["groups"] = cls(access)
        assert isinstance(found, cls)  # noqa: S101 — the name is ours alone
        return found

    async def aclose(self) -> None:
        """Nothing is held open."""

    async def all(self) -> Mapping[str, Group]:
        """Every group by its id; raises what the service said, each time asked."""
        async with self._lock:
            if self._all is None:
                try:
                    self._all = await self._asked()
                except Misconfigured:
                    raise
                except ConnectorError as error:
                    self._all = error
        if isinstance(self._all, ConnectorError):
            raise self._all
        return self._all

    async def _asked(self) -> Mapping[str, Group]:
        ask = Ask(f"/groups?$select={_SELECT}&$top={_PAGE}", permission=MEMBERS.permission)
        return {
            str(value["id"]): Group(
                str(value["id"]),
                str(value.get("displayName") or ""),
                str(value.get("mail") or ""),
                "Unified" in (value.get("groupTypes") or ()),
                str(value.get("visibility") or ""),
            )
            async for value in Graph.of(self.access).values(ask)
        }

    async def crowd(self, identifier: str) -> Crowd:
        """How many people stand behind a group, nested ones too, and how many are guests."""
        async with self._asking.setdefault(identifier, asyncio.Lock()):
            if identifier not in self._crowds:
                try:
                    self._crowds[identifier] = await self._counted(identifier)
                except Misconfigured:
                    raise
                except ConnectorError as error:
                    self._crowds[identifier] = error
        found = self._crowds[identifier]
        if isinstance(found, ConnectorError):
            raise found
        return found

    async def _counted(self, identifier: str) -> Crowd:
        path = f"/groups/{quote(identifier, safe='')}/transitiveMembers"
        query = f"?$select=id,userType,userPrincipalName&$top={_PAGE}"
        ask = Ask(f"{path}{query}", permission=MEMBERS.permission)
        known: dict[str, bool] = {}
        with suppress(Denied):
            users = await People.of(self.access).users()
            known = {user.id.lower(): user.guest for user in users}
        people = guests = 0
        async for value in Graph.of(self.access).values(ask):
            if not str(value.get("@odata.type") or ".user").endswith(".user"):
                continue
            people += 1
            guests += known.get(str(value.get("id") or "").lower(), _guest(value))
        return Crowd(people, guests)

    async def behind(self, permissions: Iterable[Mapping[str, Any]]) -> dict[str, Crowd]:
        """The crowds of all groups named in permissions of drive items.

        A group that the service does not open stays without one: its size is not known then.
        """
        found: dict[str, Crowd] = {}
        for identifier in dict.fromkeys(_named(permissions)):
            try:
                found[identifier] = await self.crowd(identifier)
            except Misconfigured:
                raise
            except ConnectorError:
                continue
        return found


def _guest(user: Mapping[str, Any]) -> bool:
    return user.get("userType") == "Guest" or "#EXT#" in str(user.get("userPrincipalName") or "")


def _named(permissions: Iterable[Mapping[str, Any]]) -> Iterable[str]:
    for permission in permissions:
        identities = [permission.get("grantedToV2") or permission.get("grantedTo") or {}]
        identities += permission.get("grantedToIdentitiesV2") or ()
        for identity in identities:
            if identifier := (identity.get("group") or {}).get("id"):
                yield str(identifier)


def unified(groups: Collection[Group]) -> list[Group]:
    """Those with a mailbox of their own."""
    return [group for group in groups if group.unified]
