"""The tiny company served from a thread, and a plain client for it."""

from __future__ import annotations

import http.client
import json
import ssl
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from connectors._sample_tenant._handle import Tenant, hosted
from connectors._sample_tenant._model import World
from tests.unit.sample_tenant.tiny_company import Tiny


@dataclass(frozen=True)
class Reply:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def code(self) -> str:
        return str(self.json["error"]["code"])


class Ask:
    """A client that sends exactly what it is told, with a token unless told otherwise."""

    def __init__(self, tenant: Tenant) -> None:
        self._tenant = tenant
        self._context = ssl.create_default_context(cafile=tenant.ca_file)
        self._tokens: dict[str, str] = {}
        self._lines: dict[str, http.client.HTTPSConnection] = {}

    def __call__(
        self,
        target: str,
        *,
        method: str = "GET",
        body: bytes | None = None,
        token: str | None = None,
        resource: str = "https://graph.microsoft.com",
        **headers: str,
    ) -> Reply:
        url = target if target.startswith("https") else f"{self._tenant.graph}{target}"
        host = urlsplit(url).netloc
        if token is None:
            if resource not in self._tokens:
                self._tokens[resource] = self._tenant.token(resource)
            token = self._tokens[resource]
        if token:
            headers["authorization"] = f"Bearer {token}"
        names = {n.replace("_", "-"): v for n, v in headers.items()}
        if host not in self._lines:
            self._lines[host] = http.client.HTTPSConnection(host, context=self._context)
        line = self._lines[host]
        try:
            line.request(method, url.split(host, 1)[1], body, names)
            reply = line.getresponse()
            found = {name.lower(): value for name, value in reply.getheaders()}
            return Reply(reply.status, found, reply.read())
        except BaseException:
            line.close()
            raise

    def close(self) -> None:
        for line in self._lines.values():
            line.close()


@pytest.fixture
def tiny() -> World:
    return Tiny()


@pytest.fixture
def tenant(tiny: World) -> Iterator[Tenant]:
    with hosted(tiny) as found:
        yield found


@pytest.fixture
def ask_of() -> Iterator[Callable[[Tenant], Ask]]:
    made: list[Ask] = []

    def make(tenant: Tenant) -> Ask:
        made.append(Ask(tenant))
        return made[-1]

    yield make
    for one in made:
        one.close()


@pytest.fixture
def ask(tenant: Tenant, ask_of: Callable[[Tenant], Ask]) -> Ask:
    return ask_of(tenant)


@pytest.fixture
def pages(ask: Ask) -> Callable[..., list[Any]]:
    """All pages of a collection."""

    def follow(target: str, **headers: str) -> list[Any]:
        found = []
        link: str | None = target
        while link:
            reply = ask(link, **headers)
            assert reply.status == 200, reply.code
            found.append(reply.json)
            link = reply.json.get("@odata.nextLink")
            assert len(found) < 200
        return found

    return follow


@pytest.fixture
def schema() -> dict[str, Any]:
    path = Path(__file__).parents[2] / "fixtures" / "graph_schema.json"
    return dict(json.loads(path.read_text("utf-8")))


@pytest.fixture
def transport() -> Callable[[Tenant], Any]:
    """An azure-core transport of its own that trusts the tenant; its client closes it."""
    import aiohttp
    from azure.core.pipeline.transport import AioHttpTransport

    def make(tenant: Tenant) -> AioHttpTransport:
        context = ssl.create_default_context(cafile=tenant.ca_file)
        session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(ssl=context), auto_decompress=False
        )
        return AioHttpTransport(session=session, session_owner=True)

    return make
