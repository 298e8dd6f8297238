"""The page names who accepted what, and puts first what needs a new decision."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from pathlib import Path

from auditor import reports, summary, suppressions
from auditor.workspace import reading
from tests.unit.reports.sample_workspace import build

NOW = datetime(2026, 4, 1, 9, tzinfo=UTC)


def test_accepted_risks_are_told_with_reason_owner_and_end(tmp_path: Path) -> None:
    workspace = build(tmp_path / "workspace")
    with reading(workspace) as db:
        rows = db.execute("SELECT finding_id FROM findings WHERE status <> 'resolved' LIMIT 3")
        first, second, third = (finding for (finding,) in rows.fetchall())
    last = date(2027, 3, 31)
    suppressions.accept(workspace, first, "stays <b>here</b>", "総務部", last, NOW)
    suppressions.accept(workspace, second, "short", "HR", NOW.date(), NOW)
    suppressions.accept(workspace, third, "taken back", "HR", None, NOW)
    assert suppressions.withdraw(workspace, third, NOW)
    with summary.load(workspace) as found:
        (file,) = reports.load("html").write(found, tmp_path / "out", "en")
        assert set(found.suppressions["state"]) == {"active", "expired", "revoked"}
    page = file.read_text("utf-8")
    section = page[page.index('id="accepted"') : page.index('id="safety"')]
    assert "stays &lt;b&gt;here&lt;/b&gt;" in section
    assert "総務部" in section
    assert "2027-03-31" in section
    assert "taken back" not in section
    assert section.index(">short<") < section.index("stays &lt;")  # expired: to be decided anew
    assert 'href="#accepted"' in page


def test_without_any_there_is_no_section(tmp_path: Path) -> None:
    with summary.load(build(tmp_path / "workspace")) as found:
        (file,) = reports.load("html").write(found, tmp_path / "out", "ja")
    assert not re.search(r'id="accepted"|href="#accepted"', file.read_text("utf-8"))
