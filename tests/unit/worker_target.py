"""What the tests of the worker pool let it run: contents that hang, hoard, crash and shout."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import time
from collections.abc import Callable, Sequence

from auditor.model import Content, Finding, Limits, Scan, State

SECRET = "the-words-of-a-file"


def scan(content: Content, limits: Limits, *, key: bytes, emit: Callable[[Finding], None]) -> Scan:
    """The target: what the content's name asks for."""
    del limits
    behave = content.name.partition(" ")[0]
    part = Finding(content.name, (), "k", "high", len(content.data), len(key), ())
    if behave.startswith("part-"):
        emit(part)
        behave = behave.removeprefix("part-")
    if behave == "fine":
        emit(part)
    else:
        _DEEDS[behave](content)
    return fold([part])


def fold(parts: Sequence[Finding]) -> Scan:
    """Parts are findings here."""
    return Scan(State.COMPLETE, tuple(parts))


def _loop(_: Content) -> None:
    while True:
        pass


def _hog(_: Content) -> None:
    held = []
    while True:
        held.append(bytearray(8 << 20))
        time.sleep(0.002)


def _reserve(_: Content) -> None:
    bytearray(64 << 30)


def _shout(content: Content) -> None:
    print(SECRET, file=sys.stderr, flush=True)
    os.write(1, SECRET.encode())
    raise ValueError(f"{SECRET} {content.data!r}")


def _segv(_: Content) -> None:
    ctypes.string_at(0)


def _sleep(content: Content) -> None:
    time.sleep(float(content.name.split(" ")[1]))


def _interrupt(_: Content) -> None:
    os.kill(os.getpid(), signal.SIGINT)


_DEEDS: dict[str, Callable[[Content], object]] = {
    "loop": _loop,
    "hog": _hog,
    "reserve": _reserve,
    "shout": _shout,
    "segv": _segv,
    "sleep": _sleep,
    "interrupt": _interrupt,
    "exit": lambda _: os._exit(7),
    "abort": lambda _: os.abort(),
    "leave": lambda _: sys.exit(3),
}
