"""Recipes and pages name commands and variables that exist; the script that recipes share works."""

from __future__ import annotations

import os
import random
import re
import shlex
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from auditor.detect.checkdigit import check_digit
from auditor.terminal.arguments import parse
from auditor.terminal.commands import COMMANDS, COMMON

ROOT = Path(__file__).parents[2]
RECIPES = ROOT / "docs/recipes"
posix = pytest.mark.skipif(os.name != "posix", reason="a shell script")


def read(name: str) -> str:
    return (RECIPES / name).read_text("utf-8")


def written() -> Iterator[tuple[str, str]]:
    """Name and text of each recipe, and of the pages that show commands."""
    for path in sorted([*RECIPES.rglob("*"), *ROOT.glob("docs/**/*.md")]):
        if path.is_file():
            yield path.relative_to(ROOT).as_posix(), path.read_text("utf-8")


def called() -> Iterator[tuple[str, list[str]]]:
    """Each command line of the program in them, without the program's name."""
    line = re.compile(rf"(?:mynumber-audit|\$Program) ((?:{'|'.join(COMMANDS)})\b[^\n`|&;>#)（]*)")
    for name, text in written():
        for match in line.finditer(re.sub(r"\\\n\s*", " ", text)):
            yield name, shlex.split(match[1])


def test_every_command_line_is_one_of_the_program() -> None:
    lines = list(called())
    seen = {Path(name).name for name, _ in lines}
    assert seen >= {"run-audit.sh", "Run-Audit.ps1", "Containerfile", "running.md", "report.md"}
    for name, line in lines:
        # A sentence may name a command alone; with anything behind it, it has to be whole.
        assert len(line) == 1 or parse(line, {}).command == line[0], name


def test_every_variable_is_read_by_somebody() -> None:
    """``MYNUMBER_AUDIT_*`` by the program, ``AUDIT_*`` by the script."""
    known = {f"MYNUMBER_AUDIT_{option.dest.upper()}" for option in COMMON}
    script = read("run-audit.sh")
    for name, text in written():
        named = set(re.findall(r"\bMYNUMBER_AUDIT_[A-Z]+\b", text))
        assert named <= known, name
        taken = set(re.findall(r"\bAUDIT_(?!CERTIFICATE|KEY)[A-Z]+\b", text))
        assert {variable for variable in taken if f"${{{variable}:-" not in script} == set(), name


# ------------------------------------------------------------------------- the script of them all

STUB = """#!/bin/sh
echo "$@" >> "$CALLS"
case $1 in
  audit) mkdir -p "$MYNUMBER_AUDIT_WORKSPACE"; echo "$CODE" > "$MYNUMBER_AUDIT_WORKSPACE/mark" ;;
  report) exit "${REPORT:-0}" ;;
  diff) printf '%s' "${CHANGES:-}"; exit "${NEWS:-0}" ;;
esac
exit "$CODE"
"""
ALERT = '#!/bin/sh\necho "$1 $2" >> "$ALERTS"\nexit "${FAILS:-0}"\n'


def program(path: Path, text: str) -> Path:
    path.write_text(text, "utf-8")
    path.chmod(0o755)
    return path


def ran(folder: Path, *, stub: bool = True, **environ: str) -> subprocess.CompletedProcess[str]:
    """``run-audit.sh`` with the program, or a stand-in that ends with ``CODE``."""
    tools = folder / "bin"
    tools.mkdir(exist_ok=True)
    if stub:
        program(tools / "mynumber-audit", STUB)
    found = f"{tools}:{Path(sys.executable).parent}:{os.environ['PATH']}"
    given = {
        "PATH": found,
        "CALLS": str(folder / "calls"),
        "ALERTS": str(folder / "alerts"),
        "MYNUMBER_AUDIT_WORKSPACE": str(folder / "workspace"),
        "LC_ALL": "C.UTF-8",
    }
    command = ["sh", str(RECIPES / "run-audit.sh")]
    how = {"env": given | environ, "cwd": folder, "capture_output": True, "timeout": 120}
    return subprocess.run(command, check=False, text=True, **how)


