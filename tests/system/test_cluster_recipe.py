"""The recipe for a cluster: its own command lines are started here, and an audit runs on them.

Run by itself, this file writes ``dask.lock`` anew from the lock of the tests.
"""

from __future__ import annotations

import json
import os
import re
import sqlite3
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from auditor.settings import load
from tests.ports import free_port
from tests.system.cluster import ROOT, Cluster, cluster, kill, wait_for

RECIPE = ROOT / "docs/recipes/cluster"
SCHEDULER = "audit-scheduler.mynumber-audit.svc.cluster.local:8786"
DASK = (
    "click cloudpickle dask distributed fsspec jinja2 locket markupsafe msgpack packaging partd "
    "pyyaml sortedcontainers tblib toolz tornado urllib3 zict"
).split()


def parts() -> list[dict[str, Any]]:
    return list(yaml.safe_load_all((RECIPE / "cluster.yaml").read_text("utf-8")))


def part(kind: str) -> dict[str, Any]:
    return next(one for one in parts() if one["kind"] == kind)


def container(role: str) -> dict[str, Any]:
    found: dict[str, Any] = part("DaskCluster")["spec"][role]["spec"]["containers"][0]
    return found


@pytest.fixture
def files(tmp_path: Path) -> Iterator[Cluster]:
    """Certificates and a port, in place of the recipe's."""
    with cluster(tmp_path / "dask") as made:
        yield made


def here(of: Cluster, text: str) -> str:
    """What stands in the recipe, as it is on this machine."""
    names = {"ca.crt": "ca.pem", "tls.crt": "cert.pem", "tls.key": "key.pem"}
    for name, file in names.items():
        text = text.replace(f"/etc/dask/{name}", str(of.folder / file))
    for name, value in (("DASK_WORKER_NAME", "a-worker"), ("POD_IP", "127.0.0.1")):
        text = text.replace(f"$({name})", value)
    text = text.replace("/scratch", str(of.folder))
    return text.replace(SCHEDULER, f"127.0.0.1:{of.port}")


def start(of: Cluster, role: str, web: str) -> subprocess.Popen[bytes]:
    """The process of a pod, by the arguments that the recipe gives it."""
    described = container(role)
    line = [here(of, one) for one in described["args"]]
    assert line[0] == "dask"
    swaps = {"8786": str(of.port), ":8787": web}
    line = [swaps.get(one, one) for one in line]
    environ = {one["name"]: one["value"] for one in described["env"] if "value" in one}
    with (of.folder / f"{role}.log").open("wb") as log:
        return subprocess.Popen(
            [sys.executable, "-m", f"distributed.cli.dask_{role}", *line[2:]],
            cwd=of.folder,
            env={**os.environ, **environ},
            stdout=log,
            stderr=log,
        )


def test_an_audit_runs_on_what_the_recipe_starts(files: Cluster, tmp_path: Path) -> None:
    """Scheduler, worker, settings, and the question by which the operator scales."""
    (tmp_path / "data").mkdir()
    (tmp_path / "data/list.csv").write_text("氏名\n田中", "utf-8")
    web = f"127.0.0.1:{free_port()}"
    started = [start(files, "scheduler", web)]
    try:
        wait_for(files._listens, "scheduler")
        started.append(start(files, "worker", web))
        log = files.folder / "worker.log"
        wait_for(lambda: "Registered to:" in log.read_text("utf-8"), "worker")
        with urllib.request.urlopen(f"http://{web}/api/v1/adaptive_target", timeout=60) as asked:
            assert json.loads(asked.read()).keys() == {"workers"}
        settings = here(files, part("ConfigMap")["data"]["audit.toml"])
        engine = settings.partition("[engine]")[2]
        folder = f"[sources.folder]\npaths = ['{tmp_path / 'data'}']\n[engine]\nshared_paths = true"
        (tmp_path / "audit.toml").write_text(folder + engine, "utf-8")
        command = [sys.executable, "-m", "auditor", "audit", "--quiet"]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False, timeout=120)
        assert done.returncode == 0, done.stderr[-1000:]
    finally:
        for process in started:
            kill(process)
    with sqlite3.connect(tmp_path / "audit-workspace/workspace.sqlite") as db:
        assert db.execute("SELECT sum(complete) FROM totals").fetchone() == (1,)


