"""The clock against a slow reference that reckons the holidays itself, from the text of the law."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

from hypothesis import given
from hypothesis import strategies as st

from auditor.clock import closed, deadlines

DAY = timedelta(days=1)
FIXED = [(1, 1), (2, 11), (2, 23), (4, 29), (5, 3), (5, 4), (5, 5), (8, 11), (11, 3), (11, 23)]
MONDAYS = [(1, 2), (7, 3), (9, 3), (10, 2)]

# From 2022 on: the years before had days of their own for two accessions and the Games.
days = st.dates(date(2022, 1, 1), date(2098, 12, 31))


@cache
def named(year: int) -> frozenset[date]:
    """Holidays with a name: 国民の祝日に関する法律 2条."""
    fixed = {date(year, month, day) for month, day in FIXED}
    mondays = {_monday(year, month, number) for month, number in MONDAYS}
    return frozenset(fixed | mondays | {_equinox(year, 3, 20.8431), _equinox(year, 9, 23.2488)})


def _monday(year: int, month: int, number: int) -> date:
    first = date(year, month, 1)
    return first + DAY * (-first.weekday() % 7 + 7 * (number - 1))


def _equinox(year: int, month: int, base: float) -> date:
    """The customary approximation, good from 1980 to 2099."""
    since = year - 1980
    return date(year, month, int(base + 0.242194 * since - since // 4))


def holiday(day: date) -> bool:
    """Named; or standing in for one on a Sunday (3条2項); or between two (3条3項)."""
    if day in named(day.year):
        return True
    before = day - DAY
    while before in named(before.year):
        if before.weekday() == 6:
            return True
        before -= DAY
    return day - DAY in named((day - DAY).year) and day + DAY in named((day + DAY).year)


def shut(day: date) -> bool:
    at_the_turn = (day.month == 12 and day.day >= 29) or (day.month == 1 and day.day <= 3)
    return day.weekday() in (5, 6) or at_the_turn or holiday(day)


def counted(known_on: date, number: int) -> date:
    """Walk from day to day, the first being day one; then on to an open one."""
    day, reached = known_on, 1
    while reached < number or shut(day):
        day += DAY
        reached += 1
    return day


@given(days)
def test_a_day_is_closed_as_the_law_says(day: date) -> None:
    assert closed(day) == shut(day)


@given(days)
def test_the_deadlines_are_those_of_walking_day_by_day(known_on: date) -> None:
    found = deadlines(known_on)
    assert found.final == counted(known_on, 30)
    assert found.final_improper == counted(known_on, 60)


@given(days)
def test_a_deadline_is_an_open_day_and_never_early(known_on: date) -> None:
    found = deadlines(known_on)
    for last, number in ((found.final, 30), (found.final_improper, 60)):
        late = (last - known_on).days - (number - 1)
        assert not closed(last)
        assert 0 <= late <= 10
        assert all(closed(last - DAY * back) for back in range(1, late + 1))


@given(days, st.integers(0, 400))
def test_who_knows_later_reports_no_earlier(known_on: date, more: int) -> None:
    first, second = deadlines(known_on), deadlines(min(known_on + DAY * more, date(2099, 6, 1)))
    assert first.final <= second.final
    assert first.final_improper <= second.final_improper
