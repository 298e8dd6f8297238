"""Runs of writing in bytes of which nothing says where a text begins."""

from __future__ import annotations

import pytest

from auditor.formats import _packed, _strings
from auditor.model import Limits

LINE = "本日は晴天なり。個人番号の提供について"


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be", "utf-8", "cp932"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\0"])
def test_lines_are_read_in_the_right_order_of_bytes(codec: str, end: str) -> None:
    data = ((LINE + end) * 20).encode(codec)
    assert [run.text for run in _strings.runs(data)] == [LINE] * 20


def test_digits_come_with_the_words_around_them() -> None:
    text = "番号 000000000000 まで"
    for codec in ("cp932", "utf-16-le"):
        assert _strings.numeric(b"\1\2" + text.encode(codec) + b"\1\2")[0].startswith(text)
    assert _strings.numeric(b"12345678") == []


def test_words_take_short_labels_too() -> None:
    data = b"\0\1" + "個人番号".encode("utf-16-le") + b"\0\0\1\2" + "氏名の記入欄".encode("cp932")
    found = list(_strings.words(data))
    assert any("個人番号" in text for text in found)
    assert any("氏名の記入欄" in text for text in found)


@pytest.mark.parametrize(
    ("text", "codec"), [("個人番号の届出", "cp932"), ("café naïve übermäßig", "cp1252")]
)
def test_eight_bit_text_is_guessed(text: str, codec: str) -> None:
    assert _strings.guessed(text.encode(codec)) == text


def test_members_of_a_zip_stand_for_it(zipped) -> None:
    views = list(_packed.views(zipped({"a.txt": "甲", "b.txt": "乙"}), Limits()))
    assert [view.decode() for view in views] == ["甲", "乙"]
