"""Azure Blob storage: every container of every account, Data Lake Storage too.

The least that it needs is ``Storage Blob Data Reader`` on the accounts, or on single containers:
these may not be listed then, and are found by ``Reader`` or by their names in ``include``.
``Reader`` on the subscriptions finds the accounts and shows what they allow and who holds which
role. Index tags and stored access policies want ``Storage Blob Data Owner``, or,
since that may write, a role of one's own with ``…/containers/blobs/tags/read`` and
``…/containers/getAcl/action``; without them an account says once that its tags were not read.

A run lists all blobs anew, 5,000 a request; unchanged ones cost nothing more. Earlier versions and
snapshots are read where the settings want them; uncommitted blocks are no blobs yet.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Literal
from urllib.parse import urlsplit

from connectors._blobs import Blobs
from connectors._containers import (
    OWNER,
    Container,
    Offer,
    containers,
    least,
    listable,
    offered,
)
from connectors._errors import Broken, ConnectorError, Denied, Gone, Misconfigured, Withheld
from connectors._exposures import Exposures
from connectors._identity import Access
from connectors._kinds import ByKind
from connectors._model import Need, Partition

if TYPE_CHECKING:
    from connectors._arm import Found, ResourceManager
    from connectors._storage import Account, Accounts

NEEDS = (
    Need("Storage Blob Data Reader", "blobs", "storage"),
    Need("Reader", "storage_accounts", "storage", optional=True),
    Need(OWNER, "blob_tags", "storage", optional=True),
)

PAGE = 5_000
"""Blobs a request; the service gives no more."""


@dataclass(frozen=True, slots=True)
class Settings:
    """``[sources.blob]``: accounts by URL (none: all that the identity sees), container globs."""

    accounts: tuple[str, ...] = ()
    connection_string_env: str = ""
    include: tuple[str, ...] = ("*",)
    exclude: tuple[str, ...] = ()
    paths: tuple[str, ...] = ("*",)
    """Globs over the name of a blob."""
    exclude_paths: tuple[str, ...] = ()
    since: date | None = None
    """Blobs last changed before this day are left out, and said to be."""
    until: date | None = None
    versions: Literal["none", "last", "all"] = "none"
    """Earlier versions and snapshots of blobs."""


class Source(ByKind):
    """All containers of the accounts that the settings include."""

    def __init__(self, settings: Settings, access: Access) -> None:
        self._settings = settings
        self._access = access
        self._accounts: Accounts | None = None
        self._arm: ResourceManager | None = None
        exposures = Exposures(self._account, lambda: self._arm)
        blobs = Blobs(self._account, lambda: PAGE, settings.versions, exposures)
        super().__init__({"container": blobs}, settings)

    async def aclose(self) -> None:
        """Close the connections."""
        for lines in (self._accounts, self._arm):
            if lines is not None:
                await lines.aclose()
        self._accounts = self._arm = None

    async def partitions(self) -> AsyncIterator[Partition]:
        """A container each; an account that cannot be listed is a partition that says why.

        Raises Misconfigured when the only account cannot be reached at all.
        """
        found = [scope async for scope in self._found()]
        several = len(found) > 1
        for scope in found:
            if scope.error:
                yield self._closed(scope.id, scope.name, scope.error)
                continue
            try:
                account = await self._account(scope.url)
                async for partition in self._containers(account, scope, several=several):
                    yield partition
            except Misconfigured as error:
                if not several or error.code not in {"unreachable", "untrusted_certificate"}:
                    raise
                yield self._closed(scope.url, scope.name, Broken(error.detail))
            except ConnectorError as error:
                yield self._closed(scope.url, scope.name, error)

    def _closed(self, identifier: str, name: str, error: ConnectorError) -> Partition:
        return Partition("blob", identifier, name, self._access.tenant.id, {"error": error})

    async def _found(self) -> AsyncIterator[Found]:
        from connectors._arm import Found

        if self._settings.connection_string_env:
            account = await self._account("")
            yield Found(account.url, account.name, account.url)
        elif self._settings.accounts:
            known: dict[str, Found] = {}
            manager = self._manager(2)
            with suppress(ConnectorError):  # optional: it only tells what the accounts allow
                known = {f.url.lower(): f async for f in manager.accounts() if f.url}
            for url in dict.fromkeys(map(_checked, self._settings.accounts)):
                name = urlsplit(url).path.strip("/") or urlsplit(url).netloc.partition(".")[0]
                yield await self._detailed(known.get(url.lower()) or Found(url, name, url))
        else:
            async for scope in self._manager().accounts():
                if scope.url or scope.error:
                    yield await self._detailed(scope)

    def _manager(self, attempts: int = 6) -> ResourceManager:
        from connectors._arm import ResourceManager

        if self._arm is None:
            self._arm = ResourceManager(self._access, attempts)
        return self._arm

    async def _detailed(self, found: Found) -> Found:
        if found.facts is None:
            return found
        return replace(found, facts=await self._manager().details(found.facts))

    def _held(self) -> Accounts:
        from connectors._storage import Accounts

        if self._accounts is None:
            self._accounts = Accounts(self._access)
        return self._accounts

    async def _account(self, url: str) -> Account:
        if variable := self._settings.connection_string_env:
            return self._held().signed(variable)
        return await self._held().at(url)

    async def _containers(
        self, account: Account, found: Found, *, several: bool
    ) -> AsyncIterator[Partition]:
        """The account's containers; deleted ones, and tags that may not be read, say so."""
        offer: Offer | None = None
        lake = bool(found.facts and found.facts.hierarchical)
        async for row in self._rows(account, found):
            if not self._included(row.name, f"{account.name}/{row.name}"):
                continue
            shown = f"{account.name} › {row.name}" if several else row.name
            identifier = f"{_lasting(account.url)}/{row.name}"
            if row.deleted:
                kept = Withheld(f"soft-deleted {row.deleted}", reason="not_offered")
                yield self._closed(f"{identifier}?deleted={row.version}", shown, kept)
                continue
            if offer is None:
                offer = await offered(account, row.name, self._settings.versions, lake=lake)
            facts = {
                "url": account.url,
                "name": row.name,
                "access": row.access,
                "allowed": found.public,
                "account": found.facts,
                **(offer or least(self._settings.versions)).facts,
            }
            yield Partition("blob", identifier, shown, self._access.tenant.id, facts)
        if offer is not None and offer.untold is not None:
            name = f"{account.name} › index tags"
            yield self._closed(f"{_lasting(account.url)}?tags", name, offer.untold)

    async def _rows(self, account: Account, found: Found) -> AsyncIterator[Container]:
        """The rows of the account's list; where it is refused, containers known by other means.

        Somebody with a role on single containers may not list them, but read in them.
        """
        refused: Denied | None = None
        try:
            async for row in containers(account):
                yield row
        except Denied as error:
            refused = error
        if refused is None:
            return
        rows = await self._known(found)
        if not await listable(account, (row.name for row in rows)):
            raise refused
        for row in rows:
            yield row

    async def _known(self, found: Found) -> list[Container]:
        """Containers as Resource Manager names them, else those that the settings name."""
        if found.facts is not None:
            with suppress(Denied, Gone, Broken):
                rows = await self._manager().containers(found.facts.id)
                return [
                    Container(name, "" if access == "None" else access.lower())
                    for name, access in rows
                    if self._included(name, f"{found.name}/{name}")
                ]
        names = (glob.rpartition("/")[2] for glob in self._settings.include)
        return [Container(name) for name in names if not set(name) & set("*?[")]

    def _included(self, *names: str) -> bool:
        def meets(globs: Sequence[str]) -> bool:
            return any(fnmatchcase(n.lower(), g.lower()) for n in names for g in globs)

        return meets(self._settings.include) and not meets(self._settings.exclude)


def _checked(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme != "https" or not parts.netloc or parts.query:
        raise Misconfigured("bad_setting", "sources.blob.accounts wants https URLs without a query")
    return url.rstrip("/")


def _lasting(url: str) -> str:
    """What stays of an account's address: with path-style URLs host and port may change."""
    parts = urlsplit(url)
    return parts.path.strip("/") or parts.netloc
