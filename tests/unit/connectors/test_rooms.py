"""What a site and a mailbox hold beside their libraries and folders, at the sample company."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from connectors import (
    Connector,
    Denied,
    Item,
    Partition,
    Reach,
    Withheld,
    mail,
    sharepoint,
)
from connectors._identity import Access
from connectors._model import BESIDE
from connectors._sample_tenant._company import company
from connectors._sample_tenant._handle import Tenant, hosted
from tests.unit.connectors.graph_world import asked, opened, pages, partitions, whole
from tests.unit.connectors.scripted import said, scripted


@pytest.fixture(scope="module")
def tenant() -> Iterator[Tenant]:
    with hosted(company(60)) as found:
        yield found


access = pytest.fixture(opened)


async def place_of(source: Connector, name: str) -> Partition:
    return {p.name: p for p in await partitions(source)}[name]


async def rows_of(source: Connector, place: Partition, **cursors: str) -> list[Item]:
    return [item for page in await pages(source, place, cursors) for item in page.items]


async def test_a_list_is_rows_under_the_headers_that_people_see(access: Access) -> None:
    source = sharepoint.Source(sharepoint.Settings(), access)
    rows = await rows_of(source, await place_of(source, "人事部 › 社員名簿"))
    assert len(rows) == 14
    assert all(set(row.row) == {"氏名", "社員番号", "個人番号"} for row in rows)
    assert all(row.version and row.modified for row in rows)


async def test_an_attachment_of_a_row_is_said_to_be_unread(access: Access) -> None:
    source = sharepoint.Source(sharepoint.Settings(), access)
    rows = await rows_of(source, await place_of(source, "人事部 › 社員名簿"))
    unread = []
    for row in rows:
        try:
            assert [body async for body in source.read(row)] == []
        except Withheld as error:
            unread.append((row.id, error.reason))
    assert unread == [("3", "not_offered")]


async def test_rows_with_files_are_read_anew_once_files_are_wanted(access: Access) -> None:
    plain = sharepoint.Source(sharepoint.Settings(), access)
    wanted = sharepoint.Source(sharepoint.Settings(attachments=True), access)
    place = await place_of(wanted, "人事部 › 社員名簿")
    before = {row.id: row.version for row in await rows_of(plain, place)}
    after = {row.id: row.version for row in await rows_of(wanted, place)}
    assert [key for key in before if before[key] != after[key]] == ["3"]
    assert place.facts["web"].startswith("https://")


async def test_a_list_without_changes_costs_one_request(access: Access, tenant: Tenant) -> None:
    source = sharepoint.Source(sharepoint.Settings(), access)
    place = await place_of(source, "人事部 › 受付簿")
    first = await pages(source, place)
    assert first[-1].done
    tenant.forget()
    (page,) = await pages(source, place, {"": first[-1].cursor})
    assert (page.items, page.gone, page.done) == ([], [], True)
    assert len(asked(tenant, "/lists/")) == 1


async def test_a_void_token_begins_a_list_anew(access: Access, tenant: Tenant) -> None:
    source = sharepoint.Source(sharepoint.Settings(), access)
    place = await place_of(source, "人事部 › 受付簿")
    first = await pages(source, place)
    tenant.faults([{"action": "gone", "path": "items/delta", "times": 1}])
    again = await pages(source, place, {"": first[-1].cursor})
    assert again[0].restart
    assert sum(len(page.items) for page in again) == 40


@pytest.mark.parametrize("status", [400, 404, 501])
async def test_where_lists_have_no_delta_they_are_listed_whole(
    access: Access, tenant: Tenant, status: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As in the clouds of governments and of China."""
    monkeypatch.setattr("connectors._lists._PAGE", 15)
    source = sharepoint.Source(sharepoint.Settings(), access)
    place = await place_of(source, "人事部 › 受付簿")
    tenant.faults([{"action": "status", "status": status, "path": "items/delta"}])
    found = await pages(source, place)
    assert [len(page.items) for page in found] == [15, 15, 10]
    assert [page.done for page in found] == [False, False, True]
    assert not any(page.cursor for page in found)


