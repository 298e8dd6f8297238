from __future__ import annotations

import io
import time

import numpy as np
import pypdfium2
import pytest
import zxingcpp
from PIL import Image
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen import canvas

from auditor.formats import _pdfobjects
from fixtures import damage
from probes import paper
from probes import pdf as pages


def code(text: str) -> Image.Image:
    made = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode)
    return Image.fromarray(np.array(made.to_image(scale=5)))


def made(draw, **options) -> bytes:
    out = io.BytesIO()
    page = canvas.Canvas(out, **options)
    draw(page)
    page.save()
    return out.getvalue()


def plain(page) -> None:
    page.setTitle("Title here")
    page.drawString(72, 700, "hello")
    for row, digit in enumerate("1234"):
        page.drawString(72, 600 - 14 * row, digit)
    page.bookmarkPage("a")
    page.addOutlineEntry("Outline here", "a")
    page.showPage()
    page.drawString(72, 700, "second")
    page.acroForm.textfield(name="kojin", value="v77", x=100, y=500)
    page.linkURL("tel:555", (0, 0, 10, 10))
    page.showPage()


def test_pages_fields_and_properties(read) -> None:
    reading = read(made(plain), "wrong.doc")
    assert reading.format == "pdf"
    assert reading.texts["page 1"].split() == ["hello", "1", "2", "3", "4"]
    assert reading.texts["page 1"].count("\n") == 4  # one digit a line stays so
    assert reading.texts["page 2"].strip() == "second"
    assert reading.texts["page 2 › fields and notes"].split("\n") == ["kojin: v77", "tel:555"]
    assert "Title here" in reading.texts["properties"]
    assert "Outline here" in reading.texts["properties"]
    assert reading.gaps == []


def test_pictures_are_a_gap_and_their_codes_are_read(read) -> None:
    def draw(page) -> None:
        for number in range(4):
            if number != 1:
                page.drawImage(ImageReader(code(f"code {number}")), 100, 100, 200, 200)
            page.drawString(72, 700, "words")
            page.showPage()

    reading = read(made(draw))
    assert reading.texts["page 1 › QR code"] == "code 0"
    assert [(gap.reason.value, gap.part) for gap in reading.gaps] == [("ocr_off", "pages 1, 3–4")]


def test_a_small_logo_is_no_gap(read) -> None:
    def draw(page) -> None:
        page.drawImage(ImageReader(code("x")), 10, 10, 60, 60)
        page.drawString(72, 700, "words")

    assert read(made(draw)).gaps == []


def test_a_password(read) -> None:
    locked = made(plain, encrypt=StandardEncryption("user", ownerPassword="owner"))
    assert read(locked).reasons == ["password_protected"]
    assert read(made(plain, encrypt=StandardEncryption("", ownerPassword="o"))).gaps == []


def test_attached_files_are_members(read) -> None:
    pdf = pypdfium2.PdfDocument(made(plain))
    pdf.new_attachment("添付.csv").set_data(b"a,b\n1,2\n")
    out = io.BytesIO()
    pdf.save(out)
    pdf.close()
    members = read(out.getvalue()).members
    assert [(m.name, m.data, m.path) for m in members] == [
        ("添付.csv", b"a,b\n1,2\n", ("attachment 1",))
    ]


def test_an_attached_pdf_that_is_not_packed_is_one_member(read) -> None:
    inner = made(plain, pageCompression=0)
    assert inner.count(b"endstream") > 1
    pdf = pypdfium2.PdfDocument(made(plain))
    pdf.new_attachment("a.pdf").set_data(inner)
    out = io.BytesIO()
    pdf.save(out)
    pdf.close()
    before, _, after = out.getvalue().partition(b"/DL ")
    _, _, after = after.partition(b"endstream")
    bare = b"/Type/EmbeddedFile/Length %d>>stream\r\n%b\r\nendstream" % (len(inner), inner)
    members = read(before + bare + after).members
    assert [(m.data == inner, m.path) for m in members] == [(True, ("attachment 1",))]


def test_xmp(read) -> None:
    xmp = b'<x:xmpmeta xmlns:x="x"><dc:subject xmlns:dc="d">in XMP</dc:subject></x:xmpmeta>'
    assert "subject: in XMP" in read(made(plain) + xmp).texts["metadata"]


@pytest.mark.parametrize("data", [b"%PDF-1.7", b"%PDF-1.4 junk" * 50, b"junk %PDF-" + b"\0" * 99])
def test_what_is_no_pdf_is_malformed(read, data: bytes) -> None:
    assert read(data).reasons == ["malformed"]


def test_rights_management(read) -> None:
    reading = read(b"%PDF-1.7 /Filter /MicrosoftIRMServices")
    assert reading.reasons == ["rights_managed"]


