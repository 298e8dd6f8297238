"""Listing a Dataverse table of any number of rows: requests, CPU and memory a row.

Run as ``python tests/benchmarks/dataverse.py ROWS``. The environment is served from a process of
its own, its rows made as they are asked for. One JSON line: rows, requests for rows, CPU seconds of
this process, resident memory after the first tenth and at its highest later.
"""

from __future__ import annotations

import asyncio
import json
import multiprocessing
import sys
import time
from collections.abc import Sequence
from multiprocessing.connection import Connection
from typing import Any

import psutil

from connectors import dataverse
from connectors._identity import Access, Auth, Cloud
from connectors._identity import Tenant as Audited
from connectors._model import METER, Meter
from connectors._sample_tenant._company_keys import individual
from connectors._sample_tenant._model_dataverse import Column, Environment, Row, Table

COLUMNS = (
    Column("rowid", "ID", "Uniqueidentifier"),
    Column("name", "氏名"),
    Column("code", "社員番号"),
    Column("number", "マイナンバー"),
    Column("note", "備考", "Memo"),
    Column("createdon", "作成日", "DateTime"),
    Column("modifiedon", "修正日", "DateTime"),
)
NUMBERS = [individual(1, "benchmark", at) for at in range(997)]


class Rows(Sequence[Row]):
    """So many rows, none of them kept."""

    def __init__(self, count: int) -> None:
        self._count = count

    def __len__(self) -> int:
        return self._count

    def __getitem__(self, place: Any) -> Any:
        values = {
            "name": "見本 太郎",
            "code": f"S-{place}",
            "number": NUMBERS[place % len(NUMBERS)],
            "note": "特になし" if place % 7 else "年末調整の書類を受け取った。",
            "createdon": "2026-01-05T00:00:00Z",
            "modifiedon": "2026-01-06T00:00:00Z",
        }
        return Row(f"{place:08x}-aaaa-4aaa-aaaa-aaaaaaaaaaaa", 1000 + place, values)


def serve(count: int, line: Connection) -> None:
    """Serve the environment until the other side says so."""
    from connectors._sample_tenant._handle import hosted
    from tests.unit.connectors.graph_world import Small

    world = Small()
    table = Table("row", "rows", "rowid", "従業員", COLUMNS, Rows(count), tracked=True)
    world.dataverse = Environment((table,))  # type: ignore[attr-defined]
    with hosted(world) as tenant:
        kept = ("tenant_id", "authority", "graph", "resource_manager", "ca_file", "dataverse")
        line.send({name: getattr(tenant, name) for name in kept} | {"environ": tenant.environ})
        line.recv()


async def listed(told: dict[str, Any]) -> dict[str, Any]:
    """List the table once and forget its rows."""
    cloud = Cloud("x", told["authority"], told["graph"], told["resource_manager"], told["ca_file"])
    access = Access(
        Audited(told["tenant_id"]), Auth("client-secret"), cloud, environ=told["environ"]
    )
    source = dataverse.Source(dataverse.Settings(environments=(told["dataverse"],)), access)
    (place,) = [partition async for partition in source.partitions()]
    meter = Meter()
    METER.set(meter)
    process = psutil.Process()
    seen, sizes = 0, []
    began, clock = time.process_time(), time.monotonic()
    async for page in source.pages(place, {}):
        seen += len(page.items)
        sizes.append(process.memory_info().rss)
    spent, took = time.process_time() - began, time.monotonic() - clock
    await source.aclose()
    await access.aclose()
    tenth = max(1, len(sizes) // 10)
    return {
        "rows": seen,
        "requests": meter.requests,
        "bytes": meter.bytes,
        "cpu": round(spent, 3),
        "seconds": round(took, 2),
        "early": max(sizes[:tenth]),
        "highest": max(sizes),
    }


def main() -> None:
    count = int(sys.argv[1])
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    server = context.Process(target=serve, args=(count, theirs), daemon=True)
    server.start()
    told = asyncio.run(listed(ours.recv()))
    ours.send("end")
    server.join(30)
    print(json.dumps(told))


if __name__ == "__main__":
    main()
