"""A process for ``scan()``: what a hostile file does to it becomes a gap, never a lost run.

Every worker is a process of its own that reads one content at a time, and a thread here that waits
for it, so that the event loop never does and Windows works too. A watch looks at the running ones
every few milliseconds and kills what takes too much time or memory; what a content gave before its
process died is kept. Contents travel through a pipe: nothing of them touches a disk.
"""

from __future__ import annotations

import asyncio
import contextlib
import importlib
import pickle
import signal
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import psutil

from auditor._worker_process import PART, RETIRE, greet, label, scan, send, start
from auditor.model import Content, Gap, Limits, Reason, Scan, State

__all__ = ["Workers"]

_POLL = 0.01
"""Seconds between two looks at the running workers."""
_WALL = 5.0
"""Wall time of an item over its CPU time: a loaded machine must not fail good files."""
_REPLY = 512 << 20
"""Bytes of one reply; more is a fault of the worker."""
_LAST = 10.0
"""Seconds a killed process has to be gone."""
_CLOSED = "the workers are closed"
_DEATHS = 3
"""Workers one item may cost; after that its remaining contents are left unread."""


class Workers:
    """A pool of processes that scan one content each at a time."""

    def __init__(
        self, count: int, limits: Limits, key: bytes, target: str = "auditor.scan"
    ) -> None:
        """Start ``count`` processes; 0 scans in this process, without time and memory limits.

        ``target`` names a module with ``scan(content, limits, *, key, emit) -> Scan`` and
        ``fold(parts) -> Scan``; ``key`` makes the tokens of distinct numbers.
        """
        self._limits = limits
        self._key = key
        self._target = target
        self._jobs: deque[_Job] = deque()
        self._ready = threading.Condition()
        self._busy = threading.Event()
        self._closed = threading.Event()
        self._hands = [_Hand(limits, key, target) for _ in range(count)]
        tasks: list[tuple[Callable[..., None], tuple[Any, ...]]] = [
            (self._attend, (hand,)) for hand in self._hands
        ]
        if count:
            tasks.append((self._watch, ()))
        self._threads = [
            threading.Thread(target=task, args=args, daemon=True, name="worker")
            for task, args in tasks
        ]
        for thread in self._threads:
            thread.start()

    async def scan(self, contents: Sequence[Content]) -> Scan:
        """Read the contents of one item, in order, and fold what they give into one result.

        Raises RuntimeError when no worker process can be started; whatever the contents do to
        one is a gap of the result.
        """
        if self._closed.is_set():
            raise RuntimeError(_CLOSED)
        job = _Job(contents, asyncio.get_running_loop().create_future())
        if not self._hands or not contents:
            await asyncio.to_thread(self._here, job)
            return job.result(self._target)
        with self._ready:
            self._jobs.append(job)
            self._ready.notify()
        return await job.future

    async def aclose(self) -> None:
        """Kill what runs, cancel what waits, and leave no process behind."""
        self._closed.set()
        with self._ready:
            waiting = list(self._jobs)
            self._jobs.clear()
            self._ready.notify_all()
        for job in waiting:
            job.fail(RuntimeError(_CLOSED))
        self._busy.set()
        for hand in self._hands:
            hand.close()
        for thread in self._threads:
            await asyncio.to_thread(thread.join)

    def _here(self, job: _Job) -> None:
        module = importlib.import_module(self._target)
        for content in job.contents:
            job.note(scan(module, content, self._limits, self._key, job.parts.append))

    def _attend(self, hand: _Hand) -> None:
        """A worker's thread: hand over, wait, settle, until the pool closes."""
        with contextlib.suppress(RuntimeError):
            hand.start()
        while job := self._take():
            self._busy.set()
            hand.work(job)
        hand.stop()

    def _take(self) -> _Job | None:
        """The next item that somebody still waits for; None when the pool closes."""
        with self._ready:
            while not self._closed.is_set():
                while self._jobs:
                    job = self._jobs.popleft()
                    if not job.future.cancelled():
                        return job
                self._ready.wait()
            return None

    def _watch(self) -> None:
        """Look at every running worker, as long as there is one."""
        while not self._closed.is_set():
            if not [hand for hand in self._hands if hand.look()]:
                self._busy.wait()
                self._busy.clear()
            time.sleep(_POLL)


@dataclass(slots=True, eq=False)
class _Job:
    """One item: its contents, what they gave so far, and who waits for it."""

    contents: Sequence[Content]
    future: asyncio.Future[Scan]
    parts: list[Any] = field(default_factory=list)
    gaps: list[Gap] = field(default_factory=list)
    read: int = 0
    """Contents that are done with."""
    kept: int = 0
    """Parts that those gave."""
    deaths: int = 0

    def note(self, gap: Gap | None) -> None:
        """A content is done with; ``gap`` says what kept the rest of it from being read."""
        if gap is not None:
            self.gaps.append(gap)
        self.read += 1
        self.kept = len(self.parts)

    def again(self) -> None:
        """The content that was being read will be read once more."""
        del self.parts[self.kept :]

    def lose(self, reason: Reason, detail: str) -> None:
        """The process died over the content that was being read.

        The next contents get a new one, unless the item's time is used up.
        """
        self.deaths += 1
        given_up = reason is Reason.TIMEOUT or self.deaths == _DEATHS
        last = len(self.contents) if given_up else self.read + 1
        for content in self.contents[self.read : last]:
            self.note(Gap(reason, label(content), detail))

    def result(self, target: str) -> Scan:
        """Everything that was read, as one."""
        whole: Scan = importlib.import_module(target).fold(self.parts)
        if not self.gaps:
            return whole
        state = State.PARTIAL if self.parts or self.read > len(self.gaps) else State.FAILED
        return replace(whole, state=state, gaps=(*whole.gaps, *self.gaps))

    def settle(self, target: str) -> None:
        """Give the result to the event loop that asked."""
        try:
            whole = self.result(target)
        except Exception as error:  # noqa: BLE001 - whoever waits must hear of it
            self._tell(_fail, RuntimeError(type(error).__name__))
        else:
            self._tell(_give, whole)

    def fail(self, error: RuntimeError) -> None:
        """No worker can be had."""
        self._tell(_fail, error)

    def _tell(self, how: Callable[..., None], what: object) -> None:
        with contextlib.suppress(RuntimeError):  # the loop is closed: nobody waits any more
            self.future.get_loop().call_soon_threadsafe(how, self.future, what)


