"""Facts of an item against the reporting classes of the Act's rules: what may meet one.

番号法施行規則 (規則) article 2 names what has to be reported to the Personal Information Protection
Commission. Nothing here decides that: it says which class the facts point to, and a person decides.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from auditor.model import Exposure

__all__ = ["CLASSES", "MANY", "MEASURES", "Facts", "class_of", "measures_of"]

MANY = 100
"""Persons beyond which article 2 (4) applies."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of one item."""

    exposure: Exposure
    persons: int
    """Distinct Individual Numbers at medium confidence or above."""
    retention: str = ""
    mail: bool = False


@dataclass(frozen=True, slots=True)
class _Rule:
    code: str
    holds: Callable[[Facts], bool]


CLASSES = (
    # 規則 2条3号: viewed, or at risk of being viewed, by an unspecified large public: one is enough
    _Rule("3", lambda f: f.exposure.level == "public" and f.persons > 0),
    # 規則 2条4号: leaked or provided, more than a hundred persons
    _Rule("4", lambda f: f.exposure.level == "external" and f.persons > MANY),
)
"""Items of 規則 2条, the first that holds. Items 1 and 2 are nothing that a file shows."""

MEASURES = (
    # 別添1 of the guideline: what a finding bears on
    _Rule("F-a", lambda f: f.persons > 0 and f.exposure.level != "private"),
    _Rule("F-c", lambda f: f.persons > 0 and "public_container" in f.exposure.reasons),
    _Rule("F-d", lambda f: f.persons > 0 and f.exposure.level in {"external", "public"}),
    _Rule("E-c", lambda f: f.persons > 0 and f.mail and f.exposure.level == "external"),
    _Rule("E-d", lambda f: f.persons > 0 and f.retention == "check"),
)


def class_of(facts: Facts) -> str:
    """The gravest class that the facts point to; "" for none."""
    return next((rule.code for rule in CLASSES if rule.holds(facts)), "")


def measures_of(facts: Facts) -> Sequence[str]:
    """The measures that a finding bears on, in the guideline's order."""
    return sorted(rule.code for rule in MEASURES if rule.holds(facts))
