"""The engine and the store together: first runs, later runs, changed sharing."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import pytest

from auditor.loads import ANY, SHAPES
from connectors import Broken, Denied, Gone, Grant, Reach, Via, Withheld
from tests.unit.engine.place import CLEAN, Place, holds


def test_a_first_run_books_every_item(hostile: Any, place: Place) -> None:
    """Each listed item ends in one state, findings carry exposure, persons are exact."""
    files = {f"{i}.txt": hostile.File(CLEAN) for i in range(7)}
    files["給与.txt"] = hostile.File(holds(1))
    files["写し.txt"] = hostile.File(holds(1))
    hostile.TENANT["人事"] = hostile.Library(files)
    summary = place.audit()
    assert summary.state == "complete"
    assert place.totals() == {**dict.fromkeys(place.totals(), 0), "listed": 9, "complete": 9}
    assert place.findings() == {"給与.txt": "new", "写し.txt": "new"}
    assert place.rows("SELECT DISTINCT exposure, reach FROM items") == [("private", "owner")]
    assert place.rows("SELECT persons_low, persons_high FROM runs") == [(1, 1)]


@pytest.mark.parametrize("delta", [False, True])
def test_a_second_run_reads_only_what_changed(hostile: Any, place: Place, delta: bool) -> None:
    """Unchanged items are not read again; a changed, a new and a deleted one are seen."""
    files = {f"{i}.txt": hostile.File(holds(i)) for i in range(5)}
    library = hostile.TENANT["人事"] = hostile.Library(files, delta=delta)
    place.audit()
    files["1.txt"].version, files["1.txt"].data = "two", CLEAN
    files["new.txt"] = hostile.File(holds(9))
    del files["2.txt"]
    library.changes, library.gone = ["1.txt", "new.txt"], ["id/2.txt"]
    place.audit()
    assert [files[f"{i}.txt"].reads for i in (0, 1, 3)] == [1, 2, 1]
    assert place.findings() == {
        "0.txt": "unchanged",
        "1.txt": "resolved",
        "2.txt": "resolved",
        "3.txt": "unchanged",
        "4.txt": "unchanged",
        "new.txt": "new",
    }
    assert place.totals()["listed"] == 5
    assert place.totals()["unchanged"] == 3
    place.audit()
    assert set(place.findings().values()) == {"unchanged"}


@pytest.mark.parametrize("delta", [False, True])
def test_sharing_is_asked_again_although_nothing_else_changed(
    hostile: Any, place: Place, delta: bool
) -> None:
    """A link made after the first run is seen by the second, without reading the file."""
    file = hostile.File(holds(1))
    hostile.TENANT["人事"] = hostile.Library({"a.txt": file, "b.txt": hostile.File()}, delta=delta)
    place.audit()
    file.grants = [Grant(Reach.ANYONE, Via.LINK, "anonymous link")]
    place.audit()
    assert (file.reads, file.asked) == (1, 2)
    assert place.rows("SELECT exposure, reach FROM items") == [("public", "anyone")]
    assert place.rows("SELECT reach FROM grants") == [("anyone",)]
    assert place.findings() == {"a.txt": "unchanged"}


@pytest.mark.parametrize("delta", [False, True])
def test_a_failed_question_is_unknown_and_a_gap_until_it_is_answered(
    hostile: Any, place: Place, delta: bool
) -> None:
    """Denied grants never read as private, and heal."""
    file = hostile.File(holds(1), grants=Denied(permission="Files.Read.All"))
    hostile.TENANT["人事"] = hostile.Library({"a.txt": file}, delta=delta)
    assert place.audit().state == "incomplete"
    assert place.rows("SELECT exposure FROM items") == [("unknown",)]
    assert place.rows("SELECT reason, permission, state FROM coverage") == [
        ("permission_denied", "Files.Read.All", "partial")
    ]
    file.grants = [Grant(Reach.NAMED, Via.DIRECT, "x@sample-shoji.example", 1)]
    assert place.audit().state == "complete"
    assert place.rows("SELECT exposure FROM items") == [("private",)]
    assert place.reasons() == {}
    assert file.reads == 1
    file.grants = Denied(permission="Files.Read.All")
    place.audit()
    assert place.reasons() == {"a.txt": "permission_denied"}  # also where no listing named it


@pytest.mark.parametrize("delta", [False, True])
@pytest.mark.parametrize(
    ("error", "reason", "state"),
    [
        (Denied(permission="Files.Read.All"), "permission_denied", "failed"),
        (Gone(), "gone", "failed"),
        (Broken(reason="throttled"), "throttled", "failed"),
        (Withheld(reason="archived_tier"), "archived_tier", "skipped"),
        (Broken("HTTP 500"), "service_error", "failed"),
    ],
)
def test_an_item_that_cannot_be_read_is_one_row_and_heals(
    hostile: Any, place: Place, error: Exception, reason: str, state: str, delta: bool
) -> None:
    """The run goes on; a later run reads it unless the reason lies in the item itself."""
    file = hostile.File(holds(1), error=error)
    other = hostile.File(CLEAN)
    hostile.TENANT["人事"] = hostile.Library({"a.txt": file, "b.txt": other}, delta=delta)
    assert place.audit().state == "incomplete"
    assert place.reasons() == {"a.txt": reason}
    assert place.totals()[state] == 1
    file.error = None
    if reason == "archived_tier":
        file.version = "two"
        hostile.TENANT["人事"].changes = ["a.txt"]
    assert place.audit().state == "complete"
    assert place.findings() == {"a.txt": "new"}
    assert place.reasons() == {}
    assert other.reads == 1
    assert place.totals()["listed"] == 2


def test_as_many_places_are_read_at_a_time_as_the_model_says(
    hostile: Any, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The forecast rests on the number that the engine works with."""
    for number in range(40):
        hostile.TENANT[f"課 {number}"] = hostile.Library({"a.txt": hostile.File(CLEAN)})
    monkeypatch.setitem(SHAPES, "hostile", replace(ANY, places=13))
    pages, now, most = hostile.Source.pages, 0, 0

    async def counted(*asked: Any) -> AsyncIterator[Any]:
        nonlocal now, most
        now += 1
        most = max(most, now)
        await asyncio.sleep(0.01)
        async for page in pages(*asked):
            yield page
        now -= 1

    monkeypatch.setattr(hostile.Source, "pages", counted)
    assert place.audit().tally.listed == 40
    assert most == 13
