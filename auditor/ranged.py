"""A content that is too long to be held: read piece by piece, by whoever is reading it.

The process that talks to the service has :class:`Ranged`; the worker, which has neither network
nor identity, has :class:`Remote` and asks for each piece through its pipe.
"""

from __future__ import annotations

import asyncio
import contextlib
import contextvars
from collections.abc import Callable
from concurrent.futures import CancelledError, Future

from auditor.model import LostError, Reason
from connectors import Body, ConnectorError

__all__ = ["HEAD", "PIECE", "Ranged", "Remote"]

HEAD = 1 << 20
"""Bytes by which a long content is recognised."""
PIECE = 4 << 20
"""Bytes of the longest piece that is handed over at once."""


class Ranged:
    """The body of an item, for a thread that reads it while the event loop fetches.

    Whoever takes whole pieces one after the other will go on doing so: the next one is under way
    while the last one is being read.
    """

    def __init__(self, body: Body, size: int) -> None:
        """``size`` is what may be read of it. Made on the event loop, whose meter it uses."""
        self.size = size
        self._body = body
        self._loop = asyncio.get_running_loop()
        self._context = contextvars.copy_context()
        self._end = -1
        self._ahead: tuple[int, int, Future[bytes]] | None = None
        self._asked: Future[bytes] | None = None
        self._closed = False

    def read(self, offset: int, length: int) -> bytes:
        """The bytes from ``offset``; fewer than ``length`` only at the end. Raises LostError."""
        length = max(0, min(length, PIECE, self.size - offset))
        if not length:
            return b""
        follows, ahead = offset == self._end, self._ahead
        self._ahead = None
        asked = ahead[2] if ahead and ahead[:2] == (offset, length) else self._ask(offset, length)
        self._asked = asked
        if self._closed:
            asked.cancel()
        self._end = offset + length
        if follows and length == PIECE and (more := min(PIECE, self.size - self._end)) > 0:
            self._ahead = (self._end, more, self._ask(self._end, more))
        try:
            return asked.result()
        except ConnectorError as error:
            raise _lost(error) from None
        except (CancelledError, RuntimeError):
            raise LostError(Reason.SERVICE_ERROR, "interrupted") from None

    def close(self) -> None:
        """Let nobody wait any more; may be called from any thread, and more than once."""
        self._closed = True
        for future in (self._asked, self._ahead and self._ahead[2]):
            if future:
                future.cancel()

    def _ask(self, offset: int, length: int) -> Future[bytes]:
        """Have the event loop fetch; the answer is only marked as cancelled when it is."""
        answer: Future[bytes] = Future()

        def begin() -> None:
            task = self._loop.create_task(self._fetch(offset, length), context=self._context)
            task.add_done_callback(lambda done: _settle(answer, done))
            answer.add_done_callback(_cancelling(self._loop, task))

        with contextlib.suppress(RuntimeError):  # the loop is closed
            self._loop.call_soon_threadsafe(begin, context=self._context)
            return answer
        answer.cancel()
        return answer

    async def _fetch(self, offset: int, length: int) -> bytes:
        pieces = [piece async for piece in self._body.chunks(offset, length)]
        return b"".join(pieces)


def _settle(answer: Future[bytes], done: asyncio.Task[bytes]) -> None:
    if done.cancelled():
        answer.cancel()
    elif answer.set_running_or_notify_cancel():
        if error := done.exception():
            answer.set_exception(error)
        else:
            answer.set_result(done.result())


def _cancelling(
    loop: asyncio.AbstractEventLoop, task: asyncio.Task[bytes]
) -> Callable[[Future[bytes]], None]:
    def ended(answer: Future[bytes]) -> None:
        if answer.cancelled():
            with contextlib.suppress(RuntimeError):
                loop.call_soon_threadsafe(task.cancel)

    return ended


def _lost(error: ConnectorError) -> LostError:
    try:
        reason = Reason(error.reason)
    except ValueError:
        reason = Reason.SERVICE_ERROR
    return LostError(reason, error.detail, error.permission)


class Remote:
    """The same in a worker process."""

    def __init__(self, size: int, ask: Callable[[int, int], bytes | LostError]) -> None:
        """``ask`` puts the question to the parent process and waits."""
        self.size = size
        self._ask = ask

    def read(self, offset: int, length: int) -> bytes:
        """The bytes from ``offset``; fewer than ``length`` only at the end. Raises LostError."""
        pieces: list[bytes] = []
        while length > 0 and offset < self.size:
            answer = self._ask(offset, min(length, PIECE))
            if isinstance(answer, LostError) and not pieces:  # else it is said the next time
                raise answer
            if isinstance(answer, LostError) or not answer:
                break
            pieces.append(answer)
            offset += len(answer)
            length -= len(answer)
        return pieces[0] if len(pieces) == 1 else b"".join(pieces)
