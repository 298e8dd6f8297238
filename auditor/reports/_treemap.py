"""Coverage as areas: a block a service, in it a cell a place, each filled as far as it was read.

What could not even be listed has no known size: it is hatched, and as large as a cell has to be to
be seen. The table beside the chart says the same in numbers.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from auditor.locales import LANGUAGES, has_word, word
from auditor.reports import _cells
from auditor.reports._markup import Html, both, el, join, plain
from auditor.summary import Summary

__all__ = ["Box", "places", "squares", "treemap"]

_WIDTH, _HEIGHT = 1000.0, 300.0
_CELLS: Final = 14
"""Places of a service that have a cell of their own; the others share one."""
_LEAST: Final = 0.006
"""The smallest part of the whole that can be seen."""
_HEAD: Final = 17.0
_GAP: Final = 1.5


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle of the chart."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class _Cell:
    name: str
    listed: int
    unread: int
    whole: bool
    """The place could not be listed at all."""
    others: int = 0
    """How many places share the cell; 0: it is one, with a name."""


def squares(sizes: Sequence[float], box: Box) -> list[Box]:
    """``box`` cut into one part a size (falling, above 0), each as near to a square as can be.

    The squarified treemap of Bruls, Huizing and van Wijk (2000).
    """
    found: list[Box] = []
    scale = box.width * box.height / sum(sizes) if sizes else 0.0
    left = [size * scale for size in sizes]
    while left:
        side = min(box.width, box.height)
        count = 1
        while count < len(left) and _worst(left[: count + 1], side) <= _worst(left[:count], side):
            count += 1
        row, left = left[:count], left[count:]
        parts, box = _laid(row, box)
        found += parts
    return found


def _worst(areas: Sequence[float], side: float) -> float:
    """How far from a square the longest part of a row is."""
    total = sum(areas)
    return max(side**2 * max(areas) / total**2, total**2 / (side**2 * min(areas)))


def _laid(areas: Sequence[float], box: Box) -> tuple[list[Box], Box]:
    """A row along the shorter side, and what is left of the box."""
    total, found, at = sum(areas), [], 0.0
    if box.width >= box.height:
        deep = total / box.height
        for area in areas:
            found.append(Box(box.x, box.y + at, deep, area / deep))
            at += area / deep
        return found, Box(box.x + deep, box.y, max(box.width - deep, 1e-6), box.height)
    deep = total / box.width
    for area in areas:
        found.append(Box(box.x + at, box.y, area / deep, deep))
        at += area / deep
    return found, Box(box.x, box.y + deep, box.width, max(box.height - deep, 1e-6))


def places(summary: Summary) -> pd.DataFrame:
    """A row a place: source, partition, listed, unread (not wholly known), whole (not listed)."""
    keys = ["source", "partition"]
    counts = ["listed", "complete", "unchanged", "not_assessed"]
    sums = summary.totals.groupby(keys)[counts].sum().astype("int64")
    missed = summary.coverage.groupby(keys)["item_id"].nunique().reindex(sums.index, fill_value=0)
    unread = pd.concat([missed, sums["listed"] - sums["complete"] - sums["unchanged"]], axis=1)
    sums = sums.assign(unread=unread.max(axis=1).clip(upper=sums["listed"]).astype("int64"))
    sums = sums.assign(whole=(sums["not_assessed"] > 0) & (sums["listed"] == sums["not_assessed"]))
    return sums[sums["listed"] > 0].reset_index()


def treemap(summary: Summary) -> Html | None:
    """The chart; nothing where nothing was listed."""
    frame = places(summary)
    if frame.empty:
        return None
    least = float(frame["listed"].sum()) * _LEAST
    blocks = [(str(source), list(_cells_of(rows))) for source, rows in frame.groupby("source")]
    weighed = [(sum(max(c.listed, least) for c in cells), name, cells) for name, cells in blocks]
    weighed.sort(key=lambda block: (-block[0], block[1]))
    boxes = squares([size for size, _, _ in weighed], Box(0, 0, _WIDTH, _HEIGHT))
    drawn = [
        _block(name, cells, box, least)
        for (_, name, cells), box in zip(weighed, boxes, strict=True)
    ]
    chart = el(
        "svg",
        _hatch(),
        *drawn,
        viewBox=f"0 0 {_WIDTH:.0f} {_HEIGHT:.0f}",
        class_="treemap",
        aria_hidden="true",
        focusable="false",
    )
    keys = [
        el(
            "li",
            el("span", class_=f"key {name}", aria_hidden="true"),
            both(f"report.treemap.{name}"),
        )
        for name in ("read", "unread", "hatched")
    ]
    legend = el("ul", *keys, class_="legend")
    heading = el("h3", both("report.treemap.title"), id="treemap")
    region = {"tabindex": "0", "role": "region", "aria_labelledby": "treemap"}
    return el("figure", heading, el("div", chart, class_="wide", **region), legend, class_="chart")


def _cells_of(rows: pd.DataFrame) -> Iterator[_Cell]:
    """The places of a service, the largest first; beyond a number they share one cell."""
    rows = rows.sort_values(["listed", "partition"], ascending=[False, True], kind="stable")
    for row in _cells.records(rows.head(_CELLS)):
        yield _Cell(row["partition"], int(row["listed"]), int(row["unread"]), bool(row["whole"]))
    rest = rows.iloc[_CELLS:]
    if len(rest):
        whole = bool(rest["whole"].all())
        yield _Cell("", int(rest["listed"].sum()), int(rest["unread"].sum()), whole, len(rest))


def _block(source: str, cells: list[_Cell], box: Box, least: float) -> Html:
    """A service with its name, and its places below it."""
    head = _HEAD if box.height > 3 * _HEAD and box.width > 60 else 0.0
    inner = Box(box.x, box.y + head, box.width - _GAP, max(box.height - head - _GAP, 1.0))
    cells = sorted(cells, key=lambda cell: -max(cell.listed, least))
    boxes = squares([max(cell.listed, least) for cell in cells], inner)
    drawn = [_cell(cell, part) for cell, part in zip(cells, boxes, strict=True)]
    return join(_name(source, box) if head else None, *drawn)


def _name(source: str, box: Box) -> Html:
    key = f"report.sources.{source}"
    texts = {lang: word(key, lang) if has_word(key) else source for lang in LANGUAGES}
    return _clipped(Box(box.x, box.y, box.width - _GAP, _HEAD), _said(texts, 2, "head"))


def _said(texts: Mapping[str, str], x: int, name: str) -> Html:
    """Words inside the chart, in every language; equal ones stand once."""
    same = len(set(texts.values())) == 1
    shown = [(None, texts[LANGUAGES[0]])] if same else list(texts.items())
    return join(*(el("text", text, lang=lang, x=x, y=13, class_=name) for lang, text in shown))


def _named(cell: _Cell) -> dict[str, str]:
    """The name of a place, or how many others there are."""
    key = "report.front.more_places" + ("_one" if cell.others == 1 else "")
    return {
        lang: word(key, lang, n=f"{cell.others:,}") if cell.others else plain(cell.name)[:40]
        for lang in LANGUAGES
    }


def _cell(cell: _Cell, box: Box) -> Html:
    """A place: read, with what was not as a part from below; its name where there is room."""
    width, height = max(box.width - _GAP, 0.5), max(box.height - _GAP, 0.5)
    unread = min(height, max(height * cell.unread / cell.listed, 3.0)) if cell.unread else 0.0
    if cell.whole:
        drawn = [_part("hatched", 0.0, width, height)]
    else:
        drawn = [_part("fill read", 0.0, width, height)]
        drawn += [_part("fill unread", height - unread, width, unread)] if unread else []
    if width > 48 and height > 20:
        colour = "dark" if cell.whole else "light"
        drawn.append(_said(_named(cell), 4, colour))
    known = f"{cell.listed - cell.unread:,}/{cell.listed:,}"
    drawn.append(el("title", f"{plain(cell.name)[:80]} {known}".strip()))
    return _clipped(Box(box.x, box.y, width, height), *drawn)


def _part(name: str, y: float, width: float, height: float) -> Html:
    hatch = "url(#hatch)" if name == "hatched" else None
    size = {"x": "0", "y": f"{y:.1f}", "width": f"{width:.1f}", "height": f"{height:.1f}"}
    return el("rect", class_=name, fill=hatch, **size)


def _clipped(box: Box, *inside: Html) -> Html:
    """A part of the chart with its own origin, out of which nothing hangs."""
    measures: dict[str, Any] = {
        name: f"{getattr(box, name):.1f}" for name in ("x", "y", "width", "height")
    }
    return el("svg", *inside, aria_hidden="true", **measures)


def _hatch() -> Html:
    line = el("path", d="M0,6 L6,0", class_="stroke")
    pattern = el("pattern", line, id="hatch", width=6, height=6, patternUnits="userSpaceOnUse")
    return el("defs", pattern)
