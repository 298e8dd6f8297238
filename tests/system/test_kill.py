"""kill -9 at random moments, then the same command: the end equals an uninterrupted run."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import time
from pathlib import Path
from typing import Any

from tests.system.command import Command

KILLS = 20
TABLES = {
    "findings": "source, partition, item_id, item, part, locations, kind, confidence, count, "
    '"distinct", reasons, status',
    "items": 'source, partition, item_id, item, confidence, count, "distinct", exposure, reach, '
    "exposure_reasons",
    "grants": "item_id, reach, via, who, people, expires, password",
    "coverage": "source, partition, item_id, item, part, state, reason, suspect, permission",
    "totals": "source, partition, listed, complete, partial, skipped, failed, not_assessed, "
    "unchanged",
    "runs": "tenant_id, state, persons_low <= persons_high",
}
TWINS = 0.001
"""Share of the bytes that belongs to files which lie in the tenant twice.

One of two is read, whichever comes first; a kill may take the page of the one that was read after
the page of the other was committed. Then nobody tells the bytes: less, never twice.
"""


def state_of(command: Command) -> dict[str, list[str]]:
    """Everything the contract's tables say, but clocks and costs."""
    return {
        table: sorted(map(repr, command.rows(f"SELECT {columns} FROM {table}")))
        for table, columns in TABLES.items()
    }


def read_by(command: Command) -> int:
    """Bytes that the runs say they have read."""
    ((read,),) = command.rows("SELECT sum(bytes) FROM totals")
    return int(read)


def prepared(folder: Path, tenant: Any) -> Command:
    """A workspace with the key that all of this test have, so that ids can be compared."""
    command = Command(folder, tenant)
    command.workspace.mkdir(mode=0o700)
    key = command.workspace / "key"
    key.write_text("abcdefghijklmnop" * 4, "ascii")
    key.chmod(0o600)
    return command


def differences(calm: dict[str, list[str]], disturbed: dict[str, list[str]]) -> list[str]:
    """Rows that only one of the two has."""
    return [
        f"{sign} {table} {row}"
        for table in calm
        for sign, rows, others in (
            ("-", calm[table], disturbed[table]),
            ("+", disturbed[table], calm[table]),
        )
        for row in rows
        if rows.count(row) > others.count(row)
    ]


def finished(command: Command) -> bool:
    """Whether the killed process had closed its run."""
    if not (command.workspace / "workspace.sqlite").exists():
        return False
    try:
        states = command.rows("SELECT state FROM runs")
    except sqlite3.OperationalError:  # killed before the tables were there
        return False
    return bool(states) and states[-1][0] in {"complete", "incomplete"}


def disturbed(command: Command, seed: random.Random, lasted: float) -> int:
    """Audit to the end, killed on the way as often as the seed wants; how often it was."""
    kills = 0
    while True:
        process = subprocess.Popen(
            command.line("audit"),
            cwd=command.folder,
            env=command.environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        # Starting takes a while; half of the kills come soon after it, where pages are few.
        wait = seed.uniform(0.3, 1.1) * lasted * (0.5 if kills % 2 else 1.0)
        try:
            process.wait(wait)
        except subprocess.TimeoutExpired:
            os.kill(process.pid, signal.SIGKILL)
            process.wait()
            kills += 1
            if finished(command):  # it was only on its way out
                return kills
        else:
            assert process.returncode == 0
            return kills


def test_twenty_kills_change_nothing(tenant: Any, tmp_path: Path) -> None:
    """Killed at seeded random moments, started again each time, it ends as if never disturbed."""
    calm = prepared(tmp_path / "calm", tenant)
    calm.audit()
    expected = state_of(calm)
    started = time.monotonic()
    prepared(tmp_path / "timed", tenant).audit()  # the first one compiled the SDKs on the way
    lasted = time.monotonic() - started
    seed = random.Random(20260401)
    kills = 0
    for number in range(2 * KILLS):
        killed = prepared(tmp_path / f"killed{number}", tenant)
        before = kills
        kills += disturbed(killed, seed, lasted)
        assert differences(expected, state_of(killed)) == []
        assert (1 - TWINS) * read_by(calm) <= read_by(killed) <= read_by(calm)
        if kills >= KILLS:
            break
        if kills - before < 2:  # the machine is quicker than it was
            lasted *= 0.8
    assert kills >= KILLS
