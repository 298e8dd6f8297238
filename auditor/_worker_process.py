"""A worker process: how it is started, and what it lives by."""

from __future__ import annotations

import ctypes
import gc
import importlib
import logging
import multiprocessing
import os
import signal
import sys
import tempfile
import threading
import time
import types
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection, wait
from typing import Any

import psutil

from auditor import formats
from auditor._worker_messages import BATCH, BEGUN, PART, READ, RETIRE, SMALL, receive, reply
from auditor.detect import speaks_of_numbers
from auditor.model import Content, Gap, Limits, Reason
from auditor.redact import JOINT, mask

__all__ = ["FRESH", "Child", "NoWorkerError", "scan", "unread"]

_START = 60.0
"""Seconds a new process has to import the formats."""
_WALL = 5.0
"""Wall time of an item over its CPU time: a loaded machine must not fail good files."""
FRESH = 0.03
"""Seconds in which an item passes no limit: most are read by then, and to ask costs as much."""
_LAST = 10.0
"""Seconds a killed process has to be gone."""
_HEADROOM = 4 << 30
"""Address space beyond the resident limit: libraries reserve far more than they use."""
_OBJECTS = 200_000
"""New objects between two looks for cycles: tables are millions of them, and hold none."""
_ITEMS = 1_000
"""Contents after which a worker wants to be replaced, since native libraries leak."""
_GROWTH = 1_280 << 20
"""Resident bytes a worker may keep between two contents before it wants to be replaced: an engine
for writing in pictures keeps most of a gibibyte."""
_SOCKET = 70
"""Bytes of a temporary folder's path that leave room for the fork server's socket in it (107)."""

_starting = threading.Lock()


def _context(target: str) -> Any:
    """How processes are started: from a server with all formats imported, or else each anew."""
    if sys.platform != "linux" or len(os.fsencode(tempfile.gettempdir())) > _SOCKET:
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    every = (f"{formats.__name__}.{name}" for name in formats.names())
    context.set_forkserver_preload([__name__, target, *every])
    return context


class NoWorkerError(RuntimeError):
    """The system gives no process to read in: without one a run cannot go on."""


class Child:
    """A worker process, as its parent holds it."""

    def __init__(self, target: str, limits: Limits, key: bytes) -> None:
        """Start it; RuntimeError with the type of the fault when the system gives none."""
        self._since = 0.0
        self._before: float | None = None
        self._lengths = 0.0
        with _starting, _alone():
            context = _context(target)
            self.pipe, theirs = context.Pipe()
            args = (theirs, target, limits, key)
            self._process = context.Process(target=_serve, args=args, daemon=True)
            try:
                self._process.start()
                self._status = psutil.Process(self._process.pid)
            except (OSError, EOFError, psutil.Error) as error:
                self.pipe.close()
                raise NoWorkerError(f"no worker process: {type(error).__name__}") from None
            finally:
                theirs.close()

    def greet(self) -> None:
        """Wait until it has imported what it needs; RuntimeError when it cannot."""
        fault = "timeout"
        try:
            if self.pipe.poll(_START):
                fault = self.pipe.recv_bytes(1024).decode()
        except (OSError, EOFError) as error:
            fault = type(error).__name__
        if fault:
            raise NoWorkerError(f"no worker process: {fault}")

    def begin(self, contents: Sequence[Content]) -> None:
        """From here on its time counts for another item."""
        self._since, self._before = time.monotonic(), None
        self._lengths = float(sum(content.source.size for content in contents if content.source))

    def excuse(self, seconds: float) -> None:
        """So long it had to wait for us."""
        self._since += seconds

    def is_fresh(self) -> bool:
        """Whether its item was begun only now."""
        return time.monotonic() - self._since < FRESH

    def excess(self, limits: Limits) -> tuple[Reason, str] | None:
        """Which limit the item has passed; what has died has passed none."""
        spent, resident = 0.0, 0
        with suppress(OSError, psutil.Error):
            times = self._status.cpu_times()
            spent, resident = times.user + times.system, self._status.memory_info().rss
        if self._before is None:
            self._before = spent
        if resident > limits.worker_memory:
            return Reason.MEMORY, "resident memory"
        seconds = limits.seconds * (1.0 + self._lengths / limits.held_bytes)
        if spent - self._before > seconds:
            return Reason.TIMEOUT, "cpu time"
        if time.monotonic() - self._since > _WALL * seconds:
            return Reason.TIMEOUT, "wall time"
        return None

    def kill(self) -> None:
        """End it, whatever it does."""
        self._process.kill()

    def bury(self) -> str:
        """Wait for its end; how it came to that, in the system's words."""
        self._process.kill()
        self._process.join(_LAST)
        self.pipe.close()
        with suppress(ValueError, TypeError):
            return signal.Signals(-self._process.exitcode).name
        return "exit"


