"""What the store hands out and takes in: runs, books, and what is remembered of items."""

from __future__ import annotations

from dataclasses import dataclass, field

from auditor.model import Outcome, State
from connectors import Partition


@dataclass(frozen=True, slots=True)
class Run:
    """One audit of one tenant."""

    seq: int
    run_id: str
    tenant_id: str
    resumed: bool
    """An interrupted run goes on."""


@dataclass(slots=True)
class Book:
    """A partition as the store knows it in this run."""

    pk: int
    partition: Partition
    done: bool
    """Read to the end in this very run already."""
    cursors: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Known:
    """What is remembered of an item."""

    version: bytes | None
    state: State
    """What stands of it."""
    booked: State
    """What run ``seen`` booked it as."""
    seen: int
    item_id: str | None


@dataclass(frozen=True, slots=True)
class Entry:
    """An outcome on its way into the books."""

    outcome: Outcome
    known: Known | None
    key: bytes
    stream: int
    generation: int


@dataclass(frozen=True, slots=True)
class Tracked:
    """An item with findings or gaps that this run's listing did not name."""

    item_id: str
    native: str | None
    retry: bool
    exposed: bool
    shown: str = ""
    """What an item with findings is called in reports."""
