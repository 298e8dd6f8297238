"""Outlook items, written by hand from the specification: LibreOffice writes none."""

from __future__ import annotations

import struct
import time

import pytest

from auditor.formats import _cfb, _cfbpack, _lzfu, _mapi
from auditor.model import Limits
from fixtures import damage

RTF = rb"{\rtf1\ansi\ansicpg932 \'8c\'c2\'90l\'94\'d4\'8d\'86 123\par}"


def node(name: str, data: bytes | None = None, *children: _cfbpack.Node) -> _cfbpack.Node:
    return _cfbpack.Node(name, data, list(children))


def prop(key: int, value: str | bytes, codec: str = "utf-16-le") -> _cfbpack.Node:
    kind = "0102" if isinstance(value, bytes) else "001F" if codec == "utf-16-le" else "001E"
    raw = value if isinstance(value, bytes) else value.encode(codec)
    return node(f"__substg1.0_{key:04X}{kind}", raw)


def rows(head: int, *numbers: tuple[int, int, bytes]) -> _cfbpack.Node:
    raw = bytes(head) + b"".join(
        struct.pack("<HHI", kind, key, 6) + value.ljust(8, b"\0") for key, kind, value in numbers
    )
    return node(_mapi.PROPERTIES, raw)


def page(number: int) -> tuple[int, int, bytes]:
    return (0x3FFD, 3, struct.pack("<i", number))


def message(*children: _cfbpack.Node, codepage: int = 932) -> bytes:
    return _cfbpack.pack(node("Root Entry", None, rows(32, page(codepage)), *children))


def stored(rtf: bytes) -> bytes:
    return struct.pack("<II4sI", len(rtf) + 12, len(rtf), b"MELA", 0) + rtf


def attachment(number: int, *children: _cfbpack.Node) -> _cfbpack.Node:
    return node(f"__attach_version1.0_#{number:08X}", None, rows(8), *children)


@pytest.mark.parametrize("codec", ["utf-16-le", "cp932"])
def test_fields_and_body_in_both_encodings(read, codec: str) -> None:
    recipient = node("__recip_version1.0_#00000000", None, rows(8), prop(0x3001, "佐藤", codec))
    data = message(prop(0x0037, "件名の話", codec), prop(0x1000, "本文の番号", codec), recipient)
    reading = read(data, "a.bin")
    assert reading.format == "msg"
    assert reading.texts["header"].split("\n") == ["subject: 件名の話", "name: 佐藤"]
    assert reading.texts[""] == "本文の番号"
    assert reading.reasons == []


def test_undeclared_japanese_is_recognised(read) -> None:
    data = message(prop(0x1000, "本文の番号です", "cp932"), codepage=1252)
    assert read(data).texts[""] == "本文の番号です"


def test_html_alone_in_its_code_page(read) -> None:
    html = "<table><tr><td>氏名<td>番号<tr><td>甲<td>12</table>".encode("cp932")
    assert read(message(prop(0x1013, html))).table("table 1") == [["氏名", "番号"], ["甲", "12"]]


def test_rich_text_alone_packed_and_stored(read) -> None:
    assert read(message(prop(0x1009, stored(RTF)))).texts[""] == "個人番号 123"


def test_compressed_rich_text() -> None:
    # The examples of the specification: plain, and one that repeats itself while it is written.
    simple = bytes.fromhex(
        "2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af3206865"
        "6c090020627705b06c647d0a800fa0"
    )
    assert _lzfu.unpacked(simple) == (
        b"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n",
        True,
    )
    crossing = bytes.fromhex("1a0000001c0000004c5a4675e2d44b51410004205758595a0d6e7d010eb0")
    assert _lzfu.unpacked(crossing) == (b"{\\rtf1 WXYZWXYZWXYZWXYZWXYZ}", True)
    assert _lzfu.unpacked(simple[:30])[1] is False
    assert _lzfu.unpacked(b"") == (b"", False)


