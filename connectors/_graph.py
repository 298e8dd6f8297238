"""The one Graph client: real msgraph-sdk builders and adapter, raw bytes in between.

Request builders make the URLs and the SDK's adapter signs them; the answers are parsed by orjson.
No SDK model is built: its deserialiser costs about 5 ms an object and rewrites strings.
Own pager (empty pages, repeated or foreign nextLinks), own waiting (``_throttle``), redirects
followed without the token.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

import orjson

from connectors._errors import Broken, ConnectorError, Gone
from connectors._identity import USER_AGENT, Access, connection_problem, host_of, origin
from connectors._model import CHUNK, meter
from connectors._problems import Resync, problem
from connectors._throttle import Gate, Gates, Patience

if TYPE_CHECKING:
    import httpx
    from kiota_abstractions.request_information import RequestInformation
    from msgraph import GraphServiceClient

BATCH = 20
"""Requests in one ``$batch``, Graph's own limit."""
MAX_PAGES = 1_000_000
_THROTTLED = {429, 503, 509}
_FAULTS = {408, 425, 500, 502, 504}


@dataclass(slots=True)
class Ask:
    """One request: an SDK request information or a link of the service, and how to send it."""

    what: RequestInformation | str
    scope: str = "directory"
    headers: Mapping[str, str] = field(default_factory=dict)
    permission: str = ""
    """Named when the answer is 403."""


