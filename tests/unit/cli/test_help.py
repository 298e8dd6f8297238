"""Help in two languages, a fast start, and what the listings name."""

from __future__ import annotations

import resource
import subprocess
import sys
from collections.abc import Callable
from importlib import metadata
from pathlib import Path

import pytest

from auditor.cli import _COMMANDS
from auditor.terminal.commands import COMMANDS, registry
from auditor.terminal.display import width

HEAVY = ("msgraph", "kiota_abstractions", "azure", "httpx", "aiohttp", "pandas", "numpy", "rich")

Run = Callable[..., tuple[int, str, str]]
Start = Callable[..., "subprocess.Popen[bytes]"]


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_every_command_has_help_in_both_languages(run: Run, command: str, lang: str) -> None:
    code, out, err = run(*filter(None, [command, "--help", "--lang", lang]))
    assert (code, err) == (0, "")
    assert out.startswith("使い方: " if lang == "ja" else "usage: ")
    flags = [f for o in (COMMANDS[command].options if command else ()) for f in o.flags]
    assert [flag for flag in ["--config", "--fail-on", *flags] if flag not in out] == []
    if not command:
        assert "{" + ",".join(COMMANDS) + "}" in out


def test_help_fits_the_terminal(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    _, out, _ = run("scan", "--help", "--lang", "ja")
    assert max(width(line) for line in out.splitlines()) <= 80


@pytest.mark.parametrize("words", [["--help"], ["sources"], ["audit", "--help"], ["adit"]])
def test_nothing_heavy_is_imported(root: Path, words: list[str]) -> None:
    """``--help`` and ``sources`` start without an SDK, pandas, numpy (0.3 s is the budget)."""
    code = (
        "import sys\nfrom auditor.cli import main\nmain(sys.argv[1:])\n"
        f"print(','.join(m for m in {HEAVY!r} if m in sys.modules), file=sys.stderr)"
    )
    if words == ["adit"]:  # masking what was typed needs the detector
        code = code.replace("'numpy', ", "")
    done = subprocess.run(
        [sys.executable, "-c", code, *words], cwd=root, capture_output=True, check=True
    )
    assert done.stderr.decode().splitlines()[-1] == ""


def test_start_up_is_short(start: Start, root: Path) -> None:
    """CPU time, since the machine may be busy; the best of three."""

    def spent(*words: str) -> float:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        start(*words, cwd=root).communicate(timeout=120)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

    for words in (["--help"], ["sources"]):
        assert min(spent(*words) for _ in range(3)) < 0.3


def test_without_a_command_the_help_goes_to_standard_error(run: Run) -> None:
    code, out, err = run()
    assert (code, out) == (2, "")
    assert err.startswith("usage")


def test_listings_name_everything_there_is(run: Run) -> None:
    for lang in ("ja", "en"):
        _, out, _ = run("sources", "--lang", lang)
        assert [name for name in registry("connectors") if name not in out] == []
        _, out, _ = run("formats", "--lang", lang)
        found = [line.split()[0] for line in out.splitlines()]
        assert found == list(registry("auditor.formats"))
        _, out, _ = run("rules", "--lang", lang)
        assert "check_passes" in out


def test_version(run: Run) -> None:
    assert run("--version") == (0, f"mynumber-audit {metadata.version('mynumber-audit')}\n", "")


def test_commands_are_the_contracts() -> None:
    acting, telling = "demo doctor audit scan report diff send explain suppress", "sources formats"
    wanted = [*acting.split(), *telling.split(), "rules", "controls"]
    assert list(COMMANDS) == wanted
    assert list(_COMMANDS) == wanted
