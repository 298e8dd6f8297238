"""Azure Monitor's ingestion endpoint on loopback, and a tenant that signs in to it.

It runs in a thread of its own, so that commands in this process and in others can send to it.
"""

from __future__ import annotations

import asyncio
import base64
import gzip
import json
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from aiohttp import web

from connectors._identity import Access, Auth, Cloud, Tenant
from connectors._sample_tenant import _certificates, _handle
from tests.unit.connectors.storage_world import Company

RULE = "dcr-0123456789abcdef0123456789abcdef"
STREAM = "Custom-MyNumberAudit_CL"
CUT = -1
"""In ``answers``: the line is cut after the request was read."""

Row = dict[str, Any]


@dataclass
class Call:
    """One request."""

    method: str
    path: str
    audience: str
    encoding: str
    bytes: int
    """Uncompressed."""
    rows: list[Row]
    status: int = 0


@dataclass
class Endpoint:
    """What it will answer, and what it was sent."""

    url: str = ""
    ca_file: Path = Path()
    answers: list[int | tuple[int, dict[str, str]]] = field(default_factory=list)
    """Statuses, or statuses with headers; without any, 204."""
    most_rows: int = 0
    """More rows than this in a call are answered 413; 0 is any number."""
    calls: list[Call] = field(default_factory=list)
    before: Callable[[Call], None] = lambda _: None
    """Called, in the server's thread, before a request is answered."""

    def taken(self) -> list[Row]:
        """Rows of the calls that were acknowledged."""
        return [row for call in self.calls if call.status == 204 for row in call.rows]

    async def answer(self, request: web.Request) -> web.Response:
        token = request.headers["authorization"].split()[1].split(".")[1]
        claims = json.loads(base64.urlsafe_b64decode(token + "=" * (-len(token) % 4)))
        body = await request.read()
        if body.startswith(b"\x1f\x8b"):
            body = gzip.decompress(body)
        encoding = request.headers.get("content-encoding", "")
        called = Call(
            request.method, request.path_qs, claims["aud"], encoding, len(body), json.loads(body)
        )
        self.calls.append(called)
        await asyncio.to_thread(self.before, called)
        wanted = self.answers.pop(0) if self.answers else 204
        status, headers = wanted if isinstance(wanted, tuple) else (wanted, {})
        if self.most_rows and len(called.rows) > self.most_rows:
            status = 413
        if status == CUT:
            assert request.transport is not None
            request.transport.abort()
        called.status = status
        return web.Response(status=max(status, 200), headers=headers)


@contextmanager
def serving(folder: Path) -> Iterator[Endpoint]:
    """The endpoint, over TLS under a root of its own."""
    ca, server = _certificates.make(folder)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(server)
    endpoint = Endpoint(ca_file=ca)
    loop, up, down = asyncio.new_event_loop(), threading.Event(), asyncio.Event()

    async def serve() -> None:
        application = web.Application(client_max_size=8 << 20)
        application.router.add_route("*", "/{path:.*}", endpoint.answer)
        runner = web.AppRunner(application, shutdown_timeout=0.1)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0, ssl_context=context)
        await site.start()
        port = site._server.sockets[0].getsockname()[1]  # type: ignore[union-attr]
        endpoint.url = f"https://127.0.0.1:{port}"
        up.set()
        await down.wait()
        await runner.cleanup()

    thread = threading.Thread(target=loop.run_until_complete, args=(serve(),))
    thread.start()
    try:
        assert up.wait(60)
        yield endpoint
    finally:
        loop.call_soon_threadsafe(down.set)
        thread.join(60)
        loop.close()


@dataclass(frozen=True)
class World:
    """The endpoint, the tenant, and the roots that both need."""

    endpoint: Endpoint
    tenant: _handle.Tenant
    roots: Path

    def access(self) -> Access:
        where = Cloud("public", self.tenant.authority, self.tenant.graph, ca_file=str(self.roots))
        return Access(
            Tenant(self.tenant.tenant_id),
            Auth("client-secret", self.tenant.client_id),
            where,
            {"AZURE_CLIENT_SECRET": self.tenant.client_secret},
        )

    def settings(self, **more: str) -> str:
        """The text of ``audit.toml``."""
        target = {"endpoint": self.endpoint.url, "rule_id": RULE, **more}
        lines = "\n".join(f'{name} = "{value}"' for name, value in target.items())
        return (
            f'[[tenants]]\nid = "{self.tenant.tenant_id}"\n'
            f'[tenants.auth]\nmethod = "client-secret"\nclient_id = "{self.tenant.client_id}"\n'
            f'[tenants.cloud]\nauthority = "{self.tenant.authority}"\n'
            f'graph = "{self.tenant.graph}"\nca_file = "{self.roots.as_posix()}"\n'
            f"[sentinel]\n{lines}\n"
        )


@contextmanager
def world(folder: Path) -> Iterator[World]:
    with serving(folder) as endpoint, _handle.hosted(Company()) as tenant:
        roots = folder / "roots.pem"
        roots.write_bytes(endpoint.ca_file.read_bytes() + Path(tenant.ca_file).read_bytes())
        yield World(endpoint, tenant, roots)
