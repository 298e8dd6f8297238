"""The page on paper: a clean PDF of the whole report, without what only a screen can use."""

from __future__ import annotations

import io
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from auditor.locales import word
from browser.words import speak

Start = Callable[[], AbstractAsyncContextManager[Any]]
PRINTED = 1000
"""Rows of a long table on paper; the page's script says it too."""


def pages(paper: bytes) -> list[str]:
    """The text of each page, without spaces, since paper has none between its words."""
    with pypdfium2.PdfDocument(io.BytesIO(paper)) as document:
        found = []
        for page in document:
            text = page.get_textpage()
            found.append("".join(text.get_text_range().split()))
            text.close()
            page.close()
        return found


@pytest.mark.parametrize("lang", ["ja", "en"])
async def test_the_report_prints_whole_and_without_controls(
    chromium: Start, report: Path, lang: str
) -> None:
    async with chromium() as tab:
        await tab.prefer("dark")
        await tab.open(report)
        await speak(tab, lang)
        headline = await tab.run("document.getElementById('verdict').innerText")
        names = await tab.run("itemTable.found.map((row) => shown(items.item(row)))")
        paper = pages(await tab.paper())
        await tab.settle()
        assert await tab.run("itemTable.grid.body.rows.length") < 60  # the screen is as it was
    whole = "".join(paper)
    assert "".join(headline.split()) in paper[0]
    safe = [name for name in names if name.isprintable() and len(name) < 40 and "<" not in name]
    assert [name for name in safe if "".join(name.split()) not in whole] == []
    for control in ("print", "auto", "dark"):
        assert "".join(word(f"report.page.{control}", lang).split()) not in paper[0][:200]
    assert "".join(word("report.table.reset", lang).split()) not in whole
    for at, text in enumerate(paper, start=1):
        assert f"{at}/{len(paper)}" in text


async def test_no_row_is_cut_and_heads_are_repeated(chromium: Start, report: Path) -> None:
    async with chromium() as tab:
        await tab.open(report)
        paper = pages(await tab.paper())
        await tab.call("Emulation.setEmulatedMedia", media="print")
        inside = "getComputedStyle(document.querySelector('.items-grid tbody tr')).breakInside"
        assert await tab.run(inside) == "avoid"
        assert await tab.run("getComputedStyle(document.body).backgroundColor") in {
            "rgb(255, 255, 255)",
            "rgba(0, 0, 0, 0)",
        }
        hidden = ".toolbar, .tools, header nav, .path, .status"
        seen = f"[...document.querySelectorAll('{hidden}')].filter((n) => n.checkVisibility())"
        assert await tab.run(f"{seen}.length") == 0
    head = "".join(word(f"report.table.{name}", "ja") for name in ("exposure", "persons"))
    assert sum(head in text for text in paper) >= 5


async def test_what_does_not_fit_on_paper_is_said(chromium: Start, large: Path) -> None:
    async with chromium() as tab:
        await tab.open(large)
        await tab.run("window.dispatchEvent(new Event('beforeprint'))")
        assert await tab.run("itemTable.grid.body.rows.length") == PRINTED
        note = await tab.run("document.querySelector('#items-table .print-note').textContent")
        left = f"{100_000 - PRINTED:,}"
        assert note == word("report.table.print_left", "ja", most=f"{PRINTED:,}", n=left)
        await tab.run("window.dispatchEvent(new Event('afterprint'))")
        await tab.settle()
        assert await tab.run("itemTable.grid.body.rows.length") < 60
