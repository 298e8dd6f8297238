"""Where a page is worked: this machine.

Bodies come in here, go to a worker process, come back as results; so many at a time, and so many
bytes in all.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Protocol

from auditor import rowwise
from auditor.loads import ANY, SHAPES
from auditor.model import Content, Gap, Limits, Outcome, Reason, Scan, State
from auditor.ranged import HEAD, Ranged
from auditor.worker import Workers
from connectors import Body, Connector, ConnectorError, Item, Withheld
from connectors._model import BESIDE

IN_FLIGHT = 192 << 20
"""Bytes of bodies held at a time, beyond the one that is let in alone."""
_NUMBER = 9
"""Digits that a name has at least when it can hold a number."""
_GUESS = 1 << 20
"""Bytes set aside for a body whose size the service does not tell."""


class Executor(Protocol):
    """What the engine asks of the place where pages are worked."""

    def places(self, source: str) -> int:
        """How many mailboxes, drives or containers of a source are read at a time."""
        ...

    async def work(self, connector: Connector, items: Sequence[Item]) -> list[Outcome]:
        """Read and scan ``items``; one outcome each, in their order."""
        ...

    async def aclose(self) -> None:
        """Give back processes."""
        ...


class Local:
    """The processes of this machine."""

    def __init__(self, workers: Workers, limits: Limits) -> None:
        self._workers = workers
        self._limits = limits
        self._held = min(limits.bytes, limits.held_bytes)
        self._reads: dict[str, asyncio.Semaphore] = {}
        self._budget = Budget(IN_FLIGHT)

    async def aclose(self) -> None:
        """Stop the worker processes."""
        await self._workers.aclose()

    def places(self, source: str) -> int:
        """As many as it takes to be slowed down by the service alone."""
        return SHAPES.get(source, ANY).places

    async def work(self, connector: Connector, items: Sequence[Item]) -> list[Outcome]:
        """All items of a page at once, as far as there is room for them and for their bytes."""
        rows = await self._rows([item for item in items if item.row])
        return await asyncio.gather(
            *(self._one(connector, item, rows.get(item.id)) for item in items)
        )

    async def _one(self, connector: Connector, item: Item, row: Scan | None) -> Outcome:
        async with self._reading(item), self._budget.hold(self._expected(item)):
            contents, gaps = await self._fetch(connector, item)
            try:
                scan = await self._workers.scan(contents) if contents else None
            finally:
                for content in contents:
                    if isinstance(content.source, Ranged):
                        content.source.close()
        if row is not None:
            scan = rowwise.beside(row, scan)
        whole = with_gaps(scan, gaps)
        if scan is None and gaps and sum(map(str.isnumeric, item.name)) >= _NUMBER:
            whole = await self._named(item, whole)
        return Outcome(item, whole.state, whole)

    async def _named(self, item: Item, unread: Scan) -> Scan:
        """What the name alone says of an item whose content could not be had."""
        around = (item.partition.name, *filter(None, item.path.split("/")))
        found = await self._workers.scan([Content(item.name, b"", around=around)])
        return replace(
            unread, findings=found.findings, persons=found.persons, distinct=found.distinct
        )

    async def _rows(self, items: Sequence[Item]) -> dict[str, Scan]:
        """What the rows of a page gave as one table, by item."""
        found: dict[str, Scan] = {}
        for some in rowwise.slices([item.row for item in items]):
            chosen = [items[at] for at in some]
            found |= zip((i.id for i in chosen), await self._table(chosen), strict=True)
        return found

    async def _table(self, items: Sequence[Item]) -> list[Scan]:
        """A table of rows; one that a worker does not get through is tried in halves."""
        rows = [item.row for item in items]
        first = items[0]
        around = [first.path] if first.path else []
        beside = first.facts.get(BESIDE, ())
        content = rowwise.content_of(rows, first.partition.name, around, beside)
        async with self._reading(first), self._budget.hold(len(content.data)):
            scan = await self._workers.scan([content])
        if scan.gaps and len(items) > 1:
            half = len(items) // 2
            return [*await self._table(items[:half]), *await self._table(items[half:])]
        return rowwise.scans_of(scan, rows)

    def _reading(self, item: Item) -> asyncio.Semaphore:
        source = item.partition.source
        if source not in self._reads:
            self._reads[source] = asyncio.Semaphore(SHAPES.get(source, ANY).reads)
        return self._reads[source]

    def _expected(self, item: Item) -> int:
        return min(item.size if item.size is not None else _GUESS, self._held)

    async def _fetch(self, connector: Connector, item: Item) -> tuple[list[Content], list[Gap]]:
        """The contents of an item; what could not be had is a gap beside the rest."""
        contents: list[Content] = []
        gaps: list[Gap] = []
        body: Body | None = None
        try:
            async for body in connector.read(item):
                try:
                    contents.append(await self._content(item, body))
                except ConnectorError as error:
                    if error.reason == Reason.THROTTLED:
                        raise
                    gaps.append(gap_of(error, body.part))  # the other parts are read all the same
        except ConnectorError as error:
            gaps.append(gap_of(error, body.part if body else ""))
        return contents, gaps

    async def _content(self, item: Item, body: Body) -> Content:
        long = body.reader is not None and (body.size or 0) > self._held
        data, more = await body.head(min(HEAD, self._held) if long else self._held)
        size = min(body.size or 0, self._limits.bytes)
        mail = body.media_type == "message/rfc822" and not body.part
        name = "" if mail else body.name or item.name
        around = [item.partition.name, *item.path.split("/"), item.name]
        return Content(
            name,
            data,
            body.media_type,
            path=(body.part,) if body.part else (),
            around=tuple(a for a in around if a and a != name),
            truncated=more,
            total=body.size if more else None,
            source=Ranged(body, size) if long and more and size > len(data) else None,
        )


def gap_of(error: ConnectorError, part: str = "") -> Gap:
    """What a connector could not read, in the words of the coverage table."""
    try:
        reason = Reason(error.reason)
    except ValueError:
        reason = Reason.SERVICE_ERROR
    if isinstance(error, Withheld):
        return Gap(reason, part, f"withheld {error.detail}".strip(), permission=error.permission)
    return Gap(reason, part, error.detail, permission=error.permission)


def with_gaps(scan: Scan | None, gaps: Sequence[Gap]) -> Scan:
    """Add what never reached a worker; an item that gave nothing at all is skipped or failed."""
    if scan is None:
        if not gaps:
            return Scan(State.COMPLETE)
        skipped = all(g.detail.startswith("withheld") for g in gaps)
        return Scan(State.SKIPPED if skipped else State.FAILED, gaps=tuple(gaps))
    if not gaps:
        return scan
    state = State.PARTIAL if scan.state is State.COMPLETE else scan.state
    return replace(scan, state=state, gaps=(*scan.gaps, *gaps))


class Budget:
    """So many bytes at a time; a body larger than that is let in when it is alone."""

    def __init__(self, total: int) -> None:
        self._left = total
        self._total = total
        self._changed = asyncio.Condition()

    @asynccontextmanager
    async def hold(self, count: int) -> AsyncIterator[None]:
        """Hold ``count`` bytes as soon as there is room."""
        async with self._changed:
            await self._changed.wait_for(
                lambda: self._left >= count or self._left == self._total,
            )
            self._left -= count
        try:
            yield
        finally:
            async with self._changed:
                self._left += count
                self._changed.notify_all()
