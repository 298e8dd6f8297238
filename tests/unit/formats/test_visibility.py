"""What a person does not see is told as that: findings say where they hide."""

from __future__ import annotations

import pytest

from auditor.formats._visibility import Unseen, marked, of_place
from auditor.model import Content, Gap, Limits, Reason, Table, Text, Visibility
from auditor.scan import scan
from probes import excel
from probes.every import PROBES
from probes.word import inside, line, run, said

LIMITS = Limits(ocr=False)
UNSEEN = {
    "docx: hidden text": "hidden",
    "docx: tracked deletion": "tracked",
    "docx: document title": "metadata",
    "docx: custom property": "metadata",
    "docx: custom XML": "metadata",
    "docx: name of a sensitivity label": "metadata",
    "docx: property of a sensitivity label": "metadata",
    "doc: hidden (LibreOffice)": "hidden",
    "doc: deleted (LibreOffice)": "tracked",
    "doc: property (LibreOffice)": "metadata",
    "rtf: hidden text": "hidden",
    "rtf: deleted text": "tracked",
    "rtf: property": "metadata",
    "odt: hidden text": "hidden",
    "odt: hidden section": "hidden",
    "odt: tracked deletion": "tracked",
    "odt: title": "metadata",
    "fodt: digits deleted inside it": "tracked",
    "xlsx: hidden sheet": "hidden",
    "xlsx: very hidden sheet": "hidden",
    "xlsx: sheet that nobody lists": "hidden",
    "xlsx: title": "metadata",
    "xlsx: hidden column": "hidden",
    "xlsx: hidden row": "hidden",
    "xlsx: row without a height": "hidden",
    "xlsx: row that a filter hides": "hidden",
    "xlsx: hidden row far to the right": "hidden",
    "ods: hidden column": "hidden",
    "ods: hidden row": "hidden",
    "ods: row that a filter hides": "hidden",
    "xls: hidden row": "hidden",
    "xls: hidden column": "hidden",
    "xls: hidden sheet": "hidden",
    "xls: very hidden sheet": "hidden",
    "ods: hidden sheet": "hidden",
    "odp: hidden slide": "hidden",
    "pptx: hidden slide": "hidden",
    "ppt: hidden (LibreOffice)": "hidden",
    "ppt: property (LibreOffice)": "metadata",
    "pdf: title": "metadata",
    "pdf: earlier version of the file": "tracked",
}
SEEN = (
    "docx: body", "docx: comment", "docx: tracked insertion", "doc: body (LibreOffice)",
    "fodt: other digits deleted inside it", "odt: body", "odp: slide", "odp: notes", "rtf: body",
    "xls: text cell", "xlsx: comment", "pptx: slide", "pptx: speaker notes",
    "ppt: title (LibreOffice)", "ppt: notes (LibreOffice)",
)  # fmt: skip
CODES = {value.value for value in Visibility}


def codes(data: bytes, name: str) -> set[str]:
    """Of all findings, what they say of where a person looks."""
    found = scan(Content(name, data), LIMITS, key=b"k" * 32).findings
    assert found
    return {code for finding in found for code in finding.reasons if code in CODES}


@pytest.mark.parametrize(("name", "code"), UNSEEN.items())
def test_what_is_not_seen_says_so(name: str, code: str) -> None:
    probe = PROBES[name]
    assert codes(probe.made(probe.number), probe.file) == {code}


@pytest.mark.parametrize("name", SEEN)
def test_what_is_seen_says_nothing(name: str) -> None:
    probe = PROBES[name]
    assert codes(probe.made(probe.number), probe.file) == set()


HIDDEN = "<w:r><w:rPr><w:vanish{}/></w:rPr><w:t>{}</w:t></w:r>"


def test_hidden_text_stands_beside_the_text_with_its_label(read) -> None:
    body = said("見出し") + line(run("前 ") + HIDDEN.format("", "中") + run(" 後")) + said("次")
    reading = read(inside(body)("0" * 12), "a.docx")
    assert reading.texts[""].split("\n") == ["前文", "見出し", "前  後", "次", "後文"]
    assert reading.texts["hidden text"].split("\n") == ["見出し", "前 中 後"]
    assert "before changes" not in reading.texts


