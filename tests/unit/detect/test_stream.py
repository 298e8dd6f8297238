"""A text gives the same answer whole, in pieces cut anywhere, and in blocks of any size."""

import pickle
import random
import tracemalloc

import pytest

from auditor.detect import Stream, detect, detect_stream, encoded, islands, passage, stream, texts
from auditor.detect.evidence import DETAILED
from auditor.detect.rows import Hits
from corpus.document import documents
from reference.texts import long_texts, text_at

AROUND = ((), (), ("マイナンバー一覧.xlsx",), ("請求書",))
SMALL = 161
"""Characters up to which a text may be a name, which is never read in blocks."""


@pytest.fixture
def blocks(monkeypatch):
    """Make blocks as short as asked."""

    def shorten(size, direct=SMALL):
        for module in (islands, texts, stream, encoded):
            monkeypatch.setattr(module, "BLOCK", size)
        monkeypatch.setattr(passage, "_SHARE", max(1, size // 3))
        monkeypatch.setattr(passage, "_MOST", 0)
        for module in (texts, stream):
            monkeypatch.setattr(module, "DIRECT", direct)

    return shorten


def same(one, other):
    """Whether two answers are equal in everything; shows neither."""
    return list(one.hits) == list(other.hits) and one.suspects == other.suspects


# Latin-1 has these three apart from the rest: whether a row of them alone counts as digits hangs on
# what else stands in the text.
LATIN_RAISED = str.maketrans("¹²³", "⁴⁵⁶")


def joined(seed, nth):
    rng = random.Random(f"{seed}:{nth}")
    parts = (text_at(seed + nth, i) for i in range(rng.randrange(2, 7)))
    return rng.choice(["\n", "", " ", "\n\n"]).join(parts).translate(LATIN_RAISED)


def pieces(text, rng, longest):
    at = 0
    while at < len(text):
        end = at + rng.randrange(1, longest + 1)
        yield text[at:end]
        at = end


@pytest.mark.parametrize(("size", "count"), [(16, 36), (64, 80), (257, 120), (1000, 150)])
def test_blocks_of_any_size_give_the_same(size, count, blocks):
    made = [joined(10_000 * size, nth) for nth in range(count)]
    whole = [detect(text, around=AROUND[i % 4]) for i, text in enumerate(made)]
    assert sum(len(found.hits) for found in whole) > count // 2
    blocks(size)
    again = [detect(text, around=AROUND[i % 4]) for i, text in enumerate(made)]
    assert [i for i, pair in enumerate(zip(whole, again, strict=True)) if not same(*pair)] == []


@pytest.mark.parametrize("longest", [1, 7, 300])
def test_pieces_cut_anywhere_give_the_same(longest, blocks):
    rng = random.Random(longest)
    made = [joined(77_000 + longest, nth) for nth in range(60)]
    whole = [detect(text) for text in made]
    blocks(200)
    split = [detect_stream(pieces(text, rng, longest)) for text in made]
    assert [i for i, pair in enumerate(zip(whole, split, strict=True)) if not same(*pair)] == []


def test_every_cut_through_label_number_and_surrogates_gives_the_same(make, blocks):
    text = f"\ud83d\ude00😀個人番号：{make.number('4')}\r\nMy Number {make.number('5')}"
    whole = detect(text)
    blocks(16, direct=0)
    cuts = [(text[:i], text[i:j], text[j:]) for j in range(len(text)) for i in range(j % 3, j, 3)]
    assert [i for i, cut in enumerate(cuts) if not same(detect_stream(cut), whole)] == []


def test_borders_of_real_blocks_are_no_borders(monkeypatch):
    for nasty in long_texts(5, 2, 3 * islands.BLOCK // 8, islands.BLOCK // 8):
        text = nasty.translate(LATIN_RAISED)
        whole = detect(text)
        monkeypatch.setattr(stream, "BLOCK", islands.BLOCK // 8)
        assert same(detect_stream([text]), whole)
        monkeypatch.undo()


HOSTILE = {
    "endless digits": lambda n: "7" * n,
    "endless full-width digits": lambda n: "７" * n,
    "single digits": lambda n: "1 2 " * (n // 4),
    "groups of four": lambda n: "4839 " * (n // 5),
    "spaces": lambda n: " " * n,
    "labels": lambda n: "マイナンバー" * (n // 6),
    "labels that overlap": lambda n: "法人番号又は個人番号又は" * (n // 12),
    "labels and digits": lambda n: "個人番号 123 " * (n // 9),
    "endless fraction": lambda n: "個人番号 1." + "0" * n + "E+11 ",
    "keys": lambda n: '"a":' * (n // 4),
    "kanji numerals": lambda n: "一二三" * (n // 3),
    "circled": lambda n: "①" * n,
    "emoji": lambda n: "😀1" * (n // 2),
    "numbers on one line": lambda n: "個人番号 621498320257 と " * (n // 20),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_gives_the_same(name, blocks):
    text = HOSTILE[name](12_000)
    for made in (text, f"{text}\n個人番号 621498320257", f"x\n{text}"):
        blocks(1 << 20, direct=1 << 20)
        whole = detect(made)
        blocks(4_099)
        assert same(detect(made), whole)
        assert same(detect_stream(pieces(made, random.Random(1), 5_000)), whole)


def test_labelled_documents_give_the_same(blocks):
    made = [
        (segment.text, document.around)
        for document in documents("tuning", 1)
        for segment in document.segments
        if hasattr(segment, "text")
    ]
    whole = [detect(text, around=around) for text, around in made]
    blocks(120)
    split = [
        detect_stream(pieces(text, random.Random(i), 90), around=around)
        for i, (text, around) in enumerate(made)
    ]
    assert [i for i, pair in enumerate(zip(whole, split, strict=True)) if not same(*pair)] == []
    assert sum(len(found.hits) for found in whole) > 100


def test_places_are_those_of_the_whole_text(make):
    filler = "吾輩は猫である。名前はまだ無い。\n" * 70_000
    text = f"{filler}個人番号 {make.number('4')}\n{filler}個人番号 1.23457E+11\n"
    found = detect_stream(pieces(text, random.Random(3), 300_000))
    assert [hit.location for hit in found.hits] == ["line 70001"]
    assert [suspect.location for suspect in found.suspects] == ["line 140002"]
    assert [hit.start for hit in found.hits] == [len(filler) + 5]
    assert same(found, detect(text))


def test_a_single_line_has_no_place(make, blocks):
    text = "あ" * 5_000 + f"個人番号 {make.number('4')}"
    blocks(100)
    assert [hit.location for hit in detect_stream([text]).hits] == [""]
    assert [hit.location for hit in detect_stream([text, "\n"]).hits] == ["line 1"]


def test_nothing_gives_nothing():
    assert detect_stream([]).hits == ()
    assert detect_stream(["", ""]).hits == ()
    assert detect_stream(["あ" * 100_000]).hits == ()


def test_a_finished_stream_takes_no_more(make):
    one = Stream()
    one.feed(f"個人番号 {make.number('4')}")
    assert len(one.finish().hits) == 1
    with pytest.raises(ValueError, match="finished"):
        one.feed("x")
    with pytest.raises(ValueError, match="finished"):
        one.finish()


def test_a_short_stream_may_be_a_name(make):
    number = make.number("4")
    assert [hit.reasons[-1] for hit in detect_stream([number, "_佐藤花子.pdf"]).hits] == [
        "person_named"
    ]


def test_memory_stays_constant():
    filler = "吾輩は猫である。名前はまだ無い。どこで生れたか頓と見当がつかぬ。\n" * 4_000
    one = Stream()
    one.feed(filler * 20)
    tracemalloc.start()
    for _ in range(80):
        one.feed(filler)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 24 << 20
    assert one.finish().hits == ()


def test_very_many_hits_take_a_few_bytes_each(make):
    numbers = make.numbers(2_000)
    lines = [f"個人番号 {number}\n" for number in numbers]
    one = Stream()
    for _ in range(8):
        one.feed("".join(lines))
    found = one.finish()
    hits = found.hits
    assert isinstance(hits, Hits)
    assert len(hits) == 8 * len(numbers)
    assert len({hit.number for hit in hits}) == len(set(numbers))
    placed = [bool(hit.location) for hit in hits]
    assert placed == [True] * DETAILED + [False] * (len(hits) - DETAILED)
    assert hits[-1].start == hits[len(hits) - 1].start
    assert [hit.start for hit in hits[5:20:5]] == [hits[i].start for i in (5, 10, 15)]
    with pytest.raises(IndexError):
        hits[len(hits)]
    columns = hits._rows
    names = ("starts", "lengths", "values", "lines", "cases", "verdicts")
    assert sum(getattr(columns, name).itemsize for name in names) <= 40
    with pytest.raises(TypeError, match="never leaves"):
        pickle.dumps(hits)
    assert not any(map(str.isdigit, repr(hits).partition(" at ")[0]))


def test_what_cannot_become_a_hit_is_forgotten_on_the_way(make, monkeypatch, blocks):
    monkeypatch.setattr(texts, "TALLIED", 200)
    monkeypatch.setattr(texts, "_WAITING", 50)
    ids = [make.digits(12) for _ in range(12_000)]
    log = [f"GET {one} ok\n" for one in ids]
    named = [f"個人番号 {number}\n" for number in make.numbers(300)]
    text = "".join(log[:6_000] + named + log[6_000:])
    whole = detect(text)
    blocks(5_000)
    one = Stream()
    for piece in pieces(text, random.Random(4), 4_000):
        one.feed(piece)
    waiting = len(one._gathering._rows.starts)
    found = one.finish()
    assert same(found, whole)
    assert len(found.hits) == len(named)
    assert waiting < 2 * len(named) + 100


def test_later_numbers_are_judged_by_the_first_ones_written_alike(make, monkeypatch):
    monkeypatch.setattr(texts, "TALLIED", 60)
    first = [f"{make.courier()} 受領\n" for _ in range(100)]
    then = [f"{number} 受領\n" for number in make.numbers(50)]
    assert detect("".join(first + then)).hits == ()
    assert len(detect("".join(then + first)).hits) >= len(then)
