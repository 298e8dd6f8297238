"""The two hosts on loopback: https, sockets, faults of the line. Answers come from ``_app``."""

from __future__ import annotations

import asyncio
import secrets
import shutil
import socket
import ssl
import sys
import tempfile
import traceback
import uuid
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from aiohttp import web

from connectors._sample_tenant import _certificates
from connectors._sample_tenant._app import DOWNLOAD, MAIN, App, Options
from connectors._sample_tenant._dataverse_wire import ROOT as DATAVERSE_ROOT
from connectors._sample_tenant._faults import Faults, Rule, load
from connectors._sample_tenant._model import World
from connectors._sample_tenant._record import Record
from connectors._sample_tenant._roles import DEFAULT_ROLES
from connectors._sample_tenant._tokens import Application
from connectors._sample_tenant._wire import Answer, parse, refuse

_NAMESPACE = uuid.UUID("6ba7b811-9dad-11d1-80b4-00c04fd430c8")
_LOCAL = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Wanted:
    """How a server is started; every field has the command line's meaning."""

    seed: int = 20260401
    port: int = 0
    faults: Path | None = None
    record: Path | None = None
    roles: Sequence[str] = DEFAULT_ROLES
    control: str = field(default="", repr=False)
    download_lifetime: float = 3600.0
    certificate: bool = False


class _Host:
    """One of the hosts: turns http requests into calls."""

    def __init__(self, name: str, app: App) -> None:
        self._name = name
        self._app = app

    async def handle(self, request: web.BaseRequest) -> web.StreamResponse:
        """Answer one request."""
        headers = {name.lower(): value for name, value in request.headers.items()}
        body = await request.content.read() if request.body_exists else b""
        call = parse(request.method, request.raw_path, headers, body)
        if self._name == MAIN and self._app.controls(call):
            return _response(self._app.control(call))
        rule = self._app.fault(self._name, call)
        if rule is not None and rule.action == "delay":
            await asyncio.sleep(float(rule.fields.get("seconds", 1)))
        try:
            answer = self._app.answer(self._name, call, rule)
        except Exception as error:  # noqa: BLE001 - a fault of ours: a 500, and a word on stderr
            _complain(error)
            answer = refuse(500, "generalException", "The sample tenant has a fault.").answer
        if rule is not None and rule.action in {"cut", "reset"}:
            return await _break(request, answer, rule)
        return _response(answer)


def _complain(error: Exception) -> None:
    """Say what went wrong and where, without a value: a value may be content."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    place = f"{Path(frame.filename).name}:{frame.lineno}"
    print(f"sample tenant: {type(error).__name__} at {place}", file=sys.stderr)  # noqa: T201


def _response(answer: Answer) -> web.Response:
    headers = dict(answer.headers)
    if answer.body:
        return web.Response(status=answer.status, body=answer.body, headers=headers)
    return web.Response(status=answer.status, headers=headers)


async def _break(request: web.BaseRequest, answer: Answer, rule: Rule) -> web.StreamResponse:
    """Begin the answer and drop the line."""
    response = web.StreamResponse(status=answer.status, headers=answer.headers)
    if rule.action == "cut":
        response.content_length = len(answer.body)
        await response.prepare(request)
        after = int(rule.fields.get("after", len(answer.body) // 2))
        await response.write(answer.body[:after])
        await asyncio.sleep(0.01)  # let the bytes leave before the line breaks
    if request.transport is not None:
        request.transport.abort()
    return response


def _listen(port: int) -> socket.socket:
    made = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    made.bind((_LOCAL, port))
    made.listen(256)
    return made


async def _open(name: str, app: App, made: socket.socket, tls: ssl.SSLContext) -> web.ServerRunner:
    server = web.Server(_Host(name, app).handle, access_log=None)
    runner = web.ServerRunner(server, shutdown_timeout=1)
    await runner.setup()
    await web.SockSite(runner, made, ssl_context=tls).start()
    return runner


async def _shut(runner: web.ServerRunner) -> None:
    """End without the good-byes of TLS, which idle clients would never answer."""
    for handler in runner.server.connections if runner.server else ():
        if handler.transport is not None:
            handler.transport.abort()
    await runner.cleanup()


@asynccontextmanager
async def serve(world: World, wanted: Wanted) -> AsyncIterator[dict[str, str]]:
    """Serve ``world`` until the block ends; gives what a client needs to know, as strings."""
    folder = Path(tempfile.mkdtemp(prefix="sample-tenant-"))
    runners: list[web.ServerRunner] = []
    file = None
    try:
        main, download = _listen(wanted.port), _listen(0)
        origin, downloads = (f"https://{_LOCAL}:{s.getsockname()[1]}" for s in (main, download))
        authority, server = _certificates.make(folder)
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        tls.load_cert_chain(server)
        server.unlink()
        identity = str(uuid.uuid5(_NAMESPACE, f"{world.tenant_id}/application"))
        application = Application(identity, secrets.token_urlsafe(24), tuple(wanted.roles))
        ready = {
            "tenant_id": world.tenant_id,
            "tenant_name": world.name,
            "authority": origin,
            "graph": f"{origin}/v1.0",
            "blob": f"{origin}/{world.account}",
            "resource_manager": origin,
            "dataverse": f"{origin}/{DATAVERSE_ROOT}",
            "downloads": downloads,
            "ca_file": str(authority),
            "client_id": application.client_id,
            "client_secret": application.secret,
        }
        if wanted.certificate:
            path, application.certificate = _certificates.make_client(folder)
            ready["certificate_file"] = str(path)
        if wanted.record:
            file = wanted.record.open("ab")
        options = Options(
            application,
            wanted.seed,
            Faults(load(wanted.faults) if wanted.faults else ()),
            Record(file, keep=bool(wanted.control)),
            wanted.control,
            wanted.download_lifetime,
        )
        app = App(world, options, origin, downloads)
        runners.append(await _open(MAIN, app, main, tls))
        runners.append(await _open(DOWNLOAD, app, download, tls))
        yield ready
    finally:
        for runner in runners:
            await _shut(runner)
        if file is not None:
            file.close()
        shutil.rmtree(folder, ignore_errors=True)
