"""Raw requests to files, queues and tables of storage accounts, as ``_storage`` makes for blobs.

One pipeline serves them all: tokens are for storage as a whole, and files and queues are signed
like blobs. Tables are signed in a way of their own, SharedKeyLite, that the SDK for blobs has not.
Imported on use only. Source: "Authorize with Shared Key", "Status and error codes".
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
import re
from collections.abc import AsyncIterator, Callable, Mapping
from email.utils import formatdate
from typing import Any, TypeVar
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element, ParseError

from azure.core.exceptions import AzureError
from azure.core.pipeline import AsyncPipeline
from azure.core.pipeline.policies import SansIOHTTPPolicy, UserAgentPolicy
from azure.storage.blob.aio import BlobServiceClient
from yarl import URL

from connectors._errors import Broken, ConnectorError, Misconfigured
from connectors._identity import USER_AGENT, Access, host_of
from connectors._model import meter
from connectors._services import Service
from connectors._storage import Account, Accounts, Patience
from connectors._storage_errors import refusal

T = TypeVar("T")

_CODE = re.compile(rb"<Code>(\w{1,80})</Code>|\"code\"\s*:\s*\"(\w{1,80})\"")


class TooLong(Exception):
    """An answer that is longer than may be held."""


class ServiceAccounts(Accounts):
    """The accounts of a tenant, as seen by one service, over one set of connections."""

    def __init__(self, access: Access, service: Service) -> None:
        super().__init__(access)
        self._service = service
        self._own: dict[str, ServiceAccount] = {}

    async def at(self, url: str) -> ServiceAccount:
        """The service at ``url``, with the tenant's identity."""
        if url not in self._own:
            credential: Any = await self._access.credential()
            client = BlobServiceClient(url, credential=credential, **self._options)
            self._own[url] = ServiceAccount(client, self._service, signed=False)
        return self._own[url]

    def signed(self, variable: str) -> ServiceAccount:
        """The service at the account of the connection string in an environment variable."""
        if variable not in self._own:
            text = self._access.environ.get(variable, "")
            if not text:
                raise Misconfigured("missing_environment", variable)
            try:
                client = self._client(text)
            except (ValueError, TypeError):  # whose words would quote it
                detail = f"{variable} is no connection string for {self._service.name}s"
                raise Misconfigured("bad_setting", detail) from None
            self._own[variable] = ServiceAccount(client, self._service, signed=True)
        return self._own[variable]

    def _client(self, text: str) -> BlobServiceClient:
        url, name, key = endpoint_of(text, self._service.name)
        if not key:
            return BlobServiceClient(url, **self._options)
        if self._service.name != "table":
            credential: Any = {"account_name": name, "account_key": key}
            return BlobServiceClient(url, credential=credential, **self._options)
        agent: Any = UserAgentPolicy(user_agent=USER_AGENT)
        pipeline: Any = AsyncPipeline(self._transport, [agent, Patience(), TableKey(name, key)])
        return BlobServiceClient(url, _pipeline=pipeline)


def endpoint_of(text: str, service: str) -> tuple[str, str, str]:
    """URL, account and key ("" with a signature, in the URL) that a connection string gives.

    Raises ValueError for one that does not say where the service is.
    """
    pieces = (part.split("=", 1) for part in text.strip().strip(";").split(";"))
    pairs = {name.strip().lower(): value.strip() for name, value in pieces}
    url, name = pairs.get(f"{service}endpoint", ""), pairs.get("accountname", "")
    if not url:
        if not name or any(key.endswith("endpoint") for key in pairs):
            raise ValueError(service)
        suffix = pairs.get("endpointsuffix", "core.windows.net")
        url = f"{pairs.get('defaultendpointsprotocol', 'https')}://{name}.{service}.{suffix}"
    if signature := pairs.get("sharedaccesssignature", "").lstrip("?"):
        return f"{url.rstrip('/')}/?{signature}", name, ""
    key = pairs.get("accountkey", "")
    if not name or not base64.b64decode(key, validate=True):
        raise ValueError(service)
    return url, name, key


