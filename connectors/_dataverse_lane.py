"""Requests to one Dataverse environment: signed for it alone, waited for, read within bounds.

Source: Dataverse Web API v9.2, "Compose HTTP requests and handle errors", "Authenticate".
"""

from __future__ import annotations

import asyncio
import base64
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit
from urllib.request import getproxies

import orjson

from connectors import _odata
from connectors._credential import UNKNOWN_RESOURCE
from connectors._dataverse_gate import FAMILY, MOST, Ramp
from connectors._dataverse_problems import LIMITS, code_of, problem
from connectors._errors import Broken, Misconfigured
from connectors._identity import USER_AGENT, Access, connection_problem, host_of, origin
from connectors._lane import FAULTS, line_faults, lower
from connectors._model import CHUNK, meter
from connectors._signing import Renewals
from connectors._throttle import Gates, Patience

if TYPE_CHECKING:
    import aiohttp

ANSWER = 32 << 20
"""Bytes of one answer held; more of a listing is asked for in smaller pages."""
_HEADERS = {
    "accept": "application/json",
    "odata-maxversion": "4.0",
    "odata-version": "4.0",
    "if-none-match": "null",
    "user-agent": USER_AGENT,
}
"""What every request has to carry."""
_API = "/api/data/v9.2"
_THROTTLED = frozenset({429, 503})
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_HOPS = 5
_KNOCKS = 2
"""Tries again at a host that never answered."""
_REFUSAL = 1 << 20
"""Bytes of an error that are looked at."""


class TooLarge(Broken):
    """An answer longer than :data:`ANSWER`."""

    default_reason = "too_large"


@dataclass(frozen=True, slots=True)
class Ask:
    """One GET: a path below the Web API, or a link of the service."""

    what: str
    permission: str = ""
    """The privilege named when the answer is 403."""
    headers: Mapping[str, str] = field(default_factory=dict)


