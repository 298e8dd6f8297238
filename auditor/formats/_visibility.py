"""Segments of which a person sees nothing at once: each says why it is there all the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TypeVar

from auditor.model import Table, Text, Visibility

Part = TypeVar("Part")

BEFORE, CONCEALED, PROPERTIES = "before changes", "hidden text", "properties"
STEPS: Mapping[str, Visibility] = {
    BEFORE: Visibility.TRACKED,
    CONCEALED: Visibility.HIDDEN,
    PROPERTIES: Visibility.METADATA,
}
"""Last steps of places that say it."""


def marked(parts: Iterable[Part], visibility: Visibility) -> Iterator[Part]:
    """The same parts; texts and tables among them that were visible are ``visibility`` now."""
    if visibility is Visibility.VISIBLE:
        yield from parts
        return
    for part in parts:
        if isinstance(part, Text | Table) and part.visibility is Visibility.VISIBLE:
            yield replace(part, visibility=visibility)
        else:
            yield part


def of_step(step: str) -> Visibility:
    """What a place says that ends with ``step``."""
    return STEPS.get(step, Visibility.VISIBLE)


def of_place(place: str, unseen: Iterable[str] = ()) -> Visibility:
    """The same for a whole place; what lies in one of the ``unseen`` places is hidden."""
    if any(place == outer or place.startswith(f"{outer} › ") for outer in unseen):
        return Visibility.HIDDEN
    return of_step(place.rpartition(" › ")[2])


def hidden(told: bool) -> Visibility:
    """What a flag of a format says."""
    return Visibility.HIDDEN if told else Visibility.VISIBLE
