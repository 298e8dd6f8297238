"""``scan``: findings in three forms, coverage, exit codes, and names that hold numbers."""

from __future__ import annotations

import csv
import io
import json
import stat
import subprocess
from collections.abc import Callable
from pathlib import Path

from auditor.terminal.local import COVERAGE, FINDING

Run = Callable[..., tuple[int, str, str]]
Start = Callable[..., "subprocess.Popen[bytes]"]


def test_scan_prints_a_table(run: Run, files: Path) -> None:
    code, out, err = run("scan", "人事", "--lang", "ja")
    assert code == 0
    lines = out.splitlines()
    assert len(lines) == 3
    assert lines[0].split() == ["確からしさ", "種類", "件数", "人数", "場所"]
    assert [line.split()[4] for line in lines[1:]] == ["人事/届.txt", "人事/給与/台帳.csv"]
    assert "全部読んだ 3" in err


def test_scan_prints_json_lines(run: Run, files: Path) -> None:
    code, out, err = run("scan", "人事", "--format", "jsonl", "--quiet", "--fail-on", "high")
    assert (code, err) == (3, "")
    rows = [json.loads(line) for line in out.splitlines()]
    assert [list(row) for row in rows] == [list(FINDING)] * 2
    assert [row["item"] for row in rows] == ["人事/届.txt", "人事/給与/台帳.csv"]
    assert [(row["count"], row["distinct"]) for row in rows] == [(1, 1), (29, 29)]
    assert {row["kind"] for row in rows} == {"individual_number"}
    assert rows[0]["locations"] == ["line 2"]
    assert len(rows[1]["locations"]) == 20
    assert all(row["reasons"] for row in rows)


def test_scan_prints_csv_that_computes_nothing(run: Run, here: Path, planted: list[str]) -> None:
    (here / "=cmd.txt").write_text(f"個人番号: {planted[0]}\n", "utf-8")
    _, out, _ = run("scan", "=cmd.txt", "--format", "csv", "--quiet")
    header, row = csv.reader(io.StringIO(out))
    assert tuple(header) == FINDING
    assert row[0] == "'=cmd.txt"


def test_scan_says_what_it_could_not_read(run: Run, files: Path) -> None:
    (files / "マイナンバー一覧.zip").write_bytes(b"PK\x03\x04 not a zip")
    words = ["scan", "人事/", "--coverage", "c.jsonl", "--fail-on-incomplete"]
    code, _, err = run(*words, "--lang", "en")
    assert code == 4
    assert "Damaged file" in err
    (row,) = [json.loads(line) for line in Path("c.jsonl").read_text("utf-8").splitlines()]
    assert tuple(row) == COVERAGE
    assert (row["source"], row["partition"]) == ("folder", "人事/")
    assert row["item"] == "人事/マイナンバー一覧.zip"
    assert (row["state"], row["reason"], row["suspect"]) == ("failed", "malformed", True)
    assert row["item_id"].isalpha()
    assert stat.S_IMODE(Path("c.jsonl").stat().st_mode) == 0o600
    code, _, _ = run(*words, "--fail-on", "high")
    assert code == 5


def test_scan_masks_numbers_in_names(run: Run, here: Path, planted: list[str]) -> None:
    (here / f"{planted[2]}_山田太郎.txt").write_text("x\n", "utf-8")
    (here / planted[3]).mkdir()
    (here / planted[3] / "a.zip").write_bytes(b"PK\x03\x04")
    code, out, err = run("scan", ".", "--coverage", "c.jsonl", "--format", "jsonl")
    assert code == 0
    assert "•" in out + err + Path("c.jsonl").read_text("utf-8")
    kept = Path("c.jsonl").read_text("utf-8")
    assert not any(number in kept for number in planted)


def test_scan_reads_a_single_file_and_standard_input(files: Path, start: Start) -> None:
    data = (files / "届.txt").read_bytes()
    words = ["scan", "-", "--name", "届.txt", "--format", "jsonl", "--lang", "en"]
    process = start(*words, cwd=files, stdin=subprocess.PIPE)
    out, err = process.communicate(data, timeout=120)
    assert process.returncode == 0
    assert json.loads(out)["item"] == "届.txt"
    assert b"files: 1" in err
    process = start("scan", "届.txt", "--format", "jsonl", "--quiet", cwd=files)
    out, err = process.communicate(timeout=120)
    assert json.loads(out)["item"] == "届.txt"
    assert err == b""


def test_scan_tells_missing_paths(run: Run, files: Path) -> None:
    code, out, err = run("scan", "nowhere")
    assert (code, out) == (2, "")
    assert "There is no nowhere." in err
    code, out, _ = run("scan", "nowhere", "人事", "--quiet")
    assert (code, len(out.splitlines())) == (0, 3)
    code, _, _ = run("scan", "nowhere", "人事", "--quiet", "--fail-on-incomplete")
    assert code == 4
    code, _, err = run("scan", "人事", "--name", "x")
    assert code == 2
    assert "--name" in err


def test_scan_takes_limits_from_the_settings(run: Run, files: Path) -> None:
    Path("audit.toml").write_text("[limits]\nbytes = 8\n")
    code, _, err = run("scan", "人事", "--lang", "en", "--fail-on-incomplete")
    assert code == 4
    assert "Too large" in err
    Path("other.toml").write_text("[limits]\nbyte = 8\n")
    code, _, err = run("scan", "人事", "--config", "other.toml")
    assert code == 2
    assert "bytes" in err
    code, _, _ = run("scan", "人事", "--config", "missing.toml")
    assert code == 2


def test_scan_stops_quietly_when_nobody_reads(
    files: Path, start: Start, planted: list[str]
) -> None:
    (files / "many.csv").write_text("".join(f"個人番号\n{n}\n\n" for n in planted[30:]), "utf-8")
    process = start("scan", ".", "--format", "jsonl", "--quiet", cwd=files)
    assert process.stdout
    assert process.stderr
    process.stdout.close()
    assert process.stderr.read() == b""
    process.stderr.close()
    assert process.wait(120) == 1


def test_an_empty_folder_is_no_failure(run: Run, here: Path) -> None:
    (here / "empty").mkdir()
    code, out, err = run("scan", "empty", "--fail-on-incomplete", "--fail-on", "low")
    assert (code, out) == (0, "")
    assert "No My Number was found." in err
