"""Access control lists of Data Lake Storage: who a file lets read beside those with a role.

The list of a file is one HEAD request, asked for files with findings alone. What its entries give
is taken for reached, though a folder above may still shut somebody out; only the entry for all
others, which would mean everybody who signs in to the tenant, is followed up to the root. Source:
"Path - Get Properties" (``getAccessControl``), "Access control lists in Azure Data Lake Storage".
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit, urlunsplit

from connectors._account_facts import AccountFacts
from connectors._errors import ConnectorError, Misconfigured
from connectors._model import Grant, Item, Partition, Reach, Via

if TYPE_CHECKING:
    from connectors._storage import Account

_SUPERUSER = "$superuser"
_ASK = {"action": "getAccessControl", "upn": "true"}


@dataclass(frozen=True, slots=True)
class AccessList:
    """Owner, owning group and entries of one path, as the headers write them."""

    owner: str = ""
    group: str = ""
    entries: Sequence[tuple[str, str, str]] = field(default=())
    """Kind (user, group, mask, other), whom ("" = the owning one), ``r-x``."""

    @classmethod
    def of(cls, headers: Mapping[str, str]) -> AccessList:
        """From the headers of an answer; entries for what will be made below are left aside."""
        entries = []
        for entry in headers.get("x-ms-acl", "").split(","):
            kind, _, rest = entry.strip().partition(":")
            whom, _, rights = rest.rpartition(":")
            if kind in {"user", "group", "mask", "other"}:
                entries.append((kind, whom, rights))
        return cls(headers.get("x-ms-owner", ""), headers.get("x-ms-group", ""), tuple(entries))

    def others(self, right: str) -> bool:
        """Whether everybody whom no entry names has a right."""
        return any(kind == "other" and right in rights for kind, _, rights in self.entries)

    def readers(self) -> list[Grant]:
        """Those who may read, all others aside; the mask bounds everybody but the owner."""
        masked = any(kind == "mask" and "r" not in rights for kind, _, rights in self.entries)
        grants = []
        for kind, whom, rights in self.entries:
            if "r" not in rights or kind not in {"user", "group"}:
                continue
            owning = kind == "user" and not whom
            if masked and not owning:
                continue
            name = whom or (self.owner if kind == "user" else self.group)
            if name and name != _SUPERUSER:
                grants.append(_grant(kind, name, owning=owning))
        return grants


class Lake:
    """Reads access control lists, for files of hierarchical accounts."""

    def __init__(self, account: Callable[[str], Awaitable[Account]]) -> None:
        """``account`` opens one by its URL."""
        self._account = account
        self._passable: dict[tuple[str, str], bool] = {}

    async def grants(self, item: Item) -> Sequence[Grant]:
        """What the file's own list gives; raises a :class:`ConnectorError` for no answer."""
        path = item.facts.get("of", (item.id,))[0]
        listed = await self._list(item.partition, path)
        grants = listed.readers()
        if listed.others("r") and await self._open_above(item.partition, path):
            grants.append(Grant(Reach.ORGANISATION, Via.DIRECT, "everybody who signs in (other)"))
        return grants

    async def _open_above(self, partition: Partition, path: str) -> bool:
        """Whether all others may pass every folder from the root down to a file."""
        parts = path.strip("/").split("/")[:-1]
        for depth in range(len(parts) + 1):
            folder = "/".join(parts[:depth])
            key = (partition.id, folder)
            if key not in self._passable:
                self._passable[key] = await self._passes(partition, folder)
            if not self._passable[key]:
                return False
        return True

    async def _passes(self, partition: Partition, folder: str) -> bool:
        """Whether all others may pass a folder; one that does not answer is taken for open."""
        try:
            return (await self._list(partition, folder)).others("x")
        except Misconfigured:
            raise
        except ConnectorError:
            return True

    async def _list(self, partition: Partition, path: str) -> AccessList:
        account = await self._account(partition.facts["url"])
        root = endpoint(partition.facts.get("account"), account.url)
        place = f"{quote(str(partition.facts['name']))}/{quote(path, safe='/~')}"
        return AccessList.of(await account.head(root, place, _ASK))


def endpoint(facts: AccountFacts | None, url: str) -> str:
    """Where a Data Lake answers: as Resource Manager says, else by the host of its blobs."""
    if facts is not None and facts.dfs:
        return facts.dfs
    parts = urlsplit(url)
    return urlunsplit(parts._replace(netloc=parts.netloc.replace(".blob.", ".dfs.", 1)))


def _grant(kind: str, name: str, *, owning: bool) -> Grant:
    if kind == "group":
        return Grant(Reach.NAMED, Via.GROUP, name)
    if owning:
        return Grant(Reach.OWNER, Via.DIRECT, name, 1)
    guest = "#ext#" in name.lower()
    return Grant(Reach.GUEST if guest else Reach.NAMED, Via.DIRECT, name, 1)
