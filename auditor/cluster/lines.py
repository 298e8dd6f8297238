"""The board of a cluster's scheduler, as workers and coordinators ask it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from connectors._shared_throttle import Held

__all__ = ["BOARD", "Lines"]

BOARD = "mynumber_audit_board"
"""Under which the scheduler knows it, and the beginning of the names of what it can be asked."""
_AGAIN = 1.0
"""Seconds until a board that did not answer is asked again."""


class Lines:
    """Lines to the board of one tenant's gates (:class:`connectors._shared_throttle.Board`)."""

    def __init__(
        self,
        scheduler: Callable[[], Any],
        holder: Callable[[], str],
        tenant: str,
        lost: Callable[[], Awaitable[bool]],
    ) -> None:
        """``holder`` is our name at the scheduler; ``lost`` says whether there is no hope left."""
        self._scheduler = scheduler
        self._holder = holder
        self._tenant = tenant
        self._lost = lost

    async def hold(self, scope: str, place: str) -> Held | None:
        """A place, once there is one; a scheduler that is gone is waited for."""
        while True:
            try:
                given = await self._ask("hold", scope, place=place, holder=self._holder())
            except Exception:
                if await self._lost():
                    raise
                given = "gone"
            if given == "throttled":
                return None
            if isinstance(given, tuple | list):  # None from a scheduler that has no board as yet
                return Held(*given)
            await asyncio.sleep(_AGAIN)

    async def tell(self, scope: str, what: str, value: float | Mapping[str, str]) -> None:
        """What an answer says of a scope."""
        await self._ask("tell", scope, what=what, value=value)

    async def leave(self, scope: str, place: str, passed: int) -> None:
        """A place is free again."""
        await self._ask("leave", scope, place=place, holder=self._holder(), passed=passed)

    async def _ask(self, handler: str, scope: str, **values: Any) -> Any:
        asked = getattr(self._scheduler(), f"{BOARD}_{handler}")
        return await asked(tenant=self._tenant, scope=scope, **values)
