"""Hostile and damaged files through real worker processes: each has one outcome, within limits."""

from __future__ import annotations

import gzip

import psutil
import pytest

from auditor.model import Content, State
from hostile.every import HOSTILE, MODULES
from hostile.quine import quine
from tests.system.hostile_run import LIMITS, damaged_probes, read

WALL = 2 * 5 * LIMITS.seconds + 5
"""Seconds of two attempts at one file, on a machine as loaded as may be."""
KEPT = 256 << 20
"""Bytes by which this process may have grown when all is over."""
DAMAGED = 500


def test_the_set_is_large_and_says_what_it_attacks() -> None:
    assert len(HOSTILE) == sum(len(module.SET.all) for module in MODULES) >= 210
    assert len({file.attack for file in HOSTILE.values()}) == len(HOSTILE)


def test_the_quine_unpacks_to_itself() -> None:
    assert gzip.decompress(quine()) == quine()


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__.partition(".")[2])
async def test_every_hostile_file_has_the_outcome_it_states(module) -> None:
    """State and reasons are as expected, nothing is found, and this process is none the worse."""
    before = psutil.Process().memory_info().rss
    files = ((file.name, Content(file.file, file.made())) for file in module.SET.all)
    results = await read(files)
    expected = {
        file.name: (file.state.value, sorted(reason.value for reason in file.reasons))
        for file in module.SET.all
    }
    assert {done.name for done in results} == expected.keys()
    wrong = [(done.name, done.outcome) for done in results if done.outcome != expected[done.name]]
    assert wrong == []
    assert [done.name for done in results if done.scan.findings] == []
    assert [done.name for done in results if done.seconds > WALL] == []
    assert psutil.Process().memory_info().rss - before < KEPT


async def test_every_damaged_file_has_an_outcome() -> None:
    """Whatever was flipped, cut or moved: a state, gaps unless it is whole, and no worker lost."""
    results = await read(damaged_probes(DAMAGED))
    assert len(results) == DAMAGED
    assert {done.scan.state for done in results} <= {*State} - {State.NOT_ASSESSED}
    assert [
        done.name for done in results if (done.scan.state is State.COMPLETE) != (not done.scan.gaps)
    ] == []
    assert [done.outcome for done in results if "crashed" in done.outcome[1]] == []
    assert [done.name for done in results if done.seconds > WALL] == []
