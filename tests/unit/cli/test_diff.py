"""``diff`` and ``suppress`` as somebody types them: what they print, write, and exit with."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import sqlite3
import stat
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from auditor.comparison import CHANGES
from auditor.locales import LANGUAGES, has_word, words
from auditor.terminal.display import clean

Run = Callable[..., tuple[int, str, str]]
HOSTILE = "<img src=x onerror=alert(1)>&\u202egnp.txt"


def rows(workspace: Path, query: str) -> list[tuple[Any, ...]]:
    db = sqlite3.connect(workspace / "workspace.sqlite")
    try:
        return db.execute(query).fetchall()
    finally:
        db.close()


@pytest.fixture
def changed(run: Run, files: Path, audited: Path, planted: list[str]) -> Path:
    """A second audit, after one file came, one went, and one was edited."""
    (files / "届.txt").unlink()
    (files / HOSTILE).write_text(f"個人番号: {planted[40]}\n", "utf-8")
    with (files / "給与" / "台帳.csv").open("a", encoding="cp932") as file:
        file.write(f"鈴木,{planted[41]}\n")
    assert run("audit", "--quiet")[0] == 0
    return audited


def test_the_first_audit_has_nothing_to_be_compared_with(run: Run, audited: Path) -> None:
    code, out, err = run("diff", "--fail-on", "low", "--lang", "en")
    assert (code, out) == (0, "")
    assert "no audit before" in err


def test_without_an_audit_there_is_nothing_to_compare(run: Run, here: Path) -> None:
    assert run("diff")[0] == 2
    assert not (here / "audit-workspace").exists()


@pytest.mark.parametrize(
    ("lang", "said"), [("en", "deleted, or moved away"), ("ja", "削除、または移動された")]
)
def test_what_changed_stands_in_the_text(run: Run, changed: Path, lang: str, said: str) -> None:
    code, out, _ = run("diff", "--lang", lang)
    assert code == 0
    assert said in out
    assert "29 → 30" in out
    assert clean(HOSTILE) in out
    assert "\u202e" not in out
    new = words(lang, "comparison")["changes"]["new"]
    assert re.search(rf"^  {new} +1 +0 +0 +0 +1$", out, re.MULTILINE)


def test_json_lines_hold_every_change(run: Run, changed: Path) -> None:
    _, out, _ = run("diff", "--format", "jsonl")
    summary, *changes = map(json.loads, out.splitlines())
    told = {change: summary[change] for change in CHANGES if summary[change]}
    assert told == {"new": 1, "changed": 1, "resolved": 1}
    assert [row["change"] for row in changes] == ["new", "changed", "resolved"]
    assert {row["tenant_id"] for row in changes} == {"local"}
    ids = [run_id for (run_id,) in rows(changed, "SELECT run_id FROM runs")]
    assert [summary["old_run_id"], summary["new_run_id"]] == ids
    assert changes[0]["finding_id"] in {
        name for (name,) in rows(changed, "SELECT finding_id FROM findings WHERE status = 'new'")
    }
    named = run("diff", ids[0][:8], ids[1][:8], "--format", "jsonl")
    assert named[:2] == (0, out)
    assert run("diff", ids[1], ids[0])[0] == 2
    assert run("diff", "nothing")[0] == 2
    assert run("diff", *ids, ids[0])[0] == 2


class Page(HTMLParser):
    """Tags, attributes that could fetch, and text of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.links: list[str] = []
        self.policy = ""
        self.text = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.tags.add(tag)
        self.links += [given[name] or "" for name in ("src", "href", "action") if name in given]
        if given.get("http-equiv") == "Content-Security-Policy":
            self.policy = given["content"] or ""

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_is_self_contained_and_harmless(run: Run, changed: Path, lang: str) -> None:
    code, out, _ = run("diff", "--format", "html", "-o", "reports/diff.html", "--lang", lang)
    assert (code, out) == (0, "")
    file = changed.parent / "reports" / "diff.html"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    text = file.read_text("utf-8")
    page = Page(text)
    assert page.tags.isdisjoint({"script", "img", "link", "iframe", "form", "a"})
    assert page.links == []
    style = text.partition("<style>")[2].partition("</style>")[0]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert page.policy.startswith(f"default-src 'none'; style-src 'sha256-{digest}';")
    assert HOSTILE.replace("\u202e", "\ufffd") in page.text
    assert "29 → 30" in page.text
    assert f'<html lang="{lang}">' in text
    assert words(lang, "comparison")["changes"]["resolved"] in page.text
    same = run("diff", "--format", "html", "--lang", lang)
    assert same[:2] == (0, text)


