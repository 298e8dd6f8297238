from __future__ import annotations

import time
from email.header import Header
from email.message import EmailMessage
from email.mime.text import MIMEText

import pytest


@pytest.fixture(scope="module")
def mail() -> EmailMessage:
    mail = EmailMessage()
    mail["Subject"] = "個人番号の件"
    mail["From"] = "山田 <a@example.jp>"
    mail["To"] = "x@example.jp"
    mail["Message-ID"] = "<20260401123456@example.jp>"
    mail.set_content("本文 34")
    mail.add_alternative("<p>本文 34<table><tr><td>a<td>b</table>", subtype="html")
    mail.add_attachment(b"a,b", maintype="text", subtype="csv", filename="一覧.csv")
    inner = EmailMessage()
    inner["Subject"] = "中のメール"
    inner.set_content("deep")
    mail.add_attachment(inner)
    return mail


def test_headers_bodies_and_attachments(read, mail) -> None:
    reading = read(mail.as_bytes(), "x.bin")
    assert reading.format == "eml"
    assert reading.texts["header"].split("\n") == [
        "Subject: 個人番号の件",
        "From: 山田 <a@example.jp>",
        "To: x@example.jp",
    ]
    assert reading.table("table 1") == [["a", "b"]]
    assert [(m.name, m.path, m.around) for m in reading.members] == [
        ("一覧.csv", ("attachment 1",), ("個人番号の件",)),
        ("中のメール", ("attachment 2",), ("個人番号の件",)),
    ]
    assert reading.members[1].media_type == "message/rfc822"


def test_of_two_versions_one_is_read_unless_their_digits_differ(read) -> None:
    def words(html: str) -> str:
        mail = EmailMessage()
        mail["Subject"], mail["From"] = "s", "f"
        mail.set_content("plain 12")
        mail.add_alternative(html, subtype="html")
        return read(mail.as_bytes()).words

    assert "plain" not in words("<p>page 12</p>")
    assert "plain" in words("<p>page 34</p>")


@pytest.mark.parametrize("codec", ["iso-2022-jp", "shift_jis", "euc-jp", "utf-8"])
def test_declared_encodings(read, codec: str) -> None:
    mail = MIMEText("お世話になっております", "plain", codec)
    mail["Subject"] = Header("件名の番号", codec)
    mail["From"] = "a@example.jp"
    reading = read(mail.as_bytes())
    assert reading.texts[""].strip() == "お世話になっております"
    assert "Subject: 件名の番号" in reading.texts["header"]


@pytest.mark.parametrize("codec", ["cp932", "iso2022_jp_ext", "euc_jp", "utf-8"])
def test_undeclared_encodings(read, codec: str) -> None:
    head = "From: a@b\r\nTo: c@d\r\nSubject: 生の件名です\r\n\r\n本文の番号です".encode(codec)
    reading = read(head)
    assert "Subject: 生の件名です" in reading.texts["header"]
    assert reading.texts[""] == "本文の番号です"


def part(*lines: str, before: str = "", after: str = "") -> bytes:
    head = "From: a\nTo: b\nContent-Type: multipart/mixed; boundary=x\n\n"
    return (head + before + "\n--x\n" + "\n".join(lines) + "\n--x--\n" + after).encode("latin-1")


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ("filename*=iso-2022-jp''%1B$B%25U%25!%1B(B.csv", "ファ.csv"),
        ("filename*=UTF-8''%E8%A1%A8.csv", "表.csv"),
        ('filename="=?ISO-2022-JP?B?GyRCST0bKEI=?=.csv"', "表.csv"),
        ("filename*0*=UTF-8''%E8%A1; filename*1*=%A8.csv", "表.csv"),
        ('filename="plain.csv"', "plain.csv"),
    ],
)
def test_names_of_attachments(read, header: str, name: str) -> None:
    data = part("Content-Type: text/csv", f"Content-Disposition: attachment; {header}", "", "a")
    assert [member.name for member in read(data).members] == [name]


def test_transfer_encodings(read) -> None:
    for told in ("quoted-printable", "Quoted-Printable;"):
        quoted = read(part(f"Content-Transfer-Encoding: {told}", "", "12=", "34=E3=81=82"))
        assert quoted.texts[""] == "1234あ"
    damaged = part("Content-Type: a/b", "Content-Transfer-Encoding: base64", "", "YSxiLGM!=x")
    assert read(damaged).members[0].data.startswith(b"a,b")


def test_text_around_the_boundaries(read) -> None:
    reading = read(part("", "inside", before="This is MIME.", after="trailing words"))
    assert "inside" in reading.words
    assert "trailing words" in reading.words
    assert "This is MIME" not in reading.words
    assert "1 2 3 4 5 6 7 8 9" in read(part("", "x", before="1 2 3 4 5 6 7 8 9")).words


def test_flowed_lines_are_one(read) -> None:
    data = part("Content-Type: text/plain; format=flowed", "", "1234 ", "5678", "next")
    assert read(data).texts[""] == "1234 5678\nnext"


def test_depth_and_width_are_bounded(read) -> None:
    deep = b"From: a\nTo: b\n"
    for level in range(3000):
        deep += b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (level, level)
    start = time.process_time()
    reading = read(deep + b"\nlast")
    assert reading.reasons == ["too_deep"]
    assert "last" in reading.words
    wide = (
        b"From: a\nTo: b\nContent-Type: multipart/mixed; boundary=x\n\n" + b"--x\n\nhi\n" * 50_000
    )
    assert read(wide).reasons == ["too_many_members"]
    assert time.process_time() - start < 8
