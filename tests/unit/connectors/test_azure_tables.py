"""Tables of the sample tenant, and answers that only a script gives."""

from __future__ import annotations

import itertools
import json
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from aiohttp import web

from connectors import Broken, Denied, Gone, Partition, Withheld, azure_tables
from connectors._entities import item_of
from connectors._model import METER, Meter
from connectors._sample_tenant import _handle
from connectors._sample_tenant._model_storage import Storage, Table
from connectors._sample_tenant._roles import DEFAULT_ROLES, TABLE_READER
from tests.unit.connectors.scripted import Answer, Scripted, said, scripted
from tests.unit.connectors.services_world import PASSING, Company, items, opened, partitions, row

HERE = Partition("azure_tables", "i", "t", "tenant", {"name": "t"})


@pytest.fixture
def served() -> Iterator[_handle.Tenant]:
    with _handle.hosted(Company()) as tenant:
        yield tenant


@pytest.fixture
async def source(served: _handle.Tenant) -> AsyncIterator[Any]:
    async with opened(azure_tables, served) as found:
        yield found


async def test_rows_are_listed_page_by_page(
    served: _handle.Tenant, source: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(azure_tables, "PAGE", 5)
    found = await partitions(source)
    assert set(found) == {"Many", "Nothing"}
    served.forget()
    pages = [page async for page in source.pages(found["Many"], {})]
    assert [len(page.items) for page in pages] == [5, 5, 2]
    assert len(served.requests()) == 3
    assert pages[0].items[1].row == {"PartitionKey": "p", "RowKey": "r01", "Text": "r01"}
    assert pages[0].items[1].name == "p, r01"
    assert (await anext(source.pages(found["Nothing"], {}))).done


async def test_a_place_to_go_on_that_is_refused_starts_anew(
    source: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(azure_tables, "PAGE", 5)
    partition = (await partitions(source))["Many"]
    first = await anext(source.pages(partition, {}))
    rest = [page async for page in source.pages(partition, {"": first.cursor})]
    assert [len(page.items) for page in rest] == [5, 2]
    assert not any(page.restart for page in rest)
    anew = [page async for page in source.pages(partition, {"": "NextPartitionKey=made%20up"})]
    assert [page.restart for page in anew] == [True, False, False]
    assert sum(len(page.items) for page in anew) == 12


async def test_without_the_role_the_account_is_denied() -> None:
    roles = [role for role in DEFAULT_ROLES if role != TABLE_READER]
    with _handle.hosted(Company(), roles=roles) as tenant:
        async with opened(azure_tables, tenant) as source:
            (partition,) = (await partitions(source)).values()
            with pytest.raises(Denied) as caught:
                await anext(source.pages(partition, {}))
    assert caught.value.permission == TABLE_READER
    assert caught.value.detail == "HTTP 403 AuthorizationPermissionMismatch"


@pytest.mark.parametrize(
    ("status", "code", "kind"),
    [(403, "AuthorizationFailure", Denied), (404, "TableNotFound", Gone)],
)
async def test_one_table_that_is_refused(
    served: _handle.Tenant, source: Any, status: int, code: str, kind: type[Exception]
) -> None:
    served.faults([{"action": "status", "status": status, "code": code, "path": r"/Many\(\)"}])
    found = await partitions(source)
    with pytest.raises(kind):
        await anext(source.pages(found["Many"], {}))
    assert await items(source, "Nothing") == {}


@PASSING
async def test_a_passing_fault_costs_time_and_nothing_else(
    served: _handle.Tenant, source: Any, rule: dict[str, Any]
) -> None:
    await partitions(source)  # signs in
    served.faults([{**rule, "path": r"/Many\(\)", "hits": [1]}])
    meter = Meter()
    token = METER.set(meter)
    assert len(await items(source, "Many")) == 12
    METER.reset(token)
    assert (meter.throttled > 0) == (rule["action"] == "throttle")
    assert meter.bytes > 0


async def test_a_page_too_long_to_be_held_is_asked_for_in_halves(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("connectors._entities._MOST", 3000)
    long = tuple(row(f"r{n:02}", Text=("Edm.String", "x" * 500)) for n in range(20))
    with _handle.hosted(Company(storage=Storage(tables=(Table("Long", long),)))) as tenant:
        async with opened(azure_tables, tenant) as source:
            monkeypatch.setattr(azure_tables, "PAGE", 16)
            partition = (await partitions(source))["Long"]
            pages = [page async for page in source.pages(partition, {})]
            assert [len(page.items) for page in pages] == [16, 4]
            monkeypatch.setattr("connectors._entities._MOST", 400)
            with pytest.raises(Broken) as caught:
                await anext(source.pages(partition, {}))
    assert caught.value.reason == "too_large"


@asynccontextmanager
async def told(*answers: Answer) -> AsyncIterator[tuple[Any, Scripted]]:
    """A source of one account with one table, whose rows are answered so."""
    async with scripted() as script:
        script.say("/subscriptions", said({"value": []}))
        script.say("/acct/Tables", lambda _: said({"value": [{"TableName": "T"}]}))
        script.say("/acct/T()", *answers)
        access = script.access()
        settings = azure_tables.Settings(accounts=(f"{script.origin}/acct",))
        source = azure_tables.Source(settings, access)
        try:
            yield source, script
        finally:
            await source.aclose()
            await access.aclose()


def page(following: str = "") -> Answer:
    headers = {}
    if following:
        headers = {"x-ms-continuation-NextPartitionKey": following}
    return lambda _: said({"value": [{"PartitionKey": "p", "RowKey": "r"}]}, 200, headers)


async def test_headers_that_the_service_wants() -> None:
    async with told(page("1!4!cA--"), page()) as (source, script):
        assert len(await items(source, "T")) == 1
        first, second = script.asked("/acct/T()")
    for request in (first, second):
        assert request.headers["Accept"] == "application/json;odata=minimalmetadata"
        assert request.headers["x-ms-version"] == "2020-12-06"
        assert request.headers["DataServiceVersion"] == "3.0;NetFx"
        assert request.headers["x-ms-date"]
        assert request.query["$top"] == "1000"
    assert "NextRowKey" not in second.query  # a null row key is not sent back
    assert second.query["NextPartitionKey"] == "1!4!cA--"


@pytest.mark.parametrize("circle", [1, 2, 5])
async def test_a_listing_that_comes_back_to_where_it_was(circle: int) -> None:
    turns = itertools.cycle(page(f"1!4!{number}") for number in range(circle))

    def turn(request: web.BaseRequest) -> Any:
        return next(turns)(request)

    async with told(turn) as (source, script):
        partition = (await partitions(source))["T"]
        with pytest.raises(Broken):
            async for _page in source.pages(partition, {}):
                pass
        assert len(script.asked("/acct/T()")) < 5 * circle + 3


async def test_short_answers_are_put_together() -> None:
    nothing = said({"value": []}, 200, {"x-ms-continuation-NextPartitionKey": "2"})
    async with told(page("1"), lambda _: nothing, page("3"), page()) as (source, _):
        partition = (await partitions(source))["T"]
        pages = [p async for p in source.pages(partition, {})]
    assert [(len(p.items), p.done) for p in pages] == [(3, True)]


async def test_a_key_with_a_number_is_not_kept_as_a_place_to_go_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(azure_tables, "PAGE", 1)
    digits = "".join(str(digit % 10) for digit in range(1, 13))
    async with told(page(f"1!16!{digits}"), page("1!4!cA--"), page()) as (source, _):
        partition = (await partitions(source))["T"]
        cursors = [p.cursor async for p in source.pages(partition, {})]
    assert cursors == ["", "NextPartitionKey=1%214%21cA--", ""]


@pytest.mark.parametrize("body", [b"[]", b'{"value": 1}', b'{"value": [1]}', b"<xml/>", b""])
async def test_an_answer_that_is_no_page(body: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    async def soon(_: float) -> None:
        return None

    monkeypatch.setattr("connectors._service_accounts.asyncio.sleep", soon)
    async with told(lambda _: web.Response(body=body)) as (source, _):
        partition = (await partitions(source))["T"]
        with pytest.raises(Broken) as caught:
            await anext(source.pages(partition, {}))
    assert caught.value.detail.startswith("answer cut")


async def test_a_row_that_its_client_encrypted() -> None:
    sealed = {
        name: ("Edm.Binary" if name != "_ClientEncryptionMetadata1" else "Edm.String", "AAAA")
        for name in ("Number", "_ClientEncryptionMetadata1", "_ClientEncryptionMetadata2")
    }
    table = Table("Sealed", (row("r", **sealed),))
    with _handle.hosted(Company(storage=Storage(tables=(table,)))) as tenant:
        async with opened(azure_tables, tenant) as source:
            (item,) = (await items(source, "Sealed")).values()
            with pytest.raises(Withheld) as caught:
                await anext(source.read(item))
    assert caught.value.reason == "encrypted"
    assert "Number" not in item.row


def test_an_entity_as_a_row() -> None:
    entity = json.loads(
        '{"odata.etag": "e", "PartitionKey": "a\'b", "RowKey": "", "Timestamp": "2026-01-02",'
        '"N@odata.type": "Edm.Int64", "N": "9007199254740993", "D": 12.0, "B": true, "E": null,'
        '"G@odata.type": "Edm.Guid", "G": "g", "X@odata.type": "Edm.Binary", "X": "no base64"}'
    )
    item = item_of(HERE, "https://a.table", entity)
    assert item.row == {
        "PartitionKey": "a'b", "N": "9007199254740993", "D": "12", "B": "true", "G": "g",
        "X": "no base64",
    }  # fmt: skip
    assert item.id == "PartitionKey='a''b',RowKey=''"
    assert item.name == "a'b"
    assert item.version == "e"
    bare = item_of(HERE, "https://a.table", {"Timestamp": "2026-01-02T03:04:05.1234567Z"})
    assert bare.row == {"": ""}
    assert bare.version == "2026-01-02T03:04:05.1234567Z"
    assert bare.modified is not None
