"""Blobs in all the states that a listing names: versions, snapshots, deleted, beside-words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from auditor.model import Content, Limits
from auditor.scan import scan
from connectors import Broken, Denied, Withheld, blob
from connectors._containers import containers
from connectors._model import METER, Meter
from connectors._sample_tenant import _handle
from connectors._sample_tenant._company_keys import individual
from connectors._sample_tenant._model import Container
from tests.unit.connectors.storage_world import (
    DELETED,
    WITH_OWNER,
    Company,
    earlier,
    items,
    opened,
    partitions,
    parts,
    stored,
)

COMPANY = Company(
    (
        Container(
            "hr",
            (
                stored(
                    "a.csv",
                    b"now",
                    metadata=(("owner", "%E4%BA%BA%E4%BA%8B"), ("note", "a & b")),
                    tags=(("project", "payroll"),),
                    earlier=(
                        earlier(1, b"first"),
                        earlier(2, b"picture", snapshot=True),
                        earlier(3, b"second"),
                        earlier(4, b"later picture", snapshot=True),
                        earlier(5, b"lost", deleted=DELETED),
                    ),
                ),
                stored("b.log", b"append", kind="AppendBlob"),
                stored("c.vhd", b"page" * 128, kind="PageBlob"),
                stored("d/gone.txt", b"kept", deleted=DELETED),
                stored("e.txt", b"", current=False, earlier=(earlier(6, b"all that is left"),)),
                stored("f.bin", b"sealed", customer_key=True),
                stored("g.old", b"cold", "Archive"),
                stored("h.txt", b"plain"),
            ),
        ),
        Container("was", (), deleted=DELETED),
    )
)


@pytest.fixture(scope="module")
def served() -> Iterator[_handle.Tenant]:
    with _handle.hosted(COMPANY, roles=WITH_OWNER) as tenant:
        yield tenant


async def test_states_that_are_listed_by_default(served) -> None:
    async with opened(served) as source:
        found = await items(source, "hr")
        assert set(found) == {
            "a.csv", "b.log", "c.vhd", "d/gone.txt?deleted=Tue, 03 Feb 2026 04:05:06 GMT",
            "e.txt", "f.bin", "g.old", "h.txt",
        }  # fmt: skip
        for name, data in (("b.log", b"append"), ("c.vhd", b"page" * 128), ("h.txt", b"plain")):
            assert await parts(source, found[name]) == {"": data}


async def test_words_beside_a_blob_are_read_with_it(served) -> None:
    async with opened(served) as source:
        found = await items(source, "hr")
        read = await parts(source, found["a.csv"])
        assert read == {
            "metadata": "owner: 人事\nnote: a & b\n".encode(),
            "tags": b"project: payroll\n",
            "": b"now",
        }
        assert list(read) == ["metadata", "tags", ""]
        served.forget()
        assert await parts(source, found["h.txt"]) == {"": b"plain"}
        assert len(served.requests()) == 1


@pytest.mark.parametrize(
    ("name", "reason", "detail"),
    [
        ("d/gone.txt?deleted=Tue, 03 Feb 2026 04:05:06 GMT", "not_offered", "2026-02-03"),
        ("e.txt", "excluded_by_settings", "earlier versions"),
        ("f.bin", "encrypted", "key"),
        ("g.old", "archived_tier", "archive"),
    ],
)
async def test_what_is_not_handed_out_says_so_without_a_request(
    served, name: str, reason: str, detail: str
) -> None:
    async with opened(served) as source:
        item = (await items(source, "hr"))[name]
        served.forget()
        with pytest.raises(Withheld) as caught:
            await parts(source, item)
        assert caught.value.reason == reason
        assert detail in caught.value.detail
        assert served.requests() == []


async def test_the_service_says_so_too(served) -> None:
    """What the listing did not tell, the answer does."""
    async with opened(served) as source:
        item = (await items(source, "hr"))["f.bin"]
        with pytest.raises(Withheld) as caught:
            await parts(source, replace(item, facts={}))
        assert caught.value.reason == "encrypted"


async def test_all_versions_and_snapshots_are_items_of_their_own(served) -> None:
    async with opened(served, versions="all") as source:
        found = await items(source, "hr")
        states = {i: item for i, item in found.items() if item.facts.get("of")}
        assert {item.facts["part"] for item in states.values()} == {
            "version 2026-01-01T01:02:03Z", "snapshot 2026-01-02T01:02:03Z",
            "version 2026-01-03T01:02:03Z", "snapshot 2026-01-04T01:02:03Z",
            "version 2026-01-05T01:02:03Z", "version 2026-01-06T01:02:03Z",
        }  # fmt: skip
        read = {}
        for item in states.values():
            if "deleted" not in item.facts:
                read |= await parts(source, item)
        assert {data for part, data in read.items() if "›" not in part} == {
            b"first", b"picture", b"second", b"later picture", b"all that is left",
        }  # fmt: skip
        assert "version 2026-01-01T01:02:03Z › metadata" in read
        assert len({item.version for item in states.values()}) == len(states)
        assert "e.txt" not in found
        assert found["a.csv"].facts.get("of") is None
        names = {item.name for item in states.values()}
        assert names == {"a.csv", "e.txt"}


async def test_the_last_version_and_snapshot(served, monkeypatch: pytest.MonkeyPatch) -> None:
    async with opened(served, versions="last") as source:
        found = await items(source, "hr")
        assert [i.facts["part"] for i in found.values() if i.facts.get("of")] == [
            "version 2026-01-03T01:02:03Z",
            "snapshot 2026-01-04T01:02:03Z",
            "version 2026-01-05T01:02:03Z",  # deleted: told by name
            "version 2026-01-06T01:02:03Z",
        ]
        monkeypatch.setattr(blob, "PAGE", 2)  # pages that end within a blob: more, never fewer
        assert set(await items(source, "hr")) >= set(found)


async def test_new_tags_are_a_new_version(served) -> None:
    """Storage gives a blob no new ETag for them."""
    tagged = Company((Container("hr", (stored("a.csv", b"now"),)),))
    with _handle.hosted(tagged, roles=WITH_OWNER) as plain:
        async with opened(plain) as before, opened(served) as after:
            bare = (await items(before, "hr"))["a.csv"]
            full = (await items(after, "hr"))["a.csv"]
    assert full.version.startswith(bare.version)
    assert full.version != bare.version
    assert full.facts["etag"] == bare.version


async def test_tags_that_may_not_be_read_are_said_once_an_account() -> None:
    with _handle.hosted(COMPANY) as tenant:
        async with opened(tenant) as source:
            found = await partitions(source)
            assert set(found) == {"hr", "was", "tinystore › index tags"}
            with pytest.raises(Denied) as caught:
                await anext(source.pages(found["tinystore › index tags"], {}))
            assert caught.value.permission == "Storage Blob Data Owner"
            assert caught.value.reason == "permission_denied"
            item = (await items(source, "hr"))["a.csv"]
            assert set(await parts(source, item)) == {"metadata", ""}


async def test_tags_that_one_container_of_several_refuses() -> None:
    """Its blobs are read without them, and then it says so."""
    world = Company((Container("a", (stored("x"),)), Container("b", (stored("y"),))))
    with _handle.hosted(world, roles=WITH_OWNER) as tenant:
        code = "AuthorizationPermissionMismatch"
        refused = {"action": "status", "status": 403, "code": code}
        tenant.faults([{**refused, "path": "/tinystore/b\\?.*tags"}])
        async with opened(tenant) as source:
            found = await partitions(source)
            assert set(found) == {"a", "b"}
            assert set(await items(source, "a")) == {"x"}
            pages = source.pages(found["b"], {})
            page = await anext(pages)
            with pytest.raises(Denied) as caught:
                await anext(pages)
    assert ([item.id for item in page.items], page.done) == (["y"], True)
    assert caught.value.permission == "Storage Blob Data Owner"


@pytest.mark.parametrize("rule", [{"action": "status", "status": 500}, {"action": "malformed"}])
async def test_a_fault_while_trying_the_options_is_no_answer(
    rule, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Words beside blobs are not left out without a word because a service was busy."""
    monkeypatch.setattr("connectors._storage._PATIENCE", 0.5)
    world = Company((Container("a", (stored("x"),)),))
    with _handle.hosted(world, roles=WITH_OWNER) as tenant:
        tenant.faults([{**rule, "path": "maxresults=1&"}])
        async with opened(tenant) as source:
            (closed,) = (await partitions(source)).values()
            with pytest.raises(Broken):
                await anext(source.pages(closed, {}))


