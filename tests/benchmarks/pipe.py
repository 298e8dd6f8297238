"""An audit of the sample tenant without detection, in a process of its own; prints its cost.

Run as ``python tests/benchmarks/pipe.py ITEMS``: listing, reading and storing are real, the scan
is a stand-in that reads nothing. One JSON line: items, CPU seconds of the work, peak RSS in bytes
at half of the items and at the end.
"""

from __future__ import annotations

import asyncio
import json
import resource
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from auditor import engine
from auditor.model import Content, Scan, State
from auditor.progress import Silent, Tally
from auditor.settings import Settings, TenantSettings
from auditor.store import Store
from connectors import load
from connectors._identity import Auth, Cloud
from connectors._sample_tenant._handle import Tenant, running

SOURCES = ("mail", "sharepoint", "onedrive", "blob")


class NoScan:
    """Workers that look at nothing."""

    def __init__(self, *_: Any) -> None: ...

    async def scan(self, contents: Sequence[Content]) -> Scan:
        return Scan(State.COMPLETE, bytes_read=sum(len(c.data) for c in contents))

    async def aclose(self) -> None: ...


class Watch(Silent):
    """Notes the peak memory when half of the items are booked."""

    def __init__(self, items: int) -> None:
        self.items = items
        self.booked = 0
        self.half = 0

    def progress(self, source: str, tally: Tally) -> None:
        self.booked += tally.listed
        if not self.half and self.booked >= self.items / 2:
            self.half = peak()


def peak() -> int:
    """Peak resident bytes of this process so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def settings_of(tenant: Tenant) -> Settings:
    cloud = Cloud(
        "sample", tenant.authority, tenant.graph, tenant.resource_manager, str(tenant.ca_file)
    )
    secret = {"AZURE_CLIENT_SECRET": tenant.client_secret}
    one = TenantSettings(
        tenant.tenant_id, "bench", Auth("client-secret", tenant.client_id), cloud, secret
    )
    sources = {name: load(name).Settings() for name in SOURCES}
    sources["blob"] = load("blob").Settings(accounts=(tenant.blob,))
    return Settings((one,), sources)


def main(items: int) -> None:
    engine.Workers = NoScan  # type: ignore[assignment,misc]
    with running(items=items) as tenant, tempfile.TemporaryDirectory() as folder:
        store = Store.open(Path(folder, "workspace"))
        watch = Watch(items)
        started = time.process_time()
        (summary,) = asyncio.run(engine.audit(settings_of(tenant), store, watch))
        spent = time.process_time() - started
        store.close()
    print(
        json.dumps(
            {
                "items": summary.tally.listed,
                "requests": summary.tally.requests,
                "cpu": spent,
                "half": watch.half,
                "peak": peak(),
            }
        )
    )


if __name__ == "__main__":
    main(int(sys.argv[1]))
