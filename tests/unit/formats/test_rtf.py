"""Rich text, made by LibreOffice once, and by hand where it writes none."""

from __future__ import annotations

import shutil
import struct
import time

import pytest

from fixtures import damage, legacy_office

NUMBERS = legacy_office.numbers("doc")
DROPPED = {"box"}
"""LibreOffice leaves the text box out."""


@pytest.fixture(scope="module")
def paper(read):
    return read(legacy_office.stored("rtf"), "a.bin")


@pytest.mark.parametrize("place", sorted(NUMBERS.keys() - DROPPED))
def test_every_place_is_read(paper, place: str) -> None:
    assert paper.format == "rtf"
    assert paper.reasons == []
    known = NUMBERS[place] in paper.words
    assert known


def test_tables_keep_their_shape(paper) -> None:
    table = paper.table("table 1")
    assert [[row[0], row[2]] for row in table] == [["氏名", "備考"], ["甲", ""], ["乙", "未提出"]]
    right = table[1][1] == NUMBERS["table"]
    assert right


@pytest.mark.skipif(not shutil.which("soffice"), reason="no LibreOffice here")
def test_what_libreoffice_writes_today_reads_alike(read, paper) -> None:
    again = read(legacy_office.convert("rtf"), "a.bin")
    alike = again.words == paper.words
    assert alike


def test_a_corrected_number_does_not_run_into_the_wrong_one(read) -> None:
    reading = read(rb"{\rtf1 a {\deleted 111}{\revised 222} b\par}")
    assert reading.texts == {"": "a 222 b", "before changes": "a 111 b"}


@pytest.mark.parametrize(
    "body",
    [
        rb"\ansicpg932 \'8c\'c2\'90\'6c\'94\'d4\'8d\'86 \'82\'4f",
        rb"\ansicpg1252{\fonttbl{\f0\fcharset128 MS;}}\f0 \'8c\'c2\'90l\'94\'d4\'8d\'86 \'82O",
        rb"\u20491?\u20154 ?\u30058\'3f\u21495? \u-240?",
        rb"\uc2\u20491ab\u20154\'8d\'86\u30058 xx\u21495yy \u65296zz",
        "\\ansicpg932 個人番号 ０".encode("cp932"),
        rb"\ansicpg932\deff0{\fonttbl{\f0\fcharset0 A;}}\plain \'8c\'c2\'90l\'94\'d4\'8d\'86 \'82O",
    ],
)
def test_japanese_in_every_spelling(read, body: bytes) -> None:
    text = read(rb"{\rtf1\ansi" + body + rb"\par}").texts[""]
    assert text.replace("番 ", "番") == "個人番号 ０"


def test_places_are_told_apart(read) -> None:
    reading = read(
        rb"{\rtf1{\header head\par}{\footerf foot\par}body{\footnote note}{\*\annotation remark}"
        rb"{\shp{\*\shpinst{\sp{\sn a}{\sv 123}}{\shptxt box\par}}}{\info{\title t}{\author me}}"
        rb"{\field{\*\fldinst CODE}{\fldrslt  shown}}\par{\*\unknown number 123456789}}"
    )
    assert reading.texts == {
        "": "body shown",
        "header": "head",
        "footer": "foot",
        "footnote": "note",
        "comment": "remark",
        "text box": "box",
        "properties": "title: t\nauthor: me",
        "field": "CODE",
        "other": "number 123456789",
    }


def test_what_is_said_twice_is_read_once(read) -> None:
    reading = read(
        rb"{\rtf1{\upr{ansi ?}{\*\ud{wide \u12354?}}}{\nonshppict{\pict\wmetafile8 00}}\par}"
    )
    assert reading.texts == {"": "wide あ"}
    assert reading.members == []


def test_headers_of_both_sides_are_one(read) -> None:
    reading = read(rb"{\rtf1{\headerl same\par}{\headerr same\par}{\headerf first\par}x\par x\par}")
    assert reading.texts == {"header": "same\nfirst", "": "x\nx"}


def test_user_properties_have_their_names(read) -> None:
    reading = read(rb"{\rtf1{\*\userprops{\propname no}\proptype30{\staticval 12}}}")
    assert reading.texts["properties"] == "no: 12"


def test_tables_in_tables_and_paragraphs_in_cells(read) -> None:
    reading = read(
        rb"{\rtf1 title\par\trowd\cellx1\cellx2\pard\intbl a\par b\cell{\intbl c\cell}\row"
        rb"\pard\intbl\itap2 x\nestcell y\nestcell{\*\nesttableprops\nestrow}{\nonesttables\par}"
        rb"\cell d\cell\row\pard end\par}"
    )
    assert reading.table("table 1") == [["title"], ["a\nb", "c"], ["x\ty", "d"]]
    assert reading.texts[""] == "title\nend"


def test_embedded_files_and_pictures_are_handed_on(read) -> None:
    package = (
        b"\2\0n.txt\0C:\\n.txt\0\0\0\3\0" + struct.pack("<I", 3) + b"t.t" + struct.pack("<I", 4)
    )
    ole = struct.pack("<III", 0x501, 2, 8) + b"Package\0" + bytes(8)
    ole += struct.pack("<I", len(package) + 4) + package + b"data"
    link = struct.pack("<III", 0x501, 1, 2) + b"A\0" + bytes(12)
    objects = b"".join(
        b"{\\object{\\*\\objdata " + raw.hex().encode() + b"}}" for raw in (ole, link)
    )
    picture = (
        rb"{\*\shppict{\pict\pngblip 8950\par 4e47}}{\pict\jpegblip\bin4 " + b"\xff\xd8{}" + b"}"
    )
    reading = read(b"{\\rtf1" + objects + picture + b"}")
    assert [(member.name, member.data) for member in reading.members] == [
        ("n.txt", b"data"),
        ("image 3.png", b"\x89PNG"),
        ("image 4.jpg", b"\xff\xd8{}"),
    ]
    assert reading.reasons == ["unsupported_format"]


def test_html_inside_is_read_as_html(read) -> None:
    reading = read(
        rb"{\rtf1\ansi\fromhtml1{\*\htmltag64 <table><tr><td>}a&{\*\htmltag64 </td><td>}"
        rb"\htmlrtf {\b\htmlrtf0 b\htmlrtf }\tab\htmlrtf0{\*\htmltag64 </td></tr></table>}}"
    )
    assert reading.table("table 1") == [["a&", "b"]]


def test_no_depth_of_groups_matters(read) -> None:
    start = time.process_time()
    reading = read(b"{\\rtf1 " + b"{" * 300_000 + b"deep")
    assert "deep" in reading.texts[""]
    assert reading.reasons == ["malformed"]
    assert time.process_time() - start < 10


def test_damage_is_survived() -> None:
    start = time.process_time()
    for data in damage.damaged(legacy_office.stored("rtf"), "rtf", 150):
        fine = damage.survives("rtf", data)
        assert fine
    assert time.process_time() - start < 60
