"""What a check is made of."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

__all__ = ["FAIL", "MANUAL", "NOT_ASSESSED", "PASS", "Answers", "Check", "Verdict", "told"]

PASS, FAIL, MANUAL, NOT_ASSESSED = "pass", "fail", "manual", "not_assessed"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a check says, and the facts it rests on."""

    status: str
    evidence: tuple[str, ...] = ()
    """Each ``where: property=value`` or a count, in the service's own words; no names of people."""
    permission: str = ""
    """What would answer where a part of the answer is not known."""


@dataclass(frozen=True, slots=True)
class Answers:
    """What the services said to the questions that a check asks."""

    held: Mapping[str, Any]

    def one(self, name: str) -> Mapping[str, Any]:
        """The object that answers a question. Raises TypeError where it is none."""
        found = self.held[name]
        if not isinstance(found, Mapping):
            raise TypeError(name)
        return found

    def all(self, name: str) -> Sequence[Mapping[str, Any]]:
        """The elements that answer a question. Raises TypeError where they are none."""
        found = self.held[name]
        if isinstance(found, (Mapping, str)) or not isinstance(found, Sequence):
            raise TypeError(name)
        return found


@dataclass(frozen=True, slots=True)
class Check:
    """One check. Without ``judge`` it is for a person to look at."""

    id: str
    """``pillar.name``: stable, and the key of its words."""
    measures: tuple[str, ...]
    """Measures of the guideline's annex 1 that it bears on (``F-a``)."""
    asks: tuple[str, ...] = ()
    """Names of questions in :mod:`connectors._questions`."""
    judge: Callable[[Answers], Verdict] | None = field(default=None, repr=False)
    """May raise KeyError, TypeError or ValueError where an answer is not as documented."""


def told(where: str, facts: Mapping[str, Any], *names: str) -> str:
    """``where: name=value, …`` of some properties; what is absent reads ``absent``."""
    said = ", ".join(f"{name}={_value(facts, name)}" for name in names)
    return f"{where}: {said}"


def _value(facts: Mapping[str, Any], path: str) -> str:
    found: Any = facts
    for step in path.split("."):
        found = found.get(step) if isinstance(found, Mapping) else None
    if found is None:
        return "absent"
    if isinstance(found, bool):
        return str(found).lower()
    if isinstance(found, (list, tuple)):
        return f"[{', '.join(map(str, found))}]"
    return str(found)
