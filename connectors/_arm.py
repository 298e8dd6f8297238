"""Azure Resource Manager: which storage accounts the identity can see, and what they allow.

Accounts are found by listing subscription after subscription, with GET alone. Resource Graph would
need fewer requests where there are many subscriptions, but it is a POST, trails what is by minutes,
and leaves out without a word what the identity may not see; a list that is refused says so.

Source: ``Subscriptions - List``, ``Storage Accounts - List``, ``Role Assignments - List For
Scope``. Imported on use only.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlsplit

from azure.core.exceptions import AzureError
from azure.core.pipeline import AsyncPipeline
from azure.core.pipeline.policies import AsyncBearerTokenCredentialPolicy, UserAgentPolicy
from azure.core.rest import HttpRequest

from connectors._account_facts import AccountFacts, facts_of
from connectors._credential import UNKNOWN_RESOURCE
from connectors._errors import Broken, ConnectorError, Denied, Gone, Misconfigured
from connectors._identity import (
    CLOUDS,
    USER_AGENT,
    Access,
    SharedCredential,
    connection_problem,
    host_of,
    origin,
)
from connectors._storage import TIMES, Patience, refusal

ROLE = "Reader"

_SUBSCRIPTIONS = "/subscriptions?api-version=2022-12-01"
_ACCOUNTS = "/subscriptions/{}/providers/Microsoft.Storage/storageAccounts?api-version=2023-05-01"
_SERVICE = "/blobServices/default"
_DIAGNOSTICS = "/providers/Microsoft.Insights/diagnosticSettings?api-version=2021-05-01-preview"
_LIFECYCLE = "/managementPolicies/default?api-version=2023-05-01"
_SHARES = "/fileServices/default/shares?api-version=2023-05-01&$expand=deleted,snapshots"
_ASSIGNMENTS = (
    "/providers/Microsoft.Authorization/roleAssignments?api-version=2022-04-01&$filter=atScope()"
)
_CUSTOM_ROLES = (
    "/providers/Microsoft.Authorization/roleDefinitions?api-version=2022-04-01"
    "&$filter=type%20eq%20'CustomRole'"
)


@dataclass(frozen=True, slots=True)
class Found:
    """A storage account, or a scope whose accounts could not be listed."""

    id: str
    name: str
    url: str = ""
    facts: AccountFacts | None = None
    """None for an account that Resource Manager did not name."""
    error: ConnectorError | None = None

    @property
    def public(self) -> bool | None:
        """``allowBlobPublicAccess``; None where the answer does not say."""
        return self.facts.allow_blob_public_access if self.facts else None


class ResourceManager:
    """Reads Resource Manager for one tenant."""

    def __init__(self, access: Access, attempts: int = 6) -> None:
        self._access = access
        self._attempts = attempts
        self._base = access.cloud.resource_manager.rstrip("/")
        self._pipeline: AsyncPipeline[Any, Any] | None = None

    async def aclose(self) -> None:
        """Close the connections."""
        if self._pipeline is not None:
            await self._pipeline.__aexit__()
            self._pipeline = None

    async def accounts(self) -> AsyncIterator[Found]:
        """Every account of every subscription; what cannot be listed is told, never left out."""
        seen = False
        async for row in self._values(_SUBSCRIPTIONS):
            seen = True
            number, name = str(row.get("subscriptionId")), str(row.get("displayName") or "")
            try:
                async for account in self._values(_ACCOUNTS.format(quote(number, safe=""))):
                    facts = facts_of(account)
                    yield Found(facts.id, facts.name, facts.blob, facts)
            except Misconfigured:
                raise
            except ConnectorError as error:
                yield Found(f"/subscriptions/{number}", name or number, error=error)
        if not seen:  # the answer is the same for nothing there and for nothing to be seen
            hidden = Denied("no subscription is visible", permission=ROLE)
            yield Found("/subscriptions", "subscriptions", error=hidden)

    async def details(self, facts: AccountFacts) -> AccountFacts:
        """The account with how its blob service keeps and logs; what is refused stays unknown."""
        service = quote(facts.id) + _SERVICE
        try:
            facts = facts.with_service(await self._json(f"{service}?api-version=2023-05-01"))
            settings = [one async for one in self._values(service + _DIAGNOSTICS)]
            return facts.with_diagnostics(settings)
        except Misconfigured:
            raise
        except ConnectorError:
            return facts

    async def lifecycle(self, facts: AccountFacts) -> AccountFacts:
        """The account with what its rules delete in time; what is refused stays unknown."""
        try:
            return facts.with_lifecycle(await self._json(quote(facts.id) + _LIFECYCLE))
        except Misconfigured:
            raise
        except Gone:  # the answer for an account without rules
            return facts.with_lifecycle({})
        except ConnectorError:
            return facts

    async def shares(self, scope: str) -> list[dict[str, Any]]:
        """The file shares of an account, snapshots and deleted ones among them."""
        return [row async for row in self._values(quote(scope) + _SHARES)]

    async def containers(self, account: str) -> list[tuple[str, str]]:
        """Names of an account's containers, and how far each is open (``Blob``, ``Container``)."""
        path = f"{quote(account)}{_SERVICE}/containers?api-version=2023-05-01"
        rows = [(row, row.get("properties") or {}) async for row in self._values(path)]
        return [
            (str(row.get("name") or ""), str(said.get("publicAccess") or ""))
            for row, said in rows
            if not said.get("deleted")
        ]

    async def assignments(self, scope: str) -> list[dict[str, Any]]:
        """The properties of the role assignments at a scope and above it."""
        rows = [row async for row in self._values(quote(scope) + _ASSIGNMENTS)]
        return [row.get("properties") or {} for row in rows]

    async def custom_roles(self, scope: str) -> list[dict[str, Any]]:
        """The roles of the customer's own making that can be given at a scope."""
        return [row async for row in self._values(quote(scope) + _CUSTOM_ROLES)]

    async def _values(self, path: str) -> AsyncIterator[dict[str, Any]]:
        link, seen = self._base + path, set[str]()
        while link:
            if origin(link) != origin(self._base):
                raise Broken("a link leads to another host")
            if link in seen:
                raise Broken("the listing comes back to where it was")
            seen.add(link)
            page = await self._ask(link)
            for value in page.get("value") or ():
                if isinstance(value, dict):
                    yield value
            link = str(page.get("nextLink") or "")

    async def _json(self, path: str) -> dict[str, Any]:
        return await self._ask(self._base + path)

    async def _ask(self, link: str) -> dict[str, Any]:
        pipeline = await self._open()
        try:
            answer = await pipeline.run(HttpRequest("GET", link), stream=True, **TIMES)
            response = answer.http_response
            body = await response.read()
        except AzureError as error:
            host = host_of(self._base)
            raise connection_problem(error, host) or Broken(type(error).__name__) from None
        page: Any = None
        with suppress(ValueError):
            page = json.loads(body)
        if response.status_code >= 300:
            raise refusal(response.status_code, _code(page), ROLE)
        if not isinstance(page, dict):
            raise Broken("answer cut: no JSON")
        return page

    async def _open(self) -> AsyncPipeline[Any, Any]:
        if self._pipeline is None:
            credential = await self._access.credential()
            token = AsyncBearerTokenCredentialPolicy(credential, await self._scope(credential))
            policies: list[Any] = [
                UserAgentPolicy(user_agent=USER_AGENT),
                Patience(self._attempts),
                token,
            ]
            self._pipeline = AsyncPipeline(self._access.transport(), policies)
            await self._pipeline.__aenter__()
        return self._pipeline

    async def _scope(self, credential: SharedCredential) -> str:
        """What to ask a token for: the address, or a name of it that sign-in knows."""
        own = origin(self._base)
        known = CLOUDS.get(self._access.cloud.name, CLOUDS["public"]).resource_manager
        names = dict.fromkeys((own, f"https://{urlsplit(own).hostname}", known))
        for name in names:
            try:
                await credential.get_token(f"{name}/.default")
            except Misconfigured as error:
                if error.detail not in UNKNOWN_RESOURCE or name == known:
                    raise
                continue
            return f"{name}/.default"
        raise Misconfigured("sign_in_refused", "no other name")


async def storage_accounts(access: Access, attempts: int = 6) -> AsyncIterator[Found]:
    """Every account of every subscription that the identity can see."""
    manager = ResourceManager(access, attempts)
    try:
        async for found in manager.accounts():
            yield found
    finally:
        await manager.aclose()


def _code(page: Any) -> str:
    error = page.get("error") if isinstance(page, dict) else None
    return str((error if isinstance(error, dict) else {}).get("code") or "")[:80]
