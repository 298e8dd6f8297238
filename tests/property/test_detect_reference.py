"""The detector against the slow reference: positions, digits, checks, both windows, verdicts.

A usual run tries 3,000 texts; ``MYNUMBER_FUZZ=20000`` tries that many. A failing test names the
seed and the numbers of the texts (``reference.texts.text_at(seed, nth)``), never a text.
"""

from __future__ import annotations

import itertools
import os
import random
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.detect import EVIDENCE, arrays, detect, passage
from auditor.detect import candidates as paths
from auditor.detect.checkdigit import passes as fast_passes
from auditor.detect.context import labels_near, weigh
from auditor.detect.labels import read
from auditor.detect.result import Kind
from auditor.detect.verdict import judge
from reference import alphabets
from reference.answers import right, rows
from reference.candidates import candidates, passes
from reference.sight import in_sight, line_of, windows
from reference.texts import long_texts, texts
from reference.verdicts import confidence, scenes

COUNT = int(os.environ.get("MYNUMBER_FUZZ", "3000"))
SEEDS = range(6)
MIB = 1 << 20
WEIGHTS = {code: weight.weight for code, weight in EVIDENCE.items()}
NO_LARGE = 1 << 40


def told(text: str) -> list[tuple[object, ...]]:
    """Everything that detection says of a text; compared, never printed."""
    found = detect(text)
    hits = [
        (h.start, h.end, h.confidence, h.reasons, h.location, h.kind, h.number) for h in found.hits
    ]
    return [*hits, *((suspect.reason, suspect.location) for suspect in found.suspects)]


def chunk_for(nth: int, expected: list[tuple[int, ...]]) -> int:
    """A chunk so small, or so laid, that a number stands on its border."""
    start = expected[nth % len(expected)][0] if expected else 0
    return (64, 97, max(start, 64), max(start + 1, 64), max(start + 11, 64), MIB)[nth % 6]


