"""The summary of a scan, and the line that says how far it is."""

from __future__ import annotations

import asyncio
import sys

import pytest

from auditor.model import Finding, Gap, Reason, Scan, State
from auditor.terminal import scan_output
from auditor.terminal.console import Console
from auditor.terminal.local import Result
from auditor.terminal.scan_books import Books
from auditor.terminal.scan_output import Output

FOUND = Finding("", ("line 1",), "individual_number", "high", 1, 1, ())


def result(kind: str, *reasons: Reason, found: bool = False, suspect: bool = False) -> Result:
    gaps = tuple(Gap(reason, str(n), suspect=suspect) for n, reason in enumerate(reasons))
    state = State.PARTIAL if gaps else State.COMPLETE
    scan = Scan(state, (FOUND,) if found else (), gaps, content_type=kind)
    return Result("here", "here/a", "a", scan)


def told(capsys: pytest.CaptureFixture[str], lang: str, *results: Result) -> list[str]:
    books = Books()
    for one in results:
        books.note(one)
    books.tell(Console(lang))
    return capsys.readouterr().err.splitlines()


def test_a_file_counts_once_for_a_reason(capsys: pytest.CaptureFixture[str]) -> None:
    damaged = result("zip", *[Reason.MALFORMED] * 3, Reason.TOO_DEEP, suspect=True)
    lines = told(capsys, "en", damaged, result("pdf", Reason.MALFORMED), result("text", found=True))
    assert "  files: 3 (1 complete, 2 partial)" in lines
    assert "  formats: zip 1, pdf 1, text 1" in lines
    assert "       2  Damaged file (zip 1, pdf 1)" in lines
    assert [line.split()[0] for line in lines if "(zip" in line] == ["2", "1"]
    assert lines[-2] == "  Probably holding numbers, and not read: 1"
    assert lines[-1] == "  Files with what looks like My Numbers: 1"


def test_what_is_rare_is_told_together(capsys: pytest.CaptureFixture[str]) -> None:
    many = [result(f"kind{n}", Reason.TIMEOUT) for n in range(10)]
    lines = told(capsys, "ja", *many, result("", Reason.CRASHED))
    assert lines[3].endswith("kind7 1, ほか 3")
    assert any("kind3 1, ほか 6)" in line for line in lines)
    assert lines[-1] == "  個人番号は見つかりませんでした。"


@pytest.mark.parametrize("lang", ["ja", "en"])
async def test_on_a_terminal_progress_is_one_line(
    lang: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is drawn while nothing comes, and gone before anything else is written."""
    monkeypatch.setattr(Console, "live", True)
    monkeypatch.setattr(scan_output, "_FRAME", 0.001)
    with Output(Console(lang), "table") as output:
        watch = asyncio.create_task(output.watch())
        await asyncio.sleep(0.02)
        watch.cancel()
        drawn = capsys.readouterr().err
        output.take(result("text", found=True))
        wiped = capsys.readouterr()
    assert drawn.count("\r\033[K") >= 2
    assert "\n" not in drawn
    assert wiped.err == "\r\033[K"
    assert "here/a" in wiped.out


async def test_elsewhere_progress_is_a_line_now_and_then(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scan_output, "_FRAME", 0.001)
    output = Output(Console("en"), "table")
    for every, least, most in ((60.0, 0, 0), (0.005, 1, 20)):
        monkeypatch.setattr(scan_output, "_EVERY", every)
        watch = asyncio.create_task(output.watch())
        await asyncio.sleep(0.05)
        watch.cancel()
        lines = capsys.readouterr().err.splitlines()
        assert least <= len(lines) <= most
        assert all("0 files read (0 findings)" in line for line in lines)
    assert not sys.stderr.isatty()
