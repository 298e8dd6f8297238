"""The one Graph client: JSON, pages, streams and batches over the raw lane (``_lane``).

Request builders of the SDK make the URLs; the answers are parsed by orjson. No SDK model is built:
its deserialiser costs about 5 ms an object and rewrites strings. The pager is our own: empty pages
go on, repeated and foreign nextLinks end it.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import TYPE_CHECKING, Any

import orjson

from connectors._errors import Broken, ConnectorError, Gone
from connectors._identity import Access
from connectors._lane import THROTTLED, Ask, Lane, line_faults
from connectors._model import CHUNK, meter
from connectors._problems import Resync, problem
from connectors._throttle import Patience

if TYPE_CHECKING:
    from msgraph import GraphServiceClient

BATCH = 20
"""Requests in one ``$batch``, Graph's own limit."""
MAX_PAGES = 1_000_000


class Graph:
    """Graph v1.0 of one tenant. ``Graph.of(access)`` shares one among its connectors."""

    def __init__(self, access: Access) -> None:
        self._base = access.cloud.graph.rstrip("/")
        self._lane = Lane(access)

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
        return await self._lane.sdk()

    def check_link(self, link: str) -> None:
        """Refuse a link to another host: it would carry our token there."""
        self._lane.check_link(link)

    async def aclose(self) -> None:
        """Close the connections."""
        await self._lane.aclose()

    async def fetch(self, ask: Ask) -> bytes:
        """The whole answer. For JSON and small bodies."""
        patience = Patience()
        while True:
            try:
                async with self._lane.open(ask, patience) as response:
                    data: bytes = await response.read()
            except line_faults() as error:
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
                async with self._lane.open(request, patience) as response:
                    if response.status == 416:
                        return
                    if "range" in headers and response.status == 200 and etag:
                        raise Broken("changed between two reads", reason="changed_while_read")
                    etag = _strong(response.headers.get("etag", "")) or etag
                    skip = offset if response.status == 200 else 0
                    async for chunk in response.content.iter_chunked(CHUNK):
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
            except line_faults() as error:
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
                if status in THROTTLED:
                    patience.throttled(self._lane.gates.of(scope), headers)
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


def _strong(etag: str) -> str:
    return "" if etag.startswith("W/") else etag
