"""Each kind of document opens in somebody else's reader, and says what was written."""

from __future__ import annotations

import io
import zipfile

import openpyxl
import pytest
from lxml import etree

from connectors._sample_tenant import _company_keys as keys
from connectors._sample_tenant._company_people import employees
from connectors._sample_tenant._documents import delimited, payroll_rows, tax_data, tax_notice_rows
from connectors._sample_tenant._documents_forms import declaration, payroll_book, slip, training
from connectors._sample_tenant._documents_image import card, qr
from connectors._sample_tenant._documents_office import Slide, docx, pptx
from connectors._sample_tenant._documents_pdf import pdf
from connectors._sample_tenant._documents_sheet import Sheet, column_name, xlsx, xlsx_of_size
from connectors._sample_tenant._documents_zip import archive

SEED = 11
PEOPLE = employees(SEED, "test", 6, zeros=(2,))


def test_numbers_are_valid_and_look_alikes_deceive():
    assert all(keys.passes(one.number) for one in PEOPLE)
    assert PEOPLE[2].number[0] == "0"
    assert PEOPLE[2].number[1] != "0"
    for make in (keys.courier, keys.licence, keys.telephone, keys.order, keys.minute):
        number = make(SEED, "x")
        assert len(number) == 12
        assert keys.passes(number)
    parcel = keys.courier(SEED, "y")
    assert int(parcel[:11]) % 7 == int(parcel[11])
    company = keys.corporate(SEED, "x")
    assert len(company) == 13
    assert keys.passes(company[1:])


@pytest.mark.parametrize(
    ("number", "good"),
    [
        ("123456789018", True),
        ("621498320257", True),
        ("000111111111", True),
        ("123456789131", True),
        ("271828182840", True),
        ("123456789012", False),
        ("012345678901", False),
    ],
)
def test_the_check_digit_agrees_with_published_vectors(number, good):
    assert keys.passes(number) is good


def test_workbooks(read):
    sheets = [
        Sheet("一", [["見出し", 5], ["", "<&>"]], merged=("A3:B3",)),
        Sheet("二", [], hidden=True),
    ]
    book = openpyxl.load_workbook(io.BytesIO(xlsx(sheets)))
    assert book.sheetnames == ["一", "二"]
    assert book["二"].sheet_state == "hidden"
    assert book["一"]["B1"].value == 5
    assert book["一"]["B2"].value == "<&>"
    assert [column_name(n) for n in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]
    numeric = openpyxl.load_workbook(io.BytesIO(payroll_book(PEOPLE)))["給与"]["D6"]
    assert isinstance(numeric.value, int)
    assert numeric.number_format == "0" * 12
    assert f"{numeric.value:012d}" == PEOPLE[2].number


def test_a_form_has_one_digit_a_cell():
    data = declaration(PEOPLE[0], PEOPLE[1], keys.corporate(SEED, "payer"))
    rows = {row[0]: row for row in openpyxl.load_workbook(io.BytesIO(data))["申告書"].values}
    boxes = [cell for cell in rows["あなたの個人番号"][1:] if cell is not None]
    assert all(len(cell) == 1 for cell in boxes)
    assert "".join(boxes) == PEOPLE[0].number
    payer = [cell for cell in rows["給与の支払者の法人（個人）番号"][1:] if cell is not None]
    assert len(payer) == 13


def test_word_documents(read):
    text = read("a.docx", docx(["段落 <1>", [["甲", "乙"]]], header="柱"))
    assert all(word in text for word in ("段落 <1>", "甲", "乙", "柱"))


def test_presentations(read):
    assert "投影" in read("a.pptx", training(PEOPLE[0]))
    text = read("b.pptx", pptx([Slide("題", ["行"]), Slide("次", notes="覚え")]))
    assert all(word in text for word in ("題", "行", "次", "覚え"))


def test_pdf_has_a_text_layer(read):
    text = read("a.pdf", pdf([["個人番号　令和8年 ABC 012", "髙橋"], ["二頁"]]))
    assert all(word in text for word in ("個人番号", "令和8年 ABC 012", "髙橋", "二頁"))
    assert PEOPLE[3].name in read("b.pdf", slip(PEOPLE[3], "令和7年"))


def test_pictures(read):
    number = PEOPLE[4].number
    assert (number in read("a.png", qr(number))) is True
    assert read("card.png", card()).strip() == "card.png"


@pytest.mark.parametrize("digits", ["000000000000", "999999999", "314159265358979"])
def test_qr_codes_of_other_lengths(read, digits):
    assert digits in read("a.png", qr(digits))


def test_sizes_can_be_fixed():
    sheets = [xlsx_of_size(Sheet("S", [["あ" * n, n]]), 4_000) for n in (1, 300)]
    papers = [docx(["あ" * n], room=4_000) for n in (1, 300)]
    shows = [pptx([Slide("あ" * n)], room=4_000) for n in (1, 300)]
    pages = [pdf([["あ" * n]], room=4_000) for n in (1, 300)]
    for small, large in (sheets, papers, shows, pages):
        assert len(small) == len(large)
        assert small != large


def test_archives_keep_names_and_content():
    members = [("資料/一覧.csv", b"a,b\r\n" * 50), ("空.txt", b"")]
    for encoding, flag in (("utf-8", 0x800), ("cp932", 0)):
        with zipfile.ZipFile(io.BytesIO(archive(members, encoding=encoding))) as opened:
            assert opened.testzip() is None
            first = opened.infolist()[0]
            assert first.flag_bits & 0x800 == flag
            name = first.filename if flag else first.filename.encode("cp437").decode("cp932")
            assert name == members[0][0]
            assert opened.read(first) == members[0][1]


def test_filing_data_is_well_formed():
    root = etree.fromstring(tax_data(PEOPLE, keys.corporate(SEED, "p"), "1" * 16))
    spaces = {"gen": "http://xml.e-tax.nta.go.jp/XSD/general"}
    found = [node.text for node in root.findall(".//gen:kojinbango", spaces)]
    assert (found == [one.number for one in PEOPLE]) is True
    assert len(root.findall(".//gen:hojinbango", spaces)) == 1


def test_tables():
    rows = delimited(payroll_rows(PEOPLE, lost=True)).decode("cp932").splitlines()
    assert rows[0].split(",")[5] == "個人番号"
    assert len(rows[3].split(",")[5]) == 11
    notice = tax_notice_rows(PEOPLE)
    assert (notice[0][7] == PEOPLE[0].number) is True
