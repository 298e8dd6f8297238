"""Where files end by their own account, and what is made of whatever stands behind that."""

from __future__ import annotations

import io
import struct
import zipfile

import pytest
from PIL import Image

from auditor import formats
from auditor.formats import _appended, _ends
from auditor.model import Content, Limits, State
from auditor.scan import scan
from probes.archives import tar
from probes.excel import workbook
from probes.paper import pdf, show
from probes.polyglots import PAGE, archive, picture, program
from probes.word import SAID, inside

NUMBERLESS = "words"
WHOLE = {
    "png": picture("PNG"),
    "gif": picture("GIF"),
    "jpg": picture("JPEG"),
    "bmp": picture("BMP"),
    "webp": picture("WEBP"),
    "pdf": pdf(show("memo")),
    "docx": inside(SAID)(NUMBERLESS),
    "zip": archive(NUMBERLESS),
}


def members(data: bytes, name: str = "a.bin") -> list[bytes]:
    """What stands behind the end, as it is handed on."""
    content = Content(name, data)
    module = formats.pick(content)
    assert module
    shares = list(_appended.apart(module, content))
    assert shares[0][0] is module
    return [
        part.data if isinstance(part, Content) else part.text.encode()
        for reader, share in shares[1:]
        for part in reader.parts(share, Limits())
    ]


@pytest.mark.parametrize("kind", WHOLE)
def test_a_file_ends_where_it_ends(kind: str) -> None:
    data = WHOLE[kind]
    assert _ends.end(data) == len(data)
    assert _ends.end(data + b"words " * 99) == len(data)
    assert members(data) == []


@pytest.mark.parametrize("kind", WHOLE)
@pytest.mark.parametrize("padding", [b"\n", b"\r\n\x1a", bytes(4_096), b"\xff" * 99])
def test_padding_is_no_file(kind: str, padding: bytes) -> None:
    assert members(WHOLE[kind] + padding) == []


@pytest.mark.parametrize("kind", WHOLE)
def test_a_file_cut_short_has_nothing_behind_it(kind: str) -> None:
    for share in (0.3, 0.7, 0.95):
        assert members(WHOLE[kind][: int(share * len(WHOLE[kind]))]) == []


def test_a_few_strange_bytes_are_searched_for_words() -> None:
    assert members(WHOLE["png"] + b"\x80\x01\x02many words\x03\xfe") == [b"many words"]
    assert members(WHOLE["png"] + b"\x80\x01\x02\x03\xfe") == []


def test_many_strange_bytes_are_a_member_that_nobody_reads() -> None:
    strange = bytes(range(128, 256)) * 8
    found = scan(Content("a.pdf", WHOLE["pdf"] + strange), Limits(ocr=False), key=b"k" * 32)
    assert [(gap.reason.value, gap.part) for gap in found.gaps] == [
        ("unsupported_format", "appended")
    ]
    assert found.state is State.PARTIAL


def test_several_pictures_of_a_camera_are_its_frames() -> None:
    out = io.BytesIO()
    frames = [Image.new("RGB", (64, 48), colour) for colour in ("red", "blue")]
    frames[0].save(out, "MPO", save_all=True, append_images=frames[1:])
    data = out.getvalue()
    assert _ends.end(data) == len(data)
    assert members(data) == []


def test_a_long_film_goes_on() -> None:
    film = b"RIFF" + struct.pack("<I", 4) + b"AVI " + b"RIFF" + struct.pack("<I", 4) + b"AVIX"
    assert _ends.end(film) == 0


def test_a_version_of_a_pdf_without_its_own_end_is_no_other_file() -> None:
    data = WHOLE["pdf"]
    assert members(data + b"7 0 obj\n<</A (words)>>\nendobj\n") == []
    assert members(data + b"trailer\n<</Size 7>>\n") == []


def test_versions_of_a_pdf_end_with_the_last() -> None:
    later = b"7 0 obj\n<</A (words)>>\nendobj\nxref\n%%EOF\n"
    assert members(WHOLE["pdf"] + later + later + archive(NUMBERLESS)) == [archive(NUMBERLESS)]


def test_a_zip_at_the_end_of_an_archive_is_told_once() -> None:
    """The last member of an archive is not behind it."""
    inner = tar(NUMBERLESS)
    assert members(inner) == []
    assert members(workbook(NUMBERLESS)) == []


def test_text_before_a_zip_is_read_without_it() -> None:
    content = Content("a.html", (PAGE + "<p>memo</p>" * 9_000).encode() + archive(NUMBERLESS))
    module = formats.pick(content)
    (_, own), (_, behind) = _appended.apart(module, content)
    assert own.data + behind.data == content.data
    assert behind.data == archive(NUMBERLESS)


def test_an_archive_that_unpacks_itself_is_left_to_its_reader() -> None:
    content = Content("a.exe", program(archive(NUMBERLESS)))
    module = formats.pick(content)
    assert module is formats.load("zip")
    assert list(_appended.apart(module, content)) == [(module, content)]


def test_the_end_of_a_zip_that_is_none_is_no_zip() -> None:
    text = b"words,words\r\n" * 9_000
    for end in (b"PK\x05\x06" + bytes(18), b"PK\x05\x06" + b"\xff" * 16 + bytes(2)):
        assert members(text + end, "a.csv") == []


def test_text_that_begins_like_another_kind_of_file_is_text() -> None:
    for word in (b"PK", b"BM", b"MZ", b"RIFF", b"GIF89a", b"%PDF-"):
        text = word + b",words\r\n" * 9_000
        assert members(text, "a.csv") == []
    assert members(b"PK,words\r\n" * 9_000 + archive(NUMBERLESS), "a.csv") == [archive(NUMBERLESS)]


def test_a_beginning_is_never_parted() -> None:
    content = Content("a.png", WHOLE["png"] + archive(NUMBERLESS), truncated=True)
    module = formats.pick(content)
    assert list(_appended.apart(module, content)) == [(module, content)]


def test_the_directory_of_a_zip_may_count_from_either_beginning() -> None:
    out = io.BytesIO(WHOLE["png"])
    with zipfile.ZipFile(out, "a") as file:
        file.writestr("a.txt", "words")
    (found,) = members(out.getvalue())
    with zipfile.ZipFile(io.BytesIO(found)) as file:
        assert file.read("a.txt") == b"words"
