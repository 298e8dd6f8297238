"""The events are valid by the published schema of OCSF, and say what the frames say."""

from __future__ import annotations

import dataclasses
import json
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from jsonschema import Draft202012Validator

from auditor.locales import LANGUAGES
from auditor.reports import _ocsf_base
from auditor.reports import ocsf as report
from auditor.summary import COLUMNS, LEVELS, Summary

SCHEMA = json.loads((Path(__file__).parents[2] / "fixtures/ocsf/schema.json").read_text("utf-8"))
Event = dict[str, Any]
Write = Callable[..., list[Event]]


def problems(event: Event) -> list[str]:
    """What the schema says against an event, under the profiles that it names."""
    profiles = "+".join(event["metadata"]["profiles"])
    schema = {**SCHEMA[profiles], "$ref": f"#/$defs/{event['class_uid']}"}
    found = Draft202012Validator(schema).iter_errors(event)
    return [f"{event['class_uid']} {error.json_path} {error.validator}" for error in found]


@pytest.fixture
def write(tmp_path: Path, sample: Summary) -> Write:
    def make(lang: str = "ja", **frames: pd.DataFrame) -> list[Event]:
        summary = dataclasses.replace(sample, **frames) if frames else sample
        (file,) = report.write(summary, tmp_path, lang)
        return [json.loads(line) for line in file.read_text("utf-8").split("\n")[:-1]]

    return make


def of(events: list[Event], class_uid: int) -> list[Event]:
    return [event for event in events if event["class_uid"] == class_uid]


def controls(statuses: str) -> pd.DataFrame:
    rows = [
        {
            "control_id": f"access.check_{status}",
            "title": "外部共有",
            "pillar": "access",
            "measures": ["F-a", "F-d"],
            "status": status,
            "evidence": "sharing=anyone" if status == "fail" else "",
            "remedy": "" if status == "pass" else "管理センターで変更する",
            "permission": "Policy.Read.All" if status == "not_assessed" else "",
        }
        for status in statuses.split()
    ]
    return pd.DataFrame(rows).astype(dict(COLUMNS["controls"]))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_event_is_valid(write: Write, lang: str) -> None:
    events = write(lang, controls=controls("pass fail manual not_assessed"))
    assert {event["class_uid"] for event in events} == {2006, 2003, 6007}
    assert sorted({problem for event in events for problem in problems(event)}) == []
    assert {event["metadata"]["version"] for event in events} == {SCHEMA["datetime"]["version"]}


@pytest.mark.parametrize(
    "change",
    [
        {"severity_id": 7},
        {"time": "2026-10-05T18:00:00Z"},
        {"finding_info": {"title": "no uid"}},
        {"no_such_attribute": 1},
        {"type_uid": 200301},
        {"data_security": {"category_id": 2}},
        {"resources": [{"type": "neither name nor uid"}]},
    ],
    ids=lambda change: next(iter(change)),
)
def test_the_schema_of_the_tests_refuses_what_ocsf_refuses(write: Write, change: Event) -> None:
    """Else every event would be valid."""
    event = of(write(), 2006)[0]
    assert problems(event) == []
    assert problems({**event, **change}) != []


def test_one_finding_an_item_under_its_stable_id(write: Write, sample: Summary) -> None:
    events = of(write(), 2006)
    ids = [event["finding_info"]["uid"] for event in events]
    assert Counter(ids) == Counter(sample.findings["item_id"].unique())
    listed = {i for e in events for t in e["finding_info"]["tags"] if t["name"] == "finding_id"
              for i in t["values"]}  # fmt: skip
    assert listed == set(sample.findings["finding_id"])
    assert [event["metadata"]["uid"] for event in events] == [
        event["metadata"]["uid"] for event in of(write("en"), 2006)
    ]


def test_activity_and_status_follow_the_findings(write: Write, sample: Summary) -> None:
    first = sample.findings["item_id"].unique()[:5]
    wanted = {}
    findings, items = sample.findings.copy(), sample.items.copy()
    items.loc[items["item_id"] == first[4], "confidence"] = "suppressed"  # as the workspace says it
    for item_id, status, life in zip(
        first,
        ("new", "changed", "unchanged", "resolved", "suppressed"),
        ((1, 1), (2, 1), (2, 1), (3, 4), (2, 3)),
        strict=True,
    ):
        findings.loc[findings["item_id"] == item_id, "status"] = status
        wanted[item_id] = life
    events = {event["finding_info"]["uid"]: event for event in write(findings=findings, items=items)
              if event["class_uid"] == 2006}  # fmt: skip
    found = {key: (events[key]["activity_id"], events[key]["status_id"]) for key in wanted}
    assert found == wanted
    assert events[first[3]]["severity_id"] == 1
    assert events[first[4]]["confidence_id"] in {1, 2, 3, 99}
    assert not events[first[3]].get("is_alert")
    assert all(event["type_uid"] == 200600 + event["activity_id"] for event in events.values())


def test_severity_is_that_of_exposure_and_confidence(write: Write, sample: Summary) -> None:
    items = sample.items.set_index("item_id")
    seen = set()
    for event in of(write(), 2006):
        item = items.loc[event["finding_info"]["uid"]]
        level = item["exposure"] if item["exposure"] in LEVELS else "unknown"
        wanted = _ocsf_base.SEVERITIES[level].get(item["confidence"], 1)
        assert event["severity_id"] == wanted
        assert event["confidence_score"] == _ocsf_base.CONFIDENCES[item["confidence"]][1]
        seen.add((level, item["confidence"]))
    assert len(seen) > 12
    assert _ocsf_base.SEVERITIES.keys() == set(LEVELS)