class Graph:
    """Graph v1.0 of one tenant. ``Graph.of(access)`` shares one among its connectors."""

    def __init__(self, access: Access) -> None:
        self._access = access
        self._base = access.cloud.graph.rstrip("/")
        self._origin = origin(self._base)
        self._gates = Gates()
        self._http: httpx.AsyncClient | None = None
        self._adapter: Any = None
        self._sdk: GraphServiceClient | None = None
        self._reached = False

    @classmethod
    def of(cls, access: Access) -> Graph:
        """The client of this tenant, made when first asked."""
        found = access.shared.get("graph")
        if found is None:
            found = access.shared["graph"] = cls(access)
        assert isinstance(found, cls)  # noqa: S101 — the name is ours alone
        return found

    async def sdk(self) -> GraphServiceClient:
        """The SDK's client, for its request builders."""
        if self._sdk is None:
            import httpx
            from kiota_authentication_azure.azure_identity_authentication_provider import (
                AzureIdentityAuthenticationProvider,
            )
            from msgraph import GraphServiceClient
            from msgraph.graph_request_adapter import GraphRequestAdapter

            host = httpx.URL(self._base).host
            provider = AzureIdentityAuthenticationProvider(
                await self._access.credential(),
                scopes=[f"{self._origin}/.default"],
                allowed_hosts=[host],
            )
            self._http = httpx.AsyncClient(
                verify=self._access.ssl_context,
                timeout=httpx.Timeout(100.0, connect=30.0, pool=None),
                limits=httpx.Limits(max_connections=64, max_keepalive_connections=64),
                follow_redirects=False,
                headers={"user-agent": USER_AGENT},
            )
            self._adapter = GraphRequestAdapter(provider, client=self._http)
            self._adapter.base_url = self._base
            self._sdk = GraphServiceClient(request_adapter=self._adapter)
        return self._sdk

    async def aclose(self) -> None:
        """Close the connections."""
        if self._http is not None:
            await self._http.aclose()
            self._http = self._sdk = self._adapter = None

    async def fetch(self, ask: Ask) -> bytes:
        """The whole answer. For JSON and small bodies."""
        patience = Patience()
        while True:
            try:
                async with self._open(ask, patience) as response:
                    data: bytes = await response.aread()
            except _line_faults() as error:
                await patience.fault(Broken(type(error).__name__))
                continue
            meter().bytes += len(data)
            return data

    async def json(self, ask: Ask) -> dict[str, Any]:
        """The answer as a JSON object; a body that is none counts as a fault and is asked again."""
        for _ in range(2):
            try:
                value = orjson.loads(await self.fetch(ask))
            except orjson.JSONDecodeError:
                continue
            if isinstance(value, dict):
                return value
        raise Broken("the answer is not JSON")

    async def pages(self, ask: Ask) -> AsyncIterator[dict[str, Any]]:
        """Every page of a collection, following nextLink; ends with the page that has none."""
        seen: set[int] = set()
        while True:
            page = await self.json(ask)
            yield page
            link = page.get("@odata.nextLink")
            if not link:
                return
            self.check_link(link)
            if hash(link) in seen or len(seen) > MAX_PAGES:
                raise Broken("the service repeats a nextLink")
            seen.add(hash(link))
            ask = Ask(link, ask.scope, ask.headers, ask.permission)

    async def values(self, ask: Ask) -> AsyncIterator[dict[str, Any]]:
        """Every element of a collection."""
        async for page in self.pages(ask):
            for value in page.get("value", ()):
                yield value

    def check_link(self, link: str) -> None:
        """Refuse a link to another host: it would carry our token there."""
        if origin(link) != self._origin:
            raise Broken("a link of the service leads to another host")

    async def stream(self, ask: Ask, offset: int, length: int | None) -> AsyncIterator[bytes]:
        """The bytes of a content request, resumed after a cut where they broke off."""
        patience = Patience()
        start, etag = offset, ""
        while True:
            wanted = None if length is None else length - (offset - start)
            if wanted == 0:
                return
            headers = dict(ask.headers)
            if offset or wanted is not None:
                end = "" if wanted is None else str(offset + wanted - 1)
                headers["range"] = f"bytes={offset}-{end}"
                if etag:
                    headers["if-range"] = etag
            try:
                request = Ask(ask.what, ask.scope, headers, ask.permission)
                async with self._open(request, patience) as response:
                    if response.status_code == 416:
                        return
                    if "range" in headers and response.status_code == 200 and etag:
                        raise Broken("changed between two reads", reason="changed_while_read")
                    etag = _strong(response.headers.get("etag", "")) or etag
                    skip = offset if response.status_code == 200 else 0
                    async for chunk in response.aiter_bytes(CHUNK):
                        piece = chunk[skip:]
                        skip = max(0, skip - len(chunk))
                        if wanted is not None:
                            piece = piece[: max(0, wanted)]
                            wanted -= len(piece)
                        if piece:
                            offset += len(piece)
                            meter().bytes += len(piece)
                            yield piece
                        if wanted == 0:
                            return
                    return
            except _line_faults() as error:
                await patience.fault(Broken(type(error).__name__))

    async def batch(
        self, paths: list[str], scope: str, permission: str = ""
    ) -> list[dict[str, Any] | ConnectorError]:
        """Answers of many small GETs (``/drives/…``), in order; throttled ones are asked again."""
        answers: list[dict[str, Any] | ConnectorError | None] = [None] * len(paths)
        waiting = list(range(len(paths)))
        patience = Patience()
        while waiting:
            now, later = waiting[:BATCH], waiting[BATCH:]
            body = orjson.dumps(
                {"requests": [{"id": str(i), "method": "GET", "url": paths[i]} for i in now]}
            )
            reply = await self._post_batch(body, scope)
            again = []
            for part in reply.get("responses", ()):
                index = int(part.get("id", -1))
                if not 0 <= index < len(paths):
                    continue
                headers = {str(k).lower(): str(v) for k, v in (part.get("headers") or {}).items()}
                status, payload = int(part.get("status", 500)), part.get("body")
                if status in _THROTTLED:
                    patience.throttled(self._gates.of(scope), headers)
                    again.append(index)
                elif status < 300 and isinstance(payload, dict):
                    answers[index] = payload
                else:
                    found = problem(status, payload, permission)
                    answers[index] = Gone("HTTP 410") if isinstance(found, Resync) else found
            for index in now:
                if answers[index] is None and index not in again:
                    answers[index] = Broken("no answer in the batch")
            waiting = again + later
        return [a if a is not None else Broken("no answer in the batch") for a in answers]

    async def _post_batch(self, body: bytes, scope: str) -> dict[str, Any]:
        from kiota_abstractions.method import Method
        from kiota_abstractions.request_information import RequestInformation

        await self.sdk()
        info = RequestInformation(Method.POST, "{+baseurl}/$batch", {"baseurl": self._base})
        info.headers.add("Accept", "application/json")
        info.set_stream_content(body, "application/json")
        return await self.json(Ask(info, scope))

    @asynccontextmanager
    async def _open(self, ask: Ask, patience: Patience) -> AsyncIterator[httpx.Response]:
        """An answer with a good status, its body unread; waits, retries and refreshes before."""
        await self.sdk()
        gate = self._gates.of(ask.scope)
        claims = ""
        refused = False
        while True:
            async with gate.enter():
                try:
                    response = await self._send(ask, claims)
                except _line_faults() as error:
                    if not self._reached and (found := connection_problem(error, self._host)):
                        await patience.fault(found)
                    else:
                        await patience.fault(Broken(type(error).__name__))
                    continue
                self._reached = True
                status = response.status_code
                if status < 300 or status == 416:
                    try:
                        yield response
                    finally:
                        await response.aclose()
                    return
                try:
                    claims, refused = await self._after(ask, gate, patience, response, refused)
                finally:
                    await response.aclose()

    async def _after(
        self, ask: Ask, gate: Gate, patience: Patience, response: httpx.Response, refused: bool
    ) -> tuple[str, bool]:
        """Claims for the next try and whether a 401 was seen; or raise what the status means."""
        status = response.status_code
        payload = _payload(await response.aread())
        if status in _THROTTLED:
            patience.throttled(gate, response.headers)
        elif status in _FAULTS:
            await patience.fault(Broken(f"HTTP {status}"))
        elif status == 401 and not refused:
            (await self._access.credential()).forget()
            return _claims(response.headers.get("www-authenticate", "")), True
        else:
            raise problem(status, payload, ask.permission, response.headers.get("location", ""))
        return "", refused

    async def _send(self, ask: Ask, claims: str) -> httpx.Response:
        """Send once; a redirect is followed by a bare client call that has no token to give."""
        assert self._http is not None  # noqa: S101 — sdk() made it
        info = self._information(ask)
        meter().requests += 1
        if claims:
            provider = self._adapter._authentication_provider
            await provider.authenticate_request(info, {"claims": claims})
        request = await self._adapter.convert_to_native_async(info)
        response = await self._http.send(request, stream=True)
        hops = 0
        while response.status_code in {301, 302, 303, 307, 308} and hops < 5:
            hops += 1
            target = urljoin(str(response.request.url), response.headers.get("location", ""))
            await response.aclose()
            if not target.startswith("https://") and not origin(target) == self._origin:
                raise Broken("a redirect leaves https")
            keep = {k: v for k, v in ask.headers.items() if k in {"range", "if-range"}}
            meter().requests += 1
            bare = self._http.build_request("GET", target, headers=keep)
            response = await self._http.send(bare, stream=True)
            if response.status_code in {401, 403, 404} and origin(target) != self._origin:
                await response.aclose()
                raise _StaleRedirect
        return response

    def _information(self, ask: Ask) -> RequestInformation:
        """A fresh request information, so that no try carries the last one's token."""
        from kiota_abstractions.method import Method
        from kiota_abstractions.request_information import RequestInformation

        if isinstance(ask.what, str):
            info = RequestInformation(Method.GET)
            info.url = ask.what if ask.what.startswith("http") else self._base + ask.what
        else:
            self._adapter.set_base_url_for_request_information(ask.what)
            info = RequestInformation(ask.what.http_method)
            info.url = ask.what.url.replace("()", "", 1)  # documented paths have no brackets
            info.content = ask.what.content
            info.headers.add_all(ask.what.headers.get_all())
        self.check_link(info.url)
        for name, value in ask.headers.items():
            info.headers.add(name, value)
        return info

    @property
    def _host(self) -> str:
        return host_of(self._base)


class _StaleRedirect(Exception):  # noqa: N818
    """A pre-authorised download link was refused: asked again, it is made anew."""


def _line_faults() -> tuple[type[Exception], ...]:
    import httpx

    return (httpx.TransportError, httpx.StreamError, _StaleRedirect)


def _strong(etag: str) -> str:
    return "" if etag.startswith("W/") else etag


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
