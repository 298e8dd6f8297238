"""Who can reach the blobs of a container: the account's flags and the container's, put together.

What the service does, and so what is told here:

- a public container is read by anyone only where its account allows public access; behind the
  account's firewall, by those in the networks that may come in;
- ``$web`` is served by the website's own endpoint, whatever container and account say of public
  access; the firewall holds there too;
- a stored access policy that may read stands for a shared access signature: a link for whoever
  has it, until the policy ends; neither works where the account takes no keys;
- data roles open the blobs to those who hold them, at the container or anywhere above it; roles
  that may list the account's keys do, where keys are taken.

``Reader`` shows account and roles, ``Storage Blob Data Owner`` (or a role of one's own with
``…/containers/getAcl/action``) the policies; what may not be seen is said in the grants' words.
Source: "Configure anonymous read access", ``Get Container ACL``, ``Get Blob Service Properties``,
``Role Assignments - List For Scope``, Azure built-in roles.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from connectors._account_facts import AccountFacts
from connectors._data_roles import ROLES, DataRole, key_of, roles_of
from connectors._errors import Broken, ConnectorError, Gone, Misconfigured
from connectors._model import Grant, Partition, Reach, Via

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from connectors._arm import ResourceManager
    from connectors._storage import Account

STATIC_SITE = "$web"

_UNSEEN = "data-plane roles"


class Exposures:
    """Grants that all blobs of a container share, asked once a run."""

    def __init__(
        self,
        account: Callable[[str], Awaitable[Account]],
        manager: Callable[[], ResourceManager | None],
    ) -> None:
        """``account`` opens one by its URL; ``manager`` gives Resource Manager, if it is read."""
        self._account = account
        self._manager = manager
        self._known: dict[str, Sequence[Grant]] = {}
        self._custom: dict[str, Mapping[str, DataRole]] = {}

    async def of(self, partition: Partition) -> Sequence[Grant]:
        """The container's grants; raises a :class:`ConnectorError` when the question failed."""
        if partition.id not in self._known:
            self._known[partition.id] = [
                *await self._public(partition),
                *await self._policies(partition),
                *await self._roles(partition),
            ]
        return self._known[partition.id]

    async def _public(self, partition: Partition) -> list[Grant]:
        name, access = str(partition.facts["name"]), partition.facts.get("access")
        facts: AccountFacts | None = partition.facts.get("account")
        if name == STATIC_SITE and await self._served(partition):
            return [_open(f"static website {name}", facts)]
        if access and partition.facts.get("allowed") is not False:
            return [_open(f"public container {name} ({access})", facts)]
        return []

    async def _served(self, partition: Partition) -> bool:
        """Whether the website is switched on; where that may not be seen, its container says so."""
        account = await self._account(partition.facts["url"])
        try:
            said = await account.document("", {"restype": "service", "comp": "properties"})
        except Misconfigured:
            raise
        except ConnectorError:
            return True
        site = said.find("StaticWebsite")
        return site is None or (site.findtext("Enabled") or "").lower() != "false"

    async def _policies(self, partition: Partition) -> list[Grant]:
        """Signatures: those that a policy stands for, and that others are possible."""
        facts: AccountFacts | None = partition.facts.get("account")
        if facts is not None and facts.allow_shared_key_access is False:
            return []
        account = await self._account(partition.facts["url"])
        query = {"restype": "container", "comp": "acl"}
        grants: list[Grant] = []
        unseen = ""
        try:
            said = await account.document(quote(str(partition.facts["name"])), query)
            grants = [g for p in said.iter("SignedIdentifier") if (g := _policy(p, facts))]
        except Misconfigured:
            raise
        except ConnectorError as error:
            if isinstance(error, Broken) and error.reason == "throttled":
                raise
            unseen = " (stored access policies not visible)"
        if facts is not None:
            who = f"account keys and shared access signatures{unseen}"
            grants.append(Grant(Reach.NAMED, Via.ROLE, who))
        return grants

    async def _roles(self, partition: Partition) -> list[Grant]:
        facts: AccountFacts | None = partition.facts.get("account")
        manager = self._manager()
        if facts is None or not facts.id or manager is None:
            return [Grant(Reach.NAMED, Via.ROLE, _UNSEEN)]
        try:
            rows = await self._assignments(manager, facts, str(partition.facts["name"]))
        except Misconfigured:
            raise
        except ConnectorError:
            return [Grant(Reach.NAMED, Via.ROLE, _UNSEEN)]
        known, grants = await self._known_roles(manager, facts, rows)
        keys = facts.allow_shared_key_access is not False
        held: dict[tuple[str, str], None] = {}
        for row in rows:
            role = known.get(key_of(row.get("roleDefinitionId")))
            if role is not None and (role.data or keys):
                held[role.name, str(row.get("principalType") or "principal")] = None
        grants += [_held(role, kind) for role, kind in held]
        return grants or [Grant(Reach.NAMED, Via.ROLE, _UNSEEN)]

    @staticmethod
    async def _assignments(
        manager: ResourceManager, facts: AccountFacts, container: str
    ) -> list[dict[str, Any]]:
        """Those at the container and above; where containers cannot be asked, at the account."""
        try:
            return await manager.assignments(
                f"{facts.id}/blobServices/default/containers/{container}"
            )
        except (Broken, Gone) as error:
            if error.reason == "throttled":
                raise
        return await manager.assignments(facts.id)

    async def _known_roles(
        self, manager: ResourceManager, facts: AccountFacts, rows: Sequence[Mapping[str, Any]]
    ) -> tuple[Mapping[str, DataRole], list[Grant]]:
        """The roles that open blobs, those of the customer's own too; or that these are unseen."""
        if all(key_of(row.get("roleDefinitionId")) in ROLES for row in rows):
            return ROLES, []
        if facts.id not in self._custom:
            try:
                self._custom[facts.id] = roles_of(await manager.custom_roles(facts.id))
            except Misconfigured:
                raise
            except ConnectorError:
                return ROLES, [Grant(Reach.NAMED, Via.ROLE, "roles of the customer's own")]
        return {**self._custom[facts.id], **ROLES}, []


def _open(what: str, facts: AccountFacts | None) -> Grant:
    """Readable without signing in: by anyone, or in the networks that the firewall lets in."""
    if facts is not None and facts.firewalled:
        return Grant(Reach.ORGANISATION, Via.CONTAINER, f"{what}, behind the account's firewall")
    return Grant(Reach.ANYONE, Via.CONTAINER, what)


def _held(role: str, kind: str) -> Grant:
    """Whoever holds a role; a ``ForeignGroup`` is one of another tenant."""
    reach = Reach.EXTERNAL if kind == "ForeignGroup" else Reach.NAMED
    return Grant(reach, Via.ROLE, f"{role} ({kind})")


def _policy(element: Element, facts: AccountFacts | None) -> Grant | None:
    """A stored access policy that lets read; None for one that does not."""
    said = element.find("AccessPolicy")
    permission = (said.findtext("Permission") or "") if said is not None else ""
    if permission and "r" not in permission.lower():
        return None
    expires = _moment(said.findtext("Expiry") if said is not None else None)
    grant = _open(f"stored access policy {element.findtext('Id') or ''}".strip(), facts)
    return Grant(grant.reach, Via.LINK, grant.who, None, expires)


def _moment(text: str | None) -> datetime | None:
    """An ISO 8601 moment with up to seven digits of a second; None where there is none."""
    try:
        when = datetime.fromisoformat(text or "")
    except ValueError:
        return None
    return when if when.tzinfo else when.replace(tzinfo=UTC)