@pytest.mark.parametrize("seed", SEEDS)
def test_the_small_path_finds_what_the_reference_finds(seed):
    wrong, total, passing = [], 0, 0
    for nth, text in enumerate(texts(seed, COUNT // len(SEEDS))):
        expected = right(text)
        total += len(expected)
        passing += sum(row[-1] for row in expected)
        if rows(paths.find_small(text)) != expected:
            wrong.append(nth)
    assert wrong == []
    assert total > COUNT // len(SEEDS) / 2
    assert 0.5 < passing / total < 0.9


@pytest.mark.parametrize("seed", SEEDS)
def test_the_array_path_finds_what_the_reference_finds(seed, monkeypatch):
    """Every other text stands in so much filler that few words of the bitmap are worked."""
    wrong, total = [], 0
    for nth, text in enumerate(texts(seed, COUNT // len(SEEDS))):
        expected = right(text)
        total += len(expected)
        pad = (";" if text.isascii() else "、") * (300 + nth % 64) * (nth % 2)
        shifted = [(start + len(pad), end + len(pad), *rest) for start, end, *rest in expected]
        monkeypatch.setattr(arrays, "CHUNK", MIB if pad else chunk_for(nth // 2, expected))
        if rows(arrays.find_large(pad + text + pad)) != shifted:
            wrong.append(nth)
    assert wrong == []
    assert total > COUNT // len(SEEDS) / 2


@pytest.mark.parametrize("seed", SEEDS)
def test_detection_says_the_same_by_both_paths(seed, monkeypatch):
    wrong, hits = [], 0
    for nth, text in enumerate(texts(100 + seed, COUNT // len(SEEDS) // 3)):
        monkeypatch.setattr(paths, "LARGE", NO_LARGE)
        small = told(text)
        monkeypatch.setattr(paths, "LARGE", 0)
        monkeypatch.setattr(arrays, "CHUNK", chunk_for(nth, right(text)))
        hits += len(small)
        if told(text) != small:
            wrong.append(nth)
    assert wrong == []
    assert hits > COUNT // len(SEEDS) / 12


@pytest.mark.parametrize("chunk", [300, 1 << 10, 1 << 12, MIB])
def test_long_texts_are_read_like_the_reference(chunk, monkeypatch):
    monkeypatch.setattr(arrays, "CHUNK", chunk)
    count = max(4, COUNT // 600)
    wrong, total = [], 0
    for border in (0, chunk):
        for nth, text in enumerate(long_texts(chunk, count, 9_000, min(border, 4_096))):
            assert len(text) > paths.LARGE
            expected = right(text)
            total += len(expected)
            if rows(paths.find(text)) != expected:
                wrong.append((border, nth))
    assert wrong == []
    assert total > 10 * count


def test_numbers_across_real_borders_are_found_once(monkeypatch):
    reach, edge = 3_000, 600
    wrong, total = [], 0
    for nth, text in enumerate(long_texts(20, max(2, COUNT // 2_000), 2 * MIB, MIB)):
        found = rows(paths.find(text))
        for border in range(arrays.CHUNK, len(text) + 1, arrays.CHUNK):
            low, high = border - reach, min(border + reach, len(text))
            inside = range(low + edge, high - edge if high < len(text) else high)
            expected = [row for row in right(text[low:high], low) if row[0] in inside]
            total += len(expected)
            if [row for row in found if row[0] in inside] != expected:
                wrong.append((nth, border // arrays.CHUNK))
    assert wrong == []
    assert total > 0


def between_labels(seed: int, count: int) -> Iterator[str]:
    """Nasty texts with labels before and behind, some in sight of a number and some beyond."""
    rng = random.Random(seed)
    labels = ["個人番号", "マイナンバー", "送り状番号", "氏名", "my_number ", "番号", "見本"]
    fillers = ["ほげ" * 30, "ほげ" * 90, "ほげ\n" * 31, "ほ"]
    for text in texts(seed, count):
        before, behind = (rng.choices(labels + fillers, k=rng.randrange(12)) for _ in "ab")
        yield "".join([*before, text, *behind])


@pytest.mark.parametrize("seed", SEEDS)
def test_windows_in_a_cell_are_those_of_the_reference(seed):
    wrong, seen = [], 0
    for nth, text in enumerate(between_labels(200 + seed, COUNT // len(SEEDS) // 2)):
        spans = [(one.start, one.end) for one in candidates(text)]
        expected = [
            label for low, high in windows(spans, len(text)) for label in read(text[low:high], low)
        ]
        seen += len(expected)
        if list(labels_near(text, spans).found) != expected:
            wrong.append(nth)
    assert wrong == []
    assert seen > COUNT // len(SEEDS) / 4


@pytest.mark.parametrize("seed", SEEDS)
def test_both_windows_of_every_number_in_a_text_are_those_of_the_reference(seed, monkeypatch):
    """Each is weighed by the labels of the whole text that begin in its windows; no others."""
    asked = []

    def weighed(text, labels, one):
        asked.append((one.start, one.end, list(labels.found)))
        return weigh(text, labels, one)

    monkeypatch.setattr(passage, "weigh", weighed)
    wrong, seen = [], 0
    for nth, text in enumerate(between_labels(400 + seed, COUNT // len(SEEDS) // 2)):
        asked.clear()
        detect(text)
        labels = list(read(text))
        for start, end, labelled in asked:
            expected = [label for label in labels if in_sight(start, end, label.start)]
            seen += len(expected)
            if labelled != expected:
                wrong.append((nth, start))
    assert wrong == []
    assert seen > COUNT // len(SEEDS) / 4


@pytest.mark.parametrize("seed", SEEDS)
def test_lines_reasons_and_sums_hold_together(seed):
    """Each verdict is the sum of the evidence it names, and stands on the line it names."""
    lines, sums, checks = [], [], []
    for nth, text in enumerate(texts(300 + seed, COUNT // len(SEEDS) // 2)):
        spans = {(one.start, one.end): one.passes for one in candidates(text)}
        for hit in detect(text).hits:
            place = f"line {line_of(text, hit.start)}" if "\n" in text else ""
            if hit.location != place:
                lines.append(nth)
            if hit.confidence != confidence(hit.reasons, WEIGHTS):
                sums.append(nth)
            said = {"check_passes", "check_passes_zero"} & set(hit.reasons)
            known = spans.get((hit.start, hit.end))
            if hit.kind is Kind.INDIVIDUAL_NUMBER and known is not None and known != bool(said):
                checks.append(nth)
    assert (lines, sums, checks) == ([], [], [])


@pytest.mark.parametrize("seed", SEEDS)
def test_plain_scenes_are_judged_by_plain_evidence(seed):
    wrong: dict[str, int] = {}
    seen = set()
    for scene in scenes(seed, max(200, COUNT // 10)):
        expected = confidence(scene.codes, WEIGHTS) if scene.seen else "ignore"
        seen.add(expected)
        hits = [hit for hit in detect(scene.text).hits if hit.start == scene.start]
        said = hits[0].confidence.value if hits else "ignore"
        if said != expected or (hits and frozenset(hits[0].reasons) != scene.codes):
            wrong[scene.name] = wrong.get(scene.name, 0) + 1
    assert wrong == {}
    assert seen == {"high", "medium", "low", "ignore"}


def test_sums_do_not_hang_on_the_order_of_the_evidence():
    rng = random.Random(7)
    codes = sorted(set(WEIGHTS) - {"prior"})
    sets = [rng.sample(codes, rng.randrange(8)) for _ in range(2 * COUNT)]
    usual = itertools.product(
        ["check_passes", "check_passes_zero", "check_fails"],
        [code for code in codes if code.startswith(("label_", "topic_", "against_"))],
        ["form_word", "companion", "generic_label", "label_around", "against_around"],
        ["grouped", "spaced", "odd_form"],
        ["column_chance", "column_leans", "column_passes"],
    )
    sets += [list(one) for one in usual]
    wrong = [
        chosen
        for chosen in sets
        if (judge(tuple(chosen)) or "ignore") != confidence(chosen, WEIGHTS)
    ]
    assert wrong == []


def test_the_check_digit_is_that_of_the_ordinance():
    rng = random.Random(8)
    numbers = ["".join(rng.choices("0123456789", k=12)) for _ in range(2 * COUNT)]
    assert sum(passes(number) != fast_passes(number) for number in numbers) == 0


CHARACTERS = st.sampled_from(
    [
        *alphabets.TEN * 3,
        *alphabets.DIGITS["wide"],
        *"④⓪𝟓²¹³٣",
        *" -\n" * 4,
        *alphabets.ASCII_GAPS,
        *alphabets.OTHER_GAPS,
        *alphabets.WRONG_OTHER,
        *alphabets.LETTERS_OTHER,
        *alphabets.KANA,
    ]
)
GROUP = st.one_of(
    st.text(st.sampled_from(alphabets.TEN), min_size=4, max_size=4),
    st.text(st.sampled_from(alphabets.TEN + alphabets.DIGITS["wide"]), min_size=12, max_size=12),
    st.sampled_from(alphabets.TEN),
    st.text(st.sampled_from(alphabets.OTHER_GAPS + " -\n"), min_size=1, max_size=4),
    st.sampled_from([" ", "-", *alphabets.GLUED]),
    st.text(CHARACTERS, max_size=3),
)
ANYTHING = st.one_of(
    st.text(CHARACTERS, max_size=80),
    st.lists(GROUP, max_size=40).map("".join),
    st.tuples(st.sampled_from([1, 4]), st.sampled_from(" -\nー"), st.integers(9, 60)).map(
        lambda chain: chain[1].join(["0" * chain[0]] * chain[2])
    ),
)


@settings(max_examples=max(400, COUNT // 10))
@given(ANYTHING, st.sampled_from([64, 70, 128, MIB]))
def test_whatever_comes_is_read_like_the_reference(text, chunk):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(arrays, "CHUNK", chunk)
        expected = right(text)
        small = rows(paths.find_small(text)) == expected
        large = rows(arrays.find_large(text)) == expected
    assert (small, large) == (True, True)


@settings(max_examples=max(200, COUNT // 20))
@given(ANYTHING, ANYTHING)
def test_what_stands_far_away_changes_no_candidate(text, other):
    """A line of prose on both sides, longer than any chain, keeps two texts apart."""
    apart = "。" + "ほげ" * 200 + "。"
    joined = rows(paths.find_small(text + apart + other))
    behind = len(text) + len(apart)
    expected = [*right(text + "。"), *right("。" + other, behind - 1)]
    same = joined == expected
    assert same
