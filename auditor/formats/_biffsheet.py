"""Cells and texts of one sheet from its BIFF records, and what stands around the cells."""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass, field

from auditor.formats import _biff, _strings
from auditor.formats._biff import Book, Record
from auditor.formats._cells import Cell
from auditor.formats._visibility import Unseen

CODE = re.compile(r'&(?:"[^"]*"|[0-9]{1,3} ?|K[0-9A-Fa-f+-]{6}|([LCR])|([A-Z&]))')
"""What a header has beside its text: fonts, sizes, colours, fields; & itself is doubled."""
_CELL = struct.Struct("<HHH").unpack_from
_SILENT = frozenset(
    (0x208, 0x08, 0x201, 0x01, 0xBE, 0xD7, 0xE0, 0x43, 0x243, 0x443, 0x31, 0x231, 0x7D, 0x55, 0x92)
)
"""Rows, blanks, places, styles, fonts, widths, colours: measures only."""
_ROW, _COLUMNS = 0x208, 0x7D
_FORMULAS = frozenset((0x06, 0x206, 0x406, 0x4BC, 0x21, 0x221))
_FLUSH = 4 << 20


@dataclass(slots=True)
class Aside:
    """What was found besides cells: lines by where they stand."""

    lines: dict[str, list[str]] = field(default_factory=dict, repr=False)
    loose: bytearray = field(default_factory=bytearray, repr=False)
    """Bodies of records that nobody takes apart."""
    formulas: bytearray = field(default_factory=bytearray, repr=False)
    faults: int = 0
    """Records that were too short for what they should hold."""

    def say(self, place: str, text: str) -> None:
        """Keep a text, once."""
        if text.strip():
            self.lines.setdefault(place, []).append(text)

    def settle(self) -> None:
        """Look through what was only gathered so far."""
        for text in _strings.numeric(bytes(self.loose)):
            self.say("other", text)
        formulas = bytes(self.formulas)
        for text in (*_strings.numeric(formulas), *_biff.constants(formulas)):
            self.say("formula", text)
        self.loose.clear()
        self.formulas.clear()

    def gather(self, record: Record) -> None:
        """Keep a record that nobody takes apart for a search."""
        if record.kind not in _SILENT:
            body = b"".join((record.body, *record.more))
            self.keep(body, formula=record.kind in _FORMULAS)

    def keep(self, body: bytes, *, formula: bool = False) -> None:
        """Keep bytes for a search."""
        target = self.formulas if formula else self.loose
        target += body + b"\0\0\0\0"
        if len(target) > _FLUSH:
            self.settle()


