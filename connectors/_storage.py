"""Raw requests to a storage account through the pipeline of azure-storage-blob's own client.

The SDK signs, redirects and answers challenges; its models cost 200 µs a blob and are not built.
Imported on use only: the SDK takes a quarter of a second. Source: Blob service REST API,
``List Blobs``, ``Get Blob``, storage error codes.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import suppress
from typing import Any, TypeVar
from urllib.parse import quote
from xml.etree.ElementTree import Element, ParseError, XMLPullParser

from azure.core.exceptions import AzureError, ServiceRequestError, ServiceResponseError
from azure.core.pipeline.policies import AsyncHTTPPolicy
from azure.core.rest import HttpRequest
from azure.storage.blob.aio import BlobServiceClient

from connectors._errors import Broken, ConnectorError, Misconfigured
from connectors._identity import USER_AGENT, Access, connection_problem, host_of
from connectors._model import CHUNK, meter
from connectors._storage_errors import ASKED_TO_WAIT, READER, BeyondEnd, refusal
from connectors._throttle import backoff, retry_after

__all__ = ["READER", "TIMES", "Account", "Accounts", "BeyondEnd", "Patience", "refusal"]

_AGAIN = frozenset({408, 429, 500, 502, 503, 504})
_PATIENCE = 60.0
"""Seconds one request waits in all."""
_CUTS = 20
"""Times one download is taken up again, and four at the same place."""
_SLICE = 16 << 10
"""Bytes parsed at a time: more of them cost twice as much, with so many elements alive."""
TIMES = {"connection_timeout": 15.0, "read_timeout": 60.0}
"""Seconds until a connection that is not made, or gives no byte, counts as dead."""

T = TypeVar("T")


class Patience(AsyncHTTPPolicy[Any, Any]):
    """Tries again, as the service asks and within a minute; the SDK's own policy ignores 429."""

    def __init__(self, attempts: int = 6) -> None:
        super().__init__()
        self._attempts = attempts

    async def send(self, request: Any) -> Any:
        """Give the last answer, whatever it is, or raise the last fault of the line."""
        for option in ("hosts", "location_mode"):
            request.context.options.pop(option, None)
        attempts = request.context.options.pop("attempts", self._attempts)
        options, left = dict(request.context.options), _PATIENCE
        for attempt in range(attempts):
            meter().requests += 1
            wait, last = backoff(attempt), attempt + 1 == attempts
            try:
                answer = await self.next.send(request)
            except (ServiceRequestError, ServiceResponseError) as fault:
                if last or wait > left or not _passing(fault):
                    raise
            else:
                response = answer.http_response
                if response.status_code not in _AGAIN:
                    return answer
                wait = max(wait, retry_after(response.headers) or 0.0)
                if last or wait > left:
                    return answer
                await response.close()
                if response.status_code in ASKED_TO_WAIT:
                    meter().throttled += wait
            await asyncio.sleep(wait)
            left -= wait
            request.context.options.update(options)
        raise AssertionError


def _passing(fault: AzureError) -> bool:
    problem = connection_problem(fault, "")
    return problem is None or problem.code != "untrusted_certificate"


class Accounts:
    """The storage accounts of a tenant, over one set of connections."""

    def __init__(self, access: Access) -> None:
        self._access = access
        self._transport = access.transport()
        self._transport.connection_config.data_block_size = CHUNK
        self._known: dict[str, Account] = {}
        self._options: dict[str, Any] = {
            "transport": self._transport,
            "retry_policy": Patience(),
            "user_agent": USER_AGENT,
        }

    async def aclose(self) -> None:
        """Close the connections."""
        await self._transport.close()

    async def at(self, url: str) -> Account:
        """The account at ``url``, with the tenant's identity unless a key was given."""
        if url not in self._known:
            credential: Any = await self._access.credential()
            client = BlobServiceClient(url, credential=credential, **self._options)
            self._known[url] = Account(client, signed=False)
        return self._known[url]

    def signed(self, variable: str) -> Account:
        """The account of the connection string that an environment variable holds."""
        if variable in self._known:
            return self._known[variable]
        text = self._access.environ.get(variable, "")
        if not text:
            raise Misconfigured("missing_environment", variable)
        try:
            client = BlobServiceClient.from_connection_string(text, **self._options)
        except (ValueError, TypeError):  # whose words would quote it
            raise Misconfigured("bad_setting", f"{variable} is no connection string") from None
        self._known[variable] = Account(client, signed=True)
        return self._known[variable]


