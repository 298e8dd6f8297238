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


@pytest.mark.benchmark
@pytest.mark.timeout(7200)
def test_requests_and_units_are_close_to_the_bound() -> None:
    """At most 1.10 times the bound, on the first run and on an unchanged second one."""
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
        ratios = {k: cost[k] / cost["bound"][k] for k in ("requests", "units")}
        each = cost["cpu"] / items * 1e6
        print(
            f"\n{run} run, {items} items: {cost['requests']} requests ({ratios['requests']:.3f} of "
            f"the bound), {cost['units']} units ({ratios['units']:.3f}), {each:.0f} us CPU an item"
        )
        assert max(ratios.values()) <= 1.10
