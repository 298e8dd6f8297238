"""Calendars and address cards in all the ways they are written."""

from __future__ import annotations

import base64
import quopri
import random
import time

import pytest

from auditor.model import Limits

CARD = "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:山田 太郎\r\nNOTE:個人番号の控え\r\nEND:VCARD\r\n"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "cp932", "euc_jp", "iso2022_jp", "utf-16", "utf-16-le"]
)
def test_cards_in_any_encoding(read, encoding: str) -> None:
    reading = read(CARD.encode(encoding), "a.txt")
    assert (reading.format, reading.gaps) == ("vcf", [])
    lines = reading.texts[""].splitlines()
    assert lines[2:4] == ["FN: 山田 太郎", "NOTE: 個人番号の控え"]


@pytest.mark.parametrize("fold", [b"\r\n ", b"\n\t"])
def test_folded_lines_are_put_together_even_inside_a_character(read, fold: bytes) -> None:
    value = "個人番号は 1234-5678 です".encode()
    for width in (1, 3, 4, 7):
        pieces = fold.join(value[at : at + width] for at in range(0, len(value), width))
        data = b"BEGIN:VCALENDAR\r\nDESCRIPTION:" + pieces + b"\r\nX:y\r\nEND:VCALENDAR\r\n"
        reading = read(data)
        assert reading.format == "ics"
        lines = reading.texts[""].split("\n")
        assert lines[1] == "DESCRIPTION: 個人番号は 1234-5678 です"
        assert lines[1 + -(-len(value) // width)] == "X: y"


@pytest.mark.parametrize("charset", ["SHIFT_JIS", "UTF-8", "ISO-2022-JP"])
def test_quoted_printable(read, charset: str) -> None:
    raw = quopri.encodestring("会社の番号と、とても長い説明の言葉".encode(charset) * 3).replace(
        b"\n", b"\r\n"
    )
    head = f"NOTE;CHARSET={charset};ENCODING=QUOTED-PRINTABLE:".encode()
    for first in (head, head.replace(b"ENCODING=", b"")):
        data = (
            b"BEGIN:VCARD\r\nVERSION:2.1\r\n" + first + raw + b"\r\nTEL;CELL:090\r\nEND:VCARD\r\n"
        )
        lines = read(data).texts[""].split("\n")
        assert lines[2].startswith("NOTE: 会社の番号と、とても長い説明の言葉会社")
        assert lines[2 + raw.count(b"=\r\n") + 1] == "TEL CELL: 090"


def test_names_in_parameters_and_escapes(read) -> None:
    data = (
        'BEGIN:VCALENDAR\nATTENDEE;CN="山田: 太郎";ROLE=CHAIR:mailto:a@example.jp\n'
        "item1.X-LABEL:一\\, 二\\n三\\;四\nEND:VCALENDAR\n"
    ).encode()
    lines = read(data).texts[""].split("\n")
    assert lines[1] == "ATTENDEE 山田: 太郎 CHAIR: mailto:a@example.jp"
    assert lines[2] == "X-LABEL: 一, 二 / 三;四"


def test_files_in_properties(read) -> None:
    body = bytes(range(256))
    letters = base64.b64encode(body).decode()
    folded = "\r\n ".join(letters[at : at + 60] for at in range(0, len(letters), 60))
    bare = "\r\n".join(letters[at : at + 60] for at in range(0, len(letters), 60))
    data = (
        f"BEGIN:VCARD\r\nPHOTO;ENCODING=b;TYPE=PNG:{folded}\r\n"
        f"ATTACH;FMTTYPE=text/csv;X-FILENAME=番号.csv;ENCODING=BASE64;VALUE=BINARY:{folded}\r\n"
        f"LOGO:data:image/png;base64,{letters}\r\nKEY;BASE64:\r\n{bare}\r\n\r\nN:名\r\nEND:VCARD\r\n"
    ).encode()
    reading = read(data)
    assert [m.data for m in reading.members] == [body] * 4
    assert reading.members[1].name == "番号.csv"
    assert [m.media_type for m in reading.members[1:3]] == ["text/csv", "image/png"]
    assert letters[:40] not in reading.words
    assert "N: 名" in reading.words
    bounded = read(data, limits=Limits(members=2))
    assert (len(bounded.members), bounded.reasons) == (2, ["too_many_members"])


def test_lines_that_are_no_properties_come_as_they_are(read) -> None:
    reading = read(b"BEGIN:VCARD\nno colon here 12\n;;;:x\n: y\nNOTE:z")
    assert reading.texts[""].split("\n")[1:] == ["no colon here 12", ";;;:x", ": y", "NOTE: z"]


@pytest.mark.parametrize("unit", [";A", ';A="', ";A=b", "\r\n ", "=\r\n", ":", '"', "\\n"])
def test_long_nonsense_takes_linear_time(read, unit: str) -> None:
    start = time.process_time()
    head = "BEGIN:VCARD\r\nNOTE;QUOTED-PRINTABLE"
    assert read((head + unit * 150_000).encode()).format == "vcf"
    assert time.process_time() - start < 5


def test_damage_is_survived(read) -> None:
    rng = random.Random(1)
    data = (
        CARD.encode()
        + b"PHOTO;ENCODING=b:AAAA\r\n AAAA\r\nNOTE;CHARSET=x;QUOTED-PRINTABLE:=E3=81=\r\n=82\r\n"
    )
    for _ in range(300):
        damaged = bytearray(data)
        for _ in range(rng.randrange(1, 6)):
            damaged[rng.randrange(11, len(data))] = rng.randrange(256)
        reading = read(bytes(damaged), "a.vcf")
        assert set(reading.reasons) <= {"unknown_encoding", "unsupported_format"}
