"""The stages that talk to a service: list, fetch, and a whole audit. It is the sample tenant."""

from __future__ import annotations

import asyncio
import ssl
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path

import aiohttp
import orjson
import pytest

from auditor import engine
from auditor.model import Content, Limits, Scan
from auditor.parts import Part, fold
from auditor.progress import Silent
from auditor.scan import scan
from auditor.settings import Settings
from auditor.store import Store
from connectors import Item, load
from connectors._graph import Graph
from connectors._lane import Ask
from connectors._sample_tenant._handle import Tenant, running
from tests.benchmarks.cost import Held, listed
from tests.benchmarks.pipe import NoScan, settings_of
from tests.benchmarks.stages import Stage

ITEMS, READ, WHOLE = 4_000, 300, 1_200
"""Items listed; read; of a whole audit."""


@contextmanager
def listing() -> Iterator[Stage]:
    """Pages of mails and files made into items, with the answers at hand."""
    with pytest.MonkeyPatch.context() as patch, running(items=ITEMS) as tenant:
        held = Held()

        async def fetch(graph: Graph, ask: Ask) -> bytes:
            return await held.fetch(graph, ask)

        patch.setattr(Graph, "fetch", fetch)

        def ours() -> None:
            for name in ("mail", "onedrive", "sharepoint"):
                asyncio.run(listed(tenant, name))

        ours()
        every = [answer for answer in held._kept.values() if isinstance(answer, bytes)]
        answers = [answer for answer in every if answer[:1] == b"{"]  # a page of a site is a file
        yield Stage("`orjson.loads` of the same answers", ours, lambda: parsed(answers))


def parsed(answers: Sequence[bytes]) -> None:
    for answer in answers:
        orjson.loads(answer)


@contextmanager
def fetching() -> Iterator[Stage]:
    """Files read from the service over TLS."""
    with running(items=ITEMS) as tenant:
        items = asyncio.run(_items(tenant))
        yield Stage(
            "`aiohttp` reading the same addresses",
            lambda: asyncio.run(_read(tenant, items)),
            lambda: asyncio.run(_gotten(tenant, items)),
        )


async def _items(tenant: Tenant) -> list[Item]:
    settings = settings_of(tenant)
    access = settings.tenants[0].access()
    source = load("onedrive").Source(settings.sources["onedrive"], access)
    found: list[Item] = []
    async for place in source.partitions():
        async for page in source.pages(place, {}):
            found += [item for item in page.items if item.size and item.facts.get("link")]
        if len(found) >= READ:
            break
    await access.aclose()
    assert len(found) >= READ
    return found[:READ]


async def _read(tenant: Tenant, items: Sequence[Item]) -> None:
    settings = settings_of(tenant)
    access = settings.tenants[0].access()
    source = load("onedrive").Source(settings.sources["onedrive"], access)
    for item in items:
        async for body in source.read(item):
            data, more = await body.head(item.size or 0)
            assert (len(data), more) == (item.size, False)
    await access.aclose()


async def _gotten(tenant: Tenant, items: Sequence[Item]) -> None:
    trust = ssl.create_default_context(cafile=tenant.ca_file)
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(ssl=trust)) as session:
        for item in items:
            async with session.get(item.facts["link"]) as answer:
                assert len(await answer.read()) == item.size


class Here:
    """One content after the other in this process, so that its CPU time is seen."""

    def __init__(self, _: int, limits: Limits, key: bytes) -> None:
        self._limits, self._key = limits, key

    async def scan(self, contents: Sequence[Content]) -> Scan:
        emitted: list[Part] = []
        for content in contents:
            scan(content, self._limits, key=self._key, emit=emitted.append)
        return fold(emitted)

    async def aclose(self) -> None: ...


@contextmanager
def whole() -> Iterator[Stage]:
    """An audit of the sample tenant in this process, but for its pictures."""
    with ExitStack() as stack:
        tenant = stack.enter_context(running(items=WHOLE))
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        settings, numbers = settings_of(tenant), iter(range(1_000))
        reading = replace(settings, limits=replace(settings.limits, ocr=False))

        def audited(workers: Callable[..., object]) -> None:
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(engine, "Workers", workers)
                _audited(reading, Path(folder, f"{next(numbers)}"))

        yield Stage(
            "the same without looking into anything",
            lambda: audited(Here),
            lambda: audited(NoScan),
            3,
        )


def _audited(settings: Settings, path: Path) -> None:
    store = Store.open(path)
    (done,) = asyncio.run(engine.audit(settings, store, Silent()))
    store.close()
    assert done.tally.listed >= WHOLE
