"""A table of a million rows costs a request for 5,000 of them, and no more memory at its end."""

from __future__ import annotations

import json
import math
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

SCRIPT = Path(__file__).with_name("dataverse.py")
ROWS = int(os.environ.get("MYNUMBER_DATAVERSE_ROWS", "1000000"))
MIB = 1 << 20


@pytest.mark.benchmark
@pytest.mark.timeout(3600)
def test_a_large_table_costs_a_request_for_5000_rows_and_constant_memory() -> None:
    root = SCRIPT.parents[2]
    done = subprocess.run(
        [sys.executable, str(SCRIPT), str(ROWS)],
        cwd=root,
        env=os.environ | {"PYTHONPATH": f"{root}{os.pathsep}{root / 'tests'}"},
        capture_output=True,
        text=True,
        check=True,
    )
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    each = told["cpu"] / told["rows"] * 1e6
    print(
        f"\n{told['rows']} rows: {told['requests']} requests, {each:.1f} us CPU a row, memory "
        f"{told['early'] // MIB} MiB after a tenth, {told['highest'] // MIB} MiB at most"
    )
    assert told["rows"] == ROWS
    assert told["requests"] == math.ceil(ROWS / 5_000)
    assert told["highest"] - told["early"] <= 16 * MIB
    assert each <= 60
