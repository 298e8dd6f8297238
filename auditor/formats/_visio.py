"""The XML of Visio drawings: texts of shapes in one piece, shape data under their labels."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from auditor.formats import _prose
from auditor.model import Text

_FLUSH = 8 << 20
_TITLES = frozenset("Label Prompt Value Description Address SubAddress ExtraInfo Comment".split())
"""Cells that hold what a person wrote."""
_NAMES = frozenset(("Name", "NameU", "Title"))


class Drawing:
    """Collects what a page, a master or any other part of a drawing says."""

    def __init__(self, place: str = "") -> None:
        """``place``: where the part stands, for people."""
        self.line = 0
        self._place = place
        self._out: list[str] = []
        self._size = 0
        self._text: list[str] = []
        self._row: list[str] = []
        self._depth = 0
        """Elements that are open since a text began; 0 outside of texts."""
        self._notes: list[str] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        if self._depth:
            self._depth += 1
        elif tag == "Text":
            self._said()
            self._depth = 1
        else:
            self._said()
        self._told(tag, attributes)

    def end(self, tag: str) -> None:
        """An element ends."""
        if self._depth:
            self._depth -= 1
        if not self._depth:
            self._said()
        if tag == "Row" and self._row:
            self._put(": ".join(self._row))
            self._row = []

    def data(self, text: str) -> None:
        """Text of a shape, perhaps only a run of it, or of something else."""
        self._text.append(text)

    def aside(self, text: str) -> None:
        """A comment of the XML, or the like."""
        if text.strip():
            self._notes.append(text)

    def ready(self) -> Iterator[Text]:
        """What is long enough to be handed over."""
        if self._size > _FLUSH:
            yield self._taken()

    def close(self) -> Iterator[Text]:
        """The rest."""
        self._said()
        if self._row:
            self._put(": ".join(self._row))
        if self._out:
            yield self._taken()
        if self._notes:
            place = f"{self._place} › attributes" if self._place else "attributes"
            yield Text("\n".join(dict.fromkeys(self._notes)), place)

    def _taken(self) -> Text:
        text = "\n".join(self._out)
        self._out, self._size = [], 0
        return Text(text, self._place)

    def _put(self, line: str) -> None:
        self._out.append(line)
        self._size += len(line)

    def _said(self) -> None:
        text, self._text = "".join(self._text).strip(), []
        if text:
            self._put(text)

    def _told(self, tag: str, attributes: Mapping[str, str]) -> None:
        name, value = attributes.get("N", ""), attributes.get("V", "")
        if tag == "Cell" and name in _TITLES:
            if value.strip():
                self._row.append(value)
            return
        label = attributes.get("N") or attributes.get("Name") or tag
        for key, said in attributes.items():
            if key in _NAMES and said.strip() and tag in ("Page", "Master"):
                self._put(said)
            elif _prose.worth(said):
                self._notes.append(f"{label} {key}: {said}")
