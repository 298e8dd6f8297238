"""Azurite, Microsoft's own storage emulator, once a session."""

from __future__ import annotations

import os
import secrets
import socket
import subprocess
import time
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path

import pytest

_LOCAL = Path(__file__).parents[2] / "azurite" / "node_modules" / ".bin"


def _command() -> str:
    name = "azurite-blob.cmd" if os.name == "nt" else "azurite-blob"
    found = _LOCAL / name
    command = str(found) if found.exists() else os.environ.get("AZURITE", "")
    if not command:
        pytest.fail("no Azurite: `make test` installs it, or AZURITE names its azurite-blob")
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


@pytest.fixture(scope="session")
def azurite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The connection string of a storage account in memory."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    key = b64encode(secrets.token_bytes(32)).decode()
    command = [_command(), "--inMemoryPersistence", "--skipApiVersionCheck", "--silent"]
    command += ["--disableTelemetry", "--blobPort", str(port)]
    log = tmp_path_factory.mktemp("azurite") / "log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            command,
            cwd=log.parent,
            stdout=output,
            stderr=output,
            env=os.environ | {"AZURITE_ACCOUNTS": f"tester:{key}"},
        )
        try:
            if not _answers(port, process):
                pytest.fail(f"Azurite does not answer: {log.read_text()[-500:]}")
            yield (
                f"DefaultEndpointsProtocol=http;AccountName=tester;AccountKey={key};"
                f"BlobEndpoint=http://127.0.0.1:{port}/tester;"
            )
        finally:
            process.terminate()
            process.wait(20)
