"""Many texts at once: the answers are those of looking at each."""

import random

import pytest

from auditor.detect import batch, detect
from auditor.detect.batch import detect_texts
from auditor.detect.labels import LATIN_NEEDLES, NEEDLES, has_label
from corpus import identifiers

WORDS = (
    "個人番号 マイナンバー ﾏｲﾅﾝﾊﾞｰ my_number My Number KOJIN_BANGO 住民票コード 法人番号 "
    "伝票番号 会議 資料 電話 お送りします マイナス 個人的 共通 album number "
    "the\x01 ①②③④ 😀 １２ 個 人 番 号 mn番号"
).split(" ")


def texts(seed, count):
    rng = random.Random(seed)
    digits = identifiers.digits
    kinds = (
        lambda: identifiers.individual(rng),
        lambda: identifiers.courier(rng),
        lambda: digits(rng, 12),
        lambda: digits(rng, 11),
        lambda: " ".join(digits(rng, 4) for _ in range(3)),
        lambda: identifiers.individual(rng).lstrip("0")[1:],
        lambda: f"03-{digits(rng, 4)}-{digits(rng, 4)}",
        lambda: "1.23457E+11",
        lambda: "四八三九二〇一七五六四四",
        lambda: digits(rng, 1),
        lambda: "-",
    )
    made = []
    for _ in range(count):
        parts = []
        for _ in range(rng.choice([0, 1, 2, 5, 20])):
            part = rng.choice(WORDS) if rng.random() < 0.7 else rng.choice(kinds)()
            parts.append(part + rng.choice(["", " ", "：", "\n", "は"]))
        made.append("".join(parts))
    return made


def plain(found):
    hits = [(hit.number, hit.confidence, hit.location, hit.reasons) for hit in found.hits]
    return hits, [(hit.start, hit.end) for hit in found.hits], found.suspects


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("together", [200, 1 << 20])
def test_texts_together_are_each_text_alone(seed, together, monkeypatch):
    monkeypatch.setattr(batch, "_TOGETHER", together)
    many = texts(seed, 400)
    alone = [plain(detect(text)) for text in many]
    answers = [plain(found) for found in detect_texts(many)]
    assert [at for at, (a, b) in enumerate(zip(answers, alone, strict=True)) if a != b] == []
    assert sum(bool(hits) for hits, _, _ in alone) > 30


def test_names_belong_to_their_texts(make):
    many = [make.number("5"), "会議", make.number("5")]
    around = [("送り状",), ("マイナンバー",), ("マイナンバー",)]
    many[0] = many[2]
    found = detect_texts(many, around)
    assert [plain(one) for one in found] == [
        plain(detect(text, around=names)) for text, names in zip(many, around, strict=True)
    ]
    assert [len(one.hits) for one in found[1:]] == [0, 1]
    assert plain(found[0]) != plain(found[2])


def test_names_for_some_texts_are_refused():
    with pytest.raises(ValueError, match="each text"):
        detect_texts(["a", "b"], [("c",)])


def test_long_texts_are_read_as_well(make):
    long = "本日は晴天なり。" * 2_000 + f"個人番号：{make.number('5')}"
    found = detect_texts(["会議", long, "資料"])
    assert [len(one.hits) for one in found] == [0, 1, 0]


def test_nothing_gives_nothing():
    assert detect_texts([]) == []
    assert [len(one.hits) for one in detect_texts(["", ""])] == [0, 0]


@pytest.mark.parametrize("word", [*NEEDLES, *LATIN_NEEDLES])
def test_every_word_of_a_label_is_seen(word, monkeypatch):
    asked = []
    monkeypatch.setattr(batch, "has_label", lambda text: asked.append(text) or has_label(text))
    detect_texts(["会議", f"x{word}y", word, "資料"])
    assert [word in text for text in asked] == [True, True]