def test_strings_of_objects_are_told_by_what_they_are(read) -> None:
    seal = paper.string("理由の説明")
    objects = [
        f"<</JS{paper.string('計算の式')}>>",
        f"<</Alt(plain (nested) \\(12345678901)/Reason{seal}>>",
        "<</ID<00112233445566778899AABBCCDDEEFF>/M(D:20260101123456+09'00')>>",
        paper.stream(
            f"9 0 10 20 <</DV{paper.string('既定の値')}>>".encode(), "/Type/ObjStm", packed=True
        ),
    ]
    reading = read(paper.pdf(objects=objects))
    assert reading.texts["script"] == "JS: 計算の式"
    assert reading.texts["alternative text"] == "Alt: plain (nested) (12345678901"
    assert reading.texts["signature"] == "Reason: 理由の説明"
    assert reading.texts["form"] == "DV: 既定の値"
    assert set(reading.texts) == {"page 1", "script", "alternative text", "signature", "form"}


def test_what_pages_and_notes_say_is_not_said_again(read) -> None:
    note = f"<</Type/Annot/Subtype/Text/Rect[1 1 9 9]/Contents{paper.string('付箋の文')}>>"
    reading = read(paper.pdf(page="/Annots[6 0 R]", objects=[note]))
    assert [place for place, text in reading.texts.items() if "付箋の文" in text] == [
        "page 1 › fields and notes"
    ]


def test_a_file_that_cannot_be_opened_gives_its_strings(read) -> None:
    whole = paper.pdf(paper.show("Hello there"), objects=[f"<</Alt{paper.string('代替の文')}>>"])
    broken = whole.replace(b"/Type/Catalog", b"/Type/Cat_log").replace(b"/Pages", b"/Pag_s")
    reading = read(broken)
    assert reading.reasons == ["malformed"]
    assert reading.texts["loose text"] == "Hello there"
    assert "代替の文" in reading.texts["alternative text"]


def test_an_earlier_version_is_told_only_where_it_differs(read) -> None:
    reading = read(pages.earlier("5"))
    assert "earlier version › page 1" in reading.texts
    same = paper.pdf(paper.show("memo"))
    assert not any("earlier" in place for place in read(same + same[-60:]).texts)


def test_packed_objects_are_bounded(read) -> None:
    bomb = paper.stream((b"(" + b"1" * 199 + b")") * 200_000, "/Type/ObjStm", packed=True)
    start = time.process_time()
    reading = read(paper.pdf(objects=[bomb] * 4))
    assert time.process_time() - start < 20
    assert "too_large" in reading.reasons


@pytest.mark.parametrize(
    "junk", [b"(" * 300_000, b"<" * 300_000, b"(\\" * 100_000, b"/a " * 200_000, b"%(" * 200_000]
)
def test_strings_without_an_end_cost_linear_time(junk: bytes) -> None:
    start = time.process_time()
    list(_pdfobjects.strings(junk))
    assert time.process_time() - start < 3


def test_damage_is_survived() -> None:
    for number, copy in enumerate(damage.damaged(pages.earlier("1234"), "pdf", 90)):
        fine = damage.survives("pdf", copy)
        assert fine, number


@pytest.mark.parametrize("words", [3, 90])
def test_codes_are_read_in_the_corner_of_a_page_with_few_words_and_with_many(
    read, words: int
) -> None:
    def draw(page) -> None:
        page.drawImage(ImageReader(code("at the edge")), 440, 60, 150, 150)
        for row in range(words):
            page.drawString(36, 800 - 8 * row, f"words of line {row}")

    assert read(made(draw)).texts["page 1 › QR code"] == "at the edge"


def test_codes_are_read_on_turned_and_cropped_pages_and_within_forms(read) -> None:
    def draw(page) -> None:
        page.setPageRotation(90)
        page.drawImage(ImageReader(code("turned")), 40, 300, 150, 150)
        page.showPage()
        page.setCropBox((200, 300, 500, 700))
        page.drawImage(ImageReader(code("cropped")), 260, 400, 150, 150)
        page.showPage()
        page.beginForm("stamp")
        page.drawImage(ImageReader(code("in a form")), 0, 0, 100, 100)
        page.endForm()
        page.translate(200, 300)
        page.scale(2, 2)
        page.doForm("stamp")
        page.showPage()

    texts = read(made(draw)).texts
    found = [texts.get(f"page {number} › QR code") for number in (1, 2, 3)]
    assert found == ["turned", "cropped", "in a form"]


def test_a_picture_on_every_page_is_looked_at_once_for_each_of_its_sizes(read) -> None:
    def draw(page) -> None:
        for size in (150, 150, 300):
            page.drawImage(ImageReader(code("letterhead")), 40, 400, size, size)
            page.showPage()

    places = [place for place in read(made(draw)).texts if place.endswith("QR code")]
    assert places == ["page 1 › QR code", "page 3 › QR code"]


def test_a_long_page_is_rendered_as_finely_as_its_picture(read) -> None:
    def draw(page) -> None:
        tall = Image.new("L", (400, 9_000), 255)
        tall.paste(code("far down").resize((150, 150)), (120, 8_500))
        page.drawImage(ImageReader(tall), 0, 0, 400, 9_000)

    assert read(made(draw, pagesize=(400, 9_000))).texts["page 1 › QR code"] == "far down"