def test_few_rows_are_shown_and_the_others_counted(
    run: Run, files: Path, audited: Path, planted: list[str]
) -> None:
    for place in range(30):
        (files / f"{place}.txt").write_text(f"個人番号: {planted[50 + place]}\n", "utf-8")
    run("audit", "--quiet")
    _, out, _ = run("diff", "--lang", "en")
    assert len(re.findall(r"\d+\.txt", out)) == 20
    assert "and 10 more" in out
    _, out, _ = run("diff", "--limit", "3", "--lang", "en")
    assert "and 27 more" in out
    _, out, _ = run("diff", "--format", "jsonl")
    assert len(out.splitlines()) == 31
    _, out, _ = run("diff", "--format", "html", "--limit", "3", "--lang", "en")
    assert "and 27 more" in out


def test_exit_codes_are_those_of_what_came(run: Run, changed: Path) -> None:
    assert run("diff", "--fail-on", "high")[0] == 3
    assert run("diff", "--fail-on-incomplete")[0] == 0
    (new,) = rows(changed, "SELECT finding_id FROM findings WHERE status = 'new'")
    assert run("suppress", new[0], "--reason", "試験用")[0] == 0
    assert run("diff", "--fail-on", "low")[0] == 0
    run("audit", "--quiet")
    assert run("diff", "--fail-on", "low", "--fail-on-incomplete")[0] == 0


def test_the_summary_of_an_audit_says_what_changed(run: Run, files: Path, audited: Path) -> None:
    (files / "届.txt").unlink()
    _, out, _ = run("audit", "--lang", "en", "--quiet")
    assert re.search(r"Since the audit of .* UTC: 0 new, 1 resolved, 0 more exposed, 0 no", out)


# — suppress ———————————————————————————————————————————————————————————————————————————————————


def test_accepting_and_taking_back(run: Run, audited: Path, planted: list[str]) -> None:
    (found,) = rows(audited, "SELECT finding_id FROM findings WHERE item LIKE '%届.txt'")
    finding = found[0]
    until = (datetime.now(UTC).date() + timedelta(days=30)).isoformat()
    reason = f"退職者の届 {planted[0]}"
    given = ["--reason", reason, "--owner", "総務 山田", "--until", until]
    assert run("suppress", finding[:10], *given, "--lang", "en")[::2] == (
        0,
        f"Accepted until {until}: 届.txt. Reports go on counting it.\n",
    )
    _, out, _ = run("suppress", "--lang", "en")
    (line,) = [line for line in out.splitlines() if finding in line]
    assert [part in line for part in ("総務 山田", until, "届.txt", "退職者の届 ••••")] == [
        True
    ] * 4
    _, out, _ = run("explain", finding, "--lang", "en")
    assert "accepted (first seen" in out
    assert f"until {until}" in out
    _, out, _ = run("audit", "--lang", "en", "--quiet")
    assert "Accepted findings: 1" in out
    assert run("report", "--output-formats", "jsonl", "--fail-on", "low")[0] == 3  # the other file
    assert run("suppress", finding, "--revoke")[0] == 0
    assert run("suppress", finding, "--revoke")[0] == 2
    assert run("suppress")[:2] == (0, "")
    assert rows(audited, "SELECT count(*) FROM suppression") == [(1,)]


def test_where_all_is_accepted_nothing_fails_and_nothing_is_called_clean(
    run: Run, audited: Path
) -> None:
    for (finding,) in rows(audited, "SELECT finding_id FROM findings"):
        assert run("suppress", finding, "--reason", "全件確認済み")[0] == 0
    code, out, _ = run("audit", "--fail-on", "low", "--lang", "en", "--quiet")
    assert code == 0
    assert "is accepted" in out
    assert "No My Number was found" not in out
    assert run("report", "-o", "out", "--fail-on", "low")[0] == 0
    items = [json.loads(line) for line in Path("out/items.jsonl").read_text("utf-8").splitlines()]
    assert {item["confidence"] for item in items} == {"suppressed"}
    events = [json.loads(line) for line in Path("out/ocsf.jsonl").read_text("utf-8").splitlines()]
    told = {(e["status_id"], e["severity_id"]) for e in events if e["class_uid"] == 2006}
    assert told == {(3, 1)}  # suppressed, informational