async def test_a_listing_that_comes_back_to_where_it_was(
    served, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened(served) as source:
        partition = (await partitions(source))["hr"]
        account = await source._account(served.blob)

        async def same(*_: object) -> tuple[list[object], str]:
            return [], "here"

        monkeypatch.setattr(account, "listing", same)
        with pytest.raises(Broken):
            [page async for page in source.pages(partition, {})]
        with pytest.raises(Broken):
            [row async for row in containers(account)]


async def test_a_deleted_container_is_a_scope_that_says_so(served) -> None:
    async with opened(served) as source:
        found = await partitions(source)
        assert set(found) == {"hr", "was"}
        with pytest.raises(Withheld) as caught:
            await anext(source.pages(found["was"], {}))
        assert caught.value.reason == "not_offered"
        assert "2026-02-03" in caught.value.detail


@pytest.mark.parametrize("refused", ["tags", "deletedwithversions", "deleted", "metadata"])
async def test_a_service_that_lacks_an_option_is_listed_without_it(refused: str) -> None:
    world = Company((Container("hr", (stored("a.txt", b"now", metadata=(("k", "v"),)),)),))
    unknown = {"action": "status", "status": 400, "code": "InvalidQueryParameterValue"}
    with _handle.hosted(world, roles=WITH_OWNER) as tenant:
        tenant.faults([{**unknown, "path": f"include=[^&]*{refused}"}])
        async with opened(tenant) as source:
            found = await items(source, "hr")
            assert set(await partitions(source)) == {"hr"}
            expected = {
                "a.txt": {"": b"now"} | ({"metadata": b"k: v\n"} if refused != "metadata" else {})
            }
            assert {i: await parts(source, item) for i, item in found.items()} == expected


async def test_what_trying_the_options_costs(served) -> None:
    """One request an account where everything may be read."""
    async with opened(served, accounts=(served.blob,)) as source:
        await partitions(source)
        served.forget()
        meter = Meter()
        token = METER.set(meter)
        await items(source, "hr")
        METER.reset(token)
        asked = [r for r in served.requests() if r.path.startswith("/tinystore")]
    assert [("maxresults=1" in r.query, r.path) for r in asked] == [
        (False, "/tinystore/"), (True, "/tinystore/hr"), (False, "/tinystore/hr"),
    ]  # fmt: skip
    assert all(r.method == "GET" for r in asked)
    assert meter.requests == len(served.requests())


@pytest.mark.parametrize("place", ["metadata", "tags"])
@pytest.mark.parametrize("key", ["mynumber", "kojin_bango", "my_number"])
def test_a_number_in_the_words_beside_a_blob_is_found(place: str, key: str) -> None:
    text = f"owner: a\n{key}: {individual(7, 'beside', place)}\n".encode()
    content = Content(f"{place}.txt", text, "text/plain", path=(place,), around=("hr", "a.csv"))
    (found,) = scan(content, Limits(), key=b"k" * 32).findings
    assert (found.part, found.locations, found.confidence) == (place, ("line 2",), "high")
