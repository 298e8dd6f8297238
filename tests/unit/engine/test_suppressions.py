"""Accepted risks: counted, never forgotten, and over when their day is."""

from __future__ import annotations

import json
import sqlite3
import threading
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from auditor.comparison import CHANGES, compare, pairs
from auditor.suppressions import PastDayError, accept, of_finding, standing, withdraw
from auditor.workspace import DATABASE, WorkspaceError, reading
from connectors import Grant, Reach, Via
from tests.unit.engine.place import CLEAN, OneTenant, Place, Plain, holds, number

NOW = datetime(2026, 3, 1, 9, tzinfo=UTC)


def finding_of(place: Place, item: str) -> str:
    ((found,),) = place.rows(f"SELECT finding_id FROM findings WHERE item = '{item}'")
    return str(found)


def states(place: Place) -> dict[str, str]:
    with reading(place.path) as db:
        return {one.item: one.state for one in standing(db)}


def changes(place: Place) -> dict[str, int]:
    with reading(place.path) as db:
        (pair,), _ = pairs(db)
        comparison = compare(db, pair)
        return {change: n for change in CHANGES if (n := comparison.total(change))}


def started(place: Place, day: str) -> None:
    """Let the latest run have begun on ``day``."""
    db = sqlite3.connect(place.path / DATABASE)
    with db:
        db.execute(
            "UPDATE run SET started = ? WHERE seq = (SELECT max(seq) FROM run)",
            (f"{day}T03:00:00Z",),
        )
    db.close()


def test_an_accepted_finding_is_counted_but_stands_no_more(hostile: Any, place: Place) -> None:
    library = hostile.TENANT["人事"] = hostile.Library(
        {"a.txt": hostile.File(holds(1)), "b.txt": hostile.File(holds(2))}
    )
    place.audit()
    accept(place.path, finding_of(place, "a.txt"), "既知のもの", "山田", None, NOW)
    assert place.findings() == {"a.txt": "suppressed", "b.txt": "new"}
    assert place.rows("SELECT item, confidence, suppressed FROM items ORDER BY item") == [
        ("a.txt", "suppressed", 1),
        ("b.txt", "high", 0),
    ]
    assert place.rows("SELECT count(*) FROM finding_version") == [(2,)]
    assert states(place) == {"a.txt": "active"}
    place.audit()
    assert place.findings() == {"a.txt": "suppressed", "b.txt": "unchanged"}
    assert changes(place) == {}
    del library.files["a.txt"]
    place.audit()
    assert place.findings()["a.txt"] == "resolved"
    assert states(place) == {"a.txt": "unused"}
    assert changes(place) == {"resolved": 1}


def test_it_holds_to_the_end_of_its_last_day(hostile: Any, place: Place) -> None:
    hostile.TENANT["人事"] = hostile.Library({"a.txt": hostile.File(holds(1))})
    place.audit()
    started(place, "2026-03-01")
    until = date(2026, 3, 31)
    accept(place.path, finding_of(place, "a.txt"), "三月末に廃棄", "山田", until, NOW)
    place.audit()
    started(place, "2026-03-31")
    assert (place.findings(), changes(place)) == ({"a.txt": "suppressed"}, {})
    place.audit()
    started(place, "2026-04-01")
    assert place.findings() == {"a.txt": "unchanged"}
    assert states(place) == {"a.txt": "expired"}
    assert changes(place) == {"unsuppressed": 1}
    with reading(place.path) as db:
        (pair,), _ = pairs(db)
        comparison = compare(db, pair)
        assert [row["why"] for row in comparison.rows("unsuppressed")] == ["expired"]
        assert comparison.alarming() == {"high"}
    with pytest.raises(PastDayError):
        accept(place.path, finding_of(place, "a.txt"), "再", "", date(2026, 2, 28), NOW)


