"""Text and rich text: lines, groups and encodings without end; and files that are two at once."""

from __future__ import annotations

import base64
import io
import zipfile

from auditor.model import Reason
from hostile.hostile import Set, noise
from hostile.pictures import saved
from probes.paper import pdf, show
from probes.probe import zipped

SET = Set()
RTF = b"{\\rtf1\\ansi\\ansicpg932 words "


@SET.add("a.txt")
def endless_line() -> bytes:
    """One line of forty megabytes."""
    return b"words " * 7_000_000


@SET.add("a.txt")
def empty_lines() -> bytes:
    """Twenty million lines of nothing."""
    return b"words" + b"\n" * 20_000_000


@SET.add("a.txt")
def digits() -> bytes:
    """Eight million digits in one run."""
    return b"words " + b"7" * 8_000_000


@SET.add("a.txt")
def nearly_numbers() -> bytes:
    """Digits with whatever may stand between the digits of a number, for ever."""
    return "words 7 7-7－7ー７ 7 ".encode() * 300_000


@SET.add("a.txt")
def labels() -> bytes:
    """The label of a number half a million times, and never a number."""
    return "個人番号：マイナンバー（".encode() * 150_000


@SET.add("a.txt")
def endless_base64() -> bytes:
    """Twenty megabytes of Base64 that holds Base64 that holds Base64."""
    data = b"words " * 200_000
    for _ in range(9):
        data = base64.b64encode(data)
    return data


@SET.add("a.txt")
def escapes() -> bytes:
    """Percent signs, backslashes and entities, each escaped again."""
    return b"words " + b"%2525\\\\u005c&amp;amp;&#38;#38;=3D=3D" * 200_000


@SET.add("a.txt")
def shifts() -> bytes:
    """An encoding that is switched before every letter."""
    return b"words" + b"\x1b$B\x1b(B\x1b$@\x1b(J\x1b(I\x1b$(D" * 200_000


@SET.add("a.txt")
def halves() -> bytes:
    """UTF-16 of nothing but first halves of pairs."""
    return b"\xff\xfe" + "words ".encode("utf-16-le") + b"\x00\xd8" * 2_000_000


@SET.add("a.txt")
def four_bytes() -> bytes:
    """UTF-32 of characters beyond the last one."""
    return b"\xff\xfe\0\0" + "words ".encode("utf-32-le") + b"\xff\xff\xff\x7f" * 500_000


@SET.add("a.txt")
def seven_bits() -> bytes:
    """UTF-7 that never ends its runs."""
    return b"words +MDMwMzAz" * 200_000


@SET.add("a.txt")
def accents() -> bytes:
    """A letter with a million accents, and a million marks that turn the writing round."""
    return ("words e" + "\u0301" * 1_000_000 + "\u202e" * 1_000_000).encode()


@SET.add("a.txt")
def lonely_leads() -> bytes:
    """First bytes of Shift_JIS and EUC-JP without their second ones."""
    return "ことばと番号。".encode("cp932") * 3 + b"\x82\x81\x8e\x8f\xa4" * 300_000


@SET.add("a.dat")
def all_the_same() -> bytes:
    """Thirty megabytes of one byte."""
    return b"\xff" * (30 << 20)


@SET.add("a.dat")
def pairs_of_kanji() -> bytes:
    """Bytes that are writing in every one of four encodings."""
    return b"\0\1\2\3" + b"\x30\x42\x82\xa0\x4e\x00\x88\x9f" * 400_000


@SET.add("a.rtf", Reason.MALFORMED)
def groups() -> bytes:
    """Groups in groups, a hundred thousand deep."""
    return RTF + b"{" * 100_000 + b"words" + b"}" * 100_000


@SET.add("a.rtf", Reason.MALFORMED)
def binary() -> bytes:
    """Binary data that says it has two GB, or fewer bytes than none."""
    return RTF + b"{\\pict\\bin2147483647 xx}{\\pict\\bin-2147483648 xx}" * 20_000 + b"}"


@SET.add("a.rtf")
def control_words() -> bytes:
    """Words of control without end, and numbers of a million digits."""
    return RTF + b"\\a" * 200_000 + b"\\b" + b"9" * 1_000_000 + b"\\u-" * 100_000 + b"}"


@SET.add("a.rtf", Reason.MALFORMED)
def objects() -> bytes:
    """Objects in objects, each of which is a rich text."""
    data = RTF + b"}"
    for _ in range(9):
        data = RTF + b"{\\object{\\*\\objdata " + data.hex().encode() + b"}}}"
    return data


@SET.add("a.rtf")
def tables() -> bytes:
    """A hundred thousand cells a row, and rows in rows."""
    return (
        RTF
        + (b"\\trowd" + b"\\cellx1" * 9_000 + b"\\intbl\\itap9 a\\cell" * 9_000 + b"\\row") * 9
        + b"}"
    )


@SET.add("a.pdf")
def pdf_and_zip() -> bytes:
    """A PDF that is a zip as well."""
    return pdf(show("words")) + zipped({"a.txt": b"words"})


@SET.add("a.gif", Reason.OCR_OFF)
def gif_and_jar() -> bytes:
    """A picture that is a program as well."""
    return saved("GIF") + zipped({"META-INF/MANIFEST.MF": "Main-Class: A", "a.txt": b"words"})


@SET.add("a.html")
def page_and_zip() -> bytes:
    """A page that is a zip as well."""
    return b"<html><body>words<!--" + zipped({"a.txt": b"words"}) + b"-->"


@SET.add("a.zip")
def zip_and_page() -> bytes:
    """A zip whose comment is a page, and a PDF, and a picture."""
    out = io.BytesIO(zipped({"a.txt": b"words"}))
    with zipfile.ZipFile(out, "a") as archive:
        archive.comment = b"%PDF-1.7 <html><script>" + saved("GIF")[:900]
    return out.getvalue()


@SET.add("a.docx", Reason.UNSUPPORTED_FORMAT)
def many_signatures() -> bytes:
    """The signatures of everything, one after the other, under a name that fits none."""
    return (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1PK\3\4%PDF-Rar!\x1a\x07\x00{\\rtf1<?xml GIF89a"
        + noise(600, "all")
    )
