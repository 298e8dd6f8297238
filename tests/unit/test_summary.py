"""Frames have the contract's columns, and every exposure table agrees with a count by hand."""

from __future__ import annotations

import os
import runpy
import sqlite3
from collections import Counter
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from auditor import summary
from auditor.summary import LEVELS, REACHES, STATES
from auditor.workspace import WorkspaceError

SAMPLE: dict[str, Any] = runpy.run_path(
    str(Path(__file__).with_name("reports") / "sample_workspace.py")
)
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


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return SAMPLE["build"](tmp_path_factory.mktemp("summary") / "workspace", runs=2)


@pytest.fixture(scope="module")
def found(workspace: Path) -> summary.Summary:
    return summary.load(workspace)


@pytest.fixture
def changed(tmp_path: Path) -> tuple[Path, sqlite3.Connection]:
    """A workspace of one's own, and a connection to spoil it with."""
    folder = SAMPLE["build"](tmp_path / "workspace", items=30)
    db = sqlite3.connect(folder / "workspace.sqlite", isolation_level=None)
    return folder, db


def certain(found: summary.Summary) -> list[dict[Any, Any]]:
    items = found.items[found.items["confidence"].isin(["high", "medium"])]
    return items.to_dict("records")


def reach_of(row: dict[Any, Any]) -> str:
    return row["reach"] or "unknown"


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
    tmp_path: Path, found: summary.Summary
) -> None:
    empty = summary.load(SAMPLE["build"](tmp_path / "workspace", runs=0))
    for (_, full), (_, none) in zip(found.tables(), empty.tables(), strict=True):
        assert none.empty
        assert full.dtypes.to_dict() == none.dtypes.to_dict()
    assert empty.shown == ()


def test_empty_tables_have_the_same_columns_and_dtypes(
    tmp_path: Path, found: summary.Summary
) -> None:
    empty = summary.load(SAMPLE["build"](tmp_path / "workspace", runs=0))
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
    changed: tuple[Path, sqlite3.Connection],
) -> None:
    folder, db = changed
    db.execute("UPDATE item_version SET created = '0001-01-01T00:00:00Z' WHERE rowid = 1")
    db.close()
    items = summary.load(folder).items
    assert items["created"].isna().sum() >= 1
    assert items["created"].notna().sum() >= 20


def test_a_folder_without_a_workspace_is_an_error_and_not_an_empty_result(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError) as error:
        summary.load(tmp_path)
    assert error.value.code == "workspace_missing"


@pytest.mark.skipif(os.name != "posix", reason="modes of POSIX")
def test_a_workspace_that_others_can_read_is_refused(
    changed: tuple[Path, sqlite3.Connection],
) -> None:
    folder, db = changed
    db.close()
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


# — exposure ———————————————————————————————————————————————————————————————————————————————————


def test_samples_never_count(found: summary.Summary) -> None:
    samples = int((found.items["confidence"] == "sample").sum())
    assert samples > 0
    rest = len(found.items) - samples
    assert found.by_source()["items"].sum() == rest
    assert found.by_partition()["items"].sum() == rest
    assert found.reach_by_confidence()["items"].sum() == rest
    assert len(found.to_act_on()) == rest


@pytest.mark.parametrize(
    ("table", "keys"), [("by_source", ["source"]), ("by_partition", ["source", "partition"])]
)
def test_levels_agree_with_a_count_by_hand(
    found: summary.Summary, table: str, keys: list[str]
) -> None:
    counts = Counter((*(row[key] for key in keys), row["exposure"]) for row in certain(found))
    rows = getattr(found, table)().to_dict("records")
    for row in rows:
        for level in LEVELS:
            assert row[level] == counts.pop((*(row[key] for key in keys), level), 0)
        assert row["items"] == row["review"] + sum(row[level] for level in LEVELS)
        assert row["persons_low"] <= row["persons_high"] <= SAMPLE["PERSONS"][1]
    assert not counts
    assert len(rows) > 3


def test_the_most_exposed_place_comes_first(found: summary.Summary) -> None:
    rows = found.by_partition()[["public", "external", "unknown", "internal"]].to_numpy().tolist()
    assert rows == sorted(rows, reverse=True)


def test_reach_and_confidence_agree_with_a_count_by_hand(found: summary.Summary) -> None:
    items = found.items[found.items["confidence"] != "sample"].to_dict("records")
    counts = Counter((reach_of(row), row["confidence"]) for row in items)
    frame = found.reach_by_confidence().set_index("reach")
    assert list(frame.index) == list(REACHES)
    got = {
        (reach, name): frame.loc[reach, name]
        for reach in REACHES
        for name in ("high", "medium", "low")
    }
    assert {key: n for key, n in got.items() if n} == counts


def test_reach_and_age_agree_with_a_count_by_hand(found: summary.Summary) -> None:
    def class_of(days: int) -> str:
        if pd.isna(days):
            return "undated"
        names = ("under_1", "from_1_to_3", "from_3_to_7", "over_7")
        return names[sum(days >= years * 365 for years in (1, 3, 7))]

    counts = Counter((reach_of(row), class_of(row["age_days"])) for row in certain(found))
    frame = found.reach_by_age().set_index("reach")
    got = {
        (reach, name): frame.loc[reach, name]
        for reach in REACHES
        for name in frame.columns
        if name != "items"
    }
    assert {key: n for key, n in got.items() if n} == counts
    assert len({name for _, name in counts}) == 5


def test_age_classes_touch_and_do_not_overlap() -> None:
    days = pd.Series([-1, 0, 364, 365, 1094, 1095, 2554, 2555, None], dtype="Int64")
    assert list(summary.age_class(days)) == [
        *["under_1"] * 3,
        *["from_1_to_3"] * 2,
        *["from_3_to_7"] * 2,
        "over_7",
        "undated",
    ]


