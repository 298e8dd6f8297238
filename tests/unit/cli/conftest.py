"""A folder with planted numbers, and the program run in this process or in one of its own."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from auditor.cli import main

Run = Callable[..., tuple[int, str, str]]
Start = Callable[..., "subprocess.Popen[bytes]"]


def numbers(count: int, seed: int = 7) -> list[str]:
    """Valid numbers that are nobody's: seeded, with the right check digit."""
    rng = random.Random(seed)
    weights = (6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2)
    found = []
    for _ in range(count):
        digits = [rng.randrange(10) for _ in range(11)]
        rest = sum(d * w for d, w in zip(digits, weights, strict=True)) % 11
        found.append("".join(map(str, [*digits, 0 if rest <= 1 else 11 - rest])))
    return found


PLANTED = numbers(430)


@pytest.fixture
def planted() -> list[str]:
    """The numbers; ``run`` fails the test that lets one be printed."""
    return PLANTED


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to work in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def files(here: Path) -> Path:
    """Three files: a labelled number, a payroll table, and nothing of interest."""
    folder = here / "人事"
    (folder / "給与").mkdir(parents=True)
    (folder / "届.txt").write_text(f"氏名 山田\n個人番号: {PLANTED[0]}\n", "utf-8")
    rows = "".join(f"山田,{number}\n" for number in PLANTED[1:30])
    (folder / "給与" / "台帳.csv").write_text(f"氏名,個人番号\n{rows}", "cp932")
    (folder / "議事録.txt").write_text("本日はお集まりいただき\n", "utf-8")
    return folder


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """Run a command in this process: exit code, standard output, standard error."""

    def call(*words: str) -> tuple[int, str, str]:
        code = main(words)
        said = capsys.readouterr()
        text = said.out + said.err
        assert "Traceback" not in text
        assert not any(number in text for number in PLANTED), "a number was printed"
        return code, said.out, said.err

    return call


@pytest.fixture
def start(root: Path) -> Start:
    """Start the program as a process of its own."""

    def call(*words: str, cwd: Path, **how: Any) -> subprocess.Popen[bytes]:
        search = os.pathsep.join([str(root), os.environ.get("PYTHONPATH", "")])
        environment = os.environ | {"PYTHONPATH": search, "PYTHONIOENCODING": "utf-8"}
        command = [sys.executable, "-m", "auditor", *words]
        return subprocess.Popen(
            command, cwd=cwd, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **how
        )

    return call


@pytest.fixture
def audited(run: Run, files: Path) -> Path:
    """A workspace with one audit of the three files."""
    Path("audit.toml").write_text('[sources.folder]\npaths = ["人事"]\n', "utf-8")
    code, _, _ = run("audit", "--quiet")
    assert code == 0
    return files.parent / "audit-workspace"
