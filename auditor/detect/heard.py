"""What a header or the label of a row says of the number in a cell."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from .forms import Candidate
from .labels import Meaning
from .said import Evidence
from .scopes import FIELD

__all__ = ["HEADING", "Group", "Spot", "write"]

HEADING = {
    Meaning.STRONG: "label",
    Meaning.EITHER: "label",
    Meaning.AGAINST: "against",
    Meaning.RESIDENT: "against",
}


@dataclass(slots=True, repr=False)
class Spot:
    """A candidate in its cell, with what is said of it."""

    one: Candidate
    row: int
    column: int
    evidence: Evidence


@dataclass(frozen=True, slots=True, repr=False)
class Group:
    """Candidates of one column of which the same is said."""

    column: int
    index: npt.NDArray[np.int64]
    """Indices among the candidates of the table."""
    evidence: Evidence


def write(
    said: Meaning | None, scope: str, evidence: Evidence, top: frozenset[Meaning]
) -> Evidence:
    """Write what a header or row label says, and what stands at the top of the table."""
    evidence.specimen |= Meaning.SPECIMEN in top
    extras = [(Meaning.FORM, "form_word"), (Meaning.COMPANION, "companion")]
    if said is Meaning.GENERIC:
        evidence.generic = True
    elif said is Meaning.RESIDENT:
        evidence.meaning, evidence.scope = said, FIELD
        evidence.codes.append(f"against_{scope}")
    elif said is not None:
        evidence.meaning, evidence.scope = said, FIELD
        plain = {
            Meaning.TOPIC: "topic_field",
            Meaning.VOID: "warning",
            Meaning.VAGUE: "other_field",
        }
        evidence.codes.append(plain.get(said) or f"{HEADING[said]}_{scope}")
        if said is Meaning.EITHER:
            evidence.codes.append("either_kind")
    evidence.codes.extend(code for meaning, code in extras if meaning in top)
    return evidence
