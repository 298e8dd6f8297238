"""What every file of ``auditor/formats`` keeps to, whatever it is given.

The files here are made for all formats and given to every one of them, its own or not: a new
format is held to this page by lying in the folder.
"""

from __future__ import annotations

import functools
import io
import json
import random
import re
import time
import zipfile
from collections.abc import Iterator
from email.message import EmailMessage
from typing import Any

import docx
import openpyxl
import pptx
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from PIL import Image
from reportlab.pdfgen import canvas

from auditor import formats, locales
from auditor.formats import _guard, _look, _rows
from auditor.model import Content, Gap, Limits, State, Table, Text
from auditor.scan import scan
from probes import datafile, opendocument, slides

LIMITS = Limits(members=50, expanded_bytes=4 << 20, bytes=1 << 20, depth=3, ocr=False)
NAMES = formats.names()
SECONDS = 10.0
FAULTS_OF_OURS = {
    *("AttributeError", "TypeError", "NameError", "UnboundLocalError", "KeyError", "IndexError"),
    *("AssertionError", "RecursionError", "StopIteration", "RuntimeError", "ArgumentError"),
}


def office(document: Any) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def zipped(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def picture() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (80, 80), "white").save(out, "PNG")
    return out.getvalue()


def paper() -> bytes:
    out = io.BytesIO()
    page = canvas.Canvas(out)
    page.drawString(72, 700, "words")
    page.save()
    return out.getvalue()


def mail() -> bytes:
    message = EmailMessage()
    message["Subject"], message["From"] = "件名", "a@example.jp"
    message.set_content("本文")
    message.add_attachment(paper(), maintype="application", subtype="pdf", filename="紙.pdf")
    return message.as_bytes()


@functools.cache
def samples() -> dict[str, bytes]:
    """A small good file of each kind."""
    document = docx.Document()
    document.add_table(2, 2).cell(0, 0).text = "words"
    book = openpyxl.Workbook()
    book.active.append(["words", 1, 2.5])
    show = pptx.Presentation()
    show.slides.add_slide(show.slide_layouts[5]).shapes.title.text = "words"
    nested = zipped({"a.txt": b"deep"})
    for _ in range(6):
        nested = zipped({"inner.zip": nested})
    return {
        "text": "言葉と番号です。".encode("cp932"),
        "csv": "氏名,番号\n山田,1\n佐藤,2\n".encode("cp932"),
        "html": b"<html><table><tr><td>a<td>b</table><p>words",
        "xml": b'<?xml version="1.0"?><a b="c"><d>words</d></a>',
        "json": json.dumps({"a": [{"b": 1}, {"b": 2}, {"b": 3}]}).encode(),
        "docx": office(document),
        "xlsx": office(book),
        "pptx": office(show),
        "pdf": paper(),
        "eml": mail(),
        "zip": zipped({"a.txt": b"words", "b.docx": office(document)}),
        "nested": nested,
        "bomb": zipped({"zeros": bytes(8 << 20)}),
        "many": zipped({f"{n}.txt": b"words" for n in range(200)}),
        "image": picture(),
        "ole": bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600),
        "protected": b".pfile" + bytes(60),
        "odf": opendocument.text("<text:p>words</text:p>")(""),
        "vsdx": slides.drawing({slides.PAGE: slides.TEXT})(""),
        "pst": datafile.datafile(lambda writer: datafile.mail(writer, datafile.item(body="words"))),
    }


