"""Files, tables and queues through a whole audit: what it cannot read is said, and heals."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from auditor import engine
from connectors import azure_files, azure_queues, azure_tables
from connectors._sample_tenant._handle import Tenant, hosted
from connectors._sample_tenant._roles import FILE_READER, QUEUE_READER, TABLE_READER
from tests.benchmarks.pipe import NoScan
from tests.system import in_process
from tests.unit.connectors.services_world import Company

Row = tuple[str, ...]

ALWAYS: set[Row] = {
    ("lost", "not_assessed", "not_offered", ""),
    ("alpha › snapshots", "not_assessed", "excluded_by_settings", ""),
    ("other messages", "skipped", "not_offered", ""),
}
"""What no fault is needed for."""

DENIED = {"action": "status", "status": 403, "code": "AuthorizationPermissionMismatch"}
LASTING: dict[str, tuple[dict[str, Any], set[Row]]] = {
    "403 on a share": (
        {**DENIED, "path": "-file/beta"},
        {("beta", "not_assessed", "permission_denied", FILE_READER)},
    ),
    "403 on a folder": (
        {**DENIED, "path": "/alpha/many[?]"},
        {("many", "failed", "permission_denied", FILE_READER)},
    ),
    "403 on a file": (
        {**DENIED, "path": "/alpha/top.txt"},
        {("top.txt", "failed", "permission_denied", FILE_READER)},
    ),
    "404 on a file": (
        {"action": "status", "status": 404, "code": "ResourceNotFound", "path": "/alpha/top.txt"},
        {("top.txt", "failed", "gone", "")},
    ),
    "another state of a file": (
        {"action": "status", "status": 412, "code": "ConditionNotMet", "path": "/alpha/top.txt"},
        {("top.txt", "failed", "changed_while_read", "")},
    ),
    "403 on all tables": (
        {**DENIED, "path": "-table/Tables"},
        {("tinystore", "not_assessed", "permission_denied", TABLE_READER)},
    ),
    "404 on a table": (
        {"action": "status", "status": 404, "code": "TableNotFound", "path": "-table/Many"},
        {("Many", "not_assessed", "gone", "")},
    ),
    "401 on a queue": (
        {"action": "status", "status": 401, "code": "InvalidAuthenticationInfo", "path": "/idle"},
        {("idle", "not_assessed", "permission_denied", QUEUE_READER)},
    ),
    "a wait of an hour": (
        {"action": "throttle", "status": 503, "retry_after": 3600, "path": "-queue/idle"},
        {("idle", "not_assessed", "throttled", "")},
    ),
}


@pytest.fixture(scope="module")
def tenant() -> Iterator[Tenant]:
    with hosted(Company()) as found:
        yield found


@pytest.fixture(autouse=True)
def _hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("connectors._throttle._BACKOFF", 0.01)
    monkeypatch.setattr(engine, "Workers", NoScan)


def audited(tenant: Tenant, place: Path) -> set[Row]:
    """Run an audit of the three; the coverage that it left."""
    sources = {
        "azure_files": azure_files.Settings(),
        "azure_tables": azure_tables.Settings(),
        "azure_queues": azure_queues.Settings(),
    }
    rows = in_process.audited(
        tenant, place, sources, "SELECT item, state, reason, permission FROM coverage"
    )
    return {(Path(item).name, *rest) for item, *rest in rows}


@pytest.mark.parametrize("name", LASTING)
def test_what_lasts_is_said_and_heals(tenant: Tenant, tmp_path: Path, name: str) -> None:
    rule, expected = LASTING[name]
    tenant.faults([rule])
    rows = audited(tenant, tmp_path / "w")
    tenant.faults([])
    assert rows == ALWAYS | expected
    assert audited(tenant, tmp_path / "w") == ALWAYS


def test_a_second_run_reads_nothing_again(tenant: Tenant, tmp_path: Path) -> None:
    audited(tenant, tmp_path / "w")
    tenant.forget()
    audited(tenant, tmp_path / "w")
    asked = [r for r in tenant.requests() if "-file/" in r.path and "comp=list" not in r.query]
    assert asked == []
