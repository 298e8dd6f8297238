"""How many requests and hours an audit takes, under the services' published limits.

A model with few terms, the same for ``doctor`` and for the page on scale; a simulation of discrete
events holds it to 10 % (``tests/simulation``). An estimate all the same: what a tenant holds, how
long a request takes and how fast a machine is are assumptions (``auditor.loads``, ``Machine``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from auditor.bounds import Machine, hours_of
from auditor.loads import SHAPES, Load, load_of
from auditor.quotas import Tier, tier_of

__all__ = ["LATER", "Forecast", "Outlook", "Whole", "outlook"]

LATER = (0.0, 0.01)
"""Shares of changed items that later runs are told for."""


@dataclass(frozen=True, slots=True)
class Forecast:
    """What one source will take, and on what that rests."""

    source: str
    items: int
    counted: bool
    """``items`` was counted by an earlier audit, not assumed."""
    first: Load
    later: tuple[Load, ...]
    """Later runs, one for each share of ``LATER``."""
    hours: float
    """Of the first run."""
    binds: str
    """What decides them; see ``hours_of``."""


@dataclass(frozen=True, slots=True)
class Whole:
    """All sources of a tenant in one run, side by side."""

    requests: int
    units: int
    bytes: int
    hours: float
    binds: str
    """What decides the hours; see ``hours_of``."""


@dataclass(frozen=True, slots=True)
class Outlook:
    """What an audit of a tenant will take."""

    sources: tuple[Forecast, ...]
    """Those whose requests somebody bounds."""
    runs: tuple[Whole, ...]
    """A first run, then later ones, one for each share of ``LATER``."""
    tier: Tier
    machine: Machine


def outlook(
    places: Mapping[str, int],
    counted: Mapping[str, int],
    members: int | None,
    machine: Machine,
) -> Outlook:
    """The one model: ``doctor`` prints it, and docs/scale.md is written from it.

    Args:
        places: mailboxes, drives, containers a source.
        counted: items that an earlier audit listed, a source; else they are assumed.
        members: people of the tenant, standing in for its licences; None where nobody told.
        machine: where the audit runs.

    """
    tier = tier_of(members)
    found = []
    for source, count in places.items():
        shape = SHAPES.get(source)
        if not shape or not count:
            continue
        known = counted.get(source, 0)
        items = known or count * shape.items
        first = load_of(source, count, items)
        hours, binds = hours_of({source: first}, tier, machine)
        later = tuple(load_of(source, count, items, share) for share in LATER)
        found.append(Forecast(source, items, known > 0, first, later, hours, binds))
    firsts = {one.source: one.first for one in found}
    laters = [{one.source: one.later[at] for one in found} for at in range(len(LATER))]
    runs = tuple(_whole(loads, tier, machine) for loads in (firsts, *laters))
    return Outlook(tuple(found), runs, tier, machine)


def _whole(loads: Mapping[str, Load], tier: Tier, machine: Machine) -> Whole:
    hours, binds = hours_of(loads, tier, machine)
    every = loads.values()
    return Whole(
        sum(load.requests for load in every),
        sum(load.units for load in every),
        sum(load.bytes for load in every),
        hours,
        binds,
    )
