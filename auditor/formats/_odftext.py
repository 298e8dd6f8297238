"""The XML of OpenDocument files: paragraphs, tables, and what stands beside the text."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator, Mapping

from auditor.formats import _grid, _odfattributes, _prose
from auditor.formats._odfcells import Formats, Sheet, count
from auditor.formats._odfchanges import Changes
from auditor.formats._visibility import BEFORE, CONCEALED, hidden, of_place
from auditor.model import Content, Table, Text

_FLUSH = 8 << 20
_PARAGRAPHS = frozenset(("p", "h"))
_MARKS = {"tab": "\t", "line-break": "\n"}
_NAMED = frozenset(("user-defined", "config-item"))
"""Elements that have a name of their own to be called by."""
_PLACED = frozenset(("page", "notes", "section"))
"""Elements that may stand at a place of their own."""
_COPIES = 64


class Writing:
    """Collects what a part says; one for content, styles, or a flat document."""

    def __init__(self, place: str = "", formats: Formats | None = None) -> None:
        """``place``: where the part stands, for people."""
        self.line = 0
        self.formats = formats or Formats()
        self.members: list[Content] = []
        self._place = place
        self._unseen: list[str] = []
        """Places that are not shown: sheets and slides."""
        self._texts: dict[str, list[str]] = {}
        self._size = 0
        self._tables: list[Table] = []
        self._count = self._pages = 0
        self._page = "slide"
        self._sheets = False
        self._frames: list[tuple[str, str | _grid.Grid | Sheet, int]] = []
        """Who takes text now, innermost last: the element that opened it, the taker, and how many
        paragraphs were open then."""
        self._grids: list[_grid.Grid] = []
        self._beyond = 0
        self._sheet: Sheet | None = None
        self._paragraphs: list[list[str]] = []
        self._changes = Changes()
        self._base = 0
        """Open paragraphs that are not of the innermost frame."""
        self._label = ""
        self._bare: list[str] = []
        self._binary: list[str] | None = None

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        self._said()
        self._label = attributes.get("name", "") if tag in _NAMED else tag
        if tag in _PARAGRAPHS:
            self._paragraphs.append([])
        elif tag == "s":
            self._say(" " * min(count(attributes.get("c")), _COPIES))
        elif tag in _MARKS:
            self._say(_MARKS[tag])
        elif tag in _odfattributes.ASIDE:
            self._open(tag, self._within(_odfattributes.ASIDE[tag]))
        elif tag in ("page", "notes"):
            self._slide(tag, attributes)
        elif tag.startswith("table"):
            self._table(tag, attributes)
        elif tag in _odfattributes.CELLS:
            self._cell(tag, attributes)
        elif tag in ("spreadsheet", "drawing"):
            self._sheets = self._sheets or tag == "spreadsheet"
            self._page = "page"
        elif tag == "binary-data":
            self._binary = []
        else:
            self._change(tag, attributes)
            self.formats.start(tag, attributes)
        self._notes(tag, attributes)

    def end(self, tag: str) -> None:
        """An element ends."""
        self._said()
        if tag in _PARAGRAPHS and len(self._paragraphs) > self._base:
            self._paragraph()
        elif tag in _odfattributes.CELLS or tag in _odfattributes.ASIDE or tag in _PLACED:
            self._close_frame(tag)
        elif tag == "table":
            self._close_table()
        elif tag == "table-row" and self._sheet and not self._grids:
            self._sheet.end_row()
        elif tag == "binary-data":
            self._file()
        else:
            self.formats.end(tag)

    def data(self, text: str) -> None:
        """Text of a paragraph, or of something else."""
        if self._binary is not None:
            self._binary.append(text)
        elif len(self._paragraphs) > self._base:
            self._changes.say(text, self._paragraphs)
        elif text and not text.isspace() and (self._label != "text" or _prose.counts(text)):
            self._bare.append(text)

    def aside(self, text: str) -> None:
        """A comment of the XML, or the like."""
        if text.strip():
            self._texts.setdefault(self._within("comment"), []).append(text)

    def ready(self) -> Iterator[Text | Table | Content]:
        """Tables and files so far, and text once it is long."""
        if self._sheet and not self._frames:
            self._tables.extend(self._sheet.ready())
        yield from self._tables
        yield from self.members
        self._tables, self.members = [], []
        if self._size > _FLUSH:
            yield from self._taken()

    def close(self) -> Iterator[Text | Table | Content]:
        """The rest."""
        self._said()
        while self._paragraphs:
            self._paragraph()
        self._frames, self._base = [], 0
        self._beyond = 0
        while self._grids or self._sheet:
            self._close_table()
        self._file()
        if left := list(self._changes.left()):
            self._texts.setdefault(self._within(BEFORE), []).extend(left)
        yield from self._taken()
        yield from self._tables
        yield from self.members

    def _taken(self) -> Iterator[Text]:
        texts, self._texts, self._size = self._texts, {}, 0
        for place, lines in texts.items():
            yield Text("\n".join(lines), place, visibility=of_place(place, self._unseen))

    def _within(self, step: str) -> str:
        base = self._sheet.place if self._sheet else self._place
        slide = next((to for tag, to, _ in reversed(self._frames) if tag == "page"), "")
        base = slide if isinstance(slide, str) and slide else base
        return f"{base} › {step}" if base else step

    def _say(self, text: str) -> None:
        if len(self._paragraphs) > self._base:
            self._changes.say(text, self._paragraphs)

    def _open(self, tag: str, target: str | _grid.Grid | Sheet) -> None:
        self._frames.append((tag, target, self._base))
        self._base = len(self._paragraphs)

    def _said(self) -> None:
        """Text outside of paragraphs is a line of its own."""
        if self._bare:
            line, self._bare = "".join(self._bare).strip(), []
            self._put(f"{self._label}: {line}" if self._label else line)

    def _paragraph(self) -> None:
        """The innermost paragraph ends; as it was before changes it stands aside."""
        was = self._changes.ended(len(self._paragraphs))
        line = "".join(self._paragraphs.pop())
        if was not in ("", line):
            self._texts.setdefault(self._within(BEFORE), []).append(was)
        listed = self._frames and self._frames[-1][0] == "tracked-changes"
        if not (listed and self._changes.remove(line)):
            self._put(line)

    def _put(self, line: str) -> None:
        if not line.strip():
            return
        target = self._frames[-1][1] if self._frames else self._place
        if isinstance(target, Sheet):
            target.text(line)
        elif isinstance(target, str) or not target.text(line + "\n"):
            place = target if isinstance(target, str) else self._place
            self._texts.setdefault(place, []).append(line)
            self._size += len(line)

    def _slide(self, tag: str, attributes: Mapping[str, str]) -> None:
        self._pages += tag == "page"
        word = self._page if tag == "page" else "notes"
        step = f"{word} {self._pages}" if self._pages else word
        place = f"{self._place} › {step}" if self._place else step
        if tag == "page" and attributes.get("style-name", "") in self.formats.hidden:
            self._unseen.append(place)
        self._open(tag, place)

    def _close_frame(self, tag: str) -> None:
        """What ``tag`` opened ends, with what was left open inside."""
        if all(opened != tag for opened, _, _ in self._frames):
            return
        while True:
            while len(self._paragraphs) > self._base:
                self._paragraph()
            opened, target, self._base = self._frames.pop()
            if isinstance(target, Sheet):
                target.end_cell()
            elif isinstance(target, _grid.Grid):
                target.close_cell()
            if opened == tag:
                return

    def _table(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "table":
            self._open_table(attributes)
        elif tag in _odfattributes.CELLS:
            self._cell(tag, attributes)
        elif tag == "table-row":
            if self._grids:
                self._grids[-1].row()
            elif self._sheet:
                self._sheet.row(attributes)
        elif tag == "table-column" and self._sheet and not self._grids:
            self._sheet.columns(attributes)
        else:
            self.formats.start(tag, attributes)

    def _open_table(self, attributes: Mapping[str, str]) -> None:
        if self._sheets and not self._sheet:
            name = attributes.get("name", "")
            unseen = attributes.get("style-name", "") in self.formats.hidden
            kind = "external link" if "#" in name else "hidden sheet" if unseen else "sheet"
            place = f"{self._place} › {kind} {name}" if self._place else f"{kind} {name}"
            self._sheet = Sheet(place.rstrip(), self.formats, hidden(unseen))
            self._unseen += [self._sheet.place] if unseen else []
        elif len(self._grids) >= _grid.DEEPEST:
            self._beyond += 1
        else:
            if self._grids:
                self._grids[-1].nests = True
            lines = self._texts.get(self._place, [])
            title = "" if self._grids or self._sheet else _grid.title_of(lines[-1:])
            self._grids.append(_grid.Grid(title))

    def _cell(self, tag: str, attributes: Mapping[str, str]) -> None:
        if self._grids:
            grid = self._grids[-1]
            for _ in range(min(count(attributes.get("number-columns-repeated")), _COPIES)):
                grid.cell()
            self._open(tag, grid)
        elif self._sheet:
            self._sheet.cell(attributes)
            self._open(tag, self._sheet)

    def _close_table(self) -> None:
        if self._beyond:
            self._beyond -= 1
        elif self._grids:
            grid = self._grids.pop()
            grid.close_cell()
            if grid.is_table():
                self._count += 1
                self._tables.extend(grid.tables(self._within(f"table {self._count}")))
            else:
                self._put(grid.flat().strip())
        elif self._sheet:
            sheet, self._sheet = self._sheet, None
            self._tables.extend(sheet.close())
            if sheet.formulas:
                self._texts[f"{sheet.place} › formula"] = sheet.formulas

    def _change(self, tag: str, attributes: Mapping[str, str]) -> None:
        """What is not shown, or not any more, is set aside."""
        if tag == "section" and attributes.get("display") == "none":
            self._open(tag, self._within(CONCEALED))
        else:
            self._changes.mark(tag, attributes, self._paragraphs)

    def _notes(self, tag: str, attributes: Mapping[str, str]) -> None:
        if said := list(_odfattributes.worth(tag, attributes)):
            step = CONCEALED if tag == "hidden-text" else "attributes"
            self._texts.setdefault(self._within(step), []).extend(said)

    def _file(self) -> None:
        """A file that lies in a flat document."""
        if self._binary is None:
            return
        packed, self._binary = "".join(self._binary), None
        try:
            data = base64.b64decode(packed)
        except (binascii.Error, ValueError):
            return
        if data:
            self.members.append(Content("", data, path=("embedded file",)))
