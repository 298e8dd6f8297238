"""How people and programs write twelve digits."""

from __future__ import annotations

from corpus.world import World

__all__ = ["STYLES", "boxed", "full_width", "grouped", "spaced", "written"]

_FULL = str.maketrans("0123456789", "０１２３４５６７８９")


def full_width(text: str) -> str:
    return text.translate(_FULL)


def grouped(number: str, gap: str = " ") -> str:
    """4-4-4."""
    return gap.join((number[:4], number[4:8], number[8:]))


def spaced(number: str, gap: str = " ") -> str:
    """Twelve single digits."""
    return gap.join(number)


def boxed(number: str, blank: int = 0) -> list[str]:
    """One digit a cell, with ``blank`` empty cells after the fourth and the eighth."""
    cells = list(number)
    for at in (8, 4):
        cells[at:at] = [""] * blank
    return cells


STYLES = {
    "plain": lambda n: n,
    "spaces": grouped,
    "hyphens": lambda n: grouped(n, "-"),
    "wide": full_width,
    "wide_spaces": lambda n: full_width(grouped(n, "　")),
    "wide_hyphens": lambda n: full_width(grouped(n, "－")),
    "long_vowel": lambda n: grouped(n, "ー"),
    "unicode_hyphen": lambda n: grouped(n, "‐"),
    "minus": lambda n: grouped(n, "−"),
    "no_break": lambda n: grouped(n, "\u00a0"),
    "narrow_space": lambda n: grouped(n, "\u202f"),
    "dots": lambda n: grouped(n, "・"),
}
_COMMON = ("plain", "plain", "plain", "spaces", "spaces", "hyphens")


def written(world: World, number: str, *, odd: float = 0.3) -> str:
    """Write a number in a common way, or with the chance ``odd`` in any of :data:`STYLES`."""
    style = world.pick(*STYLES) if world.chance(odd) else world.pick(*_COMMON)
    return STYLES[style](number)
