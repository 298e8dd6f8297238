"""Binary Excel workbooks since 2007: every sheet, hidden ones too, comments, headers, caches."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.formats import _biff12, _cells, _cfb, _ooxml
from auditor.formats._biffsheet import Aside
from auditor.formats._look import CERTAIN, SNIFFED, Look
from auditor.formats._visibility import hidden, marked
from auditor.model import Content, Gap, Limits, Reason, Table, Text

SUFFIXES = (".xlsb",)
MEDIA_TYPES = ("application/vnd.ms-excel.sheet.binary.macroenabled.12",)
BEGINNING = False
LONG = True

_MAIN = "xl/workbook.bin"
_SHEETS = ("xl/worksheets/", "xl/macrosheets/", "xl/dialogsheets/", "xl/chartsheets/")
_SILENT = ("printersettings", "calcchain", "binaryindex")
_FEW = 8


def claims(look: Look) -> int:
    """By its main part; of a cut-off package only the name can tell."""
    if look.cut:
        cut = look.head.startswith(b"PK") and look.named(SUFFIXES, MEDIA_TYPES)
        return SNIFFED + 5 if cut else 0
    return CERTAIN if _MAIN in look.members else 0


def parts(content: Content, limits: Limits) -> Iterator[Text | Table | Content | Gap]:
    """Sheet after sheet, then what stands beside them, then every other part."""
    package = _ooxml.opened(content, limits)
    if isinstance(package, Gap):
        yield package
        return
    gaps: list[Gap] = []
    aside = Aside()
    book = _biff12.Workbook()
    relations = package.relations(_MAIN)
    ordered = [part for kind, part in relations.values() if kind in ("sharedStrings", "styles")]
    for part in dict.fromkeys((_MAIN, *ordered, "xl/sharedstrings.bin", "xl/styles.bin")):
        if package.has(part):
            for record in _biff12.records(package.chunks(part), gaps):
                book.take(record, aside)
    yield from gaps
    for place, part in _sheets(package, book, relations):
        unseen = hidden(not place.startswith("sheet"))
        yield from marked(_sheet(package, part, place, book), unseen)
    yield from _settled(aside, "workbook")
    if unused := "\n".join(s for s, u in zip(book.strings, book.used, strict=True) if not u):
        yield Text(unused, "texts without a cell")
    if told := book.told():
        yield Text(told, "number formats")
    for what in sorted(book.broken):
        yield Gap(Reason.MALFORMED, part=what, detail="records do not fit together")
    yield from _others(package)
    yield from package.rest()


def _sheets(
    package: _ooxml.Package, book: _biff12.Workbook, relations: dict[str, tuple[str, str]]
) -> list[tuple[str, str]]:
    """``(place, part)`` of the sheets in their order; also of sheets nobody refers to."""
    found: dict[str, str] = {}
    for relation, name in book.sheets:
        _, part = relations.get(relation, ("", ""))
        if package.has(part):
            words = "hidden sheet" if relation in book.hidden else "sheet"
            found.setdefault(part, f"{words} {name}".rstrip())
    for key in package.parts:
        silent = any(word in key for word in _SILENT)
        if key.startswith(_SHEETS) and key.endswith(".bin") and not silent:
            found.setdefault(key, key)
    return [(place, part) for part, place in found.items()]


def _sheet(
    package: _ooxml.Package, part: str, place: str, book: _biff12.Workbook
) -> Iterator[Text | Table | Gap]:
    gaps: list[Gap] = []
    aside = Aside()
    sheet = _biff12.Sheet(book, aside)
    source = _biff12.records(package.chunks(part), gaps)
    yield from sheet.unseen.mark(_cells.tables(sheet.cells(source), place))
    yield from _settled(aside, place)
    yield from gaps
    if not sheet.ended and "worksheets" in part and not gaps:
        yield Gap(Reason.MALFORMED, part=part, detail="sheet without an end")


def _settled(aside: Aside, place: str) -> Iterator[Text | Gap]:
    aside.settle()
    for step, lines in aside.lines.items():
        yield Text("\n".join(dict.fromkeys(lines)), f"{place} › {step}")
    if aside.faults:
        yield Gap(Reason.MALFORMED, part=place, detail="records cut short")


def _others(package: _ooxml.Package) -> Iterator[Text | Gap]:
    """Binary parts besides the sheets: comments, caches of pivots and links, tables."""
    for key in list(package.parts):
        if not key.endswith(".bin") or key in package.done or not key.startswith("xl/"):
            continue
        if any(word in key for word in _SILENT):
            package.looked_through(key)
            continue
        if package.archive.read(package.parts[key], _FEW)[0].startswith(_cfb.SIGNATURE):
            continue  # an embedded object or a project of macros: a member
        gaps: list[Gap] = []
        source = _biff12.records(package.chunks(key), gaps)
        found = _biff12.said(source) if "comments" in key else _biff12.loose(source)
        if lines := "\n".join(found):
            yield Text(lines, _ooxml.place_of(key))
        yield from gaps
