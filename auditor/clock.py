"""By when the Commission has to be told, counted from the day on which a breach was known.

規則 3条1項, 2項 and 別添2 of the guideline: a first report (速報) within some three to five days, a
final one (確報) within thirty, or sixty where an improper purpose is suspected. The day of knowing
is day one; weekends and holidays count, but a last day on which the offices of the state are closed
(行政機関の休日に関する法律 1条) gives way to the next on which they are open.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import jpholiday

__all__ = ["EARLIEST", "LATEST", "Deadlines", "closed", "deadlines"]

EARLIEST: Final = date(2015, 10, 5)
"""The Act's numbers came into being on this day: no breach was known before."""
LATEST: Final = date(2099, 6, 30)
"""Beyond it the equinoxes, two of the holidays, are not reckoned."""

_FIRST_SOONEST, _FIRST_LATEST, _FINAL, _FINAL_IMPROPER = 3, 5, 30, 60


@dataclass(frozen=True, slots=True)
class Deadlines:
    """The last days for each report."""

    known_on: date
    first_soonest: date
    """速報: a measure rather than a limit, so closed days do not move it."""
    first_latest: date
    final: date
    """確報."""
    final_improper: date
    """確報 where an improper purpose is suspected (規則 2条2号), alone or with others."""


def deadlines(known_on: date) -> Deadlines:
    """The deadlines of what became known on ``known_on``.

    Raises:
        ValueError: for a day before :data:`EARLIEST` or after :data:`LATEST`.

    """
    if not EARLIEST <= known_on <= LATEST:
        raise ValueError(f"a day from {EARLIEST} to {LATEST} is needed")
    return Deadlines(
        known_on,
        _day(known_on, _FIRST_SOONEST),
        _day(known_on, _FIRST_LATEST),
        _open(_day(known_on, _FINAL)),
        _open(_day(known_on, _FINAL_IMPROPER)),
    )


def closed(day: date) -> bool:
    """Whether the offices of the state are closed: weekends, holidays, December 29 to January 3."""
    turn = (day.month, day.day) >= (12, 29) or (day.month, day.day) <= (1, 3)
    return day.weekday() >= 5 or turn or jpholiday.is_holiday(day)


def _day(known_on: date, number: int) -> date:
    """The day of that number, the day of knowing being the first."""
    return known_on + timedelta(days=number - 1)


def _open(day: date) -> date:
    while closed(day):
        day += timedelta(days=1)
    return day
