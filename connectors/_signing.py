"""Which token a request to Graph carries: the SDK's authentication provider, and names to ask for.

A token is made for a resource by name. Microsoft's own Graph has one; one behind another address
may be known to sign-in by several, and only its answer tells which it takes.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from connectors._credential import UNKNOWN_RESOURCE
from connectors._errors import ConnectorError, Misconfigured
from connectors._identity import Access, audiences

if TYPE_CHECKING:
    from kiota_abstractions.request_information import RequestInformation


class Signer:
    """Signs requests to one Graph."""

    def __init__(self, access: Access) -> None:
        self._access = access
        self._names = list(audiences(access.cloud))
        self._lock = asyncio.Lock()
        self._provider: Any = None
        self.welcome = False
        """Some token of ours was taken: its name is right."""

    async def provider(self) -> Any:
        """The SDK's authentication provider, for a name that sign-in knows; made once."""
        async with self._lock:
            if self._provider is None:
                self._provider = await self._for_names(self._names)
            return self._provider

    async def sign(self, request: RequestInformation, claims: str) -> None:
        """Put a token into the request's headers; ``claims`` as a challenge wrote them."""
        provider = self._provider or await self.provider()
        await provider.authenticate_request(request, {"claims": claims} if claims else {})

    async def forget(self, token: str) -> None:
        """The service refused it: the next one is new."""
        (await self._access.credential()).forget(token)

    async def renamed(self, token: str) -> bool:
        """After fresh tokens were refused too: whether there is one for another name to try."""
        async with self._lock:
            if self.welcome:
                return False
            credential = await self._access.credential()
            current = await credential.get_token(f"{self._names[0]}/.default", enable_cae=True)
            if current.token == token:
                try:
                    self._provider = await self._for_names(self._names[1:])
                except Misconfigured:
                    return False
            return True

    async def _for_names(self, names: list[str]) -> Any:
        from kiota_authentication_azure.azure_identity_authentication_provider import (
            AzureIdentityAuthenticationProvider,
        )

        credential = await self._access.credential()
        for name in names:
            scope = f"{name}/.default"
            try:
                await credential.get_token(scope, enable_cae=True)
            except Misconfigured as error:
                if error.detail not in UNKNOWN_RESOURCE or name == names[-1]:
                    raise
                continue
            self._names = names[names.index(name) :]
            host = str(urlsplit(self._access.cloud.graph).hostname)
            return AzureIdentityAuthenticationProvider(
                credential, scopes=[scope], allowed_hosts=[host]
            )
        raise Misconfigured("sign_in_refused", "no other name")


@dataclass(slots=True)
class Renewals:
    """What one request may have made anew once: its token, a token with claims, its link."""

    claims: str = ""
    _done: set[str] = field(default_factory=set)

    def token(self, challenge: str) -> bool:
        """After a 401: whether a fresh token, with the challenge's claims, may be tried."""
        self.claims = claims_of(challenge)
        return self._once("claims" if self.claims else "token")

    def link(self, problem: ConnectorError) -> None:
        """After a refusal by the download host: asked again, Graph makes another link."""
        if not self._once("link"):
            raise problem

    def _once(self, what: str) -> bool:
        first = what not in self._done
        self._done.add(what)
        return first


def claims_of(challenge: str) -> str:
    """The claims of a continuous-access-evaluation challenge, as the SDK's provider wants them."""
    for part in challenge.split(","):
        name, _, value = part.strip().partition("=")
        if name.rpartition(" ")[2].lower() == "claims":
            return value.strip().strip('"')
    return ""
