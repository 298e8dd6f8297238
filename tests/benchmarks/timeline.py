"""Who waits for whom: an audit with its worker processes, looked at every five milliseconds.

Run as ``python tests/benchmarks/timeline.py ITEMS``. One JSON line: shares of the time in which the
network had something under way, worker processes had work, all of them had, the store was
written, and nobody did anything; and how many ticks were taken.

Pictures are left unread: writing in them takes seconds each, and would hide all the rest.
"""

from __future__ import annotations

import asyncio
import json
import sys
import tempfile
import threading
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, Self

from auditor import engine
from auditor.model import Content, Limits, Scan
from auditor.progress import Silent
from auditor.settings import Settings
from auditor.store import Store
from auditor.worker import Workers
from connectors._lane import Lane
from connectors._sample_tenant._handle import running
from tests.benchmarks.pipe import settings_of

SOURCES = ("mail", "sharepoint", "onedrive")
TICK = 0.005
PROCESSES = 2


class Timeline:
    """Counts of what is under way, and how often each was seen."""

    def __init__(self) -> None:
        self.requests = self.scans = self.writes = 0
        self.seen: list[tuple[int, int, int]] = []
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def _watch(self) -> None:
        while not self._over.wait(TICK):
            self.seen.append((self.requests, self.scans, self.writes))

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def share(self, holds: Callable[[int, int, int], bool]) -> float:
        """Share of the ticks between the first and the last with work in which something holds."""
        busy = [at for at, seen in enumerate(self.seen) if any(seen)]
        some = self.seen[busy[0] : busy[-1] + 1]
        return round(sum(holds(*seen) for seen in some) / len(some), 3)


def watched(line: Timeline) -> None:
    """Let the lane, the workers and the store tell the timeline."""
    opened, commit = Lane.open, Store.commit

    @asynccontextmanager
    async def open_(lane: Lane, *given: Any) -> AsyncIterator[Any]:
        line.requests += 1
        try:
            async with opened(lane, *given) as answer:
                yield answer
        finally:
            line.requests -= 1

    def written(store: Store, *given: Any) -> None:
        line.writes += 1
        try:
            commit(store, *given)
        finally:
            line.writes -= 1

    class Watched(Workers):
        def __init__(self, count: int, limits: Limits, key: bytes) -> None:
            super().__init__(PROCESSES, replace(limits, ocr=False), key)

        async def scan(self, contents: Sequence[Content]) -> Scan:
            line.scans += 1
            try:
                return await super().scan(contents)
            finally:
                line.scans -= 1

    Lane.open, Store.commit = open_, written  # type: ignore[method-assign,assignment]
    engine.Workers = Watched  # type: ignore[misc]


def main(items: int) -> None:
    line = Timeline()
    watched(line)
    with running(items=items) as tenant, tempfile.TemporaryDirectory() as folder:
        whole = settings_of(tenant)
        settings = Settings(whole.tenants, {name: whole.sources[name] for name in SOURCES})
        store = Store.open(Path(folder, "workspace"))
        began = time.monotonic()
        with line:
            (done,) = asyncio.run(engine.audit(settings, store, Silent()))
        seconds = time.monotonic() - began
        store.close()
    told = {
        "items": done.tally.listed,
        "seconds": round(seconds, 1),
        "ticks": len(line.seen),
        "network": line.share(lambda requests, _scans, _writes: requests > 0),
        "workers": line.share(lambda _requests, scans, _writes: scans > 0),
        "all_workers": line.share(lambda _requests, scans, _writes: scans >= PROCESSES),
        "store": line.share(lambda _requests, _scans, writes: writes > 0),
        "store_alone": line.share(lambda r, s, w: w > 0 and not r and not s),
        "nobody": line.share(lambda r, s, w: not (r or s or w)),
    }
    print(json.dumps(told))


if __name__ == "__main__":
    main(int(sys.argv[1]))