class Account:
    """One storage account: GET and HEAD, nothing else."""

    def __init__(self, client: BlobServiceClient, *, signed: bool) -> None:
        """``signed``: by a key or SAS of the settings, not by an identity."""
        self.url, _, self._query = str(client.url).partition("?")
        self.url = self.url.rstrip("/")
        self.name = str(client.account_name or host_of(self.url))
        self._version = client.api_version
        self._pipeline: Any = client._pipeline  # noqa: SLF001 - models are the only public way
        self._signed = signed
        self._option = {"attempts": 3}  # whoever has never answered is soon given up

    async def get(
        self,
        path: str,
        query: Mapping[str, str],
        headers: Mapping[str, str],
        *,
        method: str = "GET",
        root: str = "",
    ) -> Any:
        """An open answer, to be read and closed; raises a :class:`ConnectorError` for any other.

        ``path`` is quoted already, ``query`` is not; ``root`` is another endpoint of the account,
        ``method`` GET or HEAD.
        """
        asked = [f"{name}={quote(value, safe='')}" for name, value in query.items()]
        words = "&".join(([self._query] if self._query else []) + asked)
        url = f"{root or self.url}/{path}" + (f"?{words}" if words else "")
        named = {"x-ms-version": self._version, **headers}
        request = HttpRequest(method, url, headers=named)
        try:
            answer = await self._pipeline.run(request, stream=True, **TIMES, **self._option)
        except AzureError as error:
            raise self.lost(error) from None
        self._option = {}
        response = answer.http_response
        if response.status_code < 300:
            return response
        body = b""
        with suppress(AzureError):
            body = await response.read()
        raise self._refused(response.status_code, response.headers, body)

    def lost(self, error: AzureError) -> ConnectorError:
        """Our error for a fault of the line; Misconfigured where no try was ever answered."""
        problem = connection_problem(error, host_of(self.url))
        return problem or Broken(type(error).__name__)

    def _refused(self, status: int, headers: Mapping[str, str], body: bytes) -> ConnectorError:
        code = headers.get("x-ms-error-code") or ""
        if not code and (found := re.search(rb"<Code>(\w{1,80})</Code>", body)):
            code = found[1].decode()
        if code == "AuthenticationFailed" and self._signed:
            return Misconfigured("wrong_secret", code, host=host_of(self.url))
        return refusal(status, code)

    async def listing(
        self, path: str, query: Mapping[str, str], tag: str, make: Callable[[Element], T | None]
    ) -> tuple[list[T], str]:
        """One page: what ``make`` made of every ``tag``, and the marker of the next page."""
        fault: Exception | None = None
        for attempt in range(4):
            await asyncio.sleep(attempt and 2 ** (attempt - 2))
            response = await self.get(path, query, {})
            try:
                return await _parsed(response, tag, make)
            except (AzureError, ParseError) as error:
                fault = error
            finally:
                await response.close()
        raise Broken(f"listing cut: {type(fault).__name__}")

    async def document(self, path: str, query: Mapping[str, str]) -> Element:
        """A short XML answer as a whole."""
        response = await self.get(path, query, {})
        try:
            parser: Any = XMLPullParser(("start",))
            async for chunk in response.iter_bytes():
                parser.feed(chunk)
            root: Element = next(iter(parser.read_events()))[1]
            parser.close()
        except (AzureError, ParseError, StopIteration) as error:
            raise Broken(f"answer cut: {type(error).__name__}") from None
        finally:
            await response.close()
        return root

    async def head(self, root: str, path: str, query: Mapping[str, str]) -> Mapping[str, str]:
        """The headers of an answer that has nothing else."""
        response = await self.get(path, query, {}, method="HEAD", root=root)
        try:
            await response.read()  # nothing; the connection can be used again
        except AzureError as error:
            raise self.lost(error) from None
        found: Mapping[str, str] = response.headers
        return found

    async def stream(
        self,
        path: str,
        etag: str,
        offset: int,
        length: int | None,
        query: Mapping[str, str] | None = None,
    ) -> AsyncIterator[bytes]:
        """The bytes of one version of a blob; a connection that is cut is taken up where it was.

        ``query`` names an earlier version or a snapshot.
        """
        end = None if length is None else offset + length
        cuts = still = 0
        while end is None or offset < end:
            headers = {"If-Match": f'"{etag}"', "Accept-Encoding": "identity"}
            if offset or end is not None:
                headers["x-ms-range"] = f"bytes={offset}-{'' if end is None else end - 1}"
            try:
                response = await self.get(path, query or {}, headers)
            except BeyondEnd:
                return
            size = response.headers.get("content-length")
            left = int(size) if size and size.isdecimal() else None
            began = offset
            try:
                async for chunk in response.iter_raw():
                    offset += len(chunk)
                    meter().bytes += len(chunk)
                    yield chunk
                if left is None or offset - began >= left:
                    return
            except AzureError:
                pass
            finally:
                await response.close()
            cuts, still = cuts + 1, 0 if offset > began else still + 1
            if cuts > _CUTS or still > 3:
                raise Broken("connection cut")
            await asyncio.sleep(min(8.0, 0.25 * 2**still))


async def _parsed(
    response: Any, tag: str, make: Callable[[Element], T | None]
) -> tuple[list[T], str]:
    parser: Any = XMLPullParser(("end",))
    found: list[T] = []
    marker: str | None = None
    async for chunk in response.iter_bytes():
        for start in range(0, len(chunk), _SLICE):
            parser.feed(chunk[start : start + _SLICE])
            for _, element in parser.read_events():
                if element.tag == tag:
                    made = make(element)
                    if made is not None:
                        found.append(made)
                    element.clear()
                elif element.tag == "NextMarker":
                    marker = element.text or ""
    parser.close()
    if marker is None:  # nothing else says that the answer was whole
        raise ParseError("no NextMarker")
    return found, marker
