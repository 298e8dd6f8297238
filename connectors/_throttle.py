"""Waiting when the service says so: one gate a scope, shared by everybody who asks in that scope.

A 429 pauses the scope (a mailbox, SharePoint of the tenant, the directory), not one worker; after
the pause one request goes ahead and the others follow when it was answered. So a scope that is
throttled sees the requests that were under way when the first 429 came, and then one a pause.

Source: Microsoft Graph throttling guidance; SharePoint's "avoid getting throttled".
"""

from __future__ import annotations

import asyncio
import math
import random
import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any
from weakref import WeakValueDictionary

from connectors._errors import Broken, ConnectorError
from connectors._model import meter

_now, _sleep = time.monotonic, asyncio.sleep
"""The clock that all waiting goes by; a test may let it run faster."""
ATTEMPTS = 6
"""Tries of one request that meets faults of the service or the line."""
PATIENCE = 1_800.0
"""Seconds that one request, or one scope, waits in all because the service asked for it."""
_BACKOFF = 0.5
_LONGEST = 7
"""Doublings of our own waiting time, where the service names none or zero."""
_PLENTY = 0.2
"""Share of a limit that is left when it begins to be saved."""
_WIDEST = 10.0
"""Seconds between two requests at most while a limit is saved."""
_LIMITS = {"mail": 4, "sharepoint": 12, "directory": 4, "teams": 2}
"""Requests at a time in one scope, by its family (Outlook: 4 a mailbox; Teams: 4 a second of a
team, a channel or a chat)."""
_REMEMBERED = 4_096
"""Gates that are kept though nobody holds them."""


class Gate:
    """One scope: so many at a time, nobody during a pause, and after it one alone goes ahead."""

    def __init__(self, limit: int, patience: float = PATIENCE) -> None:
        self._places = asyncio.Semaphore(limit)
        self._patience = patience
        self._paused_until = 0.0
        self._shut_since: float | None = None
        self._scout: object | None = None
        self._news = asyncio.Event()
        self._spacing = 0.0
        self._spaced_until = 0.0
        self._slot = 0.0

    def heed(self, headers: Mapping[str, str]) -> None:
        """Slow down before the service refuses: what is left is spread over the time it is for.

        SharePoint tells its limit from four fifths of it on (``RateLimit-*``).
        """
        left = _seconds(headers.get("ratelimit-remaining", ""), "")
        until = _seconds(headers.get("ratelimit-reset", ""), "")
        if left is None or until is None or until <= 0:
            return
        limit = _seconds(headers.get("ratelimit-limit", "").partition(",")[0], "")
        if limit is not None and left > limit * _PLENTY:
            return
        self._spacing = min(until / max(left, 1.0), _WIDEST)
        self._spaced_until = _now() + min(until, self._patience)

    async def _spaced(self) -> None:
        """Wait for one's turn while requests are spread out."""
        now = _now()
        if now >= self._spaced_until:
            return
        self._slot = max(now, self._slot + self._spacing)
        meter().throttled += self._slot - now
        await _sleep(self._slot - now)

    @property
    def shut(self) -> bool:
        """Whether the service asked to wait, and has not answered since."""
        return self._shut_since is not None

    def pause(self, seconds: float) -> None:
        """Nobody enters for ``seconds``."""
        now = _now()
        self._paused_until = max(self._paused_until, now + seconds)
        self._shut_since = now if self._shut_since is None else self._shut_since

    def passed(self) -> None:
        """The service answered without asking to wait: the scope is open again."""
        if self._shut_since is not None and _now() >= self._paused_until:
            self._shut_since = self._scout = None
            self._news.set()

    @asynccontextmanager
    async def enter(self) -> AsyncIterator[None]:
        """Hold a place once the scope is open; Broken(throttled) when that takes too long."""
        async with self._places:
            me = object()
            await self._admitted(me)
            await self._spaced()
            try:
                yield
            finally:
                if self._scout is me:
                    self._scout = None
                    self._news.set()

    async def _admitted(self, me: object) -> None:
        began = _now()
        while self._shut_since is not None:
            now = _now()
            left = self._paused_until - now
            if left <= 0 and self._scout is None:
                self._scout = me
                break
            if max(left, now - self._shut_since) > self._patience:
                raise Broken("the service asks everybody to wait", reason="throttled")
            if left > 0:
                await _sleep(left)
            else:
                self._news.clear()
                await self._news.wait()
        meter().throttled += _now() - began


