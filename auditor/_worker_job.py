"""One item on its way through the workers: what it gave so far, and what it cost."""

from __future__ import annotations

import asyncio
import contextlib
import importlib
import time
from dataclasses import dataclass, field, replace
from typing import Any

from auditor._worker_messages import PART
from auditor._worker_process import unread
from auditor.model import Content, Fatal, Gap, Reason, Scan
from auditor.ranged import Ranged

__all__ = ["Job"]

_DEATHS = 3
"""Workers one item may cost; after that its remaining contents are left unread."""


@dataclass(slots=True, eq=False)
class Job:
    """One item: its contents, what they gave so far, and who waits for it."""

    contents: list[Content]
    future: asyncio.Future[Scan]
    target: str
    """The module that knows what parts are."""
    parts: list[Any] = field(default_factory=list)
    gaps: list[Gap] = field(default_factory=list)
    read: int = 0
    """Contents that are done with."""
    kept: int = 0
    """Parts that those gave."""
    held: list[Any] = field(default_factory=list)
    """Parts that the first attempt at a content gave."""
    member: int = 0
    """What is being read of the content: itself, or its member of that number."""
    since: float = 0.0
    """When that was begun, on the monotonic clock."""
    started: float = 0.0
    """When a process was given the item."""
    deaths: int = 0
    spared: bool = False
    """A worker was found dead when it was handed over, which is not held against it twice."""

    def start(self) -> None:
        """A process is given what is left."""
        self.begin()
        self.started = self.since

    def begin(self, member: int = 0) -> None:
        """The content itself, or a member of it, is being read from now on."""
        self.member, self.since = member, time.monotonic()

    def take(self, kind: int, what: Any) -> None:
        """Something came from the process, which reads on."""
        if kind == PART:
            module: Any = importlib.import_module(self.target)
            module.take(self.parts, what, self.kept)
        else:
            self.begin(what)

    def note(self, gap: Gap | None) -> None:
        """A content is done with; ``gap`` says what kept the rest of it from being read."""
        if gap is not None:
            self.gaps.append(gap)
        fatal = self.contents[self.read].fatal
        self.read += 1
        self.kept = len(self.parts)
        self.begin()
        if fatal and fatal.reason is Reason.TIMEOUT:
            self.leave(fatal.reason, fatal.detail)

    def leave(self, reason: Reason, detail: str) -> None:
        """Read no more contents."""
        rest = self.contents[self.read :]
        self.gaps.extend(unread(content, reason, detail) for content in rest)
        self.read = len(self.contents)

    def again(self) -> None:
        """The content that was being read will be read once more."""
        del self.parts[self.kept :]

    def lose(self, reason: Reason, detail: str) -> None:
        """The process died over the content that was being read.

        A new one reads it again, but for what was fatal; if it dies as well, the first attempt
        stands. The next contents come after that, unless the item's time is used up.
        """
        self.deaths += 1
        content = self.contents[self.read]
        if not content.fatal and self.deaths < _DEATHS and self._to_blame(reason):
            self.held = self.parts[self.kept :]
            self.again()
            fatal = Fatal(self.member, reason, detail)
            self.contents[self.read] = replace(content, fatal=fatal)
            return
        if content.fatal:
            self.parts[self.kept :] = self.held
            reason, detail = content.fatal.reason, content.fatal.detail
        self.note(unread(content, reason, detail))
        if reason is Reason.TIMEOUT or self.deaths == _DEATHS:
            self.leave(reason, detail)

    def _to_blame(self, reason: Reason) -> bool:
        """Whether it was the member that was being read: time may also go by over all of them."""
        now = time.monotonic()
        alone = not self.member or 2 * (now - self.since) >= now - self.started
        return alone or reason is not Reason.TIMEOUT

    def forgo(self) -> None:
        """Nobody waits for more of its contents."""
        for content in self.contents:
            if isinstance(content.source, Ranged):
                content.source.close()

    def result(self) -> Scan:
        """Everything that was read, as one."""
        module: Any = importlib.import_module(self.target)
        parts = [*self.parts, module.Part(gaps=tuple(self.gaps))] if self.gaps else self.parts
        whole: Scan = module.fold(parts)
        return whole

    def settle(self) -> None:
        """Give the result to the event loop that asked."""
        try:
            self.tell(self.result())
        except Exception as error:  # noqa: BLE001 - whoever waits must hear of it
            self.tell(RuntimeError(type(error).__name__))

    def tell(self, what: Scan | RuntimeError) -> None:
        """Wake whoever waits."""
        with contextlib.suppress(RuntimeError):  # the loop is closed: nobody waits any more
            self.future.get_loop().call_soon_threadsafe(_give, self.future, what)


def _give(future: asyncio.Future[Scan], what: Scan | RuntimeError) -> None:
    if future.done():
        return
    if isinstance(what, Scan):
        future.set_result(what)
    else:
        future.set_exception(what)
