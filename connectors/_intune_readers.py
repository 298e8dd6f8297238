"""Who can read a thing of Intune: its administrators, and the people whose devices it goes to.

Source: Graph ``deviceAndAppManagementAssignmentTarget`` and its kinds. What is assigned lies on the
devices, where those who use them can read it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from connectors._errors import ConnectorError, Misconfigured
from connectors._graph import Graph
from connectors._groups import Groups
from connectors._identity import Access
from connectors._intune_places import SCOPE
from connectors._lane import Ask
from connectors._model import Grant, Reach, Via

ADMINISTRATORS = Grant(Reach.NAMED, Via.ROLE, "Intune roles")
"""Intune's own roles and the directory's (Intune Administrator, Global Reader, …)."""
_EVERYBODY = {
    "allDevicesAssignmentTarget": "all devices",
    "allLicensedUsersAssignmentTarget": "all users",
}
_GROUP = "groupAssignmentTarget"


class Readers:
    """Asks who things are assigned to."""

    def __init__(self, access: Access) -> None:
        self._graph = Graph.of(access)
        self._groups = Groups.of(access)

    async def of(
        self, paths: Sequence[str], permission: str, *, beta: bool
    ) -> list[Sequence[Grant] | ConnectorError]:
        """The readers of each thing at one of ``paths``, in their order."""
        found: list[Sequence[Grant] | ConnectorError] = []
        for answer in await self._assignments(paths, permission, beta=beta):
            if isinstance(answer, ConnectorError):
                found.append(answer)
                continue
            targets = [one.get("target") or {} for one in answer]
            grants = [grant for target in targets for grant in await self._grants(target)]
            found.append([ADMINISTRATORS, *dict.fromkeys(grants)])
        return found

    async def _assignments(
        self, paths: Sequence[str], permission: str, *, beta: bool
    ) -> list[Sequence[Mapping[str, Any]] | ConnectorError]:
        """One request each: they may have several pages, and beta takes none in a batch of v1.0."""
        found: list[Sequence[Mapping[str, Any]] | ConnectorError] = []
        for path in paths:
            what = f"{path}/assignments"
            what = self._graph.beta(what) if beta else what
            ask = Ask(what, SCOPE, permission=permission)
            try:
                found.append([value async for value in self._graph.values(ask)])
            except Misconfigured:
                raise
            except ConnectorError as error:
                found.append(error)
        return found

    async def _grants(self, target: Mapping[str, Any]) -> list[Grant]:
        """The people behind one target; an exclusion adds nobody."""
        kind = str(target.get("@odata.type") or "").rpartition(".")[2]
        if kind in _EVERYBODY:
            return [Grant(Reach.ORGANISATION, Via.GROUP, _EVERYBODY[kind])]
        if kind != _GROUP or not target.get("groupId"):
            return []
        return await self._group(str(target["groupId"]))

    async def _group(self, identifier: str) -> list[Grant]:
        """A group by its name and size, where the directory tells them; devices are no people."""
        name, people, guests = identifier, None, 0
        try:
            known = (await self._groups.all()).get(identifier)
            name = known.name if known else identifier
            crowd = await self._groups.crowd(identifier)
            people, guests = crowd.people - crowd.guests or None, crowd.guests
        except Misconfigured:
            raise
        except ConnectorError:
            pass
        grants = [Grant(Reach.NAMED, Via.GROUP, name, people)]
        if guests:
            grants.append(Grant(Reach.GUEST, Via.GROUP, name, guests))
        return grants
