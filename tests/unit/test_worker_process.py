"""The life of a worker process: its end with its parent, its replacement, its bounds."""

from __future__ import annotations

import asyncio
import io
import os
import re
import signal
import sqlite3
import subprocess
import sys
import textwrap
import zipfile
from operator import mul
from pathlib import Path
from random import Random

import psutil
import pytest

from auditor.model import Content, Limits, Reason, State
from auditor.worker import Workers
from tests.unit import worker_target

KEY = b"k" * 32
TARGET = worker_target.__name__


def make(name: str) -> Content:
    return Content(name, b"")


def children() -> set[int]:
    """Worker processes of this one: they hang below the fork server."""
    me = psutil.Process()
    return {child.pid for child in me.children(recursive=True) if child.parent() != me}


async def test_a_worker_is_replaced_after_a_thousand_contents() -> None:
    pool = Workers(1, Limits(), KEY, target=TARGET)
    try:
        await pool.scan([make("fine")])
        before = children()
        for _ in range(3):
            results = await asyncio.gather(*(pool.scan([make("fine")]) for _ in range(700)))
            assert {result.state for result in results} == {State.COMPLETE}
        assert children() != before
    finally:
        await pool.aclose()


def test_no_worker_outlives_a_killed_parent(tmp_path: Path) -> None:
    script = tmp_path / "parent.py"
    script.write_text(
        textwrap.dedent(
            f"""
            import asyncio, pathlib, sys
            sys.path[:0] = {sys.path!r}
            from auditor.model import Content, Limits
            from auditor.worker import Workers

            async def main():
                pool = Workers(3, Limits(), b"k", target={TARGET!r})
                for _ in range(2):
                    asyncio.create_task(pool.scan([Content("loop", b"")]))
                await asyncio.gather(*(pool.scan([Content("fine", b"")]) for _ in range(9)))
                await asyncio.sleep(0.5)
                print("ready", flush=True)
                await asyncio.sleep(60)

            asyncio.run(main())  # without a guard on purpose: workers must not run this again
            """
        )
    )
    with subprocess.Popen([sys.executable, script], stdout=subprocess.PIPE, text=True) as parent:
        try:
            assert parent.stdout is not None
            assert parent.stdout.readline() == "ready\n"
            family = psutil.Process(parent.pid).children(recursive=True)
            assert len(family) >= 4
        finally:
            parent.kill()
    gone, alive = psutil.wait_procs(family, timeout=60)
    assert not alive
    assert len(gone) == len(family)


async def test_the_real_scan_gives_the_same_in_a_worker_and_here() -> None:
    random = Random(5)
    contents = [Content("番号.csv", table(random, rows)) for rows in (1, 40, 20_000)]
    here, there = Workers(0, Limits(), KEY), Workers(1, Limits(), KEY)
    try:
        for content in contents:
            one, other = await here.scan([content]), await there.scan([content])
            assert one == other
            assert one.distinct > 0
        whole = await there.scan(contents)
        assert whole.distinct == (await here.scan(contents)).distinct
    finally:
        await here.aclose()
        await there.aclose()


async def test_a_file_that_takes_all_the_time_is_read_by_its_writing() -> None:
    """A database whose every row is costly to compute, between two harmless files."""
    base = sqlite3.connect(":memory:", isolation_level=None)
    base.execute("CREATE TABLE t (a)")
    line = table(Random(7), 1).decode().partition("\n")[2]
    base.executemany("INSERT INTO t (a) VALUES (?)", [(f"個人番号：{line}",)] + [("x",)] * 2000)
    base.execute("ALTER TABLE t ADD COLUMN b AS (length(hex(zeroblob(30000000 + length(a)))))")
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.csv", table(Random(8), 3))
        archive.writestr("b.db", base.serialize())
        archive.writestr("c.csv", table(Random(9), 4))
    base.close()
    pool = Workers(1, Limits(seconds=1.5), KEY)
    try:
        result = await pool.scan([Content("a.zip", out.getvalue())])
    finally:
        await pool.aclose()
    assert [(gap.reason, gap.part) for gap in result.gaps] == [(Reason.TIMEOUT, "b.db")]
    assert result.state is State.PARTIAL
    assert result.distinct == 1 + 3 + 4


def table(random: Random, rows: int) -> bytes:
    """A list of people with their numbers, made up."""
    lines = ["氏名,個人番号"]
    for _ in range(rows):
        body = [random.randrange(10) for _ in range(11)]
        rest = sum(map(mul, body, (6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2))) % 11
        check = 0 if rest <= 1 else 11 - rest
        lines.append(f"山田太郎,{''.join(map(str, body))}{check}")
    return "\n".join(lines).encode()


async def test_workers_outlive_the_fork_server_and_it_comes_back() -> None:
    pool = Workers(1, Limits(), KEY, target=TARGET)
    try:
        await pool.scan([make("fine")])
        slow = asyncio.create_task(pool.scan([make("sleep 0.3")]))
        for child in psutil.Process().children():
            if any("forkserver" in word for word in child.cmdline()):
                child.kill()
        assert (await slow).state is State.COMPLETE
        assert (await pool.scan([make("abort")])).state is State.FAILED
        assert (await pool.scan([make("fine")])).state is State.COMPLETE
    finally:
        await pool.aclose()


@pytest.mark.skipif(sys.platform != "linux", reason="asks the kernel")
async def test_a_worker_cannot_dump_its_memory() -> None:
    before = children()
    pool = Workers(1, Limits(), KEY, target=TARGET)
    try:
        await pool.scan([make("fine")])
        (worker,) = children() - before
        assert psutil.Process(worker).rlimit(psutil.RLIMIT_CORE) == (0, 0)
        assert Path(f"/proc/{worker}/fd/2").readlink() == Path(os.devnull)
        status = Path(f"/proc/{worker}/status").read_text()
        ignored = int(re.findall(r"SigIgn:\s*(\w+)", status)[0], 16)
        assert ignored >> (signal.SIGINT - 1) & 1
    finally:
        await pool.aclose()


def test_a_long_temporary_folder_is_no_obstacle(tmp_path: Path) -> None:
    """The fork server's socket has room for 107 bytes of path; beyond that each starts anew."""
    deep = tmp_path / ("long" * 20)
    deep.mkdir()
    (tmp_path / "memo.txt").write_text("memo", "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "auditor", "scan", str(tmp_path / "memo.txt")],
        env={**os.environ, "TMPDIR": str(deep)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0
