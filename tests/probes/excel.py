"""Where a number can sit in the cells of an Excel workbook."""

from __future__ import annotations

from probes.probe import Maker, probes, told, zipped

SHEETS = "application/vnd.openxmlformats-officedocument.spreadsheetml"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PEOPLE = ("山田太郎", "佐藤花子", "鈴木一郎")


def package(
    sheet: str,
    parts: dict[str, bytes | str] | None = None,
    kind: str = "sheet",
    book: str = '<sheets><sheet name="一覧" sheetId="1" r:id="r1"/></sheets>',
) -> bytes:
    """A workbook from the XML of its first sheet and whatever else lies in it."""
    types = f'<Types><Override PartName="/xl/workbook.xml" ContentType="{SHEETS}.{kind}.main+xml"/>'
    rels = "".join(
        f'<Relationship Id="{key}" Type="{RELATIONS}/{what}" Target="{target}"/>'
        for key, what, target in (
            ("r1", "worksheet", "worksheets/sheet1.xml"),
            ("r2", "worksheet", "worksheets/sheet2.xml"),
            ("r3", "sharedStrings", "sharedStrings.xml"),
            ("r4", "styles", "styles.xml"),
        )
    )
    return zipped(
        {
            "[Content_Types].xml": types + "</Types>",
            "xl/workbook.xml": f"<workbook>{book}</workbook>",
            "xl/_rels/workbook.xml.rels": f"<Relationships>{rels}</Relationships>",
            "xl/worksheets/sheet1.xml": sheet,
            **(parts or {}),
        }
    )


def worksheet(rows: str, before: str = "", after: str = "") -> str:
    return f"<worksheet>{before}<sheetData>{rows}</sheetData>{after}</worksheet>"


