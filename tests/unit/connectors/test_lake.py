"""Data Lake Storage: folders, and access lists as grants."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from connectors import ConnectorError, Grant, Item, Reach, Via, Withheld
from connectors._account_facts import AccountFacts
from connectors._lake import AccessList, endpoint
from connectors._sample_tenant import _handle
from connectors._sample_tenant._model import Container
from tests.unit.connectors.storage_world import (
    DELETED,
    WITH_OWNER,
    Company,
    items,
    opened,
    partitions,
    parts,
    stored,
)

OPEN = "user::rwx,group::r-x,other::r-x"
SHUT = "user::rwx,group::r-x,other::---"
NAMED = (
    "user::rw-,user:hanako@tiny.example:r--,user:taro_x.example#EXT#@tiny.example:rw-,"
    "user:writer@tiny.example:-w-,group::r--,group:aabbccdd-eeff-aabb-ccdd-eeffaabbccdd:r--,"
    "mask::rw-,other::---,default:user:later@tiny.example:rwx"
)


def folder(name: str) -> object:
    return stored(name, b"", kind="directory")


LAKE = Company(
    lake=(
        Container(
            "raw",
            (
                folder("open"), stored("open/all.txt", b"all"), folder("open/shut"),
                stored("open/shut/none.txt"), stored("named.txt", b"named"),
                stored("old.txt", deleted=DELETED), stored("日本 #1.txt", b"odd"),
            ),
            acls={
                "": OPEN, "open": OPEN, "open/shut": SHUT, "open/all.txt": "user::rw-,other::r--",
                "open/shut/none.txt": "user::rw-,other::r--", "named.txt": NAMED,
                "日本 #1.txt": "user::rw-,user:odd@tiny.example:r--,mask::r--,other::---",
            },
        ),
    )
)  # fmt: skip


@pytest.fixture(scope="module")
def served() -> Iterator[_handle.Tenant]:
    with _handle.hosted(LAKE, roles=WITH_OWNER) as tenant:
        yield tenant


NAME = "tinystorelake › raw"


async def own(source, *names: str) -> list[list[Grant]]:
    """What the files' own lists give, beside what the container gives."""
    found = await items(source, NAME)
    shared = await source._kinds[""]._exposures.of(found[names[0]].partition)
    answers = await source.grants([found[name] for name in names])
    assert not any(isinstance(answer, ConnectorError) for answer in answers)
    return [[grant for grant in answer if grant not in shared] for answer in answers]


async def test_files_are_items_and_folders_are_not(served) -> None:
    async with opened(served) as source:
        found = await items(source, NAME)
        assert {item.name for item in found.values()} == {
            "all.txt", "none.txt", "named.txt", "old.txt", "日本 #1.txt",
        }  # fmt: skip
        assert await parts(source, found["open/all.txt"]) == {"": b"all"}
        facts = (await partitions(source))[NAME].facts["account"]
        assert facts.hierarchical
        assert facts.dfs.endswith("tinystorelake-dfs")


async def test_deleted_files_are_a_listing_of_their_own(served) -> None:
    async with opened(served) as source:
        partition = (await partitions(source))[NAME]
        served.forget()
        pages = [page async for page in source.pages(partition, {})]
        (gone,) = pages[1].items
        assert [(page.stream, page.done) for page in pages] == [("", True), ("deleted", True)]
        assert gone.facts["deleted"] == "2026-02-03"
        assert [("showonly=deleted" in r.query) for r in served.requests()] == [False, True]
        with pytest.raises(Withheld):
            await parts(source, gone)
        served.faults([{"action": "status", "status": 400, "code": "X", "path": "showonly"}])
        async with opened(served) as other:
            plain = (await partitions(other))[NAME]
            assert len([page async for page in other.pages(plain, {})]) == 1
        served.faults([])


