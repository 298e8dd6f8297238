"""The tenant as a process: how it starts, what it leaves behind, how it ends."""

from __future__ import annotations

import json
import os
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from connectors._sample_tenant._handle import running

START = [sys.executable, "-m", "connectors._sample_tenant", "--items", "60"]


@pytest.fixture
def start(root):
    started = []

    def start(*more):
        process = subprocess.Popen(
            [*START, *more], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=root
        )
        started.append(process)
        return process, json.loads(process.stdout.readline())

    yield start
    for process in started:
        process.stdin.close()
        process.stdout.close()
        try:
            process.wait(60)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def test_one_line_says_everything(start) -> None:
    _, ready = start()
    assert set(ready) == {
        "tenant_id",
        "tenant_name",
        "authority",
        "graph",
        "blob",
        "resource_manager",
        "dataverse",
        "downloads",
        "ca_file",
        "client_id",
        "client_secret",
    }
    ca = Path(ready["ca_file"])
    assert stat.S_IMODE(ca.stat().st_mode) == 0o600
    assert stat.S_IMODE(ca.parent.stat().st_mode) == 0o700
    assert sorted(p.name for p in ca.parent.iterdir()) == ["ca.pem"]


@pytest.mark.parametrize("how", ["stdin", "SIGTERM", "SIGINT"])
def test_it_ends_and_takes_its_folder_away(start, how) -> None:
    process, ready = start()
    if how == "stdin":
        process.stdin.close()
    else:
        process.send_signal(getattr(signal, how))
    assert process.wait(60) == 0
    assert not Path(ready["ca_file"]).parent.exists()


def test_it_ends_with_its_parent(root, tmp_path) -> None:
    """Also when somebody else still holds the other end of its standard input."""
    script = (
        "import os, subprocess, sys\n"
        "reading, writing = os.pipe()\n"
        "os.set_inheritable(writing, True)\n"
        "sleeper = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(300)'],"
        " close_fds=False, stdout=subprocess.DEVNULL)\n"
        f"p = subprocess.Popen({START!r}, stdin=reading, stdout=subprocess.PIPE)\n"
        "p.stdout.readline()\n"
        "print(p.pid, sleeper.pid, flush=True)\n"
        "os._exit(1)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=root, stdout=subprocess.PIPE, check=False, timeout=60
    )
    server, sleeper = (int(word) for word in done.stdout.split())
    try:
        deadline = time.monotonic() + 60
        while psutil.pid_exists(server) and time.monotonic() < deadline:
            if psutil.Process(server).status() == psutil.STATUS_ZOMBIE:
                break
            time.sleep(0.1)
        assert not psutil.pid_exists(server) or (
            psutil.Process(server).status() == psutil.STATUS_ZOMBIE
        )
    finally:
        os.kill(sleeper, signal.SIGKILL)


def test_options_of_the_command_line(tmp_path, ask_of) -> None:
    record = tmp_path / "requests.jsonl"
    rules = [{"action": "html", "path": "/domains"}]
    with running(
        60,
        faults=rules,
        roles=["User.Read.All", "Domain.Read.All"],
        record=record,
        control=True,
        certificate=True,
    ) as tenant:
        ask = ask_of(tenant)
        token = tenant.token()
        assert ask("/domains").status == 502
        assert ask("/users").status == 200
        assert ask("/sites/getAllSites").status == 403
        assert Path(tenant.certificate_file).exists()
        assert tenant.environ["AZURE_CLIENT_ID"] == tenant.client_id
        port = int(tenant.authority.rpartition(":")[2])
    lines = [json.loads(line) for line in record.read_text("utf-8").splitlines()]
    assert [line["status"] for line in lines] == [502, 200, 403]
    assert token not in record.read_text("utf-8")
    with running(60, port=port) as tenant:
        assert tenant.authority.endswith(f":{port}")
        with pytest.raises(LookupError):
            tenant.requests()


def test_tokens_outlive_a_restart(ask_of) -> None:
    """The same seed on the same port goes on where the last run stopped."""
    with running(60, control=True) as tenant:
        port = int(tenant.authority.rpartition(":")[2])
        ask = ask_of(tenant)
        site = next(s for s in ask("/sites/getAllSites").json["value"] if s["isPersonalSite"])
        drive = ask(f"/sites/{site['id']}/drives").json["value"][0]["id"]
        link = ask(f"/drives/{drive}/root/delta?$top=999").json["@odata.deltaLink"]
    with running(60, port=port, control=True) as tenant:
        assert ask_of(tenant)(link).json["value"] == []


def test_a_million_items_are_served_without_being_held(ask_of) -> None:
    """Pages from the middle of a large tenant come at once, and the server stays small."""
    with running(1_000_000, control=True) as tenant:
        ask = ask_of(tenant)
        users = ask("/users?$select=id,userType,accountEnabled&$top=50").json["value"]
        folders = ask(f"/users/{users[0]['id']}/mailFolders?$top=50").json["value"]
        inbox = max(folders, key=lambda folder: folder["totalItemCount"])
        assert inbox["totalItemCount"] > 300
        base = f"/users/{users[0]['id']}/mailFolders/{inbox['id']}/messages/delta"
        target, seen = f"{base}?$select=subject,body,receivedDateTime", 0
        while target:
            page = ask(target, prefer="odata.maxpagesize=200").json
            seen += len(page["value"])
            target = page.get("@odata.nextLink")
        assert seen == inbox["totalItemCount"]
        assert psutil.Process(tenant.pid).memory_info().rss < 200 * 2**20
