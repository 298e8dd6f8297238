"""Lines that a text repeats: what their first numbers are found to be, the later ones are, too."""

import random

import pytest

from auditor.detect import Stream, detect, detect_bytes, islands, passage, repeats, stream, texts
from auditor.detect.repeats import WEIGHED
from auditor.detect.sight import look

LABELS = (
    "個人番号：",
    "ご注文番号：",
    "番号：",
    "account=",
    "No. ",
    "氏名：",
    "法人番号 ",
    '"my_no": ',
)


def told(found):
    """All that an answer says; shows no digit."""
    return [(hit.start, hit.end, hit.location, hit.reasons, hit.confidence) for hit in found.hits]


def same(one, other):
    return list(one.hits) == list(other.hits) and one.suspects == other.suspects


@pytest.fixture
def each(monkeypatch):
    """Detect with a look at each number."""

    def look(text, **more):
        with monkeypatch.context() as patch:
            patch.setattr(repeats, "WEIGHED", 1 << 60)
            return detect(text, **more)

    return look


@pytest.fixture
def looked(monkeypatch):
    """Count the numbers that are weighed."""
    ones = []
    plain = passage._evidence
    monkeypatch.setattr(passage, "_evidence", lambda *given: ones.append(1) or plain(*given))
    return ones


def lines(make, seed, count, labels=LABELS, true=0.8):
    rng = random.Random(seed)
    for nth in range(count):
        number = make.number() if rng.random() < true else make.digits(12)
        if rng.random() < 0.2:
            number = f"{number[:4]}-{number[4:8]}-{number[8:]}"
        tail = rng.choice(("", "", "", " 様", ",0", "\r"))
        yield f"{rng.choice(labels)}{number}{tail}"
        if nth % 100 == 99:
            yield rng.choice(("", "会議の資料", make.digits(9), "以上"))


@pytest.mark.parametrize("label", LABELS)
def test_one_line_again_and_again_gives_what_a_look_at_each_does(label, make, each, looked):
    text = "\n".join(f"{label}{make.number()}" for _ in range(1_200))
    found = detect(text)
    assert len(looked) < 200
    assert same(found, each(text))
    assert len(looked) >= 1_200


def test_digits_of_a_line_do_not_tell_it_from_others(make, each, looked):
    rng = random.Random(3)
    text = "\n".join(
        f'{{"id":{rng.randrange(10**6)},"name":"佐藤","my_number":"{make.number()}"}}'
        for _ in range(1_000)
    )
    found = detect(text)
    assert len(looked) < 300
    assert same(found, each(text))
    assert len(found.hits) == 1_000


@pytest.mark.parametrize("line", ["{}", "佐藤 花子 {}", "{} 個人番号", "個人番号 4839201756 {}"])
def test_other_lines_are_weighed_every_time(line, make, looked):
    text = "個人番号一覧\n" + "\n".join(line.format(make.number()) for _ in range(700))
    assert len(detect(text).hits) >= 690
    assert len(looked) >= 80


def test_two_numbers_a_line_are_weighed_every_time(make, looked):
    text = "\n".join(f"個人番号：{make.number()} 番号：{make.number()}" for _ in range(400))
    detect(text)
    assert len(looked) == 800


def test_short_texts_are_weighed_number_by_number(make, looked):
    text = "\n".join(f"個人番号：{make.number()}" for _ in range(300))
    assert len(text) < texts.DIRECT
    detect(text)
    assert len(looked) == 300


def test_the_strongest_evidence_of_the_first_goes_for_the_later(make):
    plain = [f"番号：{make.number()}\n" + "会議の資料を配りました。" * 30 for _ in range(80)]
    first = f"個人番号を下に書いてください。\n{plain[0]}"
    found = detect("\n".join([first, *plain[1:]]))
    asked = found.hits[0]
    later = [hit for hit in found.hits if hit.start > len("\n".join([first, *plain[1:WEIGHED]]))]
    assert len(later) == 80 - WEIGHED
    assert {hit.confidence for hit in later} == {asked.confidence}


def test_those_that_fail_count_only_where_a_label_names_them(make, each):
    wrong = [make.mistyped() for _ in range(900)]
    for label in ("個人番号：", "account="):
        text = "\n".join(f"{label}{number}" for number in wrong)
        assert same(detect(text), each(text))


def test_what_stands_between_repeated_lines_is_found(make, each):
    rows = [f"account={make.number()}" for _ in range(1_500)]
    rows[700:700] = ["個人番号", make.number()]
    number = make.number()
    rows[900:900] = [f"個人番号 {number[:5]} {number[5:]}"]
    rows[1_100:1_100] = [f"ご注文番号 {make.number()}", f"マイナンバー {make.number()}"]
    text = "\n".join(rows)
    found = detect(text)
    assert same(found, each(text))
    assert sum(hit.confidence == "high" for hit in found.hits) >= 3


@pytest.mark.parametrize("seed", range(2))
def test_however_a_text_comes_the_answer_is_the_same(seed, make, monkeypatch):
    monkeypatch.setattr(repeats, "WEIGHED", 8)
    text = "\n".join(lines(make, seed, 900))
    whole = detect(text)
    assert len(whole.hits) > 200
    for block in (3_000, 10_007):
        with monkeypatch.context() as patch:
            for module in (islands, stream, texts):
                patch.setattr(module, "BLOCK", block)
            pieces = Stream()
            pieces.feed(text)
            assert told(pieces.finish()) == told(whole)
    with monkeypatch.context() as patch:
        patch.setattr("auditor.detect.encoded._WORTH", 0)
        for encoding in ("utf-8", "cp932"):
            assert told(detect_bytes(text.encode(encoding), encoding)) == told(whole)
    with monkeypatch.context() as patch:
        patch.setattr(passage, "_SHARE", 2_000)
        patch.setattr(passage, "_MOST", 0)
        assert told(detect(text)) == told(whole)


def test_so_many_lines_are_kept_in_mind(make, monkeypatch, looked):
    monkeypatch.setattr(repeats, "_LINES", 2)
    text = "\n".join(f"{label}{make.number()}" for _ in range(300) for label in LABELS[:4])
    detect(text)
    assert len(looked) == 600 + 2 * WEIGHED


def test_lines_are_told_apart_by_all_but_long_runs_of_digits(make):
    kinds = (
        "12桁 番号 {}",
        "13桁 番号 {}",
        "番号　12345 {}",
        "番号　67890 {}",
        "番号=1;no={}",
        "番号=3;no={}",
    )
    count = repeats.Repeats()
    seen = []
    for kind in kinds:
        text = kind.format(make.number())
        seen.append(int(look(text, 0, len(text), count).repeated.nth[0]))
    assert seen == [0, 1, 2, 2, 3, 3]
