"""What a scan asks of the system: no file but in its temporary folder, and no connection at all."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from auditor.model import Reason
from hostile.every import HOSTILE
from hostile.hostile import CANARY
from probes.every import PROBES

MAKING = (
    "creat mkdir mkdirat mknod mknodat rename renameat renameat2 unlink unlinkat rmdir link linkat "
    "symlink symlinkat truncate chmod fchmodat chown fchownat bind"
).split()
CALLS = (*MAKING, *"open openat openat2 socket connect sendto sendmsg sendmmsg".split())
LARGEST = 60_000
"""Bytes of the hostile files that are taken: large ones are large, not different."""
LINE = re.compile(r"^(\d+) +(\w+)\((.*)\) += (-?\d+|\?)")
RESUMED = re.compile(r"^(\d+) +<\.\.\. (\w+) resumed>(.*)")
PATH = re.compile(r'(?:(?:AT_FDCWD|\d+)<([^>]*)>, )?"((?:[^"\\]|\\.)*)"')


@dataclass(frozen=True, slots=True)
class Call:
    """One call, as it was made, whatever came of it."""

    process: int
    name: str
    arguments: str
    failed: bool

    def paths(self, here: Path) -> list[Path]:
        """What it names, below the folders it says, or else below ``here``."""
        return [here / below / name for below, name in PATH.findall(self.arguments)]

    @property
    def makes(self) -> bool:
        """Whether it may have made, changed or taken away a file."""
        if self.failed:
            return False
        if self.name.startswith("open"):
            return bool(re.search(r"O_(?:CREAT|WRONLY|RDWR|TRUNC|TMPFILE)", self.arguments))
        return self.name in MAKING


def calls(log: str) -> Iterator[Call]:
    """The calls of a log, those that were interrupted put together."""
    begun: dict[tuple[str, str], str] = {}
    for line in log.splitlines():
        if line.endswith("<unfinished ...>"):
            process, _, rest = line.partition(" ")
            name, _, arguments = rest.strip().partition("(")
            begun[process, name] = arguments.removesuffix("<unfinished ...>")
            continue
        if found := RESUMED.match(line):
            process, name, rest = found.groups()
            whole = f"{process} {name}({begun.pop((process, name), '')}{rest}"
        else:
            whole = line
        if found := LINE.match(whole):
            yield Call(int(found[1]), found[2], found[3], found[4].startswith("-"))


def written(folder: Path) -> int:
    """One probe of every kind and the small hostile files; how many."""
    folder.mkdir()
    chosen = {probe.format: probe for probe in reversed(PROBES.values())}
    files = [(probe.file, probe.made(probe.number)) for probe in chosen.values()]
    hostile = (file for file in HOSTILE.values() if Reason.TIMEOUT not in file.reasons)
    made = ((file.file, file.made()) for file in hostile)
    files += [(name, data) for name, data in made if len(data) <= LARGEST]
    for number, (name, data) in enumerate(files):
        place = folder / str(number)
        place.mkdir()
        (place / name).write_bytes(data)
    return len(files)


def traced(here: Path, *command: str) -> str:
    """What a command called, as strace notes it; skips the test where nothing can be traced."""
    log = here / "strace.log"
    wanted = ",".join(f"?{name}" for name in CALLS)
    tracing = ["strace", "-f", "-y", "-qq", "-s", "400", "--seccomp-bpf", "-e", f"trace={wanted}"]
    environ = {**os.environ, "TMPDIR": str(here / "tmp"), "PYTHONDONTWRITEBYTECODE": "1"}
    environ.pop("MYNUMBER_AUDIT_NETWORK_LOG")  # here the system itself is the witness
    done = subprocess.run(
        [*tracing, "-o", str(log), "--", *command],
        cwd=here,
        env=environ,
        capture_output=True,
        check=False,
    )
    if b"ptrace" in done.stderr.lower():
        pytest.skip("this system does not allow to trace")
    assert (done.returncode, done.stderr) == (0, b"")
    return log.read_text("utf-8", "replace")


@pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed")
def test_a_scan_makes_no_file_and_no_connection(tmp_path: Path) -> None:
    """Workers included, over probes of every format and the hostile files."""
    count = written(tmp_path / "files")
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    limits = "[limits]\nocr = false\nseconds = 2\nexpanded_bytes = 33554432\n"
    (tmp_path / "audit.toml").write_text(limits)
    scan = [sys.executable, "-m", "auditor", "scan", "files", "--quiet", "--format", "jsonl"]
    log = traced(tmp_path, *scan, "--coverage", "coverage.jsonl", "--config", "audit.toml")
    seen = list(calls(log))
    assert count >= 150
    assert sum(str(tmp_path / "files") in call.arguments for call in seen) >= count
    assert len({call.process for call in seen}) >= 4  # the command, the fork server, two workers
    allowed = {Path(os.devnull), tmp_path / "coverage.jsonl"}
    made = {path for call in seen if call.makes for path in call.paths(tmp_path)} - allowed
    assert [path for path in made if not path.is_relative_to(temporary)] == []
    assert [call.name for call in seen if "AF_INET" in call.arguments] == []
    assert [call.name for call in seen if CANARY in call.arguments] == []
    assert list(temporary.iterdir()) == []


def test_a_log_is_understood(tmp_path: Path) -> None:
    """What the test above would miss if it read the log wrongly."""
    log = """7 openat(AT_FDCWD</here>, "a.txt", O_RDONLY|O_CLOEXEC) = 3</here/a.txt>
7 openat(5</there>, "b.txt", O_WRONLY|O_CREAT, 0600 <unfinished ...>
8 connect(4<socket:[1]>, {sa_family=AF_INET, sin_port=htons(80)}, 16) = -1 EINPROGRESS (…)
7 <... openat resumed>) = 6</there/b.txt>
8 unlink("c.txt") = 0
8 unlink("d.txt") = -1 ENOENT (No such file or directory)
"""
    seen = list(calls(log))
    names = ["openat", "connect", "openat", "unlink", "unlink"]
    assert [call.name for call in seen] == names
    assert [call.process for call in seen] == [7, 8, 7, 8, 8]
    made = [path for call in seen if call.makes for path in call.paths(tmp_path)]
    assert made == [Path("/there/b.txt"), tmp_path / "c.txt"]
