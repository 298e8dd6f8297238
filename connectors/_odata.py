"""Collections and objects of an OData service, whoever sends the requests."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import orjson

from connectors._errors import Broken

MAX_PAGES = 1_000_000


async def whole(fetch: Callable[[], Awaitable[bytes]]) -> dict[str, Any]:
    """An answer as a JSON object; one that is none counts as a fault and is asked for again."""
    for _ in range(2):
        try:
            value = orjson.loads(await fetch())
        except orjson.JSONDecodeError:
            continue
        if isinstance(value, dict):
            return value
    raise Broken("the answer is not JSON")


async def collection(
    page: Callable[[str], Awaitable[dict[str, Any]]], check: Callable[[str], None]
) -> AsyncIterator[dict[str, Any]]:
    """Every page of a collection; ends with the one that has no nextLink.

    ``page`` gives the page behind a link, the first one for ""; ``check`` raises for a link that
    must not be followed. Empty pages go on, repeated links end it.
    """
    link, seen = "", set[int]()
    while True:
        found = await page(link)
        if not isinstance(found.get("value"), list):
            raise Broken("the answer is no collection")
        link = str(found.get("@odata.nextLink") or "")
        if link:
            check(link)
        yield found
        if not link:
            return
        if hash(link) in seen or len(seen) > MAX_PAGES:
            raise Broken("the service repeats a nextLink")
        seen.add(hash(link))
