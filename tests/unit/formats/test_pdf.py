from __future__ import annotations

import io

import numpy as np
import pypdfium2
import pytest
import zxingcpp
from PIL import Image
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen import canvas


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


def test_xmp(read) -> None:
    xmp = b'<x:xmpmeta xmlns:x="x"><dc:subject xmlns:dc="d">in XMP</dc:subject></x:xmpmeta>'
    assert "subject: in XMP" in read(made(plain) + xmp).texts["metadata"]


@pytest.mark.parametrize("data", [b"%PDF-1.7", b"%PDF-1.4 junk" * 50, b"junk %PDF-" + b"\0" * 99])
def test_what_is_no_pdf_is_malformed(read, data: bytes) -> None:
    assert read(data).reasons == ["malformed"]


def test_rights_management(read) -> None:
    reading = read(b"%PDF-1.7 /Filter /MicrosoftIRMServices")
    assert reading.reasons == ["rights_managed"]