def test_persons_are_those_that_the_run_counted(found: summary.Summary) -> None:
    frame = found.persons().set_index("scope")
    assert (frame.loc["all", "low"], frame.loc["all", "high"]) == SAMPLE["PERSONS"]
    assert not frame.loc["all", "exact"]
    assert frame["high"].max() <= SAMPLE["PERSONS"][1]
    assert frame.loc["all", "items"] == frame.loc[list(LEVELS), "items"].sum()


def test_persons_are_exact_where_the_run_could_count(
    changed: tuple[Path, sqlite3.Connection],
) -> None:
    folder, db = changed
    db.execute("UPDATE run SET persons_low = 77, persons_high = 77")
    db.close()
    first = summary.load(folder).persons().iloc[0]
    assert (first["low"], first["high"], first["exact"]) == (77, 77, True)


def test_persons_have_bounds_where_no_run_counted(changed: tuple[Path, sqlite3.Connection]) -> None:
    folder, db = changed
    db.execute("UPDATE run SET persons_low = NULL, persons_high = NULL")
    db.close()
    found = summary.load(folder)
    distinct = [row["distinct"] for row in certain(found)]
    first = found.persons().iloc[0]
    assert (first["low"], first["high"]) == (max(distinct), sum(distinct))


def test_what_to_act_on_is_ordered_by_level_then_persons_then_age(found: summary.Summary) -> None:
    frame = found.to_act_on()
    keys = [
        (LEVELS.index(row["exposure"]), -row["persons"], -(row["age_days"] or 0))
        for row in frame.assign(age_days=frame["age_days"].fillna(-1)).to_dict("records")
    ]
    assert keys == sorted(keys)
    assert list(frame["rank"]) == list(range(1, len(frame) + 1))
    assert frame["exposure"].iloc[0] == "public"


def test_a_level_that_nobody_knows_is_unknown_and_not_dropped(
    changed: tuple[Path, sqlite3.Connection],
) -> None:
    folder, db = changed
    db.execute("UPDATE item_version SET exposure = 'strange', reach = 'strange'")
    db.close()
    found = summary.load(folder)
    rest = int((found.items["confidence"] != "sample").sum())
    assert found.by_source()[["unknown", "review"]].to_numpy().sum() == rest
    assert found.reach_by_confidence().set_index("reach").loc["unknown", "items"] == rest


# — coverage ———————————————————————————————————————————————————————————————————————————————————


def test_the_books_balance(found: summary.Summary) -> None:
    books = found.books().iloc[0]
    assert books["listed"] == sum(books[state] for state in STATES)
    assert books["balanced"]
    assert found.coverage_by_source()["balanced"].all()
    assert found.coverage_by_source()["listed"].sum() == books["listed"]
    assert books["read_share"] == pytest.approx(1 - books["unread"] / books["listed"])


def test_unchanged_since_it_could_not_be_read_is_still_unread(
    workspace: Path, found: summary.Summary
) -> None:
    """Every later run books such an item as unchanged; that must not make it look read."""
    first = summary.load(workspace, found.runs["run_id"].iloc[0])
    before, now = first.books().iloc[0], found.books().iloc[0]
    assert before["partial"] + before["skipped"] + before["failed"] > 0
    assert now["partial"] + now["skipped"] + now["failed"] == 0
    assert before["unread"] == now["unread"] == found.coverage["item_id"].nunique()
    assert list(first.coverage_by_source()["unread"]) == list(found.coverage_by_source()["unread"])
    assert found.coverage_by_source()["unread"].sum() == now["unread"]


def test_books_that_do_not_balance_are_told(changed: tuple[Path, sqlite3.Connection]) -> None:
    folder, db = changed
    db.execute("UPDATE total SET listed = listed + 1 WHERE partition = 1")
    db.close()
    found = summary.load(folder)
    assert not found.books().iloc[0]["balanced"]
    assert (~found.coverage_by_source()["balanced"]).sum() == 1


def test_nothing_listed_has_no_share(changed: tuple[Path, sqlite3.Connection]) -> None:
    folder, db = changed
    db.execute("DELETE FROM total")
    db.close()
    found = summary.load(folder)
    assert found.books()["read_share"].isna().all()


def test_every_unread_thing_is_under_its_reason(found: summary.Summary) -> None:
    frame = found.coverage_by_reason()
    assert frame["rows"].sum() == len(found.coverage)
    assert frame["suspects"].sum() == found.coverage["suspect"].sum() > 0
    urgency = frame[["scopes", "suspects", "rows"]].to_numpy().tolist()
    assert urgency == sorted(urgency, reverse=True)
    denied = frame.set_index("reason").loc["permission_denied"]
    assert (denied["items"], denied["scopes"]) == (0, 2)
    assert denied["permissions"] == ["Mail.Read", "Sites.Read.All"]
    assert denied["sources"] == ["mail", "sharepoint"]


def test_several_parts_of_one_item_are_one_item(
    changed: tuple[Path, sqlite3.Connection],
) -> None:
    folder, db = changed
    before = summary.load(folder).coverage_by_reason().set_index("reason")
    names = [row[1] for row in db.execute("PRAGMA table_info(gap_version)") if row[1] != "part"]
    columns = ", ".join(names)
    db.execute(
        f"INSERT INTO gap_version ({columns}, part) SELECT {columns}, 'image' "
        "FROM gap_version WHERE reason = 'ocr_off'"
    )
    db.close()
    after = summary.load(folder).coverage_by_reason().set_index("reason")
    assert after.loc["ocr_off", "rows"] == 2 * before.loc["ocr_off", "rows"]
    assert after.loc["ocr_off", "items"] == before.loc["ocr_off", "items"]
