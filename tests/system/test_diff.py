"""``diff`` and ``suppress`` over the wire: a company, what happened in it, and what is told."""

from __future__ import annotations

import json
import random
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from connectors._sample_tenant._company import company
from connectors._sample_tenant._handle import Tenant, running
from tests.system.command import Command

ITEMS = 150
HR = "人事部/ドキュメント"
LINK = {
    "id": "link",
    "roles": ["read"],
    "link": {"scope": "anonymous", "type": "view", "webUrl": "https://sample-shoji.example/s"},
}
SHARED = "給与/2026年/給与一覧_2026年4月.xlsx"
DELETED = "給与/取込用.txt"
EDITED = "入社手続/入社手続メモ_EUC.txt"
RENAMED = "入社手続/まいなんばーのめも.txt"
ADDED = "入社手続/追加の届出.txt"
BROKEN = "データ/年末調整一式.zip"
DENIED = "経理部 › ドキュメント"


def number(seed: int) -> str:
    """A valid number that is nobody's, from a seed."""
    source = random.Random(seed)
    digits = [source.randrange(10) for _ in range(11)]
    weights = (6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2)
    rest = sum(d * w for d, w in zip(digits, weights, strict=True)) % 11
    return "".join(map(str, [*digits, 0 if rest <= 1 else 11 - rest]))


def library(site: str, name: str) -> str:
    """The id of a document library."""
    (found,) = [
        drive.id
        for one in company(ITEMS).sites
        for drive in one.drives
        if (one.name, drive.name) == (site, name)
    ]
    return found


def happen(tenant: Tenant) -> None:
    """What people do in a week: share, delete, edit, rename, add; and one library is closed."""
    tenant.change("file", "share", drive=HR, path=SHARED, permissions=[LINK])
    tenant.change("file", "delete", drive=HR, path=DELETED)
    tenant.change("file", "modify", drive=HR, path=EDITED, data="削除しました。\n".encode())
    tenant.change("file", "rename", drive=HR, path=RENAMED, name="メモ（改）.txt")
    tenant.change(
        "file", "add", drive=HR, path=ADDED, data=f"個人番号: {number(5)}\n".encode(),
        media_type="text/plain", permissions=[],
    )  # fmt: skip
    tenant.change("file", "modify", drive=HR, path=BROKEN, data=b"PK\x03\x04torn")
    refused = {"action": "status", "status": 403, "code": "accessDenied"}
    tenant.faults([{**refused, "path": f"{library('経理部', 'ドキュメント')}/root/delta"}])


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Command]:
    """Two audits of a tenant, with that week between them."""
    with running(items=ITEMS, control=True) as tenant:
        command = Command(tmp_path_factory.mktemp("lived"), tenant, ("sharepoint",))
        command.audit()
        happen(tenant)
        command.second = command.audit("--lang", "en")  # type: ignore[attr-defined]
        yield command


