"""The charts of the page: they count what the tables count, and everything once."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.locales import word
from auditor.reports import _classes, _payload
from auditor.reports._exposure import periods_by_paper, persons_by_reach
from auditor.reports._treemap import Box, places, squares
from auditor.reports._trend import before
from auditor.summary import Summary

DAY = pd.Timestamp("2026-10-05", tz="UTC")


def test_each_certain_item_is_in_one_cell_of_each_chart(sample: Summary) -> None:
    many = len(sample.exposed(certain=True))
    assert persons_by_reach(sample).to_numpy().sum() == many
    assert periods_by_paper(sample).to_numpy().sum() == many


@pytest.mark.parametrize(
    ("persons", "name"),
    [
        (1, "one"),
        (2, "to_10"),
        (10, "to_10"),
        (100, "to_100"),
        (101, "to_1000"),
        (5000, "over_1000"),
    ],
)
def test_more_than_a_hundred_persons_are_a_class_of_their_own(persons: int, name: str) -> None:
    assert list(_classes.people(pd.Series([persons]))) == [name]


@pytest.mark.parametrize(
    ("until", "name"),
    [
        ("2026-10-04", "past"),
        ("2026-10-05", "ends"),  # the last day of a period belongs to it
        ("2027-10-05", "ends"),
        ("2027-10-06", "runs"),
        ("2025-09-01", "past_1"),
        ("2020-01-01", "past_3"),
        (None, "no_period"),
    ],
)
def test_what_is_left_of_a_period(until: str | None, name: str) -> None:
    days = pd.Series([until]).astype("datetime64[ns]").dt.tz_localize("UTC")
    assert list(_classes.period(days, DAY)) == [name]


def test_past_its_period_is_what_retention_says(sample: Summary) -> None:
    items = sample.exposed(certain=True)
    periods = _classes.period(items["retention_until"], _classes.today(sample))
    past = periods.isin(["past", "past_1", "past_3"])
    assert list(past) == list(items["retention_check"].fillna("") == "check")
    assert past.any()


@given(st.lists(st.floats(min_value=0.5, max_value=1e5), min_size=1, max_size=40))
def test_squares_fill_the_box_and_do_not_overlap(sizes: list[float]) -> None:
    sizes = sorted(sizes, reverse=True)
    box = Box(0, 0, 1000, 300)
    found = squares(sizes, box)
    total = sum(sizes)
    for size, part in zip(sizes, found, strict=True):
        assert part.width * part.height == pytest.approx(size / total * 300_000, rel=1e-3)
        assert part.x >= -1e-6
        assert part.y >= -1e-6
        assert part.x + part.width <= 1000.01
        assert part.y + part.height <= 300.01
    for at, one in enumerate(found):
        for two in found[at + 1 :]:
            wide = min(one.x + one.width, two.x + two.width) - max(one.x, two.x)
            high = min(one.y + one.height, two.y + two.height) - max(one.y, two.y)
            assert min(wide, high) < 0.01


def test_the_areas_are_the_books(sample: Summary) -> None:
    found, books = places(sample), sample.coverage_by_source().set_index("source")
    assert found["listed"].sum() == books["listed"].sum()
    for source, rows in found.groupby("source"):
        assert rows["unread"].sum() == books.loc[source, "unread"]
    assert found["whole"].sum() == books["not_assessed"].sum() == 2


def test_a_place_that_could_not_be_listed_is_hatched(page: Any) -> None:
    assert len(page.find("//*[name()='rect' and @class='hatched']")) == 2


def test_the_run_before_is_of_the_same_tenant(sample: Summary) -> None:
    earlier = before(sample)
    assert list(earlier["run_id"]) == [sample.runs["run_id"].iloc[0]]
    assert before(dataclasses.replace(sample, shown=(sample.runs["run_id"].iloc[0],))).empty


def test_the_trend_ends_with_the_run_that_is_shown(sample: Summary, page: Any) -> None:
    runs = sample.trend()
    rows = page.find("//*[@class='trend']//tbody/tr")
    assert [row.xpath("./th")[0].text for row in rows] == [
        f"{day:%Y-%m-%d}" for day in reversed(list(runs["started"]))
    ]
    said = [int(cell.text) for cell in rows[0].xpath("./td[position() <= 7]")]
    now = runs.iloc[-1]
    levels = ["public", "external", "unknown", "internal", "private", "review", "items"]
    assert said == [int(now[name]) for name in levels]
    drawn = page.find("//*[@class='trend']//*[name()='rect']/@class")
    assert set(drawn) <= {f"fill {name}" for name in levels}


def test_page_one_says_what_changed(sample: Summary, page: Any) -> None:
    card = page.find("//section[@class='changes']")[0]
    counts = dict(
        zip(
            ("new", "changed", "resolved", "suppressed"),
            [int(number.text) for number in card.xpath(".//li//b")],
            strict=True,
        )
    )
    findings = sample.findings[sample.findings["confidence"] != "sample"]
    found = _payload.statuses(findings).value_counts()
    assert counts == {name: int(found.get(name, 0)) for name in counts}
    assert counts["new"] > 0
    assert "2026-09-28" in card.text_content()


def test_the_first_audit_has_nothing_to_compare_with(
    sample: Summary, draw: Callable[..., Any]
) -> None:
    first = dataclasses.replace(sample, shown=(sample.runs["run_id"].iloc[0],))
    page = draw(first)
    said = page.said("en", "//section[@class='changes']")
    assert word("report.front.first_audit", "en") in said
    assert page.find("//*[contains(@class, 'spark')]") == []


@pytest.mark.parametrize(
    ("held", "status"),
    [
        (["new"], "new"),
        (["unchanged", "unchanged"], "unchanged"),
        (["unchanged", "new"], "changed"),
        (["resolved", "unchanged"], "unchanged"),
        (["resolved"], "resolved"),
        (["suppressed", "resolved"], "suppressed"),
        (["suppressed", "new"], "new"),
    ],
)
def test_what_became_of_an_item(held: list[str], status: str) -> None:
    frame = pd.DataFrame({"item_id": "a", "status": held, "confidence": "high"}).astype("string")
    assert dict(_payload.statuses(frame)) == {"a": status}


def test_checks_of_settings_are_no_row_of_zeros(
    sample: Summary, render: Callable[..., Any]
) -> None:
    zeros = sample.totals.iloc[:1].assign(source="controls", partition="controls")
    counts = [name for name in zeros.columns if name not in ("source", "partition")]
    zeros = zeros.assign(**dict.fromkeys(counts, 0)).assign(requests=41)
    totals = pd.concat([sample.totals, zeros.astype(sample.totals.dtypes)], ignore_index=True)
    page = render(totals=totals)
    rows = page.find("//*[@id='coverage']//table[@class='bars']/tbody/tr")
    assert len(rows) == sample.coverage_by_source()["source"].nunique()
    cost = int(sample.books()["requests"].iloc[0]) + 41
    assert f"{cost:,}" in page.said("en", "//*[@id='about']")


def test_no_chart_needs_a_style_attribute_or_an_address(page: Any) -> None:
    for svg in page.find("//*[name()='svg']"):
        assert svg.xpath(".//@style|.//@href") == []
        outside = [value for value in svg.xpath(".//@fill") if re.search(r"url\((?!#)", value)]
        assert outside == []


def test_a_summary_made_of_frames_has_no_history(sample: Summary, draw: Callable[..., Any]) -> None:
    frames = dict(sample.tables())
    page = draw(Summary(**frames, shown=sample.shown))
    said = page.said("en", "//section[@class='changes']")
    assert word("report.front.first_audit", "en") in said