def _give(future: asyncio.Future[Scan], scan: Scan) -> None:
    if not future.done():
        future.set_result(scan)


def _fail(future: asyncio.Future[Scan], error: RuntimeError) -> None:
    if not future.done():
        future.set_exception(error)


class _Hand:
    """One worker process as its thread sees it, through all its lives."""

    def __init__(self, limits: Limits, key: bytes, target: str) -> None:
        self._limits = limits
        self._setup = (target, limits, key)
        self._lock = threading.Lock()
        self._closed = threading.Event()
        self._process: Any = None
        self._pipe: Any = None
        self._status: Any = None
        self._job: _Job | None = None
        self._since = 0.0
        self._watched: _Job | None = None
        self._spent = 0.0
        self._verdict: tuple[_Job, Reason, str] | None = None

    def start(self) -> None:
        """A new process, ready to read; raises RuntimeError with the type of the fault."""
        if self._closed.is_set():
            raise RuntimeError(_CLOSED)
        process, pipe = start(*self._setup)
        with self._lock:
            self._process, self._pipe = process, pipe
            self._verdict = self._watched = None
            if self._closed.is_set():
                process.kill()
        try:
            greet(pipe)
            self._status = psutil.Process(process.pid)
        except (RuntimeError, psutil.Error) as error:
            self.stop()
            raise RuntimeError(str(error)) from None

    def stop(self) -> None:
        """End the process, whatever it does."""
        with self._lock:
            process, pipe, self._process, self._pipe = self._process, self._pipe, None, None
        if process is not None:
            process.kill()
            process.join(_LAST)
            pipe.close()

    def close(self) -> None:
        """Never start again, and end what runs."""
        with self._lock:
            self._closed.set()
            if self._process is not None:
                self._process.kill()

    def work(self, job: _Job) -> None:
        """Read an item and settle it; afterwards a worker stands ready again."""
        try:
            while job.read < len(job.contents):
                if self._process is None:
                    self.start()
                try:
                    self._read(job)
                except Exception:  # noqa: BLE001 - a dying process may write anything
                    self._bury(job)
        except RuntimeError as error:
            job.fail(error)
        else:
            job.settle(self._setup[0])
        if self._process is None:
            with contextlib.suppress(RuntimeError):  # the next item will say so
                self.start()

    def _read(self, job: _Job) -> None:
        """Send the contents that are left and take what comes back.

        The next message leaves only when all of the last one was answered: with both sides
        writing into full pipes neither would ever read.
        """
        pipe, retire = self._pipe, False
        self._begin(job)
        while job.read < len(job.contents):
            for _ in range(send(pipe, job.contents[job.read :])):
                while (reply := pickle.loads(pipe.recv_bytes(_REPLY)))[0] == PART:  # noqa: S301
                    job.parts.append(reply[1])
                kind, gap = reply
                retire = retire or kind == RETIRE
                job.note(gap)
        self._begin(None)
        if retire:
            self.stop()

    def _begin(self, job: _Job | None) -> None:
        with self._lock:
            self._job, self._since = job, time.monotonic()

    def _bury(self, job: _Job) -> None:
        """The process died: book that on the content that was being read."""
        process = self._process
        self._begin(None)
        self.stop()
        if self._closed.is_set():
            raise RuntimeError(_CLOSED)
        guilty, reason, detail = self._verdict or (job, Reason.CRASHED, "")
        if job is guilty:
            job.lose(reason, detail or _cause(process))
        else:
            job.again()  # the sentence fell when its item had just been finished

    def look(self) -> bool:
        """Kill the process if it takes too much; whether there is anything to watch."""
        with self._lock:
            job = self._job
            if job is None or self._process is None or self._verdict:
                return job is not None
            spent = resident = 0.0
            with contextlib.suppress(psutil.Error, OSError):  # it died: its thread learns that
                times = self._status.cpu_times()
                spent, resident = times.user + times.system, self._status.memory_info().rss
            if job is not self._watched:
                self._watched, self._spent = job, spent
            if sentence := self._judge(spent - self._spent, resident):
                self._verdict = (job, *sentence)
                self._process.kill()
        return True

    def _judge(self, spent: float, resident: float) -> tuple[Reason, str] | None:
        if resident > self._limits.worker_memory:
            return Reason.MEMORY, "resident memory"
        if spent > self._limits.seconds:
            return Reason.TIMEOUT, "cpu time"
        if time.monotonic() - self._since > _WALL * self._limits.seconds:
            return Reason.TIMEOUT, "wall time"
        return None


def _cause(process: Any) -> str:
    """How a process ended, in the system's words."""
    with contextlib.suppress(ValueError, TypeError):
        return signal.Signals(-process.exitcode).name
    return "exit"
