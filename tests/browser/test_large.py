"""A hundred thousand items: the page opens, answers and scrolls, and holds few elements."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Any

from browser.words import NAMES, ROWS, type_in

Start = Callable[[], AbstractAsyncContextManager[Any]]
MANY = 100_000
OPEN, ANSWER = 2.0, 0.2
"""Seconds of the page's own thread: what a person waits for where nothing else is running."""
SORTS = ("item", "owner", "persons", "age", "exposure")


async def busy(tab: Any) -> float:
    """Seconds that the page's thread has worked."""
    metrics = (await tab.call("Performance.getMetrics"))["metrics"]
    return float(next(one["value"] for one in metrics if one["name"] == "ThreadTime"))


async def took(tab: Any, action: str) -> float:
    before = await busy(tab)
    await tab.run(f"(() => {{ {action}; }})()")
    await tab.run("new Promise(requestAnimationFrame)")
    return await busy(tab) - before


async def test_it_opens_and_answers_without_freezing(chromium: Start, large: Path) -> None:
    async with chromium() as tab:
        await tab.resize(1280, 800)
        await tab.call("Performance.enable", timeDomain="threadTicks")
        await tab.open(large)
        assert await tab.run("items.total") == MANY
        assert len(await tab.run(NAMES)) > 5
        assert await busy(tab) < OPEN
        assert await tab.run("document.querySelectorAll('*').length") < 5000
        slow = {}
        for action in (
            *(f"itemTable.sort('{name}')" for name in SORTS),
            "itemTable.form.elements.search.value = '台帳 99'; itemTable.filter()",
            "location.hash = '#items?level=public'",
            "location.hash = '#items?source=sharepoint&item=50001'",
            "speak('en')",
        ):
            slow[action] = await took(tab, action)
        assert {action: time for action, time in slow.items() if time > ANSWER} == {}
        assert tab.problems == []


async def test_it_scrolls_to_the_end_with_as_few_elements(chromium: Start, large: Path) -> None:
    async with chromium() as tab:
        await tab.resize(1280, 800)
        await tab.open(large)
        window = "document.querySelector('.items-grid')"
        counts = []
        for part in (0.25, 0.5, 0.999, 1):
            await tab.run(f"{window}.scrollTop = {window}.scrollHeight * {part}")
            await tab.settle()
            counts.append(await tab.run(f"{ROWS}.length"))
        assert max(counts) < 40
        last = f"{ROWS}.at(-1)"
        assert await tab.run(f"{last}.getAttribute('aria-rowindex')") == str(MANY + 1)
        box = f"{last}.getBoundingClientRect().bottom - {window}.getBoundingClientRect().bottom"
        assert abs(await tab.run(box)) < 3


async def test_search_finds_the_last_of_them_and_its_evidence(chromium: Start, large: Path) -> None:
    async with chromium() as tab:
        await tab.open(large)
        await type_in(tab, "99999")
        names = await tab.run(NAMES)
        assert names
        assert all("99999" in name for name in names)
        await tab.run("document.querySelector('.items-grid .name').click()")
        await tab.settle()
        detail = await tab.run("document.querySelector('#items-table .item').innerText")
        assert "mynumber-audit explain" in detail


def test_the_file_fits_a_mail(large: Path) -> None:
    """Ten thousand items are under the 25 MB that mail systems take, and so are a hundred."""
    assert large.stat().st_size < 25 << 20
