"""The checks of a tenant's settings: asks what they need, and turns every refusal into a status."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import replace
from fnmatch import fnmatchcase

from auditor.controls import Answers, Check, checks
from auditor.controls._check import MANUAL, NOT_ASSESSED
from auditor.model import Control
from auditor.redact import mask
from connectors import ConnectorError
from connectors._posture import Posture
from connectors._questions import QUESTIONS

__all__ = ["assess"]

_EVIDENCE = 20
"""Facts of one check that are kept."""


async def assess(posture: Posture, exclude: Sequence[str] = ()) -> list[Control]:
    """Every check but those whose id one of the globs names. Raises Misconfigured."""
    chosen = [
        (pillar, check)
        for pillar, check in checks()
        if not any(fnmatchcase(check.id, glob) for glob in exclude)
    ]
    return await asyncio.gather(*(_assess(posture, pillar, check) for pillar, check in chosen))


async def _assess(posture: Posture, pillar: str, check: Check) -> Control:
    control = Control(check.id, pillar, check.measures, MANUAL)
    if check.judge is None:
        return control
    held = {name: await posture.answer(name) for name in check.asks}
    refused = {name: said for name, said in held.items() if isinstance(said, ConnectorError)}
    if refused:
        evidence, permission = _refusal(refused)
        return replace(control, status=NOT_ASSESSED, evidence=evidence, permission=permission)
    try:
        verdict = check.judge(Answers(held))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        unexpected = f"{', '.join(check.asks)}: unexpected answer ({type(error).__name__})"
        return replace(control, status=NOT_ASSESSED, evidence=(unexpected,))
    evidence = tuple(mask(fact) for fact in verdict.evidence[:_EVIDENCE])
    if more := len(verdict.evidence) - _EVIDENCE:
        evidence += (f"… +{more}",) if more > 0 else ()
    return replace(control, status=verdict.status, evidence=evidence, permission=verdict.permission)


def _refusal(refused: Mapping[str, ConnectorError]) -> tuple[tuple[str, ...], str]:
    """What was asked in vain, and the permissions that would answer."""
    evidence = tuple(
        f"{QUESTIONS[name].path.partition('?')[0].lstrip('/') or name}: {error.reason}"
        + (f" ({mask(error.detail)})" if error.detail else "")
        for name, error in refused.items()
    )
    denied = [name for name, e in refused.items() if e.reason == "permission_denied"]
    permissions = dict.fromkeys(
        refused[name].permission or QUESTIONS[name].permission for name in denied
    )
    return evidence, ", ".join(permissions)
