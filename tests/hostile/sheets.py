"""Spreadsheets and databases: counters, corners, and cells that say much."""

from __future__ import annotations

import contextlib
import io
import sqlite3
import struct

from auditor.model import Reason, State
from hostile.hostile import Set
from hostile.marked import CELLS, odf
from probes.legacy import compound, label, node, record, sheet
from probes.probe import zipped

SET = Set()
MALFORMED = Reason.MALFORMED


def workbook(rows: str, strings: str = "", more: str = "", **parts: str | bytes) -> bytes:
    """A workbook of one sheet around its rows."""
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    return zipped(
        {
            "[Content_Types].xml": "<Types/>",
            "xl/workbook.xml": f"<workbook xmlns='{CELLS}' xmlns:r='{relation}'><sheets>"
            "<sheet name='s' sheetId='1' r:id='rId1'/></sheets></workbook>",
            "xl/_rels/workbook.xml.rels": f"<Relationships><Relationship Id='rId1' "
            f"Type='{relation}/worksheet' Target='worksheets/sheet1.xml'/></Relationships>",
            "xl/worksheets/sheet1.xml": f"<worksheet xmlns='{CELLS}'>"
            f"<sheetData>{rows}</sheetData>{more}</worksheet>",
            **({"xl/sharedStrings.xml": strings} if strings else {}),
            **parts,
        }
    )


def cell(place: str, text: str = "words") -> str:
    """A cell with its text inside."""
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


@SET.add("a.xlsx")
def far_corner() -> bytes:
    """The first and the very last cell of a sheet: a dense reader makes 17 thousand million."""
    return workbook(f'<row r="1">{cell("A1")}</row><row r="1048576">{cell("XFD1048576")}</row>')


@SET.add("a.xlsx")
def far_corners() -> bytes:
    """Ten thousand rows with one cell in the last column each."""
    return workbook("".join(f'<row r="{n}">{cell(f"XFD{n}")}</row>' for n in range(1, 10_001)))


@SET.add("a.xlsx")
def beyond_all_columns() -> bytes:
    """Rows and columns that do not exist, as large as can be written."""
    rows = "".join(f'<row r="{"9" * n}">{cell("Z" * n + "9" * n)}</row>' for n in range(1, 200))
    return workbook(rows + '<row r="-1">' + cell("A-1") + "</row>")


@SET.add("a.xlsx")
def shared_strings_count() -> bytes:
    """A count of four thousand million shared strings; there is one."""
    counts = 'count="4294967295" uniqueCount="4294967295"'
    strings = f'<sst xmlns="{CELLS}" {counts}><si><t>words</t></si></sst>'
    return workbook(
        '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>4294967294</v></c></row>',
        strings,
    )


@SET.add("a.xlsx")
def one_string_often() -> bytes:
    """One shared string of a megabyte in a hundred thousand cells: told once, no hundred GB."""
    strings = f'<sst xmlns="{CELLS}"><si><t>{"words " * 170_000}</t></si></sst>'
    rows = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 100_001))
    return workbook(rows, strings)


@SET.add("a.xlsx")
def merged_cells() -> bytes:
    """A hundred and fifty thousand merged areas, each of them the whole sheet."""
    merged = '<mergeCell ref="A:XFD"/>' * 150_000
    return workbook(f'<row r="1">{cell("A1")}</row>', more=f"<mergeCells>{merged}</mergeCells>")


@SET.add("a.xlsx")
def shared_formulas() -> bytes:
    """Names, validations and formats that hold for the whole sheet, and refer to themselves."""
    whole = "A1:XFD1048576"
    more = (
        f'<dataValidations><dataValidation sqref="{whole}" prompt="words"/></dataValidations>' * 999
    )
    more += f'<conditionalFormatting sqref="{whole}"/>'
    more += '<cols><col min="1" max="4294967295" hidden="1"/></cols>'
    return workbook(f'<row r="1" hidden="1">{cell("A1")}</row>', more=more)


@SET.add("a.xlsx", Reason.EXPANSION_RATIO)
def sheet_bomb() -> bytes:
    """A sheet of 60 MB of blanks between two cells."""
    return workbook(f'<row r="1">{cell("A1")}</row>{" " * (60 << 20)}<row r="2">{cell("A2")}</row>')


