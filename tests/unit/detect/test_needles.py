"""Words of labels found with arrays are those that the expressions find."""

import random
from itertools import islice

import pytest

from auditor.detect.labels import LATIN_NEEDLES, NEEDLES, fold, has_label, label_places
from auditor.detect.needles import label_offsets, word_beginnings, word_offsets
from auditor.detect.units import units
from auditor.detect.vocabulary import WORDS, pattern
from corpus.document import documents

LETTERS = "yYlLxXｙＹｌＬｘＸnNuUmMoO _-jJiItTreEcordｎＵｍＯｊ\n\t"


def long(text):
    """Long enough for arrays, without a word more."""
    return text + "\n" * 1_100


def places(text):
    return sorted(set(label_places(text))) if has_label(text) else []


def made(seed, count):
    rng = random.Random(seed)
    words = [*NEEDLES, *LATIN_NEEDLES, *"個人番号マイナンバーｙナ"]
    for _ in range(count):
        parts = rng.choices(LETTERS, k=rng.randrange(300)) + rng.choices(words, k=rng.randrange(3))
        rng.shuffle(parts)
        yield "".join(parts)


@pytest.mark.parametrize("seed", range(3))
def test_places_of_labels_are_those_of_the_plain_search(seed):
    texts = [long(text) for text in made(seed, 400)]
    assert sum(map(bool, map(places, texts))) > 100
    assert [i for i, text in enumerate(texts) if label_offsets(text) != places(text)] == []


@pytest.mark.parametrize("word", [*NEEDLES, *LATIN_NEEDLES])
def test_every_needle_is_found_at_either_end(word):
    for text in (long(word), long("")[: -len(word)] + word, long("あ" + word)):
        assert label_offsets(text) == places(text)


@pytest.mark.parametrize("seed", range(3))
def test_words_among_many_digits_and_over_the_borders_of_pieces_are_found(seed, monkeypatch):
    monkeypatch.setattr("auditor.detect.needles._PIECE", 61)
    rng = random.Random(seed)
    for text in made(seed, 40):
        digits = "".join(rng.choices("0123456789,-\n", k=9 * len(text) + 1_100))
        for mixed in (text + digits, digits + text, digits[:700] + text + digits[700:]):
            assert label_offsets(mixed) == places(mixed)
            assert word_offsets(mixed, word_beginnings(units(mixed))).tolist() == words_in(mixed)


def words_in(text):
    folded = fold(text)
    return [at for at in range(len(folded)) if pattern().match(folded, at)]


def test_every_word_of_the_vocabulary_is_found_however_it_is_spaced_and_written():
    rng = random.Random(1)
    for word in WORDS:
        for space in ("", " ", "\u3000\n"):
            plain = word.replace("␣", space)
            wide = "".join(
                chr(ord(char) + 0xFEE0)
                if char.isascii() and char.isalpha() and rng.random() < 0.5
                else rng.choice((char, char.upper()[:1]))
                for char in plain
            )
            for text in (plain, f"あ{wide}"):
                assert word_offsets(text, word_beginnings(units(text))).tolist() == words_in(text)


def test_words_of_documents_are_found():
    texts = [
        segment.text
        for document in islice(documents("tuning", 1), 0, None, 5)
        for segment in document.segments
        if hasattr(segment, "text")
    ]
    found = [word_offsets(text, word_beginnings(units(text))).tolist() for text in texts]
    assert [i for i, text in enumerate(texts) if found[i] != words_in(text)] == []


@pytest.mark.parametrize("text", ["", "個", "あ" * 3_000])
def test_nothing_gives_nothing(text):
    assert label_offsets(text) == []
    assert word_offsets(text, word_beginnings(units(text))).tolist() == []
