"""Labels that are made of two, and labels inside paths."""

import pytest

from auditor.detect.labels import Meaning, read

WHOLE = {
    "マイナンバー コード": Meaning.STRONG,
    "mynumber_id": Meaning.STRONG,
    "個人番号又は法人番号": Meaning.EITHER,
    "法人番号（個人番号）": Meaning.EITHER,
}


@pytest.mark.parametrize("text", WHOLE)
def test_two_words_make_one_label(text):
    (label,) = read(text)
    assert label.meaning is WHOLE[text]
    assert (label.start, label.end) in {(0, len(text)), (0, len(text) - 1)}


@pytest.mark.parametrize("text", ["マイナンバー、コード", "個人番号：id"])
def test_two_words_apart_stay_two(text):
    first, _ = read(text)
    assert first.meaning is Meaning.STRONG


@pytest.mark.parametrize("text", ["/my_number/", "GET /api/mynumber?x=1", "/mynumber.html"])
def test_a_part_of_a_path_is_a_topic(text):
    said = {label.meaning for label in read(text)}
    assert Meaning.TOPIC in said
    assert Meaning.STRONG not in said


def test_offsets_are_added():
    (label,) = read("個人番号", 70)
    assert (label.start, label.end) == (70, 74)
