"""Inbox rules that forward: grants, and what becomes of them where they are not shown."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from connectors import Broken, Connector, Item, Partition, Reach, Via, mail
from connectors._identity import Access
from connectors._sample_tenant._company import company
from connectors._sample_tenant._handle import Tenant, hosted
from tests.unit.connectors.graph_world import asked, opened, pages, partitions


@pytest.fixture(scope="module")
def tenant() -> Iterator[Tenant]:
    with hosted(company(60)) as found:
        yield found


access = pytest.fixture(opened)


async def rows_of(source: Connector, place: Partition, **cursors: str) -> list[Item]:
    return [item for page in await pages(source, place, cursors) for item in page.items]


async def test_a_rule_that_forwards_is_a_grant_to_outside(access: Access, tenant: Tenant) -> None:
    source = mail.Source(mail.Settings(include=("kaigi-a@*",)), access)
    place = (await partitions(source))[0]
    some = (await rows_of(source, place))[:2]
    tenant.forget()
    for grants in await source.grants(some):
        assert not isinstance(grants, Exception)
        assert (Reach.EXTERNAL, Via.FORWARD) in {(g.reach, g.via) for g in grants}
    assert len(asked(tenant, "messageRules")) == 1


async def test_rules_that_are_not_shown_leave_the_other_grants(
    access: Access, tenant: Tenant
) -> None:
    tenant.faults([{"action": "status", "status": 403, "path": "messageRules"}])
    source = mail.Source(mail.Settings(include=("kaigi-a@*",)), access)
    place = (await partitions(source))[0]
    (grants,) = await source.grants((await rows_of(source, place))[:1])
    assert not isinstance(grants, Exception)
    assert {g.via for g in grants} <= {Via.DIRECT, Via.RECIPIENT}


async def test_rules_that_could_not_be_asked_for_are_a_fault_and_not_none(
    access: Access, tenant: Tenant
) -> None:
    tenant.faults([{"action": "status", "status": 500, "path": "messageRules"}])
    source = mail.Source(mail.Settings(include=("kaigi-a@*",)), access)
    place = (await partitions(source))[0]
    (grants,) = await source.grants((await rows_of(source, place))[:1])
    assert isinstance(grants, Broken)
