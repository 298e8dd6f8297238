"""The triage of a possible breach: bounds that hold, "may meet" and never more, nine items."""

from __future__ import annotations

import csv
import dataclasses
import inspect
import re
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.locales import LANGUAGES, has_word, word, words
from auditor.reports import _breach as facts
from auditor.reports import breach as report
from auditor.summary import Summary

KNOWN_ON = date(2026, 11, 20)


@pytest.fixture(scope="session")
def told(sample: Summary) -> Callable[..., facts.Triage]:
    """The triage of items with these levels and persons, in a run that counted ``all_of_them``."""

    def make(
        rows: Sequence[tuple[str, int]],
        all_of_them: tuple[int, int] | None = None,
        confidence: str = "high",
    ) -> facts.Triage:
        items = sample.items.head(len(rows)).assign(
            confidence=confidence,
            exposure=[level for level, _ in rows],
            distinct=[persons for _, persons in rows],
        )
        low, high = all_of_them or (None, None)
        runs = sample.runs.assign(persons_low=low, persons_high=high)
        runs = runs.astype({"persons_low": "Int64", "persons_high": "Int64"})
        items = items.astype({"exposure": "string", "distinct": "Int64", "confidence": "string"})
        return facts.triage(dataclasses.replace(sample, items=items, runs=runs))

    return make


def statuses(found: facts.Triage) -> dict[str, str]:
    return {kind.code: kind.status for kind in found.kinds}


@pytest.mark.parametrize(
    ("rows", "counted", "third", "fourth"),
    [
        ([("private", 900)], None, "not_seen", "not_seen"),
        ([("internal", 900)], None, "not_seen", "not_seen"),
        ([("unknown", 900)], None, "not_seen", "not_seen"),
        ([("public", 1)], None, "may_meet", "not_seen"),
        ([("external", 100)], None, "not_seen", "not_seen"),
        ([("external", 101)], None, "not_seen", "may_meet"),
        ([("external", 60), ("external", 41)], None, "not_seen", "may_meet"),  # the most counts
        ([("external", 60), ("external", 41)], (99, 99), "not_seen", "not_seen"),
        ([("external", 60), ("public", 60)], None, "may_meet", "may_meet"),
    ],
)
def test_what_the_facts_point_to(
    told: Any, rows: Any, counted: Any, third: str, fourth: str
) -> None:
    found = statuses(told(rows, counted))
    assert found == {"1": "person", "2": "person", "3": third, "4": fourth}


def test_hits_of_low_confidence_point_to_nothing_but_are_named(told: Any) -> None:
    found = told([("public", 5), ("external", 500)], confidence="low")
    assert statuses(found)["3"] == statuses(found)["4"] == "not_seen"
    (third,) = (kind for kind in found.kinds if kind.code == "3")
    assert ("breach.review_items", {"n": 2}) in [(k.key, dict(k.values)) for k in third.known]


people = st.lists(
    st.tuples(
        st.sampled_from(["public", "external", "unknown", "internal", "private"]),
        st.frozensets(st.integers(0, 12), min_size=1, max_size=6),
    ),
    min_size=1,
    max_size=8,
)


@settings(max_examples=60)
@given(people, st.sampled_from(["exact", "bounds", "nothing"]))
def test_the_bounds_hold_whoever_stands_in_several_items(
    told: Any, held: list[tuple[str, frozenset[int]]], how: str
) -> None:
    """Brute force: the union of the persons of the items, against what is said of them."""

    def union(levels: set[str]) -> int:
        return len(frozenset[int]().union(*(some for level, some in held if level in levels)))

    every = len(frozenset[int]().union(*(some for _, some in held)))
    sizes = [len(some) for _, some in held]
    counted = {"exact": (every, every), "bounds": (max(sizes), sum(sizes)), "nothing": None}[how]
    found = told([(level, len(some)) for level, some in held], counted)
    assert found.viewable.low <= union({"public"}) <= found.viewable.high
    assert found.outside.low <= union({"public", "external"}) <= found.outside.high
    if how == "exact" and {level for level, _ in held} <= {"public", "external"}:
        assert found.outside == facts.Bounds(every, every)