@SET.add("a.xlsx", Reason.TOO_DEEP, state=State.FAILED)
def workbook_in_workbook() -> bytes:
    """A workbook embedded in a workbook, forty times."""
    data = workbook(f'<row r="1">{cell("A1")}</row>')
    for _ in range(40):
        data = workbook("", **{"xl/embeddings/a.xlsx": data})
    return data


@SET.add("a.ods")
def repeated_cells() -> bytes:
    """A cell that is repeated over all columns of two thousand million rows."""
    spaces = (
        "xmlns:table='urn:oasis:names:tc:opendocument:xmlns:table:1.0' "
        "xmlns:text='urn:oasis:names:tc:opendocument:xmlns:text:1.0'"
    )
    often = "table:number-columns-repeated='2000000000'"
    cells = f"<table:table-cell {often}><text:p>words</text:p></table:table-cell>"
    rows = (
        f"<table:table-row table:number-rows-repeated='2000000000'>{cells}</table:table-row>" * 50
    )
    return odf(
        "spreadsheet",
        f"<office:spreadsheet><table:table {spaces} table:name='s'>{rows}</table:table>"
        "</office:spreadsheet>",
    )


@SET.add("a.odt")
def repeated_spaces() -> bytes:
    """A blank that is repeated two thousand million times."""
    return odf(
        "text", "<office:text><text:p>words<text:s text:c='2000000000'/></text:p></office:text>"
    )


@SET.add("a.csv")
def ten_million_columns() -> bytes:
    """A row of ten million columns."""
    return b"," * 10_000_000 + b"\n"


@SET.add("a.csv")
def open_quote() -> bytes:
    """Quotes that open in every line, and the last one never closes."""
    return b"name,words\n" + b'a,"words ""\n' * 400_000


@SET.add("a.csv")
def rows_of_nothing() -> bytes:
    """Seven hundred thousand rows without a letter."""
    return b"a,b\n" + b",\n" * 700_000


@SET.add("a.xls", MALFORMED)
def biff_lengths() -> bytes:
    """Records that are longer than what is left."""
    return sheet(label("words") + struct.pack("<HH", 0x204, 0xFFFF) + label("words"))


@SET.add("a.xls", MALFORMED)
def biff_counts() -> bytes:
    """A table of shared strings that counts four billion, in records that go on for ever."""
    table = record(0xFC, struct.pack("<II", 0xFFFFFFFF, 0xFFFFFFFF) + struct.pack("<HB", 0xFFFF, 1))
    table += record(0x3C, b"\1" + "words".encode("utf-16-le")) * 2_000
    return sheet(label("words") + record(0xFD, struct.pack("<HHHI", 1, 1, 0, 0xFFFFFFFF)), table)


@SET.add("a.xls")
def biff_far_corners() -> bytes:
    """Cells in the last column of the last row, and a row of 65,536 numbers that is not there."""
    cells = record(0x203, struct.pack("<HHHd", 0xFFFF, 0xFFFF, 0, 1.0)) * 5_000
    cells += record(0xBD, struct.pack("<HH", 1, 0) + bytes(6) + struct.pack("<H", 0xFFFF))
    return sheet(label("words") + cells + record(0xE5, struct.pack("<H", 0xFFFF) + bytes(8)))


@SET.add("a.xls")
def biff_sheets_at_one_place() -> bytes:
    """A hundred thousand sheets that all begin where the workbook begins."""
    begin = record(0x809, struct.pack("<HHII", 0x600, 5, 0, 0))
    begin += record(0x85, struct.pack("<IHB", 0, 0, 1) + b"\0s") * 100_000
    return compound(node("Workbook", begin + label("words") + record(0x0A)))


@SET.add("a.xlsb", MALFORMED)
def biff12_lengths() -> bytes:
    """Records of the binary workbook whose lengths and counts lead behind the end."""
    lie = b"\x93\x01\xff\xff\xff\x7f" + b"\x07\x0c" + b"\xff" * 12
    return zipped(
        {
            "[Content_Types].xml": "<Types/>",
            "xl/workbook.bin": lie * 50,
            "xl/sharedStrings.bin": b"\x9f\x01\x08"
            + b"\xff" * 8
            + b"\x13\xff\xff\xff\x7f"
            + b"\xff" * 99,
            "xl/worksheets/sheet1.bin": lie * 2_000,
        }
    )


