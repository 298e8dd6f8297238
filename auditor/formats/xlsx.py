"""Excel workbooks: every sheet, hidden ones too, cells as a person sees them, and all the rest."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from html import unescape

from auditor.formats import _numfmt, _ooxml, _pivot, _prose, _rows, _sheet, _xml
from auditor.formats._cellvalue import Book
from auditor.formats._look import Look
from auditor.formats._visibility import by_columns, hidden, marked
from auditor.model import Content, Gap, Limits, Reason, Table, Text

SUFFIXES = (".xlsx", ".xlsm", ".xltx", ".xltm", ".xlam")
MEDIA_TYPES = (
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.template",
    "application/vnd.ms-excel.sheet.macroenabled.12",
)
BEGINNING = False
LONG = True

_USUAL = "xl/workbook.xml"
_SHEET = re.compile(r"<(?:\w+:)?sheet\b([^<>]*)>")
_NUMFMT = re.compile(r"<(?:\w+:)?numFmt\b([^<>]*)>")
_NAMED = re.compile(r"<(?:\w+:)?(?:cellStyle|tableStyle)\b([^<>]*)>")
_XFS = re.compile(r"<(?:\w+:)?cellXfs\b.*?</(?:\w+:)?cellXfs>", re.DOTALL)
_XF = re.compile(r"<(?:\w+:)?xf\b([^<>]*)>")
_PAIR = re.compile(r"""([\w:]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_CELLS = {"worksheet": "sheet", "xlMacrosheet": "macro sheet", "xlIntlMacrosheet": "macro sheet"}
"""Kinds of parts that have cells, and what they are called."""
_SHOWN = tuple(_CELLS.values())
_FOLDERS = ("xl/worksheets/", "xl/macrosheets/")
_BUILT_IN = {"1": "0"}

_SAID = re.compile("[1-9].*[1-9]")
"""A format code that says digits of its own, beyond places for them."""


def claims(look: Look) -> int:
    """By its parts; the name does not matter. A binary workbook is none of these."""
    if "xl/workbook.bin" in look.members:
        return 0
    return _ooxml.claim(look, "xl", SUFFIXES, MEDIA_TYPES)


def parts(content: Content, limits: Limits) -> Iterator[Text | Table | Content | Gap]:
    """Sheet after sheet, then comments, headers, names, caches and everything else."""
    package = _ooxml.opened(content, limits)
    if isinstance(package, Gap):
        yield package
        return
    main = package.main(_USUAL)
    relations = package.relations(main)
    gaps: list[Gap] = []
    renderers, told = _styles(package, relations)
    book = Book(renderers)
    _strings(package, relations, book, gaps)
    yield from gaps
    if told:
        yield Text("\n".join(told), "styles")
    for place, part in _sheets(package, main, relations):
        yield from marked(_read(package, part, place, book), hidden(not place.startswith(_SHOWN)))
    if unused := "\n".join(book.unused()):
        yield Text(unused, "texts without a cell")
    if book.aids:
        yield Text("\n".join(book.aids), "reading aids")
    yield from _pivot.caches(package)
    yield from package.rest()


def _told(attributes: str) -> dict[str, str]:
    pairs = _PAIR.findall(attributes)
    return {key.rpartition(":")[2]: unescape(a or b) for key, a, b in pairs}


def _sheets(
    package: _ooxml.Package, main: str, relations: dict[str, tuple[str, str]]
) -> list[tuple[str, str]]:
    """``(place, part)`` of the sheets in their order; also of sheets nobody refers to."""
    text = _xml.text_of(package.peek(main))[0]
    found: dict[str, str] = {}
    for attributes in _SHEET.findall(text):
        told = _told(attributes)
        kind, part = relations.get(told.get("id", ""), ("", ""))
        if package.has(part) and kind in _CELLS:
            shown = told.get("state", "visible") == "visible"
            words = _CELLS[kind] if shown else f"hidden {_CELLS[kind]}"
            found.setdefault(part, f"{words} {told.get('name', '')}".rstrip())
    for key in package.parts:
        if key.startswith(_FOLDERS) and key.endswith(".xml"):
            found.setdefault(key, f"unlisted sheet {posixpath.basename(key)}")
    return [(place, part) for part, place in found.items()]


def _strings(
    package: _ooxml.Package, relations: dict[str, tuple[str, str]], book: Book, gaps: list[Gap]
) -> None:
    """The shared strings; their number is counted, not believed."""
    parts = [part for kind, part in relations.values() if kind == "sharedStrings"]
    part = next((part for part in [*parts, "xl/sharedstrings.xml"] if package.has(part)), "")
    if not part:
        return
    buffer = ""
    for piece in _sheet.unprefixed(_ooxml.decoded(package.chunks(part), gaps), "sst"):
        seen = max(0, len(buffer) - len("</si>"))
        buffer += piece
        end = buffer.rfind("</si>", seen) + len("</si>")
        if end >= len("</si>"):
            book.items(buffer[:end])
            buffer = buffer[end:]
        elif len(buffer) > _sheet.ENDLESS:
            book.items(f"<si>{buffer}</si>")
            buffer = ""
    book.items(buffer)
    if not gaps and "</sst" not in buffer and "/>" not in buffer:
        gaps.append(Gap(Reason.MALFORMED, part=part, detail="not well-formed"))


def _styles(
    package: _ooxml.Package, relations: dict[str, tuple[str, str]]
) -> tuple[list[_numfmt.Renderer | None], list[str]]:
    """How numbers look, by style index; and formats and names that say digits of their own."""
    parts = [part for kind, part in relations.values() if kind == "styles"]
    part = next((part for part in [*parts, "xl/styles.xml"] if package.has(part)), "")
    text = _xml.text_of(package.peek(part))[0] if part else ""
    if part:
        package.looked_through(part)  # a code such as 000000000000 is a shape, not a number
    codes = dict(_BUILT_IN)
    for attributes in _NUMFMT.findall(text):
        told = _told(attributes)
        codes[told.get("numFmtId", "")] = told.get("formatCode", "")
    formats = _XFS.search(text)
    used = _XF.findall(formats[0]) if formats else []
    ids = [_told(attributes).get("numFmtId", "") for attributes in used]
    known = {key: _numfmt.renderer(codes[key]) for key in set(ids) if key in codes}
    names = (_told(attributes).get("name", "") for attributes in _NAMED.findall(text))
    said = [*filter(_SAID.search, codes.values()), *filter(_prose.counts, names)]
    return [known.get(key) for key in ids], said


def _read(
    package: _ooxml.Package, part: str, place: str, book: Book
) -> Iterator[Text | Table | Gap]:
    """One sheet: its cells, cells far off, formulas, and what stands around the cells."""
    gaps: list[Gap] = []
    sheet = _sheet.Sheet()
    source = _ooxml.decoded(package.chunks(part), gaps)
    tables = _rows.batched(_sheet.batches(source, book, sheet), place)
    yield from by_columns(sheet.unseen.mark(tables), lambda: sheet.before)
    for column, island in sheet.islands.items():
        apart: dict[int, list[str]] = {}
        for number, cells in island:
            apart.setdefault(number, []).extend(cells)
        far = _rows.blocks(sorted(apart.items()), place, first_column=column)
        yield from by_columns(sheet.unseen.mark(far), lambda: sheet.before)
    if sheet.formulas:
        yield Text("\n".join(sheet.formulas), f"{place} › formula")
    around = _prose.Prose(f"{place} › settings")
    for text in (sheet.before, sheet.after):
        loose = _xml.Loose(around)
        loose.feed(text)
        loose.close()
    yield from around.close()
    yield from gaps
    if not sheet.ended and not gaps:
        yield Gap(Reason.MALFORMED, part=part, detail="not well-formed")
