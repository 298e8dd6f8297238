"""What detection gives back: hits with reasons, and suspects that cannot be read."""

from __future__ import annotations

import enum
from collections.abc import Sequence
from dataclasses import dataclass, field

from .number import Number

__all__ = ["NOTHING", "Confidence", "Detection", "Hit", "Kind", "Suspect"]


class Confidence(enum.StrEnum):
    """How sure a hit is; a sample is a published or made-up value and never an exposure."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
    SAMPLE = "sample"


class Kind(enum.StrEnum):
    """Which number it is."""

    INDIVIDUAL_NUMBER = "individual_number"
    RESIDENT_RECORD_CODE = "resident_record_code"


@dataclass(frozen=True, slots=True)
class Hit:
    """One number in one place."""

    number: Number
    kind: Kind
    confidence: Confidence
    location: str
    """``line 12`` or ``B7``; "" for a name, and for hits beyond the first 5,000."""
    reasons: tuple[str, ...]
    """Codes of ``EVIDENCE``, in the order in which they are told."""
    start: int
    """Offset in code points, in the text or in the cell."""
    end: int
    row: int | None = None
    """Index into the table's ``rows``; None in a text."""
    column: int | None = None


@dataclass(frozen=True, slots=True)
class Suspect:
    """A place where a number was, whose digits are gone or cannot be read."""

    reason: str
    """A code of ``EVIDENCE``."""
    location: str


@dataclass(frozen=True, slots=True)
class Detection:
    """Everything found in one text or table."""

    hits: Sequence[Hit] = ()
    suspects: tuple[Suspect, ...] = field(default=())


NOTHING = Detection()
