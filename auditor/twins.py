"""Files with equal content are read once, wherever in the tenant they lie.

A result stands for a twin when the service gives both the same digest, and when their names say the
same of what is in them: names are evidence too. A name that may hold a number itself has no twin.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from pathlib import PurePosixPath

from auditor.detect import meaning_of_names, speaks_of_numbers
from auditor.model import Outcome, Scan, State
from connectors import Item

__all__ = ["Twins", "likeness"]

_NUMBER = 9
"""Digits a name has at least when it can hold a number."""
_REMEMBERED = 50_000
"""Results of this run that are held; beyond, the workspace knows them."""

Work = Callable[[Sequence[Item]], Awaitable[list[Outcome]]]
Recall = Callable[[Sequence[bytes]], dict[bytes, Scan]]


def likeness(item: Item) -> tuple[str, ...] | None:
    """What must be equal for two items to give the same; None for an item without twins."""
    if not item.digest or sum(map(str.isnumeric, item.name)) >= _NUMBER:
        return None
    names = (item.partition.name, *item.path.split("/"), item.name)
    promises = any(map(speaks_of_numbers, names))
    suffix = PurePosixPath(item.name).suffix.lower()
    return item.digest, suffix, item.media_type, meaning_of_names(names), str(promises)


class Twins:
    """Lets one of each set of equal files be read, in one run."""

    def __init__(self, key_of: Callable[[Item], bytes | None], recall: Recall) -> None:
        """``key_of`` names what an item is like; ``recall`` gives results of earlier pages."""
        self._key_of = key_of
        self._recall = recall
        self._read: dict[bytes, Scan] = {}
        self._reading: dict[bytes, asyncio.Event] = {}
        self.recalled = 0
        """Results with findings that came from an earlier run: who they are of is not known."""

    async def work(self, items: Sequence[Item], work: Work) -> list[Outcome]:
        """An outcome each, in their order; ``work`` reads those that have no twin yet."""
        keys = {item.id: key for item in items if (key := self._key_of(item)) is not None}
        if not keys:
            return await work(items)
        found: dict[str, Outcome] = {}
        self._take(items, keys, found)
        mine, others = self._shared_out([i for i in items if i.id not in found], keys)
        try:
            for outcome in await work(mine):
                found[outcome.item.id] = outcome
                self._keep(keys.get(outcome.item.id), outcome.scan)
        finally:
            for item in mine:
                if event := self._reading.pop(keys.get(item.id, b""), None):
                    event.set()
        for item, event in others:
            await event.wait()
            scan = self._read.get(keys[item.id])
            found[item.id] = _same(item, scan) if scan else (await work([item]))[0]
        return [found[item.id] for item in items]

    def _take(
        self, items: Sequence[Item], keys: dict[str, bytes], found: dict[str, Outcome]
    ) -> None:
        """What is known already."""
        absent = [key for key in set(keys.values()) if key not in self._read]
        recalled = self._recall(absent)
        for item in items:
            key = keys.get(item.id)
            if key is None:
                continue
            if key in self._read:
                found[item.id] = _same(item, self._read[key])
            elif key in recalled:
                self.recalled += bool(recalled[key].findings)
                found[item.id] = _same(item, recalled[key])

    def _shared_out(
        self, items: Sequence[Item], keys: dict[str, bytes]
    ) -> tuple[list[Item], list[tuple[Item, asyncio.Event]]]:
        """Items to be read here, and items whose twin is being read."""
        mine: list[Item] = []
        others: list[tuple[Item, asyncio.Event]] = []
        for item in items:
            key = keys.get(item.id)
            if key is not None and (event := self._reading.get(key)):
                others.append((item, event))
                continue
            if key is not None:
                self._reading[key] = asyncio.Event()
            mine.append(item)
        return mine, others

    def _keep(self, key: bytes | None, scan: Scan | None) -> None:
        if key is not None and scan is not None and scan.state is State.COMPLETE:
            if len(self._read) >= _REMEMBERED:
                del self._read[next(iter(self._read))]
            self._read[key] = scan


def _same(item: Item, scan: Scan) -> Outcome:
    return Outcome(
        item,
        scan.state,
        Scan(
            scan.state,
            scan.findings,
            content_type=scan.content_type,
            persons=scan.persons,
            distinct=scan.distinct,
        ),
    )
