"""Azure Resource Manager: which storage accounts the identity can see, and what they allow.

Source: ``Subscriptions - List`` and ``Storage Accounts - List``. Imported on use only.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

from azure.core.exceptions import AzureError
from azure.core.pipeline import AsyncPipeline
from azure.core.pipeline.policies import AsyncBearerTokenCredentialPolicy, UserAgentPolicy
from azure.core.rest import HttpRequest

from connectors._errors import Broken, ConnectorError, Denied
from connectors._identity import USER_AGENT, Access, connection_problem, host_of, origin
from connectors._storage import TIMES, Patience, refusal

ROLE = "Reader"

_SUBSCRIPTIONS = "/subscriptions?api-version=2022-12-01"
_ACCOUNTS = "/subscriptions/{}/providers/Microsoft.Storage/storageAccounts?api-version=2023-05-01"


@dataclass(frozen=True, slots=True)
class Found:
    """A storage account, or a scope whose accounts could not be listed."""

    id: str
    name: str
    url: str = ""
    public: bool | None = None
    """``allowBlobPublicAccess``; None where the answer does not say."""
    error: ConnectorError | None = None


async def storage_accounts(access: Access, attempts: int = 6) -> AsyncIterator[Found]:
    """Every account of every subscription; what cannot be listed is told, never left out."""
    base = access.cloud.resource_manager.rstrip("/")
    async with AsyncPipeline(access.transport(), await _policies(access, attempts)) as pipeline:
        seen = False
        async for row in _values(pipeline, base, base + _SUBSCRIPTIONS):
            seen = True
            number, name = str(row.get("subscriptionId")), str(row.get("displayName") or "")
            try:
                async for account in _values(pipeline, base, base + _ACCOUNTS.format(number)):
                    yield _found(account)
            except ConnectorError as error:
                yield Found(f"/subscriptions/{number}", name or number, error=error)
        if not seen:  # the answer is the same for nothing there and for nothing to be seen
            hidden = Denied("no subscription is visible", permission=ROLE)
            yield Found("/subscriptions", "subscriptions", error=hidden)


async def _policies(access: Access, attempts: int) -> list[Any]:
    scope = f"{origin(access.cloud.resource_manager)}/.default"
    token = AsyncBearerTokenCredentialPolicy(await access.credential(), scope)
    return [UserAgentPolicy(user_agent=USER_AGENT), Patience(attempts), token]


async def _values(
    pipeline: AsyncPipeline[Any, Any], base: str, link: str
) -> AsyncIterator[dict[str, Any]]:
    while link:
        if origin(link) != origin(base):
            raise Broken("a link leads to another host")
        try:
            answer = await pipeline.run(HttpRequest("GET", link), stream=True, **TIMES)
            response = answer.http_response
            body = await response.read()
        except AzureError as error:
            raise connection_problem(error, host_of(base)) or Broken(type(error).__name__) from None
        try:
            page = json.loads(body)
        except ValueError:
            page = {}
        if response.status_code >= 300:
            code = str((page.get("error") or {}).get("code") or "")[:80]
            raise refusal(response.status_code, code, ROLE)
        for value in page.get("value", ()):
            yield value
        link = str(page.get("nextLink") or "")


def _found(account: dict[str, Any]) -> Found:
    facts = account.get("properties") or {}
    url = str((facts.get("primaryEndpoints") or {}).get("blob") or "").rstrip("/")
    public = facts.get("allowBlobPublicAccess")
    name = str(account.get("name") or "")
    return Found(str(account.get("id")), name, url, public if isinstance(public, bool) else None)
