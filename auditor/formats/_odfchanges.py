"""Tracked changes of OpenDocument texts: what a paragraph said before something was deleted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(slots=True)
class Changes:
    """Deleted text stands in a list before the text, and a mark where it was; or still there."""

    _region: str = ""
    _removed: dict[str, list[str]] = field(default_factory=dict, repr=False)
    """Deletion → its lines; none where the text still stands in its paragraph."""
    _placed: set[str] = field(default_factory=set)
    """Deletions that were put back where they were."""
    _was: list[str] | None = field(default=None, repr=False)
    """The open paragraph as it was, once it is known to differ."""
    _depth: int = 0
    """Open paragraphs then: of others inside it nothing belongs to it."""
    _inside: str = ""
    """The change whose text is being told, from its beginning to its end."""
    _cut: bool = False
    """Deleted text that still stood there has ended: nothing tells what followed it."""

    def mark(
        self, tag: str, attributes: Mapping[str, str], paragraphs: Sequence[list[str]]
    ) -> None:
        """An element of a change; ``paragraphs`` are those that are open, innermost last."""
        key = attributes.get("change-id", "")
        if tag == "changed-region":
            self._region = attributes.get("id", "")
        elif tag == "deletion":
            self._removed[self._region] = []
        elif tag == "change-end":
            self._cut = self._cut or self._inside in self._removed
            self._inside = ""
        elif tag in ("change", "change-start") and paragraphs:
            if self._was is None:
                self._was, self._depth, self._cut = list(paragraphs[-1]), len(paragraphs), False
            if not self._cut:
                self._was.append("\n".join(self._removed.get(key, ())))
                self._placed.add(key)
            self._inside = key if tag == "change-start" else ""

    def remove(self, line: str) -> bool:
        """Take a line of the list of changes; False when it was not deleted."""
        known = self._region in self._removed
        if known:
            self._removed[self._region].append(line)
        return known

    def say(self, text: str, paragraphs: Sequence[list[str]]) -> None:
        """Text of the innermost paragraph: what it is, what it was, or both."""
        deleted = self._inside in self._removed
        if self._was is None or len(paragraphs) != self._depth:
            paragraphs[-1].append(text)
            return
        if not self._cut and (deleted or not self._inside):
            self._was.append(text)
        if not deleted:
            paragraphs[-1].append(text)

    def ended(self, depth: int) -> str:
        """The paragraph that ends now as it was; "" where nothing is known to have changed."""
        if self._was is None or depth != self._depth:
            return ""
        was, self._was, self._inside = "".join(self._was), None, ""
        return was

    def left(self) -> Iterator[str]:
        """Deleted lines of which no mark told where they were."""
        for key, lines in self._removed.items():
            if key not in self._placed:
                yield from lines
        self._removed.clear()
