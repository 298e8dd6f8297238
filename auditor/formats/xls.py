"""Excel workbooks before 2007: every sheet, hidden ones too, comments, names, caches."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from auditor.formats import (
    _biff,
    _biffbook,
    _biffsheet,
    _blips,
    _cells,
    _cfb,
    _filepass,
    _oleparts,
    _strings,
)
from auditor.formats._biff import Book, Record
from auditor.formats._look import CERTAIN, SNIFFED, Look
from auditor.formats._visibility import hidden, marked, of_step
from auditor.model import Content, Gap, Limits, Reason, Table, Text

SUFFIXES = (".xls", ".xlt", ".xla", ".xlm", ".xlw", ".xlc")
MEDIA_TYPES = ("application/vnd.ms-excel", "application/msexcel", "application/x-msexcel")
BEGINNING = True

_STREAMS = ("Workbook", "Book")
_ALONE = (b"\x09\0\x04\0", b"\x09\x02\x06\0", b"\x09\x04\x06\0", b"\x09\x08\x08\0\0\x05",
          b"\x09\x08\x10\0\0\x06")  # fmt: skip
"""Beginnings of workbooks that lie in no compound file."""
_GLOBALS = (0x05, 0x100)


def claims(look: Look) -> int:
    """By the main stream of a compound file, or by the first record of a bare one."""
    if look.head.startswith(_cfb.SIGNATURE):
        return CERTAIN if {"workbook", "book"} & _cfb.top(look.content.data) else 0
    return SNIFFED + 10 if look.head.startswith(_ALONE) else 0


def parts(content: Content, limits: Limits) -> Iterator[Text | Table | Content | Gap]:
    """Sheet after sheet, then what stands beside them."""
    if not content.data.startswith(_cfb.SIGNATURE):
        yield from _Workbook(content.data, limits).parts()
        return
    rest = _oleparts.opened(content, limits)
    if isinstance(rest, Gap):
        yield rest
        return
    if sealed := rest.sealed():
        yield sealed
        return
    streams = [data for name in _STREAMS if (data := rest.read(name)) is not None]
    for number, data in enumerate(streams):
        older = "older version" if number else ""
        yield from _Workbook(data, limits, older).parts()
    yield from _pivots(rest)
    yield from rest.parts()


def _pivots(rest: _oleparts.Rest) -> Iterator[Text]:
    """What pivot tables keep of their sources."""
    storage = rest.compound.root.find("_SX_DB_CUR")
    for entry in storage.children if storage else ():
        data = rest.read(storage.name, entry.name) if storage else None
        book = Book()
        said: list[str] = []
        for record in _biff.records(data or b""):
            try:
                if record.kind == 0xCD:
                    said.append(book.text(record.body, 0)[0])
                elif record.kind == 0xC9:
                    said.append(book.number(struct.unpack_from("<d", record.body)[0], 0))
            except (struct.error, IndexError):
                said.extend(_strings.numeric(record.body))
        if said:
            yield Text("\n".join(said), "pivot cache")


class _Workbook:
    """One stream of records, walked once from its beginning to its end."""

    def __init__(
        self, data: bytes, limits: Limits, place: str = "", *, unlocked: bool = False
    ) -> None:
        self._data = data
        self._source = _biff.records(data)
        self._limits = limits
        self._place = place
        self._book = _biffbook.Globals()
        self._book.unlocked = unlocked
        self._sheets = 0
        self._ended = False
        """Whether the last record seen is an end."""

    def parts(self) -> Iterator[Text | Table | Content | Gap]:
        """Everything in the stream."""
        book = self._book
        aside = _biffsheet.Aside()
        for record in self._source:
            self._ended = record.kind == _biff.EOF
            if record.kind not in _biff.BOF:
                book.take(record, aside)
            elif book.begins(record) not in _GLOBALS:
                yield from self._sheet(record)
            if book.lock is not None:
                yield from self._locked(book.lock)
                return
        yield from self._settled(aside, "workbook")
        if unused := book.unused():
            yield Text(unused, self._within("texts without a cell"))
        if told := book.told():
            yield Text(told, self._within("number formats"))
        if not self._ended:
            yield Gap(Reason.MALFORMED, detail="workbook without an end")
        for what in sorted(book.broken):
            yield Gap(Reason.MALFORMED, part=what, detail="records do not fit together")
        yield from _blips.pictures(bytes(book.pictures), self._limits)

    def _locked(self, lock: bytes) -> Iterator[Text | Table | Content | Gap]:
        """Once more from the beginning, if the password is the one that Excel itself sets."""
        plain = _filepass.opened(lock, self._data)
        if plain is None:
            yield Gap(Reason.PASSWORD_PROTECTED, detail="encrypted workbook")
        else:
            yield from _Workbook(plain, self._limits, self._place, unlocked=True).parts()

    def _sheet(self, start: Record) -> Iterator[Text | Table | Gap]:
        self._sheets += 1
        name = self._book.names.get(start.at) or str(self._sheets)
        unseen = start.at in self._book.hidden
        place = self._within(f"hidden sheet {name}" if unseen else f"sheet {name}")
        aside = _biffsheet.Aside()
        sheet = _biffsheet.Sheet(self._book, aside)
        tables = sheet.unseen.mark(_cells.tables(self._cells(sheet, aside), place))
        yield from marked(tables, hidden(unseen))
        yield from marked(self._settled(aside, place), hidden(unseen))

    def _cells(self, sheet: _biffsheet.Sheet, aside: _biffsheet.Aside) -> Iterator[_cells.Cell]:
        """The cells until the end of a sheet, with those of charts inside it."""
        depth = 1
        for record in self._source:
            self._ended = record.kind == _biff.EOF
            if self._ended:
                depth -= 1
                if not depth:
                    return
            elif record.kind in _biff.BOF:
                depth += 1
            elif record.kind in _biffbook.KINDS:
                self._book.take(record, aside)
                if self._book.lock is not None:
                    return
            else:
                yield from sheet.cells(record)

    def _settled(self, aside: _biffsheet.Aside, place: str) -> Iterator[Text | Gap]:
        aside.settle()
        for step, lines in aside.lines.items():
            text = "\n".join(dict.fromkeys(lines))
            yield Text(text, f"{place} › {step}", visibility=of_step(step))
        if aside.faults:
            yield Gap(Reason.MALFORMED, part=place, detail="records cut short")

    def _within(self, step: str) -> str:
        return f"{self._place} › {step}" if self._place else step
