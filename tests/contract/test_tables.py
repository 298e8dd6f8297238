"""The workspace's tables have the columns that others script against, in SQLite and as frames."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from auditor import summary
from auditor.model import Reason, State
from auditor.store import Store
from auditor.workspace import reading

TABLES = {
    "runs": "run_id tenant_id tenant_name started ended state tool_version rules_digest full",
    "findings": "finding_id run_id tenant_id source partition item_id item url part locations kind "
    "confidence count distinct reasons document_type purview_sit_id first_seen last_seen status",
    "items": "item_id source partition item url owner created modified size content_type version "
    "confidence count distinct exposure reach reach_people exposure_reasons age_days "
    "retention_check measures breach_class",
    "grants": "item_id reach via who people expires password",
    "coverage": "source partition item_id item part state reason detail bytes_read bytes_total "
    "suspect permission",
    "totals": "source partition listed complete partial skipped failed not_assessed unchanged "
    "bytes requests seconds",
    "controls": "control_id title pillar measures status evidence remedy permission",
}
"""Additive change is free; a rename or removal needs a CHANGELOG entry."""


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("contract") / "workspace"
    Store.open(path).close()
    return path


@pytest.mark.parametrize("table", TABLES)
def test_columns_of_the_workspace(workspace: Path, table: str) -> None:
    with reading(workspace) as db:
        columns = [row[1] for row in db.execute(f"PRAGMA table_info({table})")]
    assert columns[: len(TABLES[table].split())] == TABLES[table].split()


@pytest.mark.parametrize("table", TABLES)
def test_columns_of_the_frames(workspace: Path, table: str) -> None:
    frame: Any = getattr(summary.load(workspace), table)
    assert [c for c in TABLES[table].split() if c not in frame.columns] == []


def test_states_and_reasons_are_closed_lists() -> None:
    assert [s.value for s in State] == (
        "complete partial skipped failed not_assessed unchanged".split()
    )
    assert [r.value for r in Reason] == (
        "permission_denied not_licensed throttled gone changed_while_read too_large too_deep "
        "too_many_members expansion_ratio timeout memory crashed encrypted password_protected "
        "rights_managed malformed unsupported_format unknown_encoding ocr_off "
        "excluded_by_settings archived_tier not_offered service_error"
    ).split()


def test_the_workspace_belongs_to_its_owner_alone(workspace: Path) -> None:
    assert workspace.stat().st_mode & 0o777 == 0o700
    assert {p.stat().st_mode & 0o777 for p in workspace.iterdir()} == {0o600}
