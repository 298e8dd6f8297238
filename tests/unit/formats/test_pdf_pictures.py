"""Pages that are one picture, pictures in forms, and later versions that draw nothing anew."""

from __future__ import annotations

import io

import numpy as np
import pypdfium2
import pytest
import zxingcpp
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen import canvas

from auditor.formats import _pdfdrawing, _pdfium, _pdfpicture, _prose, image
from auditor.model import Content, Limits
from probes import paper

A4 = (595, 842)


def code(text: str, scale: int = 9) -> Image.Image:
    made = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode)
    return Image.fromarray(np.array(made.to_image(scale=scale)))


def scan(text: str, size: tuple[int, int] = (1_240, 1_754)) -> Image.Image:
    paper_ = Image.new("L", size, 255)
    paper_.paste(code(text), (size[0] // 3, size[1] // 3))
    return paper_


def masked(text: str) -> Image.Image:
    """Black all over; what is seen of it, its mask says."""
    return Image.merge("LA", (Image.new("L", (900, 900)), scan(text, (900, 900))))


def page_of(picture: Image.Image, also=None, **options) -> bytes:
    out = io.BytesIO()
    page = canvas.Canvas(out, pagesize=A4)
    page.drawImage(ImageReader(picture), 0, 0, *A4, **options)
    if also:
        also(page)
    page.save()
    return out.getvalue()


@pytest.fixture
def undrawn(monkeypatch) -> None:
    """No page can be drawn."""

    def never(*_: object, **__: object) -> None:
        raise AssertionError("drawn")

    monkeypatch.setattr(_pdfium, "rendered", never)


@pytest.mark.usefixtures("undrawn")
@pytest.mark.parametrize("mode", ["L", "RGB", "1"])
def test_a_scan_is_looked_at_as_it_is_stored(read, mode: str) -> None:
    assert read(page_of(scan("stored").convert(mode))).texts["page 1 › QR code"] == "stored"


@pytest.mark.usefixtures("undrawn")
def test_a_fine_scan_is_made_as_coarse_as_codes_need() -> None:
    page = pypdfium2.PdfDocument(page_of(scan("fine", (4_960, 7_016))))[0]
    assert _pdfpicture.stored(page).size == (1_191, 1_684)


@pytest.mark.parametrize(
    "data",
    [
        page_of(
            Image.merge("LA", (Image.new("L", (900, 900)), scan("m", (900, 900)))), mask="auto"
        ),
        page_of(scan("two"), lambda page: page.drawImage(ImageReader(code("x")), 9, 9, 99, 99)),
        page_of(scan("noted"), lambda page: page.acroForm.checkbox(x=9, y=9)),
        page_of(scan("squeezed", (1_240, 870))),
        page_of(code("coarse", 1)),
    ],
    ids=["mask", "two pictures", "field", "squeezed", "coarse"],
)
def test_a_page_is_drawn_where_its_picture_may_not_show_all(data: bytes) -> None:
    page = pypdfium2.PdfDocument(data)[0]
    assert _pdfpicture.stored(page) is None
    assert image.codes(_pdfium.for_codes(page, _pdfdrawing.drawing(page), 2.0))


def test_a_turned_picture_is_drawn() -> None:
    out = io.BytesIO()
    page = canvas.Canvas(out, pagesize=A4)
    page.translate(400, 100)
    page.rotate(30)
    page.drawImage(ImageReader(scan("turned", (900, 900))), 0, 0, 300, 300)
    page.save()
    assert _pdfpicture.stored(pypdfium2.PdfDocument(out.getvalue())[0]) is None


def test_a_picture_is_as_large_as_its_form_makes_it(read) -> None:
    """The form's own coordinates say one point; the page shows it all over."""
    out = io.BytesIO()
    page = canvas.Canvas(out, pagesize=A4)
    page.beginForm("unit")
    page.drawImage(ImageReader(scan("large", (900, 900))), 0, 0, 1, 1)
    page.endForm()
    page.translate(50, 100)
    page.scale(450, 450)
    page.doForm("unit")
    page.save()
    drawing = _pdfdrawing.drawing(pypdfium2.PdfDocument(out.getvalue())[0])
    assert drawing.picture == pytest.approx(450 * 450 / (595 * 842), rel=0.01)
    assert drawing.density == pytest.approx(2.0, rel=0.01)
    reading = read(out.getvalue())
    assert reading.texts["page 1 › QR code"] == "large"
    assert reading.reasons == ["ocr_off"]


def updated(first: bytes, number: int, body: bytes) -> bytes:
    """A later version of a file that writes one object anew."""
    update = b"%d 0 obj\n%s\nendobj\n" % (number, body)
    before = first[first.rindex(b"startxref") + 10 :].split()[0]
    table = b"xref\n%d 1\n%010d 00000 n \n" % (number, len(first))
    trailer = b"trailer\n<</Size 9/Root 1 0 R/Prev %s>>\nstartxref\n%d\n%%%%EOF\n"
    return first + update + table + trailer % (before, len(first) + len(update))


@pytest.mark.parametrize(
    ("entries", "told"),
    [
        (b"/Contents 4 0 R/Annots[<</Type/Annot/Subtype/Text/Rect[1 1 9 9]>>]", False),
        (b"", True),
    ],
    ids=["a note is added", "its content is gone"],
)
def test_an_earlier_version_is_read_where_a_page_is_drawn_otherwise(
    read, monkeypatch, entries: bytes, told: bool
) -> None:
    first = paper.pdf(paper.show("before"))
    head = first.index(b"/Type/Page/") if b"/Type/Page/" in first else first.index(b"/Type /Page ")
    start = first.rindex(b" 0 obj", 0, head)
    number = int(first[:start].split()[-1])
    body = first[start + 6 : first.index(b"endobj", head)]
    cut = body.replace(b"/Contents 4 0 R", entries)
    assert cut != body
    opened: list[int] = []
    real = pypdfium2.PdfDocument

    def counted(data: bytes, *more: object) -> object:
        opened.append(len(data))
        return real(data, *more)

    monkeypatch.setattr(pypdfium2, "PdfDocument", counted)
    texts = read(updated(first, number, cut.strip())).texts
    assert ("earlier version › page 1" in texts) is told
    assert (len(first) in opened) is told


def test_a_picture_that_says_nothing_is_unpacked_once(read, monkeypatch) -> None:
    """Of one with a code every copy is told."""
    looked: list[object] = []
    real = image.codes
    monkeypatch.setattr(image, "codes", lambda *a, **b: looked.append(a) or real(*a, **b))
    for picture, times in ((Image.new("L", (90, 91), 77), 1), (code("each time"), 2)):
        looked.clear()
        out = io.BytesIO()
        picture.save(out, "PNG")
        first, second = read(out.getvalue()), read(out.getvalue())
        assert len(looked) == times
        assert first.reasons == second.reasons == ["ocr_off"]
        assert first.texts == second.texts


def test_the_memory_of_silent_pictures_is_bounded(monkeypatch) -> None:
    monkeypatch.setattr(image, "_KNOWN", 3)
    monkeypatch.setattr(image, "_silent", {})
    for shade in range(9):
        out = io.BytesIO()
        Image.new("L", (90, 90), shade).save(out, "PNG")
        list(image.parts(Content("x.png", out.getvalue()), Limits(ocr=False)))
    assert len(image._silent) == 3


@pytest.mark.parametrize(
    ("value", "counts"),
    [
        ("1-2-3-4-5-6-7-8-9", True),
        ("12345678", False),
        ("x" * 4_096 + "123456789", False),
        ("１２３４５６７８９", True),
        ("²" * 9, True),
        ("", False),
    ],
)
def test_digits_of_attributes_are_counted(value: str, counts: bool) -> None:
    assert _prose.counts(value) is counts
