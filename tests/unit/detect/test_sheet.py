"""Cells of a table that hold more than a number, or less."""

import pytest

from auditor.detect import Kind, detect

SHORT = "47185936208"
"""A number of the reference that lost its zero."""


def reasons(found) -> list[frozenset[str]]:
    return [frozenset(hit.reasons) for hit in found.hits]


@pytest.mark.parametrize("cell", ["   ", "ほげ。" * 30, "未提出"])
def test_a_label_beside_a_cell_without_a_number_says_nothing(cell, table):
    found = detect(table([["個人番号", cell]]))
    assert (found.hits, found.suspects) == ((), ())


def test_label_and_number_in_one_cell(make, table):
    cells = [
        f"備考：個人番号は {SHORT} です",
        f"住民票コード：5{make.digits(10)}",
        "ほげほげほげほげ",
    ]
    found = detect(table([[cell] for cell in cells]))
    kinds = [hit.kind for hit in found.hits]
    assert kinds == [Kind.INDIVIDUAL_NUMBER, Kind.RESIDENT_RECORD_CODE]
    assert "zero_lost" in found.hits[0].reasons
    assert [hit.location for hit in found.hits] == ["A1", "A2"]
    starts = [(hit.start, hit.end) for hit in found.hits]
    assert starts == [(9, 20), (7, 18)]


def test_lost_digits_in_a_cell_with_its_label(table):
    found = detect(table([["氏名"], ["備考 個人番号：1.23457E+11"]]))
    assert [suspect.location for suspect in found.suspects] == ["A2"]
    assert not found.hits


def test_a_label_far_up_in_a_long_cell_does_not_speak(table):
    cell = f"送り状番号は別途。{'ほげ' * 200}。個人番号：{SHORT}"
    (hit,) = detect(table([[cell]])).hits
    assert hit.confidence == "high"
    assert not any(code.startswith("against") for code in hit.reasons)


def test_a_failing_number_elsewhere_in_a_labelled_table_is_nothing(make, table):
    found = detect(table([["個人番号", make.number("57")], ["備考", make.mistyped()]]))
    assert [hit.location for hit in found.hits] == ["B1"]


def test_words_beside_a_number_leave_it_to_its_header(make, table):
    rows = [["個人番号"], *([f"（済）{number}"] for number in make.numbers(2))]
    said = reasons(detect(table(rows)))
    assert len(said) == 2
    assert all("label_header" in codes for codes in said)


def test_a_header_of_two_kinds_beats_a_row_about_the_matter(make, table):
    rows = [["", "個人番号又は法人番号"], *(["通知カード", number] for number in make.numbers(4))]
    said = reasons(detect(table(rows)))
    assert len(said) == 4
    assert all({"label_header", "either_kind"} <= codes for codes in said)
