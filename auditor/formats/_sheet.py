"""The cells of a worksheet part, from its XML as a stream: no tree, no dimensions believed.

Writers put a cell's attributes in one order nearly always; a row where the quick pattern does not
account for every cell is read again with a slow one that takes any order and nesting.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from html import unescape

from auditor.formats import _numfmt

_ROW = re.compile(r"<row\b([^<>]*?)(/?)>")
_ROW_NUMBER = re.compile(r"""\br\s*=\s*["']([0-9]{1,7})["']""")
_QUICK = re.compile(
    r'<c r="([A-Z]{1,3})[0-9]{1,7}"(?: s="([0-9]{1,6})")?(?: t="([A-Za-z]{1,9})")?\s*'
    r"(?:/>|>(?:<v>([^<]*)</v>|<is><t(?: [^<>]*)?>([^<]*)</t></is>)?</c>)"
)
_SLOW = re.compile(r"<c\b([^<>]*?)(?:/>|>(.*?)(?:</c>|(?=<c\b)|\Z))", re.DOTALL)
_CELL = re.compile(r"<c[ />]")
_ATTRIBUTE = re.compile(r"""\b(r|s|t)\s*=\s*["']([^"']*)["']""")
_VALUE = re.compile(r"<v\b[^<>]*>([^<]*)")
_FORMULA = re.compile(r"<f\b[^<>]*>([^<]*)")
_TEXT = re.compile(r"<t\b[^<>]*>([^<]*)</t>")
_PHONETIC = re.compile(r"<rPh\b.*?</rPh>", re.DOTALL)
_ODD = re.compile(r"<!--.*?-->|<!\[CDATA\[(.*?)\]\]>", re.DOTALL)
_LONG = re.compile(r"[0-9]{9,}")
_UNDERSCORED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_DATA = re.compile(r"<sheetData\b[^<>]*>")
ENDLESS = 8 << 20
"""Characters of XML after which nobody waits for the end of a row or string any more."""
_SOON = 1 << 16
_WIDEST = 16_384
_APART = 64
"""Empty columns after which the rest of a row is kept as a table of its own."""

Renderer = Callable[[str], str]


@dataclass(slots=True)
class Book:
    """What cells refer to."""

    strings: Sequence[str] = field(default=(), repr=False)
    renderers: Sequence[Renderer | None] = ()


@dataclass(slots=True)
class Sheet:
    """What reading found besides the rows."""

    before: str = ""
    after: str = field(default="", repr=False)
    """What stands before and after the cells, as XML."""
    formulas: list[str] = field(default_factory=list, repr=False)
    islands: dict[int, list[tuple[int, list[str]]]] = field(default_factory=dict, repr=False)
    """Column → ``(row, cells)`` of cells far to the right of the others."""
    ended: bool = False
    """Whether the end of the cells was seen."""


def text_of(rich: str) -> str:
    """The text of a string item: its runs without the reading aid."""
    if "<rPh" in rich:
        rich = _PHONETIC.sub("", rich)
    return plain("".join(_TEXT.findall(rich)))


def plain(text: str) -> str:
    """Text as a person sees it, from text as XML has it."""
    if "&" in text:
        text = unescape(text)
    if "_x" in text:
        text = _UNDERSCORED.sub(lambda found: chr(int(found[1], 16)), text)
    return text


def rows(source: Iterable[str], book: Book, sheet: Sheet) -> Iterator[tuple[int, list[str]]]:
    """``(number, cells)`` of each row that holds something."""
    number = 0
    for xml in _rows_of(source, sheet):
        start = _ROW.match(xml)
        told = _ROW_NUMBER.search(start[1]) if start else None
        number = max(number + 1, int(told[1])) if told else number + 1
        cells = _QUICK.findall(xml)
        if len(cells) != len(_CELL.findall(xml)):
            cells = _slowly(xml, sheet)
        if row := _row(number, cells, book, sheet):
            yield number, row


def unprefixed(source: Iterable[str], root: str) -> Iterator[str]:
    """The same XML without the prefix that its root element has."""
    prefix: str | None = None
    held = ""
    for piece in source:
        text = held + piece
        held = ""
        if prefix is None:
            found = re.search(rf"<(\w+:|){root}\b", text)
            if not found and len(text) < _SOON:
                held = text
                continue
            prefix = found[1] if found else ""
        if prefix:
            cut = text.rfind("<")  # a name may be cut by the end of the piece
            text, held = (text[:cut], text[cut:]) if cut > 0 else (text, "")
            text = text.replace(f"<{prefix}", "<").replace(f"</{prefix}", "</")
        yield text
    yield held.replace(f"<{prefix}", "<").replace(f"</{prefix}", "</") if prefix else held


def _rows_of(source: Iterable[str], sheet: Sheet) -> Iterator[str]:
    """The XML of each row; the rest goes to ``sheet``."""
    buffer = ""
    begun = False
    tail: list[str] = []
    for piece in unprefixed(source, "worksheet"):
        if sheet.ended:
            tail.append(piece)
            continue
        seen = max(0, len(buffer) - len("</sheetData"))
        buffer += piece
        if not begun:
            found = _DATA.search(buffer)
            if not found:
                if len(buffer) > ENDLESS:  # no part says so much before its cells
                    sheet.before, buffer = sheet.before + buffer[:_SOON], buffer[-_SOON:]
                continue
            begun, seen = True, 0
            sheet.before += buffer[: found.start()]
            buffer = buffer[found.end() :]
            sheet.ended = found[0].endswith("/>")
        if sheet.ended:
            continue
        end = buffer.find("</sheetData", seen)
        sheet.ended = end >= 0
        whole = end if end >= 0 else buffer.rfind("</row>", seen) + len("</row>")
        if whole < len("</row>") and len(buffer) > ENDLESS:
            whole = buffer.rfind("<c ")
        if whole >= len("</row>") or sheet.ended:
            yield from _split(buffer[:whole])
            buffer = buffer[whole:]
    if begun and not sheet.ended:
        yield from _split(buffer)
        buffer = ""
    sheet.after = buffer + "".join(tail)


def _split(xml: str) -> Iterator[str]:
    if "<!" in xml:
        xml = _ODD.sub(lambda odd: (odd[1] or "").replace("<", "&lt;"), xml)
    starts = [found.start() for found in _ROW.finditer(xml)]
    if _CELL.search(xml, 0, starts[0] if starts else len(xml)):
        starts.insert(0, 0)  # cells that stand in no row
    for start, end in zip(starts, [*starts[1:], len(xml)][: len(starts)], strict=True):
        yield xml[start:end]


def _slowly(xml: str, sheet: Sheet) -> list[tuple[str, str, str, str, str]]:
    """Cells in any shape."""
    cells: list[tuple[str, str, str, str, str]] = []
    for attributes, inside in _SLOW.findall(xml):
        told = dict(_ATTRIBUTE.findall(attributes))
        value = _VALUE.search(inside)
        rich = text_of(inside).replace("&", "&amp;") if "<is" in inside else ""
        shown = value[1] if value else ""
        formula = _FORMULA.search(inside)
        if formula and any(run not in shown for run in _LONG.findall(formula[1])):
            sheet.formulas.append(plain(formula[1]))
        column = told.get("r", "").rstrip("0123456789")
        cells.append((column, told.get("s", ""), told.get("t", ""), shown, rich))
    return cells


def _row(
    number: int, cells: Sequence[tuple[str, str, str, str, str]], book: Book, sheet: Sheet
) -> list[str]:
    row: list[str] = []
    target, start, at = row, 0, -1
    for letters, style, kind, value, inline in cells:
        at = _column(letters) if letters else at + 1
        if not value and not inline:
            continue
        missing = at - start - len(target)
        # A far cell, one said twice, one out of order: nothing may be lost, nothing may be filled.
        if missing > _APART or missing < 0:
            target, start, missing = [], at, 0
            sheet.islands.setdefault(at + 1, []).append((number, target))
        if missing:
            target.extend([""] * missing)
        target.append(_shown(style, kind, value, inline, book))
    return row


def _shown(style: str, kind: str, value: str, inline: str, book: Book) -> str:
    if kind == "s":
        at = int(value) if value.isdigit() and len(value) < 10 else -1
        return book.strings[at] if 0 <= at < len(book.strings) else ""
    if kind in ("inlineStr", "str", "d") or inline:
        return plain(inline or value)
    if kind in ("b", "e"):
        return value
    number = _numfmt.plain(value.strip())
    at = int(style) if style else 0
    renderer = book.renderers[at] if at < len(book.renderers) else None
    return renderer(number) if renderer else number


def _column(letters: str) -> int:
    """0 for A; columns beyond the last one Excel has are the last one."""
    known = _COLUMNS.get(letters)
    if known is None:
        known = 0
        for letter in letters[:3].upper():
            known = known * 26 + ord(letter) - 64
        known = max(0, min(known - 1, _WIDEST - 1))
        _COLUMNS[letters] = known
    return known


_COLUMNS: dict[str, int] = {}
