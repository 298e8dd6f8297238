"""What the settings leave out is listed, and said to be left out."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from connectors import Body, Item, Partition, Withheld
from connectors._selection import Selection, check

PLACE = Partition("sharepoint", "d", "人事部", "t")


def _item(path: str, name: str, modified: datetime | None = None) -> Item:
    body = Body("", "text/plain", 1, b"a")
    return Item(PLACE, "i", name, "7", modified=modified, path=path, body=body, row={"a": "b"})


@pytest.mark.parametrize(
    ("chosen", "taken"),
    [
        (Selection(), True),
        (Selection(paths=("人事/*",)), True),
        (Selection(paths=("経理/*",)), False),
        (Selection(exclude_paths=("*.XLSX",)), False),
        (Selection(exclude_paths=("*/2025/*",)), True),
        (Selection(since=date(2026, 3, 1)), True),
        (Selection(since=date(2026, 3, 2)), False),
        (Selection(until=date(2026, 3, 1)), True),
        (Selection(until=date(2026, 2, 28)), False),
    ],
)
def test_paths_and_days(chosen: Selection, *, taken: bool) -> None:
    item = _item("人事/2026", "名簿.xlsx", datetime(2026, 3, 1, 12, tzinfo=UTC))
    found = chosen.apply(item)
    if taken:
        assert found is item
        check(found)
        return
    assert (found.body, found.row, found.version) == (None, {}, "left_out/7")
    with pytest.raises(Withheld) as caught:
        check(found)
    assert caught.value.reason == "excluded_by_settings"


def test_an_item_without_a_date_is_read() -> None:
    item = _item("", "a.txt")
    assert Selection(since=date(2026, 3, 1)).apply(item) is item


def test_settings_without_such_keys_leave_nothing_out() -> None:
    assert Selection.of(object()) == Selection()
