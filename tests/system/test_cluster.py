"""An audit on a Dask cluster: real scheduler, real workers, TLS, and what can befall them."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from connectors._sample_tenant._company import company
from connectors._sample_tenant._handle import Tenant, running
from tests.system.cluster import Cluster, cluster, kill, wait_for
from tests.system.command import Command
from tests.system.test_kill import differences, state_of

ITEMS = 60
SOURCES = ("mail", "sharepoint", "blob", "dataverse")
KEY = "a key of persons, which no scheduler may hold"
SLOW = {"method": "GET", "path": "/", "action": "delay", "seconds": 0.03}


@pytest.fixture(scope="module")
def small() -> Iterator[Tenant]:
    """A tenant of sixty mails and files, beside what each company has."""
    with running(items=ITEMS, control=True) as started:
        yield started


@pytest.fixture(scope="module")
def dask(small: Tenant, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """A scheduler and two workers, which hold the secret of the tenant."""
    with cluster(tmp_path_factory.mktemp("dask")) as made:
        made.start(2, secret(small))
        yield made


def secret(tenant: Tenant) -> dict[str, str]:
    return {"AZURE_CLIENT_SECRET": tenant.client_secret}


def command(tenant: Tenant, folder: Path, lines: str = "", sources: Any = SOURCES) -> Command:
    """A workspace with the key that all of this test have, so that ids can be compared."""
    made = Command(folder, tenant, sources, {"AUDIT_KEY": KEY})
    with made.config.open("a", encoding="utf-8") as file:
        file.write(f'[privacy]\nkey = "env:AUDIT_KEY"\n{lines}')
    made.workspace.mkdir(mode=0o700)
    key = made.workspace / "key"
    key.write_text("abcdefghijklmnop" * 4, "ascii")
    key.chmod(0o600)
    return made


@pytest.fixture(scope="module")
def calm(small: Tenant, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """What this machine alone finds."""
    here = command(small, tmp_path_factory.mktemp("calm"))
    here.audit()
    return everything(here)


def everything(of: Command) -> dict[str, list[str]]:
    persons = of.rows("SELECT persons_low, persons_high FROM runs")
    return state_of(of) | {"persons": [repr(persons)]}


def started(of: Command) -> subprocess.Popen[bytes]:
    """An audit that goes on while the test does something."""
    with (of.folder / "words.log").open("ab") as words:
        return subprocess.Popen(
            of.line("audit"),
            cwd=of.folder,
            env=of.environment(),
            stdin=subprocess.DEVNULL,
            stdout=words,
            stderr=words,
        )


def under_way(of: Command, least: int) -> bool:
    """Whether so many items are in the workspace."""
    try:
        return bool(of.rows("SELECT count(*) FROM known")[0][0] >= least)
    except sqlite3.OperationalError:  # the tables are not there yet
        return False


def memory(pid: int) -> Iterator[bytes]:
    """All that a process holds, piece by piece."""
    regions = Path(f"/proc/{pid}/maps").read_text("ascii").splitlines()
    with Path(f"/proc/{pid}/mem").open("rb", buffering=0) as file:
        for region in regions:
            place, rights = region.split()[:2]
            start, end = (int(edge, 16) for edge in place.split("-"))
            if rights.startswith("rw"):
                try:
                    file.seek(start)
                    yield file.read(end - start)
                except (OSError, ValueError, OverflowError):
                    continue


def held(pid: int, wanted: list[bytes]) -> set[bytes]:
    return {one for piece in memory(pid) for one in wanted if one in piece}


def test_tables_are_those_of_one_machine_and_the_scheduler_knows_nothing(
    small: Tenant, dask: Cluster, calm: Any, tmp_path: Path
) -> None:
    """Neither the secret, nor the persons' key, nor a number, while pages go through it."""
    far = command(small, tmp_path, dask.settings())
    numbers = sorted({p.number.encode() for p in company(ITEMS).planted if len(p.number) == 12})
    wanted = [small.client_secret.encode(), KEY.encode(), *numbers[:: len(numbers) // 8]]
    name = b"mynumber-audit-page"  # it is seen that the search finds what is there
    assert dask.scheduler is not None
    small.faults([SLOW])
    process = started(far)
    seen: set[bytes] = set()
    looks = 0
    while process.poll() is None:
        if under_way(far, 5):
            seen |= held(dask.scheduler.pid, [name, *wanted])
            looks += 1
        time.sleep(0.3)
    small.faults([])
    words = (far.folder / "words.log").read_bytes()
    assert process.returncode == 0, words[-2000:]
    assert looks > 1
    assert seen == {name}
    said = words + dask.words().encode()
    assert [one for one in wanted if one in said] == []
    assert differences(calm, everything(far)) == []


def disturbed(small: Tenant, of: Command, blow: Callable[[int], bool]) -> bytes:
    """Audit slowly; ``blow`` falls again and again, as long as it wants to; what was said."""
    small.faults([SLOW])
    try:
        process = started(of)
        blows = 0
        while process.poll() is None:
            if under_way(of, 5 + 40 * blows) and blow(blows):
                blows += 1
            time.sleep(0.05)
    finally:
        small.faults([])
    words = (of.folder / "words.log").read_bytes()
    assert process.returncode == 0, words[-2000:]
    assert blows > 0
    return words


def test_workers_that_die_lose_nothing(
    small: Tenant, dask: Cluster, calm: Any, tmp_path: Path
) -> None:
    """kill -9 of one worker after the other, while another takes its place."""
    seed = random.Random(20260401)

    def blow(count: int) -> bool:
        alive = [worker for worker in dask.workers if worker.poll() is None]
        if count == 2:
            return False
        time.sleep(seed.uniform(0.0, 0.5))
        kill(seed.choice(alive))
        dask.add(secret(small))
        return True

    far = command(small, tmp_path, dask.settings())
    disturbed(small, far, blow)
    assert differences(calm, everything(far)) == []


def test_a_scheduler_that_is_started_anew_loses_nothing(
    small: Tenant, dask: Cluster, calm: Any, tmp_path: Path
) -> None:
    """Its workers end with it, as Dask's do; new ones come, and what was out is asked again."""

    def blow(count: int) -> bool:
        if count == 1 or dask.scheduler is None:
            return False
        kill(dask.scheduler)
        for worker in dask.workers:
            kill(worker)
        dask.workers.clear()
        time.sleep(1.0)
        dask.start(2, secret(small))
        return True

    far = command(small, tmp_path, dask.settings())
    words = disturbed(small, far, blow)
    assert b"scheduler answers again" in words
    assert differences(calm, everything(far)) == []


def test_a_coordinator_that_is_killed_goes_on(
    small: Tenant, dask: Cluster, calm: Any, tmp_path: Path
) -> None:
    """kill -9, then the same command: nothing lost, nothing twice."""
    far = command(small, tmp_path, dask.settings())
    small.faults([SLOW])
    process = started(far)
    wait_for(lambda: under_way(far, 30), "page")
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    small.faults([])
    far.audit()
    # With a key of one's own the persons are exact, also of a run that was interrupted.
    assert differences(calm, everything(far)) == []