@contextmanager
def _alone() -> Iterator[None]:
    """Start a process that does not run the user's script again, from a daemon process too.

    multiprocessing imports ``__main__`` into every child, which costs its whole start-up and
    breaks scripts without a guard; and it forbids children to daemons, which Dask's workers are.
    """
    main = sys.modules["__main__"]
    config: dict[str, Any] = vars(multiprocessing.current_process())["_config"]
    daemon = config.pop("daemon", None)
    sys.modules["__main__"] = types.ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main
        if daemon is not None:
            config["daemon"] = daemon


def unread(content: Content, reason: Reason, detail: str) -> Gap:
    """The gap for a content whose reading was cut short."""
    names = (*content.around, content.name)
    suspect = any(map(speaks_of_numbers, names))
    return Gap(reason, mask(JOINT.join(content.path)), detail, suspect=suspect)


def _serve(pipe: Connection, target: str, limits: Limits, key: bytes) -> None:
    """The life of a worker process: until the pipe ends."""
    try:
        _contain(limits)
        module = importlib.import_module(target)
        for name in formats.names():
            formats.load(name)
        gc.freeze()
        gc.set_threshold(_OBJECTS, 20, 100)
    except BaseException as error:  # noqa: BLE001 - the parent says it
        pipe.send_bytes(type(error).__name__.encode())
        return
    pipe.send_bytes(b"")

    def emit(part: object) -> None:
        reply(pipe, PART, part)

    def begin(member: int) -> None:
        reply(pipe, BEGUN, member)

    me, count, size = psutil.Process(), 0, 0
    most = me.memory_info().rss + _GROWTH
    with suppress(EOFError, OSError):
        while True:
            for content in receive(pipe):
                size = len(content.data)
                gap = scan(module, content, limits, key, emit, begin)
                del content
                count += 1
                grown = (size > SMALL or count % BATCH == 0) and me.memory_info().rss > most
                reply(pipe, RETIRE if gap or grown or count >= _ITEMS else READ, gap)


def scan(
    module: Any,
    content: Content,
    limits: Limits,
    key: bytes,
    emit: Callable[[Any], None],
    begin: Callable[[int], None] | None = None,
) -> Gap | None:
    """Scan one content; an exception becomes a gap that names its type and nothing else."""
    try:
        module.scan(content, limits, key=key, emit=emit, begin=begin)
    except MemoryError:
        return unread(content, Reason.MEMORY, "address space")
    except BaseException as error:  # noqa: BLE001 - native panics are no Exceptions
        return unread(content, Reason.CRASHED, type(error).__name__)
    return None


def _contain(limits: Limits) -> None:
    """No words, no core dump, no life after the parent's."""
    null = os.open(os.devnull, os.O_RDWR)
    for stream in range(3):
        os.dup2(null, stream)
    sys.stdout = sys.stderr = os.fdopen(null, "w", encoding="utf-8")
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _end_with_parent()
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(4, 0)  # PR_SET_DUMPABLE: a core-dump handler ignores RLIMIT_CORE
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        most = limits.worker_memory + _HEADROOM
        with suppress(ValueError, OSError):  # not every system bounds address space
            resource.setrlimit(resource.RLIMIT_AS, (most, most))


def _end_with_parent() -> None:
    """Die when the process that started us does, even inside a library that never returns.

    The sentinel is a pipe that the parent alone keeps open. PR_SET_PDEATHSIG would only watch the
    fork server, which lives on as long as one of its children.
    """
    parent = multiprocessing.parent_process()
    if parent is None:
        return
    if sys.platform == "linux":
        import fcntl

        sentinel = parent.sentinel
        fcntl.fcntl(sentinel, fcntl.F_SETOWN, os.getpid())
        fcntl.fcntl(sentinel, fcntl.F_SETSIG, signal.SIGKILL)
        fcntl.fcntl(sentinel, fcntl.F_SETFL, fcntl.fcntl(sentinel, fcntl.F_GETFL) | os.O_ASYNC)
        if wait([sentinel], 0):  # it died before we listened
            os._exit(1)
    else:

        def watch() -> None:
            wait([parent.sentinel])
            os._exit(1)

        threading.Thread(target=watch, daemon=True).start()
