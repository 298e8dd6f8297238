"""Exports of a large workspace: rows a second, and memory that does not grow with the rows.

Each export runs in a process of its own, once on 50,000 findings and once on ten times as many;
run by itself, ``python tests/benchmarks/test_exports.py WORKSPACE NAME OUT`` measures one and
prints a JSON line. The workbook ranks its items, so its memory follows the number of items.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

SMALL, LARGE = 10_000, 100_000
"""Items; five times as many findings."""
STREAMED = ("csv", "jsonl", "parquet", "ocsf", "sentinel")
GROWTH = 96 << 20
"""Bytes by which the peak may differ between the two sizes: caches of a fixed size fill up."""


def measure(workspace: Path, name: str, out: Path) -> dict[str, float]:
    """Seconds, and how far the process grew beyond what it was with everything imported."""
    from auditor import reports
    from auditor.summary import load

    report = reports.load(name)
    with load(workspace) as summary:
        next(iter(summary.blocks("runs")))
        report.write(load_nothing(summary), out / "warm", "en")
        process = psutil.Process()
        before, peak, done = process.memory_info().rss, [0], threading.Event()

        def watch() -> None:
            while not done.wait(0.02):
                peak[0] = max(peak[0], process.memory_info().rss)

        watcher = threading.Thread(target=watch)
        watcher.start()
        started = time.perf_counter()
        files = report.write(summary, out, "en")
        seconds = time.perf_counter() - started
        done.set()
        watcher.join()
    size = sum(file.stat().st_size for file in files)
    return {"seconds": seconds, "peak": peak[0] - before, "bytes": size}


def load_nothing(summary: object) -> object:
    """The same summary without rows: writing it imports whatever the report needs."""
    from auditor.summary import COLUMNS, Summary

    frames = {name: next(summary.blocks(name, 1)).iloc[:0] for name in COLUMNS}  # type: ignore[attr-defined]
    return Summary(**frames)


@pytest.fixture(scope="module")
def workspaces(tmp_path_factory: pytest.TempPathFactory) -> dict[int, Path]:
    sys.path.insert(0, str(Path(__file__).parent))
    from summary_size import build

    made = {}
    for items in (SMALL, LARGE):
        made[items] = tmp_path_factory.mktemp("exports") / f"{items}"
        build(made[items], items)
    return made


@pytest.fixture
def run(tmp_path: Path) -> Callable[[Path, str], dict[str, float]]:
    def call(workspace: Path, name: str) -> dict[str, float]:
        command = [sys.executable, __file__, str(workspace), name, str(tmp_path / workspace.name)]
        done = subprocess.run(command, capture_output=True, check=True, env=os.environ)
        found: dict[str, float] = json.loads(done.stdout)
        return found

    return call


@pytest.mark.benchmark
@pytest.mark.timeout(1200)
@pytest.mark.parametrize("name", [*STREAMED, "xlsx"])
def test_memory_does_not_grow_with_the_findings(
    workspaces: dict[int, Path], run: Callable[[Path, str], dict[str, float]], name: str
) -> None:
    small, large = (run(workspaces[items], name) for items in (SMALL, LARGE))
    for items, found in ((SMALL, small), (LARGE, large)):
        rows = items * 5
        print(
            f"\n{name}: {rows:,} findings in {found['seconds']:.1f} s"
            f" ({rows / found['seconds']:,.0f}/s), peak +{found['peak'] / 2**20:.0f} MiB,"
            f" {found['bytes'] / 2**20:.0f} MiB written"
        )
    if name in STREAMED:
        assert large["peak"] <= small["peak"] + GROWTH


if __name__ == "__main__":
    place, kind, target = sys.argv[1:]
    print(json.dumps(measure(Path(place), kind, Path(target))))
