"""Frames have the contract's columns and dtypes, of the latest run or of an earlier one."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from auditor import summary
from auditor.workspace import WorkspaceError

DTYPES = {
    "count": "Int64",
    "distinct": "Int64",
    "size": "Int64",
    "reach_people": "Int64",
    "age_days": "Int64",
    "people": "Int64",
    "bytes_read": "Int64",
    "listed": "Int64",
    "persons_low": "Int64",
    "seconds": "Float64",
    "full": "boolean",
    "password": "boolean",
    "suspect": "boolean",
    "started": "datetime64[ns, UTC]",
    "ended": "datetime64[ns, UTC]",
    "created": "datetime64[ns, UTC]",
    "first_seen": "datetime64[ns, UTC]",
    "expires": "datetime64[ns, UTC]",
    "locations": "object",
    "reasons": "object",
    "exposure_reasons": "object",
    "measures": "object",
    "item": "string",
    "finding_id": "string",
    "status": "string",
    "permission": "string",
}


# — frames ————————————————————————————————————————————————————————————————————————————————————


def test_columns_have_the_documented_dtypes(found: summary.Summary) -> None:
    seen = set()
    for name, frame in found.tables():
        assert list(frame.columns) == list(summary.COLUMNS[name])
        for column in set(frame.columns) & set(DTYPES):
            if name != "coverage" or column != "reasons":
                assert str(frame[column].dtype) == DTYPES[column], column
                seen.add(column)
    assert seen == set(DTYPES)


def test_lists_are_lists_of_text(found: summary.Summary) -> None:
    cells = [*found.findings["locations"], *found.findings["reasons"], *found.items["measures"]]
    assert all(isinstance(cell, list) for cell in cells)
    assert all(isinstance(text, str) for cell in cells for text in cell)
    assert found.findings["locations"].map(len).max() > 1


def test_a_workspace_without_a_run_has_the_same_columns_and_dtypes(
    tmp_path: Path, found: summary.Summary, build: Callable[..., Path]
) -> None:
    empty = summary.load(build(tmp_path / "workspace", runs=0))
    for (_, full), (_, none) in zip(found.tables(), empty.tables(), strict=True):
        assert none.empty
        assert full.dtypes.to_dict() == none.dtypes.to_dict()
    assert empty.shown == ()


def test_empty_tables_have_the_same_columns_and_dtypes(
    tmp_path: Path, found: summary.Summary, build: Callable[..., Path]
) -> None:
    empty = summary.load(build(tmp_path / "workspace", runs=0))
    for name in (
        "by_source",
        "by_partition",
        "reach_by_confidence",
        "reach_by_age",
        "persons",
        "coverage_by_reason",
        "coverage_by_source",
        "books",
        "to_act_on",
        "audits",
    ):
        full, none = getattr(found, name)(), getattr(empty, name)()
        assert full.dtypes.to_dict() == none.dtypes.to_dict(), name
    assert empty.reach_by_age()["items"].sum() == 0
    assert empty.books()["balanced"].all()


def test_a_time_out_of_range_is_missing_and_the_rest_stands(
    spoiled: Callable[..., summary.Summary],
) -> None:
    items = spoiled(
        "UPDATE item_version SET created = '0001-01-01T00:00:00Z' WHERE rowid = 1"
    ).items
    assert items["created"].isna().sum() >= 1
    assert items["created"].notna().sum() >= 20


def test_a_folder_without_a_workspace_is_an_error_and_not_an_empty_result(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError) as error:
        summary.load(tmp_path)
    assert error.value.code == "workspace_missing"


@pytest.mark.skipif(os.name != "posix", reason="modes of POSIX")
def test_a_workspace_that_others_can_read_is_refused(
    tmp_path: Path, build: Callable[..., Path]
) -> None:
    folder = build(tmp_path / "workspace", items=5)
    folder.chmod(0o755)
    with pytest.raises(WorkspaceError) as error:
        summary.load(folder)
    assert error.value.code == "workspace_open_to_others"


def test_a_file_that_is_no_database_is_an_error(tmp_path: Path) -> None:
    tmp_path.chmod(0o700)
    (tmp_path / "workspace.sqlite").write_bytes(b"not a database, " * 200)
    with pytest.raises(WorkspaceError) as error:
        summary.load(tmp_path)
    assert error.value.code == "workspace_damaged"


def test_reading_does_not_change_the_workspace(workspace: Path) -> None:
    file = workspace / "workspace.sqlite"
    before = file.read_bytes()
    summary.load(workspace)
    assert file.read_bytes() == before


# — earlier runs ———————————————————————————————————————————————————————————————————————————————


def test_an_earlier_run_is_shown_as_it_was(workspace: Path, found: summary.Summary) -> None:
    first, last = found.runs["run_id"]
    earlier = summary.load(workspace, first)
    assert (found.shown, earlier.shown) == ((last,), (first,))
    assert len(earlier.items) < len(found.items)
    assert set(earlier.findings["run_id"]) == {first}
    assert set(earlier.findings["status"]) == {"new"}
    assert set(found.findings["status"]) == {"new", "unchanged"}
    assert earlier.totals["unchanged"].sum() == 0
    assert found.totals["unchanged"].sum() > 0
    assert list(earlier.audits()["run_id"]) == [first]


def test_naming_the_latest_run_gives_what_naming_none_gives(
    workspace: Path, found: summary.Summary
) -> None:
    again = summary.load(workspace, found.runs["run_id"].iloc[-1])
    for (_, one), (_, two) in zip(found.tables(), again.tables(), strict=True):
        pd.testing.assert_frame_equal(one, two)


def test_a_run_that_is_not_there_is_an_error(workspace: Path) -> None:
    with pytest.raises(KeyError):
        summary.load(workspace, "nosuchrun")
