"""Numbers of firms, goods and meetings, and digits in boxes, for documents of desks and forms."""

from __future__ import annotations

from collections.abc import Callable

from corpus import identifiers
from corpus.world import World
from corpus.writing import STYLES, full_width, spaced

__all__ = ["article", "boxes", "firm", "hand", "meeting"]


def firm(world: World, hard: float = 0.5) -> str:
    """A 法人番号; with the chance ``hard`` its last twelve digits pass the check of a person's."""
    wanted = world.chance(hard)
    number = identifiers.corporate(world.rng)
    while wanted and not identifiers.passes(number[1:]):
        number = identifiers.corporate(world.rng)
    return number


def article(world: World) -> str:
    """A JAN whose first or last twelve digits pass the check of a person's."""
    while True:
        number = identifiers.article13(world.rng)
        if identifiers.passes(number[1:]) or identifiers.passes(number[:12]):
            return number


def meeting(world: World) -> str:
    """The id of a Teams meeting: four groups of three."""
    number = world.random12()
    return " ".join(number[at : at + 3] for at in range(0, 12, 3))


def boxes(world: World, number: str) -> str:
    """Digits in boxes, as extractors write them."""
    return world.pick(
        spaced(number),
        " | ".join(number),
        spaced(full_width(number), "　"),
        "  ".join(map(spaced, (number[:4], number[4:8], number[8:]))),
    )


def hand(world: World, *names: str) -> Callable[[str], str]:
    """One hand of those named in ``STYLES``, or ``digits``: twelve single ones."""
    name = world.pick(*names)
    return spaced if name == "digits" else STYLES[name]
