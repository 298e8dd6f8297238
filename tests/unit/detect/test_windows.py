"""Labels are read near what may be a number, and the same ones where their words are known."""

import random

import numpy as np
import pytest

from auditor.detect.arrays import find_large
from auditor.detect.forms import NONE
from auditor.detect.needles import label_offsets, word_beginnings, word_offsets
from auditor.detect.units import units
from auditor.detect.windows import labels_of

WORDS = ("個人番号", "マイナンバー", "注文番号", "氏名", "住民票コード", "my number", "見本")


def told(labels):
    return [(label.start, label.end, label.meaning) for label in labels.found]


@pytest.mark.parametrize("seed", range(4))
def test_known_places_of_words_change_nothing(make, seed):
    rng = random.Random(seed)
    parts = [rng.choice((*WORDS, "文" * rng.randrange(900), make.number())) for _ in range(300)]
    text = "、".join(parts)
    found, places = find_large(text), np.array(label_offsets(text), dtype=np.int64)
    plain = labels_of(text, found, places)
    assert len(plain.found) > 50
    assert told(
        labels_of(text, found, places, word_offsets(text, word_beginnings(units(text))))
    ) == told(plain)


def test_labels_far_from_every_number_are_not_read(make):
    text = f"注文番号{'文' * 5_000}個人番号 {make.number()}"
    labels = labels_of(text, find_large(text), np.zeros(0, dtype=np.int64))
    assert [text[label.start : label.end] for label in labels.found] == ["個人番号"]


@pytest.mark.parametrize("words", [None, np.zeros(1, dtype=np.int64)])
def test_nothing_is_read_where_nothing_may_be_a_number(words):
    assert not labels_of("個人番号", NONE, np.zeros(0, dtype=np.int64), words).found


def test_nothing_is_read_where_no_word_begins(make):
    text = f"x {make.number()}"
    nowhere = np.zeros(0, dtype=np.int64)
    assert not labels_of(text, find_large(text), nowhere, nowhere).found