def test_what_was_found_is_classified_and_never_shown(write: Write, sample: Summary) -> None:
    counts = sample.findings.set_index("finding_id")["count"]
    for event in of(write(), 2006):
        data = event["data_security"]
        assert data["detection_system_id"] == 4
        assert not {"pattern_match", "detection_pattern"} & data.keys()
        if "individual_number" in event["finding_info"]["types"]:
            assert data["classifier_details"]["uid"] == "98da8e66-7299-4ebd-9f82-c871ab37d3ef"
        assert all("value" not in found for found in data["discovery_details"])
    every = [d for e in of(write(), 2006) for d in e["data_security"]["discovery_details"]]
    assert sum(found["count"] for found in every) == counts.sum()
    assert {name for d in every for o in d["occurrences"] for name in o} == {"cell_name"}


def test_how_far_an_item_was_read(write: Write, sample: Summary) -> None:
    first = [str(name) for name in sample.items["item_id"][:3]]
    places = sample.items.set_index("item_id")
    rows = [("", "failed", "encrypted"), ("attachment 1", "failed", "malformed")]
    gaps = [
        {**dict.fromkeys(COLUMNS["coverage"]), "item_id": i, "part": part, "state": state,
         "reason": reason, "source": places.loc[i, "source"],
         "partition": places.loc[i, "partition"]}
        for i, (part, state, reason) in zip(first, rows, strict=False)
    ]  # fmt: skip
    coverage = pd.DataFrame(gaps).astype(dict(COLUMNS["coverage"]))
    events = {event["finding_info"]["uid"]: event["data_security"]
              for event in of(write(coverage=coverage), 2006)}  # fmt: skip
    assert [events[i]["status_id"] for i in first] == [3, 2, 1]
    assert events[first[0]]["status_details"] == ["encrypted"]


def test_where_it_is_kept(write: Write, sample: Summary) -> None:
    items = sample.items.set_index("item_id")
    seen = set()
    for event in of(write(), 2006):
        item = items.loc[event["finding_info"]["uid"]]
        (resource,) = event["resources"]
        assert (resource.get("name", ""), resource["namespace"]) == (
            item["item"],
            item["partition"],
        )
        source = item["source"]
        assert ("file" in event) == (source in {"sharepoint", "onedrive", "blob", "folder"})
        assert ("databucket" in event) == (source == "blob")
        assert ("database" in event) == (source == "dataverse")
        assert ("cloud" in event) == (source != "folder")
        if "file" in event and source != "folder":
            assert event["file"]["is_public"] == (item["exposure"] == "public")
        seen.add(source)
    assert {"mail", "sharepoint", "blob", "folder"} <= seen


def test_only_https_becomes_a_link(write: Write, sample: Summary) -> None:
    assert (~sample.items["url"].str.startswith("https://")).any()
    for event in of(write(), 2006):
        links = [event["finding_info"].get("src_url"), event.get("file", {}).get("uri")]
        assert all(link is None or link.startswith("https://") for link in links)


def test_old_files_keep_their_dates_in_the_other_form(write: Write, sample: Summary) -> None:
    items = sample.items.copy()
    items["created"] = pd.Timestamp("1999-12-31", tz="UTC")
    files = [event["file"] for event in of(write(items=items), 2006) if "file" in event]
    assert files
    assert {file["created_time_dt"] for file in files} == {"1999-12-31T00:00:00Z"}
    assert not any("created_time" in file for file in files)


def test_controls_become_compliance_findings(write: Write) -> None:
    found = of(write("en", controls=controls("pass fail manual not_assessed")), 2003)
    said = {event["compliance"]["status_code"]: event for event in found}
    assert {name: event["compliance"]["status_id"] for name, event in said.items()} == {
        "pass": 1, "fail": 3, "manual": 99, "not_assessed": 2,
    }  # fmt: skip
    assert said["pass"]["activity_id"] == 3
    assert said["fail"]["activity_id"] == 2
    assert said["fail"]["remediation"]["desc"]
    assert "remediation" not in said["pass"]
    assert said["not_assessed"]["unmapped"] == {"permission": "Policy.Read.All"}
    assert said["fail"]["compliance"]["requirements"] == [
        "Access control (F-a)", "Prevention of leaks (F-d)",
    ]  # fmt: skip


def test_scans_balance_the_books(write: Write, sample: Summary) -> None:
    events = of(write(), 6007)
    run, *sources = events
    assert len(sources) == sample.totals["source"].nunique()
    for event in events:
        parts = (event["num_files"], event["num_skipped_items"], event["num_trusted_items"])
        assert event["total"] == sum(parts)
    assert run["total"] == sample.totals["listed"].sum()
    assert run["total"] == sum(event["total"] for event in sources)
    assert run["num_detections"] == sample.items["item_id"].nunique()
    assert run["num_detections"] == sum(event["num_detections"] for event in sources)
    assert run["duration"] == 2 * 3600 * 1000
    assert (run["activity_id"], run["status_id"], run["status_code"]) == (2, 99, "incomplete")


def test_an_empty_workspace_has_no_event(empty: Summary, tmp_path: Path) -> None:
    (file,) = report.write(empty, tmp_path, "ja")
    assert file.read_bytes() == b""


def test_nothing_but_the_permission_is_unmapped(write: Write) -> None:
    events = write(controls=controls("pass fail manual not_assessed"))
    assert {name for event in events for name in event.get("unmapped", {})} == {"permission"}
    assert not re.search(r"(?<!\d)\d{12}(?!\d)", json.dumps(events))
