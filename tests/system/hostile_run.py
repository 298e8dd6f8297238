"""Hostile and damaged files through the worker processes of one pool, under tight limits."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Iterable, Iterator
from contextlib import aclosing
from dataclasses import dataclass

from auditor.model import Content, Limits, Scan
from auditor.worker import Workers
from fixtures.damage import damaged
from probes.every import PROBES

LIMITS = Limits(
    bytes=16 << 20,
    expanded_bytes=64 << 20,
    members=500,
    seconds=3.0,
    worker_memory=768 << 20,
    ocr=False,
)
"""Small, so that what must be ended is ended soon."""
KEY = b"k" * 32


@dataclass(frozen=True, slots=True)
class Read:
    """What came of one file, and the seconds it took."""

    name: str
    scan: Scan
    seconds: float

    @property
    def outcome(self) -> tuple[str, list[str]]:
        """Its state, and the reasons of its gaps, each once."""
        return self.scan.state.value, sorted({gap.reason.value for gap in self.scan.gaps})


async def read(files: Iterable[tuple[str, Content]], workers: int = 2) -> list[Read]:
    """Read (name, content) one after the other in so many processes; made when their turn comes."""
    left = iter(files)
    done: list[Read] = []
    async with aclosing(Workers(workers, LIMITS, KEY)) as pool:

        async def attend() -> None:
            for name, content in left:
                started = time.monotonic()
                scan = await pool.scan([content])
                done.append(Read(name, scan, time.monotonic() - started))

        await asyncio.gather(*(attend() for _ in range(workers)))
    return done


def damaged_probes(count: int) -> Iterator[tuple[str, Content]]:
    """So many damaged files, of every format in turn, the same in every run."""
    formats: dict[str, list[str]] = {}
    for name, probe in PROBES.items():
        formats.setdefault(probe.format, []).append(name)
    rng = random.Random("damaged probes")
    for number in range(count):
        kind = sorted(formats)[number % len(formats)]
        probe = PROBES[rng.choice(formats[kind])]
        (*_, copy) = damaged(probe.made(probe.number), f"{probe.name} {number}", 1 + number % 3)
        yield f"{probe.name}, damaged, {number}", Content(probe.file, copy)
