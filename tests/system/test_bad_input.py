"""Bad input: one clear message in both languages with the remedy, the right exit code, no loss."""

from __future__ import annotations

import json
import os
import re
import resource
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from auditor.store import Store
from connectors._sample_tenant._handle import Tenant, hosted
from connectors._sample_tenant._roles import DEFAULT_ROLES
from tests.system.cluster import wait_for
from tests.system.command import Command

JAPANESE = re.compile(r"[ぁ-ん]")
ENGLISH = re.compile(r"[A-Za-z]{3,} [a-z]{2,} ")
FEW = 60
"""Items beside what each company has."""
SLOW = {"method": "GET", "path": "/", "action": "delay", "seconds": 0.1}


def told(done: subprocess.CompletedProcess[str], code: int) -> None:
    """A message in Japanese and English on stderr, no traceback, and the exit code."""
    assert done.returncode == code, done.stderr[-800:]
    assert JAPANESE.search(done.stderr)
    assert ENGLISH.search(done.stderr)
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


@pytest.fixture
def mail(command: Command) -> Command:
    """An audit of mail only: quick."""
    return Command(command.folder, command.tenant, ("mail",))


def test_a_wrong_secret(mail: Command) -> None:
    mail.environ["AZURE_CLIENT_SECRET"] = "no-such-secret"
    done = mail.run("audit")
    told(done, 2)
    assert "no-such-secret" not in done.stderr


def test_no_secret(mail: Command) -> None:
    mail.environ["AZURE_CLIENT_SECRET"] = ""
    done = mail.run("audit")
    told(done, 2)
    assert "AZURE_CLIENT_SECRET" in done.stderr


@pytest.mark.parametrize("key", ["authority", "graph"])
def test_an_unreachable_host(mail: Command, key: str) -> None:
    text = mail.config.read_text("utf-8")
    dead = "https://127.0.0.1:9" + ("/v1.0" if key == "graph" else "")
    text = re.sub(rf'^{key} = ".*"$', f'{key} = "{dead}"', text, flags=re.MULTILINE)
    mail.config.write_text(text, "utf-8")
    done = mail.run("audit")
    told(done, 1)
    assert "127.0.0.1:9" in done.stderr


def test_a_certificate_nobody_vouches_for(mail: Command) -> None:
    text = mail.config.read_text("utf-8")
    mail.config.write_text(re.sub(r"(?m)^ca_file.*\n", "", text), "utf-8")
    done = mail.run("audit")
    told(done, 2)
    assert "ca_file" in done.stderr


def test_an_unknown_setting_names_the_nearest(mail: Command) -> None:
    mail.config.write_text(mail.config.read_text("utf-8") + 'inclued = ["*"]\n', "utf-8")
    done = mail.run("audit")
    told(done, 2)
    assert "include" in done.stderr


def test_a_missing_permission_is_not_assessed_and_named(
    own_tenant: Callable[..., Tenant], tmp_path: Path
) -> None:
    """The rest of the audit goes on; the flags decide on the exit code."""
    roles = [r for r in DEFAULT_ROLES if r != "Mail.Read"]
    command = Command(tmp_path, own_tenant(items=FEW, roles=roles), ("mail", "onedrive"))
    assert command.run("audit").returncode == 0
    rows = command.rows(
        "SELECT DISTINCT state, reason, permission FROM coverage WHERE source = 'mail'"
    )
    assert ("not_assessed", "permission_denied", "Mail.Read") in rows
    assert command.rows("SELECT count(*) FROM items WHERE source = 'onedrive'")[0][0] > 0
    assert command.run("audit", "--fail-on-incomplete").returncode == 4
    assert command.run("audit", "--fail-on", "high").returncode == 3
    assert command.run("audit", "--fail-on", "high", "--fail-on-incomplete").returncode == 5


def test_no_directory_permission_is_a_gap_of_the_source(
    own_tenant: Callable[..., Tenant], tmp_path: Path
) -> None:
    """Without the list of users there is no mailbox to read, and that is said."""
    roles = [r for r in DEFAULT_ROLES if not r.startswith("User.")]
    command = Command(tmp_path, own_tenant(items=FEW, roles=roles), ("mail",))
    command.run("audit")
    rows = command.rows("SELECT state, reason, permission FROM coverage")
    assert rows == [("not_assessed", "permission_denied", "User.Read.All")]
    assert command.rows("SELECT state FROM runs") == [("incomplete",)]


