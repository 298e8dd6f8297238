"""``audit``, ``report`` and ``explain`` over a folder of this machine."""

from __future__ import annotations

import stat
from collections.abc import Callable
from pathlib import Path

from auditor.terminal.reading import reading

Run = Callable[..., tuple[int, str, str]]


def test_audit_prints_the_summary(run: Run, files: Path) -> None:
    Path("audit.toml").write_text('[sources.folder]\npaths = ["人事"]\n', "utf-8")
    (files / "マイナンバー一覧.zip").write_bytes(b"PK\x03\x04 not a zip")
    code, out, err = run("audit", "--fail-on", "medium", "--fail-on-incomplete", "--lang", "ja")
    assert code == 5
    for text in (
        "誰が開けるか",
        "先に対応するもの",
        "台帳.csv",
        "ファイルが壊れている",
        "一致して",
    ):
        assert text in out
    assert "人数: 30 人分" in out
    assert "監査を始めました" in err
    assert "mynumber-audit report" in err
    code, out, _ = run("audit", "--lang", "en", "--fail-on", "high", "--quiet")
    assert code == 3
    assert "unchanged" in out
    assert sorted(p.name for p in Path().iterdir()) == ["audit-workspace", "audit.toml", "人事"]


def test_report_writes_for_the_owner_alone(run: Run, audited: Path, planted: list[str]) -> None:
    code, out, err = run("report", "--fail-on", "high")
    assert (code, err) == (3, "")
    paths = [Path(line) for line in out.splitlines()]
    suffixes = {".html", ".csv", ".json", ".jsonl", ".parquet", ".xlsx"}
    assert {path.suffix for path in paths} == suffixes
    assert {path.parent for path in paths} == {Path("audit-workspace/reports")}
    code, out, _ = run("report", "--output-formats", "csv", "-o", "deep/out", "--lang", "ja")
    assert code == 0
    assert stat.S_IMODE(Path("deep/out").stat().st_mode) == 0o700
    assert {stat.S_IMODE(p.stat().st_mode) for p in Path("deep/out").iterdir()} == {0o600}
    for path in [*audited.rglob("*"), *Path("deep").rglob("*")]:
        if path.is_file():
            data = path.read_bytes()
            assert not any(number.encode() in data for number in planted)


def test_explain_shows_evidence_in_words(run: Run, audited: Path, planted: list[str]) -> None:
    with reading(audited) as db:
        (first, *_) = [row[0] for row in db.execute("SELECT finding_id FROM findings")]
    for given in (first, first[:10], first.upper()):
        code, out, _ = run("explain", given, "--lang", "ja")
        assert code == 0
        assert "個人番号と判断した根拠" in out
        assert "検査用数字が一致" in out
    code, _, err = run("explain", "nosuchfinding")
    assert code == 2
    assert "no finding" in err
    code, _, err = run("explain", planted[0])
    assert code == 2


def test_results_of_nothing_are_refused(run: Run, here: Path, audited: Path) -> None:
    code, _, err = run("report", "--workspace", "nowhere")
    assert (code, "no workspace" in err) == (2, True)
    code, _, err = run("explain", "abc", "--workspace", "nowhere")
    assert (code, "no workspace" in err) == (2, True)
    code, _, err = run("report", "--run", "nosuchrun")
    assert (code, "no audit with this id" in err) == (2, True)


def test_settings_and_workspaces_that_cannot_be_used(run: Run, audited: Path) -> None:
    code, _, err = run("audit", "--config", "nowhere.toml")
    assert (code, "nowhere.toml" in err) == (2, True)
    code, _, err = run("audit", "--source", "mail")
    assert (code, "[sources.mail]" in err) == (2, True)
    audited.chmod(0o755)
    for command in ("audit", "report"):
        code, _, err = run(command)
        assert (code, "chmod 700" in err) == (2, True)
    audited.chmod(0o700)
    Path("audit.toml").write_text("")
    code, _, err = run("audit")
    assert (code, "no source is switched on" in err) == (2, True)


def test_the_privacy_key_is_wanted_before_any_work(run: Run, files: Path) -> None:
    text = '[sources.folder]\npaths = ["人事"]\n[privacy]\nkey = "env:AUDIT_KEY"\n'
    Path("audit.toml").write_text(text, "utf-8")
    code, _, err = run("audit")
    assert (code, "AUDIT_KEY" in err) == (2, True)
    assert not Path("audit-workspace").exists()
