"""Who can reach a row of Dataverse: owners, depths of roles, shares; and whom nobody may ask."""

from __future__ import annotations

from typing import Any

import pytest

from connectors import Broken, Denied, Gone, Grant, Item, Reach, Via, dataverse
from connectors import _dataverse_reach as reach
from connectors._dataverse_people import People
from connectors._sample_tenant._company_people import HR
from connectors._sample_tenant._handle import Tenant
from tests.unit.connectors.dataverse_world import listed, opened, places, row_id, served
from tests.unit.connectors.graph_world import asked

tenant = pytest.fixture(scope="module")(served)
source = pytest.fixture(opened)


async def test_owner_and_roles(source: dataverse.Source) -> None:
    _, items = await listed(source, "plain")
    answers = await source.grants(items[:2])
    assert answers[0] == answers[1]
    assert list(answers[0]) == [
        Grant(Reach.OWNER, Via.DIRECT, HR, 1),
        Grant(Reach.ORGANISATION, Via.ROLE, "role 基本ユーザー (organisation)", 30),
    ]


async def test_the_people_of_an_environment_are_asked_for_once(
    source: dataverse.Source, tenant: Tenant
) -> None:
    for table in ("plain", "kinds", "plain"):
        _, items = await listed(source, table)
        assert not isinstance((await source.grants(items[:1]))[0], Exception)
    assert len(asked(tenant, "accessmode")) == 1
    assert len(asked(tenant, "/roleprivilegescollection")) == 2


async def test_rows_of_an_earlier_run_are_asked_about_again(source: dataverse.Source) -> None:
    place = (await places(source))["tracked"]
    stubs = [Item(place, row_id("tracked", n), "", "") for n in (0, 1)]
    stubs.append(Item(place, row_id("nowhere", 0), "", ""))
    answers = await source.grants(stubs)
    assert [type(a).__name__ for a in answers[:2]] == ["list", "list"]
    assert isinstance(answers[2], Gone)


@pytest.mark.parametrize(("status", "kind"), [(403, Denied), (404, Broken)])
@pytest.mark.parametrize("what", ["systemusers", "teamrolescollection", "roleprivilegescollection"])
async def test_a_question_that_fails_is_never_nobody(
    source: dataverse.Source, tenant: Tenant, status: int, kind: type[Exception], what: str
) -> None:
    _, items = await listed(source, "plain")
    tenant.faults([{"path": f"/{what}", "action": "status", "status": status}])
    answers = await source.grants(items[:2])
    assert [type(a) for a in answers] == [kind, kind]
    tenant.faults([])
    assert not any(isinstance(a, Exception) for a in await source.grants(items[:2]))


async def test_shares_are_told_where_the_environment_answers(
    source: dataverse.Source, tenant: Tenant
) -> None:
    _, items = await listed(source, "plain")
    tenant.faults([{"path": "/principalobjectaccess", "action": "status", "status": 403}])
    assert len(list((await source.grants(items[:1]))[0])) == 2
    await source.grants(items[:1])
    assert len(asked(tenant, "/principalobjectaccess")) == 1


def people() -> People:
    found = People()
    found.names = {"a": "a@x.example", "b": "b@x.example"}
    found.units = {f"p{n}": "low" for n in range(30)} | {"a": "top", "b": "low", "c": "other"}
    found.parents = {"top": "", "mid": "top", "low": "mid", "other": "top", "loop": "loop"}
    found.unit_names = {"low": "下", "mid": "中"}
    found.teams = {"t": "班"}
    found.members = {"t": {"a", "b"}}  # type: ignore[assignment]
    found.roles = {"few": "少数", "many": "多数", "copy": "少数"}
    found.holders = {  # type: ignore[assignment]
        "few": {"a", "c"},
        "many": {f"p{n}" for n in range(30)},
        "copy": {"b"},
    }
    return found


@pytest.mark.parametrize(
    ("depths", "unit", "told"),
    [
        ({"few": 1}, "low", []),
        ({"few": reach.LOCAL}, "low", []),
        ({"few": reach.DEEP}, "low", [(Reach.NAMED, "role 少数 (下)", 1)]),
        ({"few": reach.DEEP}, "mid", [(Reach.NAMED, "role 少数 (中)", 1)]),
        ({"few": reach.GLOBAL}, "", [(Reach.NAMED, "role 少数 (organisation)", 2)]),
        (
            {"few": reach.GLOBAL, "copy": reach.GLOBAL},
            "low",
            [(Reach.NAMED, "role 少数 (organisation)", 3)],
        ),
        ({"many": reach.LOCAL}, "low", [(Reach.ORGANISATION, "role 多数 (下)", 30)]),
        ({"many": reach.LOCAL}, "", []),
        ({"gone": reach.GLOBAL}, "low", []),
    ],
)
def test_how_far_a_role_reads(depths: dict[str, int], unit: str, told: list[Any]) -> None:
    grants = reach._of(people(), depths, ("A", unit), ())
    assert grants[0] == Grant(Reach.OWNER, Via.DIRECT, "a@x.example", 1)
    assert [(g.reach, g.who, g.people) for g in grants[1:]] == told


def test_many_are_not_everybody() -> None:
    everybody = people()
    everybody.units |= {f"q{n}": "top" for n in range(30)}
    grant = reach._of(everybody, {"many": reach.GLOBAL}, ("", ""), ())[0]
    assert grant.reach is Reach.LARGE_GROUP


def test_teams_own_and_are_shared_with() -> None:
    owned = reach._of(people(), {}, ("T", "low"), ())
    assert list(owned) == [Grant(Reach.NAMED, Via.GROUP, "team 班", 2)]
    shares = [
        ({"principalid": "T", "accessrightsmask": 1}, Grant(Reach.NAMED, Via.GROUP, "team 班", 2)),
        ({"principalid": "b", "accessrightsmask": 3},
         Grant(Reach.NAMED, Via.DIRECT, "b@x.example", 1)),
        ({"principalid": "b", "accessrightsmask": 2}, None),
        ({"principalid": "nobody", "accessrightsmask": 1}, None),
    ]  # fmt: skip
    assert [reach._share(people(), value) for value, _ in shares] == [g for _, g in shares]


def test_a_row_that_nobody_owns_is_the_administrators() -> None:
    assert reach._of(people(), {}, ("", ""), ())[0].reach is Reach.OWNER
    assert people().above("loop") == {"loop"}
