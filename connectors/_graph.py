"""The one Graph client: JSON, pages, delta rounds, content and batches over the lane (``_lane``).

Request builders of the SDK make the URLs; the answers are parsed by orjson. No SDK model is built:
its deserialiser costs about 5 ms an object and rewrites strings. The pager is our own: empty pages
go on, repeated and foreign nextLinks end it.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import orjson

from connectors import _odata
from connectors._content import Pinned, stream
from connectors._errors import Broken, ConnectorError, Misconfigured
from connectors._identity import Access
from connectors._lane import FAULTS, THROTTLED, Ask, Lane, line_faults, lower
from connectors._model import meter
from connectors._problems import Resync, problem
from connectors._throttle import Gates, Patience
from connectors._units import units

if TYPE_CHECKING:
    from msgraph import GraphServiceClient

BATCH = 20
"""Requests in one ``$batch``, Graph's own limit."""
_AGAIN = THROTTLED | FAULTS | {401}
"""States of a part of a batch that may pass."""


@dataclass(frozen=True, slots=True)
class Step:
    """A page of a delta round."""

    values: Sequence[dict[str, Any]]
    cursor: str
    """The link after this page, as the service wrote it."""
    done: bool
    restart: bool = False
    """The first page of a round begun anew, because its token was void."""


