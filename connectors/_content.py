"""Content as a stream of bytes: by range, and resumed where the line broke.

The service may ignore a range and answer with everything (200); such an answer is skipped forward.
"""

from __future__ import annotations

import re
from collections.abc import AsyncGenerator, AsyncIterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from connectors._errors import Broken
from connectors._lane import Ask, Lane, line_faults
from connectors._model import CHUNK, meter
from connectors._throttle import Patience

if TYPE_CHECKING:
    import aiohttp

_RANGE = re.compile(r"bytes (\d+)-")


class Pinned:
    """Any part of one content, of the same version in all calls: a ``Reader``."""

    def __init__(self, lane: Lane, ask: Ask) -> None:
        self._lane = lane
        self._ask = ask
        self._held = _Held()

    def __call__(self, offset: int, length: int | None) -> AsyncGenerator[bytes]:
        """The bytes from ``offset``, as :func:`stream` gives them."""
        return stream(self._lane, self._ask, offset, length, self._held)


async def stream(
    lane: Lane, ask: Ask, offset: int, length: int | None, held: _Held | None = None
) -> AsyncGenerator[bytes]:
    """The bytes from ``offset``, ``length`` of them at most; nothing beyond the end.

    Raises Broken(changed_while_read) where the content is not the same after a cut, or as it was
    when ``held`` was first used.
    """
    patience = Patience()
    held = held or _Held()
    end = None if length is None else offset + length
    while end is None or offset < end:
        headers = {**ask.headers, "accept-encoding": "identity", **held.range(offset, end)}
        try:
            async with lane.open(replace(ask, headers=headers), patience) as response:
                if response.status == 416:
                    return
                held.check(response)
                async for piece in _pieces(response, offset, end):
                    offset += len(piece)
                    meter().bytes += len(piece)
                    yield piece
                return
        except line_faults() as error:
            await patience.fault(Broken(type(error).__name__))


@dataclass(slots=True)
class _Held:
    """What the answers so far said of the content: which version, and whether it was packed."""

    tag: str = ""
    packed: bool = False
    """Compressed although not asked for: a range would count in packed bytes."""

    def range(self, offset: int, end: int | None) -> dict[str, str]:
        if self.packed or (offset == 0 and end is None):
            return {}
        headers = {"range": f"bytes={offset}-{'' if end is None else end - 1}"}
        if self.tag and not self.tag.startswith("W/"):
            headers["if-range"] = self.tag
        return headers

    def check(self, response: aiohttp.ClientResponse) -> None:
        tag = response.headers.get("etag", "")
        if self.tag and tag and tag != self.tag:
            raise Broken("changed between two reads", reason="changed_while_read")
        self.tag = tag or self.tag
        self.packed = response.headers.get("content-encoding", "identity") != "identity"


async def _pieces(
    response: aiohttp.ClientResponse, offset: int, end: int | None
) -> AsyncIterator[bytes]:
    """What an answer holds of the bytes from ``offset`` to ``end``, wherever it begins."""
    at = 0
    if response.status == 206:
        begins = _RANGE.match(response.headers.get("content-range", ""))
        at = int(begins[1]) if begins else offset
        if at > offset:
            raise Broken("the answer begins behind the range")
    async for chunk in response.content.iter_chunked(CHUNK):
        piece = chunk[max(0, offset - at) : None if end is None else max(0, end - at)]
        at += len(chunk)
        if piece:
            yield piece
        if end is not None and at >= end:
            return
