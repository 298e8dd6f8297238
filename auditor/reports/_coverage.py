"""The section of coverage: the books, and every reason with its meaning and its remedy."""

from __future__ import annotations

from typing import Any

import pandas as pd

from auditor.reports import _cells, _charts
from auditor.reports._front import percent
from auditor.reports._heat import to_gaps
from auditor.reports._long import gaps_table
from auditor.reports._markup import Html, both, counted, el, join, section, table, term
from auditor.reports._treemap import treemap
from auditor.summary import STATES, Summary

__all__ = ["coverage"]


def coverage(summary: Summary, lang: str) -> Html:
    """What was listed, read and not read."""
    if summary.totals.empty:
        return section("coverage", el("p", both("report.coverage.none"), class_="none"))
    parts = [_equation(summary), treemap(summary), _sources(summary), _reasons(summary)]
    if len(summary.coverage):
        parts.append(gaps_table(summary, lang))
    return section("coverage", *parts)


def _equation(summary: Summary) -> Html:
    """Listed = the sum of the states, in words; loud when it is not so."""
    books = _cells.records(summary.books())[0]
    terms: list[Html] = []
    for state in STATES:
        term_ = el("span", el("b", int(books[state])), " ", both(f"report.states.{state}"))
        terms.append(join(el("span", " + " if terms else " = ", class_="sign"), term_))
    listed = el("span", el("b", int(books["listed"])), " ", both("report.coverage.listed"))
    line = el("p", listed, *terms, class_="equation")
    balanced = bool(books["balanced"])
    text = both("report.coverage.balanced" if balanced else "report.coverage.unbalanced")
    verdict = el(
        "p", text, class_="good" if balanced else "bad", role=None if balanced else "alert"
    )
    heading = el("h3", both("report.coverage.books"), id="books")
    known = int(books["complete"]) + int(books["unchanged"])
    still = int(books["unread"]) - (int(books["listed"]) - known)
    note = el("p", counted("report.coverage.still_unread", still), class_="small")
    return el("div", heading, line, note if still > 0 else None, verdict, class_="books")


def _sources(summary: Summary) -> Html:
    rows = []
    frame = summary.coverage_by_source()
    # Checks of the settings ask and list nothing: their requests are told under "this audit".
    for row in _cells.records(frame[frame["listed"] > 0]):
        listed, unread = int(row["listed"]), int(row["unread"])
        bar = _charts.stack([("read", listed - unread), ("unread", unread)])
        rows.append(
            el(
                "tr",
                el("th", _linked(row), scope="row"),
                el("td", percent(row["read_share"]), class_="n strong"),
                el("td", bar, class_="chart"),
                el("td", listed, class_="n"),
                *(el("td", int(row[state]), class_="n") for state in STATES),
                el("td", both(f"report.coverage.{'yes' if row['balanced'] else 'no'}")),
            )
        )
    heads = [
        both("report.exposure.source"),
        both("report.coverage.read_share"),
        el("span", both("report.exposure.share"), class_="hidden"),
        both("report.coverage.listed"),
        *(both(f"report.states.{state}") for state in STATES),
        both("report.coverage.balance"),
    ]
    return table("report.coverage.by_source", heads, rows, "bars")


def _linked(row: dict[str, Any]) -> Html:
    """The name of a service, as a link to what was not read of it."""
    source = str(row["source"])
    name = term("report.sources", source)
    return to_gaps(name, {"source": source}) if int(row["unread"]) else name


def _reasons(summary: Summary) -> Html:
    frame = summary.coverage_by_reason()
    if frame.empty:
        return el("p", both("report.coverage.no_reason"), class_="none")
    rows = [_reason(row) for row in _cells.records(frame)]
    names = ("reason", "items", "scopes", "suspects", "remedy")
    heads = [both(f"report.coverage.{name}") for name in names]
    return table("report.coverage.by_reason", heads, rows, "reasons")


def _reason(row: dict[str, Any]) -> Html:
    code = "" if pd.isna(row["reason"]) else str(row["reason"])
    words = to_gaps(both(f"reasons.{code}.words"), {"reason": code})
    needed = [
        join(", " if at else " ", el("code", name)) for at, name in enumerate(row["permissions"])
    ]
    permission = (
        el("p", both("report.coverage.permissions"), *needed, class_="small") if needed else None
    )
    suspects = int(row["suspects"])
    return el(
        "tr",
        el("th", words, el("p", both(f"reasons.{code}.means"), class_="small"), scope="row"),
        el("td", int(row["items"]), class_="n"),
        el("td", int(row["scopes"]), class_="n"),
        el("td", suspects, class_="n warn" if suspects else "n"),
        el("td", both(f"reasons.{code}.remedy"), permission),
    )
