"""Values written in another way, packed diagrams, and what picture files hold for programs."""

from __future__ import annotations

import base64
import time
import zlib
from urllib.parse import quote

from auditor.formats import _picturerest, _values
from auditor.model import Limits
from probes.annexes import chunked, gif_words, segment, thumbnail
from probes.pictures import blank, saved

MODEL = "<mxGraphModel><root><mxCell value='給与の一覧'/></root></mxGraphModel>"


def packed(text: str) -> str:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return base64.b64encode(packer.compress(quote(text).encode()) + packer.flush()).decode()


def test_values_of_a_directory() -> None:
    value = base64.b64encode("山田".encode()).decode()
    assert list(_values.lines(f"dn: x\ncn:: {value}\nsn:: !!!\n")) == ["cn: 山田"]


def test_claims_of_a_token() -> None:
    head, claims = (
        base64.urlsafe_b64encode(part).rstrip(b"=").decode()
        for part in (b'{"alg":"none"}', '{"name":"山田?>"}'.encode())
    )
    assert list(_values.lines(f"Bearer {head}.{claims}.c2ln")) == ['{"name":"山田?>"}']
    assert list(_values.lines(f"{head}.{claims}")) == []


def test_bytes_of_the_registry() -> None:
    written = ",".join(f"{byte:02x}" for byte in "甲\0乙\0\0".encode("utf-16-le"))
    folded = written[:12] + "\\\r\n  " + written[12:]
    narrow = ",".join(f"{byte:02x}" for byte in "山田".encode("cp932"))
    text = f'"a"=hex(7):{folded}\r\n@=hex:{narrow}\r\n"b"=hex:00,ff,9a\r\n"c"=dword:1\r\n'
    found = list(_values.lines(text))
    assert found[:3] == ['"a": 甲', '"a": 乙', "@: 山田"]


def test_other_text_costs_nothing() -> None:
    text = "eyJ-" * 500_000 + "\na:: \n" + '"a"=hex:' + "00," * 300_000
    began = time.process_time()
    assert [line for line in _values.lines(text) if "a" in line[:3]] == []
    assert time.process_time() - began < 2


def test_pages_of_a_diagram_are_members(read) -> None:
    pages = f"<diagram name='a'>{packed(MODEL)}</diagram><diagram>AAAA</diagram>"
    reading = read(f"<mxfile>{pages}</mxfile>".encode(), "a.drawio")
    assert [member.data.decode() for member in reading.members] == [MODEL]
    assert [(gap.reason.value, gap.part) for gap in reading.gaps] == [("malformed", "page 2")]


def test_a_page_too_long_is_cut_and_said_to_be(read) -> None:
    data = f"<mxfile><diagram>{packed('a' * 9_000)}</diagram></mxfile>".encode()
    (member,) = read(data, "a.drawio", limits=Limits(bytes=500)).members
    assert (len(member.data), member.truncated) == (500, True)


def test_pages_that_are_not_packed_are_no_members(read) -> None:
    reading = read(f"<mxfile><diagram>{MODEL}</diagram></mxfile>".encode(), "a.drawio")
    assert (reading.members, reading.gaps) == ([], [])
    assert "給与の一覧" in reading.words


def test_what_readers_tell_of_is_not_told_again() -> None:
    none = lambda _: []  # noqa: E731
    for data in (saved(blank()), segment(0xE0, b"JFIF\0 123456789"), segment(0xFE, b"123456789")):
        assert list(_picturerest.texts(data, none)) == []
    assert len(list(_picturerest.texts(chunked("123456789"), none))) == 1
    assert len(list(_picturerest.texts(gif_words(0x01, "123456789"), none))) == 1
    assert list(_picturerest.texts(gif_words(0xFE, "123456789"), none)) == []


def test_the_small_picture_of_a_camera_is_looked_at_once() -> None:
    seen = []
    list(_picturerest.texts(thumbnail("123456789"), lambda image: seen.append(image.size) or []))
    assert len(seen) == 1
