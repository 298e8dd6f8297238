"""A company that is nothing but storage accounts, and the blob source reading them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from typing import Any

from connectors import Item, Partition, blob
from connectors._identity import Access, Auth, Cloud, Tenant
from connectors._sample_tenant import _handle
from connectors._sample_tenant._model import Blob, Container, Earlier
from connectors._sample_tenant._roles import DEFAULT_ROLES, STORAGE_OWNER

MADE = datetime(2026, 1, 5, tzinfo=UTC)
DELETED = datetime(2026, 2, 3, 4, 5, 6, tzinfo=UTC)
WITH_OWNER = (*DEFAULT_ROLES, STORAGE_OWNER)


def etag(text: str) -> str:
    return f'"0x8DE{sum(text.encode()):06X}"'


def stored(name: str, data: bytes = b"x", tier: str = "Hot", **more: Any) -> Blob:
    made = etag(f"{name}{data[:20]!r}")
    return Blob(name, len(data), made, "text/plain", MADE, MADE, tier, partial(bytes, data), **more)


def earlier(day: int, data: bytes, **more: Any) -> Earlier:
    when = datetime(2026, 1, day, 1, 2, 3, tzinfo=UTC)
    return Earlier(when, etag(f"{day}{data!r}"), partial(bytes, data), **more)


@dataclass
class Company:
    """Two accounts, the second a data lake where it has containers."""

    containers: Sequence[Container] = ()
    lake: Sequence[Container] = ()
    storage_properties: Mapping[str, Any] = field(default_factory=dict)
    assigned: Sequence[tuple[str, str]] = ()
    website: bool = True
    tenant_id: str = "7c1e9b52-4d3a-4f60-9a8e-b2d5c7e1f0ab"
    domain: str = "tiny.example"
    name: str = "Tiny"
    items: int = 10
    account: str = "tinystore"
    planted: Sequence[Any] = ()
    users: Sequence[Any] = ()
    sites: Sequence[Any] = ()

    def folders(self, user: Any) -> tuple[Any, ...]:
        del user
        return ()


def access_to(tenant: _handle.Tenant, **environ: str) -> Access:
    cloud = Cloud("x", tenant.authority, tenant.graph, tenant.resource_manager, tenant.ca_file)
    environ = {**tenant.environ, **environ}
    return Access(Tenant(tenant.tenant_id), Auth("client-secret"), cloud, environ=environ)


@asynccontextmanager
async def opened(tenant: _handle.Tenant, **settings: Any) -> AsyncIterator[blob.Source]:
    """The source of a tenant; without ``accounts`` those that Resource Manager names."""
    access = access_to(tenant)
    source = blob.Source(blob.Settings(**settings), access)
    try:
        yield source
    finally:
        await source.aclose()
        await access.aclose()


async def partitions(source: blob.Source) -> dict[str, Partition]:
    return {partition.name: partition async for partition in source.partitions()}


async def items(source: blob.Source, container: str) -> dict[str, Item]:
    partition = (await partitions(source))[container]
    return {item.id: item async for page in source.pages(partition, {}) for item in page.items}


async def parts(source: blob.Source, item: Item) -> dict[str, bytes]:
    """What is read of an item, by its part."""
    found = {}
    async for body in source.read(item):
        found[body.part] = b"".join([chunk async for chunk in body.chunks()])
    return found
