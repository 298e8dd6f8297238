"""Numbers below each other: what one label names may be a list."""

import pytest

from auditor.detect.candidates import find
from auditor.detect.scopes import alike, lone

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
