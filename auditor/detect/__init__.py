"""Finds Individual Numbers (個人番号, My Number) in text and tables, with the reasons.

>>> found = detect("個人番号：4839 2017 5644")
>>> [(hit.confidence.value, hit.reasons) for hit in found.hits]
[('high', ('check_passes', 'label_field', 'grouped'))]
>>> detect("送り状番号：4812-1234-5014").hits
()

A check digit passes one random number in ten, so it decides nothing alone: labels, the written
form, the other numbers of the column and what else it could be are weighed together
(:data:`EVIDENCE`).
The package needs numpy and the standard library, and nothing of ours.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, runtime_checkable

from .batch import detect_texts
from .digest import rules_digest
from .encoded import detect_bytes
from .names import meaning_of_names, spans, speaks_of_numbers
from .number import Number
from .result import Confidence, Detection, Hit, Kind, Suspect
from .stream import Stream, detect_stream
from .tables import TableLike, detect_table
from .texts import detect_text
from .verdict import EVIDENCE, Weight

__all__ = [
    "EVIDENCE",
    "Confidence",
    "Detection",
    "EncodedLike",
    "Hit",
    "Kind",
    "Number",
    "Stream",
    "Suspect",
    "TableLike",
    "TextLike",
    "Weight",
    "detect",
    "detect_bytes",
    "detect_stream",
    "detect_texts",
    "meaning_of_names",
    "rules_digest",
    "spans",
    "speaks_of_numbers",
]


@runtime_checkable
class TextLike(Protocol):
    """Running text with the place where it stands."""

    @property
    def text(self) -> str:
        """The text."""


@runtime_checkable
class EncodedLike(Protocol):
    """Running text that is still encoded; ``data`` decodes without a fault."""

    @property
    def data(self) -> bytes:
        """The bytes."""

    @property
    def encoding(self) -> str:
        """The name of their encoding."""


def detect(
    segment: str | TextLike | EncodedLike | TableLike, *, around: Sequence[str] = ()
) -> Detection:
    """Find the numbers in a text or a table.

    Args:
        segment: a ``str``; an object with ``text``, or with ``data`` (bytes) and ``encoding``; or
            one with ``rows`` (cells as a person sees them), ``columns``, ``head``, ``first_row``,
            ``first_column`` and ``lines``. A ``place`` it may have is read as one more name around
            it.
        around: names that say what it is about (subject, folder, file, sheet), outermost first.

    Returns:
        Hits in order of place, and suspects: places where digits were lost. Every number is in the
        hits; the first 5,000 have a location.
    """
    if isinstance(segment, str):
        return detect_text(segment, around)
    names = (*around, str(getattr(segment, "place", "")))
    if isinstance(segment, TextLike):
        return detect_text(segment.text, names)
    if isinstance(segment, EncodedLike):
        return detect_bytes(segment.data, segment.encoding, around=names)
    return detect_table(segment, names)
