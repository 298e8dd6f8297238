"""What the page says: how bad, where, what was not seen, what to do; and whether it adds up."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

from auditor.locales import LANGUAGES, word
from auditor.reports import _front, _payload
from auditor.summary import LEVELS, STATES, Summary

# — what it says ———————————————————————————————————————————————————————————————————————————————


@pytest.mark.parametrize("level", LEVELS)
def test_the_first_sentence_is_about_the_worst_level(
    sample: Summary, render: Callable[..., Any], level: str
) -> None:
    better = LEVELS[LEVELS.index(level) :]
    items = sample.items[sample.items["exposure"].isin(better)]
    count = int((items[items["confidence"].isin(["high", "medium"])]["exposure"] == level).sum())
    page = render(items=items)
    for lang in LANGUAGES:
        sentence = word(f"report.verdict.{level}", lang, n=f"{count:,}")
        assert page.said(lang, "//*[@id='verdict']") == sentence


@pytest.mark.parametrize(
    ("confidences", "read_all", "key"),
    [
        (["low", "sample"], False, "review"),
        (["sample"], False, "none_but_unread"),
        (["sample"], True, "none"),
    ],
)
def test_the_first_sentence_when_nothing_certain_was_found(
    sample: Summary,
    render: Callable[..., Any],
    confidences: list[str],
    read_all: bool,
    key: str,
) -> None:
    items = sample.items[sample.items["confidence"].isin(confidences)]
    totals, coverage = sample.totals, sample.coverage
    unread = coverage["item_id"].nunique()
    if read_all:
        totals = totals.assign(partial=0, skipped=0, failed=0, not_assessed=0)
        totals = totals.assign(listed=totals["complete"] + totals["unchanged"])
        coverage = coverage.iloc[:0]
    page = render(items=items, totals=totals, coverage=coverage)
    n = {"review": int((items["confidence"] == "low").sum()), "none_but_unread": unread}.get(key, 0)
    assert page.said("en", "//*[@id='verdict']") == word(f"report.verdict.{key}", "en", n=n)


def test_before_the_first_audit_nothing_is_called_clean(
    empty: Summary, draw: Callable[..., Any]
) -> None:
    page = draw(empty, "en")
    assert page.said("en", "//*[@id='verdict']") == word("report.verdict.nothing_yet", "en")
    assert page.find("//*[@id='items' or @id='coverage' or contains(@class, 'tile')]") == []
    assert page.find("//*[@id='reading']|//*[@id='never']")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_books_are_written_out_and_balance(sample: Summary, page: Any, lang: str) -> None:
    books = sample.books().iloc[0]
    equation = page.said(lang, "//p[@class='equation']")
    for name in ("listed", *STATES):
        key = "report.coverage.listed" if name == "listed" else f"report.states.{name}"
        assert f"{books[name]:,} {word(key, lang)}" in equation
    assert equation.count(" + ") == len(STATES) - 1
    assert (
        word("report.coverage.balanced", lang) in page.find("//*[@id='coverage']")[0].text_content()
    )
    assert page.find("//*[@role='alert']") == []


def test_books_that_do_not_balance_raise_an_alert(
    sample: Summary, render: Callable[..., Any]
) -> None:
    page = render(totals=sample.totals.assign(listed=sample.totals["listed"] + 1))
    assert page.said("ja", "//*[@role='alert']") == word("report.coverage.unbalanced", "ja")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_reason_says_what_it_means_and_what_to_do(
    sample: Summary, page: Any, lang: str
) -> None:
    coverage = page.said(lang, "//*[@id='coverage']")
    reasons = set(sample.coverage["reason"])
    assert len(reasons) >= 8
    for reason in reasons:
        for part in ("words", "means", "remedy"):
            assert word(f"reasons.{reason}.{part}", lang) in coverage
    assert {"Mail.Read", "Sites.Read.All"} <= {code.text for code in page.find("//code")}


def test_what_to_do_first_is_short_and_begins_with_the_worst(page: Any) -> None:
    steps = page.find("//ol[@class='steps']/li")
    assert 3 <= len(steps) <= 5
    assert page.said("en", "//ol[@class='steps']/li").startswith(word("report.steps.public", "en"))


def test_an_interrupted_audit_says_so_first(sample: Summary, render: Callable[..., Any]) -> None:
    page = render(runs=sample.runs.assign(state="interrupted"))
    assert page.said("en", "//main/*[1]") == word("report.page.interrupted", "en")


def test_a_breach_class_is_a_note_that_leaves_the_decision_to_a_person(
    sample: Summary, render: Callable[..., Any]
) -> None:
    page = render(items=sample.items.assign(breach_class="3"))
    assert "Personal Information Protection Commission" in page.said("en", "//main")
    assert page.find("//input[@name='breach']")


def test_controls_have_their_section_when_there_are_any(
    sample: Summary, render: Callable[..., Any]
) -> None:
    row = {
        "control_id": "sharing_links",
        "title": "共有リンクの既定",
        "pillar": "access",
        "status": "fail",
        "evidence": "anyone",
        "remedy": "named people",
        "permission": "",
    }
    frame = pd.DataFrame([row | {"measures": ["F-a"]}]).reindex(columns=sample.controls.columns)
    assert "共有リンクの既定" in render(controls=frame).said("ja", "//*[@id='controls']")
    assert render().find("//*[@id='controls']") == []


@pytest.mark.parametrize(
    ("share", "shown"),
    [(1.0, "100%"), (0.99999, "99.9%"), (0.5, "50.0%"), (0.0, "0.0%"), (float("nan"), "–")],
)
def test_a_share_is_cut_and_not_rounded_up(share: float, shown: str) -> None:
    assert _front.percent(share) == shown


# — the data block —————————————————————————————————————————————————————————————————————————————


def test_rows_stand_in_the_order_to_act_on_with_their_own_evidence(
    sample: Summary, page: Any
) -> None:
    order = sample.to_act_on()
    halves = zip(page.column("items", "folder"), page.column("items", "leaf"), strict=True)
    assert [folder + leaf for folder, leaf in halves] == list(order["url"])
    assert page.column("items", "persons") == list(order["persons"])
    for place, item_id in enumerate(order["item_id"]):
        mine = sample.findings[sample.findings["item_id"] == item_id]
        assert set(page.behind("findings", "finding_id", place)) == set(mine["finding_id"])
        grants = int((sample.grants["item_id"] == item_id).sum())
        assert len(page.behind("grants", "who", place)) == grants


def test_what_does_not_fit_is_said_and_the_counts_stay_whole(
    sample: Summary, draw: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, most in (("ITEMS", 50), ("GAPS", 20)):
        monkeypatch.setattr(_payload, name, most)
    page = draw(sample)
    assert (len(page.column("items", "item")), len(page.column("gaps", "item"))) == (50, 20)
    assert max(page.column("findings", "item")) < 50
    assert all(page.column("gaps", "suspect")[:5])
    for mark, rest in (
        ("items-table", len(sample.exposed()) - 50),
        ("gaps-table", len(sample.coverage) - 20),
    ):
        assert f" {rest} " in page.said("en", f"//*[@id='{mark}']")
    assert sum(int(n) for n in page.find("//fieldset/label/span[@class='count']/text()")) == len(
        sample.exposed()
    )
