"""Every way of writing a number: characters, separators, line breaks, offsets."""

import pytest

from auditor.detect import detect
from auditor.detect.candidates import find
from auditor.detect.characters import SEPARATOR_FLAGS

LABEL = "個人番号 "
WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
UNLABELLED_ONLY_GROUPS = "/|_¦[]［］、の／｜＿│┃┆┇┊┋\n\r\x0b\x0c\x85\u2028\u2029"


def digits_from(*codes: int) -> dict[int, int]:
    return {48 + value: code for value, code in enumerate(codes)}


RARE = {
    "full width": digits_from(*range(0xFF10, 0xFF1A)),
    "superscript": digits_from(0x2070, 0xB9, 0xB2, 0xB3, *range(0x2074, 0x207A)),
    "subscript": digits_from(*range(0x2080, 0x208A)),
    "circled": digits_from(0x24EA, *range(0x2460, 0x2469)),
    "mathematical bold": digits_from(*range(0x1D7CE, 0x1D7D8)),
    "mathematical monospace": digits_from(*range(0x1D7F6, 0x1D800)),
    "segmented": digits_from(*range(0x1FBF0, 0x1FBFA)),
    "kanji": {48 + value: ord(char) for value, char in enumerate("〇一二三四五六七八九")},
}


@pytest.mark.parametrize("name", RARE)
def test_digits_of_other_code_points(name, make, verdict):
    said = verdict(LABEL + make.number().translate(RARE[name]))
    assert said == "high"


@pytest.mark.parametrize("name", RARE)
def test_digits_of_other_code_points_in_a_long_text(name, make, verdict):
    said = verdict(
        "あ\n" * 5_000 + LABEL + make.number().translate(RARE[name]) + "\n" + "い" * 9_000
    )
    assert said == "high"


@pytest.mark.parametrize("separator", SEPARATOR_FLAGS, ids=lambda char: f"U+{ord(char):04X}")
@pytest.mark.parametrize("wide", [False, True])
def test_every_separator_under_a_label(separator, wide, make, grouped, verdict):
    text = grouped(make.number(), separator)
    said = verdict(LABEL + (text.translate(WIDE) if wide else text))
    assert said == "high"


@pytest.mark.parametrize("separator", SEPARATOR_FLAGS, ids=lambda char: f"U+{ord(char):04X}")
def test_every_separator_without_a_label(separator, make, grouped, verdict):
    said = verdict(grouped(make.number("57"), separator))
    expected = "ignore" if separator in UNLABELLED_ONLY_GROUPS else "low"
    assert said == expected


@pytest.mark.parametrize("separator", SEPARATOR_FLAGS, ids=lambda char: f"U+{ord(char):04X}")
def test_single_digits_with_every_separator(separator, make, verdict):
    said = verdict(LABEL + separator.join(make.number()))
    assert said == "high"


@pytest.mark.parametrize("gap", ["  ", " - ", "- ", "\u200b ", "　　", "\r\n", "\n  "])
def test_two_and_three_separators(gap, make, grouped, verdict):
    said = verdict(LABEL + grouped(make.number(), gap))
    assert said == "high"


@pytest.mark.parametrize("break_", ["\n", "\r\n", "\n　", " \n"])
@pytest.mark.parametrize("cut", range(1, 12))
def test_a_line_break_anywhere_under_a_label(break_, cut, make, verdict):
    number = make.number()
    said = verdict(f"個人番号：{number[:cut]}{break_}{number[cut:]}\n以上")
    assert said == "high"


def test_groups_over_lines_in_a_labelled_paragraph(make, verdict):
    number = make.number("57")
    said = verdict(f"マイナンバーは\n（氏名）\n{number[:4]} {number[4:8]}\n{number[8:]}\nです。")
    assert said in {"medium", "high"}


def test_digits_one_a_line(make, verdict):
    said = verdict("マイナンバー\n" + "\n".join(make.number()) + "\n以上\n")
    assert said == "high"


def test_boxed_digits_of_a_form(make, verdict):
    said = verdict("個人番号 | " + " | ".join(make.number()) + " |\n")
    assert said == "high"


@pytest.mark.parametrize("cuts", [(6, 12), (4, 12), (8, 12), (3, 6, 9, 12), (4, 6, 12)])
def test_other_groupings_only_under_a_label(cuts, make, verdict):
    number = make.number("57")
    parts = [number[i:j] for i, j in zip((0, *cuts), cuts, strict=False)]
    labelled, alone = verdict(LABEL + "-".join(parts)), verdict("-".join(parts))
    assert (labelled, alone) == ("high", "ignore")


