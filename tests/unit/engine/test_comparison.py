"""Two runs beside each other: nothing that could not be read is told as resolved."""

from __future__ import annotations

import io
import sqlite3
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

import connectors
from auditor.comparison import WrongRunError, compare, pairs
from auditor.workspace import DATABASE, reading
from connectors import Broken, Denied, Grant, Reach, Via, Withheld
from tests.unit.engine.compared import compared
from tests.unit.engine.place import CLEAN, OneTenant, Place, Plain, holds, number


def zipped(name: str, data: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(zipfile.ZipInfo(name, (2026, 1, 2, 0, 0, 0)), data)
    return file.getvalue()


def run_ids(place: Place) -> list[str]:
    return [run_id for (run_id,) in place.rows("SELECT run_id FROM runs")]


@pytest.mark.parametrize("delta", [False, True])
def test_each_change_is_told_with_its_reason(hostile: Any, place: Place, delta: bool) -> None:
    files = {f"{i}.txt": hostile.File(holds(i)) for i in range(7)}
    library = hostile.TENANT["人事"] = hostile.Library(files, delta=delta)
    hostile.TENANT["閉"] = hostile.Library({"z.txt": hostile.File(holds(50))})
    hostile.TENANT["去"] = hostile.Library({"y.txt": hostile.File(holds(51))}, delta=delta)
    place.audit()
    files["0.txt"].version, files["0.txt"].data = "two", CLEAN
    del files["1.txt"]
    files["2.txt"].grants = [Grant(Reach.ANYONE, Via.LINK, "anonymous link")]
    files["3.txt"].version, files["3.txt"].error = "two", Denied(permission="Files.Read.All")
    files["4.txt"].version, files["4.txt"].data = "two", holds(4) + holds(44)
    files["new.txt"] = hostile.File(holds(9))
    library.changes = ["0.txt", "3.txt", "4.txt", "new.txt"]
    library.gone = ["id/1.txt"]
    hostile.TENANT["閉"].error = Denied(permission="Sites.Read.All")
    del hostile.TENANT["去"]
    place.audit()
    found = compared(place)
    assert found.told("new") == {"new.txt": "content"}
    assert found.told("resolved") == {"0.txt": "content", "1.txt": "deleted", "y.txt": "scope"}
    assert found.told("unreachable", "permission") == {
        "3.txt": "Files.Read.All",
        "閉": "Sites.Read.All",
    }
    assert found.told("unreachable", "findings") == {"3.txt": 1, "閉": 1}
    assert found.told("unreachable", "known") == {"3.txt": 1, "閉": 1}
    assert found.told("changed", "distinct_then") == {"4.txt": 1}
    assert found.told("changed", "distinct") == {"4.txt": 2}
    assert found.kept == (3, 2)  # 2, 5 and 6 were seen again; 3 and z were not
    (opened,) = found.rows["exposure_up"]
    assert (opened["exposure_then"], opened["exposure"]) == ("private", "public")
    assert [grant["reach"] for grant in opened["grants_added"]] == ["anyone"]
    assert [grant["reach"] for grant in opened["grants_removed"]] == ["owner"]
    assert found.alarming == {"high"}
    files["2.txt"].grants = [Grant(Reach.OWNER, Via.DIRECT, "owner@sample-shoji.example", 1)]
    files["3.txt"].error = None
    library.changes, library.gone = [], []
    hostile.TENANT["閉"].error = None
    place.audit()
    later = compared(place)
    assert later.changed() == {"exposure_down": 1, "readable": 2}
    assert later.told("readable", "reason") == dict.fromkeys(("3.txt", "閉"), "permission_denied")
    assert (later.kept, later.alarming) == ((7, 0), frozenset())
    first, _, last = run_ids(place)
    whole = compared(place, first[:9], last[:9])  # what came back in between did not change
    assert whole.changed() == {"new": 1, "resolved": 3, "changed": 1}


@pytest.mark.parametrize("delta", [False, True])
@pytest.mark.parametrize("error", [Denied(), Broken("HTTP 500"), Withheld(reason="archived_tier")])
def test_what_cannot_be_read_any_more_stands(
    hostile: Any, place: Place, delta: bool, error: Exception
) -> None:
    """Denied is not clean, and what was found is not seen again until it is read."""
    file = hostile.File(holds(1))
    library = hostile.TENANT["人事"] = hostile.Library({"a.txt": file}, delta=delta)
    place.audit()
    file.version, file.error, library.changes = "two", error, ["a.txt"]
    assert place.audit().state == "incomplete"
    assert place.findings() == {"a.txt": "unchanged"}
    assert place.rows("SELECT first_seen = last_seen FROM findings") == [(1,)]
    assert place.rows("SELECT persons_low, persons_high FROM runs")[1] == (1, 1)
    found = compared(place)
    assert (found.changed(), found.kept) == ({"unreachable": 1}, (0, 1))
    file.error, file.data, file.version = None, CLEAN, "three"
    library.changes = ["a.txt"]
    place.audit()
    assert place.findings() == {"a.txt": "resolved"}
    found = compared(place)
    assert found.told("resolved") == {"a.txt": "content"}
    state = "skipped" if isinstance(error, Withheld) else "failed"
    assert found.told("readable", "state") == {"a.txt": state}


def test_a_new_item_that_cannot_be_read_is_not_said_to_have_been_read(
    hostile: Any, place: Place
) -> None:
    files = hostile.TENANT["人事"] = hostile.Library({"a.txt": hostile.File(CLEAN)})
    place.audit()
    files.files["鍵.txt"] = hostile.File(holds(1), error=Denied())
    place.audit()
    found = compared(place)
    assert found.told("unreachable", "known") == {"鍵.txt": 0}
    assert found.told("unreachable", "findings") == {"鍵.txt": 0}
    del files.files["鍵.txt"]
    place.audit()
    assert compared(place).changed() == {}  # it is gone, which is not to be read


def test_other_rules_alone_are_told_as_such(
    hostile: Any, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same file, seen otherwise: neither was something added nor taken away."""
    files = {"came.txt": hostile.File(CLEAN), "went.txt": hostile.File(holds(2))}
    files["edited.txt"] = hostile.File(holds(3))
    hostile.TENANT["人事"] = hostile.Library(files)
    place.audit()
    files["came.txt"].data, files["went.txt"].data = holds(1), CLEAN  # of the same version
    files["edited.txt"].version, files["edited.txt"].data = "two", CLEAN
    monkeypatch.setattr("auditor.detect.rules_digest", lambda: "otherrules")
    place.audit()
    found = compared(place)
    assert found.told("new") == {"came.txt": "rules"}
    assert found.told("resolved") == {"went.txt": "rules", "edited.txt": "content"}
    assert found.rules_alone == 2


def test_the_same_file_read_again_by_the_same_rules(hostile: Any, place: Place) -> None:
    file = hostile.File(holds(1))
    hostile.TENANT["人事"] = hostile.Library({"a.txt": file})
    place.audit()
    file.data = CLEAN
    place.audit(full=True)
    assert compared(place).told("resolved") == {"a.txt": "settings"}


def test_another_confidence_is_another_finding_and_said_to_be(hostile: Any, place: Place) -> None:
    file = hostile.File(holds(1))
    hostile.TENANT["人事"] = hostile.Library({"a.txt": file})
    place.audit()
    file.version, file.data = "two", f"番号 {number(1)}\n".encode()
    place.audit()
    found = compared(place)
    (came,), (went,) = found.rows["new"], found.rows["resolved"]
    assert (came["why"], went["why"]) == ("confidence", "confidence")
    assert (came["confidence"], went["confidence"]) == ("low", "high")
    assert found.alarming == {"low"}


@dataclass(frozen=True)
class TwoSources(Plain):
    """The hostile source, and a folder."""

    sources: Mapping[str, object] = field(default_factory=dict)

    def sources_of(self, _tenant: Any, _names: Any) -> Mapping[str, object]:
        return self.sources


def test_a_source_that_is_switched_off_resolves_nothing(
    hostile: Any, place: Place, tmp_path: Path
) -> None:
    (tmp_path / "棚").mkdir()
    (tmp_path / "棚" / "届.txt").write_bytes(holds(3))
    hostile.TENANT["人事"] = hostile.Library({"a.txt": hostile.File(holds(1))})
    folder = connectors.load("folder").Settings(paths=(str(tmp_path / "棚"),))
    one: Mapping[str, object] = {"hostile": connectors.load("hostile").Settings()}
    both = TwoSources(sources={**one, "folder": folder})
    place.audit(settings=both)
    place.audit(settings=TwoSources(sources=one))
    found = compared(place)
    assert found.changed() == {"unreachable": 1}
    assert found.told("unreachable", "reason") == {"folder": "source_off"}
    assert found.told("unreachable", "findings") == {"folder": 1}
    assert found.kept == (1, 1)
    place.audit(settings=both)
    assert compared(place).changed() == {}
    assert place.findings() == dict.fromkeys(place.findings(), "unchanged")
    first, *_, last = run_ids(place)
    assert compared(place, first, last).changed() == {}


def test_a_place_that_comes_into_scope(hostile: Any, place: Place) -> None:
    hostile.TENANT["一"] = hostile.Library({"a.txt": hostile.File(holds(1))})
    place.audit()
    hostile.TENANT["二"] = hostile.Library({"b.txt": hostile.File(holds(2))})
    place.audit()
    assert compared(place).told("new") == {"b.txt": "scope"}


def test_an_item_made_after_the_earlier_audit_is_called_new(hostile: Any, place: Place) -> None:
    files = {"a.txt": hostile.File(holds(1))}
    hostile.TENANT["一"] = hostile.Library(files)
    place.audit()
    files["b.txt"] = hostile.File(holds(2))
    place.audit()
    db = sqlite3.connect(place.path / DATABASE)
    with db:
        db.execute("UPDATE item_version SET created = '2099-01-01T00:00:00Z' WHERE since = 2")
    db.close()
    assert compared(place).told("new") == {"b.txt": "appeared"}


def test_a_file_that_breaks_keeps_what_was_found_in_it(hostile: Any, place: Place) -> None:
    """Torn content tells nothing of what is in it; once it is whole again, it does."""
    file = hostile.File(zipped("届.txt", holds(1)))
    hostile.TENANT["人事"] = hostile.Library({"a.zip": file})
    place.audit()
    whole = file.data
    file.version, file.data = "two", whole[:40]
    place.audit()
    assert place.findings() == {"a.zip": "unchanged"}
    found = compared(place)
    assert found.changed() == {"unreachable": 1}
    assert found.kept == (0, 1)
    file.version, file.data = "three", zipped("空.txt", CLEAN)
    place.audit()
    assert place.findings() == {"a.zip": "resolved"}
    assert compared(place).changed() == {"resolved": 1, "readable": 1}


def test_a_listing_that_fails_says_how_many_findings_it_leaves(hostile: Any, place: Place) -> None:
    hostile.TENANT["一"] = hostile.Library({"a.txt": hostile.File(holds(1))})
    hostile.TENANT["二"] = hostile.Library({"b.txt": hostile.File(holds(2))})
    place.audit()
    del hostile.TENANT["二"]
    hostile.FAULTS["partitions"] = Denied(permission="User.Read.All")
    place.audit()
    found = compared(place)
    assert found.told("unreachable", "findings") == {"hostile": 1}
    assert found.changed() == {"unreachable": 1}
    assert found.kept == (1, 1)


def test_runs_are_named_by_their_first_letters(hostile: Any, place: Place) -> None:
    hostile.TENANT["一"] = hostile.Library({"a.txt": hostile.File(holds(1))})
    place.audit()
    with reading(place.path) as db:
        assert pairs(db)[0] == []
        (single,) = pairs(db)[1]
        assert single.run_id == run_ids(place)[0]
    place.audit()
    place.audit()
    first, second, third = run_ids(place)
    with reading(place.path) as db:
        ((latest,), _) = pairs(db, second[:12])
        assert (latest.old.run_id, latest.new.run_id) == (second, third)
        assert pairs(db)[0] == [latest]
        for names, code in (
            ((third, first), "audits_reversed"),
            ((third,), "audits_reversed"),
            (("nothing",), "unknown_audit"),
        ):
            with pytest.raises(WrongRunError) as caught:
                pairs(db, *names)
            assert caught.value.code == code


def test_runs_of_two_tenants_are_not_compared(hostile: Any, place: Place) -> None:
    hostile.TENANT["一"] = hostile.Library({"a.txt": hostile.File(holds(1))})
    other = Plain(tenant=OneTenant("other.example", "別の会社"))
    for settings in (None, other, None, other):
        place.audit(settings=settings)
    first, second, *_ = run_ids(place)
    with reading(place.path) as db:
        found, _ = pairs(db)
        assert [pair.new.tenant_id for pair in found] == ["other.example", "sample-shoji.example"]
        for pair in found:  # one connection tells of one pair after the other
            assert compare(db, pair).kept() == (1, 0)
        with pytest.raises(WrongRunError) as caught:
            pairs(db, first, second)
        assert caught.value.code == "audits_of_two_tenants"
