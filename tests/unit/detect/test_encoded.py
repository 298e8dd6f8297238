"""Encoded bytes give the answer of the decoded text, of which little is decoded."""

import random
import time
from types import SimpleNamespace

import numpy as np
import pytest

from auditor.detect import detect, detect_bytes, encoded, islands, texts
from auditor.detect.encoded import Encoded, _characters
from corpus.document import documents
from reference.texts import text_at

ENCODINGS = ("utf-8", "cp932", "euc_jp")
PROSE = (
    "吾輩は猫である。名前はまだ無い。どこで生れたか頓と見当がつかぬ。何でも薄暗いじめじめした所で"
    "ニャーニャー泣いていた事だけは記憶している。二十三日、三月は一人で四、五回も行った。ﾊﾝｶｸもある。\n"
)


def same(one, other):
    """Whether two answers are equal in everything; shows neither."""
    return list(one.hits) == list(other.hits) and one.suspects == other.suspects


# Latin-1 has these three apart from the rest: whether a row of them alone counts as digits hangs on
# what else stands in the text.
LATIN_RAISED = str.maketrans("¹²³", "⁴⁵⁶")


def encode(text, encoding):
    """Give bytes without what the encoding lacks, and the text they hold."""
    text = text.translate(LATIN_RAISED)
    data = text.encode(encoding, "ignore")
    return data, data.decode(encoding)


@pytest.fixture
def short(monkeypatch):
    """Let short texts be worth it, in blocks as short as asked."""

    def shorten(size):
        monkeypatch.setattr(encoded, "_WORTH", 0)
        monkeypatch.setattr(encoded, "BLOCK", size)

    return shorten


def spread(seed, rng):
    """Nasty stretches far apart in prose, which is skipped."""
    parts = []
    for i in range(4):
        at = rng.randrange(len(PROSE))
        parts += [(PROSE * 40)[at : at + rng.randrange(1, 6_000)], text_at(seed, i)]
    return "".join(parts)


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_bytes_give_the_answer_of_their_text(encoding, short):
    rng = random.Random(encoding)
    made = [encode(spread(9_000 + nth, rng), encoding) for nth in range(40)]
    made += [encode("\n".join(text_at(500 + n, i) for i in range(4)), encoding) for n in range(90)]
    # What may be a name is no file of bytes.
    made = [(data, text) for data, text in made if len(text) > 161]
    whole = [detect(text) for _, text in made]
    assert sum(len(found.hits) for found in whole) > 50
    for size in (1 << 20, 3_001):
        short(size)
        found = [detect_bytes(data, encoding) for data, _ in made]
        assert [i for i, pair in enumerate(zip(whole, found, strict=True)) if not same(*pair)] == []


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_labelled_documents_give_the_same(encoding, short):
    made = [
        (*encode(segment.text, encoding), document.around)
        for document in documents("tuning", 1)
        for segment in document.segments
        if hasattr(segment, "text") and len(segment.text) > 200
    ]
    whole = [detect(text, around=around) for _, text, around in made]
    short(1 << 20)
    found = [detect_bytes(data, encoding, around=around) for data, _, around in made]
    assert [i for i, pair in enumerate(zip(whole, found, strict=True)) if not same(*pair)] == []


WRITTEN = {
    "run": lambda number: number,
    "groups": lambda number: f"{number[:4]}-{number[4:8]}-{number[8:]}",
    "full width": lambda number: number.translate({48 + d: 0xFF10 + d for d in range(10)}),
    "single": " ".join,
    "one a line": "\n".join,
    "other groups": lambda number: f"{number[:3]} {number[3:7]} {number[7:]}",
    "letters": lambda number: number.replace("1", "l"),
    "kanji": lambda number: number.translate(
        {48 + d: c for d, c in enumerate("〇一二三四五六七八九")}
    ),
    "kanji apart": lambda number: "・".join(
        number.translate({48 + d: c for d, c in enumerate("〇一二三四五六七八九")})
    ),
    "circled": lambda number: number.translate({48 + d: 0x245F + d for d in range(1, 10)}),
}


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("way", WRITTEN)
def test_every_way_to_write_a_number_is_found_far_into_the_text(way, encoding, make, short):
    if way == "circled" and encoding == "euc_jp":
        pytest.skip("the codec has no circled digits")
    number = make.number("3")
    while "0" in number or not 1 <= number.count("1") <= 3:
        number = make.number("3")
    text = f"{PROSE * 60}マイナンバー：{WRITTEN[way](number)}。\n{PROSE * 60}"
    short(4_000)
    found = detect_bytes(text.encode(encoding), encoding)
    assert len(found.hits) == 1
    assert same(found, detect(text))


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_lost_digits_and_lost_zeros_are_found_too(encoding, make, short):
    short(4_000)
    zero = make.number("00")
    text = f"{PROSE * 60}個人番号 1.23457E+11\n{PROSE * 60}個人番号 {zero.lstrip('0')}\n{PROSE}"
    found = detect_bytes(text.encode(encoding), encoding)
    assert len(found.suspects) == 1
    assert [hit.reasons[-1] for hit in found.hits] == ["zero_lost"]
    assert same(found, detect(text))


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_field_a_digit_is_found_far_into_the_text(encoding, make, short):
    short(4_000)
    fields = "\n".join(f"個人番号_{i}：{d}" for i, d in enumerate(make.number("4"), 1))
    text = f"{PROSE * 60}{fields}\n{PROSE * 60}"
    found = detect_bytes(text.encode(encoding), encoding)
    assert len(found.hits) == 1
    assert same(found, detect(text))


