"""The writer beneath the workbook: hostile text, Excel's limits, and what it leaves on disk."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.reports import _workbook

MADE = datetime(2026, 10, 5, tzinfo=UTC)


@pytest.fixture
def one(tmp_path: Path) -> Callable[..., openpyxl.Workbook]:
    """A workbook of one table with one text column, read back."""

    def make(values: list[Any], kind: str = "text") -> openpyxl.Workbook:
        path = tmp_path / "one.xlsx"
        with _workbook.opened(path, "en", "t", MADE) as made:
            made.sheet("items").table(
                [_workbook.Column("item", 20, kind)], [[value] for value in values]
            )
        return openpyxl.load_workbook(path)

    return make


def test_what_would_become_a_formula_when_edited_is_prefixed(one: Any) -> None:
    values = ["=1+1", " ＝cmd", "+81", "@x", "-1", "議事録.docx"]
    cells = [row[0] for row in one(values).worksheets[0].iter_rows(min_row=2)]
    assert [cell.value for cell in cells] == values
    assert [bool(cell.quotePrefix) for cell in cells] == [True] * 5 + [False]
    assert {cell.data_type for cell in cells} <= {"s", "inlineStr"}


HOSTILE = [
    "<r><t>injected</t></r>",
    "<r></c></row></sheetData>",
    "_x0041_.txt",
    "a\x00b\x07\x1f.txt",
    "\u202egpj.exe",
    "\ud800.txt",
    "]]>&amp;<!--",
    "\ufffe\uffff\ufeff",
]


def test_hostile_names_are_harmless(one: Any) -> None:
    found = [row[0] for row in one(HOSTILE).worksheets[0].iter_rows(min_row=2, values_only=True)]
    assert found[0].strip() == HOSTILE[0]
    assert found[1].strip() == HOSTILE[1]
    assert found[2].replace("_x005F_", "_") == HOSTILE[2]  # openpyxl leaves the escape
    assert found[3] == "a\ufffdb\ufffd\ufffd.txt"
    assert found[4] == "\ufffdgpj.exe"
    assert found[5] == "\ufffd.txt"
    assert found[6] == HOSTILE[6]


@given(st.text(max_size=40))
def test_shown_holds_nothing_that_nobody_sees(text: str) -> None:
    shown = _workbook.shown(text)
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\ud800-\udfff]", shown)
    assert not shown.startswith("<r>")
    assert len(shown) <= len(text) + 1


@pytest.mark.parametrize("sign", ["a", "個", "𠮷"])
def test_a_cell_that_is_too_long_is_cut_and_says_so(one: Any, sign: str) -> None:
    long = sign * 40_000
    (value,) = one([long]).worksheets[0]["A2":"A2"][0]
    assert value.value.endswith("…")
    assert 32_700 < len(value.value.encode("utf-16-le")) // 2 <= 32_767
    assert _workbook.shown(sign * 16_000) == sign * 16_000


def test_old_days_are_text(one: Any) -> None:
    days = [datetime(1899, 5, 1, tzinfo=UTC), datetime(2026, 5, 1, 23, 59, tzinfo=UTC)]
    found = [row[0] for row in one(days, "date").worksheets[0].iter_rows(min_row=2)]
    assert found[0].value == "1899-05-01"
    assert (found[1].value.isoformat(), found[1].number_format) == (
        "2026-05-01T00:00:00",
        "yyyy-mm-dd",
    )


@pytest.mark.skipif(os.name != "posix", reason="modes of POSIX")
def test_what_it_needs_on_disk_stands_closed_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path / "elsewhere"))
    before = os.umask(0o000)
    try:
        with _workbook.opened(tmp_path / "a.xlsx", "en", "t", MADE) as made:
            sheet = made.sheet("items")
            sheet.table([_workbook.Column("item")], [["x"]] * 3)
            below = list(tmp_path.rglob("*"))
            assert len(below) >= 3
            assert {stat.S_IMODE(path.stat().st_mode) for path in below} == {0o600, 0o700}
    finally:
        os.umask(before)
    assert [path.name for path in tmp_path.rglob("*")] == ["a.xlsx"]
