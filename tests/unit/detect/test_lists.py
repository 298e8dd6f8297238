"""Numbers below each other: what one label names may be a list."""

import pytest

from auditor.detect.candidates import find
from auditor.detect.lists import alike, lone

ALIKE = {
    "{}\n{}": True,
    "{}\r\n{}\n": True,
    "・{}\n・{}": True,
    "a\t{}\tb\nc\t{}\td": True,
    "{}\n\n{}": False,
    "{} {}": False,
    "{}\n受付の控えはこちらに有りますので {}": False,
}


@pytest.mark.parametrize("sketch", ALIKE)
def test_numbers_below_each_other_are_a_list(sketch, make):
    text = sketch.format(*make.numbers(2))
    found = find(text)
    above, one = found.pick(found.passing)
    said = alike(text, above, one)
    assert said is ALIKE[sketch]


def test_a_number_beside_its_label_begins_no_list_of_numbers_written_otherwise(make, grouped):
    text = f"マイナンバー {make.number()}\n{grouped(make.number())}"
    found = find(text)
    above, one = found.pick(found.passing)
    said = alike(text, above, one)
    assert said is False


def test_a_number_far_into_its_line_is_not_alone(make):
    number = make.number()
    for text, begin in (
        (f"\n{number}\n", 1),
        (number, 0),
        ("ほげ" * 60 + f"、{number}", -1),
        (f"{number}は" + "東京都" * 60, -1),
    ):
        found = find(text)
        (one,) = found.pick(found.passing)
        said = lone(text, one)
        assert said == begin


BETWEEN = {
    "{}\n鈴木 花子\n{}": True,
    "{}\n\n鈴木 花子\n{}": True,
    "佐藤　{}\n鈴木　未提出\n高橋　{}": True,
    "佐藤（妻）　{}\n鈴木 / {}": True,
    "佐藤 {} 1980.01.02生\n鈴木 {}（42歳）": True,
    "│{}│\n│{}│": True,
    "a\t{}\tb\nc\t12\td\ne\t{}\tf": True,
    "a\t{}\tb\nc 12 d\ne\tf\t{}": False,
    "10:01 佐藤: {}\n10:02 店長: ありがとう\n10:03 鈴木: {}": True,
    "佐藤\n{}\n\n鈴木\n12:01\n{}": True,
    "{}\na: い\nb: ろ\nc: は\nd: に\n{}": False,
    "{}\n店長: 電話は？\n鈴木: {}": False,
    "(1, 2, {}),\n(3, 4, {});": True,
    "{}\n受付番号\n{}": False,
    "{}\n免許証：{}": False,
    "a\t{}\tb\nc\td\te\n\n12\n12\nc\t{}\td": False,
    "個人番号 {}\n鈴木 花子\n{}": False,
}


@pytest.mark.parametrize("sketch", BETWEEN)
def test_lines_between_two_of_a_list(sketch, make):
    text = sketch.format(*make.numbers(2))
    found = find(text)
    above, one = found.pick(found.passing)
    said = alike(text, above, one)
    assert said is BETWEEN[sketch]


INSERT = "INSERT INTO my_numbers (a, myNo) VALUES"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("マイナンバー一覧\n\n佐藤\n{}\n\n鈴木\n{}\n", ["high", "high"]),
        ("送り状番号は次の通りです。\n佐藤　{}\n鈴木　{}\n高橋　{}", ["low"] * 3),
        (f"{INSERT} (1,'{{}}');\n{INSERT} (2,'{{}}');", ["high", "high"]),
    ],
)
def test_a_list_goes_on_under_its_label(text, expected, make, verdicts):
    numbers = [make.number("57") for _ in range(text.count("{}"))]
    assert verdicts(text.format(*numbers)) == expected
