"""OpenDocument: what the probes do not say, and what LibreOffice writes."""

from __future__ import annotations

import shutil
import subprocess
import time
from pathlib import Path

import pytest

from fixtures import damage, legacy_office
from probes import opendocument as odf
from probes import opensheets


def test_paragraphs_tables_and_notes_read_as_on_paper(read) -> None:
    note = "<text:note><text:note-body><text:p>脚注</text:p></text:note-body></text:note>"
    body = f"<text:h>見出し</text:h><text:p>前{note}後<text:tab/>"
    body += "<text:s text:c='2'/>続き 1</text:p>"
    table = f"<table:table>{odf.rows(['a', 'b'], ['c', 'd'])}</table:table>"
    reading = read(odf.package("text", odf.document("text", body + table)), "wrong.docx")
    assert reading.format == "odf"
    assert reading.texts[""].split("\n") == ["見出し", "前後\t  続き 1"]
    assert reading.texts["footnote"] == "脚注"
    assert reading.table("table 1") == [["a", "b"], ["c", "d"]]
    assert reading.reasons == []


def test_a_comment_is_no_part_of_its_paragraph(read) -> None:
    note = "<office:annotation><dc:creator>私</dc:creator><text:p>付箋</text:p></office:annotation>"
    body = f"<text:p>番号 12{note}34</text:p>"
    reading = read(odf.package("text", odf.document("text", body)))
    assert reading.texts[""] == "番号 1234"
    assert reading.texts["comment"].split("\n") == ["creator: 私", "付箋"]


def test_deleted_text_that_still_stands_there_is_set_aside(read) -> None:
    change = "<text:tracked-changes><text:changed-region text:id='c'><text:deletion/>"
    change += "</text:changed-region></text:tracked-changes>"
    line = "<text:p>番号 <text:change-start text:change-id='c'/>111<text:change-end "
    line += "text:change-id='c'/>222</text:p>"
    reading = read(odf.package("text", odf.document("text", change + line)))
    assert reading.texts[""] == "番号 222"
    assert reading.texts["before changes"] == "番号 111"


DELETED = (
    "<text:tracked-changes><text:changed-region text:id='d'><text:deletion><text:p>{}</text:p>"
    "</text:deletion></text:changed-region><text:changed-region text:id='i'><text:insertion/>"
    "</text:changed-region></text:tracked-changes>"
)
GONE = "<text:change text:change-id='d'/>"
NEW = "<text:change-start text:change-id='i'/>{}<text:change-end text:change-id='i'/>"


@pytest.mark.parametrize(
    ("line", "now", "before"),
    [
        (f"番号 11{GONE}33", "番号 1133", "番号 112233"),
        (f"番号 11{GONE}{NEW.format('77')}33", "番号 117733", "番号 112233"),
        (f"番号 11{NEW.format('77')}{GONE}33", "番号 117733", "番号 112233"),
        (f"番号 11{GONE}<text:s/>33", "番号 11 33", "番号 1122 33"),
        (f"番号 11{NEW.format('77')}33", "番号 117733", "番号 1133\n22"),
        ("番号 1133", "番号 1133", "22"),
    ],
)
def test_a_paragraph_is_told_as_it_is_and_as_it_was(read, line, now, before) -> None:
    body = f"{DELETED.format('22')}<text:p>{line}</text:p><text:p>次</text:p>"
    reading = read(odf.flat("text", "text", body))
    assert reading.texts[""] == f"{now}\n次"
    assert reading.texts["before changes"] == before


def test_repeated_cells_keep_their_place_and_cost_nothing(read) -> None:
    blank = '<table:table-cell table:number-columns-repeated="3"/>'
    row = (
        f'<table:table-row table:number-rows-repeated="4">{blank}{odf.cell("x")}</table:table-row>'
    )
    far = '<table:table-row table:number-rows-repeated="1000000">'
    many = odf.cell("y", ' table:number-columns-repeated="16384"')
    start = time.process_time()
    reading = read(opensheets.sheet(row + f"{far}{many}</table:table-row>"))
    assert time.process_time() - start < 5
    assert reading.table("sheet 一覧")[0] == ["", "", "", "x"]
    assert reading.tables[0].first_row == 1
    cells = sum(len(row) for table in reading.tables for row in table.rows)
    assert 10_000 < cells < 20_000


