"""Tables are read when asked for, all of one moment; blocks are the same rows, a few at a time."""

from __future__ import annotations

import pickle
import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from auditor import summary
from auditor._frames import Frames
from auditor.summary import COLUMNS

BEHIND = "UPDATE item_version SET confidence = 'sample', item = 'changed meanwhile'"


def write(folder: Path, statement: str) -> None:
    db = sqlite3.connect(folder / "workspace.sqlite", isolation_level=None)
    db.execute(statement)
    db.close()


@pytest.fixture
def own(tmp_path: Path, build: Callable[..., Path]) -> Path:
    return build(tmp_path / "workspace", items=60, runs=2)


@pytest.mark.parametrize("table", COLUMNS)
@pytest.mark.parametrize("rows", [1, 7, 10_000])
def test_blocks_are_the_table_in_pieces(workspace: Path, table: str, rows: int) -> None:
    found = summary.load(workspace)
    blocks = list(found.blocks(table, rows))
    whole = getattr(found, table)
    assert [len(block) for block in blocks[:-1]] == [rows] * (len(blocks) - 1)
    pd.testing.assert_frame_equal(pd.concat(blocks, ignore_index=True), whole)
    again = pd.concat(list(found.blocks(table, rows)))  # now from the frame
    pd.testing.assert_frame_equal(again, whole)


def test_blocks_do_not_read_the_table(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = summary.load(workspace)
    monkeypatch.setattr(Frames, "frame", lambda _, table: pytest.fail(f"{table} read whole"))
    monkeypatch.setattr("auditor._frames._ITEMS", 3)
    asked: list[str] = []
    monkeypatch.setattr(
        Frames, "_ask", lambda self, ask: asked.append("") or ask(db=self._db), raising=True
    )
    blocks = found.blocks("findings", 5)
    next(blocks)
    assert len(asked) < 40
    assert sum(map(len, blocks)) > 200
    assert len(asked) > 80


def test_an_empty_table_gives_one_empty_block(tmp_path: Path, build: Callable[..., Path]) -> None:
    empty = summary.load(build(tmp_path / "workspace", runs=0))
    for table, columns in COLUMNS.items():
        (block,) = empty.blocks(table)
        assert block.empty
        assert block.dtypes.to_dict() == getattr(empty, table).dtypes.to_dict()
        assert list(block.columns) == list(columns)


def test_all_tables_show_one_moment_whatever_is_written_meanwhile(own: Path) -> None:
    with summary.load(own) as found:
        before = len(found.items)
        blocks = found.blocks("findings", 10)
        first = next(blocks)
        write(own, BEHIND)
        write(own, "DELETE FROM finding_version")
        write(own, "DELETE FROM run")
        rest = pd.concat([first, *blocks], ignore_index=True)
        assert found.shown == (found.audits()["run_id"].iloc[-1],)
        assert set(rest["item_id"]) == set(found.items["item_id"])
        assert len(rest) >= before
        assert "changed meanwhile" not in set(rest["item"])
        assert found.trend()["items"].iloc[-1] == len(found.exposed())
    assert summary.load(own).shown == ()


def test_after_close_what_was_read_stays_and_the_workspace_is_free(own: Path) -> None:
    with summary.load(own) as found:
        items = len(found.items)
    assert len(found.items) == items
    with pytest.raises(ValueError, match="closed"):
        _ = found.findings
    write(own, BEHIND)
    db = sqlite3.connect(own / "workspace.sqlite")
    busy, *_ = db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    db.close()
    assert not busy


def test_who_forgets_to_close_leaves_nothing_open(own: Path) -> None:
    found = summary.load(own)
    assert len(found.grants)
    del found
    write(own, BEHIND)
    db = sqlite3.connect(own / "workspace.sqlite")
    busy, *_ = db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    db.close()
    assert not busy


def test_pickled_it_holds_everything(own: Path) -> None:
    found = summary.load(own)
    copy = pickle.loads(pickle.dumps(found))
    (own / "workspace.sqlite").unlink()
    assert copy.shown == found.shown
    for (name, one), (_, two) in zip(found.tables(), copy.tables(), strict=True):
        pd.testing.assert_frame_equal(one, two, obj=name)
    pd.testing.assert_frame_equal(found.trend(), copy.trend())
    copy.close()


def test_threads_may_share_it(workspace: Path) -> None:
    found = summary.load(workspace)
    seen: list[int] = []

    def read() -> None:
        seen.append(sum(len(block) for block in found.blocks("findings", 11)))
        seen.append(len(found.findings))

    threads = [threading.Thread(target=read) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert seen == [len(found.findings)] * 8


def test_a_table_that_is_none_is_an_error(found: summary.Summary) -> None:
    with pytest.raises(KeyError):
        found.blocks("nosuchtable")
    with pytest.raises(ValueError, match="0"):
        found.blocks("items", 0)


def test_equal_texts_and_lists_are_one_object(workspace: Path) -> None:
    """That is what keeps a table of millions of rows small."""
    frame = summary.load(workspace).findings
    for column in ("run_id", "kind", "reasons", "partition"):
        cells = [repr(cell) for cell in frame[column]]
        assert len({id(cell) for cell in frame[column]}) == len(set(cells)) < len(cells), column


def test_what_it_says_of_itself_reads_nothing(
    workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = summary.load(workspace)
    monkeypatch.setattr(Frames, "frame", lambda *_: pytest.fail("read"))
    assert repr(found) == f"Summary(shown={found.shown!r}, known_on=None)"