def test_what_is_taken_back_stays_in_the_history(hostile: Any, place: Place) -> None:
    hostile.TENANT["人事"] = hostile.Library({"a.txt": hostile.File(holds(1))})
    place.audit()
    finding = finding_of(place, "a.txt")
    accept(place.path, finding, "一度目", "山田", None, NOW)
    accept(place.path, finding, "二度目", "鈴木", None, NOW + timedelta(days=1))
    with reading(place.path) as db:
        held = of_finding(db, finding)
    assert held is not None
    assert (held.reason, held.owner, held.state) == ("二度目", "鈴木", "active")
    place.audit()
    assert changes(place) == {}
    assert withdraw(place.path, finding, NOW + timedelta(days=2))
    assert not withdraw(place.path, finding, NOW + timedelta(days=2))
    assert place.findings() == {"a.txt": "unchanged"}
    assert changes(place) == {"unsuppressed": 1}
    assert states(place) == {}
    assert place.rows("SELECT reason, revoked FROM suppression ORDER BY pk") == [
        ("一度目", "2026-03-02T09:00:00Z"),
        ("二度目", "2026-03-03T09:00:00Z"),
    ]


def test_it_covers_this_part_at_this_confidence_and_no_more(hostile: Any, place: Place) -> None:
    """A surer number in the same file is news, and the old acceptance is told as unused."""
    file = hostile.File(f"番号 {number(1)}\n".encode())
    hostile.TENANT["人事"] = hostile.Library({"a.txt": file})
    place.audit()
    accept(place.path, finding_of(place, "a.txt"), "見本とのこと", "", None, NOW)
    assert place.rows("SELECT confidence FROM items") == [("suppressed",)]
    file.version, file.data = "two", holds(1)
    place.audit()
    assert sorted(place.rows("SELECT confidence, status FROM findings")) == [
        ("high", "new"),
        ("low", "resolved"),
    ]
    assert place.rows("SELECT confidence, suppressed FROM items") == [("high", 0)]
    assert states(place) == {"a.txt": "unused"}


def test_an_item_counts_by_what_of_it_is_not_accepted(hostile: Any, place: Place) -> None:
    data = holds(1) + b"\n" * 200 + f"番号 {number(2)}\n".encode()
    hostile.TENANT["人事"] = hostile.Library({"a.txt": hostile.File(data)})
    place.audit()
    found = dict(place.rows("SELECT confidence, finding_id FROM findings"))
    assert set(found) == {"high", "low"}
    accept(place.path, found["high"], "台帳の写し", "", None, NOW)
    assert place.rows("SELECT confidence, suppressed, count FROM items") == [("low", 1, 2)]
    accept(place.path, found["low"], "同上", "", None, NOW)
    assert place.rows("SELECT confidence, suppressed, count FROM items") == [("suppressed", 2, 2)]


def test_more_reach_of_what_is_accepted_is_told_but_raises_no_alarm(
    hostile: Any, place: Place
) -> None:
    file = hostile.File(holds(1))
    hostile.TENANT["人事"] = hostile.Library({"a.txt": file})
    place.audit()
    accept(place.path, finding_of(place, "a.txt"), "既知", "", None, NOW)
    file.grants = [Grant(Reach.ANYONE, Via.LINK, "anonymous link")]
    place.audit()
    assert changes(place) == {"exposure_up": 1}
    with reading(place.path) as db:
        (pair,), _ = pairs(db)
        comparison = compare(db, pair)
        assert [bool(row["suppressed"]) for row in comparison.rows("exposure_up")] == [True]
        assert comparison.alarming() == frozenset()


def test_a_number_in_a_reason_is_not_kept(hostile: Any, place: Place) -> None:
    hostile.TENANT["人事"] = hostile.Library({"a.txt": hostile.File(holds(1))})
    place.audit()
    said = number(77)
    told = f"{said[:4]} {said[4:8]} {said[8:]}"
    accept(place.path, finding_of(place, "a.txt"), f"本人 {told}", said, None, NOW)
    place.rows("PRAGMA wal_checkpoint(TRUNCATE)")
    kept = b"".join(file.read_bytes() for file in place.path.iterdir())
    assert said.encode() not in kept
    assert told.encode() not in kept
    (row,) = place.rows("SELECT reason, owner FROM suppression")
    assert row == ("本人 •••• •••• ••••", "•" * 12)


