"""The closed form of hours against a simulation of the services' limits, within ten per cent."""

from __future__ import annotations

from dataclasses import replace

import pytest

from auditor.bounds import Machine, hours_of
from auditor.loads import SHAPES, Load, load_of
from auditor.quotas import TIERS, tier_of
from simulation.services import Audit, Scope, Window

NEAR = 0.10
ENDLESS = Machine(line=1e15, cores=10**6, item=0.0, byte=0.0)
"""Neither the line nor the processors are simulated."""
SMALL = {
    "mail": (48, 96_000),
    "sharepoint": (8, 16_000),
    "onedrive": (24, 14_400),
    "teams": (400, 800_000),
    "blob": (24, 24_000),
    "dataverse": (4_000, 40_000_000),
    "intune": (32, 64_000),
    "azure_files": (16, 16_000),
    "azure_tables": (64, 6_400_000),
    "azure_queues": (640, 20_480),
}
"""Places and items of each source, small enough to be simulated."""
SIZES = {1_000: 40, 50_000: 200, 500_000: 250}
"""Users, and what SharePoint's budget and the tenant are divided by: some 30,000 units in a day."""


def loads(changed: float | None = None) -> dict[str, Load]:
    return {name: load_of(name, *size, changed) for name, size in SMALL.items()}


def test_every_source_is_simulated() -> None:
    assert SMALL.keys() == SHAPES.keys()


@pytest.mark.parametrize("changed", [None, 0.01])
@pytest.mark.parametrize("source", SMALL)
def test_a_source_by_itself(source: str, changed: float | None) -> None:
    load = loads(changed)[source]
    expected, _ = hours_of({source: load}, TIERS[0], ENDLESS)
    assert Audit(TIERS[0], ENDLESS).run({source: load}) == pytest.approx(expected, rel=NEAR)


@pytest.mark.parametrize("users", SIZES)
@pytest.mark.parametrize("changed", [None, 0.01])
def test_a_whole_tenant(users: int, changed: float | None) -> None:
    """Scaled: of so many places one, and of SharePoint's budget as little."""
    by = SIZES[users]
    full = tier_of(users)
    tier = replace(full, minute=full.minute // by, day=full.day // by)
    some = {name: loads(changed)[name] for name in ("mail", "sharepoint", "onedrive", "teams")}
    expected, binds = hours_of(some, tier, ENDLESS)
    assert binds in {"day", "minute"}
    assert Audit(tier, ENDLESS).run(some) == pytest.approx(expected, rel=NEAR)


def test_a_mailbox_beyond_its_window_is_paced() -> None:
    load = Load(2, 60_000, lists=600, reads=60_000, asks=0, units=0, bytes=0)
    expected, binds = hours_of({"mail": load}, TIERS[0], ENDLESS)
    assert binds == "mail"
    assert Audit(TIERS[0], ENDLESS).run({"mail": load}) == pytest.approx(expected, rel=NEAR)


def test_the_simulated_service_refuses_what_is_too_much() -> None:
    scope = Scope((Window(10, 60),))
    answers = [scope.ask(1.0, 1) for _ in range(12)]
    assert answers == [0.0] * 10 + [60.0] * 2
    assert scope.refused == 2
    assert scope.ask(61.0, 1) == 0.0


def test_a_simulation_repeats_itself() -> None:
    some = {"mail": load_of("mail", 8, 4_000)}
    once, again = (Audit(TIERS[0], ENDLESS).run(some) for _ in range(2))
    assert once == again
    assert Audit(TIERS[0], ENDLESS, seed=7).run(some) != once