class Gates:
    """All gates of a tenant. A scope is ``family`` or ``family:id``.

    A gate lives as long as somebody holds it, and beyond that while it is among the last few
    thousand that were asked for: a tenant has as many scopes as mailboxes.
    """

    def __init__(self) -> None:
        self._gates: WeakValueDictionary[str, Gate] = WeakValueDictionary()
        self._recent: dict[str, Gate] = {}

    @classmethod
    def of_tenant(cls, shared: dict[str, Any]) -> Gates:
        """Those that the connectors of one tenant share, made when first asked."""
        found = shared.get("gates")
        if found is None:
            found = shared["gates"] = cls()
        assert isinstance(found, Gates)  # noqa: S101 — the name is ours alone
        return found

    def of(self, scope: str, make: Callable[[], Gate] | None = None) -> Gate:
        """The gate of ``scope``, made when first asked; ``make`` makes one of another kind."""
        gate = self._gates.get(scope)
        if gate is None:
            gate = self._gates[scope] = make() if make else self._made(scope)
        self._recent.pop(scope, None)
        self._recent[scope] = gate
        if len(self._recent) > _REMEMBERED:
            del self._recent[next(iter(self._recent))]
        return gate

    def _made(self, scope: str) -> Gate:
        return Gate(_LIMITS.get(scope.partition(":")[0], 8))

    async def aclose(self) -> None:
        """Nothing is held open."""


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds the answer asks to wait (number, HTTP date, RateLimit-Reset); None if it does not.

    A date counts from the answer's own ``Date``, so that a clock that is wrong here does no harm.
    """
    waits = [_seconds(headers.get("retry-after", ""), headers.get("date", ""))]
    if headers.get("ratelimit-remaining", "").strip() == "0":
        waits.append(_seconds(headers.get("ratelimit-reset", ""), ""))
    asked = [wait for wait in waits if wait is not None]
    return max(0.0, *asked) if asked else None


def _seconds(value: str, date: str) -> float | None:
    try:
        seconds = float(value)
    except ValueError:
        until, now = _moment(value), _moment(date) or datetime.now(UTC)
        return None if until is None else (until - now).total_seconds()
    return seconds if math.isfinite(seconds) else None


def _moment(value: str) -> datetime | None:
    try:
        found = parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError):
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def backoff(attempt: int) -> float:
    """Seconds before try ``attempt + 1``: doubled each time, half of it by chance."""
    chance = random.uniform(0.5, 1.0)  # noqa: S311 — spreads, secures nothing
    return chance * _BACKOFF * float(2 ** min(attempt, _LONGEST))


class Patience:
    """How often and how long one request may be tried."""

    def __init__(self, attempts: int = ATTEMPTS, seconds: float = PATIENCE) -> None:
        self.faults = 0
        self._attempts = attempts
        self._seconds = seconds
        self._waits = 0

    def throttled(self, gate: Gate, *answers: Mapping[str, str]) -> None:
        """Pause the scope as long as the answers ask; raises Broken(throttled) when it is too long.

        Never shorter than asked; longer where the service goes on to refuse, or names no time.
        """
        asked = [wait for wait in map(retry_after, answers) if wait is not None]
        wait = max(asked) if asked else backoff(self._waits + 2)
        if self._waits:
            wait = max(wait, backoff(self._waits))
        self._waits += 1
        self._seconds -= wait
        gate.pause(wait)
        if self._seconds < 0:
            raise Broken(f"asked to wait {int(wait)} s more", reason="throttled")

    async def fault(self, error: ConnectorError) -> None:
        """Wait a little after a fault; raises ``error`` when the tries are used up."""
        self.faults += 1
        if self.faults >= self._attempts:
            raise error
        await _sleep(backoff(self.faults - 1))
