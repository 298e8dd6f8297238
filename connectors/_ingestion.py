"""Rows into a custom table of Microsoft Sentinel, through Azure Monitor's own client.

This is the one place from which anything of an audit leaves. It is no part of an audit: a run
never imports it, and nothing but the command ``send`` does, which an administrator gives. Rows go
to the endpoint that the settings name, under a token for Azure Monitor, and nowhere else: no
redirect is followed. Imported on use only; needs the extra ``sentinel``.

Source: Azure Monitor ``Logs Ingestion API`` (a call takes 1 MB at most, and answers 429 with
Retry-After beyond its limits); role from its tutorial.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlsplit

from azure.core.exceptions import AzureError, HttpResponseError
from azure.core.pipeline.policies import AsyncRedirectPolicy
from azure.monitor.ingestion.aio import LogsIngestionClient

from connectors._errors import Misconfigured
from connectors._identity import USER_AGENT, Access, connection_problem, host_of
from connectors._storage import TIMES, Patience

if TYPE_CHECKING:
    from azure.core.credentials_async import AsyncTokenCredential

__all__ = ["MOST_BYTES", "ROLE", "Ingestion", "Row", "size"]

Row = Mapping[str, Any]

ROLE = "Monitoring Metrics Publisher"
"""The role on the data collection rule that may send to it."""
MOST_BYTES = 1_000_000
"""Of one call, before it is compressed."""

_AUDIENCES = {
    "public": "https://monitor.azure.com",
    "usgov": "https://monitor.azure.us",
    "usgov-dod": "https://monitor.azure.us",
    "china": "https://monitor.azure.cn",
}
"""Cloud → the name of Azure Monitor at sign-in; the hosts of its endpoints end likewise."""
_LOOPBACK = frozenset(("localhost", "127.0.0.1", "::1"))
_TOO_LARGE = 413


def size(row: Row) -> int:
    """How many bytes a row takes in a call, as the client writes it, with what parts it."""
    return len(json.dumps(row)) + 2


class Ingestion:
    """One stream of one data collection rule."""

    def __init__(
        self, access: Access, endpoint: str, rule_id: str, stream: str, attempts: int = 6
    ) -> None:
        """Raises Misconfigured for an endpoint that is not one of Azure Monitor's."""
        self._access = access
        self._endpoint = endpoint.rstrip("/")
        self._rule_id = rule_id
        self._stream = stream
        self._attempts = attempts
        self._client: LogsIngestionClient | None = None
        self._audience = _AUDIENCES.get(access.cloud.name, _AUDIENCES["public"])
        host, suffix = urlsplit(endpoint).hostname or "", urlsplit(self._audience).hostname or ""
        if host not in _LOOPBACK and not host.endswith(f".{suffix}"):
            raise Misconfigured("sentinel_elsewhere", suffix, host=host_of(endpoint))

    async def aclose(self) -> None:
        """Close the connections."""
        if self._client is not None:
            await self._client.close()
            self._client = None

    async def send(self, rows: Sequence[Row]) -> None:
        """Hand over one batch, of no more than ``MOST_BYTES``; returns when it is acknowledged.

        A batch that is refused for its size goes again in halves. Raises Misconfigured, which
        never quotes an answer.
        """
        client = await self._open()
        times: dict[str, Any] = TIMES
        try:
            await client.upload(self._rule_id, self._stream, [dict(row) for row in rows], **times)
        except HttpResponseError as error:
            if error.status_code != _TOO_LARGE or len(rows) < 2:
                raise self._refusal(error.status_code or 0) from None
        except AzureError as error:
            host, kind = host_of(self._endpoint), type(error).__name__
            found = connection_problem(error, host)
            raise found or Misconfigured("sentinel_failed", kind, host=host) from None
        else:
            return
        middle = len(rows) // 2
        await self.send(rows[:middle])
        await self.send(rows[middle:])

    async def _open(self) -> LogsIngestionClient:
        if self._client is None:
            self._client = LogsIngestionClient(
                self._endpoint,
                cast("AsyncTokenCredential", await self._access.credential()),
                credential_scopes=[f"{self._audience}/.default"],
                transport=self._access.transport(),
                retry_policy=Patience(self._attempts),
                redirect_policy=AsyncRedirectPolicy.no_redirects(),
                user_agent=USER_AGENT,
            )
        return self._client

    def _refusal(self, status: int) -> Misconfigured:
        host, detail = host_of(self._endpoint), f"HTTP {status}"
        if status in {401, 403}:
            return Misconfigured("sentinel_denied", ROLE, host=host)
        if status in {400, 404, _TOO_LARGE} or 300 <= status < 400:
            return Misconfigured("sentinel_refused", detail, host=host)
        return Misconfigured("sentinel_failed", detail, host=host)
