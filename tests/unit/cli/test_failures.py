"""When things go wrong: one message in two languages, an exit code, and no traceback."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import signal
import threading
import time
import warnings
from collections.abc import Callable
from pathlib import Path

import pytest

from auditor import engine
from auditor.cli import _COMMANDS
from auditor.store import Store
from auditor.workspace import WorkspaceError
from connectors import Misconfigured

Run = Callable[..., tuple[int, str, str]]


Fail = Callable[[BaseException], None]


@pytest.fixture
def fail_with(monkeypatch: pytest.MonkeyPatch, planted: list[str]) -> Fail:
    """Let the command ``rules`` raise an error, caused by one whose message is a number."""

    def prepare(error: BaseException) -> None:
        def command(*_: object) -> int:
            secret = planted[0]
            raise error from ValueError(secret)

        monkeypatch.setitem(_COMMANDS, "rules", command)

    return prepare


@pytest.mark.parametrize(
    ("error", "code", "text"),
    [
        (ZeroDivisionError("division"), 1, "ZeroDivisionError"),
        (Misconfigured("unreachable", "X", host="h.example"), 1, "h.example"),
        (Misconfigured("wrong_secret", "AADSTS7000215", host="h.example"), 2, "AADSTS7000215"),
        (Misconfigured("never_heard_of", "X"), 2, "X"),
        (WorkspaceError("disk_full", "w"), 1, "full"),
        (WorkspaceError("workspace_locked", "w"), 2, "Another run"),
        (OSError(28, "no space", "f"), 1, "full"),
        (PermissionError(13, "denied", "f"), 1, "PermissionError"),
        (KeyboardInterrupt(), 130, "Interrupted"),
    ],
)
def test_every_failure_is_a_message_and_an_exit_code(
    run: Run, fail_with: Fail, error: BaseException, code: int, text: str
) -> None:
    fail_with(error)
    found, out, err = run("rules", "--lang", "en")
    assert (found, out) == (code, "")
    assert text in err
    assert err.count("→") == 2


def test_debug_logs_frames_without_values(run: Run, fail_with: Fail, planted: list[str]) -> None:
    fail_with(ZeroDivisionError(planted[1]))
    code, _, err = run("rules", "--log-level", "debug")
    assert code == 1
    assert "ZeroDivisionError" in err
    assert "ValueError" in err
    assert "test_failures.py:" in err


def test_the_log_can_be_json(run: Run, audited: Path) -> None:
    code, _, err = run("audit", "--log-format", "json", "--log-level", "info")
    assert code == 0
    lines = [json.loads(line) for line in err.splitlines()]
    assert all({"time", "level", "message"} <= line.keys() for line in lines)
    assert {line["level"] for line in lines} == {"info"}
    _, _, err = run("adit", "--log-format", "json")
    told = [json.loads(line) for line in err.splitlines()]
    assert [(line["code"], line["lang"]) for line in told] == [
        ("unknown_command", "en"),
        ("unknown_command", "ja"),
    ]
    assert all(line["remedy"] for line in told)


def test_libraries_do_not_speak(
    run: Run, monkeypatch: pytest.MonkeyPatch, planted: list[str]
) -> None:
    def command(*_: object) -> int:
        logging.getLogger("azure").error("content %s", planted[0])
        warnings.warn("content", UserWarning, stacklevel=1)
        thread = threading.Thread(target=lambda: int(planted[0] + "x"))
        thread.start()
        thread.join()
        return 0

    monkeypatch.setitem(_COMMANDS, "rules", command)
    assert run("rules") == (0, "", "")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interruption_says_how_to_continue(
    run: Run, audited: Path, monkeypatch: pytest.MonkeyPatch, number: signal.Signals
) -> None:
    saved = []

    async def interrupted(*_: object, **__: object) -> None:
        os.kill(os.getpid(), number)
        try:
            await asyncio.sleep(200)
        except asyncio.CancelledError:
            saved.append(True)
            raise Misconfigured("bad_setting") from None  # what a task says on its way out

    monkeypatch.setattr(engine, "audit", interrupted)
    began = time.monotonic()
    code, _, err = run("audit", "--lang", "en", "--workspace", "audit-workspace")
    assert (code, saved) == (130, [True])
    assert time.monotonic() - began < 100
    assert "mynumber-audit audit --lang en --workspace audit-workspace" in err
    assert "Error" not in err


def test_a_path_that_holds_a_number_is_masked(run: Run, here: Path, planted: list[str]) -> None:
    for words in (
        ["audit", "--config", f"{planted[0]}.toml"],
        ["report", "--workspace", planted[1]],
        ["scan", planted[2]],
        ["scan", ".", "--coverage", f"{planted[3]}/x"],
    ):
        code, out, err = run(*words)
        assert (code in {1, 2}, out) == (True, "")
        assert "•" in err


def test_a_workspace_that_another_run_holds(run: Run, audited: Path) -> None:
    store = Store.open(audited, tenants=["local"])
    try:
        code, out, err = run("audit", "--lang", "en")
    finally:
        store.close()
    assert (code, out) == (2, "")
    assert "Another run holds" in err
