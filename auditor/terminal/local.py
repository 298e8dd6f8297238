"""``scan``: files and folders of this machine through the pipeline of an audit, without workspace.

The folder connector lists and reads, worker processes scan; nothing is kept but what is printed.
"""

from __future__ import annotations

import asyncio
import os
import secrets
import sys
from collections import deque
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import connectors
from auditor.executor import Local, gap_of
from auditor.model import Content, Finding, Gap, Limits, Outcome, Scan, State
from auditor.redact import mask
from auditor.settings import LOCAL, processors
from auditor.worker import Workers
from auditor.workspace import identifier
from connectors import Connector, ConnectorError, Item

__all__ = ["COVERAGE", "FINDING", "STDIN", "Result", "coverage_row", "finding_row", "look_through"]

STDIN = "-"
FINDING = ("item", "part", "locations", "kind", "confidence", "count", "distinct", "reasons")
COVERAGE = (
    "source",
    "partition",
    "item_id",
    "item",
    "part",
    "state",
    "reason",
    "detail",
    "bytes_read",
    "bytes_total",
    "suspect",
    "permission",
)
"""The contract's columns, in its order."""

_AHEAD = 512
"""Items on their way at a time, so that a slow one holds up few. The executor bounds bytes."""
_SALT = secrets.token_hex(16)
"""Ids tell rows apart within this process only: a lasting hash of a name might be undone."""


@dataclass(frozen=True, slots=True)
class Result:
    """What came of one file, or of a folder that could not be listed."""

    partition: str
    """The path as given, masked."""
    item: str
    """The path as given and the path below it, joined by ``/``, masked."""
    item_id: str
    scan: Scan

    @property
    def state(self) -> State:
        """What became of it."""
        return self.scan.state


def finding_row(result: Result, finding: Finding) -> dict[str, Any]:
    """One finding as ``scan`` prints it: the columns :data:`FINDING`."""
    return {
        "item": result.item,
        "part": finding.part,
        "locations": list(finding.locations),
        "kind": finding.kind,
        "confidence": finding.confidence,
        "count": finding.count,
        "distinct": finding.distinct,
        "reasons": list(finding.reasons),
    }


def coverage_row(result: Result, gap: Gap) -> dict[str, Any]:
    """One gap with the columns :data:`COVERAGE`."""
    return {
        "source": "folder",
        "partition": result.partition,
        "item_id": result.item_id,
        "item": result.item,
        "part": gap.part,
        "state": result.state.value,
        "reason": gap.reason.value,
        "detail": gap.detail,
        "bytes_read": gap.bytes_read,
        "bytes_total": gap.bytes_total,
        "suspect": gap.suspect,
        "permission": gap.permission,
    }


async def look_through(
    paths: Sequence[str], limits: Limits, name: str
) -> AsyncGenerator[Result, None]:
    """Scan every file below ``paths`` in the order given; ``-`` is standard input called ``name``.

    Raises RuntimeError when no worker process can be started.
    """
    workers = Workers(_count(paths), limits, secrets.token_bytes(32))
    executor = Local(workers, limits)
    try:
        for path in paths:
            if path == STDIN:
                yield await _standard_input(workers, limits, name)
                continue
            async with aclosing(_below(path, executor)) as results:
                async for result in results:
                    yield result
    finally:
        await executor.aclose()


def _count(paths: Sequence[str]) -> int:
    """A worker a processor; one where there is but one file."""
    single = len(paths) == 1 and not Path(paths[0]).is_dir()
    return 1 if single else processors()


async def _standard_input(workers: Workers, limits: Limits, name: str) -> Result:
    most = min(limits.bytes, limits.held_bytes)
    data = await asyncio.to_thread(sys.stdin.buffer.read, most + 1)
    content = Content(name, data[:most], truncated=len(data) > most)
    shown = mask(name) or STDIN
    return Result(STDIN, shown, identifier(_SALT, STDIN), await workers.scan([content]))


async def _below(path: str, executor: Local) -> AsyncGenerator[Result, None]:
    """The files of one path, in the order of the listing; so many on their way at a time."""
    module = connectors.load("folder")
    source: Connector = module.Source(module.Settings(paths=(path,)), LOCAL.access())
    tasks: deque[asyncio.Task[list[Outcome]]] = deque()
    try:
        async for partition in source.partitions():
            try:
                async for page in source.pages(partition, {}):
                    for item in page.items:
                        tasks.append(asyncio.create_task(executor.work(source, [item])))
                        if len(tasks) >= _AHEAD:
                            yield _result(path, (await tasks.popleft())[0])
            except ConnectorError as error:
                yield _unlisted(path, error)
            while tasks:
                yield _result(path, (await tasks.popleft())[0])
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await source.aclose()


def _result(path: str, outcome: Outcome) -> Result:
    item = outcome.item
    scan = outcome.scan or Scan(outcome.state)
    given = mask(path)
    return Result(given, mask(_place(path, item)), identifier(_SALT, path, item.id), scan)


def _place(path: str, item: Item) -> str:
    """A file given by itself is called as it was given; else its place below the folder follows."""
    if item.partition.facts.get("file"):
        return path
    below = "/".join(part for part in (item.path, item.name) if part)
    above = path.rstrip(f"/{os.sep}")
    return f"{above}/{below}"


def _unlisted(path: str, error: ConnectorError) -> Result:
    scan = Scan(State.NOT_ASSESSED, gaps=(gap_of(error),))
    return Result(mask(path), mask(path), identifier(_SALT, path, ""), scan)
