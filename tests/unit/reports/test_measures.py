"""The safety measures of the guideline: what bears on each is counted, and nothing is left out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pandas as pd

from auditor.controls._measures import MEASURES
from auditor.locales import LANGUAGES, word
from auditor.summary import Summary

ROWS = [
    ("customer.storage_tls", "fail", ["F-d"]),
    ("customer.labels", "not_assessed", ["F-d"]),
    ("audit.sign_in_log", "pass", ["C-b", "F-b"]),
    ("customer.training", "manual", ["D-b"]),
]


def checked(sample: Summary) -> pd.DataFrame:
    names = ["control_id", "status", "measures"]
    frame = pd.DataFrame(ROWS, columns=names).assign(title="検査", pillar="audit", evidence="")
    return frame.assign(remedy="", permission="").reindex(columns=sample.controls.columns)


def test_every_measure_has_its_row(sample: Summary) -> None:
    found = replace(sample, controls=checked(sample)).measures().set_index("measure")
    assert tuple(found.index) == MEASURES
    assert found.loc["F-d", "checks"] == ["customer.labels", "customer.storage_tls"]
    assert dict(found.loc["F-d", ["fail", "not_assessed", "manual", "pass"]]) == {
        "fail": 1,
        "not_assessed": 1,
        "manual": 0,
        "pass": 0,
    }
    assert found["pass"].sum() == 2  # one check bears on two measures
    assert found.loc["D-b", "document_only"]
    assert not found.loc["F-d", "document_only"]


def test_items_count_for_each_measure_they_bear_on(sample: Summary) -> None:
    items = sample.items.assign(measures=[["E-d", "F-a"] for _ in range(len(sample.items))])
    found = replace(sample, items=items).measures().set_index("measure")["items"]
    many = len(sample.exposed())
    assert many > 0
    assert found[found > 0].to_dict() == {"E-d": many, "F-a": many}


def test_measures_of_an_audit_without_checks(sample: Summary) -> None:
    found = replace(sample, controls=sample.controls.iloc[:0]).measures()
    assert len(found) == len(MEASURES)
    assert found[["fail", "pass", "manual", "not_assessed"]].to_numpy().sum() == 0


def test_the_page_says_what_to_show_on_paper(sample: Summary, render: Callable[..., Any]) -> None:
    page = render(controls=checked(sample))
    rows = page.find("//*[@id='safety']//tbody/tr")
    assert len(rows) == len(MEASURES)
    for lang in LANGUAGES:
        said = page.said(lang, "//*[@id='safety']")
        for measure in MEASURES:
            assert word(f"report.measures.{measure}", lang) in said
            assert word(f"controls.documents.{measure}", lang) in said
    assert "Documents only." in page.said("en", "//*[@id='safety']")
    assert page.said("en", "//*[@id='safety']").count("customer.storage_tls") == 0  # titles, no ids


def test_a_measure_names_its_checks_and_leads_to_its_items(
    sample: Summary, render: Callable[..., Any]
) -> None:
    page = render(controls=checked(sample))
    places = {row["measure"]: at for at, row in sample.measures().iterrows()}
    row = page.find("//*[@id='safety']//tbody/tr")[places["F-d"]]
    names = ["".join(item.itertext()) for item in row.xpath(".//details//li")]
    assert len(names) == 2
    title = word("controls.customer.storage_tls.title", "en")
    assert title in names[0]  # what failed stands first
    touched = int(sample.exposed()["measures"].map(lambda held: "F-d" in held).sum())
    assert row.xpath(".//a[@href='#items?measure=F-d']")[0].text == f"{touched:,}"


def test_without_checks_a_measure_says_that_none_ran(page: Any) -> None:
    said = page.said("en", "//*[@id='safety']")
    assert said.count(word("report.safety.not_run", "en")) > 5
    assert word("report.safety.no_check", "en") in said
