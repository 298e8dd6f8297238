"""What a run tells while it runs, and the books that must balance at its end.

The engine neither prints nor logs: it calls an :class:`Observer`. A terminal, a log and a test are
equal observers.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Protocol

from auditor.model import Reason, State


class Unbalanced(Exception):
    """The books of a partition do not balance: a defect of this program, never of the tenant."""


@dataclass(slots=True)
class Tally:
    """The books of one partition in one run."""

    listed: int = 0
    states: Counter[State] = field(default_factory=Counter)
    bytes: int = 0
    requests: int = 0
    units: int = 0
    seconds: float = 0.0
    findings: int = 0
    throttled: float = 0.0

    def book(self, state: State, count: int = 1) -> None:
        """Enter ``count`` listed items that ended in ``state``."""
        self.listed += count
        self.states[state] += count

    def add(self, other: Tally) -> None:
        """Add another tally to this one."""
        self.listed += other.listed
        self.states.update(other.states)
        self.bytes += other.bytes
        self.requests += other.requests
        self.units += other.units
        self.seconds += other.seconds
        self.findings += other.findings
        self.throttled += other.throttled

    def check(self) -> None:
        """Raise :class:`Unbalanced` unless listed = the sum of all states."""
        if self.listed != sum(self.states.values()):
            raise Unbalanced(f"{self.listed} listed, {sum(self.states.values())} booked")


class Observer(Protocol):
    """Who is told. Names given here are masked already; calls are cheap and never raise."""

    def run_started(self, tenant: str, *, resumed: bool) -> None:
        """A tenant's audit begins, or goes on after an interruption."""

    def partitions_found(self, source: str, count: int) -> None:
        """``count`` more mailboxes, drives, containers of ``source`` are known."""

    def partition_started(self, source: str, name: str) -> None:
        """Work on one of them begins."""

    def progress(self, source: str, tally: Tally) -> None:
        """A page was committed; ``tally`` is what it added."""

    def waiting(self, source: str, seconds: float) -> None:
        """The service asked us to wait."""

    def gap(self, source: str, name: str, reason: Reason, permission: str) -> None:
        """A whole scope could not be read."""

    def partition_done(self, source: str, name: str, tally: Tally) -> None:
        """Its books are closed."""

    def run_done(self, tenant: str, tally: Tally) -> None:
        """The tenant's books are closed."""


class Silent:
    """The observer of those who do not want to know."""

    def run_started(self, tenant: str, *, resumed: bool) -> None:
        """Nothing."""

    def partitions_found(self, source: str, count: int) -> None:
        """Nothing."""

    def partition_started(self, source: str, name: str) -> None:
        """Nothing."""

    def progress(self, source: str, tally: Tally) -> None:
        """Nothing."""

    def waiting(self, source: str, seconds: float) -> None:
        """Nothing."""

    def gap(self, source: str, name: str, reason: Reason, permission: str) -> None:
        """Nothing."""

    def partition_done(self, source: str, name: str, tally: Tally) -> None:
        """Nothing."""

    def run_done(self, tenant: str, tally: Tally) -> None:
        """Nothing."""
