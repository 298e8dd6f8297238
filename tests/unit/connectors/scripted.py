"""A Graph that answers as a test's script says: what the sample tenant does not imitate.

It has its own certificate authority, hands out numbered tokens and notes every request.
"""

from __future__ import annotations

import json
import ssl
import tempfile
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from aiohttp import web

from connectors._identity import Access, Auth, Cloud, Tenant
from connectors._sample_tenant import _certificates

Answer = web.StreamResponse | Callable[[web.BaseRequest], Any]


@dataclass
class Scripted:
    """Answers by path, one after the other; the last one stays."""

    origin: str = ""
    away: str = ""
    """Another host with the same answers: another port, so another place for a token."""
    ca_file: str = ""
    script: dict[str, list[Answer]] = field(default_factory=dict)
    seen: list[web.BaseRequest] = field(default_factory=list)
    tokens: int = 0

    def say(self, path: str, *answers: Answer) -> None:
        """Answer requests for ``path`` so."""
        self.script[path] = list(answers)

    def asked(self, path: str) -> list[web.BaseRequest]:
        """Requests for ``path``."""
        return [request for request in self.seen if request.path == path]

    def access(self, **environ: str) -> Access:
        """Access to this Graph."""
        cloud = Cloud("x", self.origin, f"{self.origin}/v1.0", self.origin, self.ca_file)
        environ = {"AZURE_CLIENT_ID": "app", "AZURE_CLIENT_SECRET": "s3cret"} | environ
        return Access(Tenant("here.example"), Auth("client-secret"), cloud, environ=environ)

    async def handle(self, request: web.BaseRequest) -> web.StreamResponse:
        """One request."""
        self.seen.append(request)
        if request.path.endswith("/oauth2/v2.0/token"):
            if answers := self.script.get("token"):
                return await _answer(answers, request)
            self.tokens += 1
            form = dict(await request.post())
            token = f"token-{self.tokens}" + ("-claims" if "nbf" in str(form.get("claims")) else "")
            return said({"token_type": "Bearer", "expires_in": 3599, "access_token": token})
        return await _answer(self.script[request.path], request)


async def _answer(answers: list[Answer], request: web.BaseRequest) -> web.StreamResponse:
    answer = answers.pop(0) if len(answers) > 1 else answers[0]
    if isinstance(answer, web.StreamResponse):
        return answer
    made = answer(request)
    return made if isinstance(made, web.StreamResponse) else await made


def said(value: Any, status: int = 200, headers: Mapping[str, str] | None = None) -> web.Response:
    """A JSON answer."""
    body = json.dumps(value).encode()
    return web.Response(
        status=status, body=body, headers={"content-type": "application/json", **(headers or {})}
    )


def again(make: Callable[[], web.Response]) -> Answer:
    """The same answer every time: one response object can be sent once only."""
    return lambda _request: make()


@asynccontextmanager
async def scripted() -> AsyncIterator[Scripted]:
    """Two hosts on loopback until the block ends."""
    found = Scripted()
    with tempfile.TemporaryDirectory() as folder:
        authority, server = _certificates.make(Path(folder))
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        tls.load_cert_chain(server)
        found.ca_file = str(authority)
        runner = web.ServerRunner(web.Server(found.handle))
        await runner.setup()
        try:
            sites = [web.TCPSite(runner, "127.0.0.1", 0, ssl_context=tls) for _ in range(2)]
            for site in sites:
                await site.start()
            ports = [address[1] for address in runner.addresses]
            found.origin, found.away = (f"https://127.0.0.1:{port}" for port in ports)
            yield found
        finally:
            await runner.cleanup()