async def test_a_denied_list_is_denied(access: Access, tenant: Tenant) -> None:
    source = sharepoint.Source(sharepoint.Settings(), access)
    place = await place_of(source, "人事部 › 受付簿")
    tenant.faults([{"action": "status", "status": 403, "code": "accessDenied", "path": "items"}])
    with pytest.raises(Denied) as caught:
        await pages(source, place)
    assert caught.value.permission == "Sites.Read.All"


async def test_a_row_is_granted_as_the_service_says(access: Access, tenant: Tenant) -> None:
    source = sharepoint.Source(sharepoint.Settings(), access)
    rows = await rows_of(source, await place_of(source, "人事部 › 受付簿"))
    tenant.forget()
    answers: list[Any] = await source.grants(rows[:30])
    assert {len(grants) for grants in answers} == {3}
    assert len([r for r in tenant.requests() if r.path.endswith("$batch")]) == 2


async def test_rows_are_looked_up_again(access: Access) -> None:
    source = sharepoint.Source(sharepoint.Settings(), access)
    place = await place_of(source, "人事部 › 受付簿")
    found = await source.lookup(place, ["1", "40", "4000"])
    assert [one.id for one in found] == ["1", "40"]
    assert all(one.row for one in found)


async def test_few_rows_come_with_others_of_their_list(
    access: Access, tenant: Tenant, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A changed row, one that is looked up again, and the last of a listing by pages."""
    source = sharepoint.Source(sharepoint.Settings(), access)
    place = await place_of(source, "人事部 › 受付簿")
    listed = await pages(source, place)
    assert not any(BESIDE in item.facts for item in listed[0].items)
    tenant.change("entry", "modify", list="人事部/受付簿", id="7", fields={"Title": "changed"})
    (page,) = await pages(source, place, {"": listed[-1].cursor})
    (changed,) = page.items
    (again,) = await source.lookup(place, ["7"])
    monkeypatch.setattr("connectors._lists._PAGE", 39)
    last = (await pages(source, place))[-1].items[-1]
    whole_list = {item.row["番号"] for item in listed[0].items}
    for item, own in ((changed, "7"), (again, "7"), (last, last.id)):
        beside = [row["番号"] for row in item.facts[BESIDE]]
        assert item.id == own
        assert {*beside, item.row["番号"]} == whole_list
        assert len(beside) == 39


async def test_a_row_whose_list_cannot_be_asked_stays_alone(access: Access, tenant: Tenant) -> None:
    source = sharepoint.Source(sharepoint.Settings(), access)
    place = await place_of(source, "人事部 › 受付簿")
    tenant.faults([{"action": "status", "status": 403, "path": r"items\?\$expand"}])
    (again,) = await source.lookup(place, ["9"])
    assert (again.id, BESIDE in again.facts) == ("9", False)


async def test_pages_give_their_texts_and_their_web_parts(access: Access) -> None:
    source = sharepoint.Source(sharepoint.Settings(), access)
    place = await place_of(source, "全社ポータル › pages")
    found = {item.name: item for item in await rows_of(source, place)}
    bodies = {
        name: [(b.part, await whole(b)) async for b in source.read(item)]
        for name, item in found.items()
    }
    assert [part for part, _ in bodies["年末調整の記入例"]] == [""]
    assert [part for part, _ in bodies["よくある問い合わせ"]] == ["", "web parts"]
    assert "個人番号".encode() in bodies["年末調整の記入例"][0][1]
    (grants, _) = await source.grants(list(found.values()))
    assert not isinstance(grants, Exception)
    assert max(grant.reach for grant in grants) is Reach.ORGANISATION


async def test_subsites_and_hidden_libraries_are_listed(access: Access) -> None:
    source = sharepoint.Source(sharepoint.Settings(), access)
    names = {place.name for place in await partitions(source)}
    assert {"採用チーム › ドキュメント", "経理部 › 保持ライブラリ"} <= names


async def test_what_is_switched_off_is_not_asked_for(access: Access, tenant: Tenant) -> None:
    source = sharepoint.Source(sharepoint.Settings(lists=False, pages=False), access)
    assert {p.facts.get("kind", "") for p in await partitions(source)} == {""}
    assert asked(tenant, "/lists") == []


async def test_a_site_whose_lists_are_denied_still_has_its_libraries(
    access: Access, tenant: Tenant
) -> None:
    tenant.faults([{"action": "status", "status": 403, "code": "accessDenied", "path": "/lists"}])
    source = sharepoint.Source(sharepoint.Settings(), access)
    found = await partitions(source)
    assert "人事部 › ドキュメント" in {p.name for p in found}
    denied = next(p for p in found if p.name == "人事部 › lists")
    with pytest.raises(Denied):
        await pages(source, denied)


async def test_recoverable_items_are_folders_of_the_mailbox(access: Access) -> None:
    source = mail.Source(mail.Settings(include=("watanabe.jun@*",)), access)
    place = (await partitions(source))[0]
    subjects = {item.name for item in await rows_of(source, place)}
    assert {f"扶養控除の確認（{name}）" for name in ("Deletions", "Purges", "Versions")} <= subjects


async def test_where_only_deletions_are_known_those_are_read(
    access: Access, tenant: Tenant
) -> None:
    rule = {"action": "status", "status": 404, "code": "ErrorItemNotFound"}
    tenant.faults([rule | {"path": "recoverableitemsroot"}])
    source = mail.Source(mail.Settings(include=("watanabe.jun@*",)), access)
    place = (await partitions(source))[0]
    subjects = {item.name for item in await rows_of(source, place)}
    assert "扶養控除の確認（Deletions）" in subjects
    assert "扶養控除の確認（Purges）" not in subjects


async def test_headers_are_read_beside_a_body_from_the_listing(access: Access) -> None:
    source = mail.Source(mail.Settings(include=("watanabe.jun@*",)), access)
    place = (await partitions(source))[0]
    found = {item.name: item for item in await rows_of(source, place)}
    bodies = [body async for body in source.read(found["申請を受け付けました"])]
    assert [body.part for body in bodies] == ["", "headers"]
    assert (await whole(bodies[1])).startswith(b"X-Form-Fields: ")


async def test_archives_are_named_and_said_to_be_unread(access: Access) -> None:
    source = mail.Source(mail.Settings(), access)
    (place,) = [p for p in await partitions(source) if "archive" in p.id]
    assert place.name == "nakamura.mayumi@sample-shoji.example › archive"
    with pytest.raises(Withheld) as caught:
        await pages(source, place)
    assert caught.value.reason == "not_offered"


@pytest.mark.parametrize(("status", "kind"), [(403, Denied), (404, Withheld)])
async def test_archives_that_nobody_names_are_one_gap(
    access: Access, tenant: Tenant, status: int, kind: type[Exception]
) -> None:
    tenant.faults([{"action": "status", "status": status, "path": "/reports/"}])
    source = mail.Source(mail.Settings(), access)
    (place,) = [p for p in await partitions(source) if "archive" in p.id]
    with pytest.raises(kind):
        await pages(source, place)


async def test_a_row_that_is_not_deleted_may_say_so_with_null() -> None:
    rows: list[dict[str, Any]] = [
        {"id": "1", "deleted": None, "fields": {"Title": "a"}},
        {"id": "2", "deleted": {"state": "deleted"}},
    ]
    async with scripted() as service:
        access = service.access()
        source = sharepoint.Source(sharepoint.Settings(), access)
        service.say("/v1.0/sites/s/lists/l/items/delta", said({"value": rows}))
        service.say("/v1.0/sites/s/lists/l/columns", said({"value": []}))
        facts = {"kind": "list", "site": "s", "list": "l"}
        (page,) = await pages(source, Partition("sharepoint", "s/lists/l", "l", "t", facts))
        await access.aclose()
    assert [item.id for item in page.items] == ["1"]
    assert page.gone == ["2"]
