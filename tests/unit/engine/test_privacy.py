"""Persons are counted without being kept, and numbers are masked."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.engine.place import Place, Plain, holds, number


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

    monkeypatch.setattr("auditor.pages.Pages.work", broken)
    assert place.audit().state == "incomplete"
    assert place.rows("SELECT reason, detail FROM coverage") == [
        ("service_error", "internal ZeroDivisionError")
    ]
