"""Which workers of a Dask cluster take part, and which are kept away and why."""

from __future__ import annotations

import asyncio
import os
import random
import shutil
import sqlite3
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from distributed import Client, LocalCluster

from auditor import engine
from auditor.cli import main
from auditor.cluster import hall
from auditor.detect.checkdigit import check_digit
from auditor.progress import Silent
from auditor.settings import Engine, Settings, TenantSettings, processors
from auditor.store import Store
from connectors import Misconfigured
from connectors._identity import Auth, Cloud, host_of
from connectors.folder import Settings as Folder
from connectors.mail import Settings as Mail
from tests.system.cluster import ROOT, Cluster, cluster, kill, wait_for

FILES = 60
COLUMNS = "source, partition, item, part, locations, kind, confidence, count, reasons"
QUERY = f"SELECT {COLUMNS} FROM findings ORDER BY item, part, confidence"


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Lists of members with numbers from a seed, and what has none."""
    seed = random.Random(20260401)
    folder = tmp_path_factory.mktemp("files")
    for name in range(FILES):
        first = ["".join(seed.choices("123456789", k=11)) for _ in range(name % 4)]
        rows = [f"社員{at},{one}{check_digit(one)}" for at, one in enumerate(first)]
        text = "\n".join(["氏名,個人番号", *rows])
        (folder / f"名簿{name}.csv").write_text(text, "utf-8")
    return folder


@pytest.fixture(scope="module")
def dask(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """A scheduler and one worker, on this machine without TLS."""
    with cluster(tmp_path_factory.mktemp("dask"), tls=False) as made:
        made.start(1, {})
        wait_for(lambda: present(made), "worker")
        yield made


def audit(place: Path, sources: Mapping[str, object], where: Engine, *, tenant: Any = None) -> Any:
    """The findings of one audit."""
    settings = Settings((tenant,) if tenant else (), sources, engine=where)
    store = Store.open(place)
    try:
        (summary,) = asyncio.run(engine.audit(settings, store, Silent(), lang="en"))
    finally:
        store.close()
    assert summary.state == "complete"
    with sqlite3.connect(place / "workspace.sqlite") as db:
        return db.execute(QUERY).fetchall()


@pytest.fixture(scope="module")
def here(files: Path, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """What this machine finds."""
    found = audit(tmp_path_factory.mktemp("here") / "w", folder(files), Engine("local", 1))
    assert len(found) > FILES // 2
    return found


def folder(files: Path) -> dict[str, object]:
    return {"folder": Folder((str(files),))}


def far(dask: Cluster) -> Engine:
    return Engine("dask", 1, dask.address, shared_paths=True)


@pytest.fixture
def other_rules(dask: Cluster, tmp_path: Path) -> Iterator[str]:
    """The address of a worker whose copy of the program judges by other rules."""
    for package in ("auditor", "connectors"):
        kept = shutil.ignore_patterns("__pycache__", "_sample_tenant")
        shutil.copytree(ROOT / package, tmp_path / package, ignore=kept)
    with (tmp_path / "auditor/detect/verdict.py").open("a", encoding="utf-8") as file:
        file.write("\n# Another rule.\n")
    before = set(present(dask))
    path = os.pathsep.join((str(tmp_path), os.environ["PYTHONPATH"]))
    process = dask.add({"PYTHONPATH": path})
    wait_for(lambda: set(present(dask)) - before, "worker")
    yield (set(present(dask)) - before).pop()
    kill(process)
    wait_for(lambda: set(present(dask)) == before, "departure")


def present(dask: Cluster) -> list[str]:
    return list(asked(dask, _present))


def _present(dask_scheduler: Any) -> list[str]:
    return list(dask_scheduler.workers)


def _worked(dask_worker: Any) -> tuple[int, dict[str, float]]:
    """Tasks it has done, and what it was admitted to."""
    done = sum(dask_worker.state.task_counter.current_count().values())
    return done + len(dask_worker.state.tasks), dict(dask_worker.state.total_resources)


def asked(dask: Cluster, what: Any) -> Any:
    with Client(dask.address, set_as_default=False) as client:
        return client.run_on_scheduler(what)


def test_a_worker_with_other_rules_gets_nothing(
    dask: Cluster, files: Path, here: Any, other_rules: str, tmp_path: Path, capfd: Any
) -> None:
    assert audit(tmp_path / "w", folder(files), far(dask)) == here
    said = capfd.readouterr().err
    assert said.count("takes no part: it judges by other rules.") == 1
    assert said.count("takes no part") == 1
    with Client(dask.address, set_as_default=False) as client:
        rooms = client.run(_worked)
    assert rooms.pop(other_rules)[1] == {}
    assert [len(resources) for _, resources in rooms.values()] == [1]


def test_the_preflight_tells_who_would_work(
    dask: Cluster, files: Path, other_rules: str, tmp_path: Path, capsys: Any
) -> None:
    """It counts on those that would take part, names the others, and leaves nothing behind."""
    lines = f'[sources.folder]\npaths = ["{files}"]\n{dask.settings("shared_paths = true")}'
    config = tmp_path / "audit.toml"
    config.write_text(lines, "utf-8")
    ask = ["doctor", "--config", str(config), "--workspace", str(tmp_path / "w"), "--lang", "en"]
    before = asked(dask, _tasks)
    assert main(ask) == 0
    said = capsys.readouterr().out
    assert f"would take part: 1; their processors: {processors()}." in said
    assert said.count("takes no part: it judges by other rules.") == 1
    assert asked(dask, _tasks) == before
    config.write_text(lines.replace(dask.address, "tls://127.0.0.1:9"), "utf-8")
    assert main(ask) == 1
    assert "127.0.0.1:9" in capsys.readouterr().out
    assert host_of(other_rules) in said


def test_a_worker_that_cannot_sign_in_says_so(
    dask: Cluster, files: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: Any
) -> None:
    """The secret of the tenant is never sent: a worker must hold its own."""
    monkeypatch.setattr(hall, "_REFUSED", 0.5)
    monkeypatch.setenv("AZURE_CLIENT_SECRET", "only here")
    closed = Cloud("x", "https://127.0.0.1:9", "https://127.0.0.1:9/v1.0", "https://127.0.0.1:9")
    tenant = TenantSettings("contoso.example", "", Auth("client-secret", "an app"), closed)
    sources = folder(files) | {"mail": Mail()}
    with pytest.raises(Misconfigured):
        audit(tmp_path / "w", sources, far(dask), tenant=tenant)
    assert "The environment variable AZURE_CLIENT_SECRET is not set." in capfd.readouterr().err


def test_a_run_without_a_single_good_worker_ends_with_the_reason(
    dask: Cluster, files: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Here none of them has the folder in the same place."""
    monkeypatch.setattr(hall, "_REFUSED", 0.5)
    monkeypatch.chdir(files.parent)
    sources: dict[str, object] = {"folder": Folder((files.name,))}
    with pytest.raises(Misconfigured) as error:
        audit(tmp_path / "w", sources, far(dask))
    assert (error.value.code, error.value.detail) == ("workers_refused", "bad_setting")


