"""Text of a PowerPoint file before 2007, slide by slide: boxes, tables, notes, comments."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from auditor.formats import _rows, _strings
from auditor.formats import _slides as recs
from auditor.formats._visibility import marked, of_place
from auditor.model import Table, Text

_PLACES = {recs.MASTER: "layout", recs.HANDOUT: "handout"}
_BREAKS = str.maketrans({"\r": "\n", "\x0b": "\n"})
_FLUSH = 4 << 20
_LARGEST = 1 << 20
"""Bytes of an atom above which it holds no text but pictures, sounds and the like."""
_FLAGS, _UNSEEN = 10, 4
"""Where the atom on how a slide is shown has its flags, and the one that says it is not."""
_GRID = 4
"""Cells from which on boxes in rows and columns are read as a table."""


class Group:
    """Boxes that belong together, by where they stand: a table is drawn that way."""

    def __init__(self, depth: int) -> None:
        """``depth``: of the record that holds them."""
        self.depth = depth
        self.anchor: tuple[int, int] | None = None
        self.boxes: list[tuple[tuple[int, int] | None, str]] = []

    def grid(self) -> list[list[str]] | None:
        """Rows of cells, if that is what the boxes are."""
        placed = [(anchor, text) for anchor, text in self.boxes if anchor]
        tops = sorted({anchor[0] for anchor, _ in placed})
        lefts = sorted({anchor[1] for anchor, _ in placed})
        if len(placed) != len(self.boxes) or len(placed) < _GRID or len(lefts) < 2 or len(tops) < 2:
            return None
        if len(tops) * len(lefts) > 2 * len(placed):
            return None
        rows = [[""] * len(lefts) for _ in tops]
        at_top = {top: number for number, top in enumerate(tops)}
        at_left = {left: number for number, left in enumerate(lefts)}
        for (top, left), text in placed:
            row, column = at_top[top], at_left[left]
            rows[row][column] = "\n".join(filter(None, (rows[row][column], text)))
        return rows


class Show:
    """Collects lines and tables by place."""

    def __init__(self, data: bytes) -> None:
        """``data``: the main stream."""
        self._data = data
        self._slides, self._ids = recs.numbered(data)
        self._lines: dict[str, list[str]] = {}
        self._tables: list[tuple[str, list[list[str]]]] = []
        self._loose = bytearray()
        self._digits: list[str] = []
        self._place = "presentation"
        self._hidden: set[str] = set()
        """Slides that are not shown."""
        self._base = -1
        """Depth of the slide that is open."""
        self._listed = 0
        self._comment = -1
        self._groups: list[Group] = []
        self.objects: list[recs.Record] = []
        """Embedded files."""
        self.whole = True
        """Whether every record was there to its end."""

    def read(self) -> Iterator[Text | Table]:
        """Everything that is written in it."""
        for record in recs.records(self._data):
            self.whole = self.whole and record.whole
            self._leave(record.depth)
            if record.opens:
                self._enter(record)
            else:
                self._atom(record)
        self._leave(-1)
        self._search()
        for place, lines in self._lines.items():
            yield Text("\n".join(lines), place, visibility=of_place(place, self._hidden))
        count: dict[str, int] = {}
        for place, rows in self._tables:
            count[place] = count.get(place, 0) + 1
            tables = _rows.blocks(enumerate(rows, 1), f"{place} › table {count[place]}")
            yield from marked(tables, of_place(place, self._hidden))
        if self._digits:
            yield Text("\n".join(dict.fromkeys(self._digits)), "other")

    def _enter(self, record: recs.Record) -> None:
        if record.depth <= 0 or record.kind in (recs.SLIDE, recs.NOTES, recs.MASTER, recs.HANDOUT):
            self._base = record.depth
            self._place = self._named(record)
        if record.kind == recs.SLIDE_LIST:
            self._listed = 0
            self._place = ("slide", "layout", "notes")[min(record.instance, 2)]
        elif record.kind == recs.COMMENT:
            self._comment = record.depth
        elif record.kind == recs.GROUP:
            self._groups.append(Group(record.depth))
        elif record.kind == recs.SHAPE and self._groups:
            self._groups[-1].anchor = None

    def _named(self, record: recs.Record) -> str:
        if record.kind == recs.SLIDE:
            number = self._slides.get(record.start - 8)
            return f"slide {number}" if number else "earlier version of a slide"
        if record.kind == recs.NOTES:
            return "notes"
        return _PLACES.get(record.kind, "presentation")

    def _leave(self, depth: int) -> None:
        """Close what a record of this depth does not lie in any more."""
        while self._groups and self._groups[-1].depth >= depth:
            group = self._groups.pop()
            if rows := group.grid():
                self._tables.append((self._place, rows))
            else:
                for _, text in group.boxes:
                    self._say(self._place, text)
        if self._comment >= depth:
            self._comment = -1
        if self._base >= depth:
            self._base, self._place = -1, "presentation"

    def _say(self, place: str, text: str) -> None:
        if text.strip():
            self._lines.setdefault(place, []).append(text)

    def _atom(self, record: recs.Record) -> None:
        kind = record.kind
        body = self._data[record.start : record.end]
        if kind in (recs.TEXT_16, recs.TEXT_8, recs.STRING):
            raw = body[: len(body) // 2 * 2] if kind != recs.TEXT_8 else body
            text = raw.decode("latin-1" if kind == recs.TEXT_8 else "utf-16-le", "replace")
            self._text(kind, text.translate(_BREAKS))
        elif kind == recs.ANCHOR and self._groups and len(body) >= 16:
            left, top = struct.unpack_from("<ii", body)
            self._groups[-1].anchor = (top, left)
        elif kind == recs.SLIDE_OF_LIST:
            self._next()
        elif kind == recs.NOTES_OF and len(body) >= 4:
            number = self._ids.get(int.from_bytes(body[:4], "little"))
            self._place = f"notes {number}" if number else "notes"
        elif kind == recs.SHOWN and len(body) >= _FLAGS + 2:
            if body[_FLAGS] & _UNSEEN:
                self._hidden.add(self._place)
        elif kind == recs.OBJECT or body.startswith(recs.PACKAGE):
            self.objects.append(record)
        elif len(body) <= _LARGEST:
            self._loose += body + b"\0\0\0\0"
            if len(self._loose) > _FLUSH:
                self._search()

    def _text(self, kind: int, text: str) -> None:
        if self._comment >= 0:
            self._say("comment", text)
        elif kind == recs.STRING:
            if not text.startswith("___PPT"):  # the name of a version
                self._say(f"{self._place} › names and links", text)
        elif len(self._groups) > 1:  # the outermost one is the slide itself
            self._groups[-1].boxes.append((self._groups[-1].anchor, text))
        else:
            self._say(self._place, text)

    def _next(self) -> None:
        """The outline goes on with the next slide."""
        kind = self._place.partition(" ")[0]
        self._listed += 1
        if kind in ("slide", "notes"):
            self._place = f"{kind} {self._listed}"

    def _search(self) -> None:
        self._digits += _strings.numeric(bytes(self._loose))
        self._loose.clear()