def test_an_empty_tenant(tmp_path: Path) -> None:
    """Nothing to read is a complete audit of nothing."""
    world = SimpleNamespace(
        tenant_id="7c1e9b52-4d3a-4f60-9a8e-b2d5c7e1f0ab",
        domain="empty.example",
        name="空の会社",
        items=0,
        account="emptystore",
        users=[],
        sites=[],
        containers=[],
        planted=[],
        folders=lambda _user: (),
    )
    with hosted(world) as tenant:  # type: ignore[arg-type]
        command = Command(tmp_path, tenant)
        command.audit()
        assert command.rows("SELECT state FROM runs") == [("complete",)]
        assert command.run("report").returncode == 0


def test_a_workspace_that_another_process_holds(mail: Command) -> None:
    store = Store.open(mail.workspace)
    try:
        told(mail.run("audit"), 2)
    finally:
        store.close()


@pytest.mark.skipif(os.name != "posix", reason="POSIX modes")
def test_a_workspace_that_others_can_read(mail: Command) -> None:
    mail.workspace.mkdir(mode=0o755)
    mail.workspace.chmod(0o755)
    done = mail.run("audit")
    told(done, 2)
    assert "chmod 700" in done.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="/proc takes no files from anybody")
def test_a_workspace_that_cannot_be_written(mail: Command) -> None:
    told(mail.run("audit", "--workspace", "/proc/no/workspace"), 2)


def test_a_full_disk_loses_nothing_committed(command: Command) -> None:
    """The disk fills up in the middle; with room again the same command goes on to the end."""

    def small() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (260_000, 260_000))

    done = subprocess.run(
        command.line("audit"),
        cwd=command.folder,
        env=command.environment(),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=200,
        check=False,
        preexec_fn=small,
    )
    told(done, 1)
    command.audit()
    assert len(command.rows("SELECT * FROM runs")) == 1
    rows = command.rows(
        "SELECT listed, complete + partial + skipped + failed + not_assessed + unchanged "
        "FROM totals"
    )
    assert [r for r in rows if r[0] != r[1]] == []


def test_an_interrupt_keeps_what_is_done_and_says_how_to_go_on(
    own_tenant: Callable[..., Tenant], tmp_path: Path
) -> None:
    """Ctrl-C ends with 130; the next run is the same run."""
    tenant = own_tenant(items=FEW, faults=[SLOW])  # so that much is left when it is interrupted
    command = Command(tmp_path, tenant, ("mail", "sharepoint", "blob"))
    process = subprocess.Popen(
        command.line("audit"),
        cwd=command.folder,
        env=command.environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    wait_for(lambda: _booked(command), "page")
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=120)
    assert process.returncode == 130
    assert "mynumber-audit audit" in errors
    assert "Traceback" not in errors
    assert command.rows("SELECT state FROM runs") == [("interrupted",)]
    done = command.rows("SELECT sum(complete) FROM totals")
    tenant.faults([])
    command.audit()
    assert len(command.rows("SELECT * FROM runs")) == 1
    assert command.rows("SELECT sum(complete) FROM totals") > done


def _booked(command: Command) -> bool:
    try:
        return bool(command.rows("SELECT 1 FROM totals WHERE listed > 0"))
    except sqlite3.OperationalError:
        return False


ODD_NAMES = [
    "　",
    "絵文字😀🗂️.txt",
    "ひらがなのなまえ.txt",
    "あ" * 80 + ".txt",
    "line\nbreak.txt",
    "quote\"'<script>alert(1)<br>.txt",
    "=HYPERLINK(1).csv",
    "\u202egpj.exe",
    "%E5%80%8B.txt",
    "-rf",
]


def test_odd_names_and_empty_files(tmp_path: Path) -> None:
    """Every file is booked, whatever it is called; nothing is printed that could do harm."""
    folder = tmp_path / "files"
    deep = folder / "/".join(["深い階層" * 5] * 4)
    deep.mkdir(parents=True)
    for name in ODD_NAMES:
        (folder / name).write_bytes(b"")
    (deep / ("長" * 60 + ".txt")).write_text("個人番号の提出について", "utf-8")
    config = tmp_path / "audit.toml"
    config.write_text(f"[sources.folder]\npaths = [{json.dumps(str(folder))}]\n", "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "auditor", "audit"],
        cwd=tmp_path,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-800:]
    db = sqlite3.connect(tmp_path / "audit-workspace" / "workspace.sqlite")
    rows = db.execute("SELECT listed, complete FROM totals WHERE listed > 0").fetchall()
    db.close()
    assert rows == [(len(ODD_NAMES) + 1,) * 2]
