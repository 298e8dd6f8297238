"""What a Dask cluster costs over this machine alone, with content that keeps processors busy.

Times are of two cores; where more processes than cores read, they share them. CPU time is that of
all processes, so that a busy machine does not decide what is said.
"""

from __future__ import annotations

import asyncio
import random
import time
from contextlib import ExitStack
from pathlib import Path

import psutil
import pytest

from auditor import engine
from auditor.progress import Silent
from auditor.settings import Engine, Settings
from auditor.store import Store
from connectors.folder import Settings as Folder
from tests.system.cluster import Cluster, cluster, wait_for

FILES = 200
SIZE = 60_000
"""Characters of one file."""
WORDS = "氏名 住所 年月日 届出 部署 給与 控除 扶養 申告 様式 番号 電話 契約 請求 注文 品番".split()


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Running text with many long numbers in it, all of them from a seed."""
    seed = random.Random(20260401)
    folder = tmp_path_factory.mktemp("files")
    for name in range(FILES):
        words: list[str] = []
        length = 0
        while length < SIZE:
            words.append(seed.choice(WORDS) + str(seed.randrange(10**12)))
            length += len(words[-1]) + 1
        (folder / f"{name}.txt").write_text("、".join(words), "utf-8")
    return folder


def spent() -> float:
    """CPU seconds of this process and of all below it, those of the cluster among them."""
    me = psutil.Process()
    return sum(sum(one.cpu_times()[:4]) for one in (me, *me.children(recursive=True)))


def audit(place: Path, files: Path, where: Engine) -> tuple[float, float]:
    """Seconds, and CPU seconds of all processes that took part."""
    settings = Settings((), {"folder": Folder((str(files),))}, engine=where)
    store = Store.open(place)
    before, started = spent(), time.perf_counter()
    try:
        (summary,) = asyncio.run(engine.audit(settings, store, Silent()))
    finally:
        store.close()
    assert summary.tally.states["complete"] == FILES
    return time.perf_counter() - started, spent() - before


def there(dask: Cluster, count: int) -> None:
    wait_for(lambda: dask.words().count("Registered to:") >= count, "worker")


@pytest.mark.benchmark
@pytest.mark.timeout(1800)
def test_a_cluster_costs_little_over_this_machine(files: Path, tmp_path: Path) -> None:
    """At most a quarter more CPU, connecting and starting included; a half on too few cores."""
    costs: dict[int, float] = {}
    print()
    for count in (1, 2, 4):
        alone = audit(tmp_path / f"here{count}", files, Engine("local", count))
        with ExitStack() as stack:
            dask = stack.enter_context(cluster(tmp_path / f"dask{count}", tls=False))
            dask.start(count, {}, threads=2)
            there(dask, count)
            where = Engine("dask", 1, dask.address, shared_paths=True)
            audit(tmp_path / f"warm{count}", files, where)
            far = audit(tmp_path / f"far{count}", files, where)
        print(
            f"{count} processes: local {alone[0]:.1f} s ({alone[1]:.1f} s CPU), "
            f"cluster {far[0]:.1f} s ({far[1]:.1f} s CPU): "
            f"efficiency {alone[0] / far[0]:.2f}, CPU {far[1] / alone[1]:.2f}"
        )
        costs[count] = far[1] / alone[1]
    assert max(costs[1], costs[2]) <= 1.25
    assert costs[4] <= 1.5
