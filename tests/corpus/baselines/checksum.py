"""What most scripts do: a regular expression and the check digit."""

from __future__ import annotations

from corpus.baselines.numbers import passing
from corpus.baselines.plain import text_of
from corpus.document import Document

__all__ = ["LEVELS", "NAME", "find"]

NAME = "Regex and check digit"
LEVELS = ("any",)


def find(document: Document) -> dict[str, set[str]]:
    """Digits by level."""
    return {"any": {digits for _, _, digits in passing(text_of(document))}}
