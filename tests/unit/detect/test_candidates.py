"""Both fast paths against a slow reference written from the description of the forms alone."""

from __future__ import annotations

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from auditor.detect import arrays, candidates, detect
from reference.forms import Reference, rows


class Texts:
    """Short texts in which digits and separators meet in every way."""

    def __init__(self, seed: int) -> None:
        self.rng = random.Random(seed)
        self.gaps = [
            " ",
            "-",
            "ー",
            "\n",
            "　",
            ".",
            "・",
            "/",
            "\u200b",
            "\r\n",
            " - ",
            ", ",
            "  ",
            "    ",
        ]
        self.words = [
            "あ",
            "a",
            "円",
            "𠮷",
            "①②③④",
            "マイナンバー",
            "mynumber",
            "T",
            "+",
            "x",
            "\U0001d7dc\U0001d7e0\U0001d7db\U0001d7e1",
            "٣",
            "f-",
        ]

    def digits(self, count: int) -> str:
        wide = self.rng.random() < 0.2
        return "".join(
            chr(0xFF10 + self.rng.randrange(10)) if wide else self.rng.choice("0123456789")
            for _ in range(count)
        )

    def number(self) -> str:
        base = "".join(self.rng.choices("0123456789", k=11))
        total = sum(
            int(d) * w for d, w in zip(base, (6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2), strict=True)
        )
        return base + str(-total % 11 % 10)

    def written(self) -> str:
        number = self.number() if self.rng.random() < 0.7 else self.digits(12)
        gap = self.rng.choice(self.gaps)
        other = gap if self.rng.random() < 0.8 else self.rng.choice(self.gaps)
        groups = number[:4] + gap + number[4:8] + other + number[8:]
        return self.rng.choice([number, groups, gap.join(number)])

    def piece(self) -> str:
        kind = self.rng.random()
        if kind < 0.3:
            return self.written()
        if kind < 0.6:
            return self.digits(self.rng.choice([1, 1, 1, 2, 4, 4, 4, 11, 12, 13, 16]))
        return self.rng.choice(self.gaps if kind < 0.85 else self.words)

    def text(self) -> str:
        kind = self.rng.random()
        if kind < 0.2:
            gap = self.rng.choice([" ", "-", "\n"])
            size, count = self.rng.choice(
                [(1, 12), (1, 24), (1, 36), (1, 60), (4, 6), (4, 12), (4, 15)]
            )
            numbers = "".join(self.number() for _ in range(-(-size * count // 12)))
            return gap.join(numbers[i * size : (i + 1) * size] for i in range(count))
        return "".join(self.piece() for _ in range(self.rng.randrange(1, 14)))


@pytest.mark.parametrize("seed", range(6))
def test_the_small_path_is_the_reference(seed):
    texts, wrong, total = Texts(seed), [], 0
    for nth in range(1_000):
        text = texts.text()
        right = Reference(text).numbers()
        total += len(right)
        if rows(candidates.find_small(text)) != right:
            wrong.append(nth)
    assert wrong == []
    assert total > 400


@pytest.mark.parametrize("seed", range(6))
def test_the_array_path_is_the_small_path_wherever_chunks_are_cut(seed, monkeypatch):
    texts, wrong, total = Texts(100 + seed), [], 0
    for nth in range(300):
        filler = texts.rng.choice(["", "あ", "x ", "1,2,"]) * texts.rng.randrange(120)
        text = filler + texts.text() + filler + texts.text()
        monkeypatch.setattr(arrays, "CHUNK", texts.rng.choice([17, 64, 100, 333, 1 << 20]))
        right = rows(candidates.find_small(text))
        total += len(right)
        if rows(arrays.find_large(text)) != right:
            wrong.append(nth)
    assert wrong == []
    assert total > 150


def test_long_texts_are_the_reference_too(monkeypatch):
    texts, wrong = Texts(7), []
    monkeypatch.setattr(arrays, "CHUNK", 1 << 12)
    for nth in range(5):
        text = "、".join(texts.text() for _ in range(250))
        assert len(text) > candidates.LARGE
        if rows(candidates.find(text)) != Reference(text).numbers():
            wrong.append(nth)
    assert wrong == []


@settings(
    max_examples=200,
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
@given(st.text(), st.text(), st.integers(0, 10**11 - 1), st.sampled_from(["", " ", "ー", "\u200b"]))
def test_any_text_around_a_labelled_number_leaves_its_offsets_right(before, after, base, gap):
    digits = f"{base:011d}"
    digits += str(
        -sum(int(d) * w for d, w in zip(digits, (6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2), strict=True))
        % 11
        % 10
    )
    written = gap.join((digits[:4], digits[4:8], digits[8:]))
    text = f"{before}。個人番号：{written}。{after}"
    start = len(before) + 6
    found = [hit for hit in detect(text).hits if hit.start == start]
    assert len(found) == 1
    assert found[0].end == start + len(written)
    assert found[0].confidence in {"high", "sample"}


def test_numbers_at_both_edges_of_a_text(make):
    for pad in ("", "x" * 9_000 + " "):
        for text in (make.number() + " " + pad, pad + make.number()):
            assert len(candidates.find(text)) == 1


def test_lone_surrogates_do_no_harm(make):
    for text in (
        f"\ud83d 個人番号 {make.number()}",
        "\udc00" * 9_000 + f" 個人番号 {make.number()}",
    ):
        assert len(detect(text).hits) == 1


def test_groups_in_a_long_text_that_nothing_joins_are_no_number(make):
    number = make.number()
    apart = "あ".join((number[:4], number[4:8], number[8:]))
    assert len(candidates.find("い" * 9_000 + apart)) == 0
