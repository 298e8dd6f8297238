"""Storage of the sample tenant: the identity's way in, faults of line and service."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator

import pytest

from connectors import (
    Broken,
    Denied,
    Gone,
    Item,
    Misconfigured,
    Partition,
    Reach,
    Withheld,
    _blobs,
    blob,
)
from connectors._identity import Access
from connectors._model import METER, Meter
from connectors._sample_tenant import _handle
from connectors._sample_tenant._model import Container
from connectors._sample_tenant._roles import ARM_READER, DEFAULT_ROLES, STORAGE_READER
from tests.unit.connectors.storage_world import (
    Company,
    access_to,
    items,
    opened,
    partitions,
    stored,
)

LARGE = bytes(range(256)) * 4096
COMPANY = Company(
    (
        Container("backup", (stored("large", LARGE), stored("old", tier="Archive"))),
        Container("forms", tuple(stored(f"f{n:02}") for n in range(12)), "blob"),
        Container("web", (stored("index.html"),), "container"),
    )
)
CONTAINERS = {"backup", "forms", "web"}
TAGS = "tinystore › index tags"


@pytest.fixture
def served() -> Iterator[_handle.Tenant]:
    with _handle.hosted(COMPANY) as tenant:
        yield tenant


@pytest.fixture
async def open_source() -> AsyncIterator[Callable[..., blob.Source]]:
    made: list[tuple[blob.Source, Access]] = []

    def make(tenant: _handle.Tenant, *accounts: str, **environ: str) -> blob.Source:
        access = access_to(tenant, **environ)
        source = blob.Source(blob.Settings(accounts), access)
        made.append((source, access))
        return source

    yield make
    for source, access in made:
        await source.aclose()
        await access.aclose()


@pytest.fixture
def source(served: _handle.Tenant, open_source: Callable[..., blob.Source]) -> blob.Source:
    return open_source(served, served.blob)


async def content(source: blob.Source, item: Item) -> bytes:
    pieces = [chunk async for body in source.read(item) async for chunk in body.chunks()]
    return b"".join(pieces)


async def reach(source: blob.Source, partition: Partition) -> set[Reach]:
    (grants,) = await source.grants([Item(partition, "a", "a", "")])
    assert isinstance(grants, list)
    return {grant.reach for grant in grants}


async def test_accounts_are_found_through_resource_manager(served, open_source) -> None:
    source = open_source(served)
    found = await partitions(source)
    assert set(found) == {*CONTAINERS, TAGS}
    del found[TAGS]
    assert all(partition.facts["allowed"] is True for partition in found.values())
    assert all(partition.tenant == served.tenant_id for partition in found.values())
    assert await reach(source, found["backup"]) == {Reach.NAMED}
    assert await reach(source, found["forms"]) == {Reach.NAMED, Reach.ANYONE}
    assert {(r.method, r.authorized) for r in served.requests()} <= {("GET", True), ("POST", False),
                                                                    ("GET", False)}  # fmt: skip
    assert len({partition.id for partition in found.values()}) == 3


async def test_a_given_account_needs_no_reader_role(open_source) -> None:
    roles = [role for role in DEFAULT_ROLES if role != ARM_READER]
    with _handle.hosted(COMPANY, roles=roles) as tenant:
        given = open_source(tenant, tenant.blob, tenant.blob + "/")
        found = await partitions(given)
        assert set(found) == {*CONTAINERS, TAGS}
        del found[TAGS]
        assert {partition.facts["allowed"] for partition in found.values()} == {None}
        assert Reach.ANYONE in await reach(given, found["web"])
        (hidden,) = (await partitions(open_source(tenant))).values()
        with pytest.raises(Denied) as caught:
            await anext(given.pages(hidden, {}))
        assert caught.value.permission == "Reader"


async def test_an_account_that_forbids_public_access(source) -> None:
    partition = (await partitions(source))["web"]
    closed = Partition("blob", "i", "web", "t", {**partition.facts, "allowed": False})
    assert await reach(source, closed) == {Reach.NAMED}


async def test_without_the_data_role_the_account_is_denied(open_source) -> None:
    roles = [role for role in DEFAULT_ROLES if role != STORAGE_READER]
    with _handle.hosted(COMPANY, roles=roles) as tenant:
        source = open_source(tenant)
        (partition,) = (await partitions(source)).values()
        with pytest.raises(Denied) as caught:
            await anext(source.pages(partition, {}))
        assert caught.value.permission == "Storage Blob Data Reader"


@pytest.mark.parametrize("finding", ["Reader", "settings"])
async def test_a_role_on_single_containers(finding: str) -> None:
    """They cannot be listed; Resource Manager names them, or the settings do."""
    roles = [role for role in DEFAULT_ROLES if role not in {STORAGE_READER, ARM_READER}]
    roles += [f"{STORAGE_READER}/forms", *([ARM_READER] if finding == "Reader" else [])]
    include = ("*",) if finding == "Reader" else ("forms", "tinystore/backup")
    with _handle.hosted(COMPANY, roles=roles) as tenant:
        async with opened(tenant, accounts=(tenant.blob,), include=include) as source:
            found = await partitions(source)
            named = CONTAINERS if finding == "Reader" else {"forms", "backup"}
            assert set(found) == {*named, TAGS}
            assert len(await items(source, "forms")) == 12
            with pytest.raises(Denied) as caught:
                await items(source, "backup")
            assert caught.value.permission == "Storage Blob Data Reader"
            expected = {Reach.NAMED} | ({Reach.ANYONE} if finding == "Reader" else set())
            assert await reach(source, found["forms"]) == expected


async def test_one_account_of_several_that_is_away(served, open_source) -> None:
    away = "https://127.0.0.1:9/other"
    source = open_source(served, away, served.blob)
    found = await partitions(source)
    assert set(found) == {"other", *(f"tinystore › {name}" for name in CONTAINERS), TAGS}
    with pytest.raises(Broken):
        await anext(source.pages(found["other"], {}))


@pytest.mark.parametrize("url", ["http://a.blob.core.windows.net", "a", "https://a.b/c?sig=x"])
async def test_account_urls_are_checked(served, open_source, url: str) -> None:
    with pytest.raises(Misconfigured) as caught:
        await partitions(open_source(served, url))
    assert caught.value.code == "bad_setting"
    assert "sig" not in caught.value.detail


async def test_a_wrong_secret_is_told(served, open_source) -> None:
    with pytest.raises(Misconfigured) as caught:
        await partitions(open_source(served, served.blob, AZURE_CLIENT_SECRET="wrong"))
    assert caught.value.code == "wrong_secret"


@pytest.mark.parametrize(
    "rule",
    [
        {"action": "throttle", "retry_after": 1},
        {"action": "throttle", "status": 503, "retry_after": "none"},
        {"action": "throttle", "retry_after": "date:1"},
        {"action": "status", "status": 500},
        {"action": "html"},
        {"action": "cut"},
        {"action": "reset"},
    ],
    ids=lambda rule: "-".join(map(str, rule.values())),
)
async def test_a_passing_fault_costs_time_and_nothing_else(served, source, rule) -> None:
    await partitions(source)  # signs in
    served.faults([
        {**rule, "path": "/tinystore/forms", "hits": [1]},
        {**rule, "path": "/tinystore/backup/large", "hits": [1]},
    ])  # fmt: skip
    meter = Meter()
    token = METER.set(meter)
    assert len(await items(source, "forms")) == 12
    large = (await items(source, "backup"))["large"]
    assert await content(source, large) == LARGE
    METER.reset(token)
    assert (meter.throttled > 0) == (rule["action"] == "throttle")


async def test_a_download_that_is_cut_again_and_again(served, source) -> None:
    large = (await items(source, "backup"))["large"]
    served.faults([{"action": "cut", "path": "/backup/large", "after": 200_000, "times": 4}])
    served.forget()
    assert await content(source, large) == LARGE
    ranges = [request.range for request in served.requests()]
    assert len(ranges) == 5
    assert ranges[0] == ""
    assert all(ranges[1:])
    (body,) = [body async for body in source.read(large)]
    served.faults([{"action": "cut", "path": "/backup/large", "after": 100_000, "times": 3}])
    got = b"".join([chunk async for chunk in body.chunks(1000, 500_000)])
    assert got == LARGE[1000:501_000]


async def test_patience_ends(served, source, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("connectors._storage._PATIENCE", 1.0)
    found = await partitions(source)
    large = (await items(source, "backup"))["large"]
    cases = [
        ({"action": "throttle", "retry_after": 30}, "throttled"),
        ({"action": "status", "status": 500, "code": "InternalError"}, "service_error"),
        ({"action": "reset"}, "service_error"),
    ]
    for rule, reason in cases:
        served.faults([rule])
        for attempt in (anext(source.pages(found["web"], {})), content(source, large)):
            with pytest.raises((Broken, Misconfigured)) as caught:
                await attempt
            assert caught.value.reason == reason


async def test_what_happens_between_listing_and_reading(served, source) -> None:
    found = await items(source, "forms")
    served.change("blob", "delete", container="forms", name="f01")
    served.change("blob", "put", container="forms", name="f02", data=b"new")
    with pytest.raises(Gone):
        await content(source, found["f01"])
    with pytest.raises(Broken) as caught:
        await content(source, found["f02"])
    assert caught.value.reason == "changed_while_read"
    old = (await items(source, "backup"))["old"]
    with pytest.raises(Withheld):
        await content(source, old)
    with pytest.raises(Withheld):  # the service's own word, for a blob archived since
        await content(source, Item(old.partition, "old", "old", old.version, 1))


async def test_a_marker_that_is_refused_starts_anew(
    served, source, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(blob, "PAGE", 5)
    partition = (await partitions(source))["forms"]
    first = await anext(source.pages(partition, {}))
    assert first.cursor
    pages = [page async for page in source.pages(partition, {"": "made up"})]
    assert [len(page.items) for page in pages] == [5, 5, 2]
    assert [page.restart for page in pages] == [True, False, False]
    pages = [page async for page in source.pages(partition, {"": first.cursor})]
    assert [len(page.items) for page in pages] == [5, 2]


async def test_reading_is_all_that_happens(served, source) -> None:
    for name in ("backup", "forms", "web"):
        for item in (await items(source, name)).values():
            if item.facts["tier"] != "Archive":
                await content(source, item)
    asked = served.requests()
    assert {r.method for r in asked if "/oauth2/" not in r.path} == {"GET"}
    assert all("mynumber-audit" in r.agent for r in asked if r.path.startswith("/tinystore"))
    blobs = [r for r in asked if r.path.startswith("/tinystore/") and "comp=list" not in r.query]
    assert len(blobs) == 14


def test_markers_in_any_writing() -> None:
    holds = _blobs.holds_number
    number = "".join(str(digit % 10) for digit in range(1, 13))
    assert holds(f"dir/{number}.pdf")
    assert holds("2!72!" + "ZGlyLzEyMzQgNTY3OCA5MDEyLnBkZg--")
    assert not holds("2!72!ZGlyL3BheXJvbGwucGRm")
    assert not holds("")