async def test_entries_become_grants(served) -> None:
    async with opened(served) as source:
        everybody = Grant(Reach.ORGANISATION, Via.DIRECT, "everybody who signs in (other)")
        named, odd, all_, none = await own(
            source, "named.txt", "日本 #1.txt", "open/all.txt", "open/shut/none.txt"
        )
    assert named == [
        Grant(Reach.NAMED, Via.DIRECT, "hanako@tiny.example", 1),
        Grant(Reach.GUEST, Via.DIRECT, "taro_x.example#EXT#@tiny.example", 1),
        Grant(Reach.NAMED, Via.GROUP, "aabbccdd-eeff-aabb-ccdd-eeffaabbccdd"),
    ]
    assert odd == [Grant(Reach.NAMED, Via.DIRECT, "odd@tiny.example", 1)]
    assert all_ == [everybody]
    assert none == []  # a folder above shuts them out


async def test_only_reading_questions_one_a_file(served) -> None:
    async with opened(served) as source:
        found = await items(source, NAME)
        await source.grants([found["named.txt"]])
        served.forget()
        await source.grants([found["named.txt"]])
        await source.grants([found["open/all.txt"]])
        await source.grants([found["open/all.txt"]])
        asked = served.requests()
    assert [(r.method, r.path.partition("/raw")[2]) for r in asked] == [
        ("HEAD", "/named.txt"), ("HEAD", "/open/all.txt"), ("HEAD", "/"), ("HEAD", "/open"),
        ("HEAD", "/open/all.txt"),
    ]  # fmt: skip
    assert {r.query for r in asked} == {"action=getAccessControl&upn=true"}
    assert all(r.authorized for r in asked)


async def test_a_list_that_is_refused_is_an_error_for_that_file_alone(served) -> None:
    async with opened(served) as source:
        found = await items(source, NAME)
        refused = {"action": "status", "status": 403, "code": "AuthorizationPermissionMismatch"}
        served.faults([{**refused, "path": "lake-dfs/raw/named"}])
        first, second = await source.grants([found["named.txt"], found["open/all.txt"]])
        served.faults([{**refused, "path": "lake-dfs/raw/open\\?"}])
        async with opened(served) as other:
            (above,) = await other.grants([found["open/shut/none.txt"]])
        served.faults([])
    assert isinstance(first, ConnectorError)
    assert first.reason == "permission_denied"
    assert isinstance(second, list)
    assert isinstance(above, list)


def test_a_mask_bounds_all_but_the_owner() -> None:
    headers = {
        "x-ms-owner": "owner@tiny.example",
        "x-ms-group": "staff",
        "x-ms-acl": "user::r--,user:a:r--,group::r--,mask::---,other::r--",
    }
    listed = AccessList.of(headers)
    assert listed.readers() == [Grant(Reach.OWNER, Via.DIRECT, "owner@tiny.example", 1)]
    assert listed.others("r")
    unmasked = AccessList.of(headers | {"x-ms-acl": "user::---,group::r--,other::---"})
    assert unmasked.readers() == [Grant(Reach.NAMED, Via.GROUP, "staff")]
    assert AccessList.of({}).readers() == []
    assert not AccessList.of({"x-ms-acl": "nonsense"}).others("r")


@pytest.mark.parametrize(
    ("dfs", "url", "expected"),
    [
        ("", "https://a.blob.core.windows.net", "https://a.dfs.core.windows.net"),
        ("", "https://127.0.0.1:10000/a", "https://127.0.0.1:10000/a"),
        ("https://a.dfs.example", "https://a.blob.example", "https://a.dfs.example"),
    ],
)
def test_where_a_lake_answers(dfs: str, url: str, expected: str) -> None:
    assert endpoint(AccountFacts("", "", dfs=dfs), url) == expected
    assert endpoint(None, url) == (expected if not dfs else "https://a.dfs.example")


async def test_an_item_of_an_earlier_listing_needs_no_content(served) -> None:
    async with opened(served) as source:
        partition = (await partitions(source))[NAME]
        (answer,) = await source.grants([Item(partition, "not there", "x", "")])
    assert isinstance(answer, ConnectorError)
    assert answer.reason == "gone"