def rows_of(file: Path) -> list[list[str]]:
    with file.open(encoding="utf-8-sig", newline="") as text:
        return list(csv.reader(text))[1:]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_worksheet_has_four_kinds_the_clock_nine_items_and_the_decisions(
    sample: Summary, tmp_path: Path, lang: str
) -> None:
    given_day = dataclasses.replace(sample, known_on=KNOWN_ON)
    sheet, items = (rows_of(file) for file in report.write(given_day, tmp_path, lang))
    parts = [row[0] for row in sheet]
    counts = {"kind": 4, "clock": 4, "report": 9, "decide": len(facts.DECISIONS) + 1}
    assert {name: parts.count(word(f"breach.sheet.{name}", lang)) for name in counts} == counts
    assert all(row[4] for row in sheet if row[0] == word("breach.sheet.report", lang))
    assert all(row[7] for row in sheet)
    outside = facts.triage(sample).items
    assert [row[-1] for row in items] == list(outside["item_id"])
    assert set(outside["exposure"]) == {"public", "external"}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_says_the_same_as_the_worksheet(
    sample: Summary, draw: Any, tmp_path: Path, lang: str
) -> None:
    given_day = dataclasses.replace(sample, known_on=KNOWN_ON)
    page = draw(given_day, lang)
    shown = "".join(page.said(lang, "//section[@id='breach']").split())
    for row in rows_of(report.write(given_day, tmp_path, lang)[0])[:-1]:
        for cell in (*row[2:5], row[7]):
            for text in cell.splitlines():
                assert "".join(text.split()) in shown
    assert page.find("//nav//a[@href='#breach']")


def test_without_a_day_the_page_says_how_to_give_one(page: Any) -> None:
    for lang in LANGUAGES:
        said = page.said(lang, "//section[@id='breach']")
        assert "--known-on" in said
        assert word("breach.clock.final", lang) not in said.replace(
            word("breach.decide.purpose", lang), ""
        )


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_sentence_that_may_be_said_has_words(lang: str) -> None:
    keys = set(re.findall(r'line\(\s*"([a-z_.0-9]+)"', inspect.getsource(facts)))
    assert len(keys) > 25
    assert [key for key in keys if not has_word(f"breach.{key}", lang)] == []
    for table, codes in (("items", facts.ITEMS), ("to_write", facts.ITEMS)):
        assert [code for code in codes if not has_word(f"breach.{table}.{code}", lang)] == []
    assert [code for code in facts.DECISIONS if not has_word(f"breach.decide.{code}", lang)] == []


@pytest.mark.parametrize(
    ("lang", "verdicts"), [("en", ("must report", "illegal")), ("ja", ("違法", "報告しなければ"))]
)
def test_no_sentence_is_a_verdict(lang: str, verdicts: tuple[str, ...]) -> None:
    """Neither a breach nor a duty to report is stated anywhere in the catalogue."""
    said = str(words(lang, "breach"))
    assert len(said) > 1_000
    assert [verdict for verdict in verdicts if verdict in said] == []


def test_domains_are_those_of_addresses_and_of_guests() -> None:
    said = {
        "taro@partner.example": "partner.example",
        "taro_partner.example#EXT#@sample-shoji.onmicrosoft.example": "partner.example",
        "Everyone": "",
        "": "",
    }
    assert {who: facts._domain(who) for who in said} == said


def test_a_link_that_ends_has_its_last_day_and_one_that_does_not_has_none(sample: Summary) -> None:
    ends = report._ends(sample.grants)
    far = sample.grants[sample.grants["reach"].isin(["anyone", "guest", "external"])]
    for item_id, rows in far.groupby("item_id"):
        if rows["expires"].isna().any():
            assert item_id not in ends
        else:
            assert ends[item_id] == str(rows["expires"].max().date())
    assert ends
