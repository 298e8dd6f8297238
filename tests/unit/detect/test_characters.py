"""Gaps and neighbours, one at a time."""

import pytest

from auditor.detect import characters
from auditor.detect.characters import gap_flags, neighbour


@pytest.mark.parametrize("gap", ["", "    ", "-----", " x", ",", "\u1680", "\x01", "- \x1c"])
def test_what_joins_nothing(gap):
    assert gap_flags(gap) == 0


def test_zero_width_counts_only_where_it_stands_alone():
    alone, beside = gap_flags("\u200b\u2060"), gap_flags("\u200b-\ufeff")
    assert (alone, beside) == (characters.ZERO, characters.DASH)


def test_no_neighbour_and_neighbours_of_other_planes():
    said = [neighbour(char) for char in ("", "𠮷", "\U0001d7d1", "\U000104a5")]
    assert said == [0, 0, characters.DIGIT, characters.DIGIT]
