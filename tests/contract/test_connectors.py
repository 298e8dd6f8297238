"""What every connector promises, whoever wrote it: the folder's members and the hostile one.

Nothing of an item is printed: its names and content may hold numbers.
"""

from __future__ import annotations

import dataclasses
import inspect
import subprocess
import sys
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

import connectors
from connectors import Body, ConnectorError, Grant, Item, Page, Partition
from connectors._model import METER, Meter, Need

ROOT = Path(__file__).parents[2]
NAMES = [*connectors.names(), "hostile"]
LIST_ANEW = frozenset({"azure_files", "azure_queues", "blob", "folder", "intune"})
READ = 5
"""Items of a partition whose content is read."""

LOAD = """
import sys, connectors
connectors.__path__.append({folder!r})
connectors.load({name!r})
heavy = "azure msal msgraph msgraph_core kiota_abstractions kiota_http httpx aiohttp pandas"
print(*sorted(set(heavy.split()) & set(sys.modules)))
"""

every = pytest.mark.parametrize("subject", NAMES, indirect=True)


async def listed(subject: Any, partition: Partition, cursors: dict[str, str]) -> list[Page]:
    """All pages; what was yielded before an error that belongs to the partition."""
    found: list[Page] = []
    try:
        async for page in subject.source.pages(partition, cursors):
            found.append(page)  # noqa: PERF401 — what came before the error counts
    except ConnectorError:
        pass
    return found


def facts(item: Item) -> tuple[Any, ...]:
    """What two listings must say alike of an item."""
    return (item.id, item.name, item.version, item.size, item.modified, item.url, item.digest)


async def places(subject: Any) -> list[Partition]:
    return [partition async for partition in subject.source.partitions()]


async def everything(subject: Any) -> list[tuple[Partition, list[Page]]]:
    return [(place, await listed(subject, place, {})) for place in await places(subject)]


async def some(subject: Any) -> list[Item]:
    """A few items of each partition, from its beginning and its end."""
    found: list[Item] = []
    for _, pages in await everything(subject):
        items = list({item.id: item for page in pages for item in page.items}.values())
        found += items[:READ] + items[READ:][-2:]
    return found


@pytest.mark.parametrize("name", NAMES)
def test_a_module_has_what_the_folder_asks_for(name: str, with_hostile: None) -> None:
    module = connectors.load(name)
    assert dataclasses.is_dataclass(module.Settings)
    assert module.Settings.__dataclass_params__.frozen
    assert module.Settings() == module.Settings()
    assert isinstance(module.NEEDS, tuple)
    assert all(isinstance(need, Need) and need.permission and need.opens for need in module.NEEDS)
    assert list(inspect.signature(module.Source).parameters) == ["settings", "access"]
    for method in ("partitions", "pages", "read"):
        assert inspect.isasyncgenfunction(getattr(module.Source, method))
    for method in ("grants", "lookup", "aclose"):
        assert inspect.iscoroutinefunction(getattr(module.Source, method))
    assert module.__doc__


@pytest.mark.parametrize("name", NAMES)
def test_importing_it_loads_no_sdk(name: str) -> None:
    code = LOAD.format(name=name, folder=str(Path(__file__).parent / "sources"))
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == []


@every
async def test_partitions_are_unique_and_the_same_each_time(subject: Any) -> None:
    first, second = await places(subject), await places(subject)
    assert first
    assert len({place.id for place in first}) == len(first)
    assert [(p.id, p.name) for p in first] == [(p.id, p.name) for p in second]
    assert {p.source for p in first} == {subject.name}
    assert all(p.id and p.tenant for p in first)


@every
async def test_listing_twice_gives_the_same_items(subject: Any) -> None:
    for place in await places(subject):
        runs = [await listed(subject, place, {}) for _ in range(2)]
        ids = [[facts(item) for page in pages for item in page.items] for pages in runs]
        assert (ids[0] == ids[1]) is True
        assert not any(page.gone or page.restart for pages in runs for page in pages)


@every
async def test_an_id_means_one_item(subject: Any) -> None:
    """A service may name an item twice; two items never share an id."""
    count = 0
    for place, pages in await everything(subject):
        known: dict[str, set[Any]] = defaultdict(set)
        for page in pages:
            for item in page.items:
                known[item.id].add(facts(item))
                assert (item.partition == place) is True
                assert item.id
        assert {len(seen) for seen in known.values()} <= {1}
        count += len(known)
    assert count > 5


@every
async def test_a_stream_ends_once_and_streams_do_not_mix(subject: Any) -> None:
    for place in await places(subject):
        pages: list[Page] = []
        failed = False
        try:
            async for page in subject.source.pages(place, {}):
                pages.append(page)  # noqa: PERF401 — what came before the error counts
        except ConnectorError:
            failed = True
        streams = [page.stream for page in pages]
        done = [page.stream for page in pages if page.done]
        assert len(done) == len(set(done))
        assert failed or set(done) == set(streams)
        assert failed or done  # an empty partition is one page that says so


