"""Groups: read once, counted once, and what that says of a file shared with one."""

from __future__ import annotations

import pytest

from connectors import Denied, Reach
from connectors._groups import Groups
from connectors._identity import Access
from connectors._permissions import Crowd, Directory, of_permission
from connectors._sample_tenant._handle import Tenant
from tests.unit.connectors.graph_world import asked, opened
from tests.unit.connectors.talking_world import TEAMS, talking

tenant = pytest.fixture(scope="module")(talking)
access = pytest.fixture(opened)
HR, OPEN, NESTED = (group.id for group in TEAMS)


async def test_all_groups_are_asked_once(access: Access, tenant: Tenant) -> None:
    groups = Groups.of(access)
    assert Groups.of(access) is groups
    found = await groups.all()
    assert [(g.name, g.unified, g.visibility) for g in found.values()] == [
        ("HR", True, "Private"),
        ("Open", True, "Public"),
        ("Nested", False, ""),
    ]
    await groups.all()
    assert len(asked(tenant, "/groups?")) == 1


async def test_people_and_guests_behind_a_group(access: Access, tenant: Tenant) -> None:
    groups = Groups.of(access)
    assert await groups.crowd(HR) == Crowd(2, 0)
    assert await groups.crowd(NESTED) == Crowd(5, 1)  # its own, and those of the group inside
    await groups.crowd(NESTED)
    assert len(asked(tenant, "transitiveMembers")) == 2


async def test_a_group_that_is_not_shown_has_no_size(access: Access, tenant: Tenant) -> None:
    rule = {"action": "status", "status": 403, "path": f"{HR}/transitiveMembers"}
    tenant.faults([rule])
    groups = Groups.of(access)
    shared = [{"grantedToV2": {"group": {"id": one}}} for one in (HR, OPEN, "unknown")]
    assert await groups.behind(shared) == {OPEN: Crowd(4, 1)}
    with pytest.raises(Denied) as caught:
        await groups.crowd(HR)
    assert caught.value.permission == "GroupMember.Read.All"


def test_a_file_shared_with_a_group_is_reached_by_its_guests() -> None:
    shared = {"roles": ["read"], "grantedToV2": {"group": {"id": "g", "displayName": "Sales"}}}
    (unknown,) = of_permission(shared, Directory())
    assert (unknown.reach, unknown.people) == (Reach.NAMED, None)
    inside, guests = of_permission(shared, Directory(crowds={"g": Crowd(30, 2)}))
    assert (inside.reach, inside.people) == (Reach.NAMED, 28)
    assert (guests.reach, guests.people, guests.who) == (Reach.GUEST, 2, "Sales")
