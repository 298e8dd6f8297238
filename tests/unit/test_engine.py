"""The engine and the store together, over a source that misbehaves on demand."""

from __future__ import annotations

import asyncio
import random
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

import connectors
from auditor import engine
from auditor.engine import RunSummary, audit
from auditor.model import Limits, State
from auditor.progress import Silent
from auditor.store import Store
from auditor.workspace import DATABASE
from connectors import Broken, Denied, Gone, Grant, Misconfigured, Reach, Via, Withheld
from connectors._identity import Access, Tenant

SOURCES = Path(__file__).parents[1] / "contract" / "sources"


def number(seed: int) -> str:
    """A valid number from a seed."""
    source = random.Random(seed)
    digits = [source.randrange(10) for _ in range(11)]
    weights = (6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2)
    rest = sum(d * w for d, w in zip(digits, weights, strict=True)) % 11
    return "".join(map(str, [*digits, 0 if rest <= 1 else 11 - rest]))


def holds(seed: int) -> bytes:
    """A file in which one number is found."""
    return f"個人番号: {number(seed)}\n".encode()


CLEAN = "お世話になっております。\n".encode()


@dataclass(frozen=True)
class OneTenant:
    """A tenant of the settings."""

    id: str = "sample-shoji.example"
    name: str = "サンプル商事"

    def access(self) -> Access:
        """Without credentials: the hostile source needs none."""
        return Access(Tenant(self.id, self.name))


@dataclass(frozen=True)
class Plain:
    """Settings that switch on the hostile source only."""

    limits: Limits = field(default_factory=Limits)
    tenant: OneTenant = field(default_factory=OneTenant)
    key: bytes | None = None

    def tenants_or_local(self) -> Sequence[Any]:
        """One tenant."""
        return [self.tenant]

    def sources_of(self, _tenant: Any, _names: Sequence[str]) -> Mapping[str, object]:
        """The hostile source."""
        return {"hostile": connectors.load("hostile").Settings()}

    def privacy_key(self, _environ: Mapping[str, str]) -> bytes | None:
        """Tokens of persons persist under this key, if there is one."""
        return self.key

    def workers(self) -> int:
        """In this process: these tests are about the books."""
        return 0


@pytest.fixture
def hostile(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """The hostile source, found by its folder like any other."""
    monkeypatch.setattr(connectors, "__path__", [*connectors.__path__, str(SOURCES)])
    module = connectors.load("hostile")
    module.TENANT.clear()
    module.FAULTS.clear()
    yield module
    module.TENANT.clear()
    module.FAULTS.clear()


class Place:
    """A workspace and what is in it."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def audit(self, *, full: bool = False, settings: Any = None) -> RunSummary:
        """One run."""
        store = Store.open(self.path, tenants=())
        try:
            (summary,) = asyncio.run(
                audit(settings or Plain(), store, Silent(), full=full)  # type: ignore[arg-type]
            )
        finally:
            store.close()
        return summary

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """Read the workspace as a script would."""
        db = sqlite3.connect(self.path / DATABASE)
        try:
            return db.execute(query).fetchall()
        finally:
            db.close()

    def totals(self) -> dict[str, int]:
        """The books of the shown run."""
        names = ["listed", *[s.value for s in State]]
        columns = ", ".join(f"total({n})" for n in names)
        (row,) = self.rows(f"SELECT {columns} FROM totals")
        return {n: int(v) for n, v in zip(names, row, strict=True)}

    def findings(self) -> dict[str, str]:
        """Item → status."""
        return dict(self.rows("SELECT item, status FROM findings"))

    def reasons(self) -> dict[str, str]:
        """Item → reason of its gap."""
        return dict(self.rows("SELECT item, reason FROM coverage"))


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """A fresh workspace."""
    return Place(tmp_path / "workspace")


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


def test_persons_are_exact_over_runs_with_a_key_of_ones_own(hostile: Any, place: Place) -> None:
    """[privacy] key: tokens persist, so an incremental run still counts persons exactly."""
    files = {f"{i}.txt": hostile.File(holds(i % 3)) for i in range(6)}
    hostile.TENANT["人事"] = hostile.Library(files, delta=True)
    settings = Plain(key=b"k" * 32)
    place.audit(settings=settings)
    place.audit(settings=settings)
    assert place.rows("SELECT persons_low, persons_high FROM runs") == [(3, 3), (3, 3)]


def test_without_a_key_an_incremental_run_gives_bounds(hostile: Any, place: Place) -> None:
    """Largest item ≤ persons ≤ sum."""
    files = {f"{i}.txt": hostile.File(holds(i % 3)) for i in range(6)}
    hostile.TENANT["人事"] = hostile.Library(files)
    place.audit()
    place.audit()
    assert place.rows("SELECT persons_low, persons_high FROM runs") == [(3, 3), (1, 6)]
    assert place.rows("SELECT count(*) FROM person") == [(0,)]


def test_a_name_that_holds_a_number_is_masked_everywhere(hostile: Any, place: Place) -> None:
    """Neither the store nor its free pages hold a digit of it."""
    planted = number(77)
    hostile.TENANT["人事"] = hostile.Library({f"{planted}_氏名.txt": hostile.File(holds(1))})
    place.audit()
    place.audit()
    raw = b"".join(p.read_bytes() for p in place.path.iterdir())
    assert planted.encode() not in raw
    assert number(1).encode() not in raw
    assert len(place.rows("SELECT * FROM items")) == 1


def test_one_item_of_many_is_closed_by_the_engine_when_a_defect_strikes(
    hostile: Any, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A defect of ours costs a scope and says so without a message that could hold content."""
    hostile.TENANT["一"] = hostile.Library({"a.txt": hostile.File(holds(1))})

    async def broken(*_: object) -> None:
        raise ZeroDivisionError(number(1))

    monkeypatch.setattr(engine._Job, "_page", broken)
    assert place.audit().state == "incomplete"
    assert place.rows("SELECT reason, detail FROM coverage") == [
        ("service_error", "internal ZeroDivisionError")
    ]
