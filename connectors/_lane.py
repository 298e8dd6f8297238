"""The raw lane to Graph: addressed and signed by the SDK, sent by aiohttp, waited for by us.

The SDK's own HTTP stack costs two to four times the CPU a request (measured: 0.9–2.5 ms against
0.4), builds models nobody wants, and waits for each coroutine alone. What it knows stays in use:
its request builders make the URLs, its authentication provider the tokens, for Graph's host only.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin
from urllib.request import getproxies

import orjson

from connectors._errors import Broken
from connectors._identity import USER_AGENT, Access, connection_problem, host_of, origin
from connectors._model import meter
from connectors._problems import problem
from connectors._throttle import Gate, Gates, Patience

if TYPE_CHECKING:
    import aiohttp
    from kiota_abstractions.request_information import RequestInformation
    from msgraph import GraphServiceClient

CONNECTIONS = 64
THROTTLED = frozenset({429, 503, 509})
_FAULTS = frozenset({408, 425, 500, 502, 504})
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_HOPS = 5


@dataclass(slots=True)
class Ask:
    """One request: an SDK request information or a link of the service, and how to send it."""

    what: RequestInformation | str
    scope: str = "directory"
    headers: Mapping[str, str] = field(default_factory=dict)
    permission: str = ""
    """Named when the answer is 403."""


class Lane:
    """Requests to one tenant's Graph, with its gates."""

    def __init__(self, access: Access) -> None:
        self._access = access
        self._base = access.cloud.graph.rstrip("/")
        self._origin = origin(self._base)
        self._session: aiohttp.ClientSession | None = None
        self._provider: Any = None
        self._sdk: GraphServiceClient | None = None
        self._reached = False
        self.gates = Gates()

    async def sdk(self) -> GraphServiceClient:
        """The SDK's client, for its request builders."""
        if self._sdk is None:
            import aiohttp
            import httpx
            from kiota_authentication_azure.azure_identity_authentication_provider import (
                AzureIdentityAuthenticationProvider,
            )
            from msgraph import GraphServiceClient
            from msgraph.graph_request_adapter import GraphRequestAdapter

            self._provider = AzureIdentityAuthenticationProvider(
                await self._access.credential(),
                scopes=[f"{self._origin}/.default"],
                allowed_hosts=[httpx.URL(self._base).host],
            )
            context = self._access.ssl_context
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(ssl=context, limit=CONNECTIONS),
                timeout=aiohttp.ClientTimeout(total=None, sock_connect=30, sock_read=100),
                cookie_jar=aiohttp.DummyCookieJar(),
                trust_env=bool(getproxies()),  # asks the disk at every request
                headers={"user-agent": USER_AGENT},
            )
            adapter = GraphRequestAdapter(self._provider, client=httpx.AsyncClient(verify=context))
            adapter.base_url = self._base
            self._sdk = GraphServiceClient(request_adapter=adapter)
        return self._sdk

    async def aclose(self) -> None:
        """Close the connections."""
        if self._session is not None:
            await self._session.close()
            self._session = self._sdk = self._provider = None

    def check_link(self, link: str) -> None:
        """Refuse a link to another host: it would carry our token there."""
        if origin(link) != self._origin:
            raise Broken("a link of the service leads to another host")

    @asynccontextmanager
    async def open(self, ask: Ask, patience: Patience) -> AsyncIterator[aiohttp.ClientResponse]:
        """An answer with a good status, its body unread; waits, retries and refreshes before."""
        await self.sdk()
        gate = self.gates.of(ask.scope)
        claims = ""
        refused = False
        while True:
            async with gate.enter():
                try:
                    response = await self._send(ask, claims)
                except line_faults() as error:
                    await self._fault(patience, error)
                    continue
                self._reached = True
                if response.status < 300 or response.status == 416:
                    try:
                        yield response
                    finally:
                        response.release()
                    return
                try:
                    claims, refused = await self._after(ask, gate, patience, response, refused)
                finally:
                    response.release()

    async def _fault(self, patience: Patience, error: Exception) -> None:
        """Before the first answer a dead line is a wrong host; later it is weather."""
        unreachable = None if self._reached else connection_problem(error, host_of(self._base))
        await patience.fault(unreachable or Broken(type(error).__name__))

    async def _after(
        self,
        ask: Ask,
        gate: Gate,
        patience: Patience,
        response: aiohttp.ClientResponse,
        refused: bool,
    ) -> tuple[str, bool]:
        """Claims for the next try and whether a 401 was seen; or raise what the status means."""
        status = response.status
        try:
            payload = _payload(await response.read())
        except line_faults():
            payload = None
        if status in THROTTLED:
            patience.throttled(gate, lower(response.headers))
        elif status in _FAULTS:
            await patience.fault(Broken(f"HTTP {status}"))
        elif status == 401 and not refused:
            (await self._access.credential()).forget()
            return _claims(response.headers.get("www-authenticate", "")), True
        else:
            raise problem(status, payload, ask.permission, response.headers.get("location", ""))
        return "", refused

    async def _send(self, ask: Ask, claims: str) -> aiohttp.ClientResponse:
        """Send once; a redirect is followed by a bare request that has no token to give."""
        from yarl import URL

        assert self._session is not None  # noqa: S101 — sdk() made it
        info = self._information(ask)
        await self._provider.authenticate_request(info, {"claims": claims} if claims else {})
        meter().requests += 1
        response = await self._session.request(
            info.http_method.value,
            URL(info.url, encoded=True),
            headers=info.request_headers,
            data=info.content,
            allow_redirects=False,
        )
        hops = 0
        target = info.url
        while response.status in _REDIRECTS and hops < _HOPS:
            hops += 1
            target = urljoin(target, response.headers.get("location", ""))
            await response.read()  # a connection with an unread body cannot be used again
            if not target.startswith("https://") and origin(target) != self._origin:
                raise Broken("a redirect leaves https")
            keep = {k: v for k, v in ask.headers.items() if k in {"range", "if-range"}}
            meter().requests += 1
            response = await self._session.get(
                URL(target, encoded=True), headers=keep, allow_redirects=False
            )
            if response.status in {401, 403, 404} and origin(target) != self._origin:
                response.release()
                raise StaleRedirect
        return response

    def _information(self, ask: Ask) -> RequestInformation:
        """A fresh request information, so that no try carries the last one's token."""
        from kiota_abstractions.method import Method
        from kiota_abstractions.request_information import RequestInformation

        if isinstance(ask.what, str):
            info = RequestInformation(Method.GET)
            info.url = ask.what if ask.what.startswith("http") else self._base + ask.what
        else:
            ask.what.path_parameters["baseurl"] = self._base
            info = RequestInformation(ask.what.http_method)
            info.url = ask.what.url.replace("()", "", 1)  # documented paths have no brackets
            info.content = ask.what.content
            info.headers.add_all(ask.what.headers.get_all())
        self.check_link(info.url)
        for name, value in ask.headers.items():
            info.headers.add(name, value)
        return info


class StaleRedirect(Exception):  # noqa: N818
    """A pre-authorised download link was refused: asked again, it is made anew."""


def line_faults() -> tuple[type[Exception], ...]:
    """What a broken line raises."""
    import aiohttp

    return (aiohttp.ClientError, TimeoutError, ConnectionError, StaleRedirect)


def lower(headers: Mapping[str, str]) -> dict[str, str]:
    """Header names in lower case."""
    return {name.lower(): value for name, value in headers.items()}


def _payload(data: bytes) -> Any:
    try:
        return orjson.loads(data)
    except orjson.JSONDecodeError:
        return None


def _claims(challenge: str) -> str:
    """The claims of a continuous-access-evaluation challenge, as the SDK's provider wants them."""
    for part in challenge.split(","):
        name, _, value = part.strip().partition("=")
        if name.rpartition(" ")[2].lower() == "claims":
            return value.strip().strip('"')
    return ""