def cuts(data: bytes) -> Iterator[bytes]:
    """Beginnings of every class of length."""
    for size in (0, 1, 2, 3, 4, 7, 8, 9, 15, 16, 31, 63, 127, 255, 511, 1023):
        yield data[:size]
    for tenth in range(1, 10):
        yield data[: len(data) * tenth // 10]
    for missing in (1, 2, 21, 22, 23):
        yield data[:-missing]


def flipped(data: bytes, rng: random.Random) -> bytes:
    damaged = bytearray(data)
    for _ in range(rng.randrange(1, 12)):
        damaged[rng.randrange(len(damaged))] = rng.randrange(256)
    return bytes(damaged)


def check(name: str, data: bytes, *, truncated: bool = False) -> None:
    """One format, one file: it ends, in time, with what is allowed."""
    content = Content(f"a.{name}", data, truncated=truncated)
    start = time.process_time()
    members = size = 0
    for part in _guard.Pieces(formats.load(name), content, LIMITS):
        if isinstance(part, Content):
            members += 1
            size += len(part.data)
            assert part.path, "a member says where it lies"
            assert part.truncated or len(part.data) <= LIMITS.bytes * 128
        elif isinstance(part, Gap):
            assert not re.search(r"\d", part.detail), "no digits in the detail of a gap"
            assert part.detail not in FAULTS_OF_OURS
        elif isinstance(part, Table):
            assert 0 < len(part.rows) <= _rows.ROWS
            assert len(part.lines) in (0, len(part.rows))
            assert all(isinstance(cell, str) for row in part.rows for cell in row)
        else:
            assert isinstance(part, Text)
            assert isinstance(part.text, str)
    assert members <= LIMITS.members
    assert size <= LIMITS.expanded_bytes + len(data)
    assert time.process_time() - start < SECONDS


def whole(data: bytes, name: str = "a.bin", **more: Any) -> State:
    start = time.process_time()
    result = scan(Content(name, data, **more), LIMITS, key=b"k" * 32)
    assert time.process_time() - start < SECONDS
    assert not any(re.search(r"\d", gap.detail) for gap in result.gaps)
    assert (result.state is State.COMPLETE) == (not result.gaps)
    return result.state


def test_the_folder_is_the_registry() -> None:
    assert len(NAMES) >= 14
    with pytest.raises(KeyError):
        formats.load("_zip")


@pytest.mark.parametrize("name", NAMES)
def test_a_format_says_what_it_is(name: str) -> None:
    module = formats.load(name)
    assert module.SUFFIXES
    assert all(suffix == suffix.lower() and suffix[0] == "." for suffix in module.SUFFIXES)
    assert all(kind == kind.lower() and "/" in kind for kind in module.MEDIA_TYPES)
    assert isinstance(module.BEGINNING, bool)
    assert all(locales.has_word(f"formats.{name}", lang) for lang in locales.LANGUAGES)


@pytest.mark.parametrize("kind", sorted(samples()))
def test_content_decides_and_names_do_not(kind: str) -> None:
    data = samples()[kind]
    expected = {"nested": "zip", "bomb": "zip", "many": "zip"}.get(kind, kind)
    for suffix in ("bin", "docx", "zip", "pdf", "png"):
        picked = formats.pick(Content(f"a.{suffix}", data))
        assert picked is not None
        assert picked.__name__.endswith(f".{expected}")


@pytest.mark.parametrize("name", NAMES)
def test_claims_are_bounded(name: str) -> None:
    for data in (b"", b"\0", *samples().values()):
        for media_type in ("", "text/plain", "application/pdf; charset=x", "\0"):
            claim = formats.load(name).claims(_look.Look(Content("a", data, media_type)))
            assert 0 <= claim <= 100


@pytest.mark.parametrize("name", NAMES)
def test_every_format_survives_every_file(name: str) -> None:
    for data in samples().values():
        check(name, data)


@pytest.mark.parametrize("name", NAMES)
def test_every_format_survives_every_beginning(name: str) -> None:
    for kind, data in samples().items():
        if kind in (name, "text", "zip"):
            for cut in cuts(data):
                check(name, cut)
                check(name, cut, truncated=True)


@pytest.mark.parametrize("name", NAMES)
def test_every_format_survives_damage(name: str) -> None:
    rng = random.Random(name)
    own = samples().get(name, samples()["zip"])
    for _ in range(40):
        check(name, flipped(own, rng))


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=40)
@given(st.binary(max_size=2000))
@example(b"\xff\xfe\0")
def test_every_format_survives_junk(name: str, junk: bytes) -> None:
    check(name, junk)
    check(name, samples().get(name, b"")[:64] + junk)


@settings(max_examples=60)
@given(st.binary(max_size=3000), st.sampled_from(["a.txt", "a.zip", "マイナンバー.xlsx", ""]))
def test_junk_always_has_a_state(junk: bytes, name: str) -> None:
    whole(junk, name)
    whole(junk, name, truncated=True, total=10_000)


@pytest.mark.parametrize("kind", sorted(samples()))
def test_every_file_has_a_state(kind: str) -> None:
    data = samples()[kind]
    state = whole(data)
    opaque = kind in ("image", "ole", "protected", "bomb")
    bounded = kind in ("nested", "many")
    expected = {State.SKIPPED} if opaque else {State.PARTIAL, State.FAILED}
    assert state in (expected if opaque or bounded else {State.COMPLETE})
    for cut in cuts(data):
        assert whole(cut, truncated=True, total=len(data)) is not State.COMPLETE
