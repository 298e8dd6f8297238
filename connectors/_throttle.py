"""Waiting when the service says so: one gate a scope, shared by everybody who asks in that scope.

A 429 pauses the scope (a mailbox, SharePoint of the tenant, the directory), not one worker.
Source: Microsoft Graph throttling guidance; SharePoint's "avoid getting throttled".
"""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from connectors._errors import Broken, ConnectorError
from connectors._model import meter

ATTEMPTS = 6
"""Tries of one request that meets faults of the service or the line."""
PATIENCE = 1_800.0
"""Seconds one request waits in all because the service asked; then the item is ``throttled``."""
_BACKOFF = 0.5
_LIMITS = {"mail": 4, "sharepoint": 12, "directory": 4, "batch": 2}
"""Requests at a time in one scope, by its family (Outlook: 4 a mailbox)."""


class Gate:
    """One scope: so many at a time, and nobody before ``paused_until``."""

    def __init__(self, limit: int) -> None:
        self._places = asyncio.Semaphore(limit)
        self.paused_until = 0.0

    def pause(self, seconds: float) -> None:
        """Nobody enters for ``seconds``."""
        self.paused_until = max(self.paused_until, time.monotonic() + seconds)

    @asynccontextmanager
    async def enter(self) -> AsyncIterator[None]:
        """Hold a place; waits until the scope is open."""
        async with self._places:
            while (left := self.paused_until - time.monotonic()) > 0:
                meter().throttled += left
                await asyncio.sleep(left)
            yield


class Gates:
    """All gates of a tenant. A scope is ``family`` or ``family:id``."""

    def __init__(self) -> None:
        self._gates: dict[str, Gate] = {}

    def of(self, scope: str) -> Gate:
        """The gate of ``scope``, made when first asked."""
        gate = self._gates.get(scope)
        if gate is None:
            gate = Gate(_LIMITS.get(scope.partition(":")[0], 8))
            self._gates[scope] = gate
        return gate


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds the answer asks to wait (number, HTTP date, RateLimit-Reset); None if it does not."""
    waits: list[float] = []
    if value := headers.get("retry-after", "").strip():
        try:
            waits.append(float(value))
        except ValueError:
            try:
                when = parsedate_to_datetime(value)
                waits.append((when - datetime.now(UTC)).total_seconds())
            except (ValueError, TypeError):
                pass
    if headers.get("ratelimit-remaining", "").strip() == "0":
        try:
            waits.append(float(headers.get("ratelimit-reset", "")))
        except ValueError:
            pass
    return max([0.0, *waits]) if waits else None


def backoff(attempt: int) -> float:
    """Seconds before try ``attempt + 1``: doubled each time, full jitter."""
    return random.uniform(0.5, 1.0) * _BACKOFF * 2**attempt  # noqa: S311 — spreads, secures nothing


class Patience:
    """How often and how long one request may be tried."""

    def __init__(self, attempts: int = ATTEMPTS, seconds: float = PATIENCE) -> None:
        self._left = attempts
        self._attempts = attempts
        self._seconds = seconds

    def throttled(self, gate: Gate, headers: Mapping[str, str]) -> None:
        """Pause the scope as asked; raises Broken(throttled) when that is too long."""
        tried = self._attempts - self._left
        wait = retry_after(headers)
        wait = backoff(min(tried, 6)) * 4 if wait is None else wait + random.uniform(0, 0.2)  # noqa: S311
        self._seconds -= max(wait, 1.0)
        if self._seconds < 0:
            raise Broken(f"asked to wait {int(wait)} s more", reason="throttled")
        gate.pause(wait)

    async def fault(self, error: ConnectorError) -> None:
        """Wait a little after a fault; raises ``error`` when the tries are used up."""
        self._left -= 1
        if self._left <= 0:
            raise error
        await asyncio.sleep(backoff(self._attempts - self._left - 1))
