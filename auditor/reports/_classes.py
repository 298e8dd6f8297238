"""Classes of items for charts and filters: by persons, and by what is left of a period."""

from __future__ import annotations

from typing import Any, Final

import pandas as pd

from auditor.summary import Summary

__all__ = ["PEOPLE", "PERIODS", "people", "period", "today"]

PEOPLE: Final = ("one", "to_10", "to_100", "to_1000", "over_1000")
"""Distinct persons in an item; more than 100 is a limit of the rules on reports of leaks."""
_PEOPLE_EDGES: Final = [0, 1, 10, 100, 1000, float("inf")]
PERIODS: Final = ("past_3", "past_1", "past", "ends", "runs", "no_period")
"""Past its period by over 3 years, 1 to 3 years, less; ends within a year, later; not known."""
_PERIOD_EDGES: Final = [float("-inf"), -3 * 365, -365, -1, 365, float("inf")]


def people(persons: pd.Series[Any]) -> pd.Series[Any]:
    """The class of :data:`PEOPLE` of each number of persons; "" for none."""
    return _cut(persons, _PEOPLE_EDGES, PEOPLE, "")


def period(until: pd.Series[Any], day: pd.Timestamp) -> pd.Series[Any]:
    """The class of :data:`PERIODS` of each last day of a period, as seen on ``day``."""
    return _cut((until - day).dt.days, _PERIOD_EDGES, PERIODS[:-1], PERIODS[-1])


def today(summary: Summary) -> pd.Timestamp:
    """The day of the audits that are shown, at midnight; any day where there is none."""
    started = summary.audits()["started"].max()
    return (pd.Timestamp(0, tz="UTC") if pd.isna(started) else started).normalize()


def _cut(
    values: pd.Series[Any], edges: list[float], names: tuple[str, ...], missing: str
) -> pd.Series[Any]:
    cut = pd.cut(values.astype("Float64").astype("float64"), edges, labels=list(names))
    return cut.astype("string").fillna(missing)
