"""The labels of a text, and what they say of one number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from .labels import Label, Meaning
from .scopes import FAR, LINE

__all__ = ["NAMING", "Evidence", "Labels"]

NAMING = frozenset((Meaning.STRONG, Meaning.EITHER, Meaning.RESIDENT))
"""What a label means that names a number that is looked for."""


@dataclass(slots=True)
class Labels:
    """The labels of a text in order, ready to be searched."""

    found: Sequence[Label]
    starts: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.starts = self.starts or [label.start for label in self.found]

    def strong(self) -> list[Label]:
        """Give the labels that name the number itself."""
        return [label for label in self.found if label.meaning in NAMING]


@dataclass(slots=True)
class Evidence:
    """What the labels say of one number."""

    codes: list[str] = field(default_factory=list)
    meaning: Meaning | None = None
    """Of the label that speaks of it."""
    scope: int = FAR
    generic: bool = False
    specimen: bool = False

    @property
    def strong(self) -> bool:
        """Whether a label says, in scope, that it is an Individual Number."""
        return self.meaning in {Meaning.STRONG, Meaning.EITHER} and self.scope <= LINE
