"""Faults of Dataverse: limits, weather, refusals, links that lead astray, environments."""

from __future__ import annotations

from typing import Any

import pytest

from connectors import Broken, Denied, Misconfigured, Withheld, dataverse
from connectors import _dataverse_rows as rows
from connectors._sample_tenant._handle import Tenant, hosted
from connectors._sample_tenant._roles import DATAVERSE_USER, DEFAULT_ROLES
from tests.unit.connectors.dataverse_world import ROWS, listed, opened, places, served
from tests.unit.connectors.graph_world import access_to, asked, metered

tenant = pytest.fixture(scope="module")(served)
source = pytest.fixture(opened)
API = "/dataverse/api/data/v9.2"


@pytest.fixture
def small_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rows, "PAGE", 10)


@pytest.mark.parametrize("code", ["0x80072322", "0x80072321", "0x80072326"])
async def test_the_three_limits_are_waited_for(
    source: dataverse.Source, tenant: Tenant, code: str
) -> None:
    await places(source)
    rule = {"action": "throttle", "path": "/plains", "code": code, "hits": [1], "retry_after": 0.2}
    tenant.faults([rule])
    meter = metered()
    _, items = await listed(source, "plain")
    assert len(items) == ROWS
    assert meter.throttled >= 0.15
    gate = next(iter(source._environments.values())).gate
    assert gate.width < 4


@pytest.mark.parametrize(
    "rule",
    [
        {"action": "status", "status": 500, "hits": [1, 2]},
        {"action": "status", "status": 504, "hits": [1]},
        {"action": "html", "hits": [1]},
        {"action": "cut", "hits": [1]},
        {"action": "reset", "hits": [1]},
        {"action": "malformed", "hits": [1]},
        {"action": "unauthorized", "hits": [1]},
        {"action": "claims"},
    ],
)
async def test_weather_passes(
    source: dataverse.Source, tenant: Tenant, rule: dict[str, Any]
) -> None:
    await places(source)
    tenant.faults([{"path": "/plains", **rule}])
    assert len((await listed(source, "plain"))[1]) == ROWS


async def test_an_empty_page_goes_on(source: dataverse.Source, tenant: Tenant) -> None:
    await places(source)
    tenant.faults([{"path": "/kindss", "action": "empty_page", "hits": [1]}])
    pages, items = await listed(source, "kinds")
    assert [len(page.items) for page in pages] == [0, 1]
    assert len(items) == 1


@pytest.mark.usefixtures("small_pages")
@pytest.mark.parametrize("action", ["loop", "foreign_link"])
async def test_a_listing_that_leads_astray_ends(
    source: dataverse.Source, tenant: Tenant, action: str
) -> None:
    await places(source)
    tenant.faults([{"path": "/plains", "action": action}])
    with pytest.raises(Broken):
        await listed(source, "plain")
    assert all(r.host == "main" for r in tenant.requests())


async def test_a_row_named_twice_is_one(source: dataverse.Source, tenant: Tenant) -> None:
    await places(source)
    tenant.faults([{"path": "/plains", "action": "repeat"}])
    assert len((await listed(source, "plain"))[1]) == ROWS


@pytest.mark.parametrize(
    ("status", "kind", "reason"),
    [
        (403, Denied, "permission_denied"),
        (401, Denied, "permission_denied"),
        (404, "Gone", "gone"),
        (412, Broken, "changed_while_read"),
        (501, Withheld, "not_offered"),
    ],
)
async def test_refusals_of_one_table_are_its_own(
    source: dataverse.Source, tenant: Tenant, status: int, kind: Any, reason: str
) -> None:
    await places(source)
    tenant.faults([{"path": "/plains", "action": "status", "status": status, "code": "0x0"}])
    with pytest.raises(Exception, match=f"HTTP {status}") as raised:
        await listed(source, "plain")
    assert type(raised.value).__name__ == getattr(kind, "__name__", kind)
    assert raised.value.reason == reason
    assert (await listed(source, "kinds"))[1]


async def test_a_table_whose_columns_cannot_be_told_says_so(
    source: dataverse.Source, tenant: Tenant
) -> None:
    rule = {"path": "'plain'.*Attributes", "action": "status", "status": 403}
    tenant.faults([rule])
    found = await places(source)
    assert isinstance(found["plain"].facts["error"], Denied)
    assert "error" not in found["kinds"].facts
    tenant.faults([])
    assert "error" not in (await places(source))["plain"].facts


