"""Starting the sample tenant and holding on to it: for ``demo`` and for tests.

``running()`` serves the sample company from a process of its own; ``hosted()`` serves any World
from a thread of this process. Both give a :class:`Tenant`. Only the standard library is imported
before one of them is called.
"""

from __future__ import annotations

import asyncio
import base64
import http.client
import json
import os
import secrets
import ssl
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from connectors._sample_tenant._model import World

_ROOT = Path(__file__).parents[2]
_PATIENCE = 30.0
"""Seconds the server may take to end."""
Rules = Iterable[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Request:
    """One request the tenant saw; those inside a ``$batch`` are ``batched``."""

    at: float
    host: str
    """``main`` or ``download``."""
    method: str
    path: str
    query: str
    status: int
    bytes: int
    kind: str
    """Graph type that ``$select`` is about; "" where there is none."""
    select: str
    agent: str
    prefer: str
    range: str
    authorized: bool
    batched: bool


@dataclass(frozen=True, slots=True)
class Tenant:
    """A running sample tenant: its endpoints, and with control what it saw and how to change it."""

    tenant_id: str
    tenant_name: str
    authority: str
    graph: str
    blob: str
    """URL of the storage account, path-style."""
    resource_manager: str
    dataverse: str
    """URL of the Dataverse environment."""
    downloads: str
    ca_file: str
    client_id: str
    client_secret: str = field(repr=False)
    certificate_file: str = ""
    pid: int = 0
    """Process of the server."""
    _token: str = field(default="", repr=False)

    @property
    def environ(self) -> dict[str, str]:
        """The environment under which azure-identity signs in with the secret."""
        return {
            "AZURE_TENANT_ID": self.tenant_id,
            "AZURE_CLIENT_ID": self.client_id,
            "AZURE_CLIENT_SECRET": self.client_secret,
        }

    def requests(self) -> list[Request]:
        """Everything asked so far, in order, control calls aside."""
        return [Request(**row) for row in self._control("requests")]

    def forget(self) -> None:
        """Begin the record of requests anew."""
        self._control("forget")

    def selects(self) -> dict[str, set[str]]:
        """Graph type → every property that a ``$select`` named for it."""
        found: dict[str, set[str]] = {}
        for request in self.requests():
            names = {part.strip() for part in request.select.split(",")} - {""}
            if names:
                found.setdefault(request.kind, set()).update(names)
        return found

    def change(self, what: str, do: str, **fields: Any) -> str:
        """Change content as ``_changes`` describes; bytes are encoded here. Returns the id."""
        answer = self._control("change", {"what": what, "do": do, **_encoded(fields)})
        return str(answer["id"])

    def faults(self, rules: Rules) -> None:
        """Replace the fault rules (see ``_faults``)."""
        self._control("faults", list(rules))

    def expire(self) -> None:
        """Void every delta token, page token and download link given so far."""
        self._control("expire")

    def token(self, resource: str = "https://graph.microsoft.com", seconds: float = 3600) -> str:
        """A bearer token for ``resource`` that is good for ``seconds``, also negative ones."""
        return str(self._control("token", {"resource": resource, "seconds": seconds})["token"])

    def _control(self, name: str, payload: Any = None) -> Any:
        context = ssl.create_default_context(cafile=self.ca_file)
        where = urlsplit(self.authority)
        line = http.client.HTTPSConnection(
            str(where.hostname), where.port, context=context, timeout=60
        )
        try:
            body = None if payload is None else json.dumps(payload, default=str)
            headers = {"authorization": f"Bearer {self._token}"}
            line.request("POST", f"/__control/{name}", body, headers)
            answer = line.getresponse()
            data = answer.read()
            if answer.status != http.client.OK:
                raise LookupError(data.decode())
            return json.loads(data)
        finally:
            line.close()


def _encoded(value: Any) -> Any:
    if isinstance(value, bytes):
        return base64.b64encode(value).decode("ascii")
    if isinstance(value, Mapping):
        return {name: _encoded(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_encoded(one) for one in value]
    return value


@contextmanager
def running(  # noqa: PLR0913 - the options of the command line
    items: int = 600,
    *,
    seed: int = 20260401,
    faults: Path | Rules | None = None,
    roles: Sequence[str] | None = None,
    port: int = 0,
    record: Path | None = None,
    control: bool = False,
    download_lifetime: float = 3600.0,
    certificate: bool = False,
) -> Iterator[Tenant]:
    """Serve the sample company from a process that ends with the block, or with this process."""
    token = secrets.token_hex(16) if control else ""
    command = [sys.executable, "-m", "connectors._sample_tenant"]
    command += ["--items", str(items), "--seed", str(seed), "--port", str(port)]
    command += ["--download-lifetime", str(download_lifetime)]
    for flag, value in (("--record", record), ("--control", token)):
        command += [flag, str(value)] if value else []
    if roles is not None:
        command.append(f"--roles={','.join(roles)}")
    if certificate:
        command.append("--certificate")
    with tempfile.TemporaryDirectory(prefix="sample-tenant-faults-") as folder:
        if faults is not None:
            path = faults if isinstance(faults, Path) else Path(folder, "faults.json")
            if not isinstance(faults, Path):
                path.write_text(json.dumps({"rules": list(faults)}), "utf-8")
            command += ["--faults", str(path)]
        search = os.pathsep.join(filter(None, (str(_ROOT), os.environ.get("PYTHONPATH"))))
        process = subprocess.Popen(  # noqa: S603 - our own module
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": search},
            start_new_session=True,  # Ctrl-C ends the audit; this process ends with its input
        )
        try:
            assert process.stdout is not None  # noqa: S101 - it was asked for
            line = process.stdout.readline()
            if not line:
                raise RuntimeError(f"the sample tenant did not start (exit {process.wait()})")
            yield Tenant(**json.loads(line), pid=process.pid, _token=token)
        finally:
            _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """Close its standard input, which ends it; insist where that is not enough."""
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            pipe.close()
    try:
        process.wait(_PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


@contextmanager
def hosted(
    world: World,
    *,
    seed: int = 20260401,
    faults: Rules = (),
    roles: Sequence[str] | None = None,
    download_lifetime: float = 3600.0,
    certificate: bool = False,
) -> Iterator[Tenant]:
    """Serve ``world`` from a thread of this process, always with control."""
    from connectors._sample_tenant._roles import DEFAULT_ROLES
    from connectors._sample_tenant._server import Wanted, serve

    token = secrets.token_hex(16)
    granted = DEFAULT_ROLES if roles is None else tuple(roles)
    wanted = Wanted(
        seed=seed,
        roles=granted,
        control=token,
        download_lifetime=download_lifetime,
        certificate=certificate,
    )
    loop = asyncio.new_event_loop()
    ready: dict[str, str] = {}
    up, down = threading.Event(), asyncio.Event()
    failed: list[BaseException] = []

    async def run() -> None:
        try:
            async with serve(world, wanted) as found:
                ready.update(found)
                up.set()
                await down.wait()
        except BaseException as error:  # noqa: BLE001 - it is raised where somebody waits
            failed.append(error)
            up.set()

    thread = threading.Thread(target=loop.run_until_complete, args=(run(),), daemon=True)
    thread.start()
    up.wait(_PATIENCE)
    try:
        if failed:
            raise failed[0]
        tenant = Tenant(**ready, pid=os.getpid(), _token=token)
        if rules := list(faults):
            tenant.faults(rules)
        yield tenant
    finally:
        loop.call_soon_threadsafe(down.set)
        thread.join(_PATIENCE)
        loop.close()