@every
async def test_going_on_from_any_page_loses_nothing(subject: Any) -> None:
    resumed = 0
    for place, pages in await everything(subject):
        whole = {item.id for page in pages for item in page.items}
        for number, page in enumerate(pages):
            if page.done or not page.cursor or number % 3:  # every third is enough
                continue
            before = {item.id for earlier in pages[: number + 1] for item in earlier.items}
            rest = await listed(subject, place, {page.stream: page.cursor})
            after = {item.id for later in rest for item in later.items}
            assert (before | after >= whole) is True
            resumed += 1
    assert resumed or subject.name in LIST_ANEW


@every
async def test_the_next_run_starts_where_this_one_ended(subject: Any) -> None:
    for place, pages in await everything(subject):
        cursors = {page.stream: page.cursor for page in pages if page.done}
        if not cursors or not all(cursors.values()):
            continue
        again = await listed(subject, place, cursors)
        unchanged = not any(page.items or page.gone for page in again)
        restarted = any(page.restart for page in again)
        assert unchanged or restarted
        assert {page.stream for page in again if page.done} == set(cursors)


@every
async def test_content_can_be_read_again_and_by_ranges(subject: Any) -> None:
    read = 0
    for item in await some(subject):
        try:
            bodies = [body async for body in subject.source.read(item)]
        except ConnectorError:
            continue
        assert bodies or item.row  # of a row the listing has everything
        assert len({body.part for body in bodies}) == len(bodies)
        for body in bodies:
            read += await _same_every_time(body)
    assert read > 3


async def _same_every_time(body: Body) -> bool:
    async def piece(offset: int = 0, length: int | None = None) -> bytes:
        return b"".join([chunk async for chunk in body.chunks(offset, length)])

    try:
        whole = await piece()
    except ConnectorError:
        return False
    size = len(whole)
    assert (await piece() == whole) is True
    for offset, length in ((0, 3), (1, 5), (size // 2, None), (size, 4), (size + 7, None), (2, 0)):
        end = None if length is None else offset + length
        assert (await piece(offset, length) == whole[offset:end]) is True
    assert (await body.head(size) == (whole, False)) is True
    if size > 1:
        assert (await body.head(size - 1) == (whole[:-1], True)) is True
    return True


@every
async def test_grants_answer_in_order_one_each(subject: Any) -> None:
    by_place: dict[str, list[Item]] = defaultdict(list)
    for item in await some(subject):
        by_place[item.partition.id].append(item)
    assert await subject.source.grants([]) == []
    for items in by_place.values():
        answers = await subject.source.grants(items)
        assert len(answers) == len(items)
        assert all(_is_answer(answer) for answer in answers)
        backwards = await subject.source.grants(items[::-1])
        assert ([_plain(a) for a in backwards[::-1]] == [_plain(a) for a in answers]) is True


def _is_answer(answer: Any) -> bool:
    if isinstance(answer, ConnectorError):
        return True
    return bool(answer) and all(isinstance(grant, Grant) for grant in answer)


def _plain(answer: Sequence[Grant] | ConnectorError) -> Any:
    return type(answer) if isinstance(answer, ConnectorError) else list(answer)


@every
async def test_a_second_look_finds_what_is_there_and_nothing_else(subject: Any) -> None:
    found = 0
    for place, pages in await everything(subject):
        items = list({item.id: item for page in pages for item in page.items}.values())[:4]
        ids = [item.id for item in items]
        again = await subject.source.lookup(place, [subject.unknown, *ids]) if ids else []
        said, known = ({(i.id, i.name, i.version) for i in some} for some in (again, items))
        assert (said == known) is True
        found += len(again)
    assert found > 3


@every
async def test_the_meter_counts_what_the_service_saw(subject: Any) -> None:
    meter = Meter()
    token = METER.set(meter)
    try:
        items = await some(subject)
        size = sum([await _size(subject, item) for item in items[:4]])
        await subject.source.grants(items[:3])
    finally:
        METER.reset(token)
    assert meter.requests == (subject.requests() if subject.requests else 0)
    assert size > 0
    assert meter.throttled < 1


async def _size(subject: Any, item: Item) -> int:
    held = sum(map(len, item.row.values()))
    try:
        bodies = [body async for body in subject.source.read(item)]
        return held + sum([len(chunk) for body in bodies async for chunk in body.chunks()])
    except ConnectorError:
        return held


@every
async def test_closing_twice_is_closing_once(subject: Any) -> None:
    assert await places(subject)
    await subject.source.aclose()
    await subject.source.aclose()


async def test_the_hostile_one_misbehaves_within_the_contract(
    with_hostile: None, tmp_path: Path
) -> None:
    """It is here to be met, so it must be what it says."""
    module = connectors.load("hostile")
    assert {"error", "size", "grants"} <= {f.name for f in dataclasses.fields(module.File)}
    assert {"repeats", "void", "error_after"} <= {
        f.name for f in dataclasses.fields(module.Library)
    }
