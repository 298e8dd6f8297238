"""People and domains: read once, and what stands in where a permission is missing."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import pytest

from connectors import Broken, Denied, Misconfigured, Reach
from connectors._directory import People
from connectors._identity import Access
from connectors._sample_tenant._handle import Tenant, hosted
from tests.unit.connectors.graph_world import (
    ALICE,
    GUEST,
    Small,
    access_to,
    asked,
    opened,
    served,
)

tenant = pytest.fixture(scope="module")(served)
access = pytest.fixture(opened)


async def reaches(access: Access) -> list[Reach]:
    directory = await People.of(access).directory()
    addresses = (ALICE, "new@small.onmicrosoft.com", GUEST, "x@else.example")
    return [directory.reach_of(address) for address in addresses]


async def test_everybody_is_read_once(access: Access, tenant: Tenant) -> None:
    people = People.of(access)
    await asyncio.gather(
        *(people.users() for _ in range(9)), *(people.directory() for _ in range(9))
    )
    assert [r.path for r in tenant.requests() if "token" not in r.path] == [
        "/v1.0/users", "/v1.0/domains",
    ]  # fmt: skip
    assert People.of(access) is people
    found = await people.users()
    assert [person.guest for person in found] == [False] * 5 + [True]
    assert tenant.selects()["user"] == {"id", "userPrincipalName", "mail", "userType"}


async def test_inside_guest_and_outside(access: Access) -> None:
    assert await reaches(access) == [Reach.NAMED, Reach.NAMED, Reach.GUEST, Reach.EXTERNAL]


@pytest.mark.parametrize(
    ("roles", "expected"),
    [
        (["User.Read.All"], [Reach.NAMED, Reach.EXTERNAL, Reach.GUEST, Reach.EXTERNAL]),
        (["Domain.Read.All"], [Reach.NAMED, Reach.NAMED, Reach.EXTERNAL, Reach.EXTERNAL]),
        ([], [Reach.EXTERNAL] * 4),
    ],
)
async def test_what_stands_in_for_a_missing_permission(
    roles: Sequence[str], expected: list[Reach]
) -> None:
    """Members' own domains for the list of domains; for want of both nobody counts as inside."""
    with hosted(Small(), roles=roles) as tenant:
        access = access_to(tenant)
        assert await reaches(access) == expected
        count = len(tenant.requests())
        assert await reaches(access) == expected
        assert len(tenant.requests()) == count  # a refusal is not asked for again
        if "User.Read.All" not in roles:
            with pytest.raises(Denied) as caught:
                await People.of(access).users()
            assert caught.value.permission == "User.Read.All"
            assert len(tenant.requests()) == count
        await access.aclose()


@pytest.mark.parametrize("path", ["/users", "/domains"])
async def test_a_fault_is_no_missing_permission(access: Access, tenant: Tenant, path: str) -> None:
    """Who cannot be asked now must not count as a stranger for the rest of the run."""
    tenant.faults([{"action": "status", "status": 500, "path": path}])
    with pytest.raises(Broken):
        await People.of(access).directory()
    tenant.faults([])
    assert await reaches(access) == [Reach.NAMED, Reach.NAMED, Reach.GUEST, Reach.EXTERNAL]


async def test_a_refused_sign_in_is_no_missing_permission(tenant: Tenant) -> None:
    access = access_to(tenant, environ={"AZURE_CLIENT_SECRET": "wrong"})
    with pytest.raises(Misconfigured):
        await People.of(access).directory()
    await access.aclose()


async def test_pages_of_users(access: Access, tenant: Tenant, monkeypatch) -> None:
    monkeypatch.setattr("connectors._directory._PAGE", 2)
    assert len(await People.of(access).users()) == 6
    assert len(asked(tenant, "/users")) == 3
