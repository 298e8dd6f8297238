"""The trend agrees with the tables of every single run."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from auditor import summary
from auditor.summary import LEVELS

RUNS = 5
OTHER = "fabrikam.onmicrosoft.com"


def history(db: sqlite3.Connection, rng: random.Random) -> None:
    """Rows that begin, end and come back at any run, in parts that overlap."""
    for table in ("item_version", "finding_version", "gap_version"):
        for (row,) in db.execute(f"SELECT rowid FROM {table}").fetchall():
            since = rng.randint(1, RUNS)
            until = rng.choice([None, *range(since + 1, RUNS + 1)])
            db.execute(
                f"UPDATE {table} SET since = ?, until = ? WHERE rowid = ?", (since, until, row)
            )
    columns = [row[1] for row in db.execute("PRAGMA table_info(finding_version)")]
    names = ", ".join(f'"{name}"' for name in columns if name not in {"since", "until"})
    db.execute(  # some come back, as they were or changed, at once or later
        f"INSERT INTO finding_version ({names}, since) SELECT {names}, until + rowid % 2 "
        f"FROM finding_version WHERE until < {RUNS} AND rowid % 3 = 0"
    )
    gaps = "item_id, partition, item, state, reason, detail, suspect, permission, retry"
    db.execute(
        f"INSERT INTO gap_version ({gaps}, part, since, until) SELECT {gaps}, 'page 2', 2, 4 "
        "FROM gap_version WHERE rowid % 2 = 0"
    )
    db.execute("UPDATE item_version SET exposure = 'strange' WHERE rowid % 9 = 0")


@pytest.fixture(scope="module")
def changing(tmp_path_factory: pytest.TempPathFactory, build: Callable[..., Path]) -> Path:
    folder = build(tmp_path_factory.mktemp("trend") / "workspace", items=90, runs=RUNS)
    db = sqlite3.connect(folder / "workspace.sqlite")
    history(db, random.Random(5))
    accepted = [row[0] for row in db.execute("SELECT finding_id FROM finding_version LIMIT 30")]
    for place, finding_id in enumerate(accepted):
        db.execute(
            "INSERT INTO suppression (finding_id, reason, owner, created, until, since, ended) "
            "VALUES (?, 'known', '', '2026-09-08T00:00:00Z', ?, ?, ?)",
            (finding_id, ("2026-09-30", None)[place % 2], 1 + place % 3, (None, 4)[place % 5 == 0]),
        )
    db.commit()
    db.close()
    return folder


def by_hand(workspace: Path, run_id: str) -> dict[str, Any]:
    found = summary.load(workspace, run_id)
    findings = found.findings[found.findings["confidence"] != "sample"]
    gone = findings["status"] == "resolved"
    sources, persons, books = found.by_source(), found.audits().iloc[0], found.books().iloc[0]
    return {
        "findings": int((~gone).sum()),
        "resolved": int(gone.sum()),
        "items": len(found.exposed()),
        **{name: int(sources[name].sum()) for name in (*LEVELS, "review")},
        **{name: persons[name] for name in ("started", "state", "persons_low", "persons_high")},
        **{name: books[name] for name in ("listed", "unread", "read_share")},
    }


def test_every_row_is_what_the_tables_of_its_run_say(changing: Path) -> None:
    frame = summary.load(changing).trend()
    assert len(frame) == RUNS
    for row in frame.to_dict("records"):
        expected = by_hand(changing, str(row["run_id"]))
        assert {name: row[name] for name in expected} == expected
    assert frame["findings"].nunique() > 2
    assert frame[["unknown", "resolved", "suppressed"]].sum().min() > 0


def test_new_and_suppressed_are_what_the_findings_say(changing: Path) -> None:
    for row in summary.load(changing).trend().to_dict("records"):
        found = summary.load(changing, str(row["run_id"])).findings
        found = found[found["confidence"] != "sample"]
        accepted = found["status"] == "suppressed"
        new = found["status"] == "new"
        first = accepted & (found["first_seen"] == row["started"])
        assert row["suppressed"] == accepted.sum()
        assert row["new"] == (new | first).sum()


def test_tenants_stand_one_after_the_other(
    tmp_path: Path, build: Callable[..., Path], found: summary.Summary
) -> None:
    folder = build(tmp_path / "workspace", items=40, runs=4)
    db = sqlite3.connect(folder / "workspace.sqlite")
    db.execute("UPDATE run SET tenant_id = ? WHERE seq IN (2, 4)", (OTHER,))
    db.execute("UPDATE finding_version SET since = 2")
    db.commit()
    db.close()
    frame = summary.load(folder).trend()
    assert list(frame["tenant_id"]) == sorted(frame["tenant_id"])
    assert frame.groupby("tenant_id")["started"].is_monotonic_increasing.all()
    assert list(frame["findings"] > 0) == [False, False, True, True]


def test_the_sample_workspace_has_its_two_runs(found: summary.Summary) -> None:
    frame = found.trend()
    assert list(frame["run_id"]) == list(found.runs["run_id"])
    assert frame["items"].is_monotonic_increasing
    assert frame["new"].sum() == (found.findings["confidence"] != "sample").sum()


def test_a_summary_of_frames_alone_has_no_trend(found: summary.Summary) -> None:
    frames = dict(found.tables())
    with pytest.raises(ValueError, match="workspace"):
        summary.Summary(**frames).trend()
    assert isinstance(summary.Summary(**frames).by_source(), pd.DataFrame)
