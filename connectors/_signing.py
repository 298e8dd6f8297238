"""Which token a request to Graph carries: the SDK's authentication provider, and names to ask for.

A token is made for a resource by name. Microsoft's own Graph has one; one behind another address
may be known to sign-in by several, and only its answer tells which it takes.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from connectors._credential import UNKNOWN_RESOURCE
from connectors._errors import ConnectorError, Misconfigured
from connectors._identity import Access, audiences

_GOOD = 10.0
"""Seconds for which a header serves; tokens are renewed minutes before they end."""


class Signer:
    """Signs requests to one Graph, or to one host of SharePoint."""

    def __init__(self, access: Access, base: str, names: Sequence[str] = ()) -> None:
        """``base`` is where requests go, ``names`` by which sign-in may know it; of Graph, all."""
        self._access = access
        self._base = base
        self._names = list(names or audiences(access.cloud))
        self._lock = asyncio.Lock()
        self._header = ""
        self._good_until = 0.0
        self._provider: Any = None
        self.welcome = False
        """Some token of ours was taken: its name is right."""

    async def provider(self) -> Any:
        """The SDK's authentication provider, for a name that sign-in knows; made once."""
        async with self._lock:
            if self._provider is None:
                self._provider = await self._for_names(self._names)
            return self._provider

    async def header(self, url: str, claims: str) -> str:
        """The ``authorization`` of a request; ``claims`` as a challenge wrote them.

        The provider is asked a few times a minute, not at each request: it takes as long as a
        tenth of one.
        """
        now = time.monotonic()
        if not claims and now < self._good_until:
            return self._header
        provider = self._provider or await self.provider()
        tokens = provider.access_token_provider
        token = await tokens.get_authorization_token(url, {"claims": claims} if claims else {})
        self._header = f"Bearer {token}" if token else ""
        self._good_until = now + _GOOD if token else 0.0
        return self._header

    async def forget(self, token: str) -> None:
        """The service refused it: the next one is new."""
        self._good_until = 0.0
        (await self._access.credential()).forget(token)

    async def renamed(self, token: str) -> bool:
        """After fresh tokens were refused too: whether there is one for another name to try."""
        async with self._lock:
            if self.welcome:
                return False
            self._good_until = 0.0
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
            host = str(urlsplit(self._base).hostname)
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