def test_the_settings_of_the_recipe_are_settings(files: Cluster, tmp_path: Path) -> None:
    text = here(files, part("ConfigMap")["data"]["audit.toml"])
    (tmp_path / "audit.toml").write_text(text, "utf-8")
    settings = load(tmp_path / "audit.toml")
    assert settings.engine.kind == "dask"
    (tenant,) = settings.tenants
    account = part("ServiceAccount")["metadata"]["annotations"]
    assert tenant.auth.client_id == account["azure.workload.identity/client-id"]
    assert tenant.auth.method == "workload-identity"


def test_names_agree_over_the_whole_recipe() -> None:
    """The names by which its parts find each other, and the subject that Entra is told."""
    made = part("DaskCluster")
    space = made["metadata"]["namespace"]
    address = f"{made['metadata']['name']}-scheduler.{space}.svc.cluster.local"
    assert f"{address}:8786" == SCHEDULER
    assert {one["metadata"].get("namespace", space) for one in parts()} == {space}
    leaf = next(one for one in parts() if one["metadata"]["name"] == "dask" and "dnsNames" in
                one.get("spec", {}))  # fmt: skip
    assert leaf["spec"]["dnsNames"] == [address]
    account = part("ServiceAccount")["metadata"]["name"]
    subject = f"system:serviceaccount:{space}:{account}"
    assert subject in (RECIPE / "identity.sh").read_text("utf-8")
    job = part("CronJob")["spec"]["jobTemplate"]["spec"]["template"]
    for labels in (made["metadata"]["labels"], job["metadata"]["labels"]):
        assert labels["azure.workload.identity/use"] == "true"
    for pod in (made["spec"]["worker"]["spec"], job["spec"]):
        assert pod["serviceAccountName"] == account
    assert part("DaskAutoscaler")["spec"]["cluster"] == made["metadata"]["name"]


def test_the_script_for_the_identity_is_sound() -> None:
    subprocess.run(["sh", "-n", str(RECIPE / "identity.sh")], check=True)
    assert os.access(RECIPE / "identity.sh", os.X_OK)


def locked() -> str:
    """What Dask needs beside the program, as the lock of the tests has it."""
    text = (ROOT / "requirements-test.lock").read_text("utf-8")
    entries = re.findall(r"^[A-Za-z0-9][^\n]*\\\n(?:    [^\n]*\n)+", text, re.MULTILINE)
    named = {re.split(r"[=\s]", entry)[0].lower(): entry for entry in entries}
    chosen = [named[name] for name in DASK]
    kept = [re.sub(r"(?m)^    #.*\n", "", entry) for entry in chosen]
    return (
        "# Written by tests/system/test_cluster_recipe.py from the lock of the tests.\n"
        + "".join(kept)
    )


def test_the_lock_of_the_image_is_that_of_the_tests() -> None:
    assert (RECIPE / "dask.lock").read_text("utf-8") == locked()


def test_the_lock_of_the_image_holds_all_that_dask_needs() -> None:
    """With what the program's own lock has; markers of other systems and Pythons aside."""
    from importlib.metadata import requires

    own = (ROOT / "requirements.lock").read_text("utf-8").lower()
    for name in ("distributed", "dask"):
        for needed in requires(name) or ():
            if ";" in needed:
                continue
            wanted = re.split(r"[^A-Za-z0-9._-]", needed)[0].lower()
            assert wanted in DASK or f"\n{wanted}==" in own, wanted


if __name__ == "__main__":
    (RECIPE / "dask.lock").write_text(locked(), "utf-8")
