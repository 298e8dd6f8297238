"""A story of a Word document before 2007: marks of cells, rows and fields in its text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from auditor.formats._story import Story
from auditor.formats._word import Marks, Slice
from auditor.model import Table, Text

_SPECIAL = re.compile("[\x00-\x1f]")
_SAID = {"\t": "\t", "\x0b": "\n", "\x1e": "-"}
_ENDS = "\r\x0c\x0e"


class Reader:
    """Takes the text of one story apart."""

    def __init__(self, place: str, marks: Marks) -> None:
        """``marks``: what is known of the ends of paragraphs."""
        self._story = Story(place)
        self._marks = marks
        self._fields: list[bool] = []
        """For each open field whether its code is still being read."""
        self._coding = 0
        """How many of them are."""
        self._code: list[str] = []
        self._last = 0
        """Place right behind the last end of a cell, where nothing tells of rows."""

    def read(self, slices: Iterable[Slice]) -> Iterator[Text | Table]:
        """Take the text piece by piece; what it was comes at the end."""
        for piece in slices:
            at = 0
            for special in _SPECIAL.finditer(piece.text):
                if special.start() > at:
                    self._say(piece.text[at : special.start()], piece.change)
                at = special.end()
                self._mark(special[0], piece.place + at * piece.width, piece.change)
            if at < len(piece.text):
                self._say(piece.text[at:], piece.change)
        self._story.aside("field", "".join(self._code))
        yield from self._story.close()

    def _say(self, text: str, change: int) -> None:
        if self._coding:
            self._code.append(text)
        else:
            self._story.say(text, change)

    def _mark(self, char: str, place: int, change: int) -> None:
        marks = self._marks
        if char == "\x13":
            self._fields.append(True)
            self._coding += 1
        elif char in "\x14\x15":
            self._field(ended=char == "\x15")
        elif char == "\x07":
            self._cell(place)
        elif char in _SAID:
            self._say(_SAID[char], change)
        elif char in _ENDS:
            if place in marks.inner_cell or place in marks.inner_row:
                self._say("\n" if place in marks.inner_row else "\t", change)
            elif place in marks.in_table:
                self._say("\n", 0)
            else:
                self._story.paragraph()

    def _field(self, *, ended: bool) -> None:
        if not self._fields:
            return
        self._coding -= self._fields[-1]
        if ended:
            self._fields.pop()
        else:
            self._fields[-1] = False
        if self._code and not self._coding:
            self._story.aside("field", "".join(self._code))
            self._code = []

    def _cell(self, place: int) -> None:
        """A cell ends, or a row: then nothing stands between the two marks."""
        known = self._marks.row_end
        doubled = not known and self._story.blank and place <= self._last + 2
        if place in known or doubled:
            self._story.row()
        else:
            self._story.cell()
        self._last = place
