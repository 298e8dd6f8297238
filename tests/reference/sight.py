"""Which line a number stands on, and how far its labels are looked for: said a second time."""

from __future__ import annotations

__all__ = ["in_sight", "line_of", "windows"]


def line_of(text: str, offset: int) -> int:
    """Number of the line on which ``offset`` stands, from 1."""
    return 1 + sum(char == "\n" for char in text[:offset])


def windows(spans: list[tuple[int, int]], length: int) -> list[tuple[int, int]]:
    """What is read around ``spans``: 300 characters before each and 480 behind, joined."""
    seen = bytearray(length + 1)
    for start, end in spans:
        for offset in range(max(0, start - 300), min(length, end + 480)):
            seen[offset] = 1
    found = []
    first = -1
    for offset, one in enumerate(seen):
        if one and first < 0:
            first = offset
        elif not one and first >= 0:
            found.append((first, offset))
            first = -1
    return found


def in_sight(start: int, end: int, place: int) -> bool:
    """Whether a label that begins at ``place`` may speak of the number there."""
    return start - 300 <= place < end + 480
