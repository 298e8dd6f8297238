"""The browser to test in: named by the variable CHROMIUM, and then it must work."""

from __future__ import annotations

import dataclasses
import os
import runpy
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractAsyncContextManager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from auditor import reports, summary
from auditor.suppressions import accept

HERE = Path(__file__).parent
PROGRAM = os.environ.get("CHROMIUM", "")
MANY = 100_000
ACCEPTED = 7

chromium_: Any = runpy.run_path(str(HERE / "chromium.py"))
build: Any = runpy.run_path(str(HERE.parent / "unit" / "reports" / "sample_workspace.py"))["build"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Without a browser there is nothing to test in."""
    if not PROGRAM:
        skip = pytest.mark.skip(reason="set CHROMIUM to the program of a Chromium browser")
        for item in items:
            if HERE in item.path.parents:
                item.add_marker(skip)


@pytest.fixture(scope="session")
def port() -> Iterator[int]:
    """The browser named by CHROMIUM, once for all tests."""
    with chromium_["started"](PROGRAM) as port:
        yield port


@pytest.fixture
def chromium(port: int) -> Callable[[], AbstractAsyncContextManager[Any]]:
    """Open a tab of it."""
    return lambda: chromium_["tab"](port)


def written(found: summary.Summary, folder: Path, lang: str = "ja") -> Path:
    (file,) = reports.load("html").write(found, folder / "out", lang)
    return file


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> summary.Summary:
    """Two audits of a few hundred items, hostile names among them; a few were accepted."""
    workspace = build(tmp_path_factory.mktemp("sample") / "workspace", runs=2)
    with summary.load(workspace) as found:
        chosen = found.to_act_on()["item_id"].iloc[20 : 20 + ACCEPTED]
        findings = found.findings[found.findings["item_id"].isin(chosen)]
    for finding_id in findings["finding_id"]:
        accept(
            workspace,
            finding_id,
            "委託先で暗号化",
            "総務部",
            None,
            datetime(2026, 10, 6, tzinfo=UTC),
        )
    return summary.load(workspace)


@pytest.fixture(scope="session")
def report(sample: summary.Summary, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Its page, with checks of the settings in it."""
    found = dataclasses.replace(sample, controls=_checked(sample))
    return written(found, tmp_path_factory.mktemp("report"))


def _checked(sample: summary.Summary) -> pd.DataFrame:
    rows = [
        ("access.anonymous_links", "access", "fail", ["F-a", "F-d"]),
        ("audit.sign_in_log", "audit", "pass", ["C-b", "F-b"]),
        ("customer.training", "customer", "manual", ["D-b"]),
        ("audit.unified_log", "audit", "not_assessed", ["C-b"]),
    ]
    frame = pd.DataFrame(rows, columns=["control_id", "pillar", "status", "measures"])
    frame = frame.assign(
        title="", evidence="settings: value=1", remedy="", permission="Policy.Read.All"
    )
    return frame.reindex(columns=sample.controls.columns)


@pytest.fixture(scope="session")
def tenants(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of two tenants in one workspace."""
    folder = tmp_path_factory.mktemp("tenants")
    return written(summary.load(build(folder / "workspace", 120, tenants=2, runs=2)), folder)


@pytest.fixture(scope="session")
def large(sample: summary.Summary, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of a hundred thousand items, each with a name and an address of its own."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base
    folder, file = shared / "large", shared / "large" / "out" / "report.html"
    try:
        folder.mkdir()
    except FileExistsError:  # another worker writes it
        for _ in range(1200):
            if file.exists():
                return file
            time.sleep(0.1)
        raise
    return written(_grown(sample, MANY), folder)


def _grown(sample: summary.Summary, count: int) -> summary.Summary:
    """The sample's rows over and over, under new ids."""
    certain = sample.items[sample.items["confidence"].isin(["high", "medium", "low"])].reset_index(
        drop=True
    )
    source = pd.Series(np.arange(count) % len(certain))
    ids = pd.Series([_letters(place) for place in range(count)], dtype="string")
    items = certain.loc[source].reset_index(drop=True)
    tail = pd.Series(np.arange(count).astype(str), dtype="string")
    url = "https://contoso.sharepoint.com/sites/" + ids.str[-2:] + "/Shared%20Documents/" + tail
    copies = pd.DataFrame({"item_id": certain["item_id"].loc[source].to_numpy(), "new_id": ids})
    frames = {
        name: getattr(sample, name).merge(copies, on="item_id") for name in ("findings", "grants")
    }
    frames = {
        name: frame.assign(item_id=frame["new_id"]).drop(columns="new_id")
        for name, frame in frames.items()
    }
    numbered = pd.Series([_letters(place) for place in range(len(frames["findings"]))])
    frames["findings"] = frames["findings"].assign(finding_id=numbered.astype("string"))
    items = items.assign(item_id=ids, item=items["item"] + " " + tail, url=url)
    return dataclasses.replace(sample, items=items, **frames)


def _letters(place: int) -> str:
    """An id of 22 letters."""
    found = ""
    for _ in range(22):
        place, rest = divmod(place * 7 + 3, 26)
        found += chr(97 + rest)
    return found
