"""The ratios that were measured, beside the code that they were measured of.

``MYNUMBER_BENCH_WRITE=1`` writes what a run measures into ``stages.toml`` and, with the commit,
into docs/benchmarks.md; any other run is held to them.
"""

from __future__ import annotations

import os
import platform
import subprocess
import tomllib
from collections.abc import Mapping
from pathlib import Path

RECORDS = Path(__file__).with_name("stages.toml")
PAGE = Path(__file__).parents[2] / "docs" / "benchmarks.md"
WRITE = "MYNUMBER_BENCH_WRITE"
WORSE = 1.2
"""A ratio may grow by a fifth: less is noise."""
_BEGIN, _END = "<!-- stages:begin -->\n", "<!-- stages:end -->"


def recorded() -> dict[str, float]:
    """The ratio of each stage."""
    return {
        name: float(ratio) for name, ratio in tomllib.loads(RECORDS.read_text())["ratios"].items()
    }


def worse(name: str, ratio: float) -> str:
    """What to say of a ratio that has grown too much; "" where it has not."""
    most = recorded()[name] * WORSE
    return "" if ratio <= most else f"{name}: {ratio:.2f} times the reference, at most {most:.2f}"


def write(ratios: Mapping[str, float], references: Mapping[str, str]) -> None:
    """Keep what was measured, as data and as a table for people."""
    lines = [f"{name} = {ratio:.3f}" for name, ratio in ratios.items()]
    RECORDS.write_text("\n".join([f"# Written by {WRITE}=1 make bench.", "[ratios]", *lines, ""]))
    before, _, rest = PAGE.read_text("utf-8").partition(_BEGIN)
    after = rest.partition(_END)[2]
    PAGE.write_text(f"{before}{_BEGIN}\n{table(ratios, references)}\n\n{_END}{after}", "utf-8")


def table(ratios: Mapping[str, float], references: Mapping[str, str]) -> str:
    """The ratios in a table, and where they were measured."""
    rows = [f"| {name.replace('_', ' ')} | {references[name]} | {ratio:.2f} × |"
            for name, ratio in ratios.items()]  # fmt: skip
    about = (
        f"Commit `{_commit()}`, Python {platform.python_version()} on {platform.machine()}, "
        f"{os.cpu_count()} shared processors at load {os.getloadavg()[0]:.0f}."
    )
    return "\n".join([about, "", "| stage | reference | CPU time |", "|---|---|--:|", *rows])


def _commit() -> str:
    command = ["git", "describe", "--always", "--dirty"]
    done = subprocess.run(command, cwd=PAGE.parent, capture_output=True, text=True, check=False)
    return done.stdout.strip() or "unknown"
