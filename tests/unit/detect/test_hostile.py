"""Hostile and large inputs: linear time, exact counts, bounded detail."""

import time

import pytest

from auditor.detect import detect
from auditor.detect.evidence import DETAILED


def seconds(work) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


HOSTILE = {
    "endless digits": lambda n: "7" * n,
    "endless full-width digits": lambda n: "７" * n,
    "single digits": lambda n: "1 2 " * (n // 4),
    "single digits, one a line": lambda n: "3\n" * (n // 2),
    "groups of four": lambda n: "4839 " * (n // 5),
    "spaces": lambda n: " " * n,
    "labels": lambda n: "マイナンバー" * (n // 6),
    "labels and digits": lambda n: "個人番号 123 " * (n // 9),
    "keys": lambda n: '"a":' * (n // 4),
    "open tags": lambda n: "<a " * (n // 3),
    "letters": lambda n: "O0" * (n // 2),
    "circled": lambda n: "①" * n,
    "emoji": lambda n: "😀1" * (n // 2),
    "mixed separators": lambda n: "1 -\n" * (n // 4),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_takes_time_in_proportion(name):
    build = HOSTILE[name]
    detect(build(20_000))
    small = seconds(lambda: detect(build(40_000))) + 0.01
    large = seconds(lambda: detect(build(400_000)))
    assert large < 30 * small
    assert large < 2.5


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_short_text_is_quick(name):
    text = HOSTILE[name](8_000)
    assert seconds(lambda: detect(text)) < 0.25


def test_counts_and_distinct_numbers_stay_exact_beyond_the_detail(make, monkeypatch):
    numbers = make.numbers(DETAILED + 500)
    text = "\n".join(f"個人番号 {number}" for number in [*numbers, *numbers[:250]])
    hits = detect(text).hits
    assert len(hits) == len(numbers) + 250
    assert len({hit.number for hit in hits}) == len(set(numbers))
    placed = [hit.location for hit in hits if hit.location]
    assert placed == [f"line {i}" for i in range(1, DETAILED + 1)]


def test_tables_likewise(make, table):
    numbers = make.numbers(DETAILED + 500)
    hits = detect(table([["個人番号"], *([number] for number in numbers)])).hits
    assert len(hits) == len(numbers)
    assert len({hit.number for hit in hits}) == len(set(numbers))
    assert sum(bool(hit.location) for hit in hits) == DETAILED


def test_very_many_valid_numbers_are_counted_in_seconds(make):
    number = make.number("57")
    text = "\n".join([number] * 50_000)
    found = []
    assert seconds(lambda: found.append(detect(text))) < 4
    assert len(found[0].hits) == 50_000


def test_a_wide_table_is_linear(make, table):
    row = [make.digits(12) for _ in range(20_000)]
    assert seconds(lambda: detect(table([row]))) < 4
    assert seconds(lambda: detect(table([["個人番号"], *([cell] for cell in row)]))) < 4


def test_many_single_digit_cells_are_linear(make, table):
    rows = [list(make.digits(10)) for _ in range(10_000)]
    assert seconds(lambda: detect(table(rows))) < 3


def test_nothing_found_is_quick(make, table):
    text = "本日は晴天なり。" * 40
    assert seconds(lambda: [detect(text) for _ in range(500)]) < 0.5
    sheet = table([["品名", "数量"], *(["鉛筆", str(i)] for i in range(50))])
    assert seconds(lambda: [detect(sheet) for _ in range(50)]) < 0.5


def test_the_rest_of_a_text_does_not_hide_a_labelled_number(make):
    noise = "\n".join(f"{make.courier()} 受領" for _ in range(20_000))
    hits = detect(f"{noise}\n個人番号：{make.number('5')}\n").hits
    assert [hit.confidence for hit in hits if "label_field" in hit.reasons] == ["high"]
    assert not any(hit.confidence in {"high", "medium"} for hit in hits[:-1])
