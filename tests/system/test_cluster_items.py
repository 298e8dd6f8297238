"""Whatever a tenant lists can be read by another machine: items carry all that reading them asks.

Every item of the sample company goes through a page's own packing, and is read by connectors that
have listed nothing.
"""

from __future__ import annotations

from typing import Any

import pytest

import connectors
from auditor.cluster.seal import pack, unpack
from connectors import ConnectorError, Item
from connectors._identity import Access, Auth, Cloud
from connectors._identity import Tenant as Directory
from connectors._sample_tenant._handle import Tenant

SOURCES = [name for name in connectors.names() if name != "folder"]
HEAD = 1 << 16


def access(tenant: Tenant) -> Access:
    cloud = Cloud("x", tenant.authority, tenant.graph, tenant.resource_manager, tenant.ca_file)
    secret = {"AZURE_CLIENT_SECRET": tenant.client_secret}
    return Access(
        Directory(tenant.tenant_id), Auth("client-secret", tenant.client_id), cloud, secret
    )


def source(name: str, tenant: Tenant, of: Access) -> Any:
    module = connectors.load(name)
    more: dict[str, Any] = {
        "blob": {"accounts": (tenant.blob,)},
        "dataverse": {"environments": (tenant.dataverse,)},
        "intune": {"allow_beta": True},
    }
    return module.Source(module.Settings(**more.get(name, {})), of)


async def read(of: Any, item: Item) -> list[object]:
    """What reading gives, errors too."""
    found: list[object] = []
    try:
        async for body in of.read(item):
            try:
                found.append((body.name, body.part, await body.head(HEAD)))
            except ConnectorError as error:
                found.append((body.part, type(error), error.reason, error.detail))
    except ConnectorError as error:
        found.append((type(error), error.reason, error.detail))
    return found


async def items(of: Any) -> list[Item]:
    """The first items of each place."""
    found: list[Item] = []
    async for partition in of.partitions():
        try:
            async for page in of.pages(partition, {}):
                found += page.items[:20]
        except ConnectorError:
            continue
    return found


@pytest.mark.parametrize("name", SOURCES)
async def test_items_that_travelled_read_as_at_home(tenant: Tenant, name: str) -> None:
    home, away = access(tenant), access(tenant)
    here, there = source(name, tenant, home), source(name, tenant, away)
    try:
        listed = await items(here)
        assert listed
        for item in listed[::2]:
            assert await read(there, unpack(pack(item))) == await read(here, item)
    finally:
        for one in (here, there, home, away):
            await one.aclose()
