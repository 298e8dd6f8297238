"""The JSON lines: one object a row, the contract's columns, typed values."""

from __future__ import annotations

import json
from pathlib import Path

from auditor.reports import jsonl as report
from auditor.summary import COLUMNS, Summary


def test_every_line_is_one_row_with_the_columns_of_its_table(
    sample: Summary, tmp_path: Path
) -> None:
    files = report.write(sample, tmp_path, "ja")
    assert [file.name for file in files] == [f"{name}.jsonl" for name in COLUMNS]
    for file, (name, frame) in zip(files, sample.tables(), strict=True):
        records = [json.loads(line) for line in file.read_text("utf-8").split("\n")[:-1]]
        assert len(records) == len(frame)
        assert all(list(record) == list(COLUMNS[name]) for record in records)


def test_values_keep_their_types(sample: Summary, tmp_path: Path) -> None:
    files = {file.stem: file for file in report.write(sample, tmp_path, "en")}
    items = [json.loads(line) for line in files["items"].read_text("utf-8").splitlines()]
    assert all(isinstance(row["count"], int) for row in items)
    assert all(isinstance(row["exposure_reasons"], list) for row in items)
    assert {type(row["modified"]) for row in items} == {str, type(None)}
    assert all(row["modified"] is None or row["modified"].endswith("Z") for row in items)
    grants = [json.loads(line) for line in files["grants"].read_text("utf-8").splitlines()]
    assert {row["password"] for row in grants} == {True, False}
    totals = [json.loads(line) for line in files["totals"].read_text("utf-8").splitlines()]
    assert all(isinstance(row["seconds"], float) for row in totals)


def test_an_empty_table_is_an_empty_file(empty: Summary, tmp_path: Path) -> None:
    assert all(file.read_bytes() == b"" for file in report.write(empty, tmp_path, "ja"))


def test_names_are_kept_whatever_they_are(sample: Summary, tmp_path: Path) -> None:
    files = {file.stem: file for file in report.write(sample, tmp_path, "ja")}
    items = [json.loads(line) for line in files["items"].read_text("utf-8").split("\n")[:-1]]
    assert [row["item"] for row in items] == list(sample.items["item"])


def test_a_line_stays_one_line_whoever_splits_it() -> None:
    record = {"item": "a\x85b\u2028c\u2029d\n\r\x0b\x0c\x1c", "n": 1, "none": None, "all": ["é"]}
    line = report.line(record)
    assert line.splitlines() == [line.removesuffix("\n")]
    assert json.loads(line) == record
