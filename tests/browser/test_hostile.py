"""Whatever a file of the tenant is called, nothing of it runs, and nothing leaves the page."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Any

import pytest

from auditor import reports
from auditor.summary import Summary
from browser.words import go

Start = Callable[[], AbstractAsyncContextManager[Any]]
NAMES = [
    "<script>window.slipped = 1</script>",
    "</script><script>window.slipped = 1</script>",
    "--><!--<script>window.slipped = 1",
    "\"><img src=x onerror='window.slipped = 1'>",
    "\u202egpj.exe \u2066\u200f\u061cあ",
    "{{constructor.constructor('window.slipped = 1')()}} ${window.slipped = 1}",
    "長い名前" * 2500,
    "W" * 10_000,
    "\u0000\u0001\u2028\u2029\ufeff",
    "__proto__",
]
ADDRESSES = [
    "javascript:window.slipped=1",
    "data:text/html,<script>window.slipped=1</script>",
    "http://contoso.sharepoint.com/plain",
    "https://contoso.sharepoint.com.evil.example/",
    "https://user:word@contoso.sharepoint.com/",
    "https://evil.example/?.sharepoint.com/",
    "https://contoso.sharepoint.com:8443/",
    "https://evil.example\\@contoso.sharepoint.com/",
    "https://contoso.sharepoint.com/sites/hr/<b>\"'&x",
    "https://teams.microsoft.com/l/message/1",
]
LINKED = {8, 9}
"""Which of these may be links."""


@pytest.fixture(scope="module")
def hostile(sample: Summary, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page in which every text of the tenant is hostile."""
    items = sample.to_act_on()[list(sample.items.columns)].head(len(NAMES)).reset_index(drop=True)
    ids = set(items["item_id"])
    items = items.assign(item=NAMES, url=ADDRESSES, owner=NAMES[::-1], partition=NAMES)
    items = items.assign(exposure="public", confidence="high", content_type=NAMES)
    findings = sample.findings[sample.findings["item_id"].isin(ids)]
    grants = sample.grants[sample.grants["item_id"].isin(ids)]
    rows = sample.coverage.head(len(NAMES))
    coverage = rows.assign(item=NAMES, partition=NAMES, part=NAMES, detail=NAMES, permission=NAMES)
    found = dataclasses.replace(
        sample,
        runs=sample.runs.assign(tenant_name=NAMES[1]),
        items=items,
        findings=findings.assign(part=NAMES[0], partition=NAMES[1]),
        grants=grants.assign(who=NAMES[3]),
        coverage=coverage,
        totals=sample.totals.assign(partition=NAMES[3]),
    )
    (file,) = reports.load("html").write(found, tmp_path_factory.mktemp("hostile"), "ja")
    return file


async def test_nothing_runs_nothing_is_fetched_and_nothing_complains(
    chromium: Start, hostile: Path
) -> None:
    async with chromium() as tab:
        await tab.resize(1280, 800)
        await tab.open(hostile)
        links = {}
        for row in range(len(NAMES)):
            await go(tab, f"#items?item={row}")
            found = "[...document.querySelectorAll('#items-table a[href^=http]')]"
            links[row] = await tab.run(f"{found}.map((a) => [a.href, a.rel, a.target])")
            wide = "document.documentElement.scrollWidth <= innerWidth"
            assert await tab.run(wide)
        await go(tab, "#items")
        await go(tab, "#gaps?partition=__proto__")
        assert await tab.run("window.slipped ?? null") is None
        assert await tab.run("document.querySelectorAll('img, iframe, object, embed').length") == 0
        assert await tab.run("document.querySelectorAll('script').length") == 6
        assert tab.requested == [hostile.absolute().as_uri()]
        assert tab.problems == []
    assert sum(map(bool, links.values())) == len(LINKED)
    for address, rel, target in (link for found in links.values() for link in found):
        assert address.startswith(
            ("https://contoso.sharepoint.com/", "https://teams.microsoft.com/")
        )
        assert "noreferrer" in rel
        assert target == "_blank"


async def test_texts_cannot_turn_what_stands_around_them(chromium: Start, hostile: Path) -> None:
    async with chromium() as tab:
        await tab.open(hostile)
        turning = "/[\\u061c\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069]/"
        body = (
            "(() => { const copy = document.body.cloneNode(true);"
            "copy.querySelectorAll('script').forEach((n) => n.remove());"
            "return copy.textContent; })()"
        )
        for place in ("#items", "#items?item=4", "#gaps?"):
            await go(tab, place)
            assert not await tab.run(f"{turning}.test({body})")


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


async def test_no_request_leaves_whatever_is_done(chromium: Start, report: Path) -> None:
    async with chromium() as tab:
        await tab.open(report)
        for place in ("#items?item=0", "#items?source=mail", "#gaps?suspect=1", "#coverage"):
            await go(tab, place)
        await tab.paper()
        tried = await tab.run("fetch('https://example.com/').then(() => 'sent', () => 'refused')")
        assert tried == "refused"
        assert tab.requested == [report.absolute().as_uri()]
