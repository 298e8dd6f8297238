"""Tables and rows of Dataverse: what is read, how it goes on, and what goes wrong."""

from __future__ import annotations

from typing import Any

import orjson
import pytest

from connectors import Denied, Withheld, dataverse
from connectors import _dataverse_rows as rows
from connectors._sample_tenant._handle import Tenant
from tests.unit.connectors.dataverse_world import ROWS, listed, opened, places, row_id, served
from tests.unit.connectors.graph_world import access_to, asked

tenant = pytest.fixture(scope="module")(served)
source = pytest.fixture(opened)
API = "/dataverse/api/data/v9.2"


@pytest.fixture
def small_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rows, "PAGE", 10)


# ------------------------------------------------------------------------------------- tables


async def test_every_table_with_text_of_its_own_is_a_place(source: dataverse.Source) -> None:
    found = await places(source)
    ours = "annotation denied elastic filed kinds outside plain secret secret/shut shallow tracked"
    assert set(ours.split()) <= set(found)
    assert not {"joined", "inside", "counts", "webresource"} & set(found)
    assert found["plain"].name == "表 plain (plain)"


async def test_what_lies_elsewhere_or_is_hidden_is_said(source: dataverse.Source) -> None:
    found = await places(source)
    outside, hidden = found["outside"].facts["error"], found["secret/shut"].facts["error"]
    assert isinstance(outside, Withheld)
    assert outside.reason == "not_offered"
    assert isinstance(hidden, Denied)
    assert hidden.permission == "column security profile"
    with pytest.raises(Withheld):
        await listed(source, "outside")


async def test_a_table_that_the_role_does_not_read_names_the_privilege(
    source: dataverse.Source,
) -> None:
    with pytest.raises(Denied) as denied:
        await listed(source, "denied")
    assert denied.value.permission == "prvReaddenied"
    assert (await listed(source, "plain"))[1]


@pytest.mark.parametrize(
    ("settings", "some", "none"),
    [
        ({"include": ("tracked", "表 pl*")}, {"tracked", "plain"}, {"kinds"}),
        ({"exclude": ("kinds",)}, {"tracked", "webresource"}, {"kinds"}),
    ],
)
async def test_globs_over_names_and_labels(
    tenant: Tenant, settings: dict[str, Any], some: set[str], none: set[str]
) -> None:
    access = access_to(tenant)
    chosen = dataverse.Settings(environments=(f"{tenant.dataverse}/",), **settings)
    source = dataverse.Source(chosen, access)
    found = set(await places(source))
    await source.aclose()
    await access.aclose()
    assert some <= found
    assert not none & found


# --------------------------------------------------------------------------------------- rows


async def test_a_row_is_its_cells_under_the_headers_people_see(source: dataverse.Source) -> None:
    _, items = await listed(source, "kinds")
    item = items[0]
    assert item.row == {"名前": "a", "名前 (twin)": "b", "大きな数": "123", "金額": "5",
                        "割合": "2.25"}  # fmt: skip
    assert item.id == row_id("kinds", 0)
    assert item.name == f"item {item.id}"
    assert item.version.startswith("500.")
    assert item.owner == "佐藤"
    assert item.url.endswith(f"/main.aspx?pagetype=entityrecord&etn=kinds&id={item.id}")
    assert item.modified is not None
    bodies = [body async for body in source.read(item)]
    assert [(b.part, b.media_type) for b in bodies] == [("説明", "text/html; charset=utf-8")]
    assert bodies[0].data == "  <p>一行目</p>".encode()


async def test_a_value_that_is_shown_otherwise_is_read_both_ways() -> None:
    assert rows._digits("¥1,234.50") == rows._digits("1234.5")
    assert rows._digits("12 / 34") != rows._digits("56")


