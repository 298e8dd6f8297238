"""What the documents named ``z_`` share: files are written as text and read by the real readers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence

from auditor import formats
from auditor.model import Content, Limits, Table, Text
from corpus.world import Person, World
from corpus.writing import STYLES

__all__ = ["calendar", "day", "eml", "hand", "in_fours", "read", "stamp", "stamps", "worksheet"]

Segments = list[Text | Table]
Rows = Sequence[Sequence[str]]

_HANDS = ("plain",) * 5 + ("spaces",) * 4 + ("hyphens",) * 3 + ("wide", "wide_spaces", "long_vowel")


def read(name: str, text: str) -> Segments:
    """The segments that the audit's own reader makes of a text file of this name."""
    content = Content(name, text.encode())
    format_ = formats.pick(content)
    if format_ is None:
        raise ValueError(f"no reader for {name}")
    parts = format_.parts(content, Limits())
    return [part for part in parts if isinstance(part, Text | Table)]


def eml(world: World, subject: str, lines: Sequence[str], by: Person) -> Segments:
    """A mail with its usual header fields."""
    to = world.mail(world.person())
    sent = f"Date: {world.day(2022, 2026):%a, %d %b %Y} {stamp(world)} +0900"
    head = [f"From: {world.mail(by)}", f"To: {to}", f"Subject: {subject}", sent]
    kind = ["MIME-Version: 1.0", "Content-Type: text/plain; charset=utf-8"]
    return read("mail.eml", "\n".join([*head, *kind, "", *lines, ""]))


def worksheet(rows: Rows, place: str = "Sheet1", first_row: int = 1) -> Table:
    """A sheet whose rows are filled up to one width."""
    width = max(map(len, rows))
    filled = [[*row, *[""] * (width - len(row))] for row in rows]
    return Table(filled, place=f"sheet {place}", first_row=first_row)


def hand(world: World) -> Callable[[str], str]:
    """How one writer writes every number of a document."""
    return STYLES[world.pick(*_HANDS)]


def in_fours(number: str) -> str:
    """Sixteen digits as cards show them."""
    return " ".join(number[at : at + 4] for at in range(0, 16, 4))


def stamp(world: World) -> str:
    """A time of day."""
    rng = world.rng
    return f"{rng.randint(8, 19):02d}:{rng.randint(0, 59):02d}:{rng.randint(0, 59):02d}"


def day(world: World) -> str:
    """A recent date in one of the ways of an office."""
    return calendar(world)()


def calendar(world: World) -> Callable[[], str]:
    """Recent dates, all of them written in one way: a program's, or a tidy person's."""
    write = world.pick(
        dt.date.isoformat,
        lambda date: date.strftime("%Y/%m/%d"),
        lambda date: f"{date.month}/{date.day}",
        lambda date: f"{date.month}月{date.day}日",
        lambda date: f"令和{date.year - 2018}年{date.month}月{date.day}日",
    )
    return lambda: write(world.day(2021, 2026))


def stamps(world: World, count: int) -> list[str]:
    """Times of one day, in their order."""
    return sorted(stamp(world) for _ in range(count))
