"""A company with shares, tables and queues, and the sources that read them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from types import ModuleType
from typing import Any

import pytest

from connectors import Item, Partition
from connectors._sample_tenant import _handle
from connectors._sample_tenant._model_storage import (
    Entity,
    Queue,
    QueueMessage,
    Share,
    ShareFile,
    Storage,
    Table,
)
from tests.unit.connectors import storage_world
from tests.unit.connectors.storage_world import access_to, etag

MADE = datetime(2026, 1, 5, 6, 7, 8, tzinfo=UTC)
SNAPSHOT = "2026-02-01T00:00:00.0000000Z"
LARGE = bytes(range(256)) * 4096


def file(path: str, data: bytes = b"x") -> ShareFile:
    return ShareFile(path, len(data), etag(path), MADE, MADE, partial(bytes, data))


def row(key: str, **said: tuple[str, Any]) -> Entity:
    return Entity("p", key, MADE, said or {"Text": ("Edm.String", key)})


def message(number: int, text: str = "some words") -> QueueMessage:
    return QueueMessage(f"message-{number}", text, MADE, number)


def storage() -> Storage:
    files = [file("top.txt", b"top"), file("a/b/c/deep.txt", b"deep"), file("a/dot.", b"dot")]
    files += [file(f"many/f{number}") for number in range(7)] + [file("large", LARGE)]
    return Storage(
        shares=(
            Share("alpha", tuple(files), ("empty",)),
            Share("alpha", (file("top.txt", b"old"),), snapshot=SNAPSHOT),
            Share("beta", (file("one.txt"),)),
            Share("lost", deleted=datetime(2026, 3, 4, tzinfo=UTC)),
        ),
        tables=(
            Table("Many", tuple(row(f"r{number:02}") for number in range(12))),
            Table("Nothing", ()),
        ),
        queues=(
            Queue("idle", ()),
            Queue("jobs", tuple(message(number) for number in range(40)), taken=3),
        ),
    )


@dataclass
class Company(storage_world.Company):
    """One account with everything."""

    storage: Storage = field(default_factory=storage)


@asynccontextmanager
async def opened(module: ModuleType, tenant: _handle.Tenant, **settings: Any) -> AsyncIterator[Any]:
    """A source; without ``accounts`` it reads those that Resource Manager names."""
    access = access_to(tenant)
    source = module.Source(module.Settings(**settings), access)
    try:
        yield source
    finally:
        await source.aclose()
        await access.aclose()


async def partitions(source: Any) -> dict[str, Partition]:
    return {partition.name: partition async for partition in source.partitions()}


async def items(source: Any, name: str) -> dict[str, Item]:
    partition = (await partitions(source))[name]
    return {item.id: item async for page in source.pages(partition, {}) for item in page.items}


async def content(source: Any, item: Item) -> bytes:
    pieces = [chunk async for body in source.read(item) async for chunk in body.chunks()]
    return b"".join(pieces)


PASSING = pytest.mark.parametrize(
    "rule",
    [
        {"action": "throttle", "status": 503, "retry_after": 1},
        {"action": "throttle", "retry_after": "none"},
        {"action": "status", "status": 500, "code": "OperationTimedOut"},
        {"action": "html"},
        {"action": "cut"},
        {"action": "malformed"},
        {"action": "reset"},
    ],
    ids=lambda rule: "-".join(map(str, rule.values())),
)
"""Faults that pass when they are asked again."""