async def test_where_column_security_cannot_be_told_nothing_counts_as_open(
    source: dataverse.Source, tenant: Tenant
) -> None:
    tenant.faults([{"path": "fieldpermissions", "action": "status", "status": 403}])
    assert {"secret/open", "secret/shut"} <= set(await places(source))


async def test_a_page_too_large_is_asked_for_in_smaller_ones(
    source: dataverse.Source, tenant: Tenant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rows, "PAGE", 20)
    await places(source)
    monkeypatch.setattr("connectors._dataverse_lane.ANSWER", 4_000)
    pages, items = await listed_of(source, "plain")
    assert len(items) == ROWS
    assert len({item.id for item in items}) == ROWS
    sizes = [r.prefer.split(",")[0] for r in asked(tenant, f"{API}/plains?")]
    assert sizes[0] == "odata.maxpagesize=20"
    assert set(sizes[1:]) == {"odata.maxpagesize=4"}
    assert not any(page.restart for page in pages)
    monkeypatch.setattr("connectors._dataverse_lane.ANSWER", 300)
    with pytest.raises(Broken) as broken:
        await listed_of(source, "plain")
    assert broken.value.reason == "too_large"


async def listed_of(source: dataverse.Source, name: str) -> Any:
    """Listed with the columns that were asked for before, whose answer may be too large now."""
    from connectors._model import Partition

    facts = await _facts(source, name)
    place = Partition("dataverse", name, name, "t", facts)
    pages = [page async for page in source.pages(place, {})]
    return pages, [item for page in pages for item in page.items]


async def _facts(source: dataverse.Source, name: str) -> dict[str, Any]:
    from connectors._tables import Table

    (url, _), columns = next((k, v) for k, v in source._columns.items() if k[1] == name)
    return {
        "url": url,
        "table": Table(name, f"{name}s", f"{name}id", name, False, "prvRead"),
        "columns": columns,
    }


# ------------------------------------------------------------------------------- environments


async def test_an_app_that_is_no_user_is_denied(tenant: Tenant) -> None:
    from tests.unit.connectors.dataverse_world import environment
    from tests.unit.connectors.graph_world import Small

    world = Small()
    world.dataverse = environment()  # type: ignore[attr-defined]
    roles = [role for role in DEFAULT_ROLES if role != DATAVERSE_USER]
    with hosted(world, roles=roles) as other:
        access = access_to(other)
        source = dataverse.Source(dataverse.Settings(environments=(other.dataverse,)), access)
        found = [p async for p in source.partitions()]
        await source.aclose()
        await access.aclose()
    error = found[0].facts["error"]
    assert isinstance(error, Denied)
    assert "0x80072560" in error.detail
    assert error.permission == "application user with the read-only role"


async def test_an_environment_that_is_not_there_stops_only_where_it_is_alone(
    tenant: Tenant,
) -> None:
    nowhere = "https://127.0.0.1:9/gone"
    access = access_to(tenant)
    alone = dataverse.Source(dataverse.Settings(environments=(nowhere,)), access)
    with pytest.raises(Misconfigured):
        [p async for p in alone.partitions()]
    both = dataverse.Source(dataverse.Settings(environments=(nowhere, tenant.dataverse)), access)
    found = [p async for p in both.partitions()]
    for source in (alone, both):
        await source.aclose()
    await access.aclose()
    assert isinstance(found[0].facts["error"], Broken)
    assert found[1].name.startswith("127.0.0.1/dataverse › ")
    assert len({p.id for p in found}) == len(found) > 8


@pytest.mark.parametrize("url", ["http://org.example", "org.example", "https://org.example?x=1"])
async def test_addresses_are_checked(tenant: Tenant, url: str) -> None:
    access = access_to(tenant)
    source = dataverse.Source(dataverse.Settings(environments=(url,)), access)
    with pytest.raises(Misconfigured) as wrong:
        [p async for p in source.partitions()]
    await access.aclose()
    assert wrong.value.code == "bad_setting"


async def test_an_app_cannot_ask_which_environments_there_are(tenant: Tenant) -> None:
    access = access_to(tenant)
    origin = tenant.dataverse.removesuffix("/dataverse")
    source = dataverse.Source(dataverse.Settings(discovery=origin), access)
    with pytest.raises(Misconfigured) as wrong:
        [p async for p in source.partitions()]
    await source.aclose()
    await access.aclose()
    assert wrong.value.code == "no_environments"
