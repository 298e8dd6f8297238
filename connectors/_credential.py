"""One token for many callers, and what a failed sign-in means."""

from __future__ import annotations

import asyncio
import re
import ssl
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Self

from connectors._errors import Broken, ConnectorError, Misconfigured

if TYPE_CHECKING:
    from azure.core.credentials import AccessToken

UNKNOWN_RESOURCE = frozenset({"AADSTS500011", "AADSTS1002012", "AADSTS70011", "AADSTS650057"})
"""Sign-in knows us, but not the resource by the name it was asked for."""
_REFRESH_AHEAD = 300.0
"""Seconds before its end at which a token is renewed."""
_LAST_MINUTE = 60.0
"""Seconds before its end until which it serves when it cannot be renewed."""
_NO_LINE = {
    "ClientConnectorError",  # aiohttp: refused, no such name, no route
    "ConnectionTimeoutError",
    "ServiceRequestError",  # azure-core
    "ConnectionRefusedError",
    "gaierror",
}


class SharedCredential:
    """An azure-core credential with one request for many callers.

    azure-identity's own async credentials send one token request for every caller that finds the
    cache cold; fifty mailboxes would start with fifty sign-ins.
    """

    def __init__(self, make: Callable[[], Any], host: str) -> None:
        """``make`` gives a new azure-identity credential; ``host`` is named in messages."""
        self._make = make
        self._inner = make()
        self._host = host
        self._lock = asyncio.Lock()
        self._tokens: dict[tuple[str, ...], AccessToken] = {}
        self._void: set[str] = set()
        self._worked = False
        self._refused: Misconfigured | None = None

    async def get_token(
        self, *scopes: str, claims: str | None = None, **options: Any
    ) -> AccessToken:
        """A token good for at least five more minutes; raises Misconfigured with the remedy."""
        key = (*scopes, claims or "")
        async with self._lock:
            held = self._tokens.get(key)
            if held is None or held.expires_on - time.time() < _REFRESH_AHEAD:
                try:
                    held = await self._fetch(scopes, claims, options)
                except Broken:
                    if held is None or held.expires_on - time.time() < _LAST_MINUTE:
                        raise
                    return held
                self._tokens[key] = held
                if claims:  # the new token answers the challenge for every later caller too
                    self._tokens[(*scopes, "")] = held
        return held

    def forget(self, token: str) -> None:
        """Never use ``token`` again: the service refused it."""
        kept = {key: held for key, held in self._tokens.items() if held.token != token}
        if len(kept) < len(self._tokens):
            self._tokens = kept
            self._void.add(token)

    async def _fetch(
        self, scopes: tuple[str, ...], claims: str | None, options: dict[str, Any]
    ) -> AccessToken:
        if self._refused is not None:
            raise self._refused
        token = await self._ask(scopes, claims, options)
        if token.token in self._void:  # azure-identity has a cache of its own
            await self.close()
            self._inner = self._make()
            token = await self._ask(scopes, claims, options)
        self._worked = True
        return token

    async def _ask(
        self, scopes: tuple[str, ...], claims: str | None, options: dict[str, Any]
    ) -> AccessToken:
        wanted = {"claims": claims} if claims else {}
        if "enable_cae" in options:
            wanted["enable_cae"] = options["enable_cae"]
        try:
            token = self._inner.get_token(*scopes, **wanted)
            return await token if asyncio.iscoroutine(token) else token  # type: ignore[no-any-return]
        except Exception as error:  # noqa: BLE001 — azure-core's and azure-identity's, OS errors
            found = sign_in_problem(error, self._host)
        if isinstance(found, Misconfigured) and found.code == "unreachable" and self._worked:
            found = Broken("the sign-in host cannot be reached")  # weather: it was there before
        if isinstance(found, Misconfigured) and found.detail not in UNKNOWN_RESOURCE:
            self._refused = found  # nobody asks again with what was refused
        raise found

    async def close(self) -> None:
        """Close the credential behind."""
        closing = self._inner.close()
        if asyncio.iscoroutine(closing):
            await closing

    async def __aenter__(self) -> Self:
        """Part of azure-core's protocol; the owner closes."""
        return self

    async def __aexit__(self, *_: object) -> None:
        """Part of azure-core's protocol; the owner closes."""


_ENTRA_CODES = {
    "7000215": "wrong_secret",
    "7000222": "expired_secret",
    "700016": "unknown_app",
    "700027": "wrong_secret",
    "90002": "unknown_tenant",
    "900023": "unknown_tenant",
    "53003": "sign_in_refused",
    "7000229": "unknown_app",
}


def sign_in_problem(error: Exception, host: str) -> ConnectorError:
    """Turn an azure-identity failure into the message with its remedy; never quotes the answer."""
    if isinstance(error, ConnectorError):
        return error
    if found := re.search(r"AADSTS(\d+)", str(error)):
        code = _ENTRA_CODES.get(found[1], "sign_in_refused")
        return Misconfigured(code, f"AADSTS{found[1]}", host=host)
    status = getattr(error, "status_code", None)
    if isinstance(status, int) and (status == 429 or status >= 500):
        return Broken(f"the sign-in host answered HTTP {status}")
    return connection_problem(error, host) or Misconfigured(
        "no_credential", type(error).__name__, host=host
    )


def connection_problem(error: BaseException, host: str) -> Misconfigured | None:
    """``unreachable`` or ``untrusted_certificate`` when the chain of causes says so; else None.

    A line that breaks, or stays silent, after it was there says nothing about the settings.
    """
    seen: BaseException | None = error
    unreachable = False
    while seen is not None:
        if isinstance(seen, ssl.SSLError) or "CERTIFICATE_VERIFY_FAILED" in str(seen):
            return Misconfigured("untrusted_certificate", type(seen).__name__, host=host)
        unreachable |= any(kind.__name__ in _NO_LINE for kind in type(seen).__mro__)
        seen = seen.__cause__ or seen.__context__
    return Misconfigured("unreachable", type(error).__name__, host=host) if unreachable else None
