"""The closing sections: how to read the report, what it never holds, what it was made from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from auditor.reports import _cells
from auditor.reports._markup import Html, both, el, join, own, section, term
from auditor.summary import LEVELS, STATES, Summary

__all__ = ["about", "moment", "never", "reading"]

_RULES = ("persons", "confidence_rule", "sample", "age", "masked", "denied")
_NEVER = ("digits", "hashes", "context", "names", "network")


def _terms(pairs: Sequence[tuple[Html, Html]]) -> Html:
    return el("dl", *(join(el("dt", name), el("dd", text)) for name, text in pairs), class_="terms")


def _group(name: str, pairs: Sequence[tuple[Html, Html]]) -> Html:
    return el("div", el("h3", both(f"report.reading.{name}")), _terms(pairs))


def reading() -> Html:
    """The words of this report, each with its meaning."""
    levels = [
        (
            el("span", term("exposure.levels", name), class_=f"level {name}"),
            both(f"exposure.levels_mean.{name}"),
        )
        for name in LEVELS
    ]
    confidences = [
        (both(f"report.confidences.{name}"), both(f"report.confidences_mean.{name}"))
        for name in ("high", "medium", "low", "sample")
    ]
    states = [
        (both(f"report.states.{name}"), both(f"report.states_mean.{name}")) for name in STATES
    ]
    rules = [
        (both(f"report.reading.{name}"), both(f"report.reading.{name}_text")) for name in _RULES
    ]
    groups = [
        _group("levels", levels),
        _group("confidences", confidences),
        _group("states", states),
        _group("rules", rules),
    ]
    return section("reading", el("div", *groups, class_="groups"))


def never() -> Html:
    """What this report never holds."""
    return section("never", el("ul", *(el("li", both(f"report.never.{name}")) for name in _NEVER)))


def about(summary: Summary) -> Html:
    """The audits that this report shows: when, with what, under which rules, at what cost."""
    books = _cells.records(summary.books())[0]
    runs = [_run(row) for row in _cells.records(summary.audits())]
    cost = [
        (both("report.about.requests"), el("span", int(books["requests"]))),
        (both("report.about.units"), el("span", int(books["units"]))),
        (both("report.about.bytes"), el("span", _size(int(books["bytes"])))),
    ]
    return section("about", *runs, _terms(cost) if runs else None)


def _run(row: dict[str, Any]) -> Html:
    pairs = [
        (
            both("report.about.tenant"),
            join(own(_text(row["tenant_name"])), " ", _code(row["tenant_id"])),
        ),
        (both("report.about.run"), _code(row["run_id"])),
        (both("report.about.started"), moment(row["started"])),
        (both("report.about.ended"), moment(row["ended"])),
        (both("report.about.state"), term("report.run_states", _text(row["state"]))),
        (
            both("report.about.kind"),
            both(f"report.about.{'full' if row['full'] is True else 'incremental'}"),
        ),
        (both("report.about.version"), _code(row["tool_version"])),
        (both("report.about.rules"), _code(row["rules_digest"])),
    ]
    return _terms(pairs)


def moment(value: object) -> Html:
    """A time, in UTC; the page's script shows it in the reader's own zone."""
    if not isinstance(value, pd.Timestamp):
        return Html("–")
    return el(
        "time",
        value.strftime("%Y-%m-%d %H:%M UTC"),
        datetime=value.strftime("%Y-%m-%dT%H:%M:%SZ"),
    )


def _text(value: object) -> str:
    return "" if value is None or value is pd.NA else str(value)


def _code(value: object) -> Html:
    return el("code", _text(value))


def _size(count: int) -> str:
    """Bytes for reading, in binary units."""
    size = float(count)
    for unit in ("B", "KiB", "MiB", "GiB"):
        if size < 1024:
            return f"{size:.0f} {unit}"
        size /= 1024
    return f"{size:,.1f} TiB"
