"""How a coordinator takes leave of a cluster."""

from __future__ import annotations

import asyncio

from auditor._run import Engine
from auditor.cluster.hall import Hall
from auditor.cluster.terms import Setup
from auditor.model import Limits
from connectors._identity import Access, Auth, Cloud, Tenant


async def test_a_watch_that_takes_its_end_for_a_broken_line_is_ended_all_the_same() -> None:
    """Dask turns a cancellation into an error of the line now and then: it is repeated."""
    tenant, auth, cloud = Tenant("contoso.example"), Auth(), Cloud()
    setup = Setup(b"k" * 32, b"", tenant, auth, cloud, (), Limits())
    access = Access(tenant, auth, cloud, {}, lambda _: None)
    hall = Hall(Engine("dask", scheduler="tcp://127.0.0.1:1"), setup, access, "en")
    taken = 0

    async def deaf() -> None:
        nonlocal taken
        while taken < 2:
            try:
                await asyncio.sleep(60)
            except asyncio.CancelledError:
                taken += 1

    hall._watch = asyncio.get_running_loop().create_task(deaf())
    await asyncio.sleep(0)
    await asyncio.wait_for(hall.aclose(), 10)
    assert hall._watch.done()
    assert taken == 2