@posix
@pytest.mark.parametrize(
    ("code", "ends", "reported"),
    [
        *((code, 0, True) for code in (0, 3, 4, 5)),
        *((code, code, False) for code in (1, 2, 130)),
    ],
)
def test_codes_become_alerts_or_failures(
    tmp_path: Path, code: int, ends: int, reported: bool
) -> None:
    done = ran(tmp_path, CODE=str(code))
    assert done.returncode == ends
    assert ("report" in (tmp_path / "calls").read_text()) == reported
    assert (f"mynumber-audit-alert code={code}:" in done.stderr) == (code in {3, 4, 5})


@posix
def test_an_alert_goes_to_the_program_named(tmp_path: Path) -> None:
    alert = str(program(tmp_path / "alert", ALERT))
    assert ran(tmp_path, CODE="3", AUDIT_ALERT=alert).returncode == 0
    assert (tmp_path / "alerts").read_text().startswith("3 My Numbers")
    assert ran(tmp_path, CODE="4", AUDIT_ALERT=alert, FAILS="1").returncode == 4


@posix
@pytest.mark.parametrize(
    ("news", "changes", "told"),
    [("0", "some", ""), ("4", "some", "4"), ("0", "", "3"), ("2", "", "3")],
)
def test_alerts_can_be_kept_to_what_is_news(
    tmp_path: Path, news: str, changes: str, told: str
) -> None:
    done = ran(tmp_path, CODE="3", AUDIT_NEWS="yes", NEWS=news, CHANGES=changes)
    assert done.returncode == 0
    assert re.findall(r"mynumber-audit-alert code=(\d)", done.stderr) == [*told]


@posix
def test_a_report_that_cannot_be_written_is_a_failure(tmp_path: Path) -> None:
    assert ran(tmp_path, CODE="0", REPORT="1").returncode == 1


@posix
def test_a_signal_reaches_the_audit_which_ends_by_itself(tmp_path: Path) -> None:
    slow = "echo up > up; trap 'sleep 0.2; exit 130' TERM; while :; do sleep 0.05; done"
    program(tmp_path / "mynumber-audit", f"#!/bin/sh\n{slow}\n")
    found = {"PATH": f"{tmp_path}:{os.environ['PATH']}"}
    command = ["sh", str(RECIPES / "run-audit.sh")]
    with subprocess.Popen(command, env=found, cwd=tmp_path) as running:
        for _ in range(1_200):
            if (tmp_path / "up").exists():
                break
            time.sleep(0.05)
        running.terminate()
        assert running.wait(60) == 130


@posix
def test_the_workspace_is_brought_and_kept(tmp_path: Path) -> None:
    state = tmp_path / "state"
    state.mkdir()
    for code in ("0", "3", "130"):
        shutil.rmtree(tmp_path / "workspace", ignore_errors=True)
        ran(tmp_path, CODE=code, AUDIT_STATE=str(state))
        assert (state / "current/mark").read_text() == f"{code}\n"
    assert (state / "previous/mark").read_text() == "3\n"
    shutil.rmtree(tmp_path / "workspace")
    shutil.rmtree(state / "current")  # as where a copy was cut off between two renames
    program(
        tmp_path / "bin/mynumber-audit", '#!/bin/sh\ncat "$MYNUMBER_AUDIT_WORKSPACE/mark"; exit 1\n'
    )
    ran(tmp_path, stub=False, AUDIT_STATE=str(state))
    assert (tmp_path / "workspace/mark").read_text() == "3\n"


@posix
def test_the_script_runs_real_audits_and_tells_what_is_news(tmp_path: Path) -> None:
    """Only a folder is read. The first audit is news, an equal second one is none."""
    body = "".join(map(str, random.Random(8).choices(range(10), k=11)))
    (tmp_path / "in").mkdir()
    (tmp_path / "in/a.txt").write_text(f"個人番号: {body}{check_digit(body)}\n", "utf-8")
    (tmp_path / "audit.toml").write_text('[sources.folder]\npaths = ["in"]\n', "utf-8")
    alert = str(program(tmp_path / "alert", ALERT))
    for _ in range(2):
        done = ran(tmp_path, stub=False, AUDIT_ALERT=alert, AUDIT_NEWS="yes")
        assert done.returncode == 0, done.stderr
        assert "a.txt" not in done.stdout + done.stderr
        assert [line[:2] for line in (tmp_path / "alerts").read_text().splitlines()] == ["3 "]
    assert [path.suffix for path in (tmp_path / "workspace/reports").glob("*.html")] == [".html"]
    assert (tmp_path / "workspace").stat().st_mode & 0o077 == 0
