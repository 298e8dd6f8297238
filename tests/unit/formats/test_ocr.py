"""Writing in pictures: read with an engine, said to be unread without one."""

from __future__ import annotations

import io
import random
from collections.abc import Callable

import pytest
from PIL import Image

from auditor.formats import _ocr
from auditor.model import Content, Limits, Reason, Scan, State
from auditor.scan import scan
from connectors._sample_tenant._company_keys import individual
from tests.unit.formats.drawn_cards import card, font, form, photographed

KEY = b"k" * 32
PHOTOGRAPHS = 6
pictures = pytest.mark.skipif(font(20) is None, reason="no Japanese font on this machine")


def _png(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def _scanned(image: Image.Image, name: str = "IMG.png", **limits: bool) -> Scan:
    return scan(Content(name, _png(image)), Limits(seconds=600, **limits), key=KEY)  # type: ignore[arg-type]


def _tokens(number: str) -> set[bytes]:
    found = scan(Content("a.txt", f"個人番号 {number}".encode()), Limits(), key=KEY)
    return set(found.persons)


@pytest.fixture(autouse=True)
def _engine() -> None:
    assert _ocr.engine() is not None, "the test group installs rapidocr"


@pictures
@pytest.mark.parametrize("draw", [card, form], ids=["card", "form"])
def test_photographs_are_read_and_nothing_wrong_is_certain(
    draw: Callable[[int], tuple[Image.Image, str]],
) -> None:
    """However they were held; a misread digit is never of high confidence."""
    read = 0
    for seed in range(PHOTOGRAPHS // 2):
        image, number = draw(seed)
        found = _scanned(photographed(image, seed))
        assert found.state is State.COMPLETE
        assert {f.confidence for f in found.findings} <= {"medium", "low"}
        assert all("recognised" in f.reasons for f in found.findings)
        read += bool(_tokens(number) & found.persons)
    assert read >= 0.95 * (PHOTOGRAPHS // 2)


@pictures
def test_without_ocr_a_picture_is_never_complete() -> None:
    found = _scanned(card(1)[0], ocr=False)
    assert [gap.reason for gap in found.gaps] == [Reason.OCR_OFF]
    assert found.state is not State.COMPLETE


@pictures
def test_a_scanned_page_of_a_pdf_is_read() -> None:
    image, number = card(3)
    page = Image.new("RGB", (1_654, 2_339), "white")
    page.paste(image, (200, 300))
    out = io.BytesIO()
    page.save(out, "PDF", resolution=200)
    found = scan(Content("scan.pdf", out.getvalue()), Limits(seconds=600), key=KEY)
    assert _tokens(number) & found.persons
    assert [f.part for f in found.findings] == ["page 1 › picture"]
    assert found.state is State.COMPLETE


@pictures
def test_when_the_time_is_used_up_the_rest_is_unread() -> None:
    image, _ = card(4)
    frames = [photographed(image, seed) for seed in range(3)]
    out = io.BytesIO()
    frames[0].save(out, "TIFF", save_all=True, append_images=frames[1:])
    found = scan(Content("scan.tif", out.getvalue()), Limits(seconds=0.001), key=KEY)
    assert [gap.reason for gap in found.gaps] == [Reason.TIMEOUT]


def _coded(seed: int) -> tuple[Image.Image, str]:
    """A code on a card, turned, skewed, dark, small or blurred."""
    import zxingcpp

    rng = random.Random(seed)
    number = individual(seed, "code on a card")
    code = zxingcpp.create_barcode(f"個人番号 {number}", zxingcpp.BarcodeFormat.QRCode)
    drawn = Image.fromarray(
        zxingcpp.write_barcode_to_image(code, scale=rng.choice((3, 4, 6)))
    ).convert("L")
    image = Image.new("L", (900, 600), rng.randrange(200, 256))
    image.paste(drawn, (rng.randrange(30, 300), rng.randrange(30, 200)))
    turned = image.rotate(
        rng.choice((0, 90, 180, 270)) + rng.uniform(-20, 20), expand=True, fillcolor=90
    )
    dark = rng.uniform(0.3, 1.0)
    return turned.point(lambda value: int(value * dark)).convert("RGB"), number


@pytest.mark.parametrize("seed", range(18))
def test_codes_are_read_without_an_engine(seed: int) -> None:
    image, number = _coded(seed)
    found = _scanned(image, ocr=False)
    assert _tokens(number) <= found.persons
    assert found.findings[0].confidence == "high"


def test_lines_stand_as_they_are_read() -> None:
    boxes = [
        ([[300, 10], [500, 10], [500, 40], [300, 40]], "right", 0.9),
        ([[0, 12], [200, 12], [200, 42], [0, 42]], "left", 0.8),
        ([[0, 60], [200, 60], [200, 90], [0, 90]], "below", 0.7),
    ]
    found = [(line.text, line.score) for line in _ocr._joined(boxes)]
    assert found == [("left right", 0.8), ("below", 0.7)]


def _boxed(digits: int, tilt: float = 4.0) -> list[_ocr.Line]:
    words = _ocr.Line("給与所得者の扶養控除等申告書", 0.99, tilt=tilt)
    return [words, _ocr.Line(" ".join("1" * digits), 0.9, tilt=tilt)]


def _read_by(readings: list[list[_ocr.Line]], monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Read a picture with an engine that gives these; the widths of the pictures it was given."""
    widths: list[int] = []

    def engine(image: Image.Image) -> list[_ocr.Line]:
        widths.append(image.width)
        return readings[min(len(widths), len(readings)) - 1]

    monkeypatch.setattr(_ocr, "engine", lambda: engine)
    text = _ocr.read(Image.new("RGB", (1_200, 600), "white"))
    assert text.count("1") == max(line.text.count("1") for line in readings[-1])
    return widths


def test_digits_in_boxes_of_which_one_is_missing_are_read_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Held straight, which makes it wider, then smaller; and no further when all are there."""
    first, second = _read_by([_boxed(11), _boxed(12)], monkeypatch)
    assert second > first
    assert len(_read_by([_boxed(11), _boxed(10), _boxed(12)], monkeypatch)) == 3


def test_what_lacks_nothing_or_has_no_boxes_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    assert len(_read_by([_boxed(12)], monkeypatch)) == 1
    assert len(_read_by([_boxed(5)], monkeypatch)) == 1
    straight = _read_by([_boxed(11, 0.2), _boxed(12, 0.2)], monkeypatch)
    assert straight == [1_200, 900]


def test_digits_alone_do_not_tell_which_way_is_up() -> None:
    alone = [_ocr.Line("8", 0.99) for _ in range(40)]
    assert not _ocr._is_upright(alone)
    assert _ocr._is_upright(_boxed(12))


def test_lines_that_run_upwards_are_not_joined() -> None:
    steep = [([[0, 200], [10, 0], [40, 2], [30, 202]], "氏名の一覧です", 0.9)]
    (line,) = _ocr._joined(steep)
    assert not line.wide
    assert line.tilt < -80
