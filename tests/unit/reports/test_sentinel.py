"""Rows for Sentinel: one an item, in the columns that the template declares."""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from auditor.reports import _sentinel
from auditor.reports import sentinel as report
from auditor.summary import Summary

PURVIEW = frozenset(
    "ActivityType AssetCreationTime AssetLastScanTime AssetModifiedTime AssetName AssetPath "
    "AssetType Classification ClassificationDetails FileExtension FileSize SourceName SourcePath "
    "SourceScanId".split()
)
"""Of PurviewDataSensitivityLogs, as Azure Monitor's reference lists them."""
RESERVED = frozenset(
    "TenantId Type Title UniqueId BilledSize IsBillable InvalidTimeGenerated".split()
)
Row = dict[str, Any]


@pytest.fixture
def write(sample: Summary, tmp_path: Path) -> Callable[..., list[Row]]:
    def make(**frames: pd.DataFrame) -> list[Row]:
        summary = dataclasses.replace(sample, **frames) if frames else sample
        rows, _ = report.write(summary, tmp_path, "ja")
        return [json.loads(line) for line in rows.read_text("utf-8").split("\n")[:-1]]

    return make


def test_one_row_an_item_with_the_declared_columns(write: Any, sample: Summary) -> None:
    rows = write()
    assert [row["ItemId"] for row in rows] == list(sample.findings["item_id"].unique())
    assert all(list(row) == list(_sentinel.COLUMNS) for row in rows)
    assert len({row["RecordId"] for row in rows}) == len(rows)
    assert rows == write()
    assert set(_sentinel.COLUMNS) > PURVIEW
    assert not RESERVED & set(_sentinel.COLUMNS)


def test_values_are_of_the_declared_types(write: Any) -> None:
    kinds = {"string": str, "dynamic": list, "int": int, "long": int}
    seen = set()
    for row in write():
        for name, kind in _sentinel.COLUMNS.items():
            value = row[name]
            if kind == "datetime" and value is not None:
                assert datetime.fromisoformat(value).utcoffset() is not None
            elif value is not None:
                assert isinstance(value, kinds[kind]), name
            seen.add((name, value is None))
    assert ("FileSize", False) in seen
    assert ("ReachPeople", True) in seen


def test_what_was_found_stands_in_purviews_form(write: Any, sample: Summary) -> None:
    by_item = sample.findings.groupby("item_id")["count"].sum()
    items = sample.items.set_index("item_id")
    for row in write():
        details = row["ClassificationDetails"]
        assert sum(entry["count"] for entry in details) == by_item[row["ItemId"]]
        assert set(details[0]) == {"id", "name", "count", "uniquecount", "confidence"}
        assert {entry["name"] for entry in details} == set(row["Classification"])
        ids = {entry["name"]: entry["id"] for entry in details}
        assert ids.get("Japan My Number - Personal", "98da8e66").startswith("98da8e66")
        assert row["Exposure"] == items.loc[row["ItemId"], "exposure"]
        assert row["SourcePath"] == items.loc[row["ItemId"], "partition"]


@pytest.mark.parametrize(
    ("statuses", "said"),
    [
        ({"new"}, "new"),
        ({"unchanged"}, "unchanged"),
        ({"unchanged", "suppressed"}, "unchanged"),
        ({"suppressed"}, "suppressed"),
        ({"resolved"}, "resolved"),
        ({"new", "resolved"}, "changed"),
        ({"new", "unchanged"}, "changed"),
    ],
)
def test_the_status_of_an_item_follows_its_findings(statuses: set[str], said: str) -> None:
    assert _sentinel._status(statuses) == said


def test_an_item_with_many_parts_stays_one_small_row(write: Any, sample: Summary) -> None:
    one = sample.findings.iloc[[0] * 5_000].reset_index(drop=True)
    (row,) = write(findings=one)
    assert len(row["FindingIds"]) == 100
    assert len(row["ClassificationDetails"]) == 1
    assert len(json.dumps(row)) < 8_000


def test_the_template_declares_what_the_rows_have(sample: Summary, tmp_path: Path) -> None:
    _, file = report.write(sample, tmp_path, "en")
    found = json.loads(file.read_text("utf-8"))
    table, rule = found["resources"]
    declared = rule["properties"]["streamDeclarations"][_sentinel.STREAM]["columns"]
    assert {column["name"]: column["type"] for column in declared} == dict(_sentinel.COLUMNS)
    columns = table["properties"]["schema"]["columns"]
    assert [column["name"] for column in columns] == list(_sentinel.COLUMNS)
    assert {column["type"] for column in columns} == {
        "string",
        "int",
        "long",
        "dynamic",
        "dateTime",
    }
    assert table["properties"]["schema"]["name"].endswith("_CL")
    (flow,) = rule["properties"]["dataFlows"]
    assert flow["streams"] == [_sentinel.STREAM]
    assert flow["outputStream"] == f"Custom-{table['properties']['schema']['name']}"
    assert rule["kind"] == "Direct"
    assert set(found["outputs"]) == {"endpoint", "rule_id", "stream"}
    named = set(re.findall(r"parameters\('(\w+)'\)", file.read_text("utf-8")))
    assert named == set(found["parameters"])
    for text in re.findall(r'"(\[[a-z].*?\])"', file.read_text("utf-8")):
        assert text.count("(") == text.count(")"), text
