"""Every seeded fault is caught: the reference and the scenes can tell a broken detector."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from mutation.faults import FAULTS, Fault

PROBE = Path(__file__).with_name("probe.py")
SECONDS = 120


def copy(root: Path, folder: Path, fault: Fault | None) -> Path:
    """Copy the detector alone, with one fault."""
    package = folder / "auditor" / "detect"
    shutil.copytree(
        root / "auditor" / "detect", package, ignore=shutil.ignore_patterns("__pycache__")
    )
    (folder / "auditor" / "__init__.py").touch()
    if fault is not None:
        file = package / f"{fault.file}.py"
        source = file.read_text("utf-8")
        file.write_text(source.replace(fault.old, fault.new), "utf-8")
    return folder


def probe(root: Path, folder: Path, *questions: str) -> tuple[int, str, str]:
    """Ask one copy; its exit code, the question it failed, and the kind of error if it broke."""
    path = os.pathsep.join([str(folder), str(root / "tests"), os.environ["PYTHONPATH"]])
    done = subprocess.run(
        [sys.executable, "-B", str(PROBE), str(folder), *questions],
        env=os.environ | {"PYTHONPATH": path},
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    last = done.stderr.strip().rpartition("\n")[2]
    return done.returncode, done.stdout.strip(), last.partition(":")[0]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_the_fault_can_still_be_made(fault, root):
    source = (root / "auditor" / "detect" / f"{fault.file}.py").read_text("utf-8")
    assert source.count(fault.old) == 1
    assert fault.old != fault.new


def test_the_detector_as_it_is_answers_everything_rightly(root, tmp_path):
    assert probe(root, copy(root, tmp_path, None)) == (0, "", "")


def test_every_fault_is_caught(root, tmp_path):
    def ask(fault: Fault) -> tuple[int, str, str]:
        folder = copy(root, tmp_path / str(FAULTS.index(fault)), fault)
        return probe(root, folder, fault.question)

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(ask, FAULTS))
    missed = [
        fault.name
        for fault, answer in zip(FAULTS, answers, strict=True)
        if answer != (1, fault.question, "")
    ]
    assert missed == []
    assert len(FAULTS) >= 12
