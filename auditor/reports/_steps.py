"""What to do first: the most urgent of what was found, in words, each with a place to begin at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from auditor.reports._facts import Facts
from auditor.reports._heat import to_gaps, to_items
from auditor.reports._markup import Html, both, counted, el, join, own
from auditor.summary import CERTAIN, LEVELS, Summary

__all__ = ["steps"]

MOST = 5


def steps(found: Facts, summary: Summary) -> list[Html]:
    """At most five entries of a list; none where nothing has to be done."""
    return [el("li", step) for step, _ in zip(_needed(found, summary), range(MOST), strict=False)]


def _needed(found: Facts, summary: Summary) -> Iterator[Html]:
    worst = next((level for level in LEVELS if found.levels[level][0]), "")
    for level in ("public", "external", "unknown"):
        yield from _of_level(found, summary, level, begin=level == worst)
    if found.suspects:
        link = to_gaps(both("report.steps.suspects"), {"suspect": "1"})
        yield _counted(link, found.suspects)
    permissions = sorted({name for names in found.reasons["permissions"] for name in names})
    if permissions:
        names = el("code", ", ".join(permissions[:2]) + (" …" if len(permissions) > 2 else ""))
        yield el("a", both("report.steps.permission", names=names), href="#coverage")
    if found.failed:
        link = el("a", both("report.steps.controls"), href="#controls")
        yield join(link, el("span", counted("report.front.n_checks", found.failed), class_="count"))
    yield from _of_level(found, summary, "internal", begin=worst == "internal")
    if found.retention:
        yield _counted(
            to_items(both("report.steps.retention"), {"retention": "1"}), found.retention
        )
    if found.review:
        yield _counted(to_items(both("report.steps.review"), {"confidence": "low"}), found.review)


def _of_level(found: Facts, summary: Summary, level: str, *, begin: bool) -> Iterator[Html]:
    """What to do about a level of exposure; of the worst, in which place to begin."""
    if not found.levels[level][0]:
        return
    filters = {"level": level, "confidence": "certain"}
    link = to_items(both(f"report.steps.{level}"), filters)
    place = _begin(summary, level, filters) if begin else None
    yield join(_counted(link, found.levels[level][0]), place)


def _begin(summary: Summary, level: str, filters: Mapping[str, str]) -> Html:
    """The place with the most persons at a level."""
    items = summary.to_act_on()
    mine = items[(items["exposure"] == level) & items["confidence"].isin(CERTAIN)]
    by_place = mine.groupby(["source", "partition"], sort=False)["persons"].agg(["sum", "size"])
    order = ["sum", "size"]
    (source, partition) = by_place.sort_values(order, ascending=False, kind="stable").index[0]
    place = to_items(own(str(partition)), {"source": source, "partition": partition, **filters})
    return el("span", both("report.steps.begin", place=place), class_="small")


def _counted(link: Html, count: int) -> Html:
    return join(link, el("span", counted("report.front.n_items", count), class_="count"))
