"""Resource Manager: what it names, what it says of an account, and how it fails."""

from __future__ import annotations

from typing import Any

import pytest

from connectors import ConnectorError, Misconfigured
from connectors._account_facts import AccountFacts, facts_of
from connectors._arm import Found, ResourceManager
from connectors._identity import Access, Cloud, Tenant
from connectors._sample_tenant import _handle
from connectors._sample_tenant._model import Container
from tests.unit.connectors.storage_world import (
    WITH_OWNER,
    Company,
    opened,
    partitions,
    stored,
)

CONTAINERS = (Container("private", (stored("a"),)), Container("public", (stored("a"),), "blob"))


async def test_what_the_account_is_like_stands_in_its_containers_facts() -> None:
    with _handle.hosted(Company(CONTAINERS), roles=WITH_OWNER) as tenant:
        async with opened(tenant) as source:
            found = await partitions(source)
            (facts,) = {partition.facts["account"] for partition in found.values()}
            blob = tenant.blob
    assert isinstance(facts, AccountFacts)
    assert facts.id.endswith("/storageAccounts/tinystore")
    assert (facts.name, facts.kind, facts.blob) == ("tinystore", "StorageV2", blob)
    assert (facts.allow_blob_public_access, facts.allow_shared_key_access) == (True, True)
    assert (facts.minimum_tls_version, facts.https_only) == ("TLS1_2", True)
    assert (facts.public_network_access, facts.default_action) == ("Enabled", "Allow")
    assert (facts.hierarchical, facts.allow_cross_tenant_replication) == (False, False)
    assert (facts.blob_retention_days, facts.container_retention_days) == (7, 5)
    assert (facts.versioning, facts.change_feed, facts.logged) == (True, True, True)
    assert not facts.firewalled


async def test_facts_that_are_refused_stay_unknown() -> None:
    with _handle.hosted(Company(CONTAINERS)) as tenant:
        refused = {"action": "status", "status": 403, "code": "AuthorizationFailed"}
        tenant.faults([{**refused, "path": "blobServices/default\\?"}])
        async with opened(tenant) as source:
            facts = (await partitions(source))["private"].facts["account"]
    assert facts.versioning is facts.blob_retention_days is facts.logged is None
    assert facts.minimum_tls_version == "TLS1_2"


def test_facts_of_an_old_account_that_says_little() -> None:
    facts = facts_of({"id": "/x", "name": "old", "properties": {"primaryEndpoints": None}})
    assert facts == AccountFacts("/x", "old")
    assert not facts.firewalled
    told = facts.with_service(
        {"properties": {"deleteRetentionPolicy": {"enabled": False, "days": 7}}}
    )
    assert (told.blob_retention_days, told.versioning, told.change_feed) == (0, False, False)
    assert facts.with_diagnostics([]).logged is False


NONSENSE = [
    {"action": "status", "status": 500, "code": "X"},
    {"action": "html", "status": 502},
    {"action": "malformed"},
    {"action": "status", "status": 403, "code": "AuthorizationFailed"},
]


@pytest.mark.parametrize("rule", NONSENSE, ids=lambda rule: "-".join(map(str, rule.values())))
async def test_a_subscription_that_cannot_be_listed_is_a_scope_that_says_so(
    rule: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("connectors._storage._PATIENCE", 0.5)
    with _handle.hosted(Company(CONTAINERS)) as tenant:
        path = "providers/Microsoft.Storage/storageAccounts\\?"
        tenant.faults([{**rule, "path": path}])
        async with opened(tenant) as source:
            (hidden,) = (await partitions(source)).values()
            with pytest.raises(ConnectorError) as caught:
                await anext(source.pages(hidden, {}))
    assert caught.value.permission == ("Reader" if rule.get("status") == 403 else "")


async def listed(monkeypatch: pytest.MonkeyPatch, pages: dict[str, Any]) -> list[Found]:
    manager = ResourceManager(Access(Tenant("t")))

    async def ask(link: str) -> Any:
        return pages[link.removeprefix("https://management.azure.com")]

    monkeypatch.setattr(manager, "_ask", ask)
    return [found async for found in manager.accounts()]


SUBSCRIPTIONS = "/subscriptions?api-version=2022-12-01"
ACCOUNTS = "/subscriptions/s/providers/Microsoft.Storage/storageAccounts?api-version=2023-05-01"


@pytest.mark.parametrize(
    ("link", "detail"),
    [
        ("https://elsewhere.example/next", "another host"),
        (f"https://management.azure.com{ACCOUNTS}", "comes back"),
    ],
)
async def test_links_are_followed_on_the_same_host_and_forwards(
    monkeypatch: pytest.MonkeyPatch, link: str, detail: str
) -> None:
    account = {"id": "/a", "name": "a", "properties": {}}
    found = await listed(
        monkeypatch,
        {
            SUBSCRIPTIONS: {"value": [{"subscriptionId": "s"}]},
            ACCOUNTS: {"value": [account], "nextLink": link},
        },
    )
    assert [f.name for f in found] == ["a", "s"]
    assert detail in (found[1].error.detail if found[1].error else "")


async def test_pages_of_accounts(monkeypatch: pytest.MonkeyPatch) -> None:
    link = "https://management.azure.com/subscriptions/s/next?$skipToken=x"
    found = await listed(
        monkeypatch,
        {
            SUBSCRIPTIONS: {"value": [{"subscriptionId": "s", "displayName": "S"}]},
            ACCOUNTS: {"value": [], "nextLink": link},
            "/subscriptions/s/next?$skipToken=x": {"value": [{"name": "b"}], "nextLink": ""},
        },
    )
    assert [f.name for f in found] == ["b"]
    assert [f.error for f in found] == [None]


class Names:
    """A sign-in that knows resources by some names only."""

    def __init__(self, *known: str) -> None:
        self.known = known
        self.asked: list[str] = []

    async def get_token(self, scope: str) -> None:
        self.asked.append(scope)
        if scope not in {f"{name}/.default" for name in self.known}:
            raise Misconfigured("sign_in_refused", "AADSTS500011")


@pytest.mark.parametrize(
    ("known", "tries"),
    [
        ("https://arm.example:8443", 1),
        ("https://arm.example", 2),
        ("https://management.azure.com", 3),
    ],
)
async def test_a_token_is_asked_for_by_the_names_that_sign_in_may_know(
    known: str, tries: int
) -> None:
    cloud = Cloud(resource_manager="https://arm.example:8443/")
    manager = ResourceManager(Access(Tenant("t"), cloud=cloud))
    names: Any = Names(known)
    assert await manager._scope(names) == f"{known}/.default"
    assert len(names.asked) == tries
    with pytest.raises(Misconfigured):
        await manager._scope(Names())
