"""What the three rules of our own making share: 4-4-4 with one separator, and the check digit."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.identifiers import passes

__all__ = ["passing"]

_GROUPED = re.compile(
    r"(?<![0-9A-Za-z])([0-9]{4})[ .\-]?([0-9]{4})[ .\-]?([0-9]{4})(?![0-9A-Za-z])"
)


def passing(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield start, end and digits of all that is written so and whose check digit holds.

    No letter or digit may be glued on: where the published rules do not say, this is kind to them.
    """
    for match in _GROUPED.finditer(text):
        digits = "".join(match.groups())
        if passes(digits):
            yield match.start(), match.end(), digits
