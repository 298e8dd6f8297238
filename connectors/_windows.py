"""Listings of messages by the time they changed: everything first, then a window from there on.

Source: Graph v1.0 ``channel: getAllMessages`` and ``chats: getAllMessages``: ``$top``, and a
``$filter`` by a range of ``lastModifiedDateTime``; neither has a delta.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote

import orjson

from connectors._errors import Broken, ConnectorError, Denied, Gone, Withheld
from connectors._graph import Graph, Step
from connectors._lane import Ask
from connectors._permissions import when

PAGE = 50
"""Messages a page: the most that the reference allows where it names a number."""
_OVERLAP = timedelta(minutes=5)
"""What the service may still be taking in when a listing begins is asked for again."""
_DAY = timedelta(days=1)
_CHANGED = "lastModifiedDateTime"


@dataclass(frozen=True, slots=True)
class _Mark:
    """Where a listing stands; times as the service writes them."""

    since: str = ""
    """Begin of the window; "" lists everything."""
    began: str = ""
    """When the listing began, by our clock."""
    seen: str = ""
    """The latest change met so far."""
    link: str = ""
    """The page to go on with."""

    @classmethod
    def of(cls, cursor: str) -> _Mark:
        try:
            return cls(**orjson.loads(cursor)) if cursor else cls()
        except (orjson.JSONDecodeError, TypeError):
            return cls()

    def text(self) -> str:
        return orjson.dumps({k: v for k, v in asdict(self).items() if v}).decode()

    def ended(self) -> _Mark:
        """The mark that the next run begins with.

        Nothing that was in the listing is listed again unless it was so new that others of its time
        may have come late. Our clock alone never moves the window beyond what was seen.
        """
        began = when(self.began) or datetime.now(UTC)
        seen = when(self.seen)
        if seen is None:
            return _Mark(self.since or _written(began - _DAY))
        return _Mark(self.seen if seen < began - _OVERLAP else _written(began - _OVERLAP))


async def changes(graph: Graph, first: Ask, cursor: str = "") -> AsyncIterator[Step]:
    """Pages of messages changed since ``cursor``; ``first.what`` is the path without a query.

    A page link that is void by now begins its listing anew.
    """
    mark = _Mark.of(cursor)
    begun = restart = False
    if mark.link:
        try:
            async for step in _pages(graph, replace(first, what=mark.link), mark):
                begun = True
                yield step
            return
        except (Gone, Broken) as error:
            if begun or error.reason == "throttled":
                raise
            restart = not mark.since
    mark = _Mark(mark.since, _written(datetime.now(UTC)))
    async for step in _pages(graph, replace(first, what=_query(str(first.what), mark)), mark):
        yield replace(step, restart=restart)
        restart = False


async def _pages(graph: Graph, ask: Ask, mark: _Mark) -> AsyncIterator[Step]:
    async for page in graph.pages(ask):
        values = page["value"]
        link = page.get("@odata.nextLink") or ""
        mark = replace(mark, seen=_latest([mark.seen, *_times(values)]), link=link)
        yield Step(values, (mark if link else mark.ended()).text(), done=not link)


def _query(path: str, mark: _Mark) -> str:
    query = f"{path}?$top={PAGE}"
    if not mark.since:
        return query
    until = _written((when(mark.began) or datetime.now(UTC)) + _DAY)
    window = f"{_CHANGED} gt {mark.since} and {_CHANGED} lt {until}"
    return f"{query}&$filter={quote(window, safe=':')}"


def _times(values: Sequence[dict[str, Any]]) -> list[str]:
    return [str(v.get(_CHANGED) or "") for v in values]


def _latest(times: Sequence[str]) -> str:
    known = [(moment, text) for text in times if (moment := when(text)) is not None]
    return max(known)[1] if known else ""


def _written(moment: datetime) -> str:
    text = moment.astimezone(UTC).isoformat(timespec="milliseconds")
    return text.replace("+00:00", "Z")


def not_offered(error: ConnectorError) -> bool:
    """Whether a cloud or a licence has no such call, so that another has to do."""
    if isinstance(error, Denied):
        return error.detail.startswith("HTTP 402")
    if isinstance(error, Withheld):
        return True
    return isinstance(error, Broken) and error.detail.startswith("HTTP 400")
