"""Small charts as inline SVG, without a style attribute, so that the page's policy lets them be.

They repeat numbers that stand beside them in words, so they are hidden from screen readers.
"""

from __future__ import annotations

from collections.abc import Sequence

from auditor.reports._markup import Html, el, join

__all__ = ["heat", "stack"]

_WIDTH = 1000
_LEAST = 6
"""A share that is not zero is at least this wide, so that one public item among many is seen."""


def stack(parts: Sequence[tuple[str, int]], most: int | None = None) -> Html:
    """One bar of coloured shares: (class, count); the whole bar is ``most`` or their sum."""
    total = sum(count for _, count in parts)
    scale = max(most or total, total, 1)
    x = 0
    drawn = []
    for name, count in parts:
        if count <= 0:
            continue
        width = max(round(count * _WIDTH / scale), _LEAST)
        width = min(width, _WIDTH - x)
        drawn.append(el("rect", class_=f"fill {name}", x=x, y=0, width=width, height=10))
        x += width
    return el(
        "svg",
        join(el("rect", class_="track", x=0, y=0, width=_WIDTH, height=10), *drawn),
        class_="bar",
        viewBox=f"0 0 {_WIDTH} 10",
        preserveAspectRatio="none",
        aria_hidden="true",
        focusable="false",
    )


def heat(count: int, most: int) -> str:
    """The class of a heat map's cell: 0 for nothing, else 1 to 4 on a square-root scale."""
    if count <= 0:
        return "heat0"
    return f"heat{min(4, 1 + int(3.999 * (count / max(most, 1)) ** 0.5))}"
