"""Page one: how bad, where, what was not seen, what to do first. Fits one screen."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import pandas as pd

from auditor.reports import _cells, _charts
from auditor.reports._markup import Html, both, counted, el, join, own, term
from auditor.summary import CERTAIN, LEVELS, Summary

__all__ = ["Facts", "facts", "front", "percent"]

_PLACES = 5
_REASONS = 3
_STEPS = 5


@dataclass(frozen=True, slots=True)
class Facts:
    """What page one is about, counted once."""

    levels: dict[str, tuple[int, int, int]]
    """Level → items and most persons, high and medium only; then items to review."""
    items: int
    persons: tuple[int, int]
    """Least and most distinct persons."""
    review: int
    """Items that a person has to look at before they count."""
    places: pd.DataFrame
    books: dict[str, Any]
    reasons: pd.DataFrame
    suspects: int
    retention: int
    breach: int
    ran: bool


def facts(summary: Summary) -> Facts:
    """Count what page one says."""
    persons = {row["scope"]: row for row in _cells.records(summary.persons())}
    exposed = summary.exposed()
    certain = exposed[exposed["confidence"].isin(CERTAIN)]
    low = exposed[~exposed["confidence"].isin(CERTAIN)]["exposure"].value_counts()
    reasons = summary.coverage_by_reason()
    suspect = summary.coverage["suspect"].fillna(value=False)
    return Facts(
        levels={
            name: (
                int(persons[name]["items"]),
                int(persons[name]["high"]),
                int(low.get(name, 0)),
            )
            for name in LEVELS
        },
        items=len(certain),
        persons=(int(persons["all"]["low"]), int(persons["all"]["high"])),
        review=len(exposed) - len(certain),
        places=summary.by_partition(),
        books=_cells.records(summary.books())[0],
        reasons=reasons,
        suspects=summary.coverage.loc[suspect, "item_id"].nunique(),
        retention=int((certain["retention_check"].fillna("") == "check").sum()),
        breach=int((certain["breach_class"].fillna("") != "").sum()),
        ran=not summary.audits().empty,
    )


def percent(share: Any) -> str:
    """A share of 0 to 1 in percent, cut rather than rounded: 100 % means all of it."""
    if pd.isna(share):
        return "–"
    return "100%" if share >= 1 else f"{math.floor(share * 1000) / 10:.1f}%"


def front(summary: Summary) -> Html:
    """The whole of page one."""
    found = facts(summary)
    below = [
        _tiles(found),
        el("div", _where(found), _unseen(found), _steps(found), class_="panels"),
    ]
    return el(
        "section",
        _headline(found, summary),
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


def _headline(found: Facts, summary: Summary) -> Html:
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
        lines.append(el("p", _to_items(text, breach="1"), class_="notice"))
    lines += [el("p", line, class_="small") for line in _changes(summary)]
    return el("div", *lines, class_="headline")


def _changes(summary: Summary) -> Iterator[Html]:
    """Items that are different since the audit before; silent when there was none."""
    findings = summary.findings[summary.findings["confidence"] != "sample"]
    suppressed = findings["status"] == "suppressed"
    by_item = findings[~suppressed].groupby("item_id")["status"]
    one = by_item.min()
    counts = one.where(one == by_item.max(), "changed").value_counts()
    if (findings["status"] != "new").any():
        changes = {name: int(counts.get(name, 0)) for name in ("new", "changed", "resolved")}
        accepted = int(findings[suppressed]["item_id"].nunique())
        yield both("report.front.changes", **changes, suppressed=accepted)


def _tiles(found: Facts) -> Html:
    tiles = []
    for level in LEVELS:
        count, persons, review = found.levels[level]
        if level == "unknown" and not count + review:
            continue
        small = [counted("report.front.persons_most", persons)] if persons else []
        if review:
            small.append(counted("report.front.and_review", review))
        inside = [
            el("span", term("exposure.levels", level), class_=f"level {level}"),
            el("span", el("b", count), " ", counted("report.front.items", count), class_="count"),
            el("span", both(f"exposure.levels_short.{level}"), class_="small"),
            *(el("span", line, class_="small") for line in small),
        ]
        name = f"tile {level}" if count else "tile zero"
        wanted = {"level": level, "confidence": "certain"} if count else {"level": level}
        link = {"href": "#items-table", "data_filter": urlencode(wanted)}
        body = el("a", *inside, class_=name, **link) if count + review else None
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
        link = _to_items(own(place["partition"]), search=str(place["partition"]))
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
        el("p", _to_gaps(suspects, suspect="1"), class_="notice") if found.suspects else None,
    )


def _reason(row: dict[str, Any]) -> Html:
    code = "" if pd.isna(row["reason"]) else str(row["reason"])
    return _to_gaps(both(f"reasons.{code}.words"), reason=code)


def _extent(row: dict[str, Any]) -> Html:
    """How much is behind a reason: items, or whole sites and mailboxes."""
    items, scopes = int(row["items"]), int(row["scopes"])
    both_kinds = [counted("report.front.n_scopes", scopes)] if scopes else []
    return join(*both_kinds, " " if items and scopes else "", _items_of(items) if items else "")


def _to_items(text: Html, **filters: str) -> Html:
    return el("a", text, href="#items-table", data_filter=urlencode(filters))


def _to_gaps(text: Html, **filters: str) -> Html:
    return el("a", text, href="#gaps-table", data_filter=urlencode(filters))


def _steps(found: Facts) -> Html:
    steps = list(_needed(found))[:_STEPS]
    if not steps:
        return _panel("steps", el("p", both("report.steps.nothing")))
    return _panel("steps", el("ol", *(el("li", step) for step in steps), class_="steps"))


def _needed(found: Facts) -> Iterator[Html]:
    """What to do, most urgent first."""

    def to_items(key: str, count: int, **filters: str) -> Iterator[Html]:
        if count:
            yield join(
                _to_items(both(f"report.steps.{key}"), **filters),
                el("span", _items_of(count), class_="count"),
            )

    yield from to_items("public", found.levels["public"][0], level="public", confidence="certain")
    yield from to_items(
        "external", found.levels["external"][0], level="external", confidence="certain"
    )
    yield from to_items(
        "unknown", found.levels["unknown"][0], level="unknown", confidence="certain"
    )
    if found.suspects:
        yield join(
            _to_gaps(both("report.steps.suspects"), suspect="1"),
            el("span", _items_of(found.suspects), class_="count"),
        )
    permissions = sorted({name for names in found.reasons["permissions"] for name in names})
    if permissions:
        names = el("code", ", ".join(permissions[:2]) + (" …" if len(permissions) > 2 else ""))
        yield el("a", both("report.steps.permission", names=names), href="#coverage")
    yield from to_items(
        "internal", found.levels["internal"][0], level="internal", confidence="certain"
    )
    yield from to_items("retention", found.retention, retention="1")
    yield from to_items("review", found.review, confidence="low")
