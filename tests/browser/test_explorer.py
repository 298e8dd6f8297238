"""Down from the tenant to the evidence of one item, and back: by mouse, keyboard and address."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Any

from auditor.locales import placed
from browser.words import FOCUS, NAMES, PATH, PLACES, ROWS, STATUS, click, go, speak

Start = Callable[[], AbstractAsyncContextManager[Any]]
HASH = "location.hash"


async def test_down_to_the_evidence_and_back_by_the_browsers_own_button(
    chromium: Start, report: Path
) -> None:
    async with chromium() as tab:
        await tab.open(report)
        whole = await tab.run(STATUS)
        await click(tab, ".groups-of-items .name")
        source = await tab.run(PATH)
        await click(tab, ".groups-of-items .name")
        place = await tab.run(PATH)
        assert place[:2] == source
        assert await tab.run("document.querySelector('.groups-of-items').hidden")
        origins = await tab.run(f"{ROWS}.map((row) => row.querySelector('.place').innerText)")
        assert set(origins) == {" · ".join(place[1:])}
        name = (await tab.run(NAMES))[0]
        await click(tab, ".items-grid .name")
        assert await tab.run(PATH) == [*place, name]
        detail = await tab.run("document.querySelector('#items-table .item').innerText")
        assert "見つけた根拠" in detail
        assert "mynumber-audit explain" in detail
        assert "{" not in detail
        assert await tab.run(FOCUS) == name
        for left in (place, source):
            await tab.run("history.back()")
            await tab.settle()
            assert await tab.run(PATH) == left
        await tab.run("history.back()")
        await tab.settle()
        assert await tab.run(STATUS) == whole
        assert tab.problems == []


async def test_a_place_has_as_many_items_as_its_row_says(chromium: Start, report: Path) -> None:
    async with chromium() as tab:
        await tab.open(report)
        counts = await tab.run(
            "[...document.querySelectorAll('.groups-of-items tbody tr')].map((row) =>"
            " Number(row.children[row.children.length - 2].innerText))"
        )
        assert sum(counts) == await tab.run("itemTable.found.length")
        for at, count in enumerate(counts[:3]):
            await click(tab, ".groups-of-items .name", at)
            assert await tab.run("itemTable.found.length") == count
            await go(tab, "#items")


async def test_several_tenants_are_the_first_step(chromium: Start, tenants: Path) -> None:
    async with chromium() as tab:
        await tab.open(tenants)
        names = await tab.run(PLACES)
        assert len(names) == 2
        await click(tab, ".groups-of-items .name", 1)
        assert await tab.run(PATH) == ["すべてのテナント", names[1]]
        mine = await tab.run("itemTable.found.length")
        assert 0 < mine < await tab.run("items.total")
        assert "株式会社サンプル商事 B" in names
        await click(tab, ".groups-of-items .name")
        assert len(await tab.run(PATH)) == 3
        await click(tab, ".items-grid .name")
        steps = await tab.run(PATH)
        assert steps[1] == names[1]
        assert tab.problems == []


async def test_an_address_opens_where_it_was_taken(chromium: Start, report: Path) -> None:
    async with chromium() as tab:
        await tab.open(report, "#items?item=5")
        assert await tab.run("state.path.item") == 5
        assert not await tab.run("document.querySelector('#items-table .item').hidden")
        assert len(await tab.run(PATH)) == 4
    async with chromium() as tab:
        await tab.open(report, "#items?level=public&level=external&search=%E5%8F%B0%E5%B8%B3")
        chosen = "[...document.querySelectorAll('#items-table [name=level]:checked')].length"
        assert await tab.run(chosen) == 2
        assert all("台帳" in name for name in await tab.run(NAMES))
    async with chromium() as tab:
        await tab.open(report, "#items?item=999999&nonsense=1&source=%3Cscript%3E")
        assert await tab.run("itemTable.found.length") == 0
        assert tab.problems == []


async def test_everything_by_keyboard(chromium: Start, report: Path) -> None:
    async with chromium() as tab:
        await tab.resize(1280, 800)
        await tab.open(report)
        await tab.run("document.querySelector('#items-table [type=reset]').focus()")
        await tab.press("Tab")  # the places
        assert (await tab.run(FOCUS)) == (await tab.run(PLACES))[0]
        await tab.press("Tab", times=7)  # six heads to sort by, then the items
        names = await tab.run(NAMES)
        assert await tab.run(FOCUS) == names[0]
        await tab.press("ArrowDown", times=40)
        at = "document.activeElement.closest('tr').getAttribute('aria-rowindex')"
        assert await tab.run(at) == "42"
        await tab.press("ArrowRight")
        assert await tab.run("document.activeElement.getAttribute('role')") == "gridcell"
        await tab.press("Home")
        await tab.press("ArrowUp", times=3)
        name = await tab.run(FOCUS)
        await tab.press("Enter")
        await tab.settle()
        assert (await tab.run(PATH))[-1] == name
        assert await tab.run(FOCUS) == name
        await tab.press("Escape")
        await tab.settle()
        assert await tab.run(FOCUS) == name  # in the list, where it was left
        assert await tab.run(at) == "39"
        await tab.press("End")
        outline = "getComputedStyle(document.activeElement).outlineStyle"
        assert await tab.run(outline) == "solid"


async def test_the_items_before_and_after_follow_the_order_of_the_list(
    chromium: Start, report: Path
) -> None:
    async with chromium() as tab:
        await tab.open(report)
        await click(tab, "#items-table thead button[value=age]")
        names = (await tab.run(NAMES))[:3]
        await click(tab, ".items-grid .name")
        seen = [await tab.run(FOCUS)]
        for _ in range(2):
            await click(tab, "#items-table .turns a:last-child")
            seen.append(await tab.run(FOCUS))
        assert seen == names


async def test_counts_are_said_aloud_and_cells_have_their_place(
    chromium: Start, report: Path
) -> None:
    async with chromium() as tab:
        await tab.open(report)
        grid = "document.querySelector('.items-grid table')"
        total = await tab.run("itemTable.found.length")
        assert await tab.run(f"{grid}.getAttribute('aria-rowcount')") == str(total + 1)
        await click(tab, "#items-table [name=level]")
        assert f"{total} 件のうち" in await tab.run(STATUS)
        indexes = await tab.run(f"{ROWS}.map((row) => Number(row.getAttribute('aria-rowindex')))")
        assert indexes == list(range(2, len(indexes) + 2))


async def test_places_are_said_as_the_other_reports_say_them(chromium: Start, report: Path) -> None:
    """One table of words, two programs that read it."""
    told = ["page 3 › line 12, B7", "hidden sheet 旧一覧", "embedded file 2", "table of x", ""]
    async with chromium() as tab:
        await tab.open(report)
        for lang in ("en", "ja"):
            await speak(tab, lang)
            said = await tab.run(f"{json.dumps(told)}.map(placed)")
            words = [", ".join(placed(where, lang) for where in one.split(", ")) for one in told]
            assert said == words
    assert said != told
