"""The section of exposure: source × exposure, reach × confidence, reach × age, places."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from auditor.reports import _cells, _charts
from auditor.reports._markup import Html, Part, both, counted, el, join, own, term
from auditor.summary import AGES, LEVELS, Summary

__all__ = ["exposure", "section", "table"]

_PLACES = 50


def section(name: str, *inside: Part) -> Html:
    """A section with its heading and, under it, a sentence that says what it shows."""
    heading = el("h2", both(f"report.{name}.title"), id=f"{name}-title")
    lead = el("p", both(f"report.{name}.lead"), class_="lead")
    return el("section", heading, lead, *inside, id=name, aria_labelledby=f"{name}-title")


def table(caption: str, heads: Sequence[Part], rows: Sequence[Html], name: str) -> Html:
    """A table under the words of the key ``caption``; on a narrow screen it scrolls in itself."""
    mark = caption.replace(".", "-")
    head = el("tr", *(el("th", part, scope="col") for part in heads))
    title = el("caption", both(caption), id=mark)
    inside = el("table", title, el("thead", head), el("tbody", *rows), class_=name)
    return el("div", inside, class_="scroll", tabindex="0", role="region", aria_labelledby=mark)


def exposure(summary: Summary) -> Html:
    """Where exposed items are, who reaches them, how sure it is, how old they are."""
    if summary.exposed().empty:
        return section("exposure", el("p", both("report.exposure.none"), class_="none"))
    halves = el("div", _confidence(summary), _age(summary), class_="halves")
    return section("exposure", _sources(summary), halves, _places(summary))


def _level_heads() -> list[Html]:
    heads = [el("span", term("exposure.levels", name), class_=f"level {name}") for name in LEVELS]
    return [*heads, both("report.exposure.review"), both("report.exposure.items")]


def _sources(summary: Summary) -> Html:
    frame = summary.by_source()
    most = int(frame[list(LEVELS)].to_numpy().max())
    rows = []
    for row in _cells.records(frame):
        cells = [_heat(int(row[level]), most, level) for level in LEVELS]
        rows.append(
            el(
                "tr",
                el("th", term("report.sources", row["source"]), scope="row"),
                *cells,
                *(el("td", int(row[name]), class_="n") for name in ("review", "items")),
                el("td", _persons(row), class_="n"),
            )
        )
    sums = frame[[*LEVELS, "review", "items"]].sum()
    cells = [el("td", int(count), class_="n") for count in sums]
    rows.append(
        el(
            "tr",
            el("th", both("report.exposure.items"), scope="row"),
            *cells,
            el("td"),
            class_="total",
        )
    )
    heads = [both("report.exposure.source"), *_level_heads(), both("report.exposure.persons")]
    return table("report.exposure.by_source", heads, rows, "heat")


def _heat(count: int, most: int, name: str) -> Html:
    return el("td", count, class_=f"n {name} {_charts.heat(count, most)}")


def _persons(row: dict[str, Any]) -> Html:
    low, high = int(row["persons_low"]), int(row["persons_high"])
    return join(low) if low == high else join(low, "–", high)


def _bars(name: str, frame: pd.DataFrame, classes: Sequence[str], heads: Sequence[Html]) -> Html:
    """Reach × something: one bar a reach and the counts that it draws."""
    frame = frame[frame["items"] > 0]
    most = int(frame["items"].max()) if len(frame) else 0
    rows = []
    for row in _cells.records(frame):
        parts = [(f"step{place}", int(row[key])) for place, key in enumerate(classes)]
        rows.append(
            el(
                "tr",
                el("th", term("exposure.reaches", row["reach"]), scope="row"),
                el("td", _charts.stack(parts, most), class_="chart"),
                *(el("td", count, class_="n") for _, count in parts),
                el("td", int(row["items"]), class_="n"),
            )
        )
    keys = [
        join(el("span", class_=f"key step{place}", aria_hidden="true"), head)
        for place, head in enumerate(heads)
    ]
    share = el("span", both("report.exposure.share"), class_="hidden")
    columns = [both("report.exposure.reach"), share, *keys, both("report.exposure.items")]
    return table(f"report.exposure.{name}", columns, rows, "bars")


def _confidence(summary: Summary) -> Html:
    classes = ("high", "medium", "low")
    heads = [both("report.confidences.high"), both("report.confidences.medium")]
    heads.append(both("report.exposure.review"))
    return _bars("by_confidence", summary.reach_by_confidence(), classes, heads)


def _age(summary: Summary) -> Html:
    classes = (*reversed(AGES), "undated")
    heads = [both(f"report.ages.{name}") for name in classes]
    return _bars("by_age", summary.reach_by_age(), classes, heads)


def _places(summary: Summary) -> Html:
    frame = summary.by_partition()
    rows = [
        el(
            "tr",
            el("th", own(row["partition"]), scope="row"),
            el("td", term("report.sources", row["source"])),
            *(el("td", int(row[name]), class_="n") for name in (*LEVELS, "review", "items")),
            el("td", _persons(row), class_="n"),
        )
        for row in _cells.records(frame.head(_PLACES))
    ]
    heads = [both("report.exposure.place"), both("report.exposure.source"), *_level_heads()]
    heads.append(both("report.exposure.persons"))
    rest = len(frame) - len(rows)
    more = el("p", counted("report.exposure.more", rest), class_="small") if rest > 0 else None
    summary_line = el("summary", counted("report.exposure.by_place", len(frame)))
    inside = table("report.exposure.by_place_caption", heads, rows, "plain")
    return el("details", summary_line, inside, more, open=len(frame) <= 10)
