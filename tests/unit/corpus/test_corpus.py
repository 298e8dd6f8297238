"""The labelled corpus says the truth about itself; nothing here prints what a document holds."""

from __future__ import annotations

import subprocess
import sys
import unicodedata
from collections.abc import Callable, Iterator
from functools import cache
from itertools import zip_longest
from pathlib import Path

import pytest

from auditor.model import Table, Text
from corpus.document import SPLITS, Document, documents, templates
from corpus.identifiers import passes

EACH = 8
ROOT = Path(__file__).parents[3]
MISREAD = str.maketrans("OoIl|BS", "0011185")
splits = pytest.mark.parametrize("split", SPLITS)


@cache
def written(split: str) -> tuple[Document, ...]:
    return tuple(documents(split, EACH))


def wrong(split: str, fault: Callable[[Document], bool]) -> list[str]:
    """Names of the templates that wrote a document with a fault."""
    return sorted({one.template for one in written(split) if fault(one)})


def content(document: Document) -> tuple[object, ...]:
    return (document.segments, document.around, document.labelled, document.numbers)


def cells(table: Table) -> Iterator[str]:
    """The table along its rows, then along its columns."""
    yield from ("".join(row) for row in (table.columns, *table.rows))
    yield from ("".join(column) for column in zip_longest(*table.rows, fillvalue=""))


def digits(text: str) -> str:
    """What a patient reader takes for digits: of any width, and letters that scans made of them."""
    folded = unicodedata.normalize("NFKC", text).removesuffix(".0")
    return (
        "".join(filter(str.isdecimal, folded))
        + " "
        + "".join(filter(str.isdecimal, folded.translate(MISREAD)))
    )


def readings(document: Document) -> str:
    texts = [one.text for one in document.segments if isinstance(one, Text)]
    lines = [line for one in document.segments if isinstance(one, Table) for line in cells(one)]
    single = [
        cell
        for one in document.segments
        if isinstance(one, Table)
        for row in one.rows
        for cell in row
    ]
    return "\n".join(map(digits, (*texts, *lines, *single, *document.around)))


def test_there_are_enough_templates_and_both_kinds_in_each_split() -> None:
    names = {split: [one.name for one in templates(split)] for split in SPLITS}
    assert sum(map(len, names.values())) >= 80
    for split in SPLITS:
        positive = {one.template for one in written(split) if one.positive}
        assert len(positive) >= 10
        assert len(names[split]) - len(positive) >= 10


def test_no_name_is_given_twice() -> None:
    names = [one.name for split in SPLITS for one in templates(split)]
    assert len(names) == len(set(names))


def test_templates_say_where_they_come_from_and_how_common_they_are() -> None:
    every = [one for split in SPLITS for one in templates(split)]
    assert [one.name for one in every if not one.source or not one.category] == []
    assert [one.name for one in every if not 0 < one.weight <= 20] == []


@splits
def test_the_same_seed_writes_the_same_documents(split: str) -> None:
    again = tuple(documents(split, EACH))
    pairs = zip(written(split), again, strict=True)
    assert [one.template for one, two in pairs if content(one) != content(two)] == []


def test_another_process_writes_the_same_documents() -> None:
    """No order of a set, no hash of a string, no clock decides what stands in a document."""
    code = (
        "import hashlib\n"
        "from corpus.document import documents\n"
        "for split in ('tuning', 'held_out'):\n"
        "    for one in documents(split, 1):\n"
        "        rows = [repr((getattr(s, 'text', ''), [list(r) for r in getattr(s, 'rows', ())]))"
        " for s in one.segments]\n"
        "        print(one.template, hashlib.sha256(repr((rows, one.around)).encode()).hexdigest())"
    )
    told = [
        subprocess.run(
            [sys.executable, "-c", code],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": f"{ROOT}:{ROOT / 'tests'}"},
            capture_output=True,
            check=True,
        ).stdout.splitlines()
        for seed in ("1", "2")
    ]
    assert len(told[0]) >= 80
    assert [b.split()[0] for b, c in zip(*told, strict=True) if b != c] == []


@splits
def test_another_seed_writes_other_documents(split: str) -> None:
    others = documents(split, EACH, seed=1)
    pairs = zip(written(split), others, strict=True)
    same = [one.template for one, two in pairs if content(one) == content(two)]
    assert len(same) <= len(written(split)) // 50


@splits
def test_documents_of_one_template_differ(split: str) -> None:
    seen: dict[str, list[tuple[object, ...]]] = {}
    for one in written(split):
        known = seen.setdefault(one.template, [])
        if content(one) not in known:
            known.append(content(one))
    assert [name for name, kinds in seen.items() if len(kinds) < EACH - 2] == []


@splits
def test_a_template_writes_numbers_always_or_never(split: str) -> None:
    kinds: dict[str, set[bool]] = {}
    for one in written(split):
        kinds.setdefault(one.template, set()).add(one.positive)
    assert [name for name, kind in kinds.items() if len(kind) > 1] == []


@splits
def test_every_number_passes_the_check(split: str) -> None:
    assert wrong(split, lambda one: not all(map(passes, one.numbers))) == []


@splits
def test_every_number_stands_in_its_document(split: str) -> None:
    """As it is, or without the zeros that a numeric cell loses; or a field a digit, or for four."""

    def is_absent(one: Document) -> bool:
        text = readings(one)
        return any(number not in text and number.lstrip("0") not in text for number in one.numbers)

    # There the numbers of the fields stand between the digits.
    apart = [] if split == "held_out" else ["s_field_a_digit", "q_number_in_pieces"]
    assert set(wrong(split, is_absent)) <= set(apart)


@splits
def test_every_resident_code_stands_in_its_document(split: str) -> None:
    assert wrong(split, lambda one: any(n not in readings(one) for n in one.resident)) == []


@splits
def test_no_number_shows_when_a_document_is_printed(split: str) -> None:
    def shows(one: Document) -> bool:
        printed = repr(one) + str(one) + f"{one}"
        return any(number in digits(printed) for number in (*one.numbers, *one.resident))

    assert wrong(split, shows) == []
    assert (
        wrong(split, lambda one: any(n in "".join(map(repr, one.segments)) for n in one.numbers))
        == []
    )


@splits
def test_segments_are_what_readers_give(split: str) -> None:
    """Cells are strings, rows are sequences of them, lines are told for each row or for none."""

    def is_odd(one: Document) -> bool:
        for table in (segment for segment in one.segments if isinstance(segment, Table)):
            strings = all(isinstance(cell, str) for row in table.rows for cell in row)
            if not (table.rows and strings and len(table.lines) in (0, len(table.rows))):
                return True
        return not one.segments

    assert wrong(split, is_odd) == []
