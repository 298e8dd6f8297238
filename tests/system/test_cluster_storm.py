"""A storm of 429 over several workers: what the service sees is what one machine would send."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack
from typing import Any

from distributed import Client, Scheduler, Worker

from auditor.cluster.board import Board
from auditor.cluster.lines import Lines
from connectors._graph import Graph
from connectors._identity import Access
from connectors._lane import Ask
from connectors._sample_tenant._handle import Tenant
from connectors._shared_throttle import SharedGates
from tests.system.test_cluster_items import access

WORKERS = 3
EACH = 16
"""Requests that each worker has to send, all at once."""
LASTS = 2.5
AT_A_TIME = 12
"""Requests to SharePoint that one machine sends at a time (``connectors._throttle``)."""
BOUND = AT_A_TIME + LASTS + 2
"""What is under way when the storm begins, and one request for each second of waiting."""


async def never() -> bool:
    return True


async def shared(stack: AsyncExitStack, clients: list[Access]) -> None:
    """Each of ``clients`` asks for its turn as the worker of a cluster does."""
    line = {"host": "127.0.0.1", "dashboard_address": "127.0.0.1:0"}
    scheduler = await stack.enter_async_context(Scheduler(port=0, **line))
    there = Client(scheduler.address, asynchronous=True, set_as_default=False)
    await (await stack.enter_async_context(there)).register_plugin(Board())
    for client in clients:
        worker: Any = Worker(scheduler.address, nthreads=1, memory_limit=0, **line)
        await stack.enter_async_context(worker)
        lines = Lines(lambda w=worker: w.scheduler, lambda w=worker: w.contact_address, "t", never)
        client.shared["gates"] = SharedGates(lines)


async def refusals(tenant: Tenant, *, sharing: bool) -> int:
    """How often the service has to refuse while it refuses everything for some seconds."""
    clients = [access(tenant) for _ in range(WORKERS)]
    async with AsyncExitStack() as stack:
        if sharing:
            await shared(stack, clients)
        graphs = [Graph.of(client) for client in clients]
        for graph in graphs:
            await graph.sdk()
        rule = {"path": "/users", "action": "throttle", "retry_after": 1}
        await asyncio.to_thread(tenant.faults, [rule])
        await asyncio.to_thread(tenant.forget)
        asked = [
            asyncio.create_task(graph.json(Ask("/users?$top=1", "sharepoint")))
            for graph in graphs
            for _ in range(EACH)
        ]
        await asyncio.sleep(LASTS)
        await asyncio.to_thread(tenant.faults, [])
        answers = await asyncio.gather(*asked)
        for client in clients:
            await client.aclose()
    assert len(answers) == WORKERS * EACH
    seen = await asyncio.to_thread(tenant.requests)
    return sum(request.status == 429 for request in seen)


async def test_three_workers_send_what_one_machine_may(own_tenant: Any) -> None:
    """And without the board they would not: the storm is one that shows it."""
    tenant = own_tenant(items=20)
    assert await refusals(tenant, sharing=False) > 2 * BOUND
    assert 0 < await refusals(tenant, sharing=True) <= BOUND
