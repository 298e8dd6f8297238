"""Settings of the whole suite: no network, nothing of the developer's own, nothing random."""

from __future__ import annotations

import importlib.util
import os
import re
import tempfile
import time
from collections.abc import Generator, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Verbosity, settings

ROOT = Path(__file__).parents[1]
GUARD = ROOT / "tests/guard"
NETWORK_LOG = "MYNUMBER_AUDIT_NETWORK_LOG"
# Twelve digits of any width, with whatever a form or a repr puts between them.
NUMBERS = re.compile(r"\d(?:[\s\-‐–—ー−.,'\"|/\\()\[\]]{0,4}\d){11,}")

# Every run tries the same examples, and a failing one is never printed: it may hold a number.
settings.register_profile(
    "house",
    derandomize=True,
    database=None,
    deadline=None,
    print_blob=False,
    verbosity=Verbosity.quiet,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("house")


def _clean_environment() -> None:
    """What a developer has set for real tenants and terminals must not reach a test."""
    for name in list(os.environ):
        if name.startswith(("AZURE_", "MYNUMBER_AUDIT_", "DASK_")) or name.lower().endswith(
            "_proxy"
        ):
            del os.environ[name]
    terminal = ("NO_COLOR", "FORCE_COLOR", "COLUMNS")
    for name in (*terminal, "SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "PYTHONDONTWRITEBYTECODE"):
        os.environ.pop(name, None)
    os.environ["LC_ALL"] = "C.UTF-8"
    os.environ["TZ"] = "Asia/Tokyo"  # not UTC, so that a missing time zone shows
    if hasattr(time, "tzset"):
        time.tzset()


def _stay_here() -> None:
    """Refuse connections beyond loopback, here and in every Python that a test starts."""
    handle, log = tempfile.mkstemp(prefix="mynumber-audit-network-")
    os.close(handle)
    os.environ[NETWORK_LOG] = log
    inherited = os.environ.get("PYTHONPATH", "")
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, (str(GUARD), str(ROOT), inherited)))
    spec = importlib.util.spec_from_file_location("network_guard", GUARD / "sitecustomize.py")
    assert spec is not None
    assert spec.loader is not None
    spec.loader.exec_module(importlib.util.module_from_spec(spec))


def pytest_configure() -> None:
    """Prepare this process; each worker of a parallel run prepares itself."""
    _clean_environment()
    _stay_here()


LONG = (
    "tests/system/",
    "tests/unit/corpus/",
    "tests/browser/",
    "tests/mutation/",
    "tests/contract/",
    "tests/property/",
)
"""Where the long tests lie: they begin first, so that at the end nobody waits for one of them."""
TOGETHER = {
    "tests/system/test_audit.py": "the full audit",
    "tests/system/test_breach.py": "the full audit",
    "tests/system/test_notebooks.py": "the full audit",
    "tests/browser/": "the browser",
    "tests/unit/connectors/test_blob_azurite.py": "the emulator",
    "tests/unit/connectors/test_services_azurite.py": "the emulator",
    "tests/unit/reports/": "the sample workspace",
    "tests/unit/sample_tenant_company/": "the sample company",
}
"""Files that look at one thing which takes long to make: one process makes it, for all of them."""
APART = ("tests/system/test_hostile.py", "tests/system/test_bad_input.py")
"""Files of long tests that share nothing."""


def _place_in(places: Iterable[str], nodeid: str) -> str:
    """The first of ``places`` that the test lies in, or ""."""
    return next((place for place in places if nodeid.startswith(place)), "")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Long tests first, in the order of ``LONG``."""
    ranks = {place: rank for rank, place in enumerate((*LONG, ""))}
    items.sort(key=lambda item: ranks[_place_in(LONG, item.nodeid)])


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """File by file to whoever is free: what a file's tests share is made once."""
    from xdist.scheduler import LoadScopeScheduling

    class Grouped(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            if _place_in(APART, nodeid):
                return nodeid
            return TOGETHER.get(_place_in(TOGETHER, nodeid)) or nodeid.partition("::")[0]

    config.option.loadscopereorder = False
    return Grouped(config, log)


def pytest_unconfigure() -> None:
    """Take the log of this process away."""
    Path(os.environ[NETWORK_LOG]).unlink(missing_ok=True)


def mask(text: str) -> str:
    """``text`` without anything that could be a My Number."""
    return NUMBERS.sub("[twelve or more digits]", text)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, Any, Any]:
    """Mask what a failing test would print: the values of its assertion, and its output."""
    report = yield
    report.sections = [(name, mask(content)) for name, content in report.sections]
    if isinstance(report.longrepr, str):
        report.longrepr = mask(report.longrepr)
    for traceback, crash, _ in getattr(report.longrepr, "chain", ()):
        if crash is not None:
            crash.message = mask(crash.message)
        for entry in traceback.reprentries:
            entry.lines[:] = [mask(line) for line in entry.lines]
    return report


@pytest.fixture
def network_log() -> Path:
    """Where refused connections are noted; a test that provokes one empties it."""
    return Path(os.environ[NETWORK_LOG])


@pytest.fixture(autouse=True)
def _no_network(network_log: Path) -> Iterator[None]:
    """Fail the test that tried to leave this machine, also when its code swallowed the refusal."""
    yield
    if network_log.stat().st_size:
        tried = sorted(set(network_log.read_text("utf-8").splitlines()))
        network_log.write_text("", "utf-8")
        pytest.fail(f"left this machine: {', '.join(tried)}")


@pytest.fixture(scope="session")
def root() -> Path:
    """The top of the project."""
    return ROOT
