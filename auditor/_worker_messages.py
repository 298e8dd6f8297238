"""What goes through the pipe of a worker process, in both directions."""

from __future__ import annotations

import functools
import pickle
from collections.abc import Iterable, Sequence
from dataclasses import replace
from multiprocessing.connection import Connection
from typing import Any

from auditor.model import Content, LostError
from auditor.ranged import Remote

__all__ = [
    "BATCH",
    "BEGUN",
    "PART",
    "READ",
    "RETIRE",
    "SMALL",
    "WANTED",
    "answer",
    "heard",
    "receive",
    "reply",
    "send",
]

BATCH = 16
"""Small contents that travel in one message."""
SMALL = 64 << 10
"""Bytes up to which a content travels inside a message; a larger one follows it, alone."""
_REPLY = 512 << 20
"""Bytes of one reply; more is a fault of the worker."""
_PICKLE = pickle.HIGHEST_PROTOCOL

PART, READ, RETIRE, BEGUN, WANTED = range(5)
"""Replies: a part was read; a content was read; it was, and the worker wants to be replaced; a
member of it is begun; another piece of it is wanted."""


def reply(pipe: Connection, kind: int, what: Any) -> None:
    """Tell the parent something."""
    pipe.send_bytes(pickle.dumps((kind, what), _PICKLE))


def heard(pipe: Connection) -> tuple[int, Any]:
    """What the worker replies next."""
    kind, what = pickle.loads(pipe.recv_bytes(_REPLY))  # noqa: S301 - our own
    return kind, what


def send(pipe: Connection, contents: Iterable[Content]) -> int:
    """Hand over the first of ``contents``; how many.

    Either small ones, together inside one message, or the bytes of a large one behind it, uncopied.
    """
    heads: list[Content] = []
    for content in contents:
        if len(content.data) > SMALL or content.source:
            if not heads:
                size = content.source.size if content.source else 0
                bare = replace(content, data=b"", source=None)
                pipe.send_bytes(pickle.dumps((bare, size), _PICKLE))
                pipe.send_bytes(content.data)
                return 1
            break
        heads.append(content)
        if len(heads) == BATCH or content.fatal:  # after a second attempt plans may change
            break
    pipe.send_bytes(pickle.dumps(heads, _PICKLE))
    return len(heads)


def receive(pipe: Connection) -> Sequence[Content]:
    """The contents to read next."""
    heads: list[Content] | tuple[Content, int] = pickle.loads(pipe.recv_bytes())  # noqa: S301 - our own
    if isinstance(heads, list):
        return heads
    content, size = heads
    source = Remote(size, functools.partial(_wanted, pipe)) if size else None
    return (replace(content, data=pipe.recv_bytes(), source=source),)


def _wanted(pipe: Connection, offset: int, length: int) -> bytes | LostError:
    """Ask the parent for a piece: an empty message goes before the reason why there is none."""
    reply(pipe, WANTED, (offset, length))
    if piece := pipe.recv_bytes():
        return piece
    lost: LostError | None = pickle.loads(pipe.recv_bytes())  # noqa: S301 - our own
    return lost or b""


def answer(pipe: Connection, content: Content, offset: int, length: int) -> None:
    """Give the worker the piece that it wants."""
    lost: LostError | None = None
    try:
        if content.source and (piece := content.source.read(offset, length)):
            pipe.send_bytes(piece)
            return
    except LostError as error:
        lost = error
    pipe.send_bytes(b"")
    pipe.send_bytes(pickle.dumps(lost, _PICKLE))
