"""The summary of five million findings: seconds, and no more than 2 GiB, function by function.

A quarter of an hour on two quiet processors, most of it for the whole tables; 2 GB of disk.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.benchmarks.summary_size import FUNCTIONS, STREAMS

SCRIPT = Path(__file__).with_name("summary_size.py")
ITEMS = 1_000_000
"""With five findings each."""


def call(*arguments: str) -> str:
    line = [sys.executable, str(SCRIPT), *arguments]
    folder = SCRIPT.parents[2]
    done = subprocess.run(
        line, cwd=folder, capture_output=True, text=True, check=True, timeout=3600
    )
    return done.stdout


def measured(folder: Path, name: str) -> dict[str, Any]:
    result: dict[str, Any] = json.loads(call("run", str(folder), name))
    return result


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("large") / "workspace"
    call("build", str(folder), str(ITEMS))
    return folder


@pytest.mark.benchmark
@pytest.mark.timeout(7200)
def test_every_function_stays_within_two_gibibytes(large: Path) -> None:
    print("\n| function | CPU seconds | MiB at the highest |\n|---|--:|--:|")
    peaks = {}
    for name in FUNCTIONS:
        result = measured(large, name)
        peaks[name] = result["peak"]
        print(f"| `{name}` | {result['seconds']:.0f} | {result['peak']:.0f} |", flush=True)
    assert {name: peak for name, peak in peaks.items() if peak > 2_048} == {}


@pytest.mark.benchmark
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("table", STREAMS)
def test_blocks_need_no_more_for_twenty_times_the_rows(
    table: str, large: Path, tmp_path: Path
) -> None:
    call("build", str(tmp_path / "small"), str(ITEMS // 20))
    small = measured(tmp_path / "small", f"blocks({table})")["peak"]
    most = measured(large, f"blocks({table})")["peak"]
    print(f"\n{table}: {small:.0f} MiB for a twentieth, {most:.0f} MiB for all")
    assert most - small <= 64
