"""What a workbook says for all its sheets: shared strings, formats, names, other workbooks."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from auditor.formats import _biff, _strings
from auditor.formats._biff import Book, Record
from auditor.formats._biffsheet import Aside

_VERSIONS = {0x0009: 2, 0x0209: 3, 0x0409: 4}
_XF = {2: 0x43, 3: 0x243, 4: 0x443, 5: 0xE0, 8: 0xE0}
KINDS = frozenset(
    (0x42, 0x2F, 0xFC, 0x1E, 0x41E, 0x43, 0x243, 0x443, 0xE0, 0x85, 0x18, 0x218, 0x23, 0x223,
     0x1AE, 0x17, 0x5A, 0xEB, 0x5C, 0x5B)
)  # fmt: skip
"""Records that mean the same wherever they stand."""


class Globals(Book):
    """The workbook, built up record by record."""

    def __init__(self) -> None:
        super().__init__()
        self.pictures = bytearray()
        """Drawings of the whole workbook, for the pictures in them."""
        self.lock: bytes | None = None
        """What is said of the lock, where a key is needed from here on."""
        self.hidden: set[int] = set()
        """Places of the sheets that are not shown."""
        self.unlocked = False
        """It was opened already, whatever the file says."""
        self._codes = 0
        self._told = False

    def begins(self, record: Record) -> int:
        """The kind of substream; the first one says the version, and later ones mostly lie."""
        body = record.body
        if not self._told:
            told = int.from_bytes(body[:2], "little")
            self.version = _VERSIONS.get(record.kind) or (8 if told == 0x600 else 5)
            self._told = True
        return int.from_bytes(body[2:4], "little")

    def unused(self) -> str:
        """Shared strings that no cell shows: of lost sheets, or left over."""
        return "\n".join(s for s, used in zip(self.strings, self.used, strict=True) if not used)

    def take(self, record: Record, aside: Aside) -> None:
        """Read one record; what is not taken apart goes aside."""
        try:
            self._take(record, aside)
        except (struct.error, IndexError):
            aside.faults += 1
            aside.gather(record)

    def _take(self, record: Record, aside: Aside) -> None:
        kind, body = record.kind, record.body
        if kind == 0xFC:
            _biff.shared_strings(record, self)
        elif kind == _XF[self.version]:
            self._style(body)
        elif kind in (0x1E, 0x41E):
            self._code(kind, body)
        elif kind == 0x42:
            self.charset = _biff.codepage(body)
        elif kind == 0x2F:
            self.lock = None if self.unlocked else body
        elif kind == 0x85:
            self._named_sheet(body, aside)
        elif kind in (0x18, 0x218):
            self._name(record, aside)
        elif kind == 0xEB:
            for piece in (body, *record.more):
                self.pictures += piece
        else:
            self._elsewhere(record, aside)

    def _style(self, body: bytes) -> None:
        if self.version >= 5:
            (code,) = struct.unpack_from("<H", body, 2)
        elif self.version == 2:
            code = body[2] & 0x3F
        else:
            code = body[1]
        self.styles.append(code)

    def _code(self, kind: int, body: bytes) -> None:
        """A number format; before Excel 5 they are numbered as they come."""
        if self.version >= 5:
            (number,) = struct.unpack_from("<H", body)
            self.codes[number] = self.text(body, 2, short=self.version < 8)[0]
            return
        self.codes[self._codes] = self.text(body, 2 if kind == 0x41E else 0, short=True)[0]
        self._codes += 1

    def _named_sheet(self, body: bytes, aside: Aside) -> None:
        (place,) = struct.unpack_from("<I", body)
        name = self.text(body, 6, short=True)[0]
        if body[4] & 3:
            self.hidden.add(place)
        self.names.setdefault(place, name)
        aside.say("sheets", name)

    def _name(self, record: Record, aside: Aside) -> None:
        """A defined name; what it stands for is searched like a formula."""
        body = record.body
        if self.version >= 8:
            count, wide = body[3], body[14] & 1
            raw = body[15 : 15 + (count * 2 if wide else count)]
            aside.say("names", raw.decode("utf-16-le" if wide else "latin-1", "replace"))
            for text in (*_texts(body[15 + len(raw) :]), *_biff.constants(body)):
                aside.say("names", text)
            return
        if self.version == 5:
            aside.say("names", self.bytes_text(body[14 : 14 + body[3]]))
        aside.gather(Record(0x06, body, record.at, record.more))

    def _elsewhere(self, record: Record, aside: Aside) -> None:
        """Other workbooks: their names, and their cells as they were last seen."""
        if record.kind == 0x5A:
            for text in self._cached(record.body):
                aside.say("external link", text)
        elif record.kind in (0x1AE, 0x17, 0x23, 0x223, 0x5C, 0x5B):
            for text in _strings.words(record.body):
                aside.say("properties" if record.kind in (0x5B, 0x5C) else "external link", text)
        aside.gather(record)

    def _cached(self, body: bytes) -> Iterator[str]:
        last, first = body[0], body[1]
        at = 4
        for _ in range(max(0, last - first) + 1):
            kind = body[at]
            if kind == 2:
                text, at = self.text(body, at + 1)
                yield text
                continue
            if kind == 1:
                yield self.number(struct.unpack_from("<d", body, at + 1)[0], len(self.styles))
            at += 9


def _texts(formula: bytes) -> Iterator[str]:
    """Texts in a formula of Excel 97 and later: a mark, their length, their width, themselves."""
    at = formula.find(b"\x17")
    while 0 <= at < len(formula) - 3:
        count, wide = formula[at + 1], formula[at + 2]
        raw = formula[at + 3 : at + 3 + (count * 2 if wide else count)]
        if wide < 2 and count and len(raw) == (count * 2 if wide else count):
            text = raw.decode("utf-16-le" if wide else "latin-1", "replace")
            if text.isprintable():
                yield text
        at = formula.find(b"\x17", at + 1)
