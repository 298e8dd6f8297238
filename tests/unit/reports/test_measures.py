"""The safety measures of the guideline: what bears on each is counted, and nothing is left out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pandas as pd

from auditor.controls._measures import MEASURES
from auditor.reports._measures import measures
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
    found = measures(replace(sample, controls=checked(sample))).set_index("measure")
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
    found = measures(replace(sample, items=items)).set_index("measure")["items"]
    many = len(sample.exposed())
    assert many > 0
    assert found[found > 0].to_dict() == {"E-d": many, "F-a": many}


def test_measures_of_an_audit_without_checks(sample: Summary) -> None:
    found = measures(replace(sample, controls=sample.controls.iloc[:0]))
    assert len(found) == len(MEASURES)
    assert found[["fail", "pass", "manual", "not_assessed"]].to_numpy().sum() == 0


def test_the_page_says_what_to_show_on_paper(sample: Summary, render: Callable[..., Any]) -> None:
    page = render(controls=checked(sample))
    said = page.said("ja", "//*[@id='controls']")
    assert "事務取扱担当者の教育（D-b）" in said
    assert "教育の実施記録" in said
    assert "Documents only." in page.said("en", "//*[@id='controls']")
