from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

import connectors
from auditor.locales import LANGUAGES, has_word, word
from auditor.papers import PAPERS, Paper
from auditor.retention import CHECK, NO_PERIOD, PERIODS, WITHIN, basis, check

TODAY = date(2026, 11, 25)


def on(year: int, month: int = 4, day: int = 1) -> datetime:
    return datetime(year, month, day, tzinfo=UTC)


@pytest.mark.parametrize(
    ("code", "year", "verdict", "until"),
    [
        ("dependents_declaration", 2018, CHECK, date(2026, 1, 10)),
        ("dependents_declaration", 2019, WITHIN, date(2027, 1, 10)),
        ("withholding_slip", 2017, CHECK, date(2025, 1, 10)),
        ("employment_insurance", 2022, WITHIN, date(2026, 12, 31)),
        ("employment_insurance", 2021, CHECK, date(2025, 12, 31)),
        ("health_pension", 2024, WITHIN, date(2026, 12, 31)),
        ("health_pension", 2023, CHECK, date(2025, 12, 31)),
        ("labour_premium", 2022, CHECK, date(2025, 12, 31)),
    ],
)
def test_a_year_on_the_paper_decides(code: str, year: int, verdict: str, until: date) -> None:
    found = check(Paper(code, year), on(2026), on(2026), TODAY)
    assert (found.check, found.until, found.rests_on) == (verdict, until, "year")


def test_the_last_day_is_still_within() -> None:
    paper = Paper("dependents_declaration", 2018)
    assert check(paper, None, None, date(2026, 1, 10)).check == WITHIN
    assert check(paper, None, None, date(2026, 1, 11)).check == CHECK


def test_without_a_year_the_older_date_of_the_file_stands_for_it() -> None:
    copied = check(Paper("health_pension"), on(2023), on(2026), TODAY)
    assert (copied.check, copied.until, copied.rests_on) == (CHECK, date(2025, 4, 1), "modified")
    made = check(Paper("health_pension"), on(2026), on(2023), TODAY)
    assert (made.check, made.rests_on) == (CHECK, "created")


def test_a_leap_day() -> None:
    found = check(Paper("health_pension"), on(2024, 2, 29), None, TODAY)
    assert found.until == date(2026, 2, 28)


def test_where_no_period_is_known_nothing_is_said() -> None:
    assert check(Paper("number_ledger", 2001), on(2001), None, TODAY).check == NO_PERIOD
    assert check(Paper(), on(2001), None, TODAY).check == NO_PERIOD
    assert check(Paper("health_pension"), None, None, TODAY).check == NO_PERIOD


def test_every_period_is_of_a_paper_that_is_known() -> None:
    assert set(PERIODS) <= set(PAPERS)
    assert all(period.basis for period in PERIODS.values())


@given(st.sampled_from(sorted(PERIODS)), st.integers(1990, 2026), st.integers(0, 4000))
def test_what_is_past_stays_past(code: str, year: int, days: int) -> None:
    paper = Paper(code, year)
    later = date.fromordinal(TODAY.toordinal() + days)
    if check(paper, None, None, TODAY).check == CHECK:
        assert check(paper, None, None, later).check == CHECK


@given(
    st.sampled_from(sorted(PERIODS)),
    st.sampled_from([0, 1998, 2017, 2024]),
    st.none() | st.dates(date(2001, 1, 1), date(2026, 11, 25)),
    st.none() | st.dates(date(2001, 1, 1), date(2026, 11, 25)),
)
def test_what_a_period_rests_on_can_be_told_from_its_end(
    code: str, year: int, modified: date | None, created: date | None
) -> None:
    times = [day and on(day.year, day.month, day.day) for day in (modified, created)]
    found = check(Paper(code, year), *times, TODAY)
    if found.until is None:
        assert not year
        return
    told, day = basis(code, found.until, *times)
    same_end = [
        name
        for name, when in zip(("modified", "created"), times, strict=True)
        if when and check(Paper(code), when, None, TODAY).until == found.until
    ]
    assert told == found.rests_on or told in same_end
    assert day == (str(year) if told == "year" else day)
    assert day in {str(year), *(when.date().isoformat() for when in times if when)}


def test_a_paper_without_a_period_rests_on_nothing() -> None:
    assert basis("number_ledger", TODAY, on(2020), None) == ("", "")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_there_are_words_for_every_paper_verdict_and_source(lang: str) -> None:
    keys = [f"types.{code}" for code in PAPERS]
    keys += [f"checks.{code}" for code in (WITHIN, CHECK, NO_PERIOD)]
    keys += [f"basis.{code}" for code in ("year", "modified", "created")]
    keys += [f"copies.{name}" for name in (*connectors.names(), "caution", "itself")]
    assert [key for key in keys if not has_word(f"papers.{key}", lang)] == []
    said = " ".join(word(f"papers.{key}", lang) for key in keys).lower()
    assert "illegal" not in said
    assert "違法" not in said