@pytest.fixture(scope="module")
def told(lived: Command) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The summary and the changes, as JSON lines tell them."""
    done = lived.run("diff", "--format", "jsonl")
    assert done.returncode == 0, done.stderr[-2000:]
    summary, *changes = map(json.loads, done.stdout.splitlines())
    return summary, changes


def items(changes: list[dict[str, Any]], change: str, column: str = "why") -> dict[str, Any]:
    return {row["item"]: row[column] for row in changes if row["change"] == change}


def test_each_thing_that_happened_is_told_as_what_it_was(told: Any) -> None:
    summary, changes = told
    assert items(changes, "new") == {ADDED: "content"}  # the company's clock stands in its year
    assert items(changes, "resolved") == {DELETED: "deleted", EDITED: "content"}
    assert items(changes, "exposure_up", "exposure") == {SHARED: "public"}
    (shared,) = [row for row in changes if row["change"] == "exposure_up"]
    assert "anyone" in {grant["reach"] for grant in shared["grants_added"]}
    assert items(changes, "moved", "item_then") == {"入社手続/メモ（改）.txt": RENAMED}
    assert summary["rules_changed"] is False
    assert (summary["changed"], summary["exposure_down"], summary["suppressed"]) == (0, 0, 0)


def test_what_was_closed_is_out_of_sight_and_not_resolved(lived: Command, told: Any) -> None:
    summary, changes = told
    unreachable = items(changes, "unreachable", "reason")
    assert unreachable[DENIED] == "permission_denied"
    assert unreachable[BROKEN] == "malformed"
    stands = items(changes, "unreachable", "findings")
    held = lived.rows(
        f"SELECT count(*) FROM findings WHERE partition = '{DENIED}' AND status = 'unchanged'"
    )
    assert [(stands[DENIED],)] == held
    assert stands[DENIED] > 0
    assert stands[BROKEN] > 0
    assert summary["not_seen_again"] >= stands[DENIED] + stands[BROKEN]
    assert {row["status"] for row in findings(lived, BROKEN)} == {"unchanged"}


def findings(command: Command, item: str) -> list[dict[str, Any]]:
    columns = ("finding_id", "status", "confidence")
    rows = command.rows(f"SELECT {', '.join(columns)} FROM findings WHERE item = '{item}'")
    return [dict(zip(columns, row, strict=True)) for row in rows]


def test_text_page_and_summary_tell_the_same(lived: Command, told: Any) -> None:
    summary, _ = told
    text = lived.run("diff", "--lang", "ja")
    assert text.returncode == 0
    page = lived.run("diff", "--format", "html", "-o", "diff.html", "--lang", "ja")
    assert page.returncode == 0
    written = (lived.folder / "diff.html").read_text("utf-8")
    for item in (SHARED, DELETED, EDITED, ADDED, DENIED, "メモ（改）.txt"):
        assert item in text.stdout
        assert item in written
    trend = (
        f"{summary['new']} new, {summary['resolved']} resolved, "
        f"{summary['exposure_up']} more exposed, {summary['unreachable']} no longer readable"
    )
    assert trend in lived.second.stdout  # type: ignore[attr-defined]
    numbers = [p.number for p in company(ITEMS).planted if len(p.number) == 12] + [number(5)]
    whole = text.stdout + written + json.dumps(told, ensure_ascii=False)
    assert sum(one in whole for one in numbers) == 0


def test_exit_codes_for_a_scheduler(lived: Command) -> None:
    assert lived.run("diff", "--fail-on", "high").returncode == 3
    assert lived.run("diff", "--fail-on-incomplete").returncode == 4
    assert lived.run("diff", "--fail-on", "low", "--fail-on-incomplete").returncode == 5


def test_what_is_accepted_raises_no_alarm_until_its_day_is_over(
    lived: Command, tmp_path: Path
) -> None:
    """On a copy, whose last audit is then put a day after the end of what was accepted."""
    copy = tmp_path / "audit-workspace"
    copy.mkdir(mode=0o700)
    source = sqlite3.connect(lived.workspace / "workspace.sqlite")
    with sqlite3.connect(copy / "workspace.sqlite") as db:
        source.backup(db)
    source.close()
    there = ("--workspace", str(copy), "--lang", "en")
    (new,) = findings(lived, ADDED)
    shared = findings(lived, SHARED)
    until = ("--until", "2099-03-31", "--owner", "山田")
    for found in (new, *shared):
        given = ("suppress", found["finding_id"], "--reason", f"既知 {number(5)}", *until)
        assert lived.run(*given, *there).returncode == 0
    assert lived.run("diff", "--fail-on", "low", *there).returncode == 0
    said = lived.run("explain", new["finding_id"], *there).stdout
    assert "reason: 既知 ••••••••••••" in said
    assert "until 2099-03-31" in said
    with sqlite3.connect(copy / "workspace.sqlite") as db:
        db.execute("UPDATE run SET started = '2099-04-01T00:00:00Z' WHERE seq = 2")
        db.execute("UPDATE suppression SET since = 1")
    done = lived.run("diff", "--format", "jsonl", "--fail-on", "low", *there)
    assert done.returncode == 3
    changes = [json.loads(line) for line in done.stdout.splitlines()][1:]
    ended = {row["finding_id"] for row in changes if row["change"] == "unsuppressed"}
    assert ended == {found["finding_id"] for found in shared}
    listed = lived.run("suppress", *there).stdout
    assert listed.count("expired") == 1 + len(shared)