class Graph:
    """Graph v1.0 of one tenant. ``Graph.of(access)`` shares one among its connectors."""

    def __init__(self, access: Access, lane: Lane | None = None) -> None:
        self._base = access.cloud.graph.rstrip("/")
        self._lane = lane or Lane(access, gates=Gates.of_tenant(access.shared))
        self.gates = self._lane.gates

    @classmethod
    def of(cls, access: Access) -> Graph:
        """The client of this tenant, made when first asked."""
        found = access.shared.get("graph")
        if found is None:
            found = access.shared["graph"] = cls(access)
        assert isinstance(found, cls)  # noqa: S101 — the name is ours alone
        return found

    @classmethod
    def at(cls, access: Access, host: str) -> Graph:
        """The same for the REST interface of a host of SharePoint (``https://x.sharepoint.com``).

        It has tokens of its own; what the service allows is shared with Graph.
        """
        key = f"sharepoint {host}"
        found = access.shared.get(key)
        if found is None:
            lane = Lane(access, host, cls.of(access).gates)
            found = access.shared[key] = cls(access, lane)
        assert isinstance(found, cls)  # noqa: S101 — the name is ours alone
        return found

    async def sdk(self) -> GraphServiceClient:
        """The SDK's client, for its request builders."""
        return await self._lane.sdk()

    async def aclose(self) -> None:
        """Close the connections."""
        await self._lane.aclose()

    def beta(self, path: str) -> str:
        """The URL of ``path`` in beta, which may change any day: only where the settings allow."""
        return f"{self._base.removesuffix('/v1.0')}/beta{path}"

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
        return await _odata.whole(lambda: self.fetch(ask))

    async def pages(self, ask: Ask) -> AsyncIterator[dict[str, Any]]:
        """Every page of a collection, following nextLink; ends with the page that has none."""

        async def page(link: str) -> dict[str, Any]:
            return await self.json(replace(ask, what=link) if link else ask)

        async for found in _odata.collection(page, self._lane.check_link):
            yield found

    async def values(self, ask: Ask) -> AsyncIterator[dict[str, Any]]:
        """Every element of a collection."""
        async for page in self.pages(ask):
            for value in page["value"]:
                yield value

    async def delta(self, first: Ask, cursor: str = "") -> AsyncIterator[Step]:
        """A delta round from ``cursor``, or from ``first``; once anew where the token is void."""
        location = ""
        try:
            if cursor and not self._lane.ours(cursor):  # kept from another endpoint
                raise Resync("another endpoint")
            async for step in self._round(replace(first, what=cursor) if cursor else first):
                yield step
            return
        except Resync as void:
            location = void.location
        anew = replace(first, what=location) if self._lane.ours(location) else first
        restart = True
        try:
            async for step in self._round(anew):
                yield replace(step, restart=restart)
                restart = False
        except Resync as void:
            raise Broken("the delta token was refused twice") from void

    async def _round(self, ask: Ask) -> AsyncIterator[Step]:
        async for page in self.pages(ask):
            following = page.get("@odata.nextLink")
            cursor = following or page.get("@odata.deltaLink") or ""
            if cursor:
                self._lane.check_link(cursor)
            yield Step(page["value"], cursor, done=not following)

    def stream(self, ask: Ask, offset: int, length: int | None) -> AsyncGenerator[bytes]:
        """The bytes of a content request, resumed after a cut where they broke off."""
        return stream(self._lane, ask, offset, length)

    def reader(self, ask: Ask) -> Pinned:
        """Any part of the content of a request, of one version."""
        return Pinned(self._lane, ask)

    async def batch(
        self,
        paths: Sequence[str],
        scope: str,
        permission: str = "",
        headers: Mapping[str, str] | None = None,
        most: int = BATCH,
    ) -> list[dict[str, Any] | ConnectorError]:
        """Answers of many small GETs (``/drives/…``), in order; throttled ones are asked again.

        ``headers`` go with each of them; ``most`` are asked at a time (Outlook works at four).
        """
        answers: dict[int, dict[str, Any] | ConnectorError] = {}
        waiting = list(range(len(paths)))
        patience = Patience()
        while waiting:
            now, waiting = waiting[:most], waiting[most:]
            try:
                asked = {i: paths[i] for i in now}
                parts = await self._post_batch(asked, scope, permission, headers or {})
            except Misconfigured:
                raise
            except ConnectorError as error:
                answers |= dict.fromkeys(now, error)
                continue
            again = [i for i in now if _status(parts.get(i)) in _AGAIN]
            for index in set(now) - set(again):
                answers[index] = _answer(parts.get(index), permission)
            try:
                await self._wait(patience, scope, [parts[i] for i in again])
                waiting = again + waiting
            except ConnectorError as error:
                throttled = error.reason == "throttled"
                answers |= {
                    i: error if throttled else problem(_status(parts[i]), None, permission)
                    for i in again
                }
        return [answers[i] for i in range(len(paths))]

    async def _wait(
        self, patience: Patience, scope: str, parts: Sequence[Mapping[str, Any]]
    ) -> None:
        """Before parts of a batch are asked again; raises when they were asked often enough."""
        throttled = [lower(p.get("headers") or {}) for p in parts if _status(p) in THROTTLED]
        if throttled:
            patience.throttled(self._lane.gates.of(scope), *throttled)
        elif parts:
            await patience.fault(Broken(f"HTTP {_status(parts[0])}"))

    async def _post_batch(
        self, paths: Mapping[int, str], scope: str, permission: str, headers: Mapping[str, str]
    ) -> dict[int, dict[str, Any]]:
        """The parts of the answer by the number of their request."""
        from kiota_abstractions.method import Method
        from kiota_abstractions.request_information import RequestInformation

        more = {"headers": dict(headers)} if headers else {}
        requests = [
            {"id": str(i), "method": "GET", "url": path, **more} for i, path in paths.items()
        ]
        info = RequestInformation(Method.POST, "{+baseurl}/$batch", {"baseurl": self._base})
        info.headers.add("Accept", "application/json")
        info.set_stream_content(orjson.dumps({"requests": requests}), "application/json")
        meter().units += sum(map(units, paths.values()))
        ask = Ask(info, scope, permission=permission)
        parts = (await self.json(ask)).get("responses") or ()
        by_id = {str(part.get("id")): part for part in parts if isinstance(part, dict)}
        return {i: by_id[str(i)] for i in paths if str(i) in by_id}


def _status(part: Mapping[str, Any] | None) -> int:
    status = part.get("status") if part else None
    return status if isinstance(status, int) else 0


def _answer(part: Mapping[str, Any] | None, permission: str) -> dict[str, Any] | ConnectorError:
    if part is None:
        return Broken("no answer in the batch")
    payload = part.get("body")
    if 200 <= _status(part) < 300 and isinstance(payload, dict):
        return payload
    return problem(_status(part), payload, permission)
