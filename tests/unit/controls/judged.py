"""One check by its id, asked of answers that a test writes down."""

from __future__ import annotations

import asyncio
from typing import Any, cast

from auditor.checking import assess
from auditor.controls import checks
from auditor.model import Control
from connectors._posture import Posture

OPEN = "not_assessed"


class Said:
    """Stands for a tenant: a question has the answer of the test, whatever it is."""

    def __init__(self, answers: dict[str, Any]) -> None:
        self._answers = answers

    async def answer(self, name: str) -> Any:
        return self._answers[name]


def judged(identity: str, **answers: Any) -> Control:
    """What the check says to these answers."""
    others = [check.id for _, check in checks() if check.id != identity]
    (found,) = asyncio.run(assess(cast("Posture", Said(answers)), others))
    return found


def status(identity: str, **answers: Any) -> str:
    """The same without its evidence."""
    return judged(identity, **answers).status
