"""Who can reach the items with findings: asked of the connector, judged by ``exposure``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from auditor import exposure
from auditor.commit import GRANTS
from auditor.executor import gap_of
from auditor.model import Outcome, Scan, State
from connectors import Connector, ConnectorError, Grant, Misconfigured


async def judged(connector: Connector, outcomes: Sequence[Outcome]) -> list[Outcome]:
    """The same outcomes, each with its grants and exposure."""
    if not outcomes:
        return []
    answers: Sequence[Sequence[Grant] | ConnectorError]
    try:
        answers = await connector.grants([o.item for o in outcomes])
    except Misconfigured:
        raise
    except ConnectorError as error:
        answers = [error] * len(outcomes)
    return [_judge(o, a) for o, a in zip(outcomes, answers, strict=True)]


def _judge(outcome: Outcome, answer: Sequence[Grant] | ConnectorError) -> Outcome:
    """The outcome with its exposure; a question that failed is a gap and ``unknown``."""
    if not isinstance(answer, ConnectorError):
        judged = exposure.judge(answer, datetime.now(UTC))
        return replace(outcome, grants=tuple(answer), exposure=judged)
    gap = replace(gap_of(answer), detail=GRANTS)
    scan = outcome.scan or Scan(outcome.state)
    state = State.PARTIAL if outcome.state is State.COMPLETE else outcome.state
    scan = replace(scan, state=state, gaps=(*scan.gaps, gap))
    return Outcome(outcome.item, state, scan, None, exposure.UNKNOWN)
