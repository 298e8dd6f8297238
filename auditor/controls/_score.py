"""What Microsoft's Secure Score says of settings that no call of Graph's own shows.

The score is computed once a day. An action that it does not name (no licence, or retired) says
nothing: a person has to look. Source: Graph v1.0 ``secureScore``, ``controlScore``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from auditor.controls._check import FAIL, MANUAL, PASS, Answers, Verdict
from auditor.controls._each import Judge

QUESTION = "secure_scores"


def scored(action: str) -> Judge:
    """A judge by the points that an action of the score has."""

    def judge(answers: Answers) -> Verdict:
        for score in answers.all(QUESTION):
            for control in score["controlScores"]:
                if str(control.get("controlName")).lower() == action.lower():
                    return _verdict(action, control)
        return Verdict(MANUAL, (f"security/secureScores: {action}=absent",))

    return judge


def _verdict(action: str, control: Mapping[str, Any]) -> Verdict:
    """All points: a share of a hundred where it is told, else any points at all."""
    share, points = control.get("scoreInPercentage"), control.get("score")
    if isinstance(share, (int, float)):
        good, said = share >= 100, f"scoreInPercentage={share:g}"
    elif isinstance(points, (int, float)):
        good, said = points > 0, f"score={points:g}"
    else:
        raise TypeError(action)
    return Verdict(PASS if good else FAIL, (f"security/secureScores: {action}: {said}",))
