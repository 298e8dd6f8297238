from __future__ import annotations

import time

import pytest

LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY l0 "lol">'
    + "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, 12))
    + "]><l>&l11;</l>"
)


def test_tags_and_attributes_are_labels(read) -> None:
    xml = '<?xml version="1.0"?>\n<DATA id="D1">\n<gen:kojinbango xmlns:gen="u">55</gen:kojinbango>'
    reading = read((xml + "\n</DATA>").encode(), "SHINKOKU.xtx")
    assert reading.format == "xml"
    lines = reading.texts[""].split("\n")
    assert lines[1:3] == ["DATA id: D1", "kojinbango: 55"]  # on the lines of the source
    assert reading.gaps == []


def test_a_name_beside_a_value_is_its_label(read) -> None:
    xml = '<?xml version="1.0"?><f name="個人番号"><value>55</value></f>'
    assert "個人番号 value: 55" in read(xml.encode()).words


@pytest.mark.parametrize("codec", ["Shift_JIS", "EUC-JP", "UTF-8", "UTF-16", "Windows-31J"])
def test_declared_encodings(read, codec: str) -> None:
    text = f'<?xml version="1.0" encoding="{codec}"?><番号>五五</番号>'
    real = {"Shift_JIS": "cp932", "Windows-31J": "cp932"}.get(codec, codec)
    assert "番号: 五五" in read(text.encode(real), "a.xml").words


def test_a_fault_keeps_what_came_before_and_after(read) -> None:
    reading = read(b'<?xml version="1.0"?><a><b>one</c><d>two & three</d><e f="four">')
    assert reading.reasons == ["malformed"]
    for word in ("one", "two & three", "four"):
        assert word in reading.words


def test_nothing_is_expanded_or_fetched(read, tmp_path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("fetched")
    xml = (
        f'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY e SYSTEM "{secret.as_uri()}">'
        '<!ENTITY n "inside">]><a>&e;&n;&nbsp;end</a>'
    )
    reading = read(xml.encode())
    assert "fetched" not in reading.words
    assert "inside" in reading.words  # declared text is read where it is declared
    assert reading.gaps == []
    laughs = read(LAUGHS.encode())
    assert len(laughs.words) < 2 * len(LAUGHS)


@pytest.mark.parametrize("tail", ["</a>" * 100_000, "</b>" + "</a>" * 100_000, ""])
def test_depth_costs_nothing(read, tail: str) -> None:
    start = time.process_time()
    reading = read(b'<?xml version="1.0"?>' + b"<a>" * 100_000 + b"deep" + tail.encode())
    assert time.process_time() - start < 5
    assert "deep" in reading.words


@pytest.mark.parametrize(
    "junk",
    [
        *("<" * 200_000, "<!--" * 100_000, '<b c="' * 100_000, "&" * 99_999),
        *("<" + "b" * 400_000 + "<", "<b " + "c" * 400_000 + ">", "<b c" + " " * 400_000 + ">"),
    ],
)
def test_hostile_markup_ends(read, junk: str) -> None:
    start = time.process_time()
    read(('<?xml version="1.0"?><a>' + junk).encode())
    assert time.process_time() - start < 5


def test_comments_and_cdata(read) -> None:
    reading = read(b'<?xml version="1.0"?><a><!-- aside --><![CDATA[<raw> 1]]></a>')
    assert reading.texts["comment"].strip() == "aside"
    assert "<raw> 1" in reading.words
