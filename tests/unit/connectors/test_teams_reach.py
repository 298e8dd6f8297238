"""Teams: who can reach what was said, and faults of the service."""

from __future__ import annotations

from typing import Any

import pytest

from connectors import Broken, Denied, Gone, Partition, Reach, Via, teams
from connectors._sample_tenant._handle import Tenant, hosted
from connectors._sample_tenant._roles import DEFAULT_ROLES
from tests.unit.connectors.graph_world import access_to, asked, opened, pages
from tests.unit.connectors.scripted import said, scripted
from tests.unit.connectors.talking_world import (
    MANY,
    C,
    D,
    Talking,
    named,
    place,
    reading,
    root,
    talking,
)

tenant = pytest.fixture(scope="module")(talking)
access = pytest.fixture(opened)
source = pytest.fixture(reading)


# ------------------------------------------------------------------------------------------ reach


def reached(grants: Any) -> set[tuple[Reach, Via, int | None]]:
    return {(g.reach, g.via, g.people) for g in grants}


async def test_who_can_reach_a_channel(source: teams.Source, tenant: Tenant) -> None:
    items = named(await pages(source, await place(source, "HR")))
    asked_for = [items[root(n)] for n in (0, 1, 150, 200)]
    standard, same, private, shared = await source.grants(asked_for)
    owner = (Reach.OWNER, Via.ROLE, 1)
    assert reached(standard) == reached(same) == {owner, (Reach.NAMED, Via.GROUP, 1)}
    assert reached(private) == {owner}
    assert reached(shared) == {owner, (Reach.EXTERNAL, Via.GROUP, 1)}
    await source.grants(asked_for)
    asked_at = [r.path.rpartition("/")[2] for r in asked(tenant, "embers")]
    assert sorted(word for word in asked_at if word.endswith("embers")) == [
        "allMembers",
        "allMembers",
        "members",
    ]  # each once


async def test_a_public_team_with_a_guest(source: teams.Source) -> None:
    (item,) = named(await pages(source, await place(source, "Open"))).values()
    (grants,) = await source.grants([item])
    assert {g.reach for g in grants} == {  # type: ignore[union-attr]
        Reach.OWNER,
        Reach.NAMED,
        Reach.GUEST,
        Reach.ORGANISATION,
    }


async def test_who_can_reach_a_chat(source: teams.Source) -> None:
    items = named(await pages(source, await place(source, C.mail)))
    (grants,) = await source.grants([items[root(330)]])
    assert {(g.reach, g.who) for g in grants} == {  # type: ignore[union-attr]
        (Reach.NAMED, C.mail),
        (Reach.NAMED, D.mail),
        (Reach.GUEST, "g@away.example"),
    }


async def test_a_failed_question_is_its_error(source: teams.Source, tenant: Tenant) -> None:
    items = named(await pages(source, await place(source, "HR")))
    tenant.faults([{"action": "status", "status": 403, "path": "/members"}])
    denied, good = await source.grants([items[root(0)], items[root(150)]])
    assert isinstance(denied, Denied)
    assert denied.permission == "TeamMember.Read.All"
    assert reached(good)


# ----------------------------------------------------------------------------------------- faults


@pytest.mark.parametrize(
    "rule",
    [
        {"action": "throttle", "retry_after": 0, "times": 2},
        {"action": "status", "status": 503, "times": 1},
        {"action": "malformed", "times": 1},
        {"action": "cut", "times": 1},
        {"action": "empty_page", "hits": [2]},
        {"action": "repeat"},
    ],
    ids=lambda rule: str(rule["action"]),
)
async def test_weather_loses_nothing(
    rule: dict[str, Any], source: teams.Source, tenant: Tenant
) -> None:
    team = await place(source, "HR")
    calm = named(await pages(source, team)).keys()
    tenant.faults([{"path": "getAllMessages", **rule}])
    stormy = await pages(source, team)
    assert {i.id.rpartition("/")[2] for p in stormy for i in p.items} == calm


@pytest.mark.parametrize("action", ["loop", "foreign_link"])
async def test_a_bad_link_ends_the_team(action: str, source: teams.Source, tenant: Tenant) -> None:
    team = await place(source, "HR")
    tenant.faults([{"action": action, "path": "getAllMessages"}])
    with pytest.raises(Broken):
        await pages(source, team)
    assert all(r.host == "main" for r in tenant.requests())


async def test_one_team_that_is_refused(source: teams.Source, tenant: Tenant) -> None:
    team, other = await place(source, "HR"), await place(source, "Open")
    rule = {"action": "status", "status": 403, "path": f"{team.id}/channels/getAllMessages"}
    tenant.faults([rule])
    with pytest.raises(Denied) as caught:
        await pages(source, team)
    assert caught.value.permission == "ChannelMessage.Read.All"
    assert named(await pages(source, other))


async def test_a_team_that_is_gone(source: teams.Source, tenant: Tenant) -> None:
    team = await place(source, "Open")
    tenant.faults([{"action": "status", "status": 404, "path": team.id}])
    with pytest.raises(Gone):
        await pages(source, team)


@pytest.mark.parametrize("role", ["Team.ReadBasic.All", "Channel.ReadBasic.All"])
async def test_a_missing_permission_hides_its_own_alone(role: str) -> None:
    roles = tuple(one for one in DEFAULT_ROLES if one != role)
    with hosted(Talking(), roles=roles) as tenant:
        access = access_to(tenant)
        source = teams.Source(teams.Settings(), access)
        met: list[Partition] = []
        denied: Denied | None = None
        listed = 0
        try:
            async for partition in source.partitions():
                met.append(partition)
                if partition.name == "HR":
                    async for page in source.pages(partition, {}):
                        listed += len(page.items)
                        await source.grants(page.items)
        except Denied as error:
            denied = error
        await access.aclose()
        assert len(asked(tenant, "/allChannels")) <= 1  # a refusal is not asked for again
    assert denied is not None
    assert denied.permission == role
    assert listed == (0 if role.startswith("Team") else MANY + 4 + 1)
    assert len(met) == (5 if role.startswith("Team") else 1)


async def test_an_id_of_a_channel_is_any_text() -> None:
    """What separates our own ids may stand in one of the service's."""
    channel, own = "19:a/+b==@thread.tacv2", "1700000000001"
    message = {
        "id": own,
        "body": {"contentType": "text", "content": "text"},
        "channelIdentity": {"channelId": channel},
    }
    named = {"id": channel, "displayName": "Pay", "membershipType": "private"}
    async with scripted() as service:
        access = service.access()
        source = teams.Source(teams.Settings(), access)
        service.say("/v1.0/teams/t/allChannels", said({"value": [named]}))
        service.say("/v1.0/teams/t/channels/getAllMessages", said({"value": [message]}))
        members = f"/v1.0/teams/t/channels/{channel}/allMembers"
        service.say(members, said({"value": [{"id": "m", "roles": ["guest"]}]}))
        service.say(f"/v1.0/teams/t/channels/{channel}/messages/{own}", said(message))
        for path in ("/v1.0/users", "/v1.0/domains"):
            service.say(path, said({"value": []}))
        partition = Partition("teams", "t", "T", "here.example", {"kind": "team"})
        (page,) = await pages(source, partition)
        (granted,) = await source.grants(page.items)
        again = await source.lookup(partition, [page.items[0].id])
        await access.aclose()
    assert [grant.reach for grant in granted] == [Reach.GUEST]
    assert [item.path for item in again] == ["Pay"]
