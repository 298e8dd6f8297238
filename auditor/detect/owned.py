"""What stands right before a number and names it: a key, a tag, the name of another thing."""

from __future__ import annotations

import functools
import re
from typing import TypeAlias

from .keys import holds_anything, is_another
from .labels import Meaning, read
from .scopes import FIELD, HEADER, LINE
from .things import put_to_use, thing_before

__all__ = ["TELLING", "Decided", "by_key", "by_thing", "said_by"]

Decided: TypeAlias = tuple[int, int, Meaning]
"""Scope and distance of a label, and what it says."""
TELLING = frozenset(
    (
        *(Meaning.STRONG, Meaning.EITHER, Meaning.TOPIC),
        *(Meaning.AGAINST, Meaning.VOID, Meaning.RESIDENT),
    )
)
_OF_IT = frozenset((Meaning.STRONG, Meaning.EITHER, Meaning.TOPIC))
_NEAR = 60
_SIBLING = re.compile(r"[\"']\s?,")
"""Behind a label that is the value of one key, before another key: ``"kind": "個人番号", …``."""
_OPENS = re.compile(r"[\[{(<]|[\"']?\s?:\s*\n")
"""Behind a label that is the parent of a key."""
_SAYS_WHAT = re.compile(
    r"(?:label|field|item|question|項目|(?<![A-Za-z])T)[\"']?\s?[:=]\s?[\"']?[^\n:=]{1,24}\Z",
    re.IGNORECASE,
)
"""A label that is itself the value of a key which says what the next one holds."""
_STILL_IT = re.compile(
    r"s?[_.\-]?(?:n[ou]|num|number|bango|digits?|val|value|text|txt|str|string|raw|plain|input|field|"
    r"data|col|column|cell|jp|self|own|spouse|wife|husband|father|mother|parent|child|son|"
    r"daughter|family|dependents?|emp|employee|staff|person|new|old|before|after|from|to|hyphen|"
    r"decrypted|clear|[0-9]+)?(?:[_.\-]?[0-9]{1,2}|[_.\-][a-z])?",
    re.IGNORECASE,
)
"""Behind the word in a key: how the number is written and whose it is, but no other thing."""


def by_thing(text: str, best: Decided | None, start: int, end: int) -> Decided | None:
    """Let the name of another thing right before the number decide, if no label is as near."""
    away = thing_before(text, start)
    if not away and (best is None or best[0] >= LINE or best[2] is Meaning.TOPIC):
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
    said = said_by(key)
    if said is not None:
        return FIELD, 0, said
    if best is None:
        return None
    return best if _parent(text, start, key, best) or best[2] is Meaning.AGAINST else None


@functools.lru_cache(256)
def said_by(key: str) -> Meaning | None:
    """What a key says of its value; VAGUE if it goes on to name something else.

    >>> said_by("myNumber"), said_by("mynumber_owner")
    (<Meaning.STRONG: 1>, <Meaning.VAGUE: 11>)
    """
    said = [label for label in read(key) if label.meaning in TELLING]
    if not said:
        return None
    last = said[-1]
    other = last.meaning in _OF_IT and not _STILL_IT.fullmatch(key, last.end)
    return Meaning.VAGUE if other else last.meaning


def _parent(text: str, start: int, key: str, best: Decided) -> bool:
    """Whether a label speaks of what stands in a key below it or behind it."""
    if best[0] != FIELD:
        return best[0] < FIELD
    if is_another(key):
        return False
    gap = text[max(0, start - best[1]) : start]
    own = _SIBLING.match(gap) is not None
    end = start - best[1]
    opened = _OPENS.match(gap.lstrip()) or _SAYS_WHAT.search(text, max(0, end - _NEAR), end)
    return holds_anything(key) or (not own and opened is not None)


def _covers(text: str, best: Decided | None, start: int) -> bool:
    """Whether the label is the end of the key itself: ``My Number ID: …``."""
    return (
        best is not None
        and best[0] == FIELD
        and not any(map(str.isalnum, text[start - best[1] : start]))
    )
