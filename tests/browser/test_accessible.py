"""The page for everybody: axe-core finds no barrier, and what it cannot judge is measured here."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Any

import pytest

from browser.words import go, speak

Start = Callable[[], AbstractAsyncContextManager[Any]]
AXE = Path(__file__).parent / "node_modules" / "axe-core" / "axe.min.js"
OPENED, DRILLED = "#items", "#items?item=0"
PLACES = (OPENED, DRILLED, "#items?source=sharepoint&period=no_period", "#gaps?suspect=1")
BARRIERS = """axe.run(document, { resultTypes: ["violations"] }).then((found) =>
  found.violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.target).join(", ")}`))"""
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


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_axe_finds_no_barrier(chromium: Start, report: Path, scheme: str, lang: str) -> None:
    assert AXE.is_file(), "make test installs axe-core under tests/browser"
    async with chromium() as tab:
        await tab.prefer(scheme)
        await tab.resize(1280, 800)
        await tab.open(report)
        await tab.run(f"{AXE.read_text('utf-8')}; 1")
        await speak(tab, lang)
        found = {}
        for place in PLACES if (scheme, lang) == ("light", "en") else (OPENED, DRILLED):
            await go(tab, place)
            found[place] = await tab.run(BARRIERS)
        assert {place: barriers for place, barriers in found.items() if barriers} == {}


async def test_axe_finds_what_is_wrong(chromium: Start, report: Path) -> None:
    """Else the test above would hold for a page that axe never saw."""
    async with chromium() as tab:
        await tab.open(report)
        await tab.run(f"{AXE.read_text('utf-8')}; 1")
        await tab.run("document.querySelector('#items-table [name=search]').parentElement.remove()")
        await tab.run("document.querySelector('.tools').append(document.createElement('button'))")
        assert any(barrier.startswith("button-name") for barrier in await tab.run(BARRIERS))


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_every_text_can_be_read(chromium: Start, report: Path, scheme: str) -> None:
    async with chromium() as tab:
        await tab.prefer(scheme)
        await tab.resize(1280, 800)
        await tab.open(report)
        await tab.run("document.querySelectorAll('details').forEach((d) => (d.open = true))")
        for place in PLACES:
            await go(tab, place)
            assert await tab.run(FAINT) == []


async def test_whoever_wants_less_motion_gets_none(chromium: Start, report: Path) -> None:
    async with chromium() as tab:
        await tab.open(report)
        assert (
            await tab.run("getComputedStyle(document.documentElement).scrollBehavior") == "smooth"
        )
        await tab.prefer("light", prefers_reduced_motion="reduce")
        assert await tab.run("getComputedStyle(document.documentElement).scrollBehavior") == "auto"


async def test_forced_colours_leave_shapes_and_bars(chromium: Start, report: Path) -> None:
    async with chromium() as tab:
        await tab.prefer("dark", forced_colors="active")
        await tab.open(report)
        for shape in (".level.public", ".key"):
            style = f"getComputedStyle(document.querySelector('{shape}'), '::before')"
            if shape == ".key":
                style = "getComputedStyle(document.querySelector('.key'))"
            assert await tab.run(f"{style}.forcedColorAdjust") == "none"


async def test_every_language_is_marked(chromium: Start, report: Path) -> None:
    async with chromium() as tab:
        await tab.open(report)
        for lang in ("ja", "en"):
            await speak(tab, lang)
            assert await tab.run("document.documentElement.lang") == lang
        marked = "[...document.querySelectorAll('[lang]')].map((n) => n.getAttribute('lang'))"
        assert set(await tab.run(marked)) == {"ja", "en"}
