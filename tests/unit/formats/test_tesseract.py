"""The system's Tesseract, run for real where it is installed with its Japanese data."""

from __future__ import annotations

import functools
import io

import pytest
from PIL import Image

from auditor.formats import _ocr
from auditor.model import Content, Limits, Scan, State
from auditor.scan import scan
from tests.unit.formats.drawn_cards import card, font

KEY = b"k" * 32
ENGINE = _ocr.tesseract()

installed = pytest.mark.skipif(
    ENGINE is None, reason="no Tesseract with Japanese data on this machine"
)
pictures = pytest.mark.skipif(font(20) is None, reason="no Japanese font on this machine")


def scanned(image: Image.Image) -> Scan:
    out = io.BytesIO()
    image.save(out, "PNG")
    return scan(Content("IMG.png", out.getvalue()), Limits(seconds=600), key=KEY)


@pytest.fixture
def only(monkeypatch: pytest.MonkeyPatch) -> None:
    """As where RapidOCR is not installed."""
    monkeypatch.setattr(_ocr, "engine", lambda: ENGINE)


@installed
@pictures
@pytest.mark.usefixtures("only")
@pytest.mark.parametrize("turn", [0, 180])
def test_a_card_is_read_and_nothing_of_it_is_certain(turn: int) -> None:
    image, number = card(1)
    found = scanned(image.rotate(turn))
    truth = scan(Content("a.txt", f"個人番号 {number}".encode()), Limits(), key=KEY).persons
    assert found.persons == truth
    assert {finding.confidence for finding in found.findings} == {"medium"}
    assert all("recognised" in finding.reasons for finding in found.findings)
    assert found.state is State.COMPLETE


@installed
@pytest.mark.usefixtures("only")
def test_an_empty_picture_is_read_whole() -> None:
    found = scanned(Image.new("RGB", (600, 400), "white"))
    assert (found.state, found.findings) == (State.COMPLETE, ())


def test_without_the_program_nothing_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_ocr.shutil, "which", lambda _: None)
    assert _ocr.tesseract() is None


def test_a_program_without_japanese_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_ocr.shutil, "which", lambda _: "tesseract")
    monkeypatch.setattr(_ocr, "_languages", lambda _: {"eng", "osd"})
    assert _ocr.tesseract() is None


def test_japanese_alone_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_ocr.shutil, "which", lambda _: "tesseract")
    monkeypatch.setattr(_ocr, "_languages", lambda _: {"jpn"})
    found = _ocr.tesseract()
    assert isinstance(found, functools.partial)
    assert found.args == ("tesseract", "jpn")


def test_a_program_that_fails_leaves_the_picture_unread() -> None:
    with pytest.raises(_ocr.Unread):
        _ocr._tesseract("/nonexistent/tesseract", "jpn", Image.new("L", (60, 40), "white"))