def test_letters_that_a_scanner_read_for_digits_only_under_a_label(verdict):
    said = [verdict(LABEL + "4B39 2O17 5644"), verdict("4B39 2O17 5644")]
    assert said == ["high", "ignore"]


def test_a_lost_zero_in_a_text(make, verdict):
    said = [verdict(f"個人番号：{make.number('02').lstrip('0')}") for _ in range(20)]
    assert set(said) == {"high"}


def test_a_phone_with_its_zero_is_no_number_that_lost_one(verdict):
    said = [verdict(f"個人番号 0{prefix}12345678") for prefix in (70, 80, 90)]
    assert set(said) == {"ignore"}


def test_what_spreadsheets_leave_behind(make, verdict):
    number = make.number("57")
    said = [
        verdict(f"個人番号,{number}.0"),
        verdict(f"個人番号,'{number}"),
        verdict(f"{number}.00"),
    ]
    assert said == ["high", "high", "ignore"]


@pytest.mark.parametrize("text", ["ⅫⅤ⑫㏠㍘½" * 20, "⑩⑪⑫⑬⑭⑮", "㊿" * 30, "1日は24時間"])
def test_characters_that_expand_to_digits_are_no_digits(text):
    assert len(find(text)) == 0


def test_offsets_are_those_of_the_given_text(make, grouped):
    for number in make.numbers(50):
        before = make.rng.choice(["", "⑫㏠½", "𠮷野家 ", "ﾏｲﾅﾝﾊﾞｰ", "İstanbul "])
        written = grouped(number, make.rng.choice([" ", "ー", "\u200b"]))
        (hit,) = detect(f"{before}個人番号 {written}です").hits
        start = len(before) + 5
        assert (hit.start, hit.end) == (start, start + len(written))


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_locations_are_lines(newline, make):
    text = newline.join(
        ["件名", "", f"個人番号 {make.number()}", "", f"マイナンバー {make.number()}"]
    )
    places = [hit.location for hit in detect(text).hits]
    assert places == ["line 3", "line 5"]


def test_a_name_has_no_location(make):
    (hit,) = detect(f"マイナンバー_{make.number()}.pdf").hits
    assert hit.location == ""


@pytest.mark.parametrize("encoding", ["utf-8", "cp932", "euc_jp", "utf-16"])
def test_any_encoding_gives_the_same(encoding, make, verdict):
    text = f"個人番号：{make.number().translate(WIDE)}"
    said = verdict(text.encode(encoding).decode(encoding))
    assert said == "high"


FANCY = [
    "個人番号：{}%20{}%20{}",
    "個人番号：{}&nbsp;{}&nbsp;{}",
    "個人番号：{}&#160;{}&#160;{}",
    "My Number: {} {}=\n{}",
    "My Number: {} {} =\n{}",
    "My Number: {}=\n-{}-{}",
    "マイナンバーをお送りします。\n>{}\n>{}-{}",
    "個人番号：**{}** **{}** **{}**",
    "個人番号：（{}）（{}）（{}）",
    "個人番号は「{}」「{}」「{}」です",
    "個人番号：{}={}={}",
    "マイナンバーは最初の4桁が{}、次が{}、最後が{}です",
    "マイナンバーは\n{}、そのあと{}、最後に{}となります",
]


@pytest.mark.parametrize("text", FANCY)
def test_groups_between_marks_and_words_count_behind_a_label(text, make, verdict):
    number = make.number("5")
    said = verdict(text.format(number[:4], number[4:8], number[8:]))
    assert said == "high"


@pytest.mark.parametrize(
    "text", ["マイナンバーは{}、次が{}、次が{}です", "個人番号又は法人番号は{}、次が{}、次が{}です"]
)
def test_pieces_that_fail_or_may_be_another_number_are_none(text, make, verdict):
    number = make.mistyped()
    said = verdict(text.format(number[:4], number[4:8], number[8:]))
    assert said == "ignore"


def test_what_stands_beside_a_number_is_no_piece_of_another(make, grouped, verdict):
    number = grouped(make.number("5"))
    assert verdict(f"個人番号：{number}、次が{number[:4]}") == "high"


def test_an_odd_form_with_another_number_named_in_its_line_goes_on_no_list(make, verdict):
    number = make.number("57")
    said = verdict(f"個人番号、送り状と別：{number[:6]}-{number[6:]}")
    assert said in {"ignore", "low"}


def test_fields_of_a_digit_each_that_go_on_for_too_long_are_no_number(make, verdict):
    name, number = "Social Security and Tax Number", make.number("57")
    lines = [f"{name}_{nth}: {digit}" for nth, digit in enumerate(number, 1)]
    assert verdict("\n".join(lines)) == "ignore"
