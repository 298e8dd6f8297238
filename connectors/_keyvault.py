"""One secret of a key vault, read with the tenant's identity: a single GET.

The token goes to hosts of the cloud's key vaults only, whatever the settings name. Source: Key
Vault ``Get Secret``, api-version 7.4; DNS suffixes from "Azure Key Vault keys, secrets and
certificates overview". Imported on use only.
"""

from __future__ import annotations

import json
from contextlib import suppress
from typing import Any
from urllib.parse import urlsplit

from azure.core.exceptions import AzureError
from azure.core.pipeline import AsyncPipeline
from azure.core.pipeline.policies import AsyncBearerTokenCredentialPolicy, UserAgentPolicy
from azure.core.rest import HttpRequest

from connectors._credential import UNKNOWN_RESOURCE
from connectors._errors import Misconfigured
from connectors._identity import (
    CLOUDS,
    USER_AGENT,
    Access,
    SharedCredential,
    connection_problem,
    host_of,
    origin,
)
from connectors._storage import TIMES, Patience

__all__ = ["ROLE", "secret"]

ROLE = "Key Vault Secrets User"
"""The least role that may read a secret."""
_VERSION = "?api-version=7.4"
_BY_NETWORK = frozenset({"ForbiddenByFirewall", "ForbiddenByConnection"})
_GONE = frozenset({"SecretDisabled", "SecretNotFound"})


async def secret(access: Access, address: str, attempts: int = 4) -> str:
    """The value of the secret at ``address``, an address without a query.

    Raises:
        Misconfigured: ``vault_elsewhere``, ``vault_denied``, ``vault_network``, ``vault_empty`` or
            ``vault_failed``; what sign-in and the line say as everywhere. Never quotes an answer.

    """
    host = host_of(address)
    if not _ours(address, access.cloud.key_vault):
        raise Misconfigured("vault_elsewhere", host_of(access.cloud.key_vault), host=host)
    credential = await access.credential()
    policies: list[Any] = [
        UserAgentPolicy(user_agent=USER_AGENT),
        Patience(attempts),
        AsyncBearerTokenCredentialPolicy(credential, await _scope(access, credential)),
    ]
    try:
        async with AsyncPipeline(access.transport(), policies) as pipeline:
            request = HttpRequest("GET", address + _VERSION)
            answer = await pipeline.run(request, stream=True, **TIMES)
            body, status = await answer.http_response.read(), answer.http_response.status_code
    except AzureError as error:
        found = connection_problem(error, host)
        raise found or Misconfigured("vault_failed", type(error).__name__, host=host) from None
    page: Any = None
    with suppress(ValueError):
        page = json.loads(body)
    value = page.get("value") if isinstance(page, dict) else None
    if status != 200 or not isinstance(value, str):
        raise _refusal(status, page, host)
    return value


def _ours(address: str, vaults: str) -> bool:
    """Whether a vault of this cloud stands there, or the one that the settings name."""
    if origin(address) == origin(vaults):
        return True
    parts, suffix = urlsplit(address), urlsplit(vaults).hostname or ""
    return parts.port in {None, 443} and str(parts.hostname).endswith(f".{suffix}")


async def _scope(access: Access, credential: SharedCredential) -> str:
    """What to ask a token for: the cloud's name for its vaults, else their own address."""
    known = CLOUDS.get(access.cloud.name, CLOUDS["public"]).key_vault
    names = tuple(dict.fromkeys((known, origin(access.cloud.key_vault))))
    for name in names:
        try:
            await credential.get_token(f"{name}/.default")
        except Misconfigured as error:
            if error.detail not in UNKNOWN_RESOURCE or name == names[-1]:
                raise
            continue
        return f"{name}/.default"
    raise AssertionError


def _refusal(status: int, page: Any, host: str) -> Misconfigured:
    """What an answer without a value means."""
    codes = set(_codes(page.get("error") if isinstance(page, dict) else None))
    if codes & _BY_NETWORK:
        return Misconfigured("vault_network", f"HTTP {status}", host=host)
    if status == 404 or codes & _GONE:
        return Misconfigured("vault_empty", f"HTTP {status}", host=host)
    if status in {401, 403}:
        return Misconfigured("vault_denied", ROLE, host=host)
    return Misconfigured("vault_failed", f"HTTP {status}", host=host)


def _codes(error: Any) -> list[str]:
    """The codes of an error and of those inside it."""
    found: list[str] = []
    while isinstance(error, dict) and len(found) < 5:
        found.append(str(error.get("code") or ""))
        error = error.get("innererror")
    return found