def database(*statements: str) -> bytearray:
    """A database after these statements."""
    with contextlib.closing(sqlite3.connect(":memory:")) as base:
        for statement in statements:
            base.execute(statement)
        base.commit()
        return bytearray(base.serialize())


@SET.add("a.sqlite", MALFORMED)
def page_loop() -> bytes:
    """A tree of pages whose branch leads to itself, and a list of free pages that goes round."""
    many = (
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000) "
        "INSERT INTO t SELECT 'words ' || i FROM n"
    )
    data = database("CREATE TABLE t(a)", many)
    size = int.from_bytes(data[16:18], "big")
    for page in range(1, len(data) // size):
        if data[page * size] == 5:
            data[page * size + 8 : page * size + 12] = (page + 1).to_bytes(4, "big")
            (cells,) = struct.unpack_from(">H", data, page * size + 3)
            for number in range(cells):
                (at,) = struct.unpack_from(">H", data, page * size + 12 + 2 * number)
                data[page * size + at : page * size + at + 4] = (page + 1).to_bytes(4, "big")
    data[32:40] = struct.pack(">II", 2, 0xFFFFFFFF)
    return bytes(data)


@SET.add("a.sqlite", MALFORMED)
def generated_columns() -> bytes:
    """Columns that are computed when they are read, of a hundred million letters each."""
    return bytes(
        database(
            "CREATE TABLE t(a, b AS (hex(zeroblob(50000000))), "
            "c AS (printf('%.*c', 90000000, 'x')))",
            "INSERT INTO t(a) VALUES ('words')",
            "CREATE VIEW v AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i FROM n) "
            "SELECT * FROM n",
        )
    )


@SET.add("a.sqlite", MALFORMED)
def page_size() -> bytes:
    """Pages of a size that does not exist, four thousand million of them."""
    data = database("CREATE TABLE t(a)")
    data[16:18], data[28:32] = b"\x00\x03", b"\xff" * 4
    return bytes(data[:300])


@SET.add("a.avro", MALFORMED)
def avro_counts() -> bytes:
    """A block that counts 2⁶² records, in a file whose schema is empty records."""
    schema = b'{"type":"record","name":"r","fields":[]}'
    key = b"\x16avro.schema" + bytes((2 * len(schema),)) + schema
    most = b"\xfe" + b"\xff" * 8 + b"\x7f"
    return b"Obj\x01\x02" + key + b"\x00" + bytes(16) + most + b"\x00" + bytes(16)


@SET.add("a.avro", MALFORMED)
def avro_schema() -> bytes:
    """A schema of arrays in arrays, forty thousand deep."""
    schema = b'{"type":"array","items":' * 40_000 + b'"string"' + b"}" * 40_000
    size, length = len(schema) << 1, b""
    while size > 0x7F:
        length, size = length + bytes((size & 0x7F | 0x80,)), size >> 7
    return b"Obj\x01\x02\x16avro.schema" + length + bytes((size,)) + schema + b"\x00" + bytes(16)


@SET.add("a.parquet", MALFORMED, state=State.FAILED)
def parquet_footer() -> bytes:
    """A footer of four GB, and one of structures in structures."""
    deep = b"\x1c" * 60_000
    return b"PAR1" + deep + struct.pack("<I", len(deep)) + b"PAR1"


@SET.add("a.parquet", MALFORMED)
def parquet_counts() -> bytes:
    """A good file whose counts were changed to 2⁵⁰ rows."""
    import pyarrow as pa
    from pyarrow import parquet

    out = io.BytesIO()
    table = pa.table({"a": ["words"] * 5_000})
    parquet.write_table(table, out, compression="none", use_dictionary=False)
    count = bytes((0x90, 0x4E))  # 5,000, as a zigzag number of variable length
    return out.getvalue().replace(count, b"\xfe\xff")
