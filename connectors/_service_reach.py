"""Who can reach a share, a queue or a table: stored access policies, keys, data roles.

None of them can be public. ``Reader`` shows the roles; the policies take rights that only roles
with writing have, and where they may not be seen the grants say so. An account may let everybody
of its directory mount its shares; access lists of single files, which may narrow that, are not
read. Source: ``Get Share ACL``, ``Get Queue ACL``, ``Get Table ACL``, ``Storage Accounts - List``
(``defaultSharePermission``), ``Role Assignments - List For Scope``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from connectors._account_facts import AccountFacts
from connectors._data_roles import DataRole, key_of, roles_of
from connectors._errors import Broken, ConnectorError, Gone, Misconfigured
from connectors._model import Grant, Item, Partition, Reach, Via
from connectors._services import Service

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from connectors._service_places import Places

_UNSEEN = (Grant(Reach.NAMED, Via.ROLE, "data-plane roles"),)


class Readers:
    """Grants that everything in a share, queue or table shares, asked once a run."""

    def __init__(self, places: Places, service: Service) -> None:
        self._places = places
        self._service = service
        self._known: dict[str, Sequence[Grant]] = {}
        self._roles: dict[str, Mapping[str, DataRole]] = {}

    async def grants(self, items: Sequence[Item]) -> list[Sequence[Grant] | ConnectorError]:
        """The same answer for each item; they are all of one partition."""
        if not items:
            return []
        try:
            found = await self.of(items[0].partition)
        except Misconfigured:
            raise
        except ConnectorError as error:
            return [error] * len(items)
        return [found] * len(items)

    async def of(self, partition: Partition) -> Sequence[Grant]:
        """The partition's grants; raises a :class:`ConnectorError` when the question failed."""
        if partition.id not in self._known:
            self._known[partition.id] = [
                *self._everybody(partition),
                *await self._policies(partition),
                *await self._held(partition),
            ]
        return self._known[partition.id]

    def _everybody(self, partition: Partition) -> list[Grant]:
        """The permission that everybody has on the account's shares."""
        facts: AccountFacts | None = partition.facts.get("account")
        if self._service.name != "file" or facts is None or not facts.default_share_permission:
            return []
        who = f"default share permission {facts.default_share_permission}"
        return [Grant(Reach.ORGANISATION, Via.CONTAINER, who)]

    async def _policies(self, partition: Partition) -> list[Grant]:
        facts: AccountFacts | None = partition.facts.get("account")
        if facts is not None and facts.allow_shared_key_access is False:
            return []
        account = await self._places.account(partition.facts["url"])
        grants: list[Grant] = []
        unseen = ""
        try:
            said = await account.document(quote(str(partition.facts["name"])), self._service.acl)
            grants = [g for p in said.iter("SignedIdentifier") if (g := _policy(p, facts))]
        except Misconfigured:
            raise
        except ConnectorError as error:
            if isinstance(error, Broken) and error.reason == "throttled":
                raise
            unseen = " (stored access policies not visible)"
        who = f"account keys and shared access signatures{unseen}"
        return [*grants, Grant(Reach.NAMED, Via.ROLE, who)]

    async def _held(self, partition: Partition) -> Sequence[Grant]:
        facts: AccountFacts | None = partition.facts.get("account")
        manager = self._places.manager()
        if facts is None or not facts.id or manager is None:
            return _UNSEEN
        scope = f"{facts.id}/{self._service.resource}/{partition.facts['name']}"
        try:
            try:
                rows = await manager.assignments(scope)
            except (Broken, Gone) as error:
                if error.reason == "throttled":
                    raise
                rows = await manager.assignments(facts.id)
            known = await self._known_roles(facts, rows)
        except Misconfigured:
            raise
        except ConnectorError:
            return _UNSEEN
        keys = facts.allow_shared_key_access is not False
        held: dict[tuple[str, str], None] = {}
        for row in rows:
            role = known.get(key_of(row.get("roleDefinitionId")))
            if role is not None and (role.data or keys):
                held[role.name, str(row.get("principalType") or "principal")] = None
        return [_holder(role, kind) for role, kind in held] or _UNSEEN

    async def _known_roles(
        self, facts: AccountFacts, rows: Sequence[Mapping[str, Any]]
    ) -> Mapping[str, DataRole]:
        """The roles that open it; those of the customer's own are asked for once an account."""
        manager, built_in = self._places.manager(), self._service.roles
        if facts.id not in self._roles and manager is not None:
            own: Mapping[str, DataRole] = {}
            if any(key_of(row.get("roleDefinitionId")) not in built_in for row in rows):
                own = roles_of(await manager.custom_roles(facts.id), self._service.read)
            self._roles[facts.id] = {**own, **built_in}
        return self._roles.get(facts.id, built_in)


def _holder(role: str, kind: str) -> Grant:
    """Whoever holds a role; a ``ForeignGroup`` is one of another tenant."""
    reach = Reach.EXTERNAL if kind == "ForeignGroup" else Reach.NAMED
    return Grant(reach, Via.ROLE, f"{role} ({kind})")


def _policy(element: Element, facts: AccountFacts | None) -> Grant | None:
    """A stored access policy that lets read (``r``; of queues, process: ``p``), a link for anyone.

    The account's firewall holds for links too.
    """
    said = element.find("AccessPolicy")
    permission = (said.findtext("Permission") or "") if said is not None else ""
    if permission and not set(permission.lower()) & {"r", "p"}:
        return None
    who = f"stored access policy {element.findtext('Id') or ''}".strip()
    reach = Reach.ANYONE
    if facts is not None and facts.firewalled:
        reach, who = Reach.ORGANISATION, f"{who}, behind the account's firewall"
    expires = _moment(said.findtext("Expiry") if said is not None else None)
    return Grant(reach, Via.LINK, who, None, expires)


def _moment(text: str | None) -> datetime | None:
    """An ISO 8601 moment with up to seven digits of a second; None where there is none."""
    try:
        when = datetime.fromisoformat(text or "")
    except ValueError:
        return None
    return when if when.tzinfo else when.replace(tzinfo=UTC)
