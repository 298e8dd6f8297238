"""What an audit knows of a possible breach, as sentences: the same for a page and for a worksheet.

規則 2条 names four kinds of event that are reported to the Commission, 規則 3条 the nine items of a
report. Nothing here decides that there is one: what the facts point to "may meet" a kind, and what
no audit can see is asked of a person. Persons are exact numbers, or bounds: largest item ≤ persons
≤ sum of the items, within what the run counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from auditor.breach import MANY
from auditor.clock import Deadlines, deadlines
from auditor.reports import _cells
from auditor.reports._lines import Code, Line, Value, line
from auditor.summary import CERTAIN, Summary

__all__ = ["DECISIONS", "ITEMS", "KINDS", "OUTSIDE", "Bounds", "Kind", "Triage", "dates", "triage"]

OUTSIDE = ("public", "external")
"""Levels at which people outside the organisation can open an item."""
KINDS = ("1", "2", "3", "4")
"""Items of 規則 2条."""
ITEMS = tuple("outline data persons cause damage response publication prevention other".split())
"""Items of a report, 規則 3条1項 1号 to 9号."""
DECISIONS = tuple("viewed provision protected recovered file purpose body day".split())
"""What only a person can tell."""

_DOMAINS = 10


@dataclass(frozen=True, slots=True)
class Bounds:
    """Distinct persons: no fewer than ``low``, no more than ``high``; exact where they agree."""

    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Kind:
    """What the facts say to one kind of event."""

    code: str
    status: str
    """``may_meet``, ``not_seen``, or ``person``: only a person can tell."""
    known: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Triage:
    """All of it."""

    kinds: tuple[Kind, ...]
    items: pd.DataFrame
    """Certain items that outsiders can open, the gravest first."""
    report: tuple[tuple[str, tuple[Line, ...]], ...]
    """An item of a report → what is known of it."""
    clock: Deadlines | None
    """None where nobody gave the day of knowing."""
    viewable: Bounds
    outside: Bounds


def triage(summary: Summary) -> Triage:
    """The facts of the audit that is shown, against the kinds and the items of a report."""
    found = _Facts(summary)
    return Triage(
        kinds=tuple(Kind(code, *getattr(found, f"kind_{code}")()) for code in KINDS),
        items=found.outside,
        report=tuple((name, tuple(getattr(found, name)())) for name in ITEMS),
        clock=deadlines(summary.known_on) if summary.known_on else None,
        viewable=found.bounds(found.viewable),
        outside=found.bounds(found.outside),
    )


def persons(bounds: Bounds) -> Line:
    """How many, exact or as bounds."""
    if bounds.low == bounds.high:
        return line("persons", n=bounds.high)
    return line("persons_between", low=bounds.low, high=bounds.high)


def dates(found: Triage) -> list[tuple[Line, Line, Line]]:
    """Each deadline with when it is and its source; none where the day of knowing is unknown."""
    clock = found.clock
    if clock is None:
        return []
    first = line("clock.first_when", soonest=clock.first_soonest, latest=clock.first_latest)
    final = line("clock.final_when", day=clock.final)
    improper = line("clock.improper_when", day=clock.final_improper)
    return [
        (line("clock.first"), first, line("sources.first")),
        (line("clock.final"), final, line("sources.final")),
        (line("clock.improper"), improper, line("sources.final")),
    ]


class _Facts:
    """What the sentences are made of, counted once."""

    def __init__(self, summary: Summary) -> None:
        self.summary = summary
        items = summary.to_act_on()
        certain = items["confidence"].isin(CERTAIN)
        self.certain = items[certain]
        self.outside = self.certain[self.certain["exposure"].isin(OUTSIDE)].reset_index(drop=True)
        self.viewable = self.outside[self.outside["exposure"] == "public"]
        self.unknown = self.certain[self.certain["exposure"] == "unknown"]
        self.review = items[~certain & items["exposure"].isin((*OUTSIDE, "unknown"))]
        (every,) = (row for row in _cells.records(summary.persons()) if row["scope"] == "all")
        self.all = Bounds(int(every["low"]), int(every["high"]))

    def bounds(self, items: pd.DataFrame) -> Bounds:
        """Of these items: whoever stands in no other item must stand in one of them."""
        every = int(items["persons"].sum())
        others = int(self.certain["persons"].sum()) - every
        least = max(int(items["persons"].max()) if len(items) else 0, self.all.low - others)
        return Bounds(min(least, every), min(every, self.all.high))

    # — 規則 2条 ————————————————————————————————————————————————————————————————————————————————

    def kind_1(self) -> tuple[str, tuple[Line, ...]]:
        return "person", (line("kind_known.body"),)

    def kind_2(self) -> tuple[str, tuple[Line, ...]]:
        return "person", (line("kind_known.purpose"),)

    def kind_3(self) -> tuple[str, tuple[Line, ...]]:
        if not len(self.viewable):
            return "not_seen", (line("kind_known.none_public"), *self._open_ends())
        counted = persons(self.bounds(self.viewable))
        return "may_meet", (line("public_items", n=len(self.viewable)), counted, line("one_enough"))

    def kind_4(self) -> tuple[str, tuple[Line, ...]]:
        if not len(self.outside):
            return "not_seen", (line("kind_known.none_outside"), *self._open_ends())
        bounds = self.bounds(self.outside)
        known = (line("outside_items", n=len(self.outside)), persons(bounds))
        if bounds.low > MANY:
            return "may_meet", (*known, line("over", many=MANY))
        if bounds.high > MANY:
            return "may_meet", (*known, line("perhaps_over", many=MANY))
        return "not_seen", (*known, line("under", many=MANY), *self._open_ends())

    def _open_ends(self) -> Iterator[Line]:
        """What may still change it."""
        for key, frame in (("unknown_items", self.unknown), ("review_items", self.review)):
            if len(frame):
                yield line(key, n=len(frame))
        if unread := int(self.summary.books()["unread"].iloc[0]):
            yield line("unread_items", n=unread)

    # — 規則 3条1項 —————————————————————————————————————————————————————————————————————————————

    def outline(self) -> Iterator[Line]:
        for row in _cells.records(self.summary.audits()):
            name = str(row["tenant_name"] or row["tenant_id"])
            yield line("audited", tenant=name, day=_day(row["started"]))
        if self.summary.known_on:
            yield line("known_on", day=self.summary.known_on)
        yield line("outside_items", n=len(self.outside))
        if len(self.viewable):
            yield line("public_items", n=len(self.viewable))
        for source, count in self._counts(self.outside["source"]):
            yield line("of_these", what=Code("report.sources", source), n=count)

    def data(self) -> Iterator[Line]:
        findings = self.summary.findings
        here = findings["item_id"].isin(self.outside["item_id"])
        stands = here & findings["confidence"].isin(CERTAIN) & (findings["status"] != "resolved")
        for kind in sorted(set(findings.loc[stands, "kind"])):
            yield line("kind_of_number", what=Code("report.kinds", kind))
        for paper, count in self._counts(self.outside["document_type"]):
            yield line("of_these", what=Code("papers.types", paper), n=count)
        yield line("other_data")

    def persons(self) -> Iterator[Line]:
        yield line("persons_outside", n=len(self.outside))
        yield persons(self.bounds(self.outside))
        if len(self.viewable):
            yield line("persons_viewable", n=len(self.viewable))
            yield persons(self.bounds(self.viewable))
        yield line("persons_how")

    def cause(self) -> Iterator[Line]:
        reasons = Counter(code for codes in self.outside["exposure_reasons"] for code in codes)
        for code, count in reasons.most_common():
            yield line("of_these", what=Code("exposure.reasons", code), n=count)
        yield line("who_set_it")

    def damage(self) -> Iterator[Line]:
        domains = self._domains()
        if domains:
            shown: tuple[Value, ...] = tuple(domains[:_DOMAINS])
            yield line("domains", n=len(domains), names=shown)
        yield line("look_at_logs")

    def response(self) -> Iterator[Line]:
        yield line("not_known")

    def publication(self) -> Iterator[Line]:
        yield line("not_known")

    def prevention(self) -> Iterator[Line]:
        measures = sorted({code for codes in self.outside["measures"] for code in codes})
        if measures:
            touched: tuple[Value, ...] = tuple(Code("report.measures", code) for code in measures)
            yield line("measures", names=touched)
        if failed := int((self.summary.controls["status"] == "fail").sum()):
            yield line("failed_checks", n=failed)
        yield line("stop_it_first")

    def other(self) -> Iterator[Line]:
        created = self.outside["created"]
        if len(created) and created.notna().all():
            yield line("began_not_before", day=_day(created.min()))
        yield line("began_unknown")
        yield from self._open_ends()

    # — counts ——————————————————————————————————————————————————————————————————————————————————

    @staticmethod
    def _counts(column: pd.Series[Any]) -> Sequence[tuple[str, int]]:
        """Values that are not empty, the most common first; equal ones by name."""
        counts = Counter(str(value) for value in column.dropna() if value)
        return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))

    def _domains(self) -> list[str]:
        """Domains outside, of addresses that these items were sent to or shared with."""
        grants = self.summary.grants
        far = grants["reach"].isin(("guest", "external"))
        who = grants.loc[far & grants["item_id"].isin(self.outside["item_id"]), "who"]
        return [name for name, _ in self._counts(who.dropna().map(_domain))]


def _domain(who: str) -> str:
    """The domain of an address; a guest's name holds that of the guest's own address."""
    folded = who.lower()
    own, mark, _ = folded.partition("#ext#")
    return own.rpartition("_")[2] if mark else folded.rpartition("@")[2] if "@" in folded else ""


def _day(when: Any) -> str:
    """The day of a time in UTC; "?" where it is missing."""
    return "?" if pd.isna(when) else str(when.date())