def test_long_sheets_come_in_blocks(read) -> None:
    rows = odf.rows(["氏名", "番号"], *([f"n{row}", "1"] for row in range(21_000)))
    tables = read(opensheets.sheet(rows)).tables
    assert [len(table.rows) for table in tables] == [20_000, 1_001]
    assert list(tables[1].head[0]) == ["氏名", "番号"]


@pytest.mark.parametrize(
    ("value", "text", "shown"),
    [
        ("1234567890", "1.2E+09", "1234567890"),
        ("1234", "1,234 円", "1,234 円"),
        ("0.125", "12.5%", "12.5%"),
        ("7", "", "0007"),
        ("12345678", "", "12345678"),
    ],
)
def test_numbers_are_what_a_person_sees_unless_it_is_less(read, value, text, shown) -> None:
    style = '<number:number-style style:name="N"><number:number number:min-integer-digits="4"/>'
    style += '</number:number-style><style:style style:name="c" style:data-style-name="N"/>'
    cell = (
        f'<table:table-cell table:style-name="c" office:value-type="float" office:value="{value}">'
    )
    cell += (odf.said(text) if text else "") + "</table:table-cell>"
    reading = read(opensheets.sheet(f"<table:table-row>{cell}</table:table-row>", style=style))
    assert reading.table("sheet 一覧") == [[shown]]


def test_encrypted_parts_are_said_once_and_the_rest_is_read(read) -> None:
    sealed = odf.encrypted("secret")
    reading = read(sealed)
    assert reading.reasons == ["password_protected"]
    assert "content.xml" in reading.words  # the list of parts


def test_damaged_content_is_read_as_far_as_it_goes(read) -> None:
    whole = odf.document("text", odf.said("前") + odf.said("後"))
    reading = read(odf.package("text", whole[: whole.index("後") + 1]))
    assert reading.reasons == ["malformed"]
    assert reading.texts[""].split("\n") == ["前", "後"]


def test_pictures_of_flat_documents_are_members(read) -> None:
    picture = "<draw:image><office:binary-data>iVBORw0K\nGgo=</office:binary-data></draw:image>"
    reading = read(odf.flat("text", "text", f"<text:p>{picture}</text:p>"))
    assert [(m.data, m.path) for m in reading.members] == [
        (b"\x89PNG\r\n\x1a\n", ("embedded file",))
    ]


def test_nesting_ends(read) -> None:
    deep = "<table:table><table:table-row><table:table-cell><text:p>x</text:p>" * 2_000
    start = time.process_time()
    assert read(odf.package("text", odf.document("text", deep))).words.count("x") >= 2_000
    assert time.process_time() - start < 5


def test_damage_is_survived() -> None:
    for kind in ("text", "spreadsheet", "presentation"):
        content = odf.document(kind, odf.said("あ") + f"<table:table>{odf.rows(['a', 'b'])}")
        for copy in damage.damaged(content.encode(), kind, 40):
            fine = damage.survives("odf", odf.package(kind, copy))
            assert fine


@pytest.mark.skipif(not shutil.which("soffice"), reason="no LibreOffice here")
@pytest.mark.parametrize(
    ("kind", "made", "lost"),
    [("odt", "document", set()), ("ods", "workbook", set()), ("odp", "presentation", {"comment"})],
)
def test_what_libreoffice_writes_is_read(read, tmp_path: Path, kind, made, lost) -> None:
    source = tmp_path / f"a.{made}"
    source.write_bytes(getattr(legacy_office, made)())
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", kind, "--outdir", str(tmp_path)]
    subprocess.run([*command, str(source)], check=True, capture_output=True, timeout=120)
    reading = read((tmp_path / f"a.{kind}").read_bytes(), "a.bin")
    said = reading.words + "".join(table.place for table in reading.tables)
    numbers = legacy_office.numbers({"odt": "doc", "ods": "xls", "odp": "ppt"}[kind])
    missing = {place for place, number in numbers.items() if number not in said}
    assert missing == lost
