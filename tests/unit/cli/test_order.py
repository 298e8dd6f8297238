"""The console and the reports name the same items first."""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any

import pytest

from auditor.locales import word
from auditor.summary import load
from auditor.terminal import overview
from auditor.terminal.console import Console
from auditor.terminal.reading import reading

build: Any = runpy.run_path(str(Path(__file__).parents[1] / "reports" / "sample_workspace.py"))[
    "build"
]


def test_all_items_come_in_the_same_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    workspace = build(tmp_path / "workspace", items=60, runs=2, hostile=False)
    monkeypatch.setattr(overview, "_TOP", 1_000)
    order = load(workspace).to_act_on()
    assert {"low", "high"} <= set(order["confidence"])
    with reading(workspace) as db:
        lines = list(overview._to_act_on(db, Console("ja")))[2:]
    for line, level, item in zip(lines, order["exposure"], order["item"], strict=True):
        assert word(f"exposure.levels.{level}", "ja") in line
        assert item[:12] in line
