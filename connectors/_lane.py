"""The raw lane to Graph: addressed and signed by the SDK, sent by aiohttp, waited for by us.

The SDK's own HTTP stack costs two to four times the CPU a request (measured: 0.9–2.5 ms against
0.4), builds models nobody wants, and waits for each coroutine alone. What it knows stays in use:
its request builders make the URLs, its authentication provider the tokens, for Graph's host only.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin
from urllib.request import getproxies

import orjson

from connectors._errors import Broken
from connectors._identity import USER_AGENT, Access, connection_problem, host_of, origin
from connectors._model import meter
from connectors._problems import problem
from connectors._signing import Renewals, Signer
from connectors._throttle import Gate, Gates, Patience
from connectors._units import units

if TYPE_CHECKING:
    import aiohttp
    from kiota_abstractions.request_information import RequestInformation
    from msgraph import GraphServiceClient

CONNECTIONS = 256
THROTTLED = frozenset({429, 503, 509})
FAULTS = frozenset({408, 425, 500, 502, 504})
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_STALE = frozenset({401, 403, 404, 410})
"""How a host says that a link to content is not good any more."""
_HOPS = 5
_KNOCKS = 2
"""Tries again at a host that never answered."""
_FOR_CONTENT = ("range", "if-range", "accept-encoding")
"""Headers of a content request that also go to the host it redirects to."""
_HEADER = 1 << 16
"""Longest header taken: a download link carries its own token."""


@dataclass(slots=True)
class Ask:
    """One request: an SDK request information or a link of the service, and how to send it."""

    what: RequestInformation | str
    scope: str = "directory"
    headers: Mapping[str, str] = field(default_factory=dict)
    permission: str = ""
    """Named when the answer is 403."""
    direct: str = field(default="", repr=False)
    """A link to the same content that needs no token and is good for a while: tried first."""


class Lane:
    """Requests to one tenant's Graph, with its gates; or to a host of its SharePoint."""

    def __init__(self, access: Access, host: str = "", gates: Gates | None = None) -> None:
        """``host`` is the address of another than Graph, which is also its name at sign-in."""
        self._access = access
        self._base = (host or access.cloud.graph).rstrip("/")
        self._below = f"{self._base}/"
        self._origin = origin(self._base)
        self._session: aiohttp.ClientSession | None = None
        self._sdk: GraphServiceClient | None = None
        self._reached = False
        self._making = asyncio.Lock()
        self._signer = Signer(access, self._base, [host] if host else ())
        self.gates = gates or Gates()

    async def sdk(self) -> GraphServiceClient:
        """The SDK's client, for its request builders."""
        async with self._making:
            return self._sdk or await self._made()

    async def _made(self) -> GraphServiceClient:
        import aiohttp
        import httpx
        from msgraph import GraphServiceClient
        from msgraph.graph_request_adapter import GraphRequestAdapter

        provider = await self._signer.provider()
        context = self._access.ssl_context
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(ssl=context, limit=CONNECTIONS),
            timeout=aiohttp.ClientTimeout(total=None, sock_connect=30, sock_read=100),
            cookie_jar=aiohttp.DummyCookieJar(),
            trust_env=bool(getproxies()),  # asks the disk at every request
            max_field_size=_HEADER,
            headers={"user-agent": USER_AGENT},
        )
        adapter = GraphRequestAdapter(provider, client=httpx.AsyncClient(verify=context))
        adapter.base_url = self._base
        self._sdk = GraphServiceClient(request_adapter=adapter)
        return self._sdk

    async def aclose(self) -> None:
        """Close the connections."""
        if self._session is not None:
            await self._session.close()
            self._session = self._sdk = None

    def ours(self, link: str) -> bool:
        """Whether a link leads to this Graph: scheme, host and port."""
        return link.startswith(self._below) or origin(link) == self._origin

    def check_link(self, link: str) -> None:
        """Refuse a link to another host: it would carry our token there."""
        if not self.ours(link):
            raise Broken("a link of the service leads to another host")

    @asynccontextmanager
    async def open(self, ask: Ask, patience: Patience) -> AsyncIterator[aiohttp.ClientResponse]:
        """An answer with a good status, its body unread; waits, retries and refreshes before."""
        await self.sdk()
        gate = self.gates.of(ask.scope)
        renewals = Renewals()
        while True:
            async with gate.enter():
                try:
                    response = await self._send(ask, renewals.claims)
                except line_faults() as error:
                    await self._fault(patience, error)
                    continue
                except _StaleLinkError as stale:
                    if ask.direct:
                        ask = replace(ask, direct="")
                    else:
                        renewals.link(problem(stale.status, None, ask.permission))
                    continue
                gate.heed(lower(response.headers))
                self._reached = True
                if response.status not in THROTTLED:
                    gate.passed()
                try:
                    if response.status < 300 or response.status == 416:
                        self._signer.welcome = True
                        yield response
                        return
                    await self._after(ask, gate, patience, response, renewals)
                finally:
                    response.release()

    async def _fault(self, patience: Patience, error: Exception) -> None:
        """Before the first answer a dead line is a wrong host; later it is weather."""
        found = None if self._reached else connection_problem(error, host_of(self._base))
        if found and (found.code != "unreachable" or patience.faults == _KNOCKS):
            raise found
        await patience.fault(found or Broken(type(error).__name__))

    async def _after(
        self,
        ask: Ask,
        gate: Gate,
        patience: Patience,
        response: aiohttp.ClientResponse,
        renewals: Renewals,
    ) -> None:
        """Prepare the next try, or raise what the status means."""
        status, headers = response.status, lower(response.headers)
        payload, torn = None, False
        try:
            data = await response.read()
            payload = _payload(data)
            torn = bool(data) and payload is None and "json" in headers.get("content-type", "")
        except line_faults():
            torn = True
        found = problem(status, payload, ask.permission, headers.get("location", ""))
        if status in THROTTLED:
            patience.throttled(gate, headers)
        elif torn or (status in FAULTS and isinstance(found, Broken)):
            await patience.fault(found)
        elif status == 401:
            used = response.request_info.headers.get("authorization", "").partition(" ")[2]
            if renewals.token(headers.get("www-authenticate", "")):
                await self._signer.forget(used)
            elif not await self._signer.renamed(used):
                raise found
        else:
            raise found

    async def _send(self, ask: Ask, claims: str) -> aiohttp.ClientResponse:
        """Send once; a redirect to another host is followed without the token."""
        if ask.direct:
            return await self._bare(ask, ask.direct)
        method, url, headers, body = self._addressed(ask)
        if signed := await self._signer.header(url, claims):
            headers["authorization"] = signed
        meter().units += units(url)
        response = await self._request(method, url, headers, body)
        for _ in range(_HOPS):
            if response.status not in _REDIRECTS:
                break
            await response.read()  # a connection with an unread body cannot be used again
            url = urljoin(url, response.headers.get("location", ""))
            if origin(url) == self._origin:
                response = await self._request(method, url, headers, body)
                continue
            response = await self._bare(ask, url)
        return response

    async def _bare(self, ask: Ask, url: str) -> aiohttp.ClientResponse:
        """Ask another host by a link that needs no token."""
        if not url.lower().startswith("https://"):
            raise Broken("a link to content leaves https")
        bare = {name: ask.headers[name] for name in _FOR_CONTENT if name in ask.headers}
        if ask.direct:
            meter().units += 1
        response = await self._request("GET", url, bare)
        if response.status in _STALE:
            response.release()
            raise _StaleLinkError(response.status)
        return response

    async def _request(
        self, method: str, url: str, headers: Mapping[str, str], body: Any = None
    ) -> aiohttp.ClientResponse:
        from yarl import URL

        assert self._session is not None  # noqa: S101 — sdk() made it
        meter().requests += 1
        address = URL(url, encoded=True)  # links of the service are sent as they came
        return await self._session.request(
            method, address, headers=headers, data=body, allow_redirects=False
        )

    def _addressed(self, ask: Ask) -> tuple[str, str, dict[str, str], Any]:
        """Method, address, headers and body of a request; never those of an earlier try."""
        if isinstance(ask.what, str):
            url = ask.what if ask.what.startswith("http") else self._base + ask.what
            method, headers, body = "GET", dict(ask.headers), None
        else:
            ask.what.path_parameters["baseurl"] = self._base
            url, body = _documented(ask.what.url), ask.what.content
            method = ask.what.http_method.value
            headers = {**ask.what.request_headers, **ask.headers}
        self.check_link(url)
        return method, url, headers, body


class _StaleLinkError(Exception):
    """A download host refused its pre-authorised link."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


def line_faults() -> tuple[type[Exception], ...]:
    """What a broken line raises."""
    import aiohttp

    return (aiohttp.ClientError, TimeoutError, ConnectionError)


def lower(headers: Mapping[str, str]) -> dict[str, str]:
    """Header names in lower case."""
    return {name.lower(): value for name, value in headers.items()}


def _documented(url: str) -> str:
    """The SDK's spelling of a URL → the reference's: no brackets, ``$`` as it is."""
    path, mark, query = url.partition("?")
    return path.removesuffix("()") + mark + query.replace("%24", "$")


def _payload(data: bytes) -> Any:
    try:
        return orjson.loads(data)
    except orjson.JSONDecodeError:
        return None
