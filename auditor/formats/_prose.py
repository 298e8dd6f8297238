"""Office paragraphs and tables: Word and PowerPoint call their elements alike.

What is not a paragraph (formulas, headers of a sheet, names, properties) is text of its own line;
attributes are read where they could be words or numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from auditor.formats import _grid, _xml
from auditor.formats._visibility import BEFORE, CONCEALED, of_step
from auditor.model import Table, Text

_FLUSH = 8 << 20
_BREAKS = frozenset(("p", "si", "text", "comment", "threadedComment", "sdt", "txbxContent", "sp"))
_MARKS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_GONE, _NEW = ("del", "moveFrom"), ("ins", "moveTo")
_RUN = frozenset(("t", "delText"))
_OFF = ("0", "false", "off")
_TABLE = ("tbl", "tr", "tc", "gridSpan")
_BEGUN = frozenset(
    ("p", "r", "sym", "vanish", "instrText", "Fallback", *_RUN, *_MARKS, *_GONE, *_NEW, *_TABLE)
)
_ENDED = frozenset(("instrText", "Fallback", "tc", "tbl", *_BREAKS, *_RUN, *_GONE, *_NEW))
"""Elements whose begin or end means something; most of a drawing's do not."""
NUMBERS = 9
"""Digits from which on an attribute is worth reading."""
_ENOUGH = re.compile(rf"(?:[^0-9]*+[0-9]){{{NUMBERS}}}")
_JAPANESE = re.compile("[\u3000-\u9fff\uff00-\uffef]")
_IDENTIFIER = re.compile(r"\{?[0-9A-Fa-f]{8}-?(?:[0-9A-Fa-f]{4}-?){3}[0-9A-Fa-f]{12}\}?")
_SHORT = 4_096
_SYMBOL = re.compile("[Ff]03[0-9]")
MACHINE = frozenset(("panose1", "creationId", "latin", "ea", "cs", "font", "nsid", "tmpl"))
"""Elements whose attributes programs fill: fonts and identifiers."""


def worth(value: str) -> bool:
    """Whether an attribute may hold a number or words: most are measures and identifiers."""
    if not value.isascii() and _JAPANESE.search(value):
        return True
    return counts(value) and not _IDENTIFIER.fullmatch(value)


def _symbol(char: str) -> str:
    """The digit that a symbol font keeps in the private area of Unicode; "" for anything else."""
    return chr(int(char, 16) - 0xF000) if _SYMBOL.fullmatch(char) else ""


def counts(value: str) -> bool:
    """Whether there are digits enough for a number."""
    if len(value) < NUMBERS:
        return False
    if value.isascii():
        return _ENOUGH.match(value, 0, _SHORT) is not None
    return sum(map(str.isdigit, value[:_SHORT])) >= NUMBERS


