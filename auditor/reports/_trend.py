"""The trend over runs: a bar a run, as high as the items found, coloured by exposure level."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import pandas as pd

from auditor.reports import _cells
from auditor.reports._markup import Html, both, el, join, own, table, term
from auditor.summary import LEVELS, Summary

__all__ = ["before", "sparkline", "trend"]

_RUNS: Final = 24
"""The latest runs of a tenant that are drawn."""
_WIDTH, _HEIGHT = 720, 160
_PARTS: Final = (*LEVELS, "review")


def _history(summary: Summary) -> pd.DataFrame:
    """``Summary.trend``; of a summary made of frames, which has no history, no row."""
    if summary.workspace is None:
        return pd.DataFrame(columns=["run_id", "tenant_id"])
    return summary.trend()


def before(summary: Summary) -> pd.DataFrame:
    """The run before each one that is shown, as rows of ``Summary.trend``; none for a first one."""
    runs = _history(summary)
    earlier = runs.groupby("tenant_id", sort=False)["run_id"].shift()
    wanted = earlier[runs["run_id"].isin(summary.shown)].dropna()
    return runs[runs["run_id"].isin(wanted)]


def _until_shown(summary: Summary) -> Iterator[pd.DataFrame]:
    """The latest runs of each tenant, up to the one that is shown."""
    runs = _history(summary)
    for run_id in summary.shown:
        at = runs.index[runs["run_id"] == run_id]
        if at.empty:
            continue
        mine = runs[runs["tenant_id"] == runs.loc[at[0], "tenant_id"]]
        yield mine.loc[: at[0]].tail(_RUNS)


def trend(summary: Summary) -> Html:
    """The chart of each tenant, and under it the table that it draws."""
    parts = [_of_tenant(runs, named=len(summary.shown) > 1) for runs in _until_shown(summary)]
    return el("div", el("h3", both("report.trend.title")), *parts, class_="trend")


def _of_tenant(runs: pd.DataFrame, *, named: bool) -> Html:
    name = el("h4", own(str(runs["tenant_name"].iloc[-1]))) if named else None
    if len(runs) < 2:
        return el("div", name, el("p", both("report.trend.first"), class_="none"))
    return el("div", name, el("figure", _bars(runs), class_="chart"), _legend(), _table(runs))


def _legend() -> Html:
    keys = [
        el("li", el("span", class_=f"key {part}", aria_hidden="true"), _named(part))
        for part in _PARTS
    ]
    return el("ul", *keys, class_="legend")


def _named(part: str) -> Html:
    return both("report.exposure.review") if part == "review" else term("exposure.levels", part)


def _bars(runs: pd.DataFrame) -> Html:
    """Hidden from screen readers: the table beside it says the same."""
    most = max(1, int(runs["items"].max()))
    step = _WIDTH / max(len(runs), 6)
    drawn = [el("line", class_="axis", x1=0, x2=_WIDTH, y1=_HEIGHT - 20, y2=_HEIGHT - 20)]
    for place, row in enumerate(_cells.records(runs)):
        drawn.append(_bar(row, most, round(place * step), round(step * 0.62)))
    return el(
        "svg",
        *drawn,
        viewBox=f"0 0 {_WIDTH} {_HEIGHT}",
        class_="trend-bars",
        aria_hidden="true",
        focusable="false",
    )


def _bar(row: dict[str, Any], most: int, x: int, width: int) -> Html:
    y, parts = _HEIGHT - 20, []
    for part in reversed(_PARTS):
        high = -(-int(row[part]) * (_HEIGHT - 44) // most)
        y -= high
        if high:
            parts.append(
                el("rect", class_=f"fill {part}", x=x, y=y, width=width, height=max(1, high))
            )
    middle = x + width // 2
    count = el("text", int(row["items"]), x=middle, y=y - 5, class_="count")
    when = el("text", f"{row['started']:%Y-%m-%d}"[2:], x=middle, y=_HEIGHT - 5, class_="when")
    return join(*parts, count, when)


def _table(runs: pd.DataFrame) -> Html:
    rows = [
        el(
            "tr",
            el("th", f"{row['started']:%Y-%m-%d}", scope="row"),
            *(el("td", int(row[name]), class_="n") for name in (*_PARTS, "items")),
            el("td", _persons(row), class_="n"),
            *(el("td", int(row[name]), class_="n") for name in ("new", "resolved", "unread")),
        )
        for row in reversed(_cells.records(runs))
    ]
    ends = [both(f"report.trend.{name}") for name in ("new", "resolved", "unread")]
    middle = [both("report.exposure.items"), both("report.exposure.persons")]
    heads = [both("report.trend.run"), *map(_named, _PARTS), *middle, *ends]
    mark = str(runs["run_id"].iloc[-1])
    inside = table("report.trend.caption", heads, rows, "plain", mark)
    return el("details", el("summary", both("report.trend.table")), inside)


def _persons(row: dict[str, Any]) -> Html:
    low, high = row["persons_low"], row["persons_high"]
    if pd.isna(low) or pd.isna(high):
        return join("–")
    return join(int(low)) if low == high else join(int(low), "–", int(high))


def sparkline(summary: Summary) -> Html | None:
    """How many items each of the latest runs found, as one small line; None with one run."""
    counts = _together(summary)
    if len(counts) < 2:
        return None
    most, step = max(1, *counts), 100 / (len(counts) - 1)
    points = " ".join(
        f"{at * step:.1f},{22 - 20 * count / most:.1f}" for at, count in enumerate(counts)
    )
    line = el("polyline", points=points, class_="line")
    dot = el("circle", cx="100", cy=f"{22 - 20 * counts[-1] / most:.1f}", r="2.5", class_="dot")
    return el(
        "svg",
        line,
        dot,
        viewBox="-3 -2 106 28",
        class_="spark",
        aria_hidden="true",
        focusable="false",
    )


def _together(summary: Summary) -> list[int]:
    """Items of the latest runs; of several tenants, those that they have in common added up."""
    each = [list(map(int, runs["items"])) for runs in _until_shown(summary)]
    common = min(map(len, each), default=0)
    return [sum(counts[at] for counts in each) for at in range(-common, 0)]