class TableKey(SansIOHTTPPolicy[Any, Any]):
    """Signs with SharedKeyLite: the date, and account and path (with ``comp``, if there is one)."""

    def __init__(self, name: str, key: str) -> None:
        super().__init__()
        self._name = name
        self._key = base64.b64decode(key)

    def on_request(self, request: Any) -> None:
        """Put date and signature into the headers; anew at every try."""
        url = URL(request.http_request.url)  # as aiohttp sends it, which quotes less than we do
        resource = f"/{self._name}{url.raw_path}"
        if comp := url.query.get("comp"):
            resource += f"?comp={comp}"
        date = formatdate(usegmt=True)
        digest = hmac.digest(self._key, f"{date}\n{resource}".encode(), hashlib.sha256)
        signature = base64.b64encode(digest).decode()
        request.http_request.headers["x-ms-date"] = date
        request.http_request.headers["Authorization"] = f"SharedKeyLite {self._name}:{signature}"


class ServiceAccount(Account):
    """One service of one storage account: GET, nothing else."""

    def __init__(self, client: BlobServiceClient, service: Service, *, signed: bool) -> None:
        super().__init__(client, signed=signed)
        parts = urlsplit(self.url)
        self.name = parts.path.strip("/").rpartition("/")[2] or parts.netloc.partition(".")[0]
        self._version = service.version
        self._service = service
        self._always = {**service.always, **({} if signed else service.signed_in)}

    async def get(
        self,
        path: str,
        query: Mapping[str, str],
        headers: Mapping[str, str],
        *,
        method: str = "GET",
        root: str = "",
    ) -> Any:
        """As with blobs; where the service knows no ``If-Match``, the answer's ETag is compared."""
        named = {**self._always, **headers}
        listed = named.pop("If-Match", "").strip('"') if not self._service.conditional else ""
        response = await super().get(path, query, named, method=method, root=root)
        now = (response.headers.get("etag") or "").strip('"')
        if listed and now and now != listed:
            await response.close()
            raise Broken("another ETag", reason="changed_while_read")
        return response

    async def names(
        self, query: Mapping[str, str], tag: str, make: Callable[[Element], T]
    ) -> AsyncIterator[T]:
        """What ``make`` made of every ``tag`` of the account's own listing, page after page.

        A service that does not know what is to be included is asked without it.
        """
        marker, seen, wanted = "", set[str](), dict(query)
        while True:
            asked = {**wanted, **({"marker": marker} if marker else {})}
            try:
                rows, marker = await self.listing("", asked, tag, make)
            except Broken as error:
                if marker or "include" not in wanted or not error.detail.startswith("HTTP 400"):
                    raise
                del wanted["include"]
                continue
            for row in rows:
                yield row
            if not marker:
                return
            if marker in seen:
                raise Broken("the listing comes back to where it was")
            seen.add(marker)

    async def answer(
        self,
        path: str,
        query: Mapping[str, str],
        headers: Mapping[str, str],
        parse: Callable[[bytes], T],
        most: int,
    ) -> tuple[T, Mapping[str, str]]:
        """A whole answer and its headers; one that is cut or no sense is asked for again.

        Raises :class:`TooLong` beyond ``most`` bytes.
        """
        fault: Exception | None = None
        for attempt in range(4):
            await asyncio.sleep(attempt and 2 ** (attempt - 2))
            response = await self.get(path, query, headers)
            data = bytearray()
            try:
                async for chunk in response.iter_bytes():
                    data += chunk
                    if len(data) > most:
                        raise TooLong
                parsed = parse(bytes(data))
            except (AzureError, ParseError, ValueError) as error:
                fault = error
            else:
                meter().bytes += len(data)
                return parsed, response.headers
            finally:
                await response.close()
        raise Broken(f"answer cut: {type(fault).__name__}")

    def _refused(self, status: int, headers: Mapping[str, str], body: bytes) -> ConnectorError:
        code = headers.get("x-ms-error-code") or ""
        if not code and (found := _CODE.search(body)):
            code = (found[1] or found[2]).decode()
        if code == "AuthenticationFailed" and self._signed:
            return Misconfigured("wrong_secret", code, host=host_of(self.url))
        return refusal(status, code, self._service.role)
