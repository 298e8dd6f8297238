"""Who can reach a container: flags, firewall, website, signatures, roles, put together."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from connectors import Grant, Item, Reach, Via
from connectors._data_roles import roles_of
from connectors._sample_tenant import _handle
from connectors._sample_tenant._arm import OWN_ROLE
from connectors._sample_tenant._model import Container
from connectors._sample_tenant._roles import ARM_READER, DEFAULT_ROLES
from tests.unit.connectors.storage_world import (
    WITH_OWNER,
    Company,
    opened,
    partitions,
    stored,
)

UNTIL = datetime(2030, 1, 1, tzinfo=UTC)
CONTAINERS = (
    Container("$web", (stored("index.html"),)),
    Container("private", (stored("a"),)),
    Container("public", (stored("a"),), "container"),
    Container(
        "signed",
        (stored("a"),),
        policies=(("read", "rl", UNTIL), ("for ever", "r", None), ("write", "cw", UNTIL)),
    ),
)


async def grants(
    container: str, roles: Any = WITH_OWNER, assigned: Any = (), **properties: Any
) -> list[Grant]:
    world = Company(CONTAINERS, storage_properties=properties, assigned=assigned)
    with _handle.hosted(world, roles=roles) as tenant:
        async with opened(tenant, accounts=(tenant.blob,)) as source:
            partition = (await partitions(source))[container]
            (found,) = await source.grants([Item(partition, "a", "a", "")])
    assert isinstance(found, list)
    return found


def of(found: list[Grant], via: Via) -> set[tuple[Reach, str]]:
    return {(grant.reach, grant.who) for grant in found if grant.via is via}


FIREWALLS = [
    {"publicNetworkAccess": "Disabled"},
    {"publicNetworkAccess": "SecuredByPerimeter"},
    {"networkAcls": {"defaultAction": "Deny", "ipRules": [{"value": "203.0.113.0/24"}]}},
]


async def test_a_public_container_is_anyones_where_account_and_network_let_them() -> None:
    assert of(await grants("private"), Via.CONTAINER) == set()
    (open_one,) = of(await grants("public"), Via.CONTAINER)
    assert open_one == (Reach.ANYONE, "public container public (container)")
    assert of(await grants("public", allowBlobPublicAccess=False), Via.CONTAINER) == set()
    (unset,) = of(await grants("public", allowBlobPublicAccess=None), Via.CONTAINER)
    assert unset == open_one


@pytest.mark.parametrize("properties", FIREWALLS)
@pytest.mark.parametrize("container", ["public", "$web"])
async def test_a_firewall_holds_for_what_is_public(container: str, properties: Any) -> None:
    ((reach, who),) = of(await grants(container, **properties), Via.CONTAINER)
    assert reach is Reach.ORGANISATION
    assert who.endswith("behind the account's firewall")


async def test_the_website_is_anyones_whatever_container_and_account_say() -> None:
    ((reach, who),) = of(await grants("$web", allowBlobPublicAccess=False), Via.CONTAINER)
    assert (reach, who) == (Reach.ANYONE, "static website $web")


@pytest.mark.parametrize(("website", "roles"), [(True, ()), (False, (ARM_READER,))])
async def test_a_website_that_is_off_and_one_that_cannot_be_asked_for(
    website: bool, roles: Any
) -> None:
    data = [role for role in DEFAULT_ROLES if role != ARM_READER]
    with _handle.hosted(Company(CONTAINERS, website=website), roles=(*data, *roles)) as tenant:
        async with opened(tenant, accounts=(tenant.blob,)) as source:
            partition = (await partitions(source))["$web"]
            (found,) = await source.grants([Item(partition, "a", "a", "")])
    assert isinstance(found, list)
    assert bool(of(found, Via.CONTAINER)) == website


async def test_signatures_by_policy_and_by_key() -> None:
    found = await grants("signed")
    links = [grant for grant in found if grant.via is Via.LINK]
    assert {(g.reach, g.who, g.expires) for g in links} == {
        (Reach.ANYONE, "stored access policy read", UNTIL),
        (Reach.ANYONE, "stored access policy for ever", None),
    }
    keys = (Reach.NAMED, "account keys and shared access signatures")
    assert keys in of(found, Via.ROLE)
    without = await grants("signed", allowSharedKeyAccess=False)
    assert of(without, Via.LINK) == set()
    assert keys not in of(without, Via.ROLE)
    walled = await grants("signed", publicNetworkAccess="Disabled")
    assert {reach for reach, _ in of(walled, Via.LINK)} == {Reach.ORGANISATION}


async def test_policies_that_may_not_be_seen_are_said() -> None:
    found = await grants("signed", roles=DEFAULT_ROLES)
    assert of(found, Via.LINK) == set()
    who = "account keys and shared access signatures (stored access policies not visible)"
    assert (Reach.NAMED, who) in of(found, Via.ROLE)


async def test_roles_at_the_container_and_above_it() -> None:
    found = of(await grants("private"), Via.ROLE)
    assert found == {
        (Reach.NAMED, "account keys and shared access signatures"),
        (Reach.NAMED, "Owner (User)"),
        (Reach.NAMED, "Storage Blob Data Reader (Group)"),
        (Reach.NAMED, "Storage Blob Data Contributor (ServicePrincipal)"),
    }
    keyless = of(await grants("private", allowSharedKeyAccess=False), Via.ROLE)
    assert "Owner (User)" not in {who for _, who in keyless}
    assert len(keyless) == 2


async def test_a_role_of_ones_own_and_a_group_of_another_tenant() -> None:
    found = of(await grants("private", assigned=((OWN_ROLE, "ForeignGroup"),)), Via.ROLE)
    assert (Reach.EXTERNAL, "Backup auditors (ForeignGroup)") in found


@pytest.mark.parametrize(
    ("path", "left"),
    [
        ("containers/.*roleAssignments", {"Owner (User)", "Storage Blob Data Reader (Group)"}),
        ("roleAssignments", {"data-plane roles"}),
        ("roleDefinitions", {"roles of the customer's own", "Owner (User)"}),
    ],
)
@pytest.mark.parametrize("status", [403, 404])
async def test_roles_that_cannot_be_asked_for(path: str, left: set[str], status: int) -> None:
    if status == 403 and path.startswith("containers"):
        left = {"data-plane roles"}
    world = Company(CONTAINERS, assigned=((OWN_ROLE, "User"),))
    with _handle.hosted(world, roles=WITH_OWNER) as tenant:
        tenant.faults([{"action": "status", "status": status, "code": "No", "path": path}])
        async with opened(tenant) as source:
            partition = (await partitions(source))["private"]
            (found,) = await source.grants([Item(partition, "a", "a", "")])
    assert isinstance(found, list)
    assert left <= {grant.who for grant in found}


async def test_without_reader_the_roles_are_not_named() -> None:
    roles = [role for role in DEFAULT_ROLES if role != ARM_READER]
    assert await grants("private", roles=roles) == [
        Grant(Reach.NAMED, Via.ROLE, "data-plane roles")
    ]


async def test_a_container_is_asked_for_once_a_run() -> None:
    with _handle.hosted(Company(CONTAINERS), roles=WITH_OWNER) as tenant:
        async with opened(tenant) as source:
            partition = (await partitions(source))["private"]
            tenant.forget()
            several = [Item(partition, name, name, "") for name in "abc"]
            first = await source.grants(several)
            assert await source.grants(several) == first
            assert len(first) == 3
            asked = [r for r in tenant.requests() if "oauth2" not in r.path]
    assert [r.path.rsplit("/", 1)[-1] for r in asked] == [
        "private",
        "roleAssignments",
        "roleDefinitions",
    ]


async def test_a_question_that_is_throttled_for_too_long_is_no_answer(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("connectors._storage._PATIENCE", 0.5)
    with _handle.hosted(Company(CONTAINERS), roles=WITH_OWNER) as tenant:
        async with opened(tenant) as source:
            partition = (await partitions(source))["private"]
            tenant.faults([{"action": "throttle", "retry_after": 9, "path": "comp=acl"}])
            (answer,) = await source.grants([Item(partition, "a", "a", "")])
    assert getattr(answer, "reason", "") == "throttled"


@pytest.mark.parametrize(
    ("permission", "opens"),
    [
        ({"dataActions": ["*"]}, "data"),
        ({"dataActions": ["*"], "notDataActions": ["Microsoft.Storage/*/read"]}, ""),
        ({"actions": ["*"]}, "keys"),
        ({"actions": ["*/read"]}, ""),
        ({"actions": ["Microsoft.Storage/storageAccounts/listKeys/action"]}, "keys"),
        ({"dataActions": None, "actions": None}, ""),
    ],
)
def test_what_a_role_of_ones_own_opens(permission: dict[str, Any], opens: str) -> None:
    said = {"roleName": "Mine", "permissions": [permission]}
    found = roles_of([{"id": "/x/roleDefinitions/ABC", "properties": said}])
    assert {("data" if role.data else "keys") for role in found.values()} == ({opens} - {""})
    assert set(found) <= {"abc"}
