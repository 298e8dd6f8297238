"""Three audits in a row, and who waits for whom: by the scripts beside this file."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
ITEMS = int(os.environ.get("MYNUMBER_RUNS_ITEMS", "20000"))
MIB = 1 << 20


def told(script: str, items: int) -> dict[str, Any]:
    """What a script prints, run in a process of its own."""
    root = HERE.parents[1]
    done = subprocess.run(
        [sys.executable, str(HERE / script), str(items)],
        cwd=root,
        env=os.environ | {"PYTHONPATH": str(root)},
        capture_output=True,
        text=True,
        check=True,
    )
    result: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return result


@pytest.mark.benchmark
@pytest.mark.timeout(7200)
def test_later_runs_cost_next_to_nothing() -> None:
    """The store grows with the items, memory does not, and a later run asks for what changed."""
    runs = told("three_runs.py", ITEMS)
    first, second, changed = (runs[name] for name in ("first", "second", "changed"))
    for name in ("first", "second", "changed"):
        one = runs[name]
        share = one["cpu"] / first["cpu"]
        each = one["cpu"] / one["listed"] * 1e3
        print(
            f"\n{name}: {one['cpu']:.1f} s CPU ({share:.1%} of the first, {each:.3f} ms an item), "
            f"{one['requests']} requests, {one['units']} units, store {one['store'] / MIB:.1f} MiB"
        )
    print(
        f"store: {first['store'] / first['listed']:.0f} bytes an item; memory "
        f"{runs['half'] // MIB} MiB at half, {runs['end'] // MIB} at the end, "
        f"{runs['peak'] // MIB} after three runs"
    )
    assert changed["listed"] - second["listed"] == runs["changes"]
    assert second["findings"] == first["findings"] > 0
    assert runs["end"] <= 500 * MIB
    assert runs["end"] - runs["half"] <= 20 * MIB
    assert first["store"] / first["listed"] <= 400
    assert second["cpu"] <= 0.2 * first["cpu"]  # the sample has a folder for twenty mails


@pytest.mark.benchmark
@pytest.mark.timeout(600)
def test_nobody_waits_for_the_store_and_nobody_is_idle() -> None:
    shares = told("timeline.py", 3_000)
    print(f"\n{shares}")
    assert shares["workers"] >= 0.7
    assert shares["all_workers"] >= 0.6
    assert shares["store_alone"] <= 0.02
    assert shares["nobody"] <= 0.05
