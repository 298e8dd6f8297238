"""A hostile file: made to hang, blow up, crash or lead astray whoever opens it."""

from __future__ import annotations

import random
import struct
import zlib
from collections.abc import Callable
from dataclasses import dataclass

from auditor.model import Reason, State

CANARY = "mynumber-audit-canary"
"""In the name of a file that external references lead to, and that nobody may open."""
OUTSIDE = f"file:///var/tmp/{CANARY}"
"""A place on this machine."""
ELSEWHERE = f"http://192.0.2.1/{CANARY}"
"""A place on the network: an address set aside for documentation."""

Maker = Callable[[], bytes]


@dataclass(frozen=True, slots=True)
class Hostile:
    """A maker and what a scan must say of its file, under the limits of the tests."""

    name: str
    file: str
    attack: str
    """What it attacks, in words."""
    made: Maker
    state: State
    reasons: frozenset[Reason]
    """Of all its gaps together."""


class Set:
    """The hostile files of one module, in its order."""

    def __init__(self) -> None:
        """None yet; :meth:`add` decorates their makers."""
        self.all: list[Hostile] = []

    def add(
        self, file: str, *reasons: Reason, state: State | None = None
    ) -> Callable[[Maker], Maker]:
        """Note a maker: its docstring says what it attacks.

        Without ``reasons`` the file must be read whole; with some it is read in part, unless
        ``state`` says that nothing of it can be.
        """
        expected = state or (State.PARTIAL if reasons else State.COMPLETE)

        def note(made: Maker) -> Maker:
            attack = (made.__doc__ or "").strip().rstrip(".")
            name = f"{file.rpartition('.')[2]}: {made.__name__.strip('_').replace('_', ' ')}"
            self.all.append(Hostile(name, file, attack, made, expected, frozenset(reasons)))
            return made

        return note


def deflated(size: int, byte: bytes = b"\0") -> bytes:
    """A raw Deflate stream of ``size`` (whole MiB) equal bytes, made without unpacking them."""
    packer = zlib.compressobj(9, wbits=-15)
    block = packer.compress(byte * (1 << 20)) + packer.flush(zlib.Z_FULL_FLUSH)
    return block * (size >> 20) + b"\x03\x00"


def zlibbed(size: int, byte: bytes = b"\0") -> bytes:
    """The same as a zlib stream; its checksum is wrong, which only its end would show."""
    return b"\x78\x9c" + deflated(size, byte) + bytes(4)


def noise(size: int, seed: str) -> bytes:
    """Bytes that nothing packs."""
    return random.Random(seed).randbytes(size)


def chunk(kind: bytes, body: bytes) -> bytes:
    """A chunk of a PNG."""
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