def test_it_is_taken_while_an_audit_writes(hostile: Any, place: Place) -> None:
    """Short transactions between those of the run; the folder's lock is not needed."""
    hostile.TENANT["人事"] = hostile.Library({"a.txt": hostile.File(holds(1))})
    place.audit()
    finding = finding_of(place, "a.txt")
    held, done = threading.Event(), threading.Event()

    def writing() -> None:
        from auditor.store import Store

        store = Store.open(place.path)
        with store._transaction():
            held.set()
            done.wait(0.3)
        done.wait(60)
        store.close()

    writer = threading.Thread(target=writing)
    writer.start()
    try:
        assert held.wait(60)
        accept(place.path, finding, "監査中に", "", None, NOW)
        assert place.findings() == {"a.txt": "suppressed"}
    finally:
        done.set()
        writer.join()


def test_each_tenant_has_its_own(hostile: Any, place: Place) -> None:
    hostile.TENANT["人事"] = hostile.Library({"a.txt": hostile.File(holds(1))})
    other = Plain(tenant=OneTenant("other.example", "別の会社"))
    for settings in (None, other):
        place.audit(settings=settings)
    query = "SELECT tenant_id, status FROM findings ORDER BY 1"
    ((finding,),) = place.rows("SELECT finding_id FROM findings WHERE tenant_id = 'other.example'")
    accept(place.path, finding, "既知", "", None, NOW)
    assert place.rows(query) == [
        ("other.example", "suppressed"),
        ("sample-shoji.example", "new"),
    ]
    assert place.rows("SELECT tenant_id, state FROM suppressions") == [("other.example", "active")]


def test_no_workspace_is_made_by_it(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError) as caught:
        accept(tmp_path / "none", "abc", "x", "", None, NOW)
    assert caught.value.code == "workspace_missing"
    assert list(tmp_path.iterdir()) == []


# — workspaces of an earlier program ———————————————————————————————————————————————————————————


@pytest.fixture
def earlier(hostile: Any, place: Place) -> Place:
    """A workspace as the program before this one left it: two runs, fewer tables and columns."""
    files = {"a.txt": hostile.File(holds(1)), "b.txt": hostile.File(holds(2))}
    hostile.TENANT["人事"] = hostile.Library(files)
    place.audit()
    files["b.txt"].version, files["b.txt"].data = "two", CLEAN
    place.audit()
    db = sqlite3.connect(place.path / DATABASE)
    views = [name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'view'")]
    for view in views:
        db.execute(f"DROP VIEW {view}")
    db.execute("DROP TABLE suppression")
    for table in ("item_version", "gap_version"):
        db.execute(f"ALTER TABLE {table} DROP COLUMN closed")
    db.execute("CREATE VIEW shown AS SELECT tenant_id, max(seq) AS seq FROM run GROUP BY 1")
    db.execute(
        "CREATE VIEW findings AS SELECT finding_id, 'earlier' AS status FROM finding_version"
    )
    db.commit()
    db.close()
    return place


def test_a_workspace_of_an_earlier_program_is_read_as_it_is(earlier: Place) -> None:
    before = (earlier.path / DATABASE).read_bytes()
    with reading(earlier.path) as db:
        assert dict(db.execute("SELECT item, status FROM findings")) == {
            "a.txt": "unchanged",
            "b.txt": "resolved",
        }
        assert list(standing(db)) == []
        (pair,), _ = pairs(db)
        rows = list(compare(db, pair).rows("resolved"))
    assert [(row["item"], row["why"]) for row in rows] == [("b.txt", "unknown")]
    assert (earlier.path / DATABASE).read_bytes() == before


def test_a_workspace_of_an_earlier_program_gets_what_it_lacks(earlier: Place) -> None:
    held = earlier.rows("SELECT * FROM finding_version")
    earlier.audit()
    assert earlier.findings() == {"a.txt": "unchanged"}
    accept(earlier.path, finding_of(earlier, "a.txt"), "既知", "", None, NOW)
    assert earlier.findings() == {"a.txt": "suppressed"}
    assert earlier.rows("SELECT * FROM finding_version") == held
    assert json.loads(earlier.rows("SELECT locations FROM findings")[0][0]) == ["line 1"]
