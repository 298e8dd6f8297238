"""The code of the evidence that a deciding label gives, by its meaning and its scope."""

from __future__ import annotations

from .labels import Meaning
from .scopes import FIELD, HEADER, LINE

__all__ = ["SCOPED", "scope_code"]

_NEAR_AGAINST = 40
SCOPED = {
    Meaning.STRONG: ("label_field", "label_line", "label_paragraph", "label_window"),
    Meaning.EITHER: ("label_field", "label_line", "label_paragraph", "label_window"),
    Meaning.TOPIC: ("topic_field", "topic_line", "topic_near", "topic_near"),
    Meaning.AGAINST: ("against_field", "against_line", "against_near", "against_far"),
    Meaning.VOID: ("warning", "warning", "warning", "warning"),
    Meaning.RESIDENT: ("against_field", "against_line", "against_near", "against_far"),
    Meaning.VAGUE: ("other_field", "against_near", "against_far", "against_far"),
}
_HEADED = {
    Meaning.STRONG: "label_header",
    Meaning.EITHER: "label_header",
    Meaning.AGAINST: "against_header",
    Meaning.RESIDENT: "against_header",
}


def scope_code(meaning: Meaning, scope: int, distance: int) -> str:
    """Name the evidence of a label that stands ``distance`` characters away."""
    if meaning is Meaning.AGAINST and scope == LINE and distance > _NEAR_AGAINST:
        return "against_near"
    if scope == HEADER:
        return _HEADED.get(meaning) or SCOPED[meaning][FIELD]
    return SCOPED[meaning][scope]