def test_vendors_circled_digits_of_euc_are_found(make, short):
    """Python's codec lacks them; the formats bring a handler."""
    import auditor.formats._encoding  # noqa: F401 - registers the handler

    number = make.number()
    while "0" in number:
        number = make.number()
    circled = b"".join(bytes((0xAD, 0xA0 + int(digit))) for digit in number)
    data = (PROSE * 60 + "個人番号：").encode("euc_jp") + circled + (PROSE * 60).encode("euc_jp")
    short(4_000)
    found = detect_bytes(data, "euc_jp", errors="eucjp_ms")
    assert len(found.hits) == 1
    assert same(found, detect(data.decode("euc_jp", "eucjp_ms")))


def signs(encoding):
    """Characters of every length, also those whose second byte looks like a first one."""
    wanted = "aZ09 \n\\~ｱﾝあン亜腕表ソ能～髙①熙堯彁仂弌" + (
        "丂侄😀é" if encoding == "utf-8" else ""
    )
    wanted += "丂侄" if encoding == "euc_jp" else ""
    return [char for char in wanted if char.encode(encoding, "ignore")]


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_characters_are_counted_and_their_starts_found(encoding):
    rng = random.Random(encoding)
    chars = signs(encoding)
    for _ in range(150):
        some = rng.sample(chars, rng.randrange(1, 5))
        text = "".join(rng.choices(some, k=rng.randrange(1, 400)))
        data = text.encode(encoding)
        starts = np.cumsum([0, *(len(char.encode(encoding)) for char in text)]).tolist()
        source = Encoded(data, encoding, "strict")
        assert _characters(source.row(0, len(data)), encoding) == len(text)
        known = iter(starts)
        last, following = next(known), next(known)
        for at in range(len(data) + 1):
            if at == following:
                last, following = following, next(known, -1)
            assert source.align(at) == last


def test_counting_goes_on_where_it_stopped(monkeypatch):
    monkeypatch.setattr(encoded, "BLOCK", 100)
    data = (PROSE * 20).encode("cp932")
    source = Encoded(data, "cp932", "strict")
    for at in (0, 1, 333, 1_000, 1_001, len(data)):
        place = source.align(at)
        chars, breaks = source.origin(place)
        text = data[:place].decode("cp932")
        assert (chars, breaks) == (len(text), text.count("\n"))


def test_a_fault_near_a_number_is_replaced(make, short):
    short(4_000)
    number = make.number("4")
    data = (PROSE * 60).encode() + b"\xff\xfe" + f"個人番号 {number}\n".encode()
    found = detect_bytes(data, "utf-8")
    assert len(found.hits) == 1
    assert same(found, detect(data.decode("utf-8", "replace")))


def test_other_encodings_are_decoded_first(make, short):
    short(4_000)
    text = f"{PROSE.replace('ﾊﾝｶｸ', '') * 30}個人番号 {make.number('4')}\n"
    for encoding in ("iso2022_jp", "utf-16", "utf-8-sig"):
        assert same(detect_bytes(text.encode(encoding), encoding), detect(text))
    with pytest.raises(LookupError):
        detect_bytes(b"x", "no such encoding")


def test_an_object_with_data_and_encoding_is_a_text(make, short):
    short(4_000)
    text = f"{PROSE * 30}番号は {make.number('4')}\n"
    segment = SimpleNamespace(data=text.encode("cp932"), encoding="shift_jis", place="マイナンバー")
    whole = detect(text, around=["マイナンバー"])
    assert same(detect(segment), whole)
    assert len(whole.hits) == 1


def test_a_single_line_has_no_place(make, short):
    short(4_000)
    text = PROSE.strip() * 60 + f"個人番号 {make.number('4')}"
    assert [hit.location for hit in detect_bytes(text.encode("cp932"), "cp932").hits] == [""]


HOSTILE = {
    "digits": b"7" * 11,
    "full-width digits": b"\x82\x56" * 6,
    "first bytes": b"\x81\x81" * 8,
    "first bytes before digits": b"\x81\x81" * 400 + b"4839 2017",
    "groups": b"4839 ",
    "spaces": b" ",
    "labels": "マイナンバー".encode("cp932"),
    "kanji numerals": "一二三".encode("cp932"),
    "circled": b"\x87\x40",
    "digits in fives": b"12345 67890 a ",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_bytes_take_time_in_proportion_and_give_the_same(name):
    unit = HOSTILE[name]
    data = unit * (600_000 // len(unit))
    start = time.process_time()
    found = detect_bytes(data, "cp932")
    assert time.process_time() - start < 2.5
    assert same(found, detect(data.decode("cp932")))


def test_prose_is_hardly_decoded(monkeypatch):
    decoded = []
    plain = Encoded.text

    def text(self, low, high):
        decoded.append(high - low)
        return plain(self, low, high)

    monkeypatch.setattr(Encoded, "text", text)
    data = (PROSE * 3_000).encode("cp932")
    assert detect_bytes(data, "cp932").hits == ()
    assert sum(decoded) < len(data) / 20


def test_short_bytes_are_read_as_a_name_would_be(make):
    data = f"{make.number('4')}_佐藤花子.pdf".encode("cp932")
    assert [hit.reasons[-1] for hit in detect_bytes(data, "cp932").hits] == ["person_named"]


def test_dense_blocks_are_read_whole(make, monkeypatch):
    lines = "".join(f"{make.digits(12)},{make.digits(7)}\n" for _ in range(4_000))
    monkeypatch.setattr(texts, "DIRECT", islands.BLOCK)
    whole = detect(lines)
    assert same(detect_bytes(lines.encode("cp932"), "cp932"), whole)
