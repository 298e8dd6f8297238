"""Workbooks (xlsx) from rows: several sheets, hidden ones, number formats, merged cells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from connectors._sample_tenant._documents_zip import archive

XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_PACKAGE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
MEDIA_TYPE = f"{_PACKAGE}.sheet"
_SHEET = "xl/worksheets/sheet1.xml"
_STYLES = (
    f'{XML}<styleSheet xmlns="{_MAIN}"><numFmts count="1">'
    '<numFmt numFmtId="164" formatCode="000000000000"/></numFmts>'
    '<fonts count="1"><font><sz val="11"/><name val="游ゴシック"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="2"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '</cellXfs><cellStyles count="1"><cellStyle name="標準" xfId="0" builtinId="0"/></cellStyles>'
    "</styleSheet>"
)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet; an ``int`` becomes a numeric cell, shown with twelve digits if ``padded``."""

    name: str
    rows: Sequence[Sequence[str | int]]
    hidden: bool = False
    padded: frozenset[int] = frozenset()
    """Columns, from 0, with the number format ``000000000000``."""
    merged: tuple[str, ...] = ()
    """Merged ranges, such as ``B2:D2``."""


def column_name(column: int) -> str:
    """The letters of a column counted from 0."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _cell(place: str, value: str | int, *, padded: bool) -> str:
    if isinstance(value, int):
        return f'<c r="{place}"{" s=" + quoteattr("1") if padded else ""}><v>{value}</v></c>'
    return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'


def _rows(sheet: Sheet) -> Iterator[str]:
    for number, row in enumerate(sheet.rows, 1):
        cells = "".join(
            _cell(f"{column_name(column)}{number}", value, padded=column in sheet.padded)
            for column, value in enumerate(row)
            if value != ""
        )
        yield f'<row r="{number}">{cells}</row>'


def sheet_xml(sheet: Sheet) -> bytes:
    """The worksheet part."""
    merged = "".join(f'<mergeCell ref="{area}"/>' for area in sheet.merged)
    tail = f'<mergeCells count="{len(sheet.merged)}">{merged}</mergeCells>' if merged else ""
    return (
        f'{XML}<worksheet xmlns="{_MAIN}"><sheetData>{"".join(_rows(sheet))}</sheetData>{tail}'
        "</worksheet>"
    ).encode()


def _frame(sheets: Sequence[Sheet]) -> list[tuple[str, bytes]]:
    numbers = range(1, len(sheets) + 1)
    parts = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{_PACKAGE}.worksheet+xml"/>'
        for n in numbers
    )
    listed = "".join(
        f'<sheet name={quoteattr(sheet.name)} sheetId="{n}"'
        f'{" state=" + quoteattr("hidden") if sheet.hidden else ""} r:id="rId{n}"/>'
        for n, sheet in enumerate(sheets, 1)
    )
    links = "".join(
        f'<Relationship Id="rId{n}" Type="{OFFICE}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in numbers
    )
    types = (
        f'{XML}<Types xmlns="{TYPES}"><Default Extension="rels"'
        ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_PACKAGE}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_PACKAGE}.styles+xml"/>{parts}</Types>'
    )
    root = (
        f'{XML}<Relationships xmlns="{RELATIONS}"><Relationship Id="rId1"'
        f' Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
    )
    book = f'{XML}<workbook xmlns="{_MAIN}" xmlns:r="{OFFICE}"><sheets>{listed}</sheets></workbook>'
    relations = (
        f'{XML}<Relationships xmlns="{RELATIONS}">{links}'
        f'<Relationship Id="rId{len(sheets) + 1}" Type="{OFFICE}/styles" Target="styles.xml"/>'
        "</Relationships>"
    )
    return [
        ("[Content_Types].xml", types.encode()),
        ("_rels/.rels", root.encode()),
        ("xl/workbook.xml", book.encode()),
        ("xl/_rels/workbook.xml.rels", relations.encode()),
        ("xl/styles.xml", _STYLES.encode()),
    ]


def xlsx(sheets: Sequence[Sheet]) -> bytes:
    """Return a workbook of ``sheets``."""
    members = _frame(sheets)
    for number, sheet in enumerate(sheets, 1):
        members.append((f"xl/worksheets/sheet{number}.xml", sheet_xml(sheet)))
    return archive(members)


def xlsx_of_size(sheet: Sheet, room: int) -> bytes:
    """Return a workbook of one sheet whose size depends on ``room`` and the sheet's name only."""
    body = sheet_xml(sheet).ljust(room)
    return archive([*_frame([sheet]), (_SHEET, body)], stored=frozenset({_SHEET}))
