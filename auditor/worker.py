"""A process for ``scan()``: what a hostile file does to it becomes a gap, never a lost run.

Every worker is a process of its own that reads one content at a time, and a thread here that waits
for it, so that the event loop never does and Windows works too. A watch looks at the running ones
every few milliseconds and kills what takes too much time or memory; what a content gave before its
process died is kept, and it gets one more process, which reads but the writing of whatever part
of it was fatal. Contents travel through a pipe: nothing of them touches a disk.
"""

from __future__ import annotations

import asyncio
import contextlib
import importlib
import threading
import time
from collections import deque
from collections.abc import Sequence
from multiprocessing.connection import Connection
from typing import Any

from auditor._worker_job import Job
from auditor._worker_messages import BEGUN, PART, RETIRE, WANTED, answer, heard, send
from auditor._worker_process import FRESH, Child, NoWorkerError, scan
from auditor.model import Content, Limits, Reason, Scan

__all__ = ["NoWorkerError", "Workers"]

_POLL = 0.01
"""Seconds between two looks at the running workers."""
_ON_THE_WAY = (PART, BEGUN, WANTED)
_CLOSED = "the workers are closed"


class Workers:
    """A pool of processes that scan one content each at a time."""

    def __init__(
        self, count: int, limits: Limits, key: bytes, target: str = "auditor.scan"
    ) -> None:
        """Start ``count`` processes; 0 scans in this process, without time and memory limits.

        ``target`` names a module with ``Part``, ``scan`` and ``fold`` like :mod:`auditor.scan`'s;
        ``key`` makes the tokens of distinct numbers.
        """
        self._limits = limits
        self._key = key
        self._target = target
        self._jobs: deque[Job] = deque()
        self._ready = threading.Condition()
        self._busy = threading.Event()
        self._closed = threading.Event()
        self._hands = [_Hand(limits, key, target, self._busy) for _ in range(count)]
        self._threads = [
            threading.Thread(target=self._attend, args=(hand,), daemon=True) for hand in self._hands
        ]
        if count:
            self._threads.append(threading.Thread(target=self._watch, daemon=True))
        for thread in self._threads:
            thread.start()

    async def scan(self, contents: Sequence[Content]) -> Scan:
        """Read the contents of one item, in order, and fold what they give into one result.

        Raises RuntimeError when no worker process can be started; whatever the contents do to
        one is a gap of the result.
        """
        if self._closed.is_set():
            raise RuntimeError(_CLOSED)
        job = Job([*contents], asyncio.get_running_loop().create_future(), self._target)
        if not self._hands or not contents:
            await asyncio.to_thread(self._here, job)
            return job.result()
        with self._ready:
            self._jobs.append(job)
            self._ready.notify()
        return await job.future

    async def aclose(self) -> None:
        """Kill what runs, tell who waits, and leave no process behind."""
        self._closed.set()
        with self._ready:
            while self._jobs:
                self._jobs.popleft().tell(RuntimeError(_CLOSED))
            self._ready.notify_all()
        self._busy.set()
        for hand in self._hands:
            hand.close()
        for thread in self._threads:
            await asyncio.to_thread(thread.join)

    def _here(self, job: Job) -> None:
        module = importlib.import_module(self._target)
        for content in job.contents:
            job.note(scan(module, content, self._limits, self._key, job.parts.append))

    def _attend(self, hand: _Hand) -> None:
        """A worker's thread: hand over, wait, settle, until the pool closes."""
        with contextlib.suppress(RuntimeError):
            hand.start()
        while job := self._take():
            hand.work(job)
        hand.stop()

    def _take(self) -> Job | None:
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
            waits = [*filter(None, (hand.look() for hand in self._hands))]
            if not waits:
                self._busy.wait()
                self._busy.clear()
            time.sleep(min(waits, default=_POLL))


class _Hand:
    """One worker as its thread sees it, through all the lives of its process."""

    def __init__(self, limits: Limits, key: bytes, target: str, busy: threading.Event) -> None:
        self._limits = limits
        self._busy = busy
        self._setup = (target, limits, key)
        self._lock = threading.Lock()
        self._closed = threading.Event()
        self._child: Child | None = None
        self._job: Job | None = None
        self._verdict: tuple[Job, Reason, str] | None = None

    def start(self) -> Child:
        """A new process, ready to read; raises RuntimeError with the type of the fault."""
        if self._closed.is_set():
            raise RuntimeError(_CLOSED)
        child = Child(*self._setup)
        with self._lock:
            self._child, self._verdict = child, None
            if self._closed.is_set():
                child.kill()
        try:
            child.greet()
        except RuntimeError:
            self.stop()
            raise
        return child

    def stop(self) -> str:
        """End the process; how it ended."""
        with self._lock:
            child, self._child = self._child, None
        return child.bury() if child else ""

    def close(self) -> None:
        """Never start again, and end what runs."""
        with self._lock:
            self._closed.set()
            if self._child:
                self._child.kill()
            if self._job:
                self._job.forgo()

    def work(self, job: Job) -> None:
        """Read an item and settle it; afterwards a worker stands ready again."""
        try:
            while job.read < len(job.contents):
                child = self._child or self.start()
                try:
                    self._read(job, child.pipe)
                except Exception as error:  # noqa: BLE001 - a dying process may write anything
                    self._lose(job, error)
        except RuntimeError as error:
            job.tell(error)
        else:
            job.settle()
        if not self._child:
            with contextlib.suppress(RuntimeError):  # the next item will say so
                self.start()

    def _read(self, job: Job, pipe: Connection) -> None:
        """Send the contents that are left and take what comes back.

        The next message leaves only when all of the last one was answered: with both sides
        writing into full pipes neither would ever read.
        """
        retire = False
        self._begin(job)
        while job.read < len(job.contents):
            for _ in range(send(pipe, job.contents[job.read :])):
                while (reply := heard(pipe))[0] in _ON_THE_WAY:
                    self._heed(job, pipe, *reply)
                kind, gap = reply
                retire = retire or kind == RETIRE
                job.note(gap)
        self._begin(None)
        if retire:
            self.stop()

    def _heed(self, job: Job, pipe: Connection, kind: int, what: Any) -> None:
        """Take a part, or hand over the next piece of a long content."""
        if kind != WANTED:
            job.take(kind, what)
            return
        since = time.monotonic()
        answer(pipe, job.contents[job.read], *what)
        with self._lock:
            if self._child:
                self._child.excuse(time.monotonic() - since)

    def _begin(self, job: Job | None) -> None:
        with self._lock:
            self._job = job
            if job and self._child:
                job.start()
                self._child.begin(job.contents)
        if job:
            self._busy.set()

    def _lose(self, job: Job, error: Exception) -> None:
        """The process died: book that on the content that was being read, if it is to blame."""
        self._begin(None)
        cause = self.stop()
        if self._closed.is_set():
            raise RuntimeError(_CLOSED)
        guilty, reason, detail = self._verdict or (job, Reason.CRASHED, cause)
        if guilty is not job:  # the sentence fell when its item had just been finished
            job.again()
        elif isinstance(error, BrokenPipeError) and not job.spared:  # it was dead before
            job.spared = True
            job.again()
        else:
            job.lose(reason, detail)

    def look(self) -> float:
        """Kill the process if it takes too much; seconds until the next look, 0 when idle."""
        with self._lock:
            job, child = self._job, self._child
            if job is None:
                return 0.0
            if child and child.is_fresh():
                return FRESH
            if child and not self._verdict and (sentence := child.excess(self._limits)):
                self._verdict = (job, *sentence)
                child.kill()
            return _POLL