def test_what_has_lost_its_finding_is_named(run: Run, files: Path, audited: Path) -> None:
    (found,) = rows(audited, "SELECT finding_id FROM findings WHERE item LIKE '%届.txt'")
    run("suppress", found[0], "--reason", "既知")
    (files / "届.txt").unlink()
    _, out, _ = run("audit", "--lang", "en", "--quiet")
    assert f"Accepted, but no longer found: 1 ({found[0]})" in out
    assert "no longer found" in run("suppress", "--lang", "en")[1]
    run("audit", "--quiet")
    _, out, _ = run("explain", found[0], "--lang", "en")  # gone since the audit before the latest
    assert "Resolved: last seen" in out
    assert "no longer found" in out
    assert "Who can reach it" not in out
    assert run("suppress", found[0], "--reason", "もう一度")[0] == 2


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (["FINDING"], "without a reason"),
        (["FINDING", "--reason", " "], "without a reason"),
        (["FINDING", "--reason", "長" * 501], "500 letters at most"),
        (["FINDING", "--reason", "x", "--until", "2026-02-30"], "is a day from"),
        (["FINDING", "--reason", "x", "--until", "2020-01-01"], "has passed"),
        (["FINDING", "--reason", "x", "--revoke"], "goes without"),
        (["--reason", "x"], "FINDING_ID is missing"),
        (["--revoke"], "FINDING_ID is missing"),
        (["zzzzzz", "--reason", "x"], "no finding with this id"),
        (["FINDING", "FINDING", "--reason", "x"], "one argument too many"),
    ],
)
def test_what_cannot_be_meant_is_refused(
    run: Run, audited: Path, given: list[str], said: str
) -> None:
    ((finding,), *_) = rows(audited, "SELECT finding_id FROM findings")
    words_given = [finding if text == "FINDING" else text for text in given]
    code, _, err = run("suppress", *words_given, "--lang", "en")
    assert code == 2
    assert said in err
    assert rows(audited, "SELECT count(*) FROM suppression") == [(0,)]


# — words ——————————————————————————————————————————————————————————————————————————————————————


def flat(table: dict[str, Any], prefix: str) -> Iterator[str]:
    for key, value in table.items():
        if isinstance(value, dict):
            yield from flat(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}"


def test_every_word_of_a_comparison_is_used(root: Path) -> None:
    code = "".join(path.read_text("utf-8") for path in root.glob("auditor/terminal/*.py"))
    views = (root / "auditor/comparison.sql").read_text("utf-8")
    spoken = set(re.findall(r"'([a-z_]+)'", views)) | set(re.findall(r'"([a-z_]+)"', code))
    closed = {"deleted", "scope", "excluded", "high", "medium", "low", "sample", "suppressed"}
    closed |= {*CHANGES, "active", "expired", "unused", "revoked", "all", "comma"}
    keys = set(flat(words("en", "comparison"), "comparison."))
    unused = [
        key for key in keys if key not in code and key.rpartition(".")[2] not in spoken | closed
    ]
    assert unused == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_whatever_a_comparison_tells_has_words(root: Path, lang: str) -> None:
    from auditor.commit import Closed

    views = (root / "auditor/comparison.sql").read_text("utf-8")
    new, lost = views.partition("change_new AS")[2], views.partition("VIEW lost AS")[2]
    told = {
        "why_new": re.findall(r"(?:THEN|ELSE) '(\w+)'", new.partition("END AS why")[0]),
        "why_resolved": [
            *(code for code in Closed if code != "same"),
            *"rules settings confidence unknown".split(),
        ],
        "why_unsuppressed": ["expired", "revoked"],
        "changes": CHANGES,
    }
    assert len(told["why_new"]) == 6
    assert "'unknown'" in lost
    wanted = [f"comparison.{table}.{code}" for table, codes in told.items() for code in codes]
    assert [key for key in wanted if not has_word(key, lang)] == []
