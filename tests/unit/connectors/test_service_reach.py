"""Who can reach shares, queues and tables: roles, keys, stored access policies."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from aiohttp import web

from connectors import Broken, Item, Reach, Via, azure_files, azure_queues, azure_tables
from connectors._account_facts import AccountFacts
from connectors._model import Grant, Partition
from connectors._sample_tenant import _handle
from connectors._sample_tenant._arm import OWN_ROLE
from connectors._services import FILES, QUEUES, TABLES
from tests.unit.connectors.scripted import scripted
from tests.unit.connectors.services_world import Company, items, opened

POLICIES = """<SignedIdentifiers>
<SignedIdentifier><Id>reading</Id><AccessPolicy><Start>2026-01-01</Start>
<Expiry>2027-02-03T04:05:06.0000000Z</Expiry><Permission>{}</Permission></AccessPolicy>
</SignedIdentifier>
<SignedIdentifier><Id>adding</Id><AccessPolicy><Permission>a</Permission></AccessPolicy>
</SignedIdentifier><SignedIdentifier><Id>open</Id></SignedIdentifier></SignedIdentifiers>"""


def role_of(roles: Any, name: str) -> str:
    return next(key for key, role in roles.items() if role.name == name)


@pytest.mark.parametrize(
    ("module", "service", "place"),
    [(azure_files, FILES, "beta"), (azure_queues, QUEUES, "jobs"), (azure_tables, TABLES, "Many")],
)
async def test_those_with_a_role_that_opens_it(module: Any, service: Any, place: str) -> None:
    data = role_of(service.roles, service.role)
    assigned = ((data, "Group"), (data, "ForeignGroup"), (OWN_ROLE, "User"))
    with _handle.hosted(Company(assigned=assigned)) as tenant:
        async with opened(module, tenant) as source:
            item = next(iter((await items(source, place)).values()))
            (grants,) = await source.grants([item])
    who = {grant.who: grant.reach for grant in grants}
    assert who.pop(f"{service.role} (Group)") == Reach.NAMED
    assert who.pop(f"{service.role} (ForeignGroup)") == Reach.EXTERNAL
    assert who.pop("Owner (User)") == Reach.NAMED  # by the account's keys
    assert who == {
        "account keys and shared access signatures (stored access policies not visible)": (
            Reach.NAMED
        )
    }  # the roles that read blobs alone, and one of the company's own, are not among them


@pytest.mark.parametrize(("permission", "seen"), [("raud", True), ("p", True), ("au", False)])
@pytest.mark.parametrize("firewalled", [False, True])
async def test_policies_that_let_read(permission: str, seen: bool, firewalled: bool) -> None:
    facts = AccountFacts("", "acct", default_action="Deny" if firewalled else "Allow")
    grants = await policies(facts, web.Response(text=POLICIES.format(permission)))
    reach = Reach.ORGANISATION if firewalled else Reach.ANYONE
    told = ", behind the account's firewall" if firewalled else ""
    expires = datetime(2027, 2, 3, 4, 5, 6, tzinfo=UTC)
    reading = Grant(reach, Via.LINK, f"stored access policy reading{told}", None, expires)
    assert (reading in grants) is seen
    assert Grant(reach, Via.LINK, f"stored access policy open{told}") in grants
    assert not any("adding" in grant.who for grant in grants)
    keys = "account keys and shared access signatures"
    assert grants[-2:] == [Grant(Reach.NAMED, Via.ROLE, keys),
                           Grant(Reach.NAMED, Via.ROLE, "data-plane roles")]  # fmt: skip


async def test_without_keys_there_are_no_policies() -> None:
    facts = AccountFacts("", "acct", allow_shared_key_access=False)
    grants = await policies(facts, web.Response(text=POLICIES.format("r")))
    assert grants == [Grant(Reach.NAMED, Via.ROLE, "data-plane roles")]


async def test_a_question_that_failed_is_no_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("connectors._storage._PATIENCE", 0.0)
    busy = web.Response(status=503, headers={"x-ms-error-code": "ServerBusy"})
    answer = await policies(AccountFacts("", "acct"), busy)
    assert isinstance(answer, Broken)
    assert answer.reason == "throttled"


async def policies(facts: AccountFacts, answer: web.Response) -> Any:
    async with scripted() as script:
        script.say("/acct/q", lambda _: answer)
        access = script.access()
        source = azure_queues.Source(azure_queues.Settings(), access)
        told = {"url": f"{script.origin}/acct", "name": "q", "account": facts}
        place = Partition("azure_queues", "acct/q", "q", "t", told)
        (grants,) = await source.grants([Item(place, "m", "m", "")])
        await source.aclose()
        await access.aclose()
    return grants
