"""Teams: every kind of channel and chat once, and what changed since."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import date

import pytest

from connectors import Denied, Item, Withheld, teams
from connectors._identity import Access
from connectors._sample_tenant._handle import Tenant
from tests.unit.connectors.graph_world import access_to, opened, pages, partitions, whole
from tests.unit.connectors.talking_world import (
    MANY,
    NOBODY,
    PICTURE,
    A,
    B,
    C,
    D,
    ends,
    named,
    place,
    reading,
    root,
    talking,
)

tenant = pytest.fixture(scope="module")(talking)
access = pytest.fixture(opened)
source = pytest.fixture(reading)


# ---------------------------------------------------------------------------------------- listing


async def test_teams_and_users_are_partitions_guests_are_not(source: teams.Source) -> None:
    names = [p.name for p in await partitions(source)]
    assert names == ["HR", "Open", A.mail, B.mail, C.mail, D.mail, NOBODY.mail]


@pytest.mark.parametrize(
    ("settings", "names"),
    [
        (teams.Settings(chats=False), ["HR", "Open"]),
        (teams.Settings(channels=False, exclude=("e@*", "d@*")), [A.mail, B.mail, C.mail]),
        (teams.Settings(include=("h*", "A@SMALL*")), ["HR", A.mail]),
    ],
)
async def test_what_is_included(settings: teams.Settings, names: list[str], access: Access) -> None:
    assert [p.name for p in await partitions(teams.Source(settings, access))] == names


async def test_every_kind_of_channel_is_listed_once(source: teams.Source) -> None:
    found = await pages(source, await place(source, "HR"))
    items = named(found)
    assert len(items) == MANY + 4 + 1 + 2
    assert items[root(0)].path == "General"
    assert items[root(150)].path == "Pay"
    assert [items[root(n)].path for n in (200, 201)] == ["Both", "Both"]
    assert items[root(201)].id == f"19:both@thread.tacv2/{root(200)}/{root(201)}"
    assert root(102) not in items  # deleted
    assert root(103) not in items  # an event in which nobody wrote anything
    assert ends(found).keys() == {"channels", "19:both@thread.tacv2"}


async def test_an_incoming_channel_belongs_to_its_host(source: teams.Source) -> None:
    assert named(await pages(source, await place(source, "Open"))).keys() == {root(160)}


async def test_what_a_message_holds(source: teams.Source) -> None:
    items = named(await pages(source, await place(source, "HR")))
    parts = {
        body.part: await whole(body)
        for n in (100, 101, 104, 105)
        async for body in source.read(items[root(n)])
        if body.part
    }
    assert parts["card 1"].decode().splitlines() == ["Name: Ann", "hi"]
    assert b"plan.xlsx" in parts["link 1"]
    assert parts["image 1"] == PICTURE
    assert parts["event"] == b"New"
    assert parts["summary"] == b"in short"
    assert items[root(0)].body is not None


async def test_the_bulk_listing_fails_over_to_single_channels(
    source: teams.Source, tenant: Tenant
) -> None:
    whole_team = named(await pages(source, await place(source, "HR"))).keys()
    for status in (400, 402, 404, 405, 501):
        rule = {"action": "status", "status": status, "path": "getAllMessages"}
        tenant.faults([rule])
        found = await pages(source, await place(source, "HR"))
        assert named(found).keys() == whole_team
        assert len(ends(found)) == 3


# ------------------------------------------------------------------------------------------ chats


async def chats_of(source: teams.Source) -> dict[str, set[str]]:
    found = {}
    for user in (A, B, C, D):
        found[user.mail[0]] = set(named(await pages(source, await place(source, user.mail))))
    return found


async def test_a_chat_belongs_to_one_of_its_people(source: teams.Source) -> None:
    """The first who saw it: A came late to the group, E has no Teams, G is a guest."""
    assert await chats_of(source) == {
        "a": {root(301), root(320)},
        "b": {root(300), root(302)},
        "c": {root(330)},
        "d": set(),
    }


async def test_a_denied_participant_hides_nothing(source: teams.Source, tenant: Tenant) -> None:
    rule = {"action": "status", "status": 403, "code": "Forbidden", "path": f"users/{B.id}/chats"}
    tenant.faults([rule])
    with pytest.raises(Denied) as caught:
        await pages(source, await place(source, B.mail))
    assert caught.value.permission == "Chat.Read.All"
    others = named(await pages(source, await place(source, C.mail)))
    assert others.keys() == {root(300), root(302), root(330)}


async def test_somebody_without_teams_is_told_as_such(source: teams.Source) -> None:
    with pytest.raises(Denied) as caught:
        await pages(source, await place(source, NOBODY.mail))
    assert caught.value.reason == "not_licensed"


async def test_chats_one_by_one_where_there_is_no_bulk(
    source: teams.Source, tenant: Tenant
) -> None:
    tenant.faults([{"action": "status", "status": 405, "path": "chats/getAllMessages"}])
    found = await chats_of(source)
    assert found["b"] == {root(300), root(302)}
    assert found["a"] >= {root(301), root(320)}


async def test_a_picture_in_a_chat(source: teams.Source) -> None:
    items = named(await pages(source, await place(source, A.mail)))
    bodies = [body async for body in source.read(items[root(320)])]
    assert [await whole(b) for b in bodies if b.part == "image 1"] == [PICTURE]


# ------------------------------------------------------------------------------------ second runs


async def test_an_unchanged_team_costs_one_request_and_its_channels(
    access: Access, tenant: Tenant
) -> None:
    first = teams.Source(teams.Settings(), access)
    team = await place(first, "Open")
    cursors = ends(await pages(first, team))
    tenant.forget()
    found = await pages(teams.Source(teams.Settings(), access), team, cursors)
    assert not any(page.items or page.gone or page.restart for page in found)
    assert [r.path.rpartition("/")[2] for r in tenant.requests()] == [
        "allChannels",
        "getAllMessages",
    ]


async def test_an_unchanged_user_costs_one_request(source: teams.Source, tenant: Tenant) -> None:
    person = await place(source, C.mail)
    cursors = ends(await pages(source, person))
    tenant.forget()
    assert not any(page.items for page in await pages(source, person, cursors))
    assert len(tenant.requests()) == 1


async def test_changes_since_the_last_run() -> None:
    with contextmanager(talking)() as tenant:
        access = access_to(tenant)
        await _changes(reading(access), tenant)
        await access.aclose()


async def _changes(source: teams.Source, tenant: Tenant) -> None:
    team = await place(source, "HR")
    found = await pages(source, team)
    before, cursors = named(found), ends(found)
    general = "19:general@thread.tacv2"
    added = tenant.change("chat", "add", place=general, sender=B.mail, body="new")
    tenant.change("chat", "edit", place=general, id=root(3), body="<p>changed</p>")
    tenant.change("chat", "delete", place=general, id=root(4))
    again = await pages(source, team, cursors)
    bulk = [page for page in again if page.stream == "channels"]
    after = named(bulk)
    assert after.keys() == {added, root(3)}
    assert after[root(3)].version != before[root(3)].version
    assert [gone for page in bulk for gone in page.gone] == [before[root(4)].id]


async def test_going_on_in_the_middle_and_from_a_void_page(
    source: teams.Source, tenant: Tenant
) -> None:
    team = await place(source, "HR")
    found = await pages(source, team)
    half = next(page for page in found if page.stream == "channels" and not page.done)
    rest = named(await pages(source, team, {"channels": half.cursor}))
    assert rest.keys() | named([half]).keys() == named(found).keys()
    tenant.faults([{"action": "status", "status": 400, "path": "skiptoken", "times": 1}])
    anew = await pages(source, team, {"channels": half.cursor})
    assert anew[0].restart
    assert named(anew).keys() == named(found).keys()


async def test_a_second_look_at_single_messages(source: teams.Source) -> None:
    for name in ("HR", C.mail):
        where = await place(source, name)
        known = named(await pages(source, where))
        ids = [item.id for item in known.values()][-3:]
        again = await source.lookup(where, ["none", f"{ids[0]}9", *ids])
        assert {item.id for item in again} == set(ids)


async def test_messages_of_other_days_are_left_out_and_said_to_be(access: Access) -> None:
    day = date(2026, 2, 2)
    for settings, told in (
        (teams.Settings(since=day, until=day), set()),
        (teams.Settings(since=day.replace(day=3)), {"excluded_by_settings"}),
        (teams.Settings(until=day.replace(day=1)), {"excluded_by_settings"}),
    ):
        source = teams.Source(settings, access)
        for name in ("Open", C.mail):
            items = named(await pages(source, await place(source, name)))
            assert items
            assert {await _reason(source, item) for item in items.values()} - {""} == told


async def _reason(source: teams.Source, item: Item) -> str:
    try:
        assert [body async for body in source.read(item)]
    except Withheld as error:
        return error.reason
    return ""
