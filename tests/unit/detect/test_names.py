"""Masking of names, and names that promise numbers."""

import unicodedata
from itertools import pairwise

import pytest

from auditor.detect import detect, spans, speaks_of_numbers

SEPARATORS = [" ", "-", "_", ".", "/", "ー", "　", "‐", "−", "・", "|", "\u200b", ", "]
WIDE = str.maketrans("0123456789", "０１２３４５６７８９")


def masked(text: str) -> str:
    """The text with its spans blotted out."""
    for start, end in reversed(spans(text)):
        text = text[:start] + "•" + text[end:]
    return text


def digits_left(text: str) -> int:
    return sum(char.isdecimal() for char in masked(text))


@pytest.mark.parametrize(
    "around", ["{}", "a{}b", "{}_山田.pdf", "マイナンバー{}です", "IMG{}", "x-{}-y"]
)
def test_runs_are_masked_whatever_stands_beside(around, make):
    numbers = [*make.numbers(5), make.mistyped(), make.digits(11), make.digits(16)]
    left = [digits_left(around.format(number)) for number in numbers]
    assert set(left) == {0}


@pytest.mark.parametrize("separator", SEPARATORS, ids=lambda gap: f"U+{ord(gap[0]):04X}")
@pytest.mark.parametrize("wide", [False, True])
def test_groups_and_single_digits_are_masked(separator, wide, make, grouped):
    number = make.number()
    number = number.translate(WIDE) if wide else number
    left = [
        digits_left(f"メモ{text}b.pdf")
        for text in (grouped(number, separator), separator.join(number))
    ]
    assert left == [0, 0]


def test_other_scripts_are_masked(make):
    for zero in (0x660, 0xE50, 0x1D7CE, 0x1FBF0):
        text = make.number().translate({48 + i: zero + i for i in range(10)})
        assert digits_left(text) == 0


def test_the_tail_of_a_guid_is_left_alone_but_not_what_only_looks_like_one(make):
    guid = make.guid(make.number())
    assert (spans(guid), spans(f"items/{guid}/content")) == ([], [])
    assert spans(f"x{guid}") != []
    assert spans(guid[9:]) != []


@pytest.mark.parametrize(
    "name",
    [
        "report 2026-04-01.pdf",
        "2026-04-01_2026-05-01",
        "v1.2.3.4",
        "IMG_20260401_123456.jpg",
        "03-1234-5678",
    ],
)
def test_ordinary_names_stay_readable(name):
    assert spans(name) == []


def test_whatever_is_detected_is_masked(make, grouped):
    bad = 0
    for number in make.numbers(300):
        gap = make.rng.choice(["", " ", "-", "_", "/", "  ", " - "])
        cut = make.rng.randrange(1, 12)
        written = make.rng.choice([grouped(number, gap), number[:cut] + gap + number[cut:]])
        name = make.rng.choice(["{}", "個人番号{}", "my_number {}.pdf", "{}_佐藤.pdf"]).format(
            written
        )
        covered = spans(name)
        bad += any(
            not any(start <= hit.start and hit.end <= end for start, end in covered)
            for hit in detect(name).hits
        )
    assert bad == 0


def test_spans_are_ordered_and_apart(make):
    text = " x ".join(make.numbers(4))
    found = spans(text)
    assert found == sorted(found)
    assert all(a[1] < b[0] for a, b in pairwise(found))
    assert len(found) == 4


@pytest.mark.parametrize(
    "name",
    [
        *(
            "マイナンバー一覧.zip",
            "ﾏｲﾅﾝﾊﾞｰ.xlsx",
            "個人番号.csv",
            "通知カード_表.png",
            "R7源泉徴収票.pdf",
        ),
        *(
            "扶養控除等申告書",
            "支払調書",
            "MyNumber.xlsx",
            "my_number",
            "My-Number",
            "ＭＹＮＵＭＢＥＲ",
        ),
        *("kojin_bango.csv", "SHFD0006.CSV", "r7.xtx", "資格取得届", "台紙.jpg", "年末調整2026"),
        unicodedata.normalize("NFD", "マイナンバー"),
    ],
)
def test_names_that_promise_numbers(name):
    assert speaks_of_numbers(name)


@pytest.mark.parametrize(
    "name", ["", "議事録.docx", "order number.txt", "番号.xlsx", "mynotes.txt", "法人番号一覧.csv"]
)
def test_names_that_promise_nothing(name):
    assert not speaks_of_numbers(name)
