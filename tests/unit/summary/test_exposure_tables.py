"""Every exposure table agrees with a count by hand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

from auditor import summary
from auditor.summary import LEVELS, REACHES


def certain(found: summary.Summary) -> list[dict[Any, Any]]:
    items = found.items[found.items["confidence"].isin(["high", "medium"])]
    return items.to_dict("records")


def reach_of(row: dict[Any, Any]) -> str:
    return row["reach"] or "unknown"


# — exposure ———————————————————————————————————————————————————————————————————————————————————


def test_samples_never_count(found: summary.Summary) -> None:
    samples = int((found.items["confidence"] == "sample").sum())
    assert samples > 0
    rest = len(found.items) - samples
    assert found.by_source()["items"].sum() == rest
    assert found.by_partition()["items"].sum() == rest
    assert found.reach_by_confidence()["items"].sum() == rest
    assert len(found.to_act_on()) == rest


@pytest.mark.parametrize(
    ("table", "keys"), [("by_source", ["source"]), ("by_partition", ["source", "partition"])]
)
def test_levels_agree_with_a_count_by_hand(
    found: summary.Summary, table: str, keys: list[str], counted: tuple[int, int]
) -> None:
    counts = Counter((*(row[key] for key in keys), row["exposure"]) for row in certain(found))
    rows = getattr(found, table)().to_dict("records")
    for row in rows:
        for level in LEVELS:
            assert row[level] == counts.pop((*(row[key] for key in keys), level), 0)
        assert row["items"] == row["review"] + sum(row[level] for level in LEVELS)
        assert row["persons_low"] <= row["persons_high"] <= counted[1]
    assert not counts
    assert len(rows) > 3


def test_the_most_exposed_place_comes_first(found: summary.Summary) -> None:
    rows = found.by_partition()[["public", "external", "unknown", "internal"]].to_numpy().tolist()
    assert rows == sorted(rows, reverse=True)


def test_reach_and_confidence_agree_with_a_count_by_hand(found: summary.Summary) -> None:
    items = found.items[found.items["confidence"] != "sample"].to_dict("records")
    counts = Counter((reach_of(row), row["confidence"]) for row in items)
    frame = found.reach_by_confidence().set_index("reach")
    assert list(frame.index) == list(REACHES)
    got = {
        (reach, name): frame.loc[reach, name]
        for reach in REACHES
        for name in ("high", "medium", "low")
    }
    assert {key: n for key, n in got.items() if n} == counts


def test_reach_and_age_agree_with_a_count_by_hand(found: summary.Summary) -> None:
    def class_of(days: int) -> str:
        if pd.isna(days):
            return "undated"
        names = ("under_1", "from_1_to_3", "from_3_to_7", "over_7")
        return names[sum(days >= years * 365 for years in (1, 3, 7))]

    counts = Counter((reach_of(row), class_of(row["age_days"])) for row in certain(found))
    frame = found.reach_by_age().set_index("reach")
    got = {
        (reach, name): frame.loc[reach, name]
        for reach in REACHES
        for name in frame.columns
        if name != "items"
    }
    assert {key: n for key, n in got.items() if n} == counts
    assert len({name for _, name in counts}) == 5


def test_age_classes_touch_and_do_not_overlap() -> None:
    days = pd.Series([-1, 0, 364, 365, 1094, 1095, 2554, 2555, None], dtype="Int64")
    assert list(summary.age_class(days)) == [
        *["under_1"] * 3,
        *["from_1_to_3"] * 2,
        *["from_3_to_7"] * 2,
        "over_7",
        "undated",
    ]


def test_persons_are_those_that_the_run_counted(
    found: summary.Summary, counted: tuple[int, int]
) -> None:
    frame = found.persons().set_index("scope")
    assert (frame.loc["all", "low"], frame.loc["all", "high"]) == counted
    assert not frame.loc["all", "exact"]
    assert frame["high"].max() <= counted[1]
    assert frame.loc["all", "items"] == frame.loc[list(LEVELS), "items"].sum()


def test_persons_are_exact_where_the_run_could_count(
    spoiled: Callable[..., summary.Summary],
) -> None:
    first = spoiled("UPDATE run SET persons_low = 77, persons_high = 77").persons().iloc[0]
    assert (first["low"], first["high"], first["exact"]) == (77, 77, True)


def test_persons_have_bounds_where_no_run_counted(spoiled: Callable[..., summary.Summary]) -> None:
    found = spoiled("UPDATE run SET persons_low = NULL, persons_high = NULL")
    distinct = [row["distinct"] for row in certain(found)]
    first = found.persons().iloc[0]
    assert (first["low"], first["high"]) == (max(distinct), sum(distinct))


def test_what_to_act_on_is_ordered_by_level_then_persons_then_age(found: summary.Summary) -> None:
    def urgency(row: dict[Any, Any]) -> tuple[Any, ...]:
        level = LEVELS.index(row["exposure"])
        place = level if row["confidence"] in ("high", "medium") else len(LEVELS) - 1.5
        return place, level, -row["persons"], -(row["age_days"] or 0)

    frame = found.to_act_on()
    rows = frame.assign(age_days=frame["age_days"].fillna(-1)).to_dict("records")
    keys = [urgency(row) for row in rows]
    assert keys == sorted(keys)
    assert list(frame["rank"]) == list(range(1, len(frame) + 1))
    assert frame["exposure"].iloc[0] == "public"


def test_the_first_rows_are_certain_and_open_to_outsiders(found: summary.Summary) -> None:
    first = found.to_act_on().head(10)
    assert set(first["confidence"]) <= {"high", "medium"}
    assert set(first["exposure"]) <= {"public", "external"}
    review = found.to_act_on()["confidence"] == "low"
    assert review.any()
    assert found.to_act_on().loc[review.idxmax() :, "exposure"].iloc[0] == "public"


def test_a_level_that_nobody_knows_is_unknown_and_not_dropped(
    spoiled: Callable[..., summary.Summary],
) -> None:
    found = spoiled("UPDATE item_version SET exposure = 'strange', reach = 'strange'")
    rest = int((found.items["confidence"] != "sample").sum())
    assert found.by_source()[["unknown", "review"]].to_numpy().sum() == rest
    assert found.reach_by_confidence().set_index("reach").loc["unknown", "items"] == rest
