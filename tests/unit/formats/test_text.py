from __future__ import annotations

from auditor.model import Limits


def test_any_text_under_any_name(read) -> None:
    for name in ("memo.txt", "memo.dat", ""):
        reading = read("番号の話です。\n二行目".encode("cp932"), name)
        assert reading.format == "text"
        assert reading.texts == {"": "番号の話です。\n二行目"}
        assert reading.gaps == []


def test_the_charset_of_the_media_type_is_used(read) -> None:
    assert read("表".encode("euc_jp"), "a", "text/plain; charset=EUC-JP").texts == {"": "表"}


def test_binary_under_the_name_of_a_text_is_said(read) -> None:
    reading = read(bytes(range(256)) * 10, "memo.txt")
    assert reading.reasons == ["unknown_encoding"]


def test_text_that_hides_its_words_is_said(read) -> None:
    reading = read(b"%!PS-Adobe-3.0\n(12) show\n", "a.doc")
    assert reading.reasons == ["unsupported_format"]
    assert "12" in reading.words


def test_unknown_binary_is_no_text(read) -> None:
    assert read(b"\x00\x01\x02\x03" * 50, "x.dat", limits=Limits()).format == "binary"
