"""The report in a real browser: it works by hand, and nothing of a tenant runs in it."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.skipif(
    not os.environ.get("CHROMIUM"), reason="set CHROMIUM to the program of a Chromium browser"
)
Start = Callable[[], AbstractAsyncContextManager[Any]]

NAMES = "[...document.querySelectorAll('#items-table tbody .name')].map((n) => n.innerText)"
STATUS = "document.querySelector('#items-table [role=status]').innerText"
# Every text with less than the contrast of WCAG AA against what is behind it.
FAINT = """
(() => {
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const rgba = (color) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = color;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const light = (color) => {
    const [r, g, b] = color.map((part) => part / 255)
      .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = (node) => {
    for (let at = node; at; at = at.parentElement) {
      const color = rgba(getComputedStyle(at).backgroundColor);
      if (color[3] === 255) return color;
    }
    return [255, 255, 255, 255];
  };
  const faint = [];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text = texts.nextNode(); text; text = texts.nextNode()) {
    const node = text.parentElement;
    if (!text.data.trim() || !node.checkVisibility() || node.closest("script, :disabled, option"))
      continue;
    const style = getComputedStyle(node);
    const pair = [light(rgba(style.color)), light(behind(node))].sort((a, b) => b - a);
    const ratio = (pair[0] + 0.05) / (pair[1] + 0.05);
    const big = parseFloat(style.fontSize) >= 24;
    if (ratio < (big ? 3 : 4.5)) faint.push(`${ratio.toFixed(2)} ${node.className} ${text.data}`);
  }
  return faint;
})()
"""


async def press(tab: Any, selector: str, at: int = 0) -> None:
    await tab.run(f"document.querySelectorAll({json.dumps(selector)})[{at}].click()")


async def test_nothing_runs_nothing_is_fetched_and_nothing_complains(
    chromium: Start, report: Path
) -> None:
    async with chromium() as tab:
        await tab.open(report)
        for at in range(12):
            await press(tab, "#items-table .opener", at)
        assert tab.requested == [report.absolute().as_uri()]
        assert tab.problems == []
        assert "個人番号" in await tab.run("document.title")
        assert await tab.run("document.querySelectorAll('img, iframe, body script').length") == 2
        assert any("<script>" in name for name in await tab.run(NAMES))
        schemes = await tab.run(
            "[...new Set([...document.querySelectorAll('#items a')].map((a) => a.protocol))]"
        )
        assert set(schemes) <= {"https:", "file:"}


async def test_the_policy_refuses_what_is_slipped_in(chromium: Start, report: Path) -> None:
    async with chromium() as tab:
        await tab.open(report)
        slipped = """(() => {
          const script = document.createElement("script");
          const button = document.createElement("button");
          try { script.text = "window.slipped = 1"; document.body.append(script); } catch {}
          try { button.setAttribute("onclick", "window.slipped = 1"); button.click(); } catch {}
          try { document.body.innerHTML += "<img src=x onerror='window.slipped = 1'>"; } catch {}
          return new Promise((done) => setTimeout(() => done(window.slipped ?? null), 50));
        })()"""
        assert await tab.run(slipped) is None
        assert tab.problems


async def test_the_language_switch_changes_every_word(chromium: Start, report: Path) -> None:
    async with chromium() as tab:
        await tab.open(report)
        assert "対応が必要なもの" in await tab.run("document.body.innerText")
        await press(tab, "input[name=lang][value=en]")
        ours = """(() => {
          const copy = document.body.cloneNode(true);
          const others = "script, noscript, bdi, [lang=ja]";
          for (const node of copy.querySelectorAll(others)) node.remove();
          return copy.textContent;
        })()"""
        left = await tab.run(f"({ours}).match(/[\\u3040-\\u30ff\\u4e00-\\u9fff]+/g)")
        assert left is None
        assert await tab.run("document.documentElement.lang") == "en"
        assert (await tab.run("document.title")).startswith("My Number audit report")


async def test_filters_search_and_sort(chromium: Start, report: Path) -> None:
    async with chromium() as tab:
        await tab.open(report)
        whole = await tab.run(STATUS)
        await press(tab, ".tile.public")
        shown = (
            "[...document.querySelectorAll('#items-table tbody .level')].map((n) => n.innerText)"
        )
        assert set(await tab.run(shown)) == {"公開"}
        await press(tab, "#items-table [type=reset]")
        await tab.run("new Promise((done) => setTimeout(done, 30))")
        assert await tab.run(STATUS) == whole
        await press(tab, "#items-table thead button[value=persons]")
        persons = await tab.run(
            "[...document.querySelectorAll('#items-table tbody tr')]"
            ".map((row) => parseInt(row.children[2].innerText))"
        )
        assert persons == sorted(persons, reverse=True)
        sorting = "document.querySelector('#items-table th[aria-sort]').getAttribute('aria-sort')"
        assert await tab.run(sorting) == "descending"
        await tab.run(
            "(() => { const box = document.querySelector('#items-table [name=search]');"
            "box.value = '台帳 ｘｌｓｘ'; box.dispatchEvent(new Event('input', {bubbles: true}));"
            "return new Promise((done) => setTimeout(done, 300)); })()"
        )
        names = await tab.run(NAMES)
        assert names
        assert all("台帳" in name for name in names)


async def test_pages_turn_and_stop_at_the_ends(chromium: Start, report: Path) -> None:
    async with chromium() as tab:
        await tab.open(report)
        first = await tab.run(NAMES)
        off = "[...document.querySelectorAll('#items-table .pager button')].map((b) => b.disabled)"
        assert await tab.run(off) == [True, True, False, False]
        await press(tab, "#items-table .pager button[value=next]")
        assert await tab.run(NAMES) != first
        await press(tab, "#items-table .pager button[value=last]")
        assert await tab.run(off) == [False, False, True, True]
        await press(tab, "#items-table .pager button[value=first]")
        assert await tab.run(NAMES) == first


async def test_a_row_unfolds_by_keyboard_and_tells_its_evidence(
    chromium: Start, report: Path
) -> None:
    async with chromium() as tab:
        await tab.open(report)
        await tab.run("document.querySelector('#items-table .opener').focus()")
        for kind in ("keyDown", "keyUp"):
            enter = {"key": "Enter", "code": "Enter", "text": "\r", "windowsVirtualKeyCode": 13}
            await tab.call("Input.dispatchKeyEvent", type=kind, **enter)
        opener = "document.querySelector('#items-table .opener')"
        assert await tab.run(f"{opener}.getAttribute('aria-expanded')") == "true"
        detail = await tab.run(
            f"document.getElementById({opener}.getAttribute('aria-controls')).innerText"
        )
        assert "見つけた根拠" in detail
        assert "mynumber-audit explain" in detail


async def test_a_row_that_is_old_tells_its_paper_its_period_and_what_to_do(
    chromium: Start, report: Path
) -> None:
    async with chromium() as tab:
        await tab.open(report)
        await press(tab, "#items-table input[name=retention]")
        await tab.run("new Promise((done) => setTimeout(done, 300))")
        await press(tab, "#items-table .opener")
        opener = "document.querySelector('#items-table .opener')"
        detail = await tab.run(
            f"document.getElementById({opener}.getAttribute('aria-controls')).innerText"
        )
        for text in ("書類", "要確認: 保存期間が", "から計算", "あわせて削除するもの", "人が判断"):
            assert text in detail
        assert "{" not in detail


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_every_text_can_be_read(chromium: Start, report: Path, scheme: str) -> None:
    async with chromium() as tab:
        await tab.prefer(scheme)
        await tab.open(report)
        await tab.run("document.querySelectorAll('details').forEach((d) => (d.open = true))")
        for at in range(3):
            await press(tab, "#items-table .opener", at)
        assert await tab.run(FAINT) == []


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (1280, 800)])
async def test_page_one_fits_one_screen(
    chromium: Start, report: Path, width: int, height: int
) -> None:
    async with chromium() as tab:
        await tab.resize(width, height)
        await tab.open(report)
        for lang in ("ja", "en"):
            await press(tab, f"input[name=lang][value={lang}]")
            bottom = "document.getElementById('overview').getBoundingClientRect().bottom"
            assert await tab.run(bottom) <= height


@pytest.mark.parametrize("width", [320, 390, 768, 1024, 1920])
async def test_no_width_scrolls_sideways(chromium: Start, report: Path, width: int) -> None:
    async with chromium() as tab:
        await tab.resize(width, 800)
        await tab.open(report)
        for lang in ("ja", "en"):
            await press(tab, f"input[name=lang][value={lang}]")
            assert await tab.run("document.documentElement.scrollWidth") <= width


async def test_it_prints_light_and_without_controls(chromium: Start, report: Path) -> None:
    async with chromium() as tab:
        await tab.prefer("dark")
        await tab.open(report)
        paper = await tab.paper()
        assert paper.startswith(b"%PDF")
        await tab.call("Emulation.setEmulatedMedia", media="print")
        seen = "['.toolbar', '.pager', '.tools', 'nav'].filter((s) => document.querySelector(s)"
        assert await tab.run(f"{seen}.checkVisibility())") == []
        assert (
            await tab.run("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
        )


async def test_twenty_thousand_items_stay_quick(chromium: Start, large: Path) -> None:
    async with chromium() as tab:
        await tab.open(large)
        ready = await tab.run("performance.getEntriesByType('navigation')[0].domInteractive")
        assert ready < 4000
        assert await tab.run("document.querySelectorAll('*').length") < 6000
        for action in ("tables[0].sort('item')", "tables[0].filter()", "speak('en')"):
            took = f"{action}; return performance.now() - start"
            assert await tab.run(f"(() => {{ const start = performance.now(); {took}; }})()") < 1000
        assert tab.problems == []
