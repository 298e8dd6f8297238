from __future__ import annotations

import io
import time

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.worksheet.datavalidation import DataValidation

MAIN = '<workbook xmlns:r="r"><sheets><sheet name="s" sheetId="1" r:id="r1"/></sheets></workbook>'
RELS = (
    '<Relationships><Relationship Id="r1" Type="x/worksheet" Target="worksheets/sheet1.xml"/>'
    '<Relationship Id="r2" Type="x/sharedStrings" Target="sharedStrings.xml"/></Relationships>'
)


@pytest.fixture(scope="module")
def made(zipped):
    """A workbook of one sheet from its XML."""

    def do(sheet: str, strings: str = "", **more: str) -> bytes:
        parts = {
            "[Content_Types].xml": "<Types/>",
            "xl/workbook.xml": MAIN,
            "xl/_rels/workbook.xml.rels": RELS,
            "xl/worksheets/sheet1.xml": sheet,
        }
        if strings:
            parts["xl/sharedStrings.xml"] = strings
        return zipped(parts | more)

    return do


def saved(book: openpyxl.Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.fixture(scope="module")
def payroll() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "給与"
    sheet.append(["氏名", "番号", "額"])
    sheet.append(["山田", 345, 1.5])
    sheet["B2"].number_format = '0000" "0000'
    sheet.append(["佐藤", "012", True])
    sheet["A1"].comment = Comment("付箋", "私")
    sheet["D3"] = "12 & <x>"
    sheet.oddHeader.center.text = "見出し"
    rule = DataValidation(type="whole", prompt="入力の案内", promptTitle="案内")
    rule.add("B2")
    sheet.add_data_validation(rule)
    hidden = book.create_sheet("隠し")
    hidden.sheet_state = "veryHidden"
    hidden["B2"] = "hidden"
    book.defined_names["名前"] = openpyxl.workbook.defined_name.DefinedName(
        "名前", attr_text='"値"'
    )
    return saved(book)


def test_cells_are_what_a_person_sees(read, payroll) -> None:
    reading = read(payroll, "a.zip")
    assert reading.format == "xlsx"
    assert reading.table("sheet 給与") == [
        ["氏名", "番号", "額"],
        ["山田", "0000 0345", "1.5"],
        ["佐藤", "012", "1", "12 & <x>"],
    ]
    assert reading.table("hidden sheet 隠し") == [["", "hidden"]]
    assert reading.tables[1].first_row == 2
    assert reading.gaps == []


@pytest.mark.parametrize("words", ["付箋", "見出し", "入力の案内", "名前", "値"])
def test_hiding_places(read, payroll, words: str) -> None:
    assert words in "\n".join(read(payroll).texts.values())


def test_stored_numbers(read, made) -> None:
    values = "123 123.0 1.23E11 0.1 -5 1E400".split()
    cells = "".join(f"<c><v>{value}</v></c>" for value in values)
    rows = read(made(f"<worksheet><sheetData><row>{cells}</row></sheetData></worksheet>"))
    assert rows.table("sheet s") == [["123", "123", "123000000000", "0.1", "-5", "1E400"]]


@pytest.mark.parametrize(
    "cell",
    [
        '<c r="B1" t="inlineStr"><is><t>text</t></is></c>',
        '<c t="inlineStr" r="B1"><is><r><t>te</t></r><r><t a="b">xt</t></r></is></c>',
        '<c r="B1" t="str"><f>A1</f><v>text</v></c>',
        "<c r='B1' t='s'><v>1</v></c>",
        '<c r="B1" s="0" t="s"><v>1</v></c>',
        '<c r="B1" t="str"><v><![CDATA[text]]></v></c>',
        '<!-- <c r="A1"/> --><c r="B1" t="str"><v>t&#101;xt</v></c>',
    ],
)
def test_cells_in_every_spelling(read, made, cell: str) -> None:
    strings = '<sst uniqueCount="4294967295"><si><t>no</t></si><si><r><t>te</t></r><r><t>xt</t></r>'
    strings += "<rPh><t>ふりがな</t></rPh></si></sst>"
    sheet = f'<worksheet><sheetData><row r="1">{cell}</row></sheetData></worksheet>'
    assert read(made(sheet, strings)).table("sheet s") == [["", "text"]]


def test_prefixed_and_wide_xml(read, made) -> None:
    sheet = '<x:worksheet xmlns:x="x"><x:sheetData><x:row r="2"><x:c r="A2" t="str"><x:v>text</x:v>'
    sheet += "</x:c></x:row></x:sheetData></x:worksheet>"
    strings = '<x:sst xmlns:x="x">' + "<x:si><x:t>same</x:t></x:si>" * 20_000 + "</x:sst>"
    last = sheet.replace('t="str"><x:v>text', 't="s"><x:v>19999')
    for data in (made(sheet), made(sheet.encode("utf-16")), made(last, strings)):
        reading = read(data)
        assert reading.table("sheet s") in ([["text"]], [["same"]])
        assert reading.tables[0].first_row == 2


def test_dimensions_and_far_cells_cost_nothing(read, made) -> None:
    far = "".join(
        f'<row r="{n}"><c r="XFD{n}" t="str"><v>far</v></c></row>' for n in range(1, 20001)
    )
    sheet = '<worksheet><dimension ref="A1:XFD1048576"/><sheetData>'
    sheet += far + '<row r="1048576"><c r="A1048576"><v>7</v></c></row></sheetData></worksheet>'
    start = time.process_time()
    reading = read(made(sheet))
    assert time.process_time() - start < 5
    assert sum(len(row) for table in reading.tables for row in table.rows) < 100_000
    last = [table for table in reading.tables if table.first_row == 1048576]
    assert [list(row) for row in last[0].rows] == [["7"]]
    islands = [table for table in reading.tables if table.first_column == 16384]
    assert sum(len(table.rows) for table in islands) == 20000


def test_cells_out_of_order_are_not_lost(read, made) -> None:
    row = '<row r="1"><c r="C1"><v>3</v></c><c r="A1"><v>1</v></c><c r="C1"><v>4</v></c></row>'
    reading = read(made(f"<worksheet><sheetData>{row}</sheetData></worksheet>"))
    assert sorted(filter(None, reading.words.split("\n"))) == ["1", "3", "4"]


def test_formulas_that_hold_digits_are_read(read, made) -> None:
    row = '<row r="1"><c r="A1" t="str"><f>LEFT("1234567890",2)</f><v>12</v></c></row>'
    reading = read(made(f"<worksheet><sheetData>{row}</sheetData></worksheet>"))
    assert "1234567890" in reading.texts["sheet s › formula"]


def test_a_truncated_sheet_is_said(read, made) -> None:
    sheet = '<worksheet><sheetData><row r="1"><c r="A1"><v>1</v></c></row><row r="2"><c r="A2"'
    reading = read(made(sheet))
    assert reading.reasons == ["malformed"]
    assert reading.table("sheet s")[0] == ["1"]


def test_long_sheets_come_in_blocks(read) -> None:
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("s")
    for number in range(20_005):
        sheet.append(["n", number])
    tables = read(saved(book)).tables
    assert [len(table.rows) for table in tables] == [20_000, 5]
    assert tables[1].first_row == 20_001
    assert list(tables[1].head[1]) == ["n", "1"]


def test_sheets_that_nobody_lists_are_read(read, zipped) -> None:
    sheet = '<worksheet><sheetData><row><c t="str"><v>text</v></c></row></sheetData></worksheet>'
    data = zipped({"[Content_Types].xml": "<Types/>", "xl/worksheets/sheet9.xml": sheet})
    assert "text" in read(data).words


def test_binary_workbooks_are_no_workbooks_here(read, zipped) -> None:
    data = zipped({"[Content_Types].xml": "<Types/>", "xl/workbook.bin": b"x", "xl/a.xml": "<a/>"})
    assert read(data).format == "xlsb"


def test_rows_and_strings_without_an_end_are_read_in_linear_time(read, made) -> None:
    cells = '<c r="A1"><v>7</v></c>' * 500_000
    strings = "<sst><si>" + "<t>endless</t>" * 700_000
    start = time.process_time()
    reading = read(made(f'<worksheet><sheetData><row r="1">{cells}', strings))
    assert time.process_time() - start < 10
    assert (
        sum(cell == "7" for table in reading.tables for row in table.rows for cell in row)
        == 500_000
    )
    assert set(reading.reasons) == {"malformed"}


def test_pivot_records_stand_under_the_names_of_their_fields(read, made) -> None:
    field = '<cacheField name="{}"><sharedItems>{}</sharedItems></cacheField>'
    parts = {
        "xl/pivotCache/pivotCacheDefinition1.xml": "<p>"
        + field.format("氏名", '<s v="山田"/><s v="退職者"/>')
        + field.format("番号", "")
        + "</p>",
        "xl/pivotCache/pivotCacheRecords1.xml": '<p><r><x v="0"/><n v="12"/></r><r><m/><n v="34"/>'
        '</r><r><x v="99"/></r></p>',
    }
    reading = read(made("<worksheet><sheetData/></worksheet>", **parts))
    assert reading.table("pivot cache") == [["山田", "12"], ["", "34"], [""]]
    assert reading.table("pivot cache › items") == [["退職者", ""]]
    assert {table.columns for table in reading.tables} == {("氏名", "番号")}


def test_strings_of_no_cell_and_reading_aids_are_read(read, made) -> None:
    strings = (
        "<sst><si><t>使う</t></si><si><t>使わない</t></si><si><t>山田</t><rPh><t>0123456789</t>"
    )
    strings += "</rPh></si></sst>"
    cells = '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>2</v></c></row>'
    reading = read(made(f"<worksheet><sheetData>{cells}</sheetData></worksheet>", strings))
    assert reading.table("sheet s") == [["使う", "山田"]]
    assert reading.texts["texts without a cell"] == "使わない"
    assert reading.texts["reading aids"] == "0123456789"


def test_a_string_that_no_cell_could_hold_is_shown_by_the_first_one_alone(read, made) -> None:
    """Few bytes would be gigabytes else: every cell of a column may refer to it."""
    strings = f"<sst><si><t>{'x' * 40_000}</t></si><si><t>short</t></si></sst>"
    cells = "".join(
        f'<row r="{row}"><c r="A{row}" t="s"><v>0</v></c><c r="B{row}" t="s"><v>1</v></c></row>'
        for row in range(1, 2_001)
    )
    reading = read(made(f"<worksheet><sheetData>{cells}</sheetData></worksheet>", strings))
    rows = reading.table("sheet s")
    assert [len(row[0]) for row in rows] == [40_000, *[0] * 1_999]
    assert {row[1] for row in rows} == {"short"}


def test_references_in_many_texts_are_resolved_cell_by_cell(read, made) -> None:
    told = ["a&amp;b", "_x0001_", "&lt;", "", "&#23665;田", "plain &amp", "lt;"]
    cells = "".join(
        f'<row r="{row}"><c r="A{row}" t="inlineStr"><is><t>{text}</t></is></c></row>'
        for row, text in enumerate(told * 200, 1)
    )
    rows = read(made(f"<worksheet><sheetData>{cells}</sheetData></worksheet>")).table("sheet s")
    shown = ["a&b", "\x01", "<", "山田", "plain &", "lt;"]
    assert [row[0] for row in rows if row and row[0]] == shown * 200
