"""In bad weather the same is read: every kind of fault at once, by chance from a fixed seed."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import pytest

from connectors import Body, Connector, ConnectorError, mail, onedrive, sharepoint
from connectors._identity import Access
from connectors._sample_tenant._handle import Tenant
from tests.unit.connectors.graph_world import asked, opened, pages, partitions, served, whole

tenant = pytest.fixture(scope="module")(served)
access = pytest.fixture(opened)

KINDS: list[dict[str, Any]] = [
    {"action": "throttle", "retry_after": 0},
    {"action": "throttle", "retry_after": "none", "status": 503},
    {"action": "status", "status": 500},
    {"action": "status", "status": 504},
    {"action": "html"},
    {"action": "reset"},
    {"action": "cut"},
    {"action": "malformed", "path": "Folders|delta|getAllSites|drives[?]"},
    {"action": "empty_page", "path": "delta"},
    {"action": "unauthorized"},
    {"action": "expired", "host": "download"},
]
WEATHER = [{**kind, "chance": 0.02, "seed": n, "method": "GET"} for n, kind in enumerate(KINDS)]


async def everything(source: Connector) -> dict[Any, Any]:
    """All that a source tells and holds, by place and item."""
    found: dict[Any, Any] = {}
    for place in await partitions(source):
        try:
            listed = [item for page in await pages(source, place) for item in page.items]
        except ConnectorError as error:
            found[place.id] = error.reason
            continue
        for item in listed:
            key = (place.id, item.id)
            found[key] = (
                item.name,
                item.version,
                [await content(b) for b in await read(source, item)],
            )
        answers = await source.grants(listed)
        found |= {(place.id, i.id, "grants"): a for i, a in zip(listed, answers, strict=True)}
    return found


async def read(source: Connector, item: Any) -> list[Body]:
    try:
        return [body async for body in source.read(item)]
    except ConnectorError as error:
        return [Body(error.reason, data=b"")]


async def content(body: Body) -> tuple[str, bytes]:
    return body.name, await whole(body)


@pytest.mark.parametrize("module", [mail, sharepoint, onedrive], ids=lambda m: m.__name__)
async def test_the_same_is_read_in_any_weather(
    module: ModuleType, access: Access, tenant: Tenant
) -> None:
    source = module.Source(module.Settings(), access)
    clear = await everything(source)
    calm = len(tenant.requests())
    tenant.forget()
    tenant.faults(WEATHER)
    stormy = await everything(source)
    assert [key for key in clear.keys() | stormy if clear.get(key) != stormy.get(key)] == []
    assert sum(r.status >= 400 for r in asked(tenant, "/v1.0/")) > (3 if module is mail else 0)
    assert len(tenant.requests()) < 3 * calm
