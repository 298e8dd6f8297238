"""A first and an unchanged second audit of the sample tenant, against the least the API allows.

Run as ``python tests/benchmarks/cost.py ITEMS``. One JSON line: for both runs what was asked
(requests, resource units) and the lower bound, and the CPU of listing alone.

The bound, by the published shape of the API: mail, a page of 100 messages or a delta call a folder,
one MIME request a mail with attachments, two requests a mailbox; drives, a page of 500 entries or a
delta call a drive, one download a file; sites, one request each for subsites, libraries, lists and
pages; lists, a delta call each. In resource units a delta's first page and every collection cost 2,
whatever goes on from a token and every download 1.
"""

from __future__ import annotations

import asyncio
import json
import math
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from auditor import engine
from auditor.progress import Silent
from auditor.settings import Settings
from auditor.store import Store
from connectors._sample_tenant._company import company
from connectors._sample_tenant._handle import running
from connectors._sample_tenant._model import MailFolder, World
from tests.benchmarks.pipe import NoScan, settings_of

SOURCES = ("mail", "sharepoint", "onedrive")


def _all(folders: Sequence[MailFolder]) -> Iterator[MailFolder]:
    for folder in folders:
        yield folder
        yield from _all(folder.children)


def bound(world: World, *, first: bool) -> dict[str, int]:
    """Requests and resource units below which nobody can list and read the tenant."""
    requests = units = 0
    for user in world.users:
        folders = list(_all(world.folders(user)))
        if not folders or user.denied:
            continue
        requests += 2
        for folder in folders:
            pages = math.ceil(len(folder.messages) / 100) if first else 1
            requests += max(1, pages)
            if first:
                requests += sum(bool(m.attachments) for m in folder.messages)
    for site in world.sites:
        asked = 1 if site.personal or site.locked else 4
        requests, units = requests + asked, units + 2 * asked
        if site.locked:
            continue
        for drive in site.drives:
            files = [file for file in drive.files if file.size]
            entries = len(files) + len({file.folder for file in files}) + 1
            pages = max(1, math.ceil(entries / 500)) if first else 1
            distinct = len({file.quick_xor_hash for file in files}) if first else 0
            requests += pages + distinct
            units += pages + (1 if first else 0) + distinct
        requests, units = requests + len(site.lists), units + (2 if first else 1) * len(site.lists)
        if first:
            requests, units = requests + len(site.pages), units + len(site.pages)
    return {"requests": requests, "units": units}


def main(items: int) -> None:
    engine.Workers = NoScan  # type: ignore[assignment,misc]
    world = company(items)
    told: dict[str, object] = {"items": world.items}
    with running(items=items) as tenant, tempfile.TemporaryDirectory() as folder:
        whole = settings_of(tenant)
        settings = Settings(whole.tenants, {name: whole.sources[name] for name in SOURCES})
        for run in ("first", "second"):
            store = Store.open(Path(folder, "workspace"))
            started = time.process_time()
            (summary,) = asyncio.run(engine.audit(settings, store, Silent()))
            tally = summary.tally
            told[run] = {
                "requests": tally.requests,
                "units": tally.units,
                "cpu": time.process_time() - started,
                "bound": bound(world, first=run == "first"),
            }
            store.close()
    print(json.dumps(told))


if __name__ == "__main__":
    main(int(sys.argv[1]))
