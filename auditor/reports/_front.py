"""Page one: how bad, where, what was not seen, what to do first. Fits one screen."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd

from auditor.reports import _cells, _charts
from auditor.reports._changes import changes, since
from auditor.reports._facts import Facts, facts
from auditor.reports._heat import address, to_gaps, to_items
from auditor.reports._markup import Html, both, counted, el, join, own, term
from auditor.reports._steps import steps
from auditor.summary import LEVELS, Summary

__all__ = ["front", "percent"]

_PLACES = 5
_REASONS = 3
_PLACE = ("source", "partition")


def percent(share: Any) -> str:
    """A share of 0 to 1 in percent, cut rather than rounded: 100 % means all of it."""
    if pd.isna(share):
        return "–"
    return "100%" if share >= 1 else f"{math.floor(share * 1000) / 10:.1f}%"


def front(summary: Summary) -> Html:
    """The whole of page one."""
    found = facts(summary)
    below = [
        _tiles(found, summary),
        el("div", _where(found), _unseen(found), _first(found, summary), class_="panels"),
    ]
    return el(
        "section",
        el("div", _headline(found), changes(summary), class_="top")
        if found.ran
        else _headline(found),
        *(below if found.ran else [el("p", both("report.front.how_to_begin"), class_="lead")]),
        id="overview",
        class_="front",
        aria_labelledby="verdict",
    )


def _verdict(found: Facts) -> Html:
    """One sentence that answers how bad."""
    if not found.ran:
        return both("report.verdict.nothing_yet")
    for level in LEVELS:
        count = found.levels[level][0]
        if count:
            return counted(f"report.verdict.{level}", count, all=found.items)
    if found.review:
        return counted("report.verdict.review", found.review)
    unseen = int(found.books["unread"])
    if unseen:
        return counted("report.verdict.none_but_unread", unseen)
    return both("report.verdict.none")


def _headline(found: Facts) -> Html:
    lines = [el("h2", _verdict(found), id="verdict")]
    if found.items:
        low, high = found.persons
        persons = (
            counted("report.front.persons", high)
            if low == high
            else both("report.front.persons_range", low=low, high=high)
        )
        lines.append(
            el("p", counted("report.front.all", found.items, persons=persons), class_="lead")
        )
    if found.breach:
        text = counted("report.front.breach", found.breach)
        lines.append(el("p", to_items(text, {"breach": "1"}), class_="notice"))
    return el("div", *lines, class_="headline")


def _tiles(found: Facts, summary: Summary) -> Html:
    tiles = []
    for level in LEVELS:
        count, persons, review = found.levels[level]
        if level == "unknown" and not count + review:
            continue
        small = [counted("report.front.persons_most", persons)] if persons else []
        if review:
            small.append(counted("report.front.and_review", review))
        inside = [
            el(
                "span",
                el("span", term("exposure.levels", level), class_=f"level {level}"),
                since(summary, level),
                class_="head",
            ),
            el("span", el("b", count), " ", counted("report.front.items", count), class_="count"),
            el("span", both(f"exposure.levels_short.{level}"), class_="small"),
            *(el("span", line, class_="small") for line in small),
        ]
        name = f"tile {level}" if count else "tile zero"
        wanted = {"level": level, "confidence": "certain"} if count else {"level": level}
        body = el("a", *inside, class_=name, href=address(wanted)) if count + review else None
        tiles.append(el("li", body or el("div", *inside, class_=name)))
    return el("ul", *tiles, class_="tiles")


def _items_of(count: int) -> Html:
    return counted("report.front.n_items", count)


def _panel(name: str, *inside: Html | None) -> Html:
    heading = el("h3", both(f"report.front.{name}"), id=f"panel-{name}")
    return el("section", heading, *inside, class_="panel", aria_labelledby=f"panel-{name}")


def _where(found: Facts) -> Html:
    places = _cells.records(found.places.head(_PLACES))
    if not places:
        return _panel("where", el("p", both("report.front.nowhere")))
    most = max(int(place["items"]) for place in places)
    rows = []
    for place in places:
        parts = [(level, int(place[level])) for level in LEVELS]
        parts.append(("review", int(place["review"])))
        link = to_items(own(place["partition"]), {name: str(place[name]) for name in _PLACE})
        source = el("span", term("report.sources", place["source"]), class_="small")
        rows.append(
            el(
                "li",
                el("span", link, " ", source, class_="name"),
                el("span", _items_of(int(place["items"])), class_="count"),
                _charts.stack(parts, most),
            )
        )
    rest = len(found.places) - len(places)
    more = el("p", counted("report.front.more_places", rest), class_="small") if rest > 0 else None
    return _panel("where", el("ol", *rows, class_="places"), more)


def _unseen(found: Facts) -> Html:
    books = found.books
    listed, unread = int(books["listed"]), int(books["unread"])
    share = el("p", el("b", percent(books["read_share"])), " ", both("report.front.read"))
    share = el("div", share, class_="share")
    bar = _charts.stack([("read", listed - unread), ("unread", unread)])
    if not listed:
        return _panel("unseen", el("p", both("report.front.nothing_listed")))
    if not unread:
        return _panel("unseen", share, bar, el("p", both("report.front.all_read")))
    rows = [
        el("li", _reason(row), el("span", _extent(row), class_="count"))
        for row in _cells.records(found.reasons.head(_REASONS))
    ]
    text = counted("report.front.unread", unread, listed=listed)
    suspects = counted("report.front.suspects", found.suspects)
    return _panel(
        "unseen",
        share,
        bar,
        el("p", text, class_="small"),
        el("ul", *rows, class_="reasons"),
        el("p", to_gaps(suspects, {"suspect": "1"}), class_="notice") if found.suspects else None,
    )


def _reason(row: dict[str, Any]) -> Html:
    code = "" if pd.isna(row["reason"]) else str(row["reason"])
    return to_gaps(both(f"reasons.{code}.words"), {"reason": code})


def _extent(row: dict[str, Any]) -> Html:
    """How much is behind a reason: items, or whole sites and mailboxes."""
    items, scopes = int(row["items"]), int(row["scopes"])
    both_kinds = [counted("report.front.n_scopes", scopes)] if scopes else []
    return join(*both_kinds, " " if items and scopes else "", _items_of(items) if items else "")


def _first(found: Facts, summary: Summary) -> Html:
    todo = steps(found, summary)
    if not todo:
        return _panel("steps", el("p", both("report.steps.nothing")))
    return _panel("steps", el("ol", *todo, class_="steps"))
