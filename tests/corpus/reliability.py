"""Whether the probabilities behind the confidence levels are true, on the held-out split.

Every candidate has a posterior, the sigmoid of its summed evidence. In bins of it, the share of
true ones should be what the posterior says.

    PYTHONPATH=.:tests python -m corpus.reliability --write
"""

from __future__ import annotations

import argparse
import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from auditor.detect import verdict
from corpus.calibrate import Weighed, candidates
from corpus.score import PAGE, write_between

__all__ = ["Bin", "bins", "plot"]

EDGES = (0.0, 0.01, 0.04, 0.1, 0.2, 0.4, 0.6, 0.8, 0.95, 0.99, 1.0)
PLOT = PAGE.with_name("detection-reliability.svg")
_Z = 1.96
_LEAST = 5
"""Candidates that a bin needs to be drawn."""


@dataclass(frozen=True, slots=True)
class Bin:
    """Candidates of like posterior, counted as common as in a tenant."""

    name: str
    count: int
    expected: float
    """Mean posterior."""
    measured: float
    """Share of true ones."""
    low: float
    high: float
    """The interval that holds the true share in 95 of 100 cases (Wilson)."""


def _bin(name: str, rows: Sequence[Weighed]) -> Bin:
    total = sum(row.weight for row in rows)
    expected = sum(row.weight * _posterior(row) for row in rows) / total
    measured = sum(row.weight for row in rows if row.true) / total
    size = total**2 / sum(row.weight**2 for row in rows)
    middle = (measured + _Z**2 / (2 * size)) / (1 + _Z**2 / size)
    reach = _Z * math.sqrt(measured * (1 - measured) / size + _Z**2 / (4 * size**2))
    reach /= 1 + _Z**2 / size
    return Bin(name, len(rows), expected, measured, max(0, middle - reach), min(1, middle + reach))


def _posterior(row: Weighed) -> float:
    return 1 / (1 + math.exp(-row.score))


def bins(rows: Sequence[Weighed]) -> list[Bin]:
    """Bin by posterior; empty bins are left out."""
    sorted_out: defaultdict[int, list[Weighed]] = defaultdict(list)
    for row in rows:
        sorted_out[sum(_posterior(row) >= edge for edge in EDGES[1:-1])].append(row)
    return [
        _bin(f"{EDGES[n]:.0%} – {EDGES[n + 1]:.0%}", here) for n, here in sorted(sorted_out.items())
    ]


def levels(rows: Sequence[Weighed]) -> list[Bin]:
    """Bin by the confidence that is shown."""
    sorted_out: defaultdict[str, list[Weighed]] = defaultdict(list)
    for row in rows:
        confidence = verdict.judge(row.codes)
        sorted_out[confidence.value if confidence else "not shown"].append(row)
    order = ("high", "medium", "low", "not shown")
    return [_bin(name, sorted_out[name]) for name in order if name in sorted_out]


# ------------------------------------------------------------------------------------------ output

_SIZE, _LEFT, _TOP, _SIDE = (390, 376), 62, 18, 300
_INK, _FAINT, _POINT = "#767676", "#9a9a9a55", "#2f81c1"


def _mark(tag: str, **attributes: object) -> str:
    inside = " ".join(f'{name.replace("_", "-")}="{value}"' for name, value in attributes.items())
    return f"<{tag} {inside}/>"


def _text(x: float, y: float, words: str, **attributes: object) -> str:
    more = "".join(f' {name.replace("_", "-")}="{value}"' for name, value in attributes.items())
    return f'<text x="{x:g}" y="{y:g}"{more}>{words}</text>'


def _x(share: float) -> float:
    return round(_LEFT + _SIDE * share, 1)


def _y(share: float) -> float:
    return round(_TOP + _SIDE * (1 - share), 1)


def _frame() -> Iterator[str]:
    for tick in (0.0, 0.2, 0.4, 0.6, 0.8, 1.0):
        yield _mark("line", x1=_x(0), x2=_x(1), y1=_y(tick), y2=_y(tick), stroke=_FAINT)
        yield _mark("line", x1=_x(tick), x2=_x(tick), y1=_y(0), y2=_y(1), stroke=_FAINT)
        yield _text(_x(0) - 8, _y(tick) + 4, f"{tick:.0%}", text_anchor="end")
        yield _text(_x(tick), _y(0) + 18, f"{tick:.0%}", text_anchor="middle")
    yield _mark("line", x1=_x(0), x2=_x(1), y1=_y(0), y2=_y(1), stroke=_INK, stroke_dasharray="5 4")
    yield _text(_x(0.5), _y(0) + 40, "probability that detection states", text_anchor="middle")
    turned = f"rotate(-90 14 {_y(0.5):g})"
    yield _text(14, _y(0.5), "share measured", text_anchor="middle", transform=turned)
    yield _text(_x(0.56), _y(0.5), "as stated", fill=_INK)


def plot(points: Sequence[Bin]) -> str:
    """Draw stated against measured probabilities; greys and one blue, for any background."""
    drawn = [point for point in points if point.count >= _LEAST]
    width, height = _SIZE
    font = f'font-family="sans-serif" font-size="12" fill="{_INK}"'
    box = f'viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {box} {font} role="img">',
        "<title>Stated and measured probability on the held-out documents</title>",
        *_frame(),
    ]
    for point in drawn:
        x = _x(point.expected)
        parts.append(_mark("line", x1=x, x2=x, y1=_y(point.low), y2=_y(point.high), stroke=_POINT))
        radius = round(2.5 + math.log10(point.count), 1)
        parts.append(_mark("circle", cx=x, cy=_y(point.measured), r=radius, fill=_POINT))
    return "\n".join([*parts, "</svg>", ""])


def table(points: Sequence[Bin], first: str) -> str:
    """Write the bins as Markdown."""
    lines = [
        f"| {first} | candidates | stated on average | measured | 95 % interval |",
        "|---|--:|--:|--:|--:|",
    ]
    lines += [
        f"| {one.name} | {one.count:,} | {one.expected:.1%} | {one.measured:.1%} "
        f"| {one.low:.1%} – {one.high:.1%} |"
        for one in points
    ]
    return "\n".join(lines)


def main() -> None:
    """Print the tables, and perhaps write them and the plot into the documentation."""
    parser = argparse.ArgumentParser(prog="python -m corpus.reliability", description=__doc__)
    parser.add_argument("--each", type=int, default=40, help="documents of every template")
    parser.add_argument("--write", action="store_true", help=f"write {PLOT.name} and {PAGE.name}")
    asked = parser.parse_args()
    rows = candidates("held_out", asked.each)
    points = bins(rows)
    shown, stated = table(levels(rows), "shown as"), table(points, "probability stated")
    print(shown, stated, sep="\n\n")
    if asked.write:
        PLOT.write_text(plot(points), "utf-8")
        write_between("reliability", shown)


if __name__ == "__main__":
    main()
