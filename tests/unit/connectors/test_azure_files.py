"""Shares of the sample tenant: folders, ranges, snapshots, refusals."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from typing import Any

import pytest

from connectors import Broken, Denied, Gone, Item, Misconfigured, Reach, Withheld, azure_files
from connectors._model import METER, Meter
from connectors._sample_tenant import _handle
from connectors._sample_tenant._model_storage import Share, Storage
from connectors._sample_tenant._roles import ARM_READER, DEFAULT_ROLES, FILE_READER
from tests.unit.connectors.services_world import (
    LARGE,
    MADE,
    PASSING,
    SNAPSHOT,
    Company,
    content,
    file,
    items,
    opened,
    partitions,
)


@pytest.fixture
def served() -> Iterator[_handle.Tenant]:
    with _handle.hosted(Company()) as tenant:
        yield tenant


@pytest.fixture
async def source(served: _handle.Tenant) -> AsyncIterator[Any]:
    async with opened(azure_files, served) as found:
        yield found


async def why(source: Any, name: str) -> Any:
    with pytest.raises((Denied, Withheld, Broken)) as caught:
        await anext(source.pages((await partitions(source))[name], {}))
    return caught.value


async def test_every_file_of_every_folder(source: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(azure_files, "PAGE", 3)
    found = await items(source, "alpha")
    assert len(found) == 11
    assert {path for path in found if not path.startswith("many/")} == {
        "top.txt", "a/b/c/deep.txt", "a/dot.", "large",
    }  # fmt: skip
    deep = found["a/b/c/deep.txt"]
    assert (deep.name, deep.path, deep.size) == ("deep.txt", "a/b/c", 4)
    assert deep.modified == deep.created == MADE
    assert deep.version.startswith("0x8DE")
    assert deep.url.endswith("/alpha/a/b/c/deep.txt")
    assert await content(source, deep) == b"deep"
    assert await content(source, found["a/dot."]) == b"dot"
    (again,) = await source.lookup(deep.partition, [deep.id, "a/b/other", "gone/file"])
    assert again == deep


async def test_folders_are_gone_through_in_depth(source: Any, served: _handle.Tenant) -> None:
    partition = (await partitions(source))["alpha"]
    served.forget()
    pages = [page async for page in source.pages(partition, {})]
    assert [(len(page.items), page.done) for page in pages] == [(2, False), (9, True)]
    assert not any(page.cursor or page.restart for page in pages)
    assert len(served.requests()) == 6  # the root, a, a/b, a/b/c, empty, many
    assert {request.method for request in served.requests()} == {"GET"}


async def test_ranges(source: Any) -> None:
    large = (await items(source, "alpha"))["large"]
    (body,) = [body async for body in source.read(large)]
    assert await body.head(10) == (LARGE[:10], True)
    got = b"".join([chunk async for chunk in body.chunks(1000, 500_000)])
    assert got == LARGE[1000:501_000]
    assert b"".join([chunk async for chunk in body.chunks(len(LARGE) + 5)]) == b""


async def test_what_is_kept_of_deleted_shares_and_snapshots_is_said(source: Any) -> None:
    assert set(await partitions(source)) == {"alpha", "alpha › snapshots", "beta", "lost"}
    lost = await why(source, "lost")
    assert (lost.reason, lost.detail) == ("not_offered", "soft-deleted 2026-03-04")
    earlier = await why(source, "alpha › snapshots")
    assert earlier.reason == "excluded_by_settings"
    assert earlier.detail == "snapshots: 1, the last of 2026-02-01"


async def test_snapshots_are_read_where_the_settings_want_them(served: _handle.Tenant) -> None:
    async with opened(azure_files, served, snapshots=True, include=("al*",)) as source:
        name = f"alpha › snapshot {SNAPSHOT[:19]}Z"
        assert set(await partitions(source)) == {"alpha", name}
        (old,) = (await items(source, name)).values()
        assert await content(source, old) == b"old"
        assert old.partition.id != (await partitions(source))["alpha"].id


async def test_settings_choose_shares_and_files(served: _handle.Tenant) -> None:
    async with opened(azure_files, served, exclude=("alpha",), paths=("*.csv",)) as source:
        assert set(await partitions(source)) == {"beta", "lost"}
        (one,) = (await items(source, "beta")).values()
        with pytest.raises(Withheld) as caught:
            await content(source, one)
        assert caught.value.reason == "excluded_by_settings"


async def test_a_given_account_by_the_address_of_its_blobs(served: _handle.Tenant) -> None:
    account = served.blob + "-file"
    async with opened(azure_files, served, accounts=(account, account + "/")) as source:
        assert "beta" in await partitions(source)
    places = azure_files.Source(azure_files.Settings(), None)._places  # type: ignore[arg-type]
    assert places._checked("https://a.blob.core.windows.net/") == "https://a.file.core.windows.net"
    with pytest.raises(Misconfigured):
        places._checked("http://a.file.core.windows.net")


async def test_an_account_without_shares_is_left_aside() -> None:
    with _handle.hosted(Company(storage=Storage())) as tenant:
        async with opened(azure_files, tenant) as source:
            assert await partitions(source) == {}


async def test_without_the_role_the_account_is_denied() -> None:
    roles = [role for role in DEFAULT_ROLES if role not in {FILE_READER, ARM_READER}]
    with _handle.hosted(Company(), roles=roles) as tenant:
        async with opened(azure_files, tenant) as source:
            assert (await why(source, "subscriptions")).permission == "Reader"
        async with opened(azure_files, tenant, accounts=(tenant.blob + "-file",)) as source:
            (name,) = await partitions(source)
            assert (await why(source, name)).permission == FILE_READER


async def test_resource_manager_lists_shares_where_the_service_does_not(
    served: _handle.Tenant, source: Any
) -> None:
    served.faults([{
        "action": "status", "status": 403, "code": "AuthorizationPermissionMismatch",
        "path": r"-file/\?comp=list",
    }])  # fmt: skip
    assert set(await partitions(source)) == {"alpha", "alpha › snapshots", "beta", "lost"}
    assert (await why(source, "lost")).detail == "soft-deleted 2026-03-04"
    assert len(await items(source, "beta")) == 1


async def test_one_folder_that_is_refused(served: _handle.Tenant, source: Any) -> None:
    served.faults([
        {"action": "status", "status": 403, "code": "AuthorizationFailure", "path": "/alpha/many"},
        {"action": "status", "status": 404, "code": "ResourceNotFound", "path": "/alpha/empty"},
    ])  # fmt: skip
    found = await items(source, "alpha")
    assert set(found) == {"top.txt", "a/b/c/deep.txt", "a/dot.", "large", "many/"}
    with pytest.raises(Denied):
        await content(source, found["many/"])


async def test_one_share_that_is_refused(served: _handle.Tenant, source: Any) -> None:
    served.faults([{"action": "status", "status": 404, "code": "ShareNotFound", "path": "/beta"}])
    found = await partitions(source)
    with pytest.raises(Gone):
        await anext(source.pages(found["beta"], {}))
    assert len(await items(source, "alpha")) == 11


async def test_what_happens_between_listing_and_reading(source: Any) -> None:
    top = (await items(source, "alpha"))["top.txt"]
    with pytest.raises(Broken) as caught:
        await content(source, replace(top, facts={"etag": "0x8DE000000"}))
    assert caught.value.reason == "changed_while_read"
    with pytest.raises(Gone):
        await content(source, replace(top, id="a/gone.txt"))


@PASSING
async def test_a_passing_fault_costs_time_and_nothing_else(
    served: _handle.Tenant, source: Any, rule: dict[str, Any]
) -> None:
    await partitions(source)  # signs in
    rules = [{**rule, "path": "restype=directory", "hits": [2]}]
    if rule["action"] != "malformed":  # half a file is no fault that anybody could see
        rules.append({**rule, "path": "/alpha/large", "hits": [1]})
    served.faults(rules)
    meter = Meter()
    token = METER.set(meter)
    found = await items(source, "alpha")
    assert len(found) == 11
    assert await content(source, found["large"]) == LARGE
    METER.reset(token)
    assert (meter.throttled > 0) == (rule["action"] == "throttle")
    assert meter.bytes >= len(LARGE)


async def test_folders_in_each_other_without_end() -> None:
    path = "/".join("f" * 300)
    shares = (Share("deep", (file("f/f/f/here.txt"), file(f"{path}/there.txt"))),)
    with _handle.hosted(Company(storage=Storage(shares))) as tenant:
        async with opened(azure_files, tenant) as source:
            found = await items(source, "deep")
            (stop,) = [item for item in found.values() if item.name.endswith("/")]
            with pytest.raises(Withheld) as caught:
                await content(source, stop)
    assert len(found) == 2
    assert caught.value.reason == "too_deep"


async def test_who_can_reach_a_file(source: Any, served: _handle.Tenant) -> None:
    found = list((await items(source, "beta")).values())
    served.forget()
    grants = await source.grants([*found, Item(found[0].partition, "x", "x", "")])
    assert len(grants) == 2
    assert {grant.reach for grant in grants[0]} == {Reach.NAMED}
    assert any("stored access policies not visible" in grant.who for grant in grants[0])
    assert any(grant.who.startswith("Owner") for grant in grants[0])
    asked = len(served.requests())
    assert await source.grants(found) == grants[:1]
    assert len(served.requests()) == asked
    assert await source.grants([]) == []


async def test_an_account_that_takes_no_keys() -> None:
    company = Company(storage_properties={"allowSharedKeyAccess": False})
    with _handle.hosted(company) as tenant:
        async with opened(azure_files, tenant) as source:
            found = list((await items(source, "beta")).values())
            (grants,) = await source.grants(found)
    assert [grant.who for grant in grants] == ["data-plane roles"]
