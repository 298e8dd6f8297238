"""The section of the page on a possible breach: the facts of the worksheet, to be read."""

from __future__ import annotations

from auditor.reports._breach import DECISIONS, Kind, Triage, dates, triage
from auditor.reports._lines import Line, line, markup
from auditor.reports._markup import Html, both, el, section, table
from auditor.summary import Summary

__all__ = ["breach"]


def breach(summary: Summary) -> Html:
    """What the facts point to, by when, what is known for a report, what a person decides."""
    found = triage(summary)
    decide = [el("li", both(f"breach.decide.{name}")) for name in DECISIONS]
    return section(
        "breach",
        _kinds(found),
        _clock(found),
        _report(found),
        el("h3", both("report.breach.decide")),
        el("ul", *decide, class_="plain"),
        el("p", both("breach.sources.decide"), class_="small"),
        el("p", both("breach.sources.all"), class_="small"),
    )


def _kinds(found: Triage) -> Html:
    names = ("sheet.kind", "sheet.status", "sheet.known", "sheet.source")
    heads = [both(f"breach.{name}") for name in names]
    return table("report.breach.kinds", heads, [_kind(kind) for kind in found.kinds], "facts")


def _kind(kind: Kind) -> Html:
    urgent = "check fail" if kind.status == "may_meet" else "check"
    return el(
        "tr",
        el("th", both(f"breach.kinds.{kind.code}"), scope="row"),
        el("td", both(f"breach.status.{kind.status}"), class_=urgent),
        el("td", *(_paragraph(known) for known in kind.known)),
        el("td", both(f"breach.sources.{kind.code}")),
    )


def _clock(found: Triage) -> Html:
    if found.clock is None:
        return el("p", both("breach.clock.ask"), class_="small")
    known = el("th", both("breach.clock.known"), scope="row")
    rows = [el("tr", known, el("td", found.clock.known_on.isoformat()), el("td"))]
    rows += [
        el("tr", el("th", markup(name), scope="row"), *(el("td", markup(p)) for p in rest))
        for name, *rest in dates(found)
    ]
    heads = [both(f"breach.sheet.{name}") for name in ("heading", "clock", "source")]
    return table("report.breach.clock", heads, rows, "facts")


def _report(found: Triage) -> Html:
    rows = [
        el(
            "tr",
            el("th", both(f"breach.items.{name}"), scope="row"),
            el("td", *(_paragraph(known) for known in lines)),
            el("td", both(f"breach.to_write.{name}")),
            el("td", markup(line("sources.item", n=place))),
        )
        for place, (name, lines) in enumerate(found.report, start=1)
    ]
    names = ("report", "known", "to_write", "source")
    heads = [both(f"breach.sheet.{name}") for name in names]
    return table("report.breach.report", heads, rows, "facts")


def _paragraph(sentence: Line) -> Html:
    return el("p", markup(sentence))
