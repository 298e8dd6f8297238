"""Labelled documents: what a template writes, and what is true of it.

A template is a function that writes one document from a :class:`~corpus.world.World`; the world
remembers every Individual Number that it gave out, so a document's truth is never typed by hand.
Templates stand in two folders, ``tuning`` and ``held_out``. Weights, words and thresholds may be
chosen by looking at the first; the second is for scores alone.
"""

from __future__ import annotations

import importlib
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from auditor.model import Table, Text
from corpus.world import World

__all__ = ["SPLITS", "Document", "Draft", "Template", "documents", "template", "templates"]

SPLITS = ("tuning", "held_out")
SEED = 20261124

Segment = Text | Table


@dataclass(frozen=True, slots=True, repr=False)
class Draft:
    """What a template gives back."""

    segments: Sequence[Segment]
    around: Sequence[str] = ()
    """Names around the document as the audit knows them, outermost first: folder, file, subject."""
    labelled: bool = True
    """Whether a label for the number stands in scope of every number (field, row, header, line)."""


@dataclass(frozen=True, slots=True, repr=False)
class Document:
    """One document with its truth; ``repr`` is the object's, so a failing test prints no number."""

    template: str
    category: str
    segments: tuple[Segment, ...]
    around: tuple[str, ...]
    labelled: bool
    numbers: frozenset[str] = field(default=frozenset())
    """Every Individual Number in it, in twelve ASCII digits."""
    resident: frozenset[str] = field(default=frozenset())
    """Every 住民票コード in it."""

    @property
    def positive(self) -> bool:
        return bool(self.numbers)


Writer = Callable[[World], Draft]


@dataclass(frozen=True, slots=True)
class Template:
    """One kind of document."""

    name: str
    category: str
    """The column of the score table: ``form``, ``table``, ``mail``, ``courier``, ``licence`` …"""
    source: str
    """Where the layout is described."""
    weight: float
    """How common such documents are in a tenant, relative to 1 for one of a personnel office."""
    write: Writer


_REGISTRY: dict[str, dict[str, Template]] = {split: {} for split in SPLITS}


def template(category: str, *, source: str, weight: float = 1.0) -> Callable[[Writer], Writer]:
    """Register a writer under its function's name; its folder decides the split."""

    def register(write: Writer) -> Writer:
        _, split, _ = write.__module__.rsplit(".", 2)
        name = write.__name__
        if any(name in known for known in _REGISTRY.values()):
            raise ValueError(f"two templates are named {name}")
        _REGISTRY[split][name] = Template(name, category, source, weight, write)
        return write

    return register


def templates(split: str) -> list[Template]:
    """All templates of a split, by name."""
    for file in sorted(Path(__file__).with_name(split).glob("[!_]*.py")):
        importlib.import_module(f"corpus.{split}.{file.stem}")
    return [one for _, one in sorted(_REGISTRY[split].items())]


def documents(split: str, each: int, *, seed: int = SEED) -> Iterator[Document]:
    """Write ``each`` documents of every template of a split."""
    for one in templates(split):
        for nth in range(each):
            world = World(random.Random(f"{seed}:{split}:{one.name}:{nth}"))
            draft = one.write(world)
            yield Document(
                one.name,
                one.category,
                tuple(draft.segments),
                tuple(draft.around),
                draft.labelled,
                frozenset(world.issued),
                frozenset(world.resident_codes),
            )
