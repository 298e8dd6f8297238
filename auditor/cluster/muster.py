"""Who is in a cluster before an audit: what ``doctor`` tells of it."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from auditor._run import Engine
from auditor.cluster.client import close, connected, reached
from auditor.cluster.terms import passport
from auditor.settings import processors
from connectors import Misconfigured
from connectors._identity import host_of

__all__ = ["Crew", "Hand", "crew_of"]

_PATIENCE = 60.0
"""Seconds for all workers: one may have to import the program first."""


@dataclass(frozen=True, slots=True)
class Hand:
    """One worker of a cluster."""

    host: str
    processors: int = 0
    differs: str = ""
    """Why it would take no part, a word of ``cluster.differs``; "" for one that would."""


@dataclass(frozen=True, slots=True)
class Crew:
    """The workers of the cluster that the settings name, as they are now."""

    hands: tuple[Hand, ...] = ()
    fault: Misconfigured | None = None

    @property
    def fit(self) -> tuple[Hand, ...]:
        """Those that would take part."""
        return tuple(hand for hand in self.hands if not hand.differs)


async def crew_of(engine: Engine) -> Crew:
    """Who is there; what keeps us from asking is among the facts."""
    try:
        return Crew(await _muster(engine))
    except Misconfigured as error:
        return Crew(fault=error)


async def _muster(engine: Engine) -> tuple[Hand, ...]:
    """All workers that are there, by host; nothing is kept on them. Raises Misconfigured."""
    with reached(engine):
        client = await connected(engine)
        try:
            answers = await asyncio.wait_for(client.run(_present, on_error="return"), _PATIENCE)
        finally:
            await close(client)
    hands = [_hand(host_of(worker), answer) for worker, answer in answers.items()]
    return tuple(sorted(hands, key=lambda hand: hand.host))


async def _present() -> tuple[dict[str, str], int]:
    """Runs on a worker: by what it judges, and how many processors it may use."""
    return asdict(await asyncio.to_thread(passport)), processors()


def _hand(host: str, answer: Any) -> Hand:
    if not isinstance(answer, tuple):  # it has no such program, or another one
        return Hand(host, differs="program")
    theirs: Mapping[str, str] = answer[0]
    return Hand(host, answer[1], passport().differs(theirs))
