"""Tables side by side: every item once, with all its rows, whatever the places are called."""

from __future__ import annotations

import dataclasses
import runpy
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from auditor import summary
from auditor.reports._joined import by_item, records

SAMPLE: dict[str, Any] = runpy.run_path(str(Path(__file__).with_name("sample_workspace.py")))
TABLES = ("items", "findings", "coverage")


@pytest.fixture
def alike(tmp_path: Path) -> Iterator[summary.Summary]:
    """All places of a service have one name, as the default library of every site has."""
    folder = SAMPLE["build"](tmp_path / "workspace", 400, runs=2)
    with closing(sqlite3.connect(folder / "workspace.sqlite")) as db:
        db.execute("UPDATE partition SET name = source")
        db.commit()
    with summary.load(folder) as found:
        yield found


def key(record: dict[str, Any]) -> tuple[str, str, str]:
    return record["source"], record["partition"], record["item_id"]


def test_places_of_one_name_are_walked_together(alike: summary.Summary) -> None:
    seen, counted = [], dict.fromkeys(TABLES, 0)
    for together in by_item(alike, *TABLES):
        (one,) = {key(record) for rows in together.values() for record in rows}
        seen.append(one)
        for table in TABLES:
            counted[table] += len(together[table])
        if together["items"]:
            assert together["findings"]
    assert seen == sorted(set(seen))
    assert counted == {table: len(getattr(alike, table)) for table in TABLES}


def test_rows_that_stream_are_those_of_the_frames(alike: summary.Summary) -> None:
    frames = {table: getattr(alike, table) for table in TABLES}
    held = summary.Summary(**frames, shown=alike.shown)
    for table in TABLES:
        assert list(records(alike, table)) == list(records(held, table))
    assert list(by_item(held, *TABLES)) == list(by_item(alike, *TABLES))


def test_a_table_without_rows_is_an_empty_list(alike: summary.Summary) -> None:
    bare = dataclasses.replace(alike, coverage=alike.coverage.iloc[:0])
    assert all(together["coverage"] == [] for together in by_item(bare, *TABLES))
