"""The CSV files open in a spreadsheet program as they are, and never run anything there."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.reports import csv as report
from auditor.summary import COLUMNS, Summary


def rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8-sig", newline="") as text:
        return list(csv.DictReader(text))


@pytest.fixture(scope="module")
def written(sample: Summary, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    files = report.write(sample, tmp_path_factory.mktemp("csv"), "ja")
    return {file.stem: file for file in files}


def test_one_file_a_table_with_its_columns(sample: Summary, written: dict[str, Path]) -> None:
    assert list(written) == list(COLUMNS)
    for name, frame in sample.tables():
        found = rows(written[name])
        assert len(found) == len(frame)
        assert all(list(row) == list(COLUMNS[name]) for row in found)


def test_an_empty_table_still_has_its_header(empty: Summary, tmp_path: Path) -> None:
    for file in report.write(empty, tmp_path, "en"):
        lines = file.read_text("utf-8-sig").splitlines()
        assert lines == [",".join(f'"{name}"' for name in COLUMNS[file.stem])]


def test_excel_is_told_that_it_is_utf_8(written: dict[str, Path]) -> None:
    for file in written.values():
        assert file.read_bytes().startswith(b"\xef\xbb\xbf")
        assert file.read_bytes().count(b"\xef\xbb\xbf") == 1


def test_values_are_those_of_the_frame(sample: Summary, written: dict[str, Path]) -> None:
    found = rows(written["items"])
    items = sample.items
    assert [row["item_id"] for row in found] == list(items["item_id"])
    assert [int(row["count"]) for row in found] == list(items["count"])
    assert [row["age_days"] == "" for row in found] == list(items["age_days"].isna())
    times = items["modified"].dt.strftime("%Y-%m-%dT%H:%M:%SZ").fillna("")
    assert [row["modified"] for row in found] == list(times)
    assert {row["suspect"] for row in rows(written["coverage"])} == {"true", "false"}
    locations = rows(written["findings"])[0]["locations"]
    assert locations.split("; ") == sample.findings["locations"].iloc[0]


def test_no_cell_begins_a_formula(written: dict[str, Path]) -> None:
    cells = [cell for row in rows(written["items"]) for cell in row.values()]
    assert [cell for cell in cells if cell.startswith(("=", "＝", "+", "@", "-", "\t"))] == []
    assert sum(cell.startswith(("'=", "'＝")) for cell in cells) == 2


@pytest.mark.parametrize(
    "start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "|"]
)
@pytest.mark.parametrize("space", ["", " ", "\u3000", "\u00a0"])
def test_what_may_start_a_formula_is_quoted(start: str, space: str) -> None:
    assert report.safe(f"{space}{start}cmd") == f"'{space}{start}cmd"


@pytest.mark.parametrize("text", ["", "議事録.docx", "1+1", "'quoted", "a=b", "（株）サンプル"])
def test_other_text_is_left_alone(text: str) -> None:
    assert report.safe(text) == text


@given(st.text(max_size=20))
def test_safe_only_ever_adds_one_quote(text: str) -> None:
    assert report.safe(text) in {text, f"'{text}"}
    assert not report.safe(text).lstrip(" \u3000\u00a0").startswith(("=", "+", "-", "@", "＝"))


def test_numbers_stay_numbers(sample: Summary, tmp_path: Path) -> None:
    files = report.write(sample, tmp_path, "ja")
    totals = next(file for file in files if file.stem == "totals").read_text("utf-8-sig")
    first = sample.totals.iloc[0]
    assert f",{first['listed']},{first['complete']}," in totals
