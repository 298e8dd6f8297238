"""A sample tenant for all, and one full audit of it that nobody changes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from connectors._sample_tenant._handle import Tenant, running
from tests.system.command import ITEMS, Command


@pytest.fixture(scope="session")
def tenant() -> Iterator[Tenant]:
    """A sample tenant that no test changes."""
    with running(items=ITEMS, control=True) as started:
        yield started


@pytest.fixture
def command(tenant: Tenant, tmp_path: Path) -> Command:
    """A fresh folder to audit the shared tenant from."""
    return Command(tmp_path, tenant)


@pytest.fixture(scope="session")
def audited(tenant: Tenant, tmp_path_factory: pytest.TempPathFactory) -> Command:
    """One full audit with all its reports, which several tests look at and none changes."""
    command = Command(tmp_path_factory.mktemp("audited"), tenant, ocr=True)
    command.first = command.audit("--log-level", "debug")  # type: ignore[attr-defined]
    command.reported = command.run("report")  # type: ignore[attr-defined]
    return command


@pytest.fixture
def own_tenant() -> Iterator[Callable[..., Tenant]]:
    """Start a tenant of one's own, to change it or to let it misbehave."""
    with ExitStack() as stack:
        yield lambda **options: stack.enter_context(running(**{"control": True, **options}))