def test_a_body_in_three_forms_is_read_once_unless_digits_differ(read) -> None:
    html = b"<p>number 123</p>"
    same = read(message(prop(0x1000, "number 123"), prop(0x1013, html), prop(0x1009, stored(RTF))))
    assert same.texts[""].count("123") == 1
    other = read(message(prop(0x1000, "number 456"), prop(0x1013, html)))
    assert {"123", "456"} <= set(other.texts[""].replace("\n", " ").split())


def test_attachments_know_the_subject(read) -> None:
    file = attachment(0, prop(0x3707, "給与.csv"), prop(0x3701, b"a,b\n"), prop(0x370E, "text/csv"))
    reading = read(message(prop(0x0037, "年末調整"), file))
    member = reading.members[0]
    assert (member.name, member.media_type, member.path) == (
        "給与.csv",
        "text/csv",
        ("attachment 1",),
    )
    assert (member.data, member.around) == (b"a,b\n", ("年末調整",))


def test_items_inside_items_are_items(read) -> None:
    inner = node(
        "__substg1.0_3701000D", None, rows(24, page(932)), prop(0x1000, "中の本文", "cp932")
    )
    names = node(_mapi.NAMES, None, node("__substg1.0_00020102", b""))
    reading = read(message(attachment(0, prop(0x3001, "転送"), inner), names))
    again = read(reading.members[0].data)
    assert (again.format, again.texts[""]) == ("msg", "中の本文")
    assert any(e.name == _mapi.NAMES for e in _cfb.Compound(reading.members[0].data).root.children)


def test_fields_of_the_user_have_their_names(read) -> None:
    label = "個人番号".encode("utf-16-le")
    names = node(
        _mapi.NAMES,
        None,
        node("__substg1.0_00030102", struct.pack("<IHH", 0, 1, 0) + struct.pack("<IHH", 0, 1, 1)),
        node("__substg1.0_00040102", struct.pack("<I", len(label)) + label),
    )
    number = (0x8001, 5, struct.pack("<d", 1234567890.0))
    data = _cfbpack.pack(
        node("Root Entry", None, rows(32, page(932), number), prop(0x8000, "text"), names)
    )
    assert read(data).texts["header"].split("\n") == ["個人番号: text", "個人番号: 1234567890"]


def test_headers_of_machines_are_left_out(read) -> None:
    headers = "Received: from x\r\nX-Remark: =?utf-8?b?5YKZ6ICD?=\r\nMessage-ID: <1>\r\n"
    assert read(message(prop(0x007D, headers))).texts["header"] == "X-Remark: 備考"


def test_a_file_that_lies_elsewhere_is_said(read) -> None:
    reading = read(message(attachment(0, prop(0x3707, "x.xlsx"))))
    assert reading.reasons == ["unsupported_format"]
    assert reading.gaps[0].part == "attachment 1"


def test_long_values_and_many_streams_survive_packing(read) -> None:
    body = "長い本文 " * 20_000
    many = [prop(0x6000 + n, f"value {n}") for n in range(1_000)]
    reading = read(message(prop(0x1000, body), *many))
    assert reading.texts[""] == body
    assert reading.texts["header"].count("value ") == 1_000
    assert reading.reasons == []


def test_attachments_are_bounded(read) -> None:
    files = [attachment(n, prop(0x3701, b"x")) for n in range(20)]
    reading = read(message(*files), limits=Limits(members=5))
    assert len(reading.members) <= 5
    assert "too_many_members" in reading.reasons


def test_damage_is_survived() -> None:
    inner = node("__substg1.0_3701000D", None, rows(24, page(932)), prop(0x1000, "中の本文"))
    data = message(
        prop(0x0037, "件名"),
        prop(0x1009, stored(RTF)),
        prop(0x1013, b"<p>text</p>" * 600),
        attachment(0, inner),
    )
    start = time.process_time()
    for copy in damage.damaged(data, "msg", 150):
        fine = damage.survives("msg", copy)
        assert fine
    assert time.process_time() - start < 60
