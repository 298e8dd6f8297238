"""A small Dataverse environment, served over TLS from a thread, and how tests reach it.

A test module makes its fixtures of these: ``tenant = pytest.fixture(scope="module")(served)``,
``source = pytest.fixture(opened)``.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

import pytest

from connectors import dataverse
from connectors._model import Item, Page, Partition
from connectors._sample_tenant import _company_dataverse_people as _people
from connectors._sample_tenant._company_dataverse_people import key_of
from connectors._sample_tenant._company_keys import draw, guid
from connectors._sample_tenant._company_people import HR, SALES
from connectors._sample_tenant._handle import Tenant, hosted
from connectors._sample_tenant._model import User
from connectors._sample_tenant._model_dataverse import Column, Environment, Row, Stored, Table
from tests.unit.connectors.graph_world import Small, access_to, hurry

LARGE = bytes(range(256)) * (9 << 12)
"""Nine mebibytes: three blocks."""
PICTURE = b"\x89PNG picture"
ROWS = 25


def row_id(table: str, number: int) -> str:
    return guid(draw(0, "small", table, number))


def table(
    name: str,
    columns: Sequence[Column],
    rows: Sequence[Mapping[str, Any]] = (),
    files: Mapping[int, Mapping[str, Stored]] | None = None,
    **more: Any,
) -> Table:
    """A table of rows that HR owns; ``files`` by the row's number, from 0."""
    key = f"{name}id"
    own = (
        Column(key, "ID", "Uniqueidentifier"),
        Column("createdon", "作成日", "DateTime"),
        Column("modifiedon", "修正日", "DateTime"),
        Column("ownerid", "所有者", "Owner"),
        Column("owningbusinessunit", "部署", "Lookup"),
        Column("versionnumber", "版", "BigInt"),
    )
    made = [
        Row(
            row_id(name, number),
            500 + number,
            {
                "createdon": "2026-01-05T00:00:00Z",
                "modifiedon": "2026-01-06T00:00:00Z",
                "_ownerid_value": key_of("user", HR),
                "_owningbusinessunit_value": key_of("unit", _people.PERSONNEL),
                **values,
            },
            {"_ownerid_value": "佐藤"},
            (files or {}).get(number, {}),
        )
        for number, values in enumerate(rows)
    ]
    made_table = Table(name, f"{name}s", key, f"表 {name}", (*own, *columns), made)
    return replace(made_table, **more)


def stored(data: bytes, **more: Any) -> Stored:
    return Stored("file.bin", "application/octet-stream", partial(bytes, data), **more)


PLAIN = (Column("name", "名前"), Column("note", "備考", "Memo"))
FILES = (
    Column("name", "名前"),
    Column("paper", "書類", "File"),
    Column("paper_name", "", of="paper"),
    Column("photo", "写真", "Image"),
    Column("photoid", "", "Uniqueidentifier", of="photo"),
)


KINDS = (
    Column("name", "名前"),
    Column("twin", "名前"),
    Column("big", "大きな数", "BigInt"),
    Column("money", "金額", "Money"),
    Column("share", "割合", "Decimal"),
    Column("count", "個数", "Integer"),
    Column("text", "説明", "Memo"),
)
NOTE = (
    Column("subject", "件名"),
    Column("isdocument", "文書", "Boolean"),
    Column("filename", "ファイル名"),
    Column("mimetype", "種類"),
    Column("filesize", "大きさ", "Integer"),
    Column("documentbody", "本文"),
)
SECURED = (
    Column("open", "開", secured=True),
    Column("shut", "閉", secured=True, hidden=True),
)


def filed() -> Table:
    """Rows with files of every kind."""
    held = {
        0: {"paper": stored(LARGE)},
        1: {"paper": stored(LARGE, whole=True)},
        2: {"paper": stored(b"")},
        3: {"photo": stored(PICTURE)},
        4: {"photo": stored(PICTURE, small=True)},
        5: {"paper": stored(b"small")},
    }
    values = [
        {
            "name": f"row {n}",
            "paper_name": "file.bin" if "paper" in held.get(n, {}) else None,
            "photoid": row_id("photo", n) if "photo" in held.get(n, {}) else None,
        }
        for n in range(7)
    ]
    return table("filed", FILES, values, held)


def tables() -> tuple[Table, ...]:
    named = [{"name": f"row {n}", "note": f"note {n}"} for n in range(ROWS)]
    kinds = {"big": 123, "money": 5.0, "share": 2.25, "text": "  <p>一行目</p>", "twin": "b"}
    noted = {"isdocument": True, "filename": "n.txt", "mimetype": "text/plain", "filesize": 10}
    notes = [{"subject": "none", "isdocument": False}, {"subject": "one", **noted}]
    return (
        table("plain", PLAIN, named),
        table("tracked", PLAIN, named, tracked=True),
        table("shallow", PLAIN, named[:3], tracked=True, shallow=True),
        table("denied", PLAIN, named[:3], denied=True),
        table("outside", PLAIN, kind="Virtual"),
        table("elastic", PLAIN, named[:2], kind="Elastic"),
        table("joined", PLAIN, named[:2], intersect=True),
        table("inside", PLAIN, named[:2], private=True),
        table("counts", (Column("count", "個数", "Integer"),), [{"count": 5}]),
        table("kinds", KINDS, [{"name": "a", **kinds}]),
        filed(),
        table("annotation", NOTE, notes, {1: {"documentbody": stored(b"note file\n")}}),
        table("secret", SECURED, [{"open": "o", "shut": "s"}]),
        table("webresource", PLAIN, named[:1]),
    )


USERS = tuple(
    User(f"u-{name}", name, name, name.partition("@")[0])
    for name in (HR, SALES, *(f"staff{n}@sample-shoji.example" for n in range(28)))
)


def environment() -> Environment:
    own = tables()
    about = _people.tables(USERS, own)
    permission = next(t for t in about if t.name == "fieldpermission")
    opened = {"entityname": "secret", "attributelogicalname": "open"}
    rows = [replace(row, values={**row.values, **opened}) for row in permission.rows]
    about = tuple(replace(t, rows=rows) if t is permission else t for t in about)
    return Environment((*own, *about), _people.app_user())


def served() -> Iterator[Tenant]:
    """The environment behind TLS."""
    world = Small()
    world.dataverse = environment()  # type: ignore[attr-defined]
    with hosted(world) as tenant:
        yield tenant


async def opened(
    tenant: Tenant, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[dataverse.Source]:
    """A source with no faults left over, an empty record and short waits of our own."""
    hurry(monkeypatch)
    tenant.faults([])
    tenant.forget()
    access = access_to(tenant)
    source = dataverse.Source(dataverse.Settings(environments=(tenant.dataverse,)), access)
    yield source
    await source.aclose()
    await access.aclose()
    tenant.faults([])


async def places(source: dataverse.Source) -> dict[str, Partition]:
    """Partitions by the last part of their id."""
    return {p.id.partition("/dataverse/")[2]: p async for p in source.partitions()}


async def listed(
    source: dataverse.Source, name: str, cursor: str = ""
) -> tuple[list[Page], list[Item]]:
    """All pages of a table, and their items."""
    place = (await places(source))[name]
    pages = [page async for page in source.pages(place, {"": cursor} if cursor else {})]
    return pages, [item for page in pages for item in page.items]
