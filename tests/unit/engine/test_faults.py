"""A source that misbehaves costs a row or a scope, never the run."""

from __future__ import annotations

from typing import Any

import pytest

from auditor import engine
from auditor.worker import NoWorkerError
from connectors import Broken, Denied, Misconfigured
from tests.unit.engine.place import Place, holds


def test_a_denied_partition_is_not_assessed_and_hides_no_other(hostile: Any, place: Place) -> None:
    """What was denied never looks like nothing found."""
    hostile.TENANT["閉"] = hostile.Library({}, error=Denied(permission="Sites.Read.All"))
    hostile.TENANT["開"] = hostile.Library({"a.txt": hostile.File(holds(1))})
    assert place.audit().state == "incomplete"
    assert place.rows("SELECT partition, state, reason, permission FROM coverage") == [
        ("閉", "not_assessed", "permission_denied", "Sites.Read.All")
    ]
    assert place.rows("SELECT listed, not_assessed FROM totals WHERE partition = '閉'") == [(1, 1)]
    assert place.findings() == {"a.txt": "new"}
    hostile.TENANT["閉"].error = None
    assert place.audit().state == "complete"


def test_a_listing_that_breaks_off_keeps_what_it_gave(hostile: Any, place: Place) -> None:
    """Nothing is resolved by a listing that did not end, and the next one goes on."""
    files = {f"{i}.txt": hostile.File(holds(i)) for i in range(7)}
    library = hostile.TENANT["人事"] = hostile.Library(files)
    place.audit()
    library.error, library.error_after = Broken("HTTP 502"), 1
    place.audit()
    assert set(place.findings().values()) == {"unchanged"}
    assert len(place.findings()) == 7
    assert place.totals()["not_assessed"] == 1


def test_an_enumeration_that_fails_is_a_gap_of_the_source(hostile: Any, place: Place) -> None:
    """Partitions already known stay; those found are read; the source itself is not assessed."""
    hostile.TENANT["一"] = hostile.Library({"a.txt": hostile.File(holds(1))})
    hostile.TENANT["二"] = hostile.Library({"b.txt": hostile.File(holds(2))})
    place.audit()
    del hostile.TENANT["二"]
    hostile.FAULTS["partitions"] = Denied(permission="User.Read.All")
    assert place.audit().state == "incomplete"
    assert place.findings() == {"a.txt": "unchanged", "b.txt": "unchanged"}
    hostile.FAULTS.clear()
    assert place.audit().state == "complete"
    assert place.findings() == {"a.txt": "unchanged", "b.txt": "resolved"}


def test_repeated_items_are_booked_once(hostile: Any, place: Place) -> None:
    """A service that names an item on every page does not change the books."""
    files = {f"{i}.txt": hostile.File(holds(i)) for i in range(8)}
    hostile.TENANT["人事"] = hostile.Library(files, repeats=True)
    place.audit()
    assert place.totals()["listed"] == 8
    assert files["0.txt"].reads == 1


def test_a_listing_that_never_ends_is_ended(hostile: Any, place: Place) -> None:
    """Its items are read once, and the rest of the scope is not assessed."""
    files = {f"{i}.txt": hostile.File(holds(i)) for i in range(8)}
    hostile.TENANT["輪"] = hostile.Library(files, loops=True)
    assert place.audit().state == "incomplete"
    assert {f.reads for f in files.values()} == {1}
    assert place.totals()["listed"] == 9
    assert place.totals()["not_assessed"] == 1


@pytest.mark.parametrize("told", [0, 3, 1 << 40])
def test_sizes_are_not_believed(hostile: Any, place: Place, told: int) -> None:
    """A listing may say any size: what is there is read, and no more is set aside."""
    hostile.TENANT["嘘"] = hostile.Library({"a.txt": hostile.File(holds(1) * 50, size=told)})
    assert place.audit().state == "complete"
    assert place.rows("SELECT count FROM findings") == [(50,)]


def test_a_void_cursor_begins_anew_without_resolving(hostile: Any, place: Place) -> None:
    """410: everything is listed again, unchanged things are not read, gone ones are noticed."""
    files = {f"{i}.txt": hostile.File(holds(i)) for i in range(5)}
    library = hostile.TENANT["人事"] = hostile.Library(files, delta=True)
    place.audit()
    library.void = True
    del files["4.txt"]
    place.audit()
    assert [f.reads for f in files.values()] == [1, 1, 1, 1]
    assert place.findings()["4.txt"] == "resolved"
    assert place.totals() == {**dict.fromkeys(place.totals(), 0), "listed": 4, "unchanged": 4}


def test_full_reads_everything_again(hostile: Any, place: Place) -> None:
    """--full trusts nothing it knew."""
    files = {f"{i}.txt": hostile.File(holds(i)) for i in range(5)}
    hostile.TENANT["人事"] = hostile.Library(files, delta=True)
    place.audit()
    place.audit(full=True)
    assert {f.reads for f in files.values()} == {2}
    assert set(place.findings().values()) == {"unchanged"}
    assert place.rows("SELECT persons_low = persons_high FROM runs ORDER BY rowid") == [(1,), (1,)]


def test_other_rules_read_everything_again(
    hostile: Any, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A scan holds under the rules that made it."""
    files = {f"{i}.txt": hostile.File(holds(i)) for i in range(5)}
    hostile.TENANT["人事"] = hostile.Library(files, delta=True)
    place.audit()
    monkeypatch.setattr("auditor.detect.rules_digest", lambda: "otherrules")
    place.audit()
    assert {f.reads for f in files.values()} == {2}


def test_misconfigured_stops_before_work_and_is_the_same_run_later(
    hostile: Any, place: Place
) -> None:
    """A wrong secret is told at once; the interrupted run goes on when it is mended."""
    hostile.TENANT["人事"] = hostile.Library({"a.txt": hostile.File(holds(1))})
    hostile.FAULTS["partitions"] = Misconfigured("wrong_secret")
    with pytest.raises(Misconfigured):
        place.audit()
    hostile.FAULTS.clear()
    assert place.audit().resumed
    assert len(place.rows("SELECT * FROM runs")) == 1


def test_without_worker_processes_a_run_ends_and_can_go_on(
    hostile: Any, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It would otherwise book every place as unread; the next run is the same run."""
    hostile.TENANT["一"] = hostile.Library({"a.txt": hostile.File(holds(1))})

    async def none(*_: object) -> None:
        raise NoWorkerError("no worker process: OSError")

    with monkeypatch.context() as patch:
        patch.setattr(engine.Workers, "scan", none)
        with pytest.raises(NoWorkerError):
            place.audit()
    assert place.audit().resumed
    assert place.findings() == {"a.txt": "new"}
