"""A first and an unchanged second audit of the sample tenant, against the least the API allows.

Run as ``python tests/benchmarks/cost.py ITEMS``. One JSON line: for both runs what was asked
(requests, resource units, bytes of answers) and the lower bound, and the CPU of listing alone.

The bound, by the published shape of the API: mail, a page of 100 messages or a delta call a folder,
one MIME request a mail with attachments, two requests a mailbox; drives, a page of 500 entries or a
delta call a drive, one download a file; sites, one request each for subsites, libraries, lists and
pages; lists, a delta call each. In resource units a delta's first page and every collection cost 2,
whatever goes on from a token and every download 1. In bytes, every distinct file and every mail
with attachments once, and each page of a listing once: nothing twice or refused, no sign-in and no
question about permissions. Folders are asked two or more in a batch, whose envelope (about 200
bytes a part, 3 % of an unchanged run) is counted as the service's.

Listing is timed with the answers at hand, so that neither the line nor the service counts.
"""

from __future__ import annotations

import asyncio
import json
import math
import re
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from auditor import engine
from auditor.progress import Silent
from auditor.settings import Settings
from auditor.store import Store
from connectors import ConnectorError, load
from connectors._graph import Graph
from connectors._lane import Ask
from connectors._sample_tenant._company import company
from connectors._sample_tenant._handle import Tenant, running
from connectors._sample_tenant._model import MailFolder, World
from tests.benchmarks.pipe import NoScan, settings_of

SOURCES = ("mail", "sharepoint", "onedrive")
LISTED = 20_000
"""Items of the tenant whose listing is timed."""
_CONTENT = re.compile(r"/\$value$|/content$|download\.aspx$")
_ASIDE = re.compile(r"/permissions$|/token$|/transitiveMembers$|/columns$")
"""What no listing needs."""


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


def content(world: World) -> int:
    """Bytes of what has to be read beside the listings: files, and mails with attachments."""
    files = {f.quick_xor_hash: f.size for s in world.sites if not s.locked
             for d in s.drives for f in d.files}  # fmt: skip
    mails = (
        len(message.mime())
        for user in world.users
        if not user.denied
        for folder in _all(world.folders(user))
        for message in folder.messages
        if message.attachments
    )
    return sum(files.values()) + sum(mails)


def answered(lines: Sequence[bytes]) -> tuple[int, int]:
    """Bytes of all answers, and of the pages of listings, each once, by the service's record."""
    whole = 0
    pages: dict[tuple[str, str], int] = {}
    for number, line in enumerate(lines):
        row = json.loads(line)
        if row["batched"]:  # in the answer of its batch
            continue
        whole += row["bytes"]
        aside = _CONTENT.search(row["path"]) or _ASIDE.search(row["path"])
        if row["status"] < 300 and not aside:
            which = f"{number}" if row["method"] == "POST" else row["query"]
            pages.setdefault((row["path"], which), row["bytes"])
    return whole, sum(pages.values())


class Held:
    """Graph's answers, kept at the first listing and given again at the next."""

    def __init__(self) -> None:
        self._fetch = Graph.fetch
        self._kept: dict[tuple[str, bytes], bytes | ConnectorError] = {}

    async def fetch(self, graph: Graph, ask: Ask) -> bytes:
        what = ask.what
        key = (what, b"") if isinstance(what, str) else (what.url, what.content or b"")
        if key not in self._kept:
            try:
                self._kept[key] = await self._fetch(graph, ask)
            except ConnectorError as error:
                self._kept[key] = error
        found = self._kept[key]
        if isinstance(found, ConnectorError):
            raise found
        return found


async def listed(tenant: Tenant, name: str) -> tuple[int, float]:
    """Items of a source, and the CPU seconds of listing them."""
    settings = settings_of(tenant)
    access = settings.tenants[0].access()
    source = load(name).Source(settings.sources[name], access)
    count, began = 0, time.process_time()
    async for partition in source.partitions():
        try:
            async for page in source.pages(partition, {}):
                count += len(page.items)
        except ConnectorError:  # a mailbox that is denied, a site that is locked
            continue
    spent = time.process_time() - began
    await access.aclose()
    return count, spent


def listing(items: int) -> dict[str, float]:
    """CPU microseconds an item of listing each source, and all of them; the best of three."""
    best = {}
    with pytest.MonkeyPatch.context() as patch, running(items=items) as tenant:
        held = Held()

        async def fetch(graph: Graph, ask: Ask) -> bytes:
            return await held.fetch(graph, ask)

        patch.setattr(Graph, "fetch", fetch)
        for name in SOURCES:
            asyncio.run(listed(tenant, name))
            rounds = [asyncio.run(listed(tenant, name)) for _ in range(3)]
            best[name] = min(rounds, key=lambda found: found[1])
    every = (sum(count for count, _ in best.values()), sum(spent for _, spent in best.values()))
    return {name: spent / count * 1e6 for name, (count, spent) in {**best, "all": every}.items()}


def main(items: int) -> None:
    engine.Workers = NoScan  # type: ignore[assignment,misc]
    world = company(items)
    told: dict[str, Any] = {"items": world.items}
    with tempfile.TemporaryDirectory() as folder:
        record = Path(folder, "record")
        with running(items=items, record=record) as tenant:
            whole = settings_of(tenant)
            settings = Settings(whole.tenants, {name: whole.sources[name] for name in SOURCES})
            at = 0
            for run in ("first", "second"):
                store = Store.open(Path(folder, "workspace"))
                started = time.process_time()
                (summary,) = asyncio.run(engine.audit(settings, store, Silent()))
                spent = time.process_time() - started
                store.close()
                lines = record.read_bytes()[at:]
                at += len(lines)
                carried, pages = answered(lines.splitlines())
                least = bound(world, first=run == "first")
                least["bytes"] = pages + (content(world) if run == "first" else 0)
                told[run] = {
                    "requests": summary.tally.requests,
                    "units": summary.tally.units,
                    "bytes": carried,
                    "cpu": spent,
                    "bound": least,
                }
    told["listing"] = listing(min(items, LISTED))
    print(json.dumps(told))


if __name__ == "__main__":
    main(int(sys.argv[1]))
