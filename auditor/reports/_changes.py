"""What changed since the audit before: on page one, in numbers that lead to the items."""

from __future__ import annotations

from auditor.reports._heat import to_items
from auditor.reports._markup import Html, both, counted, el, join
from auditor.reports._payload import statuses
from auditor.reports._trend import before, sparkline
from auditor.summary import Summary

__all__ = ["changes", "since"]

_SHOWN = ("new", "changed", "resolved", "suppressed")


def changes(summary: Summary) -> Html:
    """Items that are new, changed, resolved or accepted since the audit before, and the trend."""
    heading = el("h3", both("report.front.changed"), id="panel-changed")
    return el(
        "section", heading, *_inside(summary), class_="changes", aria_labelledby="panel-changed"
    )


def _inside(summary: Summary) -> list[Html | None]:
    earlier = before(summary)
    counts = _counts(summary)
    accepted = counts.get("suppressed", 0)
    if earlier.empty:
        note = counted("report.front.accepted", accepted) if accepted else None
        first = el("p", both("report.front.first_audit"), class_="small")
        link = el("p", to_items(note, {"status": "suppressed"}), class_="small") if note else None
        return [first, link]
    day = el("span", f"{earlier['started'].min():%Y-%m-%d}")
    told = el("p", both("report.front.compared", day=day), class_="small")
    return [_numbers(counts), told, sparkline(summary)]


def _counts(summary: Summary) -> dict[str, int]:
    """Items a status; published samples never count."""
    findings = summary.findings[summary.findings["confidence"] != "sample"]
    found = statuses(findings).value_counts()
    return {str(name): int(count) for name, count in found.items()}


def _numbers(counts: dict[str, int]) -> Html:
    parts = []
    for name in _SHOWN:
        count = counts.get(name, 0)
        number = el("b", count)
        linked = count and name != "resolved"  # what was resolved is no longer in the table
        value = to_items(number, {"status": name}) if linked else number
        words = el("span", both(f"report.statuses.{name}"), class_="small")
        parts.append(el("li", value, words))
    return el("ul", *parts, class_="numbers")


def since(summary: Summary, level: str) -> Html | None:
    """By how many items a level is more or fewer than in the audit before."""
    earlier = before(summary)
    if earlier.empty or len(earlier) < len(summary.shown):
        return None
    now = summary.trend()
    now = now[now["run_id"].isin(summary.shown)]
    more = int(now[level].sum()) - int(earlier[level].sum())
    if not more:
        return None
    name, sign = ("more", "▲") if more > 0 else ("fewer", "▼")
    short = el("span", join(sign, " ", abs(more)), aria_hidden="true")
    words = el("span", counted(f"report.front.{name}", abs(more)), class_="hidden")
    return el("span", short, words, class_=f"small {name}")
