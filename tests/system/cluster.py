"""A Dask cluster on this machine: a real scheduler and real workers, each a process of its own."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from distributed.security import Security

from tests.ports import free_port

ROOT = Path(__file__).parents[2]
PATIENCE = 120.0
"""Seconds for a process to be there."""


@dataclass
class Cluster:
    """Scheduler and workers, started and ended by their process ids."""

    folder: Path
    port: int = 0
    tls: bool = True
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)
    scheduler: subprocess.Popen[bytes] | None = None
    logs: int = 0

    def __post_init__(self) -> None:
        """Certificates for this cluster alone, and a port."""
        if self.tls:
            made: Any = Security.temporary()
            (self.folder / "ca.pem").write_text(made.tls_ca_file, "ascii")
            (self.folder / "cert.pem").write_text(made.tls_worker_cert, "ascii")
            (self.folder / "key.pem").write_text(made.tls_worker_key, "ascii")
        self.port = free_port()

    @property
    def address(self) -> str:
        """Of the scheduler."""
        return f"{'tls' if self.tls else 'tcp'}://127.0.0.1:{self.port}"

    @property
    def security(self) -> Any:
        """For a client of a test."""
        if not self.tls:
            return Security()
        files = {"ca_file": "ca.pem", "client_cert": "cert.pem", "client_key": "key.pem"}
        named = {f"tls_{name}": str(self.folder / file) for name, file in files.items()}
        return Security(require_encryption=True, **named)

    def settings(self, *more: str) -> str:
        """The lines of audit.toml."""
        lines = ["[engine]", 'kind = "dask"', f'scheduler = "{self.address}"', "workers = 1"]
        if self.tls:
            files = {name: self.folder / f"{name}.pem" for name in ("ca", "cert", "key")}
            lines += [f'security_{name} = "{file}"' for name, file in files.items()]
        return "\n".join([*lines, *more, ""])

    def start(self, workers: int, environ: Mapping[str, str], threads: int = 4) -> None:
        """Scheduler and workers; they connect by themselves."""
        self.start_scheduler()
        for _ in range(workers):
            self.add(environ, threads)

    def start_scheduler(self) -> None:
        """On the same port each time."""
        line = ["--host", "127.0.0.1", "--port", str(self.port)]
        line += ["--no-dashboard", "--dashboard-address", "127.0.0.1:0"]
        self.scheduler = self._process("dask_scheduler", line, {})
        wait_for(self._listens, "a scheduler")

    def add(self, environ: Mapping[str, str], threads: int = 4) -> subprocess.Popen[bytes]:
        """One more worker, with its own environment."""
        local = self.folder / f"worker{self.logs}"
        line = [self.address, "--no-nanny", "--no-dashboard", "--nthreads", str(threads)]
        line += ["--local-directory", str(local), "--memory-limit", "0", "--death-timeout", "60"]
        process = self._process("dask_worker", line, environ)
        self.workers.append(process)
        return process

    def words(self) -> str:
        """Everything that any of the processes said."""
        return "\n".join(f.read_text("utf-8", "replace") for f in self.folder.glob("*.log"))

    def close(self) -> None:
        """End all processes that this cluster started."""
        for process in [*self.workers, *([self.scheduler] if self.scheduler else [])]:
            kill(process)
        self.workers.clear()

    def _listens(self) -> bool:
        with socket.socket() as line:
            return line.connect_ex(("127.0.0.1", self.port)) == 0

    def _process(
        self, module: str, line: list[str], environ: Mapping[str, str]
    ) -> subprocess.Popen[bytes]:
        if self.tls:
            line += ["--protocol", "tls"] if module == "dask_scheduler" else []
            for option, name in (("ca-file", "ca"), ("cert", "cert"), ("key", "key")):
                line += [f"--tls-{option}", str(self.folder / f"{name}.pem")]
        self.logs += 1
        with (self.folder / f"{module}{self.logs}.log").open("wb") as log:
            return subprocess.Popen(
                [sys.executable, "-m", f"distributed.cli.{module}", *line],
                cwd=self.folder,
                env={**os.environ, **environ},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )


def kill(process: subprocess.Popen[bytes]) -> None:
    """kill -9, by its id."""
    if process.poll() is None:
        os.kill(process.pid, signal.SIGKILL)
    process.wait()


def wait_for(what: Callable[[], object], named: str) -> None:
    """Until it is so."""
    until = time.monotonic() + PATIENCE
    while not what():
        assert time.monotonic() < until, f"no {named}"
        time.sleep(0.05)


@contextmanager
def cluster(folder: Path, *, tls: bool = True) -> Iterator[Cluster]:
    """A cluster without processes as yet; all that it starts ends with the block."""
    folder.mkdir(parents=True, exist_ok=True)
    made = Cluster(folder, tls=tls)
    try:
        yield made
    finally:
        made.close()