@pytest.mark.parametrize("value", ["0", "false", "off"])
def test_text_whose_hiding_is_off_is_seen(read, value: str) -> None:
    body = line(HIDDEN.format(f' w:val="{value}"', "見える"))
    reading = read(inside(body)("0" * 12), "a.docx")
    assert "見える" in reading.texts[""]
    assert "hidden text" not in reading.texts


def test_a_hidden_cell_keeps_its_column(read) -> None:
    row = "".join(f"<w:tc>{line(HIDDEN.format('', text))}</w:tc>" for text in ("甲", "乙"))
    reading = read(inside(f"<w:tbl><w:tr>{row}</w:tr></w:tbl>")("0" * 12), "a.docx")
    assert ["甲", "乙"] in [list(row) for table in reading.tables for row in table.rows]


def test_hidden_columns_are_told_by_their_places(read) -> None:
    cols = '<cols><col min="2" max="3" hidden="1"/><col min="5" max="5" hidden="0"/>'
    cols += '<col hidden="true" max="99999" min="16384"/></cols>'
    cells = excel.row(1, excel.text("A1", "甲"), excel.text("B1", "乙"))
    (table,) = read(excel.package(excel.worksheet(cells, before=cols)), "a.xlsx").tables
    assert table.hidden_columns == {1, 2, 16_383}
    assert table.visibility is Visibility.VISIBLE


def rows_of(hidden: str, count: int = 6) -> str:
    """Rows of two cells; those whose numbers are in ``hidden`` are not shown."""
    return "".join(
        excel.row(
            n, excel.text(f"A{n}", "甲"), excel.text(f"B{n}", "乙"),
            more=' hidden="1"' if str(n) in hidden else "",
        )
        for n in range(1, count + 1)
    )  # fmt: skip


def test_hidden_rows_are_told_by_their_places(read) -> None:
    (table,) = read(excel.package(excel.worksheet(rows_of("35"))), "a.xlsx").tables
    assert table.hidden_rows == {2, 4}
    assert table.visibility is Visibility.VISIBLE


def test_rows_without_their_numbers_are_hidden_too(read) -> None:
    cells = rows_of("2", 3).replace(' r="2"', "").replace(' r="3"', "")
    (table,) = read(excel.package(excel.worksheet(cells)), "a.xlsx").tables
    assert table.hidden_rows == {1}


def test_hidden_rows_of_every_block_of_a_long_sheet(read) -> None:
    """Blocks of 20,000 rows, each with its own places."""
    rows = "".join(
        f'<row r="{n}"{" hidden=" + chr(34) + "1" + chr(34) if n % 7 == 0 else ""}>'
        f'<c r="A{n}"><v>{n}</v></c></row>'
        for n in range(1, 45_001)
    )
    tables = read(excel.package(excel.worksheet(rows)), "a.xlsx").tables
    assert len(tables) == 3
    for table in tables:
        shown = {at for at, row in enumerate(table.rows) if row and int(row[0]) % 7}
        assert table.hidden_rows == set(range(len(table.rows))) - shown


def test_rows_beyond_the_last_are_not_counted() -> None:
    unseen = Unseen()
    unseen.hide_rows(0)
    unseen.hide_rows(1_048_576, 1_000_000)
    unseen.hide_columns(16_383, 1 << 31)
    table = Table([[""]], first_row=1_048_576, first_column=16_384)
    (found,) = unseen.mark([table])
    assert (found.hidden_rows, found.hidden_columns) == ({0}, {0})


def test_a_place_inside_an_unseen_one_is_unseen() -> None:
    assert of_place("slide 2 › alt text", ["slide 2"]) is Visibility.HIDDEN
    assert of_place("slide 21", ["slide 2"]) is Visibility.VISIBLE
    assert of_place("sheet a › before changes") is Visibility.TRACKED


def test_only_what_was_visible_is_marked() -> None:
    gap = Gap(Reason.MALFORMED)
    parts = [Text("a"), Text("b", visibility=Visibility.TRACKED), Table([["c"]]), gap]
    *segments, last = marked(parts, Visibility.HIDDEN)
    assert [part.visibility for part in segments] == ["hidden", "tracked", "hidden"]
    assert last is gap
