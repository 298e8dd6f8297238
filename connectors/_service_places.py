"""Where the files, queues and tables of a tenant are: accounts given or found, and what is in them.

An account that has no such service is left aside; one that refuses is a partition that says so.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import urlsplit, urlunsplit

from connectors._errors import Broken, ConnectorError, Misconfigured
from connectors._identity import Access
from connectors._model import Partition
from connectors._services import Service

if TYPE_CHECKING:
    from connectors._arm import Found, ResourceManager
    from connectors._service_accounts import ServiceAccount, ServiceAccounts

_AWAY = frozenset({"unreachable", "untrusted_certificate"})
_SERVICES = frozenset({"blob", "dfs", "file", "queue", "table", "web"})


class Chosen(Protocol):
    """The settings that these sources share."""

    @property
    def accounts(self) -> Sequence[str]:
        """Addresses of accounts; none: all that the identity sees."""
        ...

    @property
    def connection_string_env(self) -> str:
        """Variable that holds a connection string."""
        ...

    @property
    def include(self) -> Sequence[str]:
        """Globs over names of shares, queues or tables; ``exclude`` likewise."""
        ...

    @property
    def exclude(self) -> Sequence[str]:
        """Globs."""
        ...


@dataclass(frozen=True, slots=True)
class Place:
    """A share, a queue, a table."""

    name: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    more: str = ""
    """Tells places of one name apart: a snapshot, a deleted share; part of the identifier."""
    shown: str = ""
    """What people see after the name, such as the moment of a snapshot."""
    error: ConnectorError | None = None
    """Why it is not read."""


class Places:
    """Finds accounts, and opens them."""

    def __init__(self, source: str, settings: Chosen, access: Access, service: Service) -> None:
        self._source = source
        self._settings = settings
        self._access = access
        self._service = service
        self._accounts: ServiceAccounts | None = None
        self._arm: ResourceManager | None = None

    async def aclose(self) -> None:
        """Close the connections."""
        for lines in (self._accounts, self._arm):
            if lines is not None:
                await lines.aclose()
        self._accounts = self._arm = None

    async def partitions(
        self, of_account: Callable[[ServiceAccount, Found], AsyncIterator[Place]]
    ) -> AsyncIterator[Partition]:
        """What ``of_account`` finds in every account, as far as the settings include it.

        Raises Misconfigured when the only account that was given cannot be reached at all.
        """
        found = [scope async for scope in self._found()]
        several, given = len(found) > 1, bool(self._settings.accounts)
        for scope in found:
            if scope.error:
                yield self._closed(scope.id, scope.name, scope.error)
                continue
            try:
                account = await self.account(scope.url)
                async for place in of_account(account, scope):
                    if self._included(place.name, f"{account.name}/{place.name}"):
                        yield self._partition(account, scope, place, several=several)
            except Misconfigured as error:
                if error.code not in _AWAY or (given and not several):
                    raise
                yield self._closed(scope.url, scope.name, Broken(error.detail))
            except ConnectorError as error:
                yield self._closed(scope.url, scope.name, error)

    async def account(self, url: str) -> ServiceAccount:
        """The account at ``url``, or that of the connection string."""
        from connectors._service_accounts import ServiceAccounts

        if self._accounts is None:
            self._accounts = ServiceAccounts(self._access, self._service)
        if variable := self._settings.connection_string_env:
            return self._accounts.signed(variable)
        return await self._accounts.at(url)

    def manager(self, attempts: int = 6) -> ResourceManager | None:
        """Resource Manager; None where a connection string stands for an identity."""
        from connectors._arm import ResourceManager

        if self._settings.connection_string_env:
            return None
        if self._arm is None:
            self._arm = ResourceManager(self._access, attempts)
        return self._arm

    def _partition(
        self, account: ServiceAccount, found: Found, place: Place, *, several: bool
    ) -> Partition:
        path = [account.name] if several else []
        name = " › ".join([*path, place.name, *([place.shown] if place.shown else [])])
        identifier = f"{_lasting(account.url)}/{place.name}" + (place.more and f"?{place.more}")
        facts = {"url": account.url, "name": place.name, "account": found.facts, **place.facts}
        if place.error is not None:
            facts = {"error": place.error}
        return Partition(self._source, identifier, name, self._access.tenant.id, facts)

    def _closed(self, identifier: str, name: str, error: ConnectorError) -> Partition:
        return Partition(self._source, identifier, name, self._access.tenant.id, {"error": error})

    async def _found(self) -> AsyncIterator[Found]:
        from connectors._arm import Found

        manager = self.manager(2 if self._settings.accounts else 6)
        if manager is None:
            account = await self.account("")
            yield Found(account.url, account.name, account.url)
        elif self._settings.accounts:
            known: dict[str, Found] = {}
            with suppress(ConnectorError):  # optional: it only tells what the accounts allow
                seen = [self._at(found) async for found in manager.accounts()]
                known = {found.url.lower(): found for found in seen if found.url}
            for url in dict.fromkeys(map(self._checked, self._settings.accounts)):
                name = urlsplit(url).path.strip("/") or urlsplit(url).netloc.partition(".")[0]
                yield known.get(url.lower()) or Found(url, name, url)
        else:
            async for found in manager.accounts():
                here = self._at(found)
                if here.url or here.error:
                    yield here

    def _at(self, found: Found) -> Found:
        """An account by the address of this service; without one where it has no such service."""
        url = str(getattr(found.facts, self._service.name)) if found.facts else ""
        return replace(found, url=url)

    def _checked(self, url: str) -> str:
        """A given address; that of another service of the account stands for this one."""
        parts = urlsplit(url)
        if parts.scheme != "https" or not parts.netloc or parts.query:
            setting = f"sources.{self._source}.accounts"
            raise Misconfigured("bad_setting", f"{setting} wants https URLs without a query")
        labels = parts.netloc.split(".")
        if len(labels) > 2 and labels[1] in _SERVICES:
            labels[1] = self._service.name
        return urlunsplit(parts._replace(netloc=".".join(labels))).rstrip("/")

    def _included(self, *names: str) -> bool:
        def meets(globs: Sequence[str]) -> bool:
            return any(fnmatchcase(n.lower(), g.lower()) for n in names for g in globs)

        return meets(self._settings.include) and not meets(self._settings.exclude)


def _lasting(url: str) -> str:
    """What stays of an account's address: with path-style URLs host and port may change."""
    parts = urlsplit(url)
    return parts.path.strip("/") or parts.netloc
