"""Word documents before 2007, made by LibreOffice once, or byte by byte where it writes none."""

from __future__ import annotations

import shutil
import struct
import time

import pytest

from auditor.formats import _cfbpack
from fixtures import damage, legacy_office

NUMBERS = legacy_office.numbers("doc")


def node(name: str, data: bytes) -> _cfbpack.Node:
    return _cfbpack.Node(name, data)


def document(
    pieces: list[tuple[bytes, bool]],
    *,
    counts: tuple[int, ...] = (),
    language: int = 0x0409,
    left: bytes = b"",
    times: int = 1,
) -> bytes:
    """A document with text pieces (bytes, whether 8-bit), each so many times, no properties."""
    head = bytearray(0x400)
    struct.pack_into("<HH2xHHH", head, 0, 0xA5EC, 0xC1, language, 0, 0)
    text = bytearray()
    places, rows, at = [0], b"", 0
    for raw, narrow in pieces:
        place = len(head) + len(text)
        text += raw
        for _ in range(times):
            at += len(raw) if narrow else len(raw) // 2
            places.append(at)
            rows += struct.pack("<HIH", 0, place * 2 | 0x40000000 if narrow else place, 0)
    plc = struct.pack(f"<{len(places)}I", *places) + rows
    clx = b"\1\2\0ab" + b"\2" + struct.pack("<I", len(plc)) + plc
    struct.pack_into("<8i", head, 0x4C, *(counts or (at, 0, 0, 0, 0, 0, 0, 0)))
    struct.pack_into("<II", head, 0x9A + 8 * 33, 0, len(clx))
    children = [node("WordDocument", bytes(head + text + left)), node("0Table", clx)]
    return _cfbpack.pack(_cfbpack.Node("Root Entry", children=children))


@pytest.fixture(scope="module")
def paper(read):
    return read(legacy_office.stored("doc"), "a.bin")


@pytest.mark.parametrize("place", sorted(NUMBERS))
def test_every_place_is_read(paper, place: str) -> None:
    assert paper.format == "doc"
    assert paper.reasons == []
    known = NUMBERS[place] in paper.words
    assert known == (place != "note" or "keywords" in paper.texts["properties"])


def test_tables_keep_their_shape(paper) -> None:
    table = paper.table("table 1")
    assert [[row[0], row[2]] for row in table] == [["氏名", "備考"], ["甲", ""], ["乙", "未提出"]]
    right = table[1][1] == NUMBERS["table"]
    assert right


def test_a_corrected_number_does_not_run_into_the_wrong_one(paper) -> None:
    now, before = paper.texts[""], paper.texts["before changes"]
    both = NUMBERS["deleted"] + NUMBERS["inserted"]
    apart = NUMBERS["inserted"] in now and NUMBERS["deleted"] in before
    fused = both in now or both in before
    assert apart
    assert not fused


def test_stories_say_where_they_stand(paper) -> None:
    places = {
        key: [place for place, text in paper.texts.items() if NUMBERS[key] in text]
        for key in ("header", "footer", "comment", "box", "field")
    }
    assert places["header"] == places["footer"] == ["header"]
    assert places["comment"] == ["comment"]
    assert places["box"] == ["text box"]
    assert places["field"] == ["field"]


@pytest.mark.skipif(not shutil.which("soffice"), reason="no LibreOffice here")
def test_what_libreoffice_writes_today_reads_alike(read, paper) -> None:
    again = read(legacy_office.convert("doc"), "a.bin")
    alike = again.words == paper.words
    assert alike


def test_pieces_of_both_widths(read) -> None:
    pieces = [(b"plain \x93quoted\x94\r", True), ("日本語\r".encode("utf-16-le"), False)]
    assert read(document(pieces)).texts[""] == "plain “quoted”\n日本語"


def test_old_japanese_pieces_are_of_its_code_page(read) -> None:
    raw = "個人番号の一覧\r".encode("cp932")
    assert read(document([(raw, True)], language=0x0411)).texts[""] == "個人番号の一覧"


def test_fields_and_cells_without_properties(read) -> None:
    text = b"a\x13 CODE \x14result\x15b\rx\x07y\x07\x07z\x07w\x07\x07end\r"
    reading = read(document([(text, True)]))
    assert reading.texts[""] == "aresultb\nend"
    assert reading.texts["field"] == " CODE "
    assert reading.table("table 1") == [["aresultb"], ["x", "y"], ["z", "w"]]


def test_text_that_no_piece_covers_is_read(read) -> None:
    number = "9" * 9
    reading = read(document([(b"now\r", True)], left=f"old {number}".encode()))
    assert "now" in reading.words
    kept = reading.texts.get("earlier version", "").count(number)
    assert kept == 1


def test_stories_are_told_apart_by_their_lengths(read) -> None:
    text = b"body\rnote\rhead\rmore\r"
    reading = read(document([(text, True)], counts=(5, 5, 5, 0, 0, 0, 0, 0)))
    assert reading.texts == {
        "": "body",
        "footnote": "note",
        "header": "head",
        "beyond the end": "more",
    }


def test_a_locked_document_says_so(read) -> None:
    data = document([(b"secret\r", True)])
    at = data.index(b"\xec\xa5\xc1\x00") + 10
    reading = read(data[:at] + b"\0\1" + data[at + 2 :])
    assert reading.reasons == ["password_protected"]
    assert "secret" not in reading.words


def test_word_6_and_bare_documents(read) -> None:
    head = bytearray(0x300)
    struct.pack_into("<HH2xH", head, 0, 0xA5DC, 0x68, 0x0411)
    text = "旧い書式の文書\r".encode("cp932")
    struct.pack_into("<II", head, 0x18, 0x300, 0x300 + len(text))
    struct.pack_into("<i", head, 0x34, len(text))
    reading = read(bytes(head) + text)
    assert (reading.format, reading.texts[""]) == ("doc", "旧い書式の文書")


def test_a_lost_piece_table_is_said(read) -> None:
    data = document([("日本語\r".encode("utf-16-le"), False)])
    assert "malformed" in read(data[:-3000]).reasons


def test_pieces_that_all_show_the_same_text_are_bounded(read) -> None:
    same = document([(b"words " * 20_000, True)], times=5_000)
    start = time.process_time()
    reading = read(same)
    assert time.process_time() - start < 5
    assert len(reading.texts[""]) < 3_000_000
    assert reading.reasons == ["malformed"]


def test_damage_is_survived() -> None:
    start = time.process_time()
    for data in damage.damaged(legacy_office.stored("doc"), "doc", 150):
        fine = damage.survives("doc", data)
        assert fine
    assert time.process_time() - start < 60
