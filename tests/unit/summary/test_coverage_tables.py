"""The books, and what was not read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from auditor import summary
from auditor.summary import STATES

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


def test_books_that_do_not_balance_are_told(spoiled: Callable[..., summary.Summary]) -> None:
    found = spoiled("UPDATE total SET listed = listed + 1 WHERE partition = 1")
    assert not found.books().iloc[0]["balanced"]
    assert (~found.coverage_by_source()["balanced"]).sum() == 1


def test_nothing_listed_has_no_share(spoiled: Callable[..., summary.Summary]) -> None:
    found = spoiled("DELETE FROM total")
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


def test_several_parts_of_one_item_are_one_item(spoiled: Callable[..., summary.Summary]) -> None:
    columns = "item_id, partition, item, state, reason, detail, suspect, permission, retry, since"
    before = spoiled().coverage_by_reason().set_index("reason")
    after = (
        spoiled(
            f"INSERT INTO gap_version ({columns}, part) SELECT {columns}, 'image' "
            "FROM gap_version WHERE reason = 'ocr_off'"
        )
        .coverage_by_reason()
        .set_index("reason")
    )
    assert after.loc["ocr_off", "rows"] == 2 * before.loc["ocr_off", "rows"]
    assert after.loc["ocr_off", "items"] == before.loc["ocr_off", "items"]
