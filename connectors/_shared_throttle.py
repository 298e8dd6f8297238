"""Gates that several machines share: each request asks a board that they have in common.

The board is one place that keeps the gates of a tenant (:mod:`connectors._throttle`), for all who
read it. So a pause is a pause for everybody, after it one request of all goes ahead, and the
requests at a time in a scope are those that one machine would send.
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import AsyncIterator, Callable, Coroutine, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Any, Protocol

from connectors._errors import Broken
from connectors._model import meter
from connectors._throttle import Gate, Gates

__all__ = ["Board", "Held", "SharedGate", "SharedGates"]

_WIDEST = 64
"""Requests of this process that wait for the board at a time, in one scope."""
_LIMITS = ("ratelimit-limit", "ratelimit-remaining", "ratelimit-reset")


@dataclass(frozen=True, slots=True)
class Held:
    """A place in a scope was given."""

    waited: float
    """Seconds that the service had asked for."""
    shut: bool
    """The scope was shut: whoever holds the place goes ahead of the others."""


class Board(Protocol):
    """The place in common. Each call may take as long as a line to it is missing."""

    async def hold(self, scope: str, place: str) -> Held | None:
        """A place in ``scope``, once there is one; None when that takes too long."""
        ...

    async def tell(self, scope: str, what: str, value: float | Mapping[str, str]) -> None:
        """``pause`` (seconds), ``passed`` (0) or ``heed`` (headers), as :class:`Gate` has them."""
        ...

    async def leave(self, scope: str, place: str, passed: int) -> None:
        """Give a place back, with the good answers since the last time."""
        ...


class SharedGate(Gate):
    """One scope, as its board keeps it."""

    def __init__(self, scope: str, board: Board) -> None:
        super().__init__(_WIDEST)
        self._scope = scope
        self._board = board
        self._telling: set[asyncio.Task[None]] = set()
        self._wary = False
        self._answered = 0

    @property
    def shut(self) -> bool:
        """Whether the service asked to wait, as far as this process knows."""
        return self._wary

    def heed(self, headers: Mapping[str, str]) -> None:
        """Pass on what the service says of its limit, if it says something."""
        if "ratelimit-remaining" in headers:
            told = {name: headers[name] for name in _LIMITS if name in headers}
            self._do(self._board.tell(self._scope, "heed", told))

    def pause(self, seconds: float) -> None:
        """Nobody enters for ``seconds``, wherever they are."""
        self._wary = True
        self._do(self._board.tell(self._scope, "pause", seconds))

    def passed(self) -> None:
        """The service answered; where it had asked to wait, the others hear of it at once."""
        if self._wary:
            self._wary = False
            self._do(self._board.tell(self._scope, "passed", 0.0))
        else:
            self._answered += 1

    @asynccontextmanager
    async def enter(self) -> AsyncIterator[None]:
        """Hold a place once the board gives one; Broken(throttled) when that takes too long."""
        async with self._places:
            await self._told()
            place = secrets.token_urlsafe(12)
            try:
                held = await self._board.hold(self._scope, place)
                if held is None:
                    raise Broken("the service asks everybody to wait", reason="throttled")
                self._wary = self._wary or held.shut
                meter().throttled += held.waited
                yield
            finally:  # also of a place that was never given: it may be on its way
                loop = asyncio.get_running_loop()
                await asyncio.shield(loop.create_task(self._left(place)))

    async def _left(self, place: str) -> None:
        """What was told of the answer arrives before the place is free."""
        await self._told()
        answered, self._answered = self._answered, 0
        await _quietly(self._board.leave(self._scope, place, answered))

    async def _told(self) -> None:
        while self._telling:
            await asyncio.wait([*self._telling])

    def _do(self, what: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(_quietly(what))
        self._telling.add(task)
        task.add_done_callback(self._telling.discard)


async def _quietly(what: Coroutine[Any, Any, None]) -> None:
    """A board that is lost will be asked again by the next request, which says so."""
    with suppress(Exception):
        await what


class SharedGates(Gates):
    """All gates of a tenant, kept by a board."""

    def __init__(self, board: Board) -> None:
        super().__init__()
        self._board = board

    def of(self, scope: str, make: Callable[[], Gate] | None = None) -> Gate:
        """The gate of ``scope``; its kind is the board's to choose."""
        del make
        return super().of(scope)

    def _made(self, scope: str) -> Gate:
        return SharedGate(scope, self._board)