def text(place: str, value: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{value}</t></is></c>'


def number(place: str, value: str, style: int = 0) -> str:
    return f'<c r="{place}" s="{style}"><v>{value}</v></c>'


def row(at: int, *cells: str, more: str = "") -> str:
    return f'<row r="{at}"{more}>{"".join(cells)}</row>'


HEAD = row(1, text("A1", "氏名"), text("B1", "個人番号"))
EMPTY = worksheet(row(1, text("A1", "氏名")))


def listed(cell: str, more: str = "") -> str:
    """A list of one person whose number is in ``cell`` (B2)."""
    return worksheet(HEAD + row(2, text("A2", PEOPLE[0]), cell, more=more))


def workbook(n: str) -> bytes:
    return package(listed(text("B2", n)))


def styles(code: str) -> dict[str, bytes | str]:
    formats = f'<numFmts><numFmt numFmtId="164" formatCode="{code}"/></numFmts>'
    used = '<cellXfs><xf numFmtId="0"/><xf numFmtId="164"/></cellXfs>'
    return {"xl/styles.xml": f"<styleSheet>{formats}{used}</styleSheet>"}


def shown(code: str) -> Maker:
    """A numeric cell under a format."""
    return lambda n: package(listed(number("B2", str(int(n)), 1)), styles(code))


def shared(item: str) -> Maker:
    """A shared string; ``@`` stands for the number."""
    cell = '<c r="B2" t="s"><v>0</v></c>'
    return lambda n: package(
        listed(cell), {"xl/sharedStrings.xml": f"<sst>{item.replace('@', n)}</sst>"}
    )


def cell_of(cell: str) -> Maker:
    return lambda n: package(listed(cell.replace("@", n)))


def hidden(state: str) -> Maker:
    sheets = '<sheets><sheet name="表" r:id="r1"/>'
    sheets += f'<sheet name="裏" state="{state}" r:id="r2"/></sheets>'
    return lambda n: package(
        EMPTY, {"xl/worksheets/sheet2.xml": listed(text("B2", n))}, book=sheets
    )


def column_of(index: int) -> str:
    return chr(65 + index) if index < 26 else "A" + chr(65 + index - 26)


def boxes(n: str) -> bytes:
    digits = [number(f"{column_of(i + 1)}1", digit) for i, digit in enumerate(n)]
    return package(worksheet(row(1, text("A1", "個人番号"), *digits)))


def merged_boxes(n: str) -> bytes:
    """Every digit over two columns, as paper forms are drawn in Excel."""
    digits = [number(f"{column_of(2 * i + 2)}1", digit) for i, digit in enumerate(n)]
    spans = "".join(
        f'<mergeCell ref="{column_of(2 * i + 2)}1:{column_of(2 * i + 3)}1"/>' for i in range(12)
    )
    cells = row(1, text("A1", "個人番号"), *digits)
    return package(worksheet(cells, after=f"<mergeCells>{spans}</mergeCells>"))


def upright(n: str) -> bytes:
    rows = "".join(row(i + 2, number(f"A{i + 2}", digit)) for i, digit in enumerate(n))
    return package(worksheet(row(1, text("A1", "個人番号")) + rows))


def groups(n: str) -> bytes:
    cells = [text(f"{'BCD'[i]}1", n[4 * i : 4 * i + 4]) for i in range(3)]
    return package(worksheet(row(1, text("A1", "個人番号"), *cells)))


def titled(n: str) -> bytes:
    """A header below a merged title and a blank row."""
    rows = row(1, text("A1", "給与所得の源泉徴収票 一覧")) + row(
        3, text("B3", "氏名"), text("C3", "個人番号")
    )
    rows += row(4, text("B4", PEOPLE[1]), text("C4", n))
    return package(worksheet(rows, after='<mergeCells><mergeCell ref="A1:F1"/></mergeCells>'))


def far(n: str) -> bytes:
    rows = HEAD + row(1_048_576, text("XFC1048576", "個人番号"), text("XFD1048576", n))
    return package(worksheet(rows))


def prefixed(n: str) -> bytes:
    sheet = listed(text("B2", n)).replace("<", "<x:").replace("<x:/", "</x:")
    return package(sheet)


def strict(n: str) -> bytes:
    """As the strict variant of the standard writes it."""
    whole = workbook(n)
    assert whole
    purl = "http://purl.oclc.org/ooxml/officeDocument/relationships"
    rels = f'<Relationship Id="r1" Type="{purl}/worksheet" Target="worksheets/a.xml"/>'
    return package(
        EMPTY,
        {
            "xl/_rels/workbook.xml.rels": f"<Relationships>{rels}</Relationships>",
            "xl/worksheets/a.xml": listed(text("B2", n)),
        },
    )


NAMED: dict[str, Maker] = {
    "text cell": workbook,
    "shared string": shared("<si><t>@</t></si>"),
    "rich text of several runs": lambda n: shared(
        "<si>" + "".join(f"<r><t>{digit}</t></r>" for digit in n) + "</si>"
    )(n),
    "numeric cell": lambda n: package(listed(number("B2", n))),
    "result of a formula": cell_of('<c r="B2" t="str"><f>A1&amp;""</f><v>@</v></c>'),
    "padded by its format": shown("000000000000"),
    "padded and grouped by its format": shown("0000&quot;-&quot;0000&quot;-&quot;0000"),
    "hidden sheet": hidden("hidden"),
    "very hidden sheet": hidden("veryHidden"),
    "hidden row": lambda n: package(listed(text("B2", n), ' hidden="1"')),
    "row without a height": lambda n: package(listed(text("B2", n), ' ht="0" customHeight="1"')),
    "row that a filter hides": lambda n: package(
        worksheet(
            HEAD + row(2, text("A2", PEOPLE[0]), text("B2", n), more=' hidden="1"'),
            after='<autoFilter ref="A1:B2"/>',
        )
    ),
    "hidden row far to the right": lambda n: package(
        worksheet(row(1, text("ZZ1", "個人番号")) + row(2, text("ZZ2", n), more=' hidden="1"'))
    ),
    "hidden column": lambda n: package(
        worksheet(
            HEAD + row(2, text("A2", PEOPLE[0]), text("B2", n)),
            before='<cols><col min="2" max="2" hidden="1"/></cols>',
        )
    ),
    "one digit a cell": boxes,
    "one digit a row": upright,
}
BEYOND: dict[str, Maker] = {
    "one digit in two merged cells": merged_boxes,
    "four digits a cell": groups,
    "below a merged title": titled,
    "last cell of the sheet": far,
    "exponent": lambda n: package(listed(number("B2", f"{n[0]}.{n[1:].rstrip('0') or '0'}E+11"))),
    "float with a zero fraction": lambda n: package(listed(number("B2", f"{n}.0"))),
    "format of spaces": shown("0000\\ 0000\\ 0000"),
    "format with a colour": shown("[Red]0000\\-0000\\-0000;[Blue]General"),
    "format that shows nothing": lambda n: package(listed(number("B2", n, 1)), styles(";;;")),
    "date format": lambda n: package(listed(number("B2", n, 1)), styles("yyyy/mm/dd")),
    "inline rich text": cell_of(
        '<c r="B2" t="inlineStr"><is><r><t>@</t></r><r><t> 済</t></r></is></c>'
    ),
    "constant of a formula": cell_of('<c r="B2"><f>VLOOKUP("個人番号 @",D:E,2)</f><v>0</v></c>'),
    "reading aid": lambda n: package(
        listed('<c r="B2" t="s"><v>0</v></c>'),
        {"xl/sharedStrings.xml": f"<sst><si><t>山田</t><rPh><t>{told(n)}</t></rPh></si></sst>"},
    ),
    "text that no cell shows": lambda n: package(
        EMPTY, {"xl/sharedStrings.xml": f"<sst><si><t>{told(n)}</t></si></sst>"}
    ),
    "sheet that nobody lists": lambda n: package(
        EMPTY, {"xl/worksheets/sheet9.xml": listed(text("B2", n))}
    ),
    "macro sheet": lambda n: package(EMPTY, {"xl/macrosheets/sheet1.xml": listed(text("B2", n))}),
    "dialogue sheet": lambda n: package(
        EMPTY, {"xl/dialogsheets/sheet1.xml": f"<dialogsheet><t>{told(n)}</t></dialogsheet>"}
    ),
    "name of a sheet": lambda n: package(
        EMPTY, book=f'<sheets><sheet name="個人番号 {n}" sheetId="1" r:id="r1"/></sheets>'
    ),
    "element names with a prefix": prefixed,
    "strict variant": strict,
    "cells without their places": lambda n: package(
        worksheet(
            f"<row><c t='inlineStr'><is><t>個人番号</t></is></c>"
            f"<c t='inlineStr'><is><t>{n}</t></is></c></row>"
        )
    ),
    "cell in CDATA": cell_of('<c r="B2" t="str"><v><![CDATA[@]]></v></c>'),
    "cell of the error type": cell_of('<c r="B2" t="e"><v>@</v></c>'),
    "sheet in UTF-16": lambda n: zipped_sheet(listed(text("B2", n)).encode("utf-16")),
}


def zipped_sheet(sheet: bytes) -> bytes:
    return package(EMPTY, {"xl/worksheets/sheet2.xml": sheet})


PROBES = (
    *probes("xlsx", NAMED | BEYOND),
    *probes("xlsm", {"cell": lambda n: package(listed(text("B2", n)), kind="sheet.macroEnabled")}),
    *probes("xltx", {"cell": lambda n: package(listed(text("B2", n)), kind="template")}),
    *probes("xlam", {"cell": lambda n: package(listed(text("B2", n)), kind="addin.macroEnabled")}),
    *probes("xlsx", {"named as an old workbook": workbook}, "a.xls"),
)
