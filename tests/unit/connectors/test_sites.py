"""Which drives SharePoint and OneDrive take: sites, globs, users one by one."""

from __future__ import annotations

from typing import Any

import pytest

from connectors import Connector, ConnectorError, Denied, Partition, onedrive, sharepoint
from connectors._identity import Access
from connectors._sample_tenant._handle import Tenant, hosted
from tests.unit.connectors.graph_world import (
    Small,
    access_to,
    asked,
    hurry,
    items,
    opened,
    pages,
    partitions,
    served,
)

tenant = pytest.fixture(scope="module")(served)
access = pytest.fixture(opened)

HR = "b!Hr-Drive_1"
BINS = ("recycleBins", "recycle bins")
"""They stand for all recycle bins, which only Graph beta lists."""


@pytest.fixture
def source(access: Access) -> sharepoint.Source:
    return sharepoint.Source(sharepoint.Settings(), access)


async def library(source: Connector, identifier: str = HR) -> Partition:
    return {p.id: p for p in await partitions(source)}[identifier]


async def test_each_library_once_and_the_locked_site_too(source: sharepoint.Source) -> None:
    """Two sites name the same library; personal sites are OneDrive's."""
    found = [(p.id, p.name) for p in await partitions(source)]
    assert found == [
        (HR, "人事部 › ドキュメント"),
        ("b!More-2", "人事部 › 共有"),
        ("small.example,aaaa,hr/pages", "人事部 › pages"),
        ("small.example,aaaa,twin/pages", "Twin › pages"),
        ("small.example,aaaa,board", "役員会"),
        BINS,
    ]


async def test_a_locked_site_is_denied_without_naming_a_permission(
    source: sharepoint.Source,
) -> None:
    with pytest.raises(Denied) as caught:
        await pages(source, await library(source, "small.example,aaaa,board"))
    assert (caught.value.permission, caught.value.detail[:8]) == ("", "HTTP 423")


async def test_nothing_more_is_asked_about_a_locked_site(
    source: sharepoint.Source, tenant: Tenant
) -> None:
    tenant.forget()
    await partitions(source)
    assert len(asked(tenant, "aaaa,board")) == 1


@pytest.mark.parametrize(
    ("include", "exclude", "expected"),
    [
        (("*/sites/hr",), (), 4),
        (("/SITES/hr",), (), 4),
        (("人事*",), (), 4),
        (("*",), ("https://small.example/sites/[hb]*",), 3),
        (("nothing",), (), 0),
    ],
)
async def test_globs_choose_sites(
    access: Access, include: tuple[str, ...], exclude: tuple[str, ...], expected: int
) -> None:
    source = sharepoint.Source(sharepoint.Settings(include, exclude), access)
    assert len(await partitions(source)) == expected


async def test_a_denied_list_of_sites_is_denied(monkeypatch: pytest.MonkeyPatch) -> None:
    """OneDrive goes by the users then, and says all the same that some drives may be missing."""
    hurry(monkeypatch)
    with hosted(Small(), roles=["User.Read.All", "Files.Read.All"]) as tenant:
        access = access_to(tenant)
        for module, expected in ((sharepoint, []), (onedrive, ["b!Alice-4", BINS[0]])):
            found, error = await _until_error(module.Source(module.Settings(), access))
            assert isinstance(error, Denied)
            assert (found, error.permission) == (expected, "Sites.Read.All")
        await access.aclose()


async def _until_error(source: Connector) -> tuple[list[str], ConnectorError | None]:
    """What came before the error counts."""
    found: list[str] = []
    try:
        async for partition in source.partitions():
            found.append(partition.id)  # noqa: PERF401 — see above
    except ConnectorError as error:
        return found, error
    return found, None


async def test_personal_drives_by_their_sites(access: Access, tenant: Tenant) -> None:
    source = onedrive.Source(onedrive.Settings(), access)
    found = [(p.id, p.name) for p in await partitions(source)]
    assert found == [("b!Alice-4", "Alice › OneDrive"), BINS]
    assert asked(tenant, "/users/") == []
    (item,) = (await items(source, await library(source, "b!Alice-4"))).values()
    assert item.partition.source == "onedrive"


async def test_personal_drives_by_users_where_no_site_is_personal() -> None:
    """Who never had a OneDrive is no gap; globs are compared with the address."""
    with hosted(_Impersonal()) as tenant:
        access = access_to(tenant)
        for include, expected in (("*", ["b!Alice-4", BINS[0]]), ("bob@*", [])):
            source = onedrive.Source(onedrive.Settings((include,)), access)
            assert [p.id for p in await partitions(source)] == expected
        assert asked(tenant, "/drives?$select=")
        await access.aclose()


class _Impersonal(Small):
    """A tenant whose list of sites leaves the personal ones out."""

    @property
    def sites(self) -> Any:
        return _Listed(super().sites)


class _Listed(tuple[Any, ...]):
    """All sites by iteration; by slices, as pages are made, without personal ones."""

    __slots__ = ()

    def __getitem__(self, key: Any) -> Any:
        found = super().__getitem__(key)
        return [s for s in found if not s.personal] if isinstance(key, slice) else found


async def test_sites_are_listed_plainly_where_options_are_refused(
    source: sharepoint.Source, tenant: Tenant
) -> None:
    """The reference names no query options for getAllSites."""
    expected = {p.id for p in await partitions(source)}
    tenant.faults(
        [{"action": "status", "path": "/sites/getAllSites", "status": 400, "times": 1,
          "code": "invalidRequest", "message": "no options"}]
    )  # fmt: skip
    tenant.forget()
    assert {p.id for p in await partitions(source)} == expected
    assert ["select" in r.query for r in asked(tenant, "/sites/getAllSites")] == [True, False]
