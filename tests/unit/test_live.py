"""Progress: plain lines now and then, a table on a terminal, nothing when nobody wants it."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable

import pytest

from auditor.locales import LANGUAGES
from auditor.model import Reason, State
from auditor.progress import Observer, Tally
from auditor.terminal.console import Console
from auditor.terminal.live import Watcher


class Clock:
    """Seconds that pass when told."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def page(items: int, findings: int = 0, throttled: float = 0.0) -> Tally:
    tally = Tally(bytes=items << 10, findings=findings, throttled=throttled)
    tally.book(State.COMPLETE, items)
    return tally


Told = Callable[[], list[str]]


@pytest.fixture
def told(capsys: pytest.CaptureFixture[str]) -> Told:
    return lambda: capsys.readouterr().err.splitlines()  # noqa: PLW0108 - read anew each time


@pytest.mark.parametrize("lang", LANGUAGES)
def test_one_plain_line_now_and_then(told: Told, lang: str) -> None:
    clock = Clock()
    watcher: Observer
    with Watcher(Console(lang), clock) as watcher:
        watcher.run_started("見本", resumed=False)
        assert len(told()) == 1
        watcher.partitions_found("mail", 3)
        watcher.partition_started("mail", "a@contoso.example")
        for _ in range(5):
            watcher.progress("mail", page(100, 1))
        assert told() == []
        clock.now = 75
        watcher.progress("mail", page(1_000, 2, throttled=65))
        (line,) = told()
        for text in ("1:15", "0/3", "1,500", "7", "1:05"):
            assert text in line
        watcher.waiting("mail", 3)
        assert told() == []
        watcher.partition_done("mail", "a@contoso.example", page(1_500))
        watcher.run_done("見本", page(1_500))
        (line,) = told()
        assert "1,500" in line


def test_an_audit_that_goes_on_says_so(told: Told) -> None:
    with Watcher(Console("en"), Clock()) as watcher:
        watcher.run_started("Sample", resumed=True)
    assert "where it stopped" in told()[0]


def test_scopes_that_cannot_be_read_are_told_while_they_are_few(told: Told) -> None:
    with Watcher(Console("en"), Clock()) as watcher:
        for place in range(9):
            watcher.gap("mail", f"m{place}\033[0m", Reason.PERMISSION_DENIED, "Mail.Read")
    lines = told()
    assert len(lines) == 5
    assert "Mail.Read" in lines[0]
    assert "\033" not in lines[0]


def test_quiet_is_quiet(told: Told) -> None:
    with Watcher(Console("en", quiet=True), Clock()) as watcher:
        watcher.run_started("Sample", resumed=False)
        watcher.gap("mail", "m", Reason.PERMISSION_DENIED, "")
        watcher.run_done("Sample", page(1))
    assert told() == []


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_on_a_terminal_a_table_is_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "100")
    screen = Terminal()
    monkeypatch.setattr(sys, "stderr", screen)
    clock = Clock()
    with Watcher(Console("ja", no_color=True), clock) as watcher:
        watcher.run_started("見本", resumed=False)
        watcher.partitions_found("sharepoint", 4)
        watcher.progress("sharepoint", page(1_234, 5))
        clock.now = 60
        watcher.partition_done("sharepoint", "人事", page(1_234))
    drawn = screen.getvalue()
    for text in ("SharePoint", "1/4", "1,234", "≈ 3:00", "見本"):
        assert text in drawn
    assert "\033[3" not in drawn  # no colours
