"""Azurite, Microsoft's own storage emulator, once a session."""

from __future__ import annotations

import os
import secrets
import socket
import subprocess
import time
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.ports import free_port

_SERVICES = ("blob", "queue", "table")
_LOCAL = Path(__file__).parents[2] / "azurite" / "node_modules" / ".bin"


def _command() -> str:
    name = "azurite.cmd" if os.name == "nt" else "azurite"
    found = _LOCAL / name
    command = str(found) if found.exists() else os.environ.get("AZURITE", "")
    if not command:
        pytest.fail("no Azurite: `make test` installs it, or AZURITE names its command")
    return command


def _answers(port: int, process: subprocess.Popen[bytes]) -> bool:
    until = time.monotonic() + 60
    while time.monotonic() < until and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return True
    return False


@contextmanager
def emulator(folder: Path, *options: str, scheme: str = "http") -> Iterator[str]:
    """Run Azurite in ``folder``; gives the connection string of an account in memory."""
    ports = {name: free_port() for name in _SERVICES}
    key = b64encode(secrets.token_bytes(32)).decode()
    command = [_command(), "--inMemoryPersistence", "--skipApiVersionCheck", "--silent"]
    command += ["--disableTelemetry", *options]
    for name, port in ports.items():
        command += [f"--{name}Port", str(port)]
    log = folder / "log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            command,
            cwd=folder,
            stdout=output,
            stderr=output,
            env=os.environ | {"AZURITE_ACCOUNTS": f"tester:{key}"},
        )
        try:
            if not all(_answers(port, process) for port in ports.values()):
                pytest.fail(f"Azurite does not answer: {log.read_text()[-500:]}")
            places = (
                f"{name.title()}Endpoint={scheme}://127.0.0.1:{port}/tester;"
                for name, port in ports.items()
            )
            yield (
                f"DefaultEndpointsProtocol={scheme};AccountName=tester;AccountKey={key};"
                + "".join(places)
            )
        finally:
            process.terminate()
            process.wait(60)


@pytest.fixture(scope="session")
def azurite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The connection string of a storage account in memory."""
    with emulator(tmp_path_factory.mktemp("azurite")) as connection:
        yield connection
