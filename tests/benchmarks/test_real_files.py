"""Third-party files of every kind, read by us and by others; and Japanese in every encoding."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from auditor.formats import _encoding
from fixtures.encodings import alike, samples

FOLDER = os.environ.get("MYNUMBER_REAL_FILES", "")
PEERS = os.environ.get("MYNUMBER_REAL_PEERS", "")
MAIN = ("pdf", "Excel", "xls", "Word", "PowerPoint", "mail", "html", "csv", "text", "rtf")
"""Formats that both compared tools read."""


needs_files = pytest.mark.skipif(
    not (FOLDER and PEERS), reason="MYNUMBER_REAL_FILES, _PEERS name nothing"
)


@pytest.fixture(scope="module")
def figures() -> dict[str, Any]:
    """One run of all readers over all files."""
    script = Path(__file__).with_name("real_files.py")
    command = [sys.executable, str(script), FOLDER, "--peers", PEERS]
    output = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    print(f"\n{output}")
    told: dict[str, Any] = json.loads(output.splitlines()[-1])
    return told


@pytest.mark.benchmark
@pytest.mark.timeout(14_400)
@needs_files
def test_real_files_are_read_at_least_as_others_read_them(figures: dict[str, Any]) -> None:
    """An outcome for every file; what others see is seen."""
    kinds = figures["kinds"]
    assert kinds["all"]["files"] >= 5_000
    assert figures["none"] == 0
    assert kinds["all"]["text"] >= 0.99
    assert {k: kinds[k]["numbers"] for k in MAIN if kinds[k]["numbers"] < 0.995} == {}
    assert {k: kinds[k]["words"] for k in MAIN if kinds[k]["words"] < 0.98} == {}


@pytest.mark.benchmark
@pytest.mark.timeout(14_400)
@needs_files
def test_reading_costs_a_fifth_of_the_usual_tool(figures: dict[str, Any]) -> None:
    """Detection and isolation, which that one has not, included."""
    cpu = figures["cpu"]
    assert 5 * cpu["ours"] <= cpu["markitdown"]


@pytest.mark.benchmark
@pytest.mark.timeout(14_400)
@needs_files
@pytest.mark.xfail(reason="a native reader without detection is faster yet", strict=False)
def test_reading_costs_no_more_than_the_fastest_tool(figures: dict[str, Any]) -> None:
    """The same against the fastest one, which is native code and looks into fewer places."""
    cpu = figures["cpu"]
    assert cpu["ours"] <= cpu["kreuzberg"]


@pytest.mark.benchmark
@pytest.mark.timeout(1_800)
def test_every_japanese_encoding_is_recognised() -> None:
    """5,184 samples of a seed of their own; every one is read as what it is."""
    wrong: Counter[tuple[str, str]] = Counter()
    count = 0
    for one in samples(each=5, seed=2_027):
        count += 1
        if alike(_encoding.decode(one.data, one.declared).text) != alike(one.text):
            wrong[one.codec, one.style] += 1
    print(f"\nencodings: {count} samples, {sum(wrong.values())} wrong")
    assert count >= 4_800
    assert wrong == {}