def test_a_scheduler_that_is_not_there_is_named(
    files: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("auditor.cluster.client.CONNECT", 0.5)
    with pytest.raises(Misconfigured) as error:
        audit(tmp_path / "w", folder(files), Engine("dask", 1, "tcp://127.0.0.1:9"))
    assert (error.value.code, error.value.host) == ("unreachable", "127.0.0.1:9")


def test_folders_that_only_this_machine_has_are_read_here(
    dask: Cluster, files: Path, here: Any, tmp_path: Path
) -> None:
    """Unless the settings say that every worker has them."""
    before = asked(dask, _tasks)
    alone = Engine("dask", 1, dask.address)
    assert audit(tmp_path / "w", folder(files), alone) == here
    assert asked(dask, _tasks) == before


def _tasks(dask_scheduler: Any) -> int:
    return int(dask_scheduler.transition_counter)


def test_workers_come_when_there_is_work(files: Path, here: Any, tmp_path: Path) -> None:
    """Adaptive scaling from nothing: pages that wait are seen, and who comes is admitted."""
    with LocalCluster(
        n_workers=0,
        threads_per_worker=2,
        host="127.0.0.1",
        dashboard_address="127.0.0.1:0",
        memory_limit=0,
        silence_logs=50,
    ) as grown:
        grown.adapt(minimum=0, maximum=2, interval="100ms")
        where = Engine("dask", 1, grown.scheduler_address, shared_paths=True)
        assert not grown.workers
        assert audit(tmp_path / "w", folder(files), where) == here
        assert grown.scheduler.transition_counter > 0
