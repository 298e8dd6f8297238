"""What the tests of the worker pool let it run: contents that hang, hoard, crash and shout."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import time
from collections.abc import Callable

from auditor.model import Content, Gap, Limits, Scan
from auditor.scan import Part, fold, take

__all__ = ["SECRET", "Part", "fold", "scan", "take"]

SECRET = "the-words-of-a-file"


def scan(
    content: Content,
    limits: Limits,
    *,
    key: bytes,
    emit: Callable[[Part], None],
    begin: Callable[[int], None] | None = None,
) -> Scan:
    """The target: what the content's name asks for, with ``part-`` after something was read."""
    del limits
    part = Part(read=True, format=f"{content.name}, key of {len(key)}", size=len(content.data))
    deed = content.name.partition(" ")[0]
    if deed.startswith("part-"):
        emit(part)
        deed = deed.removeprefix("part-")
    if deed == "spare" and begin:
        _spare(content, emit, begin)
    elif deed == "fine":
        emit(part)
    else:
        _DEEDS[deed](content)
    return fold([part])


def _spare(content: Content, emit: Callable[[Part], None], begin: Callable[[int], None]) -> None:
    """Dies of its second member, or of what else its name says, unless told to spare it."""
    begin(1)
    emit(Part(read=True, size=1))
    begin(2)
    if content.fatal is None:
        _DEEDS[content.name.partition(" ")[2]](content)
    emit(Part(read=True, size=content.fatal.member))
    emit(Part(gaps=(Gap(content.fatal.reason, "member", content.fatal.detail),)))


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
