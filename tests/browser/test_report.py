"""The report in a real browser: it works by hand, in both languages, at every size."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Any

import pytest

from browser.words import NAMES, ROWS, STATUS, click, speak, type_in

ACCEPTED = 7
Start = Callable[[], AbstractAsyncContextManager[Any]]


async def test_the_language_switch_changes_every_word(chromium: Start, report: Path) -> None:
    async with chromium() as tab:
        await tab.open(report, "#items?item=3")
        assert "対応が必要なもの" in await tab.run("document.body.innerText")
        await speak(tab, "en")
        ours = """(() => {
          const copy = document.body.cloneNode(true);
          const others = "script, noscript, bdi, svg title, svg text:not([lang=en]), [lang=ja]";
          for (const node of copy.querySelectorAll(others)) node.remove();
          return copy.textContent;
        })()"""
        left = await tab.run(f"({ours}).match(/[\\u3040-\\u30ff\\u4e00-\\u9fff]+/g)")
        assert left is None or set(left) == {"別添"}  # the name of the guideline's annex
        assert await tab.run("document.documentElement.lang") == "en"
        assert (await tab.run("document.title")).startswith("My Number audit report")


async def test_filters_search_and_sort(chromium: Start, report: Path) -> None:
    async with chromium() as tab:
        await tab.open(report)
        whole = await tab.run(STATUS)
        await click(tab, ".tile.public")
        shown = f"{ROWS}.map((row) => row.querySelector('.level').innerText)"
        assert set(await tab.run(shown)) == {"公開"}
        assert await tab.run("location.hash") == "#items?level=public&confidence=certain"
        await click(tab, "#items-table [type=reset]")
        assert await tab.run(STATUS) == whole
        await click(tab, "#items-table thead button[value=persons]")
        persons = await tab.run(f"{ROWS}.map((row) => parseInt(row.children[2].innerText))")
        assert persons == sorted(persons, reverse=True)
        sorting = "document.querySelector('#items-table th[aria-sort]').getAttribute('aria-sort')"
        assert await tab.run(sorting) == "descending"
        assert "人数の降順" in await tab.run(STATUS)
        await type_in(tab, "台帳 ｘｌｓｘ")
        names = await tab.run(NAMES)
        assert names
        assert all("台帳" in name for name in names)


async def test_a_filter_without_a_field_is_shown_and_can_be_taken_away(
    chromium: Start, report: Path
) -> None:
    async with chromium() as tab:
        await tab.open(report)
        whole = await tab.run(STATUS)
        await click(tab, "#exposure td.no_period a")
        chips = "[...document.querySelectorAll('#items-table .asked button')]"
        said = await tab.run(f"{chips}.map((chip) => chip.innerText)")
        assert len(said) == 2
        assert any("保存期間の残り: 期間不明" in chip for chip in said)
        number = await tab.run("document.querySelector('#exposure td.no_period a').innerText")
        assert f" {number} 件" in await tab.run(STATUS)
        await click(tab, "#items-table .asked button")
        await click(tab, "#items-table .asked button")
        await click(tab, "#items-table [type=reset]")
        assert await tab.run(STATUS) == whole


async def test_every_count_of_the_charts_leads_to_as_many_items(
    chromium: Start, report: Path
) -> None:
    async with chromium() as tab:
        await tab.open(report)
        wrong = await tab.run("""(() => {
          const wrong = [];
          for (const link of document.querySelectorAll('main a[href^="#items?"]')) {
            const count = Number((link.querySelector('b') ?? link).innerText.replace(/,/g, ''));
            if (!count) continue;
            [state.path, state.wanted] = split(asked(link.hash)[1]);
            itemTable.ask(state.wanted);
            itemTable.find();
            if (itemTable.found.length !== count) wrong.push(`${link.hash} ${count}`);
          }
          return wrong;
        })()""")
        assert wrong == []


async def test_what_was_accepted_stands_in_its_own_filter_and_still_counts(
    chromium: Start, report: Path
) -> None:
    async with chromium() as tab:
        await tab.open(report)
        whole = await tab.run("itemTable.found.length")
        assert whole == await tab.run("items.total") - ACCEPTED
        assert f"承認済みが {ACCEPTED} 件" in await tab.run(STATUS)
        await click(tab, ".changes a[href$=suppressed]")
        assert await tab.run("itemTable.found.length") == ACCEPTED
        assert set(await tab.run(f"{ROWS}.map((row) => row.querySelector('.mark').innerText)")) == {
            "承認済み"
        }
        await click(tab, ".items-grid .name")
        assert "承認済み" in await tab.run("document.querySelector('.item .behind').innerText")


async def test_what_was_not_read_is_found_by_its_reason(chromium: Start, report: Path) -> None:
    async with chromium() as tab:
        await tab.open(report)
        await click(tab, "#overview ul.reasons a")
        rows = "[...document.querySelectorAll('.gaps-grid tbody tr')]"
        reason = await tab.run("document.querySelector('#overview ul.reasons a').innerText")
        found = await tab.run(f"{rows}.map((row) => row.children[1].innerText)")
        assert found
        assert {text.split("\n")[0] for text in found} == {reason}


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (1280, 800)])
async def test_page_one_fits_one_screen(
    chromium: Start, report: Path, width: int, height: int
) -> None:
    async with chromium() as tab:
        await tab.resize(width, height)
        await tab.open(report)
        for lang in ("ja", "en"):
            await speak(tab, lang)
            bottom = "document.getElementById('overview').getBoundingClientRect().bottom"
            assert await tab.run(bottom) <= height


@pytest.mark.parametrize("width", [320, 390, 768, 1024, 1920])
async def test_no_width_scrolls_sideways(chromium: Start, report: Path, width: int) -> None:
    async with chromium() as tab:
        await tab.resize(width, 800)
        await tab.open(report)
        for lang in ("ja", "en"):
            await speak(tab, lang)
            assert await tab.run("document.documentElement.scrollWidth") <= width
        await tab.run("location.hash = '#items?item=0'")
        await tab.settle()
        assert await tab.run("document.documentElement.scrollWidth") <= width
