"""What stands right before a number and names it: a key, a tag, the name of another thing."""

from __future__ import annotations

import re
from typing import TypeAlias

from .keys import holds_anything
from .labels import Meaning, read
from .scopes import FIELD, HEADER, LINE
from .things import put_to_use, thing_before

__all__ = ["TELLING", "Decided", "by_key", "by_thing"]

Decided: TypeAlias = tuple[int, int, Meaning]
"""Scope and distance of a label, and what it says."""
TELLING = frozenset(
    (
        *(Meaning.STRONG, Meaning.EITHER, Meaning.TOPIC),
        *(Meaning.AGAINST, Meaning.VOID, Meaning.RESIDENT),
    )
)
_SIBLING = re.compile(r"[\"']\s?,")
"""Behind a label that is the value of one key, before another key: ``"kind": "個人番号", …``."""


def by_thing(text: str, best: Decided | None, start: int, end: int) -> Decided | None:
    """Let the name of another thing right before the number decide, if no label is as near."""
    away = thing_before(text, start)
    if not away and (best is None or best[0] > LINE or best[2] is Meaning.TOPIC):
        return (LINE, 0, Meaning.AGAINST) if put_to_use(text, end) else best
    if not away or (best is not None and (best[0] == HEADER or _joined(text, best, start, away))):
        return best
    return FIELD, away, Meaning.AGAINST


def _joined(text: str, best: Decided, start: int, away: int) -> bool:
    """Whether the label stands in the thing's name, or right before it: ``マイナンバー登録``."""
    gap = text[max(0, start - best[1]) : max(0, start - away)]
    return best[0] <= LINE and best[1] <= away + 1 and not gap.strip("のご")


def by_key(text: str, start: int, key: str, best: Decided | None) -> Decided | None:
    """Let the key or tag that holds the number decide, whatever else the line speaks of."""
    if _covers(text, best, start):
        return best
    said = [label.meaning for label in read(key) if label.meaning in TELLING]
    if said:
        return FIELD, 0, said[-1]
    if best is None:
        return None
    own = _SIBLING.match(text, start - best[1]) if best[0] == FIELD else None
    named = best[0] <= FIELD and (own is None or holds_anything(key))
    return best if named or best[2] is Meaning.AGAINST else None


def _covers(text: str, best: Decided | None, start: int) -> bool:
    """Whether the label is the end of the key itself: ``My Number ID: …``."""
    return (
        best is not None
        and best[0] == FIELD
        and not any(map(str.isalnum, text[start - best[1] : start]))
    )
