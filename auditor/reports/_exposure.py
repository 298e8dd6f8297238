"""The section of exposure: heat maps of service × level, reach × persons, paper × period."""

from __future__ import annotations

from typing import Any

import pandas as pd

from auditor.reports import _cells, _classes
from auditor.reports._heat import cell
from auditor.reports._markup import Html, both, el, join, section, table, term
from auditor.reports._trend import trend
from auditor.summary import LEVELS, REACHES, Summary

__all__ = ["exposure", "periods_by_paper", "persons_by_reach"]

Filters = dict[str, str]


def exposure(summary: Summary) -> Html:
    """Where exposed items are, who reaches how many persons, how old they are, and the trend."""
    if summary.exposed().empty:
        return section("exposure", el("p", both("report.exposure.none"), class_="none"))
    halves = el("div", _reaches(summary), _periods(summary), class_="halves")
    return section("exposure", _sources(summary), halves, trend(summary))


def _sources(summary: Summary) -> Html:
    frame = summary.by_source()
    most = int(frame[list(LEVELS)].to_numpy().max())
    rows = []
    for row in _cells.records(frame):
        source = {"source": str(row["source"])}
        levels = [
            cell(int(row[name]), most, name, source | {"level": name, "confidence": "certain"})
            for name in LEVELS
        ]
        review = cell(int(row["review"]), most, "review", source | {"confidence": "low"})
        total = cell(int(row["items"]), 0, "whole", source)
        head = el("th", term("report.sources", row["source"]), scope="row")
        rows.append(el("tr", head, *levels, review, total, el("td", _persons(row), class_="n")))
    sums = frame[[*LEVELS, "review", "items"]].sum()
    cells = [el("td", int(count), class_="n") for count in sums]
    total_head = el("th", both("report.exposure.items"), scope="row")
    rows.append(el("tr", total_head, *cells, el("td"), class_="total"))
    levels = [el("span", term("exposure.levels", name), class_=f"level {name}") for name in LEVELS]
    ends = [both(f"report.exposure.{name}") for name in ("review", "items", "persons")]
    heads = [both("report.exposure.source"), *levels, *ends]
    return table("report.exposure.by_source", heads, rows, "heat")


def _persons(row: dict[str, Any]) -> Html:
    low, high = int(row["persons_low"]), int(row["persons_high"])
    return join(low) if low == high else join(low, "–", high)


def persons_by_reach(summary: Summary) -> pd.DataFrame:
    """Certain items a reach (index, farthest first): one column a class of persons, and items."""
    items = summary.exposed(certain=True)
    found = pd.crosstab(items["reach"], _classes.people(items["persons"]))
    found = found.reindex(index=REACHES, columns=_classes.PEOPLE, fill_value=0)
    return found[found.sum(axis=1) > 0]


def periods_by_paper(summary: Summary) -> pd.DataFrame:
    """Certain items a kind of paper (index): one column a class of period; most past first."""
    items = summary.exposed(certain=True)
    periods = _classes.period(items["retention_until"], _classes.today(summary))
    found = pd.crosstab(items["document_type"].fillna(""), periods)
    found = found.reindex(columns=_classes.PERIODS, fill_value=0)
    return found.sort_values([*_classes.PERIODS], ascending=False, kind="stable")


def _reaches(summary: Summary) -> Html:
    frame = persons_by_reach(summary)
    heads = [both(f"report.people.{name}") for name in frame.columns]
    rows = [
        _row(frame, reach, term("exposure.reaches", reach), {"reach": reach}, "persons", "persons")
        for reach in frame.index
    ]
    first = both("report.exposure.reach")
    return table("report.exposure.by_reach", [first, *heads, _total()], rows, "heat")


def _periods(summary: Summary) -> Html:
    frame = periods_by_paper(summary)
    heads = [both(f"report.periods.{name}") for name in frame.columns]
    rows = []
    for paper in frame.index:
        words = term("papers.types", paper) if paper else both("report.exposure.other_paper")
        rows.append(_row(frame, paper, words, {"document": paper}, "period", ""))
    first = both("report.exposure.paper")
    return table("report.exposure.by_period", [first, *heads, _total()], rows, "heat")


def _total() -> Html:
    return both("report.exposure.items")


def _row(
    frame: pd.DataFrame, name: str, words: Html, filters: Filters, column: str, tint: str
) -> Html:
    most = int(frame.to_numpy().max())
    certain = {**filters, "confidence": "certain"}
    counts = {str(code): int(count) for code, count in frame.loc[[name]].iloc[0].items()}
    cells = [
        cell(count, most, tint or code, certain | {column: code}) for code, count in counts.items()
    ]
    total = cell(sum(counts.values()), 0, "whole", certain)
    return el("tr", el("th", words, scope="row"), *cells, total)
