"""Names and values that stand apart: blocks on pages, numbered answers, notes at the foot."""

import pytest

from auditor.detect.pairing import named_apart, value_apart

BLOCKS = {
    "氏名\n個人番号\n住所\n\n佐藤 花子\n#\n東京都": "個人番号",
    "届出書\n契約番号\n個人番号\n#\n別紙": "契約番号",
    "氏名\n続柄\n個人番号\n佐藤\n妻\n#\n鈴木\n子\n#": "個人番号",
    "佐藤 花子\n#\n\n氏名\n個人番号\n上記のとおり届け出ます。": "個人番号",
    "社員票\n佐藤\n#\n氏名\n個人番号": "個人番号",
    "氏名\n個人番号\n#\n住所\n東京都": None,
    "個人番号\n#\n": None,
    "氏名\n続柄\n個人番号\n佐藤\n妻\nこの人は長い説明を持つ\n鈴木\n子\n#": None,
    "佐藤\n鈴木\n#\n高橋\n氏名": None,
    "お読みください。\n#": None,
}


def last(text: str) -> tuple[int, int]:
    return text.rindex("#"), text.rindex("#") + 1


@pytest.mark.parametrize("text", BLOCKS)
def test_a_value_has_the_name_of_its_place(text):
    digits = text.replace("#", "4" * 12)
    low = digits.rindex("4" * 12)
    found = named_apart(digits, low, low + 12)
    assert (found and digits[found.start : found.end]) == BLOCKS[text]
    assert found is None or found.block


MARKS = {
    "① 佐藤\n② #\n\n> ① 氏名\n> ② 個人番号": "> ② 個人番号",
    "1) 氏名\n2) 個人番号\n\n1) 佐藤\n2) #": "2) 個人番号",
    "A. 氏名\nB. 個人番号\n\nB. #": "B. 個人番号",
    "番号※1 #\n\n※1 個人番号を記入": "※1 個人番号を記入",
    "番号* #\n住所 東京都\n* 個人番号を記入": "* 個人番号を記入",
    "番号※1 #\n\n※2 個人番号を記入": None,
    "※1 #\n※1 個人番号": None,
    "② #\n③ 個人番号": None,
    "② #\n② 483920175644": None,
    "佐藤 #": None,
}


@pytest.mark.parametrize("text", MARKS)
def test_a_value_has_the_name_of_its_mark(text):
    found = named_apart(text, *last(text))
    assert (found and text[found.start : found.end]) == MARKS[text]
    assert found is None or not found.block


VALUES = {
    "氏名\n個人番号\n佐藤\n# (控)": True,
    "氏名:\n個人番号:\n\n佐藤\n# 様": True,
    "氏名\n個人番号\n佐藤": False,
    "氏名と個人番号の欄に書くこと\n佐藤\n#": False,
    "氏名\n個人番号\n" + "佐" * 260 + "\n#": False,
    "個人番号\n#": False,
}


@pytest.mark.parametrize("text", VALUES)
def test_a_name_finds_its_value_in_the_block(text):
    start = text.index("個人番号")
    at = value_apart(text, start, start + 4)
    assert at == (text.index("#") if VALUES[text] else -1)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("届出書\n契約番号\n個人番号\n氏名\n{}\n（別紙）\n佐藤", "ignore"),
        ("届出書\n契約番号\n個人番号\n氏名\n別紙\n{}\n佐藤", "high"),
        ("回答\n1) {}\n2) 佐藤\n\n> 1) 個人番号\n> 2) 氏名", "high"),
        ("回答\n1) {}\n2) 佐藤\n\n> 1) 注文番号\n> 2) 個人番号の氏名", "ignore"),
        ("番号※ {}\n\n※ 個人番号を記入してください", "high"),
        ("1) {}\n\n> 1) 個人番号、注文番号", "low"),
        ("個人番号：{}\n\n※ 注文番号", "high"),
    ],
)
def test_what_stands_apart_decides(text, expected, make, verdict):
    said = verdict(text.format(make.number("57")))
    assert said == expected


def test_digits_in_odd_groups_are_read_in_a_block(make, verdict):
    number = make.number("57")
    boxes = "  ".join(" ".join(number[at : at + 4]) for at in (0, 4, 8))
    said = verdict(f"氏名\n個人番号\n住所\n佐藤\n{boxes}\n東京都")
    assert said == "high"
