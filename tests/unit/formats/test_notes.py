"""Notebooks, OneNote sections, Apple's property lists, and what other formats read of their kin."""

from __future__ import annotations

import base64
import io
import json
import plistlib
import random
import time

import pytest
from PIL import Image

from auditor.model import Content, Limits, State
from auditor.scan import scan

MARK = bytes.fromhex("e716e3bd65261145a4c48d4d0b7a9eac")
SECTION = bytes.fromhex("e4525c7b8cd8a74daeb15378d02996d3")


def picture() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (80, 80), "white").save(out, "PNG")
    return out.getvalue()


def notebook(version: int = 4) -> dict:
    cells = [
        {
            "cell_type": "code",
            ("source" if version == 4 else "input"): ["番号 = '一'\n", "print(番号)"],
            "metadata": {"tags": ["秘密の印"]},
            "outputs": [
                {"output_type": "stream", "text": ["出力の言葉\n", "次の行"]},
                {"data": {"image/png": base64.b64encode(picture()).decode() + "\n"}},
                {"data": {"text/html": ["<table><tr><td>表の言葉</td></tr></table>"]}},
            ],
        },
        {"cell_type": "markdown", "source": "# 題", "metadata": {}},
    ]
    rest = {"metadata": {"title": "帳面の題"}, "nbformat": version}
    return {"cells": cells, **rest} if version == 4 else {"worksheets": [{"cells": cells}], **rest}


@pytest.mark.parametrize("version", [3, 4])
def test_notebooks(read, version: int) -> None:
    reading = read(json.dumps(notebook(version)).encode(), "a.txt")
    assert (reading.format, reading.gaps) == ("ipynb", [])
    assert reading.texts["cell 1"] == "番号 = '一'\nprint(番号)"
    assert "text: 出力の言葉\n次の行" in reading.texts["cell 1 › output"]
    assert "秘密の印" in reading.texts["cell 1 › metadata"]
    assert reading.texts["cell 2"] == "# 題"
    assert "帳面の題" in reading.texts["metadata"]
    assert [m.media_type for m in reading.members] == ["image/png", "text/html"]
    assert reading.members[0].data == picture()


@pytest.mark.parametrize(
    "odd", [b'{"cells": 5}', b"[1]", b'{"cells": [5]}', b'{"cells": [{"source": {"a": 1}}]}', b"{"]
)
def test_what_only_is_called_a_notebook(read, odd: bytes) -> None:
    reading = read(odd, "a.ipynb")
    assert set(reading.reasons) <= {"malformed"}


def test_onenote_sections(read) -> None:
    def embedded(data: bytes) -> bytes:
        return MARK + len(data).to_bytes(8, "little") + bytes(12) + data + bytes(24)

    words = "個人番号の控え、続きの言葉".encode("utf-16-le")
    data = (
        SECTION + bytes(60) + words + bytes(9) + embedded(picture()) + embedded(b"words of a file")
    )
    reading = read(data + b"\1\2" + words, "a.bin")
    assert reading.format == "onenote"
    assert [m.data for m in reading.members] == [picture(), b"words of a file"]
    assert reading.words.count("個人番号の控え") == 2
    assert "words of a file" not in reading.words
    assert reading.reasons == ["unsupported_format"]
    lie = SECTION + MARK + b"\xff" * 8 + bytes(12) + b"words of a file"
    assert "words of a file" in read(lie).words
    many = read(SECTION + embedded(b"x") * 30, limits=Limits(members=10))
    assert (len(many.members), many.reasons) == (10, ["unsupported_format", "too_many_members"])


def test_binary_property_lists(read, zipped) -> None:
    package = zipped({"a.txt": "words" * 10})
    values = {
        "個人番号": "値です",
        "list": [1, {"深い": "所"}],
        "data": package,
        "raw": "頁".encode(),
    }
    reading = read(plistlib.dumps(values, fmt=plistlib.FMT_BINARY), "a.plist")
    assert (reading.format, reading.gaps) == ("plist", [])
    assert "個人番号: 値です" in reading.words
    assert "深い: 所" in reading.words
    assert [m.data for m in reading.members] == [package]


def test_property_lists_that_refer_to_themselves_are_bounded(read) -> None:
    """Forty lists of two references each: a million million values."""
    count = 41
    objects = [bytes((0xA2, n + 1, n + 1)) for n in range(count - 1)] + [b"\x51x"]
    offsets, body = [], b"bplist00"
    for one in objects:
        offsets.append(len(body))
        body += one
    table = bytes(offsets)
    trailer = (
        bytes(6) + b"\1\1" + count.to_bytes(8, "big") + bytes(8) + len(body).to_bytes(8, "big")
    )
    start = time.process_time()
    reading = read(body + table + trailer)
    assert reading.reasons == ["too_large"]
    assert time.process_time() - start < 10


def test_damage_is_survived(read) -> None:
    rng = random.Random(1)
    for data in (
        plistlib.dumps({"a": [1, 2.5, b"x", "文"]}, fmt=plistlib.FMT_BINARY),
        SECTION + bytes(30) + MARK + (9).to_bytes(8, "little") + bytes(12) + b"words of it",
        json.dumps(notebook()).encode(),
    ):
        for _ in range(150):
            damaged = bytearray(data)
            for _ in range(rng.randrange(1, 6)):
                damaged[rng.randrange(len(data))] = rng.randrange(256)
            reading = read(bytes(damaged[: rng.randrange(9, len(data) + 1)]), "a.ipynb")
            allowed = {"malformed", "unsupported_format", "unknown_encoding"}
            assert set(reading.reasons) <= allowed


KIN = {
    "a.svg": '<svg xmlns="http://www.w3.org/2000/svg"><text>控えの言葉</text></svg>',
    "a.plist": '<?xml version="1.0"?><plist><key>番</key><string>控えの言葉</string></plist>',
    "a.html": "<html><body><table><tr><td>控えの言葉</td></tr></table></body></html>",
    "a.yaml": "番号: 控えの言葉\n次: 値\n",
    "a.ini": "[節]\n番号=控えの言葉\n",
    "a.properties": "key=控えの言葉\n",
}


@pytest.mark.parametrize("name", KIN)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le", "utf-16-be", "cp932"])
def test_kin_of_other_formats_in_any_encoding(name: str, encoding: str, read) -> None:
    data = KIN[name].encode(encoding)
    assert "控えの言葉" in read(data, name).words
    assert scan(Content(name, data), Limits(), key=b"k" * 32).state is State.COMPLETE


def test_saved_pages(read) -> None:
    page = "<html><body>控えの言葉</body></html>".encode("cp932")
    data = (
        b"From: <Saved by a browser>\r\nSubject: x\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/related; boundary="b"\r\n\r\n--b\r\n'
        b"Content-Type: text/html; charset=shift_jis\r\nContent-Location: http://a.example/\r\n\r\n"
        + page
        + b"\r\n--b\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        + base64.encodebytes(picture())
        + b"--b--\r\n"
    )
    reading = read(data, "a.mhtml")
    assert reading.format == "eml"
    assert "控えの言葉" in reading.words
    assert [m.data for m in reading.members] == [picture()]
