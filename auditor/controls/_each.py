"""Verdicts over several things at once: storage accounts, environments; and over counts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from auditor.controls._check import FAIL, MANUAL, NOT_ASSESSED, PASS, Answers, Verdict, told
from connectors._posture import REFUSED

Facts = Mapping[str, Any]
Good = Callable[[Facts], bool | None]
"""Whether one thing is as it should be; None where it was not told."""
Shown = str | tuple[str, str]
Judge = Callable[[Answers], Verdict]


def each(question: str, name: str, good: Good, *shown: Shown, permission: str = "") -> Judge:
    """A judge of all things that answer ``question``.

    One that is not good fails the check; otherwise one of which it is not known, or that could not
    be asked, leaves it open, with ``permission``. ``name`` is the property that names a thing;
    ``shown`` go to the evidence, each with the service's own word for it where ours is another.
    Nothing at all proves nothing: there may be things that were not shown, so a person has to look.
    """
    words = dict(one if isinstance(one, tuple) else (one, one) for one in shown)

    def judge(answers: Answers) -> Verdict:
        found: dict[bool | None, list[str]] = {False: [], None: [], True: []}
        for thing in answers.all(question):
            if refused := thing.get(REFUSED):
                found[None].append(f"{thing[name]}: {refused}")
                continue
            facts = {word: thing.get(own) for own, word in words.items()}
            found[good(thing)].append(told(str(thing[name]), facts, *facts))
        evidence = (*found[False], *found[None], *found[True])
        if not evidence:
            return Verdict(MANUAL, (f"{question}: count=0",))
        if found[False]:
            return Verdict(FAIL, evidence)
        if found[None]:
            return Verdict(NOT_ASSESSED, evidence, permission)
        return Verdict(PASS, evidence)

    return judge


def verdict(*, good: bool, evidence: str) -> Verdict:
    """Pass or fail on one fact."""
    return Verdict(PASS if good else FAIL, (evidence,))
