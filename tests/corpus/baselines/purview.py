"""Microsoft Purview's published rule for "Japan My Number - Personal".

From the entity definition ``98da8e66-7299-4ebd-9f82-c871ab37d3ef`` (Microsoft Learn,
``sit-defn-japan-my-number-personal``): four digits thrice with an optional space, dot or hyphen,
the check digit, and a keyword within 300 characters for confidence 85, none for 65. This is the
rule as published, not the product: what Purview does beyond it is not known.
"""

from __future__ import annotations

from corpus.baselines.numbers import passing
from corpus.baselines.plain import text_of
from corpus.document import Document

__all__ = ["LEVELS", "NAME", "find"]

NAME = "Purview's published rule"
LEVELS = ("85", "65")
"""Strictest first; what a level finds the next one finds too."""

_PROXIMITY = 300
_KEYWORDS = (
    "my number",
    "マイナンバー",
    "個人番号",
    "共通番号",
    "マイナンバーカード",
    "マイナンバーカード番号",
    "個人番号カード",
    "個人識別番号",
    "個人識別ナンバー",
    "通知カード",
)


def find(document: Document) -> dict[str, set[str]]:
    """Digits by level."""
    text = text_of(document).lower()
    found: dict[str, set[str]] = {level: set() for level in LEVELS}
    for start, end, digits in passing(text):
        near = text[max(0, start - _PROXIMITY) : start] + "\n" + text[end : end + _PROXIMITY]
        found["65"].add(digits)
        if any(keyword in near for keyword in _KEYWORDS):
            found["85"].add(digits)
    return found
