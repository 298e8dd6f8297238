"""Calendars (iCalendar, vCalendar): events with all their fields, and files attached to them."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.formats import _cards
from auditor.formats._look import SNIFFED, Look
from auditor.model import Content, Gap, Limits, Text

SUFFIXES = (".ics", ".vcs", ".ical", ".ifb")
MEDIA_TYPES = ("text/calendar", "text/x-vcalendar")
BEGINNING = True

_BEGINS = "BEGIN:VCALENDAR"


def claims(look: Look) -> int:
    """By its first line."""
    return SNIFFED + 20 if look.text[: len(_BEGINS)].upper() == _BEGINS else 0


def parts(content: Content, limits: Limits) -> Iterator[Text | Content | Gap]:
    """Properties line by line, then files."""
    yield from _cards.parts(content, limits)
