"""One setting of one object → a verdict."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from auditor.controls._check import FAIL, PASS, Answers, Verdict, told

Judge = Callable[[Answers], Verdict]


def single(answers: Answers, question: str) -> Mapping[str, Any]:
    """The one object that answers a question, also where the service puts it below ``value``.

    Raises TypeError where it is none.
    """
    found = answers.one(question)
    inner = found.get("value")
    if isinstance(inner, list) and len(inner) == 1:
        inner = inner[0]
    return inner if isinstance(inner, Mapping) else found


def valued(facts: Mapping[str, Any], path: str) -> Any:
    """What stands at ``a.b``. Raises KeyError where it is absent, ValueError where it is null."""
    found: Any = facts
    for step in path.split("."):
        found = found[step]
        if found is None:
            raise ValueError(path)
    return found


def switch(facts: Mapping[str, Any], path: str) -> bool:
    """A setting that is on or off. Raises also TypeError where it is neither."""
    found = valued(facts, path)
    if not isinstance(found, bool):
        raise TypeError(path)
    return found


def on(question: str, where: str, path: str, *, wanted: bool = True) -> Judge:
    """A judge of a switch."""

    def judge(answers: Answers) -> Verdict:
        facts = single(answers, question)
        good = switch(facts, path) is wanted
        return Verdict(PASS if good else FAIL, (told(where, facts, path),))

    return judge


def among(question: str, where: str, path: str, good: frozenset[str], bad: frozenset[str]) -> Judge:
    """A judge of a choice; one that is in neither set is unknown to us, hence a ValueError."""

    def judge(answers: Answers) -> Verdict:
        facts = single(answers, question)
        found = str(valued(facts, path))
        if found not in good | bad:
            raise ValueError(path)
        return Verdict(PASS if found in good else FAIL, (told(where, facts, path),))

    return judge