class Environment:
    """One environment's Web API. Close it when the run ends."""

    def __init__(self, access: Access, url: str, api: str = _API) -> None:
        """``url`` is the environment's own address (``https://org.crm7.dynamics.com``)."""
        self.url = url.rstrip("/")
        self.api = self.url + api
        self.gate = Gates.of_tenant(access.shared).of(f"{FAMILY}:{origin(self.url)}", Ramp)
        self.unselected: set[str] = set()
        """Lists of properties of which it does not know every one."""
        self._access = access
        named = (origin(url), f"https://{urlsplit(url).hostname}", self.url)
        self._names = list(dict.fromkeys(named))
        self._welcome = False
        self._reached = False
        self._session: aiohttp.ClientSession | None = None
        self._naming = asyncio.Lock()

    async def aclose(self) -> None:
        """Close the connections."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    def ours(self, link: str) -> bool:
        """Whether a link leads to this environment: scheme, host and port."""
        return origin(link) == origin(self.api)

    def check_link(self, link: str) -> None:
        """Refuse a link to another host: it would carry our token there."""
        if not self.ours(link):
            raise Broken("a link of the service leads to another host")

    async def json(self, ask: Ask) -> dict[str, Any]:
        """The answer as a JSON object; one that is none counts as a fault and is asked again."""
        return await _odata.whole(lambda: self._whole(ask))

    async def pages(self, ask: Ask) -> AsyncIterator[dict[str, Any]]:
        """Every page of a collection, each asked for with the same headers; links as they came."""

        async def page(link: str) -> dict[str, Any]:
            return await self.json(replace(ask, what=link) if link else ask)

        async for found in _odata.collection(page, self.check_link):
            yield found

    async def values(self, ask: Ask) -> AsyncIterator[dict[str, Any]]:
        """Every element of a collection."""
        async for page in self.pages(ask):
            for value in page["value"]:
                yield value

    @asynccontextmanager
    async def open(self, ask: Ask, patience: Patience) -> AsyncIterator[aiohttp.ClientResponse]:
        """An answer with a good status, its body unread; waits, retries and signs anew before."""
        renewals = Renewals()
        while True:
            async with self.gate.enter():
                token = await self._token(renewals.claims)
                try:
                    response = await self._send(ask, token)
                except line_faults() as error:
                    await self._fault(patience, error)
                    continue
                self._reached = True
                try:
                    if response.status < 300 or response.status == 416:
                        self.gate.passed()
                        self._welcome = True
                        yield response
                        return
                    await self._after(ask, patience, response, renewals, token)
                finally:
                    response.release()

    async def _whole(self, ask: Ask) -> bytes:
        patience = Patience()
        while True:
            try:
                async with self.open(ask, patience) as response:
                    data = await _within(response, ANSWER)
            except line_faults() as error:
                await patience.fault(Broken(type(error).__name__))
                continue
            meter().bytes += len(data)
            return data

    async def _send(self, ask: Ask, token: str) -> aiohttp.ClientResponse:
        """Send once; follows redirects as long as they stay here."""
        from yarl import URL

        url = ask.what if ask.what.startswith("http") else self.api + ask.what
        headers = {**_HEADERS, **ask.headers, "authorization": f"Bearer {token}"}
        session = self._opened()
        for _ in range(_HOPS):
            if not self.ours(url):
                raise Broken("a link of the service leads to another host")
            meter().requests += 1
            address = URL(url, encoded=True)  # links of the service are sent as they came
            response = await session.get(address, headers=headers, allow_redirects=False)
            if response.status not in _REDIRECTS:
                return response
            await response.read()  # a connection with an unread body cannot be used again
            url = urljoin(url, response.headers.get("location", ""))
        raise Broken("redirected too often")

    def _opened(self) -> aiohttp.ClientSession:
        import aiohttp

        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(ssl=self._access.ssl_context, limit=MOST),
                timeout=aiohttp.ClientTimeout(total=None, sock_connect=30, sock_read=150),
                cookie_jar=aiohttp.DummyCookieJar(),  # no affinity: every web server helps
                trust_env=bool(getproxies()),  # asks the disk at every request
            )
        return self._session

    async def _token(self, claims: str) -> str:
        """A token for this environment, under the first of its names that sign-in knows."""
        credential = await self._access.credential()
        more = {"claims": _decoded(claims)} if claims else {}
        while True:
            name = self._names[0]
            try:
                token = await credential.get_token(f"{name}/.default", enable_cae=True, **more)
            except Misconfigured as error:
                if error.detail not in UNKNOWN_RESOURCE or not await self._renamed(name):
                    raise
                continue
            return str(token.token)

    async def _renamed(self, name: str) -> bool:
        """Give up a name that was refused; whether there is one left to try."""
        async with self._naming:
            if self._names[0] != name:  # somebody else was faster
                return True
            if self._welcome or len(self._names) == 1:
                return False
            del self._names[0]
            return True

    async def _fault(self, patience: Patience, error: Exception) -> None:
        """Before the first answer a dead line is a wrong host; later it is weather."""
        found = None if self._reached else connection_problem(error, host_of(self.url))
        if found and (found.code != "unreachable" or patience.faults == _KNOCKS):
            raise found
        await patience.fault(found or Broken(type(error).__name__))

    async def _after(
        self,
        ask: Ask,
        patience: Patience,
        response: aiohttp.ClientResponse,
        renewals: Renewals,
        token: str,
    ) -> None:
        """Prepare the next try, or raise what the status means."""
        status, headers = response.status, lower(response.headers)
        name = self._names[0]
        payload = await _payload(response)
        found = problem(status, payload, ask.permission)
        if status in _THROTTLED or code_of(payload) in LIMITS:
            patience.throttled(self.gate, headers)
            return
        self.gate.passed()
        if status in FAULTS or (payload is None and "json" in headers.get("content-type", "")):
            await patience.fault(found)
        elif status == 401:
            if renewals.token(headers.get("www-authenticate", "")):
                (await self._access.credential()).forget(token)
            elif not await self._renamed(name):
                raise found
        else:
            raise found


def _decoded(claims: str) -> str:
    """The claims of a challenge, which come in base64, as sign-in wants them."""
    try:
        return base64.b64decode(claims + "=" * (-len(claims) % 4)).decode("utf-8")
    except ValueError:
        return claims


async def _within(response: aiohttp.ClientResponse, limit: int) -> bytes:
    """The body; raises TooLarge as soon as it is longer than ``limit``."""
    pieces: list[bytes] = []
    size = 0
    async for chunk in response.content.iter_chunked(CHUNK):
        size += len(chunk)
        if size > limit:
            response.close()  # the rest is not waited for
            raise TooLarge("an answer is too large")
        pieces.append(chunk)
    return b"".join(pieces)


async def _payload(response: aiohttp.ClientResponse) -> Any:
    """The error as JSON; None where it is none, or never came whole."""
    try:
        return orjson.loads(await _within(response, _REFUSAL))
    except (orjson.JSONDecodeError, TooLarge):
        return None
    except line_faults():
        return None
