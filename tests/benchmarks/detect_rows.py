"""The table of the benchmark: what was compared, what came out, and what is asked for.

With ``MYNUMBER_BENCH_WRITE`` set, a whole run writes it into the page on detection.
"""

from __future__ import annotations

import os
import platform
from collections.abc import Mapping
from typing import NamedTuple

__all__ = ["ROWS", "WRITE", "Row", "against", "markdown", "note", "told"]

WRITE = "MYNUMBER_BENCH_WRITE"


class Row(NamedTuple):
    """One comparison."""

    what: str
    kind: str
    ratio: float
    """How many times as fast as asked is measured against."""
    target: float
    shown: str

    @property
    def met(self) -> bool:
        """Whether the target was reached."""
        return self.ratio >= self.target


ROWS: list[Row] = []
"""Of this run, in order."""


def told(row: str, kind: str, speeds: Mapping[str, float]) -> None:
    """Print the speeds of one comparison."""
    figures = ", ".join(f"{name} {speed:,.4g}" for name, speed in speeds.items())
    print(f"\n{row} on {kind} (characters a µs): {figures}")


def against(
    row: str, kind: str, ours: str, other: str, speeds: Mapping[str, float], target: float
) -> float:
    """Print and keep one comparison, and give its ratio."""
    told(row, kind, speeds)
    ratio = speeds[ours] / speeds[other]
    note(f"{ours} : {row}, {other}", kind, ratio, target, f"{ratio:,.3g} ×")
    return ratio


def note(what: str, kind: str, ratio: float, target: float, shown: str) -> None:
    """Print and keep a figure of which a ``ratio`` of at least ``target`` is asked."""
    row = Row(what, kind, ratio, target, shown)
    ROWS.append(row)
    print(f"{what} on {kind}: {shown}, asked {target:,.3g}: {'met' if row.met else 'NOT met'}")


def markdown() -> str:
    """Write all rows as a table, those that were not met marked."""
    about = (
        f"Python {platform.python_version()} on {platform.machine()}, one run on "
        f"{os.cpu_count()} shared processors at load {os.getloadavg()[0]:.0f}, by CPU time. "
        "*find*: what has the shape of a number, with boundaries and check digit; *verdict*: all "
        "of `detect`."
    )
    lines = [
        about,
        "",
        "| compared | on | measured | asked | |",
        "|---|---|--:|--:|---|",
    ]
    lines += [
        f"| {row.what} | {row.kind} | {row.shown} | {row.target:,.3g} | "
        f"{'' if row.met else '**not met**'} |"
        for row in ROWS
    ]
    return "\n".join(lines)
