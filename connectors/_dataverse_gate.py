"""How many requests one Dataverse environment gets at a time: few at first, more while it copes.

The service protects itself per user by three limits (requests and execution time in five minutes,
requests at a time). It advises to start low, to grow until it refuses, and to heed ``Retry-After``.

Source: Dataverse, "Service protection API limits".
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from connectors._throttle import Gate

FAMILY = "dataverse"
"""The family of scopes with such a gate, one an environment."""
FIRST = 4
"""Requests at a time when an environment is first asked."""
MOST = 52
"""The published limit of requests at a time."""
_STEADY = 8
"""So many times its limit has to be answered in a row before one more is tried."""


class Ramp(Gate):
    """A gate whose width grows slowly and halves when the service asks to wait."""

    def __init__(self) -> None:
        super().__init__(MOST)
        self.width = FIRST
        self._inside = 0
        self._answered = 0
        self._room = asyncio.Condition()

    def pause(self, seconds: float) -> None:
        """Nobody enters for ``seconds``; of many refusals at once one narrows the gate."""
        if self._shut_since is None:
            self.width = max(1, self.width // 2)
        self._answered = 0
        super().pause(seconds)

    def passed(self) -> None:
        """The service answered: after enough answers in a row one more may enter."""
        super().passed()
        self._answered += 1
        if self._answered >= self.width * _STEADY and self.width < MOST:
            self.width += 1
            self._answered = 0

    @asynccontextmanager
    async def enter(self) -> AsyncIterator[None]:
        """Hold a place once there is one and the scope is open."""
        async with self._room:
            await self._room.wait_for(lambda: self._inside < self.width)
            self._inside += 1
        try:
            async with super().enter():
                yield
        finally:
            async with self._room:
                self._inside -= 1
                self._room.notify(2)