class Prose:
    """Collects paragraphs, tables, and what was deleted, alternated or set aside."""

    AS_WRITTEN = True

    def __init__(self, place: str = "") -> None:
        """``place``: where the part stands, for people."""
        self.line = 0
        self._place = place
        self._main: list[str] = []
        self._size = 0
        self._tables: list[Table] = []
        self._count = 0
        self._extra: dict[str, list[str]] = {}
        self._grids: list[_grid.Grid] = []
        self._open: list[tuple[list[str], list[str], list[str] | None]] = []
        self._now: list[str] = []
        self._before: list[str] = []
        """The paragraph as it was: with what is deleted, without what is new."""
        self._whole: list[str] | None = None
        """The paragraph with what is hidden; None where nothing is."""
        self._hidden = False
        """Whether the run is hidden."""
        self._bare: list[str] = []
        self._run = ""
        self._said: frozenset[str] = frozenset()
        self._gone = self._new = self._alternate = self._beyond = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        if tag in _BEGUN:
            self._begin(tag, attributes)
        if attributes and tag not in MACHINE:
            self._notes(tag, attributes)

    def _begin(self, tag: str, attributes: dict[str, str]) -> None:
        if tag in _RUN or tag == "instrText":
            self._run = tag
        elif tag == "p":
            self._open.append((self._now, self._before, self._whole))
            self._now, self._before, self._whole = [], [], None
        elif tag in _MARKS:
            self._bare_text()
            self._say(_MARKS[tag])
        elif tag == "sym":
            self._bare_text()
            self._say(_symbol(_xml.plain(attributes).get("char", "")))
        elif tag in _GONE:
            self._gone += 1
        elif tag in _NEW:
            self._new += 1
        elif tag == "Fallback":
            self._alternate += 1
        elif tag in _TABLE:
            self._table(tag, attributes)
        elif tag in ("r", "vanish"):
            self._hidden = tag != "r" and _xml.plain(attributes).get("val") not in _OFF

    def end(self, tag: str) -> None:
        """An element ends."""
        if self._bare:
            self._bare_text()
        if tag in _ENDED:
            self._end(tag)

    def _end(self, tag: str) -> None:
        if tag == self._run:
            self._run = ""
        elif tag in _BREAKS:
            self._paragraph()
            if tag == "p" and self._open:
                self._now, self._before, self._whole = self._open.pop()
        elif tag in _GONE:
            self._gone = max(0, self._gone - 1)
        elif tag in _NEW:
            self._new = max(0, self._new - 1)
        elif tag == "Fallback":
            self._alternate = max(0, self._alternate - 1)
        elif tag == "tc" and self._grids:
            self._grids[-1].close_cell()
        elif tag == "tbl" and self._grids:
            self._close()

    def data(self, text: str) -> None:
        """Text of a run, of a field code, or of something else."""
        if self._run in _RUN:
            self._say(text)
        elif self._run:
            self._extra.setdefault("field", []).append(text)
        elif text and not text.isspace():
            self._bare.append(text)

    def aside(self, text: str) -> None:
        """A comment or the like."""
        if text.strip():
            self._extra.setdefault("comment", []).append(text)

    def ready(self) -> Iterator[Text | Table]:
        """Tables so far, and text once it is long."""
        yield from self._tables
        self._tables = []
        if self._size > _FLUSH:
            yield self._take()

    def close(self) -> Iterator[Text | Table]:
        """The rest."""
        self._bare_text()
        self._paragraph()
        while self._open:
            self._now, self._before, self._whole = self._open.pop()
            self._paragraph()
        self._beyond = 0
        while self._grids:
            self._close()
        if self._main:
            yield self._take()
        yield from self._tables
        for step, pieces in self._extra.items():
            said = self._said if step == "alternate" else frozenset()
            lines = [piece for piece in dict.fromkeys(pieces) if piece not in said]
            if lines:
                yield Text("\n".join(lines), self._within(step), visibility=of_step(step))

    def _take(self) -> Text:
        self._said = frozenset(self._main)
        text = "\n".join(self._main)
        self._main, self._size = [], 0
        return Text(text, self._place)

    def _say(self, text: str) -> None:
        if not self._gone and self._run != "delText":
            if self._hidden and self._whole is None:
                self._whole = list(self._now)
            if self._whole is not None:
                self._whole.append(text)
            if not self._hidden:
                self._now.append(text)
        if not self._new:
            self._before.append(text)

    def _paragraph(self) -> None:
        now, before = "".join(self._now), "".join(self._before)
        whole = now if self._whole is None else "".join(self._whole)
        self._now, self._before, self._whole = [], [], None
        if before != whole and before.strip():
            self._extra.setdefault(BEFORE, []).append(before)
        if whole != now and (self._grids or self._alternate):
            now = whole  # a cell says all it has: beside its column it would be read as less
        elif whole != now:
            title = _grid.title_of(self._main[-1:])
            self._extra.setdefault(CONCEALED, []).append(f"{title}\n{whole}".lstrip())
        if now.strip():
            self._put(now)

    def _put(self, line: str) -> None:
        if self._alternate:
            self._extra.setdefault("alternate", []).append(line)
        elif not (self._grids and self._grids[-1].text(line + "\n")):
            self._main.append(line)
            self._size += len(line)

    def _bare_text(self) -> None:
        if self._bare:
            line, self._bare = "".join(self._bare).strip(), []
            self._put(line)

    def _table(self, tag: str, attributes: dict[str, str]) -> None:
        span = _xml.plain(attributes).get("val" if tag == "gridSpan" else "gridSpan", "1")
        columns = int(span[:4]) if span.isascii() and span[:4].isdigit() else 1
        if tag == "tbl":
            if len(self._grids) >= _grid.DEEPEST:
                self._beyond += 1
                return
            if self._grids:
                self._grids[-1].nests = True
            title = _grid.title_of(self._main[-1:]) if not self._grids else ""
            self._grids.append(_grid.Grid(title))
        elif self._grids and tag == "tr":
            self._grids[-1].row()
        elif self._grids and tag == "tc":
            self._grids[-1].cell(columns)
        elif self._grids:
            self._grids[-1].span(columns)

    def _close(self) -> None:
        if self._beyond:
            self._beyond -= 1
            return
        grid = self._grids.pop()
        grid.close_cell()
        if grid.is_table() and not self._alternate:
            self._count += 1
            self._tables.extend(grid.tables(self._within(f"table {self._count}")))
        elif flat := grid.flat().strip():
            self._put(flat)

    def _notes(self, tag: str, attributes: dict[str, str]) -> None:
        for value in attributes.values():
            if (len(value) >= NUMBERS or not value.isascii()) and worth(value):
                break
        else:
            return
        told = _xml.plain(attributes)
        name = told.get("name", "")
        for key, value in told.items():
            if worth(value):
                label = name if name and key != "name" else f"{tag} {key}"
                self._extra.setdefault("attributes", []).append(f"{label}: {value}")

    def _within(self, step: str) -> str:
        return f"{self._place} › {step}" if self._place else step
