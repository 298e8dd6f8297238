"""A small world for every connector: whoever adds one adds a factory here."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import connectors
from connectors import Connector
from connectors._identity import Access, Auth, Cloud
from connectors._identity import Tenant as Audited
from connectors._sample_tenant._company import company
from connectors._sample_tenant._handle import Tenant, hosted

SOURCES = Path(__file__).parent / "sources"
ITEMS = 60


@dataclass
class World:
    """Where a connector's factory finds something to read."""

    folder: Path
    tenant: Callable[[], Tenant]
    """The sample company, started when first asked for."""
    patch: pytest.MonkeyPatch


@dataclass
class Subject:
    """A connector in its world."""

    name: str
    module: ModuleType
    source: Connector
    unknown: str
    """An id that no item has."""
    requests: Callable[[], int] | None = None
    """How many requests the service saw, sign-ins aside; None where there is no service."""


Factory = Callable[[World, ModuleType], tuple[Any, Access]]


def _graph(setting: str, size: int) -> Factory:
    """Against the sample company, in pages so small that there are several."""

    def make(world: World, module: ModuleType) -> tuple[Any, Access]:
        world.patch.setattr(setting, size)
        return module.Settings(), _access(world.tenant())

    return make


def _blob(world: World, module: ModuleType) -> tuple[Any, Access]:
    world.patch.setattr(module, "PAGE", 5)
    tenant = world.tenant()
    return module.Settings(accounts=(tenant.blob,)), _access(tenant)


def _intune(world: World, module: ModuleType) -> tuple[Any, Access]:
    world.patch.setattr("connectors._sample_tenant._intune.PAGE", 2)
    return module.Settings(allow_beta=True), _access(world.tenant())


def _dataverse(world: World, module: ModuleType) -> tuple[Any, Access]:
    world.patch.setattr("connectors._dataverse_rows.PAGE", 7)
    tenant = world.tenant()
    return module.Settings(environments=(tenant.dataverse,)), _access(tenant)


def _service(page: int) -> Factory:
    """Files, tables or queues of the account that Resource Manager names."""

    def make(world: World, module: ModuleType) -> tuple[Any, Access]:
        world.patch.setattr(module, "PAGE", page, raising=False)
        return module.Settings(), _access(world.tenant())

    return make


def _folder(world: World, module: ModuleType) -> tuple[Any, Access]:
    world.patch.setattr(module, "_PAGE", 3)
    for number in range(11):
        place = world.folder / ("", "人事", "人事/2026")[number % 3] / f"file {number}.txt"
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(f"content {number}".encode())
    (world.folder / "large.bin").write_bytes(bytes(range(256)) * 4096)
    return module.Settings(paths=(str(world.folder),)), Access(Audited("here"))


def _hostile(_world: World, module: ModuleType) -> tuple[Any, Access]:
    from connectors import Denied

    def files(count: int) -> dict[str, Any]:
        return {f"f{n}.txt": module.File(f"content {n}".encode()) for n in range(count)}

    denied = files(4) | {"no.txt": module.File(error=Denied("no"), grants=Denied("no"))}
    lying = files(4) | {"big.txt": module.File(b"small", size=10**12)}
    module.TENANT.clear()
    module.TENANT.update(
        snapshot=module.Library(files(8)),
        changes=module.Library(files(8), delta=True),
        repeats=module.Library(files(8), delta=True, repeats=True),
        void=module.Library(files(5), delta=True, void=True),
        denied=module.Library(denied),
        lying=module.Library(lying),
        locked=module.Library(files(8), error=Denied("locked"), error_after=1),
        empty=module.Library(),
    )
    return module.Settings(), Access(Audited("here"))


FACTORIES: Mapping[str, Factory] = {
    "azure_files": _service(2),
    "azure_queues": _service(32),
    "azure_tables": _service(7),
    "blob": _blob,
    "dataverse": _dataverse,
    "folder": _folder,
    "hostile": _hostile,
    "intune": _intune,
    "mail": _graph("connectors._mailboxes.PAGE", 2),
    "onedrive": _graph("connectors._drives._PAGE", 2),
    "sharepoint": _graph("connectors._drives._PAGE", 2),
    "teams": _graph("connectors._windows.PAGE", 2),
}


def _access(tenant: Tenant) -> Access:
    cloud = Cloud("x", tenant.authority, tenant.graph, tenant.resource_manager, tenant.ca_file)
    return Access(
        Audited(tenant.tenant_id), Auth("client-secret"), cloud, environ=dict(tenant.environ)
    )


@pytest.fixture(scope="module")
def company_tenant() -> Iterator[Callable[[], Tenant]]:
    """The sample company, behind TLS from a thread, once for all who want it."""
    held: list[Any] = []

    def start() -> Tenant:
        if not held:
            manager = hosted(company(ITEMS))
            held.extend((manager, manager.__enter__()))
        found: Tenant = held[1]
        return found

    yield start
    if held:
        held[0].__exit__(None, None, None)


@pytest.fixture
def with_hostile(monkeypatch: pytest.MonkeyPatch) -> None:
    """The hostile source, found by its folder like any other."""
    monkeypatch.setattr(connectors, "__path__", [*connectors.__path__, str(SOURCES)])


@pytest.fixture
async def subject(
    request: pytest.FixtureRequest,
    with_hostile: None,
    company_tenant: Callable[[], Tenant],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> AsyncIterator[Subject]:
    """The connector that the test is about, in its world."""
    name = request.param
    if name not in FACTORIES:
        pytest.fail(f"{name} has no factory in {Path(__file__).name}")
    module = connectors.load(name)
    settings, access = FACTORIES[name](World(tmp_path, company_tenant, monkeypatch), module)
    found = Subject(name, module, module.Source(settings, access), "no-such-item")
    if access.cloud.ca_file:
        tenant = company_tenant()
        tenant.forget()
        found.requests = lambda: sum(
            not r.batched and "oauth2" not in r.path for r in tenant.requests()
        )
    yield found
    await found.source.aclose()
    await access.aclose()
