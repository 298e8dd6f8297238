"""Whether a paper may be past the time for which the law has it kept: a reason to look, no verdict.

The guideline wants papers deleted without delay once their period is over (4-3-(3)B); how long that
is follows from the law each paper is made under. A date of a file is but a proxy for the date from
which a period runs, and papers of current staff may be kept while they are employed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from auditor.papers import Paper

__all__ = ["CHECK", "NO_PERIOD", "PERIODS", "WITHIN", "Period", "Retention", "basis", "check"]

WITHIN, CHECK, NO_PERIOD = "within", "check", "no_period"


@dataclass(frozen=True, slots=True)
class Period:
    """How long, from when, and by what."""

    years: int
    filed: bool
    """Runs from January 11 of the year after the one in which the paper was due, as for
    declarations; else from the day that it was done with."""
    basis: str


_DECLARED = Period(7, filed=True, basis="所得税法施行規則 76条の3, 77条")
_CUSTOM = Period(7, filed=True, basis="no duty; seven years are customary")

PERIODS: Mapping[str, Period] = {
    "dependents_declaration": _DECLARED,
    "insurance_declaration": _DECLARED,
    "spouse_declaration": _DECLARED,
    "housing_loan_declaration": _DECLARED,
    "retirement_declaration": _DECLARED,
    "withholding_slip": _CUSTOM,
    "payment_record": _CUSTOM,
    "salary_report": _CUSTOM,
    "employment_insurance": Period(4, filed=False, basis="雇用保険法施行規則 143条"),
    "health_pension": Period(
        2, filed=False, basis="健康保険法施行規則 34条, 厚生年金保険法施行規則 28条"
    ),
    "workers_compensation": Period(3, filed=False, basis="労働者災害補償保険法施行規則 51条"),
    "labour_premium": Period(3, filed=False, basis="労働保険徴収法施行規則 72条"),
}
"""Papers with a period; of all others none is known."""


@dataclass(frozen=True, slots=True)
class Retention:
    """What to do about the age of an item."""

    check: str = ""
    """``within``, ``check`` or ``no_period``; "" where there is nothing to keep."""
    until: date | None = None
    """The last day of the period, as far as the date tells."""
    rests_on: str = ""
    """``year`` that the paper names, ``modified`` or ``created`` of the file."""


def check(
    paper: Paper, modified: datetime | None, created: datetime | None, today: date
) -> Retention:
    """Whether ``paper`` may be past its period today; ``no_period`` where none is known."""
    period = PERIODS.get(paper.code)
    if period is None:
        return Retention(NO_PERIOD)
    day, rests_on = _day(paper, modified, created)
    if day is None:
        return Retention(NO_PERIOD)
    until = _until(day, period)
    return Retention(WITHIN if today <= until else CHECK, until, rests_on)


def basis(
    code: str, until: date, modified: datetime | None, created: datetime | None
) -> tuple[str, str]:
    """What a period that ends with ``until`` was counted from, and when that was.

    The reverse of :func:`check` for a paper whose year is no longer at hand: ``year`` and the year,
    or ``modified`` or ``created`` and the day. ("", "") where ``code`` has no period.
    """
    period = PERIODS.get(code)
    if period is None:
        return "", ""
    day, rests_on = _day(Paper(code), modified, created)
    if day is not None and _until(day, period) == until:
        return rests_on, day.isoformat()
    return "year", str(until.year - period.years - period.filed)


def _day(
    paper: Paper, modified: datetime | None, created: datetime | None
) -> tuple[date | None, str]:
    """The day from which a period is counted: the older date, since copying makes a file young."""
    if 1926 <= paper.year <= 9000:
        return date(paper.year, 12, 31), "year"
    known = [(when, name) for when, name in ((modified, "modified"), (created, "created")) if when]
    if not known:
        return None, ""
    when, name = min(known, key=lambda pair: pair[0].timestamp())
    return when.date(), name


def _until(day: date, period: Period) -> date:
    if period.filed:
        return date(day.year + 1 + period.years, 1, 10)
    try:
        return day.replace(year=day.year + period.years)
    except ValueError:  # the 29th of February
        return date(day.year + period.years, 2, 28)
