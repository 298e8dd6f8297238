from __future__ import annotations

from datetime import date, timedelta

import pytest

from auditor.clock import EARLIEST, LATEST, closed, deadlines

# The Cabinet Office's list of holidays for 2026; September 22 lies between two of them.
HOLIDAYS = [
    *((1, 1), (1, 12), (2, 11), (2, 23), (3, 20), (4, 29), (5, 3), (5, 4), (5, 5), (5, 6)),
    *((7, 20), (8, 11), (9, 21), (9, 22), (9, 23), (10, 12), (11, 3), (11, 23)),
]


@pytest.mark.parametrize(
    ("known_on", "final", "improper"),
    [
        (date(2026, 6, 1), date(2026, 6, 30), date(2026, 7, 30)),
        (date(2026, 11, 20), date(2026, 12, 21), date(2027, 1, 18)),  # day 30 is a Saturday
        (date(2026, 12, 1), date(2027, 1, 4), date(2027, 1, 29)),  # day 30 is December 30
        (date(2026, 4, 4), date(2026, 5, 7), date(2026, 6, 2)),  # a Sunday, and three holidays more
        (date(2026, 8, 23), date(2026, 9, 24), date(2026, 10, 21)),  # the days of September
        (date(2028, 1, 31), date(2028, 2, 29), date(2028, 3, 30)),  # a leap year
    ],
)
def test_the_last_days_of_known_cases(known_on: date, final: date, improper: date) -> None:
    found = deadlines(known_on)
    assert (found.final, found.final_improper) == (final, improper)


def test_the_first_report_is_due_from_the_third_day_to_the_fifth_closed_or_not() -> None:
    found = deadlines(date(2026, 11, 20))
    assert (found.first_soonest, found.first_latest) == (date(2026, 11, 22), date(2026, 11, 24))


def test_closed_days_of_a_year_are_those_of_the_official_list() -> None:
    days = [date(2026, 1, 1) + timedelta(days=n) for n in range(365)]
    shut = {(day.month, day.day) for day in days if closed(day) and day.weekday() < 5}
    weekdays = {(m, d) for m, d in HOLIDAYS if date(2026, m, d).weekday() < 5}
    assert shut == weekdays | {(1, 1), (1, 2), (12, 29), (12, 30), (12, 31)}


@pytest.mark.parametrize(
    "day", [EARLIEST - timedelta(days=1), LATEST + timedelta(days=1), date.max, date.min]
)
def test_a_day_that_cannot_be_reckoned_is_refused(day: date) -> None:
    with pytest.raises(ValueError, match="a day from 2015-10-05"):
        deadlines(day)


def test_the_ends_of_what_can_be_reckoned() -> None:
    assert deadlines(EARLIEST).known_on == EARLIEST
    assert deadlines(LATEST).final_improper > LATEST
