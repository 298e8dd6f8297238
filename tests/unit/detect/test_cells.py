"""The cells of a table as one text."""

import numpy as np
import pytest

from auditor.detect.cells import Cells

ROWS = [["氏名", "", "個人番号"], [], ["山田"], ["1", "abc", "x" * 20]]


def test_cells_know_where_they_begin_and_how_long_they_are():
    cells = Cells(ROWS)
    assert cells.begins.tolist() == [0, 3, 4, 9, 12, 14, 18]
    assert cells.lengths.tolist() == [len(cell) for row in ROWS for cell in row]
    assert cells.index(np.array([0, 5, 18])).tolist() == [0, 2, 6]
    assert cells.at(np.array([0, 3, 6])) == ([0, 2, 3], [0, 0, 2])
    assert (cells.get(3, 1), cells.get(1, 0), cells.get(9, 9)) == ("abc", "", "")


def test_the_mark_between_cells_may_stand_in_a_cell():
    rows = [["a\x01b", "c"], ["\x01", "𠮷"]]
    cells = Cells(rows)
    assert cells.lengths.tolist() == [3, 1, 1, 1]
    assert [cells.text[i] for i in cells.begins.tolist()] == ["a", "c", "\x01", "𠮷"]


@pytest.mark.parametrize("rows", [[], [[]], [[], []]])
def test_no_cells_at_all(rows):
    cells = Cells(rows)
    assert (cells.flat, cells.begins.tolist(), cells.lengths.tolist()) == ([], [], [])
    assert cells.get(0, 0) == ""


def test_cells_that_begin_with_a_word():
    rows = [["番号"], ["12"], ["x"], [""], ["３"], ["٣"], ["名"]]
    cells = Cells(rows)
    assert cells.worded(0, 0) == [0, 2, 6]
    assert cells.worded(0, 2) == [2, 6]
    assert cells.worded(1, 0) == []


def test_long_cells_with_letters():
    rows = [["123456", "12345a", "個人番号は", "abc"], ["2026-04-01", "あ2026-04-01"]]
    index = Cells(rows).lettered(5)
    assert index.tolist() == [1, 2, 5]


def test_a_large_table_is_read_in_pieces(monkeypatch):
    monkeypatch.setattr("auditor.detect.cells._PIECE", 4)
    rows = [["氏名", "a1", "𠮷12", ""], ["12345678", "x" * 9, "\U0001d7d9", "番"]]
    cells = Cells(rows)
    assert cells.lengths.tolist() == [2, 2, 3, 0, 8, 9, 1, 1]
    index = np.array([0, 1, 2, 4, 5, 6, 7])
    assert cells.numeric(index).tolist() == [False, False, False, True, False, True, False]
    assert cells.has_letter(index).tolist() == [True, True, True, False, True, True, True]
