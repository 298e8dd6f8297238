"""What an audit asks of Microsoft 365, against the least that the API allows."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

SCRIPT = Path(__file__).with_name("cost.py")
ITEMS = int(os.environ.get("MYNUMBER_COST_ITEMS", "100000"))


MOST = {"requests": 1.10, "units": 1.10, "bytes": 1.02}
LISTING = 30
"""CPU microseconds an item."""


@pytest.mark.benchmark
@pytest.mark.timeout(7200)
def test_a_run_asks_little_more_than_the_bound() -> None:
    """On the first run and on an unchanged second one; listing costs next to nothing."""
    root = SCRIPT.parents[2]
    done = subprocess.run(
        [sys.executable, str(SCRIPT), str(ITEMS)],
        cwd=root,
        env=os.environ | {"PYTHONPATH": str(root)},
        capture_output=True,
        text=True,
        check=True,
    )
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    items = told["items"]
    for run in ("first", "second"):
        cost = told[run]
        ratios = {what: cost[what] / cost["bound"][what] for what in MOST}
        each = cost["cpu"] / items * 1e6
        words = ", ".join(f"{cost[w]} {w} ({ratios[w]:.3f} of the bound)" for w in MOST)
        print(f"\n{run} run, {items} items: {words}, {each:.0f} us CPU an item")
        assert all(ratios[what] <= most for what, most in MOST.items()), ratios
    print(
        "listing: " + ", ".join(f"{n} {v:.0f} us CPU an item" for n, v in told["listing"].items())
    )
    assert told["listing"]["all"] <= LISTING