@pytest.mark.usefixtures("small_pages")
@pytest.mark.parametrize("name", ["plain", "tracked"])
async def test_pages_are_asked_for_alike(
    source: dataverse.Source, tenant: Tenant, name: str
) -> None:
    pages, items = await listed(source, name)
    assert [len(page.items) for page in pages] == [10, 10, 5]
    assert len({item.id for item in items}) == ROWS
    assert [page.done for page in pages] == [False, False, True]
    assert bool(pages[-1].cursor) is (name == "tracked")
    prefers = {r.prefer for r in asked(tenant, f"{API}/{name}s?")}
    formatted = 'odata.include-annotations="OData.Community.Display.V1.FormattedValue"'
    tracking = "odata.track-changes," if name == "tracked" else ""
    assert prefers == {f"{tracking}odata.maxpagesize=10,{formatted}"}


async def test_changes_since_the_last_run(source: dataverse.Source, tenant: Tenant) -> None:
    first, _ = await listed(source, "tracked")
    cursor = first[-1].cursor
    assert (await listed(source, "tracked", cursor))[1] == []
    one, other = row_id("tracked", 3), row_id("tracked", 4)
    tenant.change("row", "modify", table="tracked", id=one, values={"name": "changed"})
    tenant.change("row", "delete", table="tracked", id=other)
    added = tenant.change("row", "add", table="tracked", values={"name": "new"})
    pages, items = await listed(source, "tracked", cursor)
    assert {item.id: item.row["名前"] for item in items} == {one: "changed", added: "new"}
    assert [gone for page in pages for gone in page.gone] == [other]
    assert not any(page.restart for page in pages)
    assert (await listed(source, "tracked", pages[-1].cursor))[1] == []


async def test_an_expired_token_begins_anew(tenant: Tenant, source: dataverse.Source) -> None:
    pages, items = await listed(source, "tracked")
    tenant.expire()
    again, found = await listed(source, "tracked", pages[-1].cursor)
    assert [page.restart for page in again] == [True]
    assert len(found) == len(items)


@pytest.mark.usefixtures("small_pages")
@pytest.mark.parametrize("name", ["plain", "tracked"])
async def test_a_listing_is_taken_up_where_it_stopped(
    source: dataverse.Source, tenant: Tenant, name: str
) -> None:
    pages, items = await listed(source, name)
    rest, found = await listed(source, name, pages[0].cursor)
    assert not any(page.restart for page in rest)
    assert [i.id for i in found] == [i.id for i in items[10:]]
    tenant.expire()
    again, _ = await listed(source, name, pages[0].cursor)
    assert [page.restart for page in again] == [True, False, False]


@pytest.mark.parametrize("cursor", ["nonsense", "[1]", '["abc",5,false,true,"https://x.example/"]'])
async def test_a_cursor_of_another_kind_is_void(source: dataverse.Source, cursor: str) -> None:
    pages, items = await listed(source, "plain", cursor)
    assert pages[0].restart
    assert len(items) == ROWS


async def test_other_columns_make_a_cursor_void(source: dataverse.Source) -> None:
    pages, _ = await listed(source, "tracked")
    held = orjson.loads(pages[-1].cursor)
    held[0] = "otherone"
    again, _ = await listed(source, "tracked", orjson.dumps(held).decode())
    assert again[0].restart


async def test_a_role_that_reads_a_part_is_told_no_changes(
    source: dataverse.Source, tenant: Tenant
) -> None:
    pages, items = await listed(source, "shallow")
    assert len(items) == 3
    assert pages[-1].cursor == ""
    assert len(asked(tenant, f"{API}/shallows?")) == 2


async def test_a_second_look_at_single_rows(source: dataverse.Source, tenant: Tenant) -> None:
    _, items = await listed(source, "plain")
    place = (await places(source))["plain"]
    tenant.forget()
    wanted = [items[1].id, row_id("nowhere", 1), "no guid"]
    found = await source.lookup(place, wanted)
    assert [(i.id, i.version) for i in found] == [(items[1].id, items[1].version)]
    assert len(tenant.requests()) == 1