class Sheet:
    """Turns records into cells; keeps the rest aside."""

    def __init__(self, book: Book, aside: Aside) -> None:
        """``book``: what the cells refer to."""
        self._book = book
        self._aside = aside
        self._waiting: tuple[int, int] | None = None
        """The cell whose formula gives a text: it stands in the next record."""
        self._box = "text box"
        """What the last object is, whose text comes next."""
        self.unseen = Unseen()

    def cells(self, record: Record) -> list[Cell]:
        """What a record shows; [] when it is not about cells."""
        if record.kind in _SILENT:
            self._measure(record)
            return []
        try:
            return self._read(record)
        except (struct.error, IndexError):
            self._aside.faults += 1
            self._aside.gather(record)
            return []

    def _measure(self, record: Record) -> None:
        """Rows and columns of which nothing is shown."""
        body = record.body
        if record.kind == _ROW and len(body) >= 14 and body[12] & 0x20:
            self.unseen.hide_rows(int.from_bytes(body[:2], "little") + 1)
        elif record.kind == _COLUMNS and len(body) >= 10 and body[8] & 1:
            first, last = struct.unpack_from("<HH", body)
            self.unseen.hide_columns(first, last + 1)

    def _read(self, record: Record) -> list[Cell]:
        kind, body, book = record.kind, record.body, self._book
        if kind == 0xFD:
            row, column, _ = _CELL(body)
            return [(row, column, book.shared(int.from_bytes(body[6:10], "little")))]
        if kind == 0x27E:
            row, column, style = _CELL(body)
            raw = int.from_bytes(body[6:10], "little")
            return [(row, column, book.number(_biff.rk(raw), style))]
        if kind == 0x203:
            row, column, style = _CELL(body)
            (value,) = struct.unpack_from("<d", body, 6)
            return [(row, column, book.number(value, style))]
        if kind == 0xBD:
            return self._several(body)
        if kind in (0x06, 0x206, 0x406):
            return self._formula(record)
        return self._seldom(record)

    def _several(self, body: bytes) -> list[Cell]:
        row, first = struct.unpack_from("<HH", body)
        packed = body[4 : 4 + (len(body) - 6) // 6 * 6]
        pairs = struct.iter_unpack("<HI", packed)
        number = self._book.number
        return [
            (row, first + n, number(_biff.rk(raw), style)) for n, (style, raw) in enumerate(pairs)
        ]

    def _formula(self, record: Record) -> list[Cell]:
        """The result as it was last computed; the formula itself is searched for digits."""
        body = record.body
        row, column, style = _CELL(body)
        at = 6
        if self._book.version == 2:
            style, at = body[4] & 0x3F, 7
        self._aside.gather(Record(record.kind, body[at + 8 :], record.at, record.more))
        result = body[at : at + 8]
        if result[6:] != b"\xff\xff":
            (value,) = struct.unpack("<d", result)
            return [(row, column, self._book.number(value, style))]
        if result[0] == 0:
            self._waiting = (row, column)
        return [(row, column, str(result[2]))] if result[0] == 1 else []

    def _seldom(self, record: Record) -> list[Cell]:
        kind, body, book = record.kind, record.body, self._book
        if kind in (0x204, 0xD6):
            row, column, _ = _CELL(body)
            return [(row, column, book.text(body, 6)[0])]
        if kind in (0x207, 0x07):
            text = self._string(record)
            place, self._waiting = self._waiting, None
            return [(*place, text)] if place else [(0, 0, text)]
        if kind == 0x205:
            row, column, _ = _CELL(body)
            return [(row, column, str(body[6]))] if not body[7] else []
        if book.version == 2 and kind in (0x02, 0x03, 0x04, 0x05):
            return self._oldest(kind, body)
        self._beside(record)
        return []

    def _string(self, record: Record) -> str:
        if record.more:
            cut = _biff.Cut([record.body, *record.more])
            return cut.string()[0]
        return self._book.text(record.body, 0, short=self._book.version == 2)[0]

    def _oldest(self, kind: int, body: bytes) -> list[Cell]:
        """Cells of Excel 2: three bytes of attributes instead of a style."""
        row, column = struct.unpack_from("<HH", body)
        style = body[4] & 0x3F
        if kind == 0x04:
            return [(row, column, self._book.text(body, 7, short=True)[0])]
        if kind == 0x05:
            return [(row, column, str(body[7]))] if not body[8] else []
        value = struct.unpack_from("<H" if kind == 0x02 else "<d", body, 7)[0]
        return [(row, column, self._book.number(float(value), style))]

    def _beside(self, record: Record) -> None:
        """Headers, notes, text boxes, rules, links: what is no cell."""
        kind, body, book, aside = record.kind, record.body, self._book, self._aside
        if kind in (0x14, 0x15) and body:
            text = book.text(body, 0, short=book.version < 8)[0]
            aside.say("header", CODE.sub(lambda code: "\n" if code[1] else " ", text))
        elif kind == 0x1B6 and record.more:
            aside.say(self._box, boxed(record, book))
        elif kind == 0x1C:
            self._comment(body)
        elif kind == 0x1BE and book.version >= 8:
            at = 4
            for _ in range(4):
                text, at = book.text(body, at)
                aside.say("input rule", text.strip("\0"))
            aside.gather(Record(0x06, body[at:], record.at, record.more))
        elif kind == 0x100D:
            aside.say("chart", book.text(body, 2, short=True)[0])
        elif kind in (0x1B8, 0x800, 0x5D):
            self._box = "comment" if body[:1] == b"\x15" and body[4] == 0x19 else "text box"
            if kind == 0x5D and book.version >= 8:
                return
            for text in _strings.words(body):
                aside.say("object" if kind == 0x5D else "link", text)
        else:
            aside.gather(record)

    def _comment(self, body: bytes) -> None:
        """Of Excel 97 and later only the author stands here; the text is a text box."""
        if self._book.version >= 8:
            self._aside.say("comment author", self._book.text(body, 8)[0])
            return
        (row, _, size) = struct.unpack_from("<HHH", body)
        text = self._book.bytes_text(body[6:])
        if row == 0xFFFF and "comment" in self._aside.lines:
            self._aside.lines["comment"][-1] += text
        else:
            self._aside.say("comment", text)
        if len(body) - 6 < min(size, 2048):
            self._aside.faults += 1


def boxed(record: Record, book: Book) -> str:
    """The text of a text box or comment: in the records that continue it, then its formats."""
    (count,) = struct.unpack_from("<H", record.body, 10)
    pieces: list[str] = []
    for segment in record.more:
        if count <= 0 or not segment:
            break
        if book.version < 8:
            pieces.append(book.bytes_text(segment[:count]))
            count -= len(segment)
            continue
        wide = segment[0] & 1
        raw = segment[1 : 1 + (count * 2 if wide else count)]
        pieces.append(raw.decode("utf-16-le" if wide else "latin-1", "replace"))
        count -= len(raw) // 2 if wide else len(raw)
    return "".join(pieces)
