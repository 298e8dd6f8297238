"""A first audit of the sample tenant, an unchanged second one, and one after one per cent changed.

Run as ``python tests/benchmarks/three_runs.py ITEMS``. Listing, reading, asking who can reach what,
and storing are real; the scan is a stand-in that finds something in one content of fifty. With
``read`` after it, worker processes read and judge the contents, pictures excepted. One JSON line:
CPU seconds of this process and of the workers, wall seconds, requests and resource units of each
run, bytes of the store after it, and the peak of this process' resident memory at half of the
first run and at the end.
"""

from __future__ import annotations

import asyncio
import json
import sys
import tempfile
import time
import zlib
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import psutil

from auditor import engine
from auditor.model import Content, Finding, Limits, Scan, State
from auditor.settings import Settings
from auditor.store import Store
from auditor.worker import Workers
from connectors._sample_tenant._company import company
from connectors._sample_tenant._handle import Tenant, running
from tests.benchmarks.pipe import NoScan, Watch, peak, settings_of

SOURCES = ("mail", "sharepoint", "onedrive")
CHANGED = 0.01
FOUND = Finding("", ("line 1",), "individual_number", "high", 1, 1, ("label",))


class Finds(NoScan):
    """Workers that look at nothing and find something in one content of fifty, always the same."""

    async def scan(self, contents: Sequence[Content]) -> Scan:
        size = sum(len(c.data) for c in contents)
        found = any(zlib.crc32(c.data) % 50 == 0 for c in contents)
        return Scan(State.COMPLETE, findings=(FOUND,) if found else (), bytes_read=size)


class Reads(Workers):
    """Real workers; notes the CPU seconds that they took, but those of any that were replaced."""

    spent = 0.0

    def __init__(self, *of: Any) -> None:
        self._before = {process.pid for process in below()}
        super().__init__(*of)

    async def aclose(self) -> None:
        for process in below():
            with suppress(psutil.Error):
                if process.pid not in self._before:
                    Reads.spent += sum(process.cpu_times()[:2])
        await super().aclose()


def below() -> list[psutil.Process]:
    """All processes that this one has started, the sample tenant's among them."""
    return psutil.Process().children(recursive=True)


def change(tenant: Tenant, items: int) -> int:
    """Add mails and files, as many as one per cent of all, spread over all; how many."""
    world = company(items)
    boxes = [user.id for user in world.users if world.folders(user) and not user.denied]
    drives = [drive.id for site in world.sites if not site.locked for drive in site.drives]
    count = round(items * CHANGED)
    for number in range(count):
        box, drive = boxes[number % len(boxes)], drives[number % len(drives)]
        text = f"連絡 {number}\n" * 20
        if number % 4:
            tenant.change("message", "add", mailbox=box, subject=f"連絡 {number}", body=text)
        else:
            tenant.change("file", "add", drive=drive, path=f"メモ/{number}.txt", data=text.encode())
    return count


def audited(settings: Settings, path: Path, watch: Watch) -> dict[str, Any]:
    """One run and what it took."""
    store = Store.open(path)
    Reads.spent = 0.0
    spent, began = time.process_time(), time.monotonic()
    (done,) = asyncio.run(engine.audit(settings, store, watch))
    told = {
        "cpu": round(time.process_time() - spent, 2),
        "workers": round(Reads.spent, 2),
        "seconds": round(time.monotonic() - began, 1),
        "listed": done.tally.listed,
        "findings": done.tally.findings,
        "requests": done.tally.requests,
        "units": done.tally.units,
        "state": done.state,
    }
    store.close()
    told["store"] = sum(file.stat().st_size for file in path.iterdir())
    return told


def main(items: int, *, read: bool) -> None:
    engine.Workers = Reads if read else Finds  # type: ignore[assignment,misc]
    with running(items=items, control=True) as tenant, tempfile.TemporaryDirectory() as folder:
        whole = settings_of(tenant)
        sources = {name: whole.sources[name] for name in SOURCES}
        settings = Settings(whole.tenants, sources, limits=Limits(ocr=False))
        path, watch = Path(folder, "workspace"), Watch(items)
        told: dict[str, Any] = {"items": items, "first": audited(settings, path, watch)}
        told["half"], told["end"] = watch.half, peak()
        told["second"] = audited(settings, path, watch)
        told["changes"] = change(tenant, items)
        told["changed"] = audited(settings, path, watch)
        told["peak"] = peak()
    print(json.dumps(told))


if __name__ == "__main__":
    main(int(sys.argv[1]), read="read" in sys.argv[2:])
