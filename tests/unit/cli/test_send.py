"""``send``: every row once, also after a crash; nothing without being asked."""

from __future__ import annotations

import json
import os
import runpy
import signal
import sqlite3
import stat
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from auditor import summary
from auditor.locales import LANGUAGES, word
from auditor.reports import _sentinel
from auditor.settings import Problem, SettingsError, load
from auditor.terminal.sending import FILE
from connectors import _ingestion
from tests.unit.connectors.ingestion_world import CUT, RULE, World, world

Run = Callable[..., tuple[int, str, str]]
SAMPLE: dict[str, Any] = runpy.run_path(
    str(Path(__file__).parents[1] / "reports" / "sample_workspace.py")
)
ITEMS = 240


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with world(tmp_path_factory.mktemp("ingestion")) as made:
        yield made


@pytest.fixture
def away(shared: World, here: Path, monkeypatch: pytest.MonkeyPatch) -> World:
    """The endpoint, a settings file for it, and a workspace with an audit of some batches."""
    endpoint = shared.endpoint
    endpoint.answers, endpoint.calls, endpoint.most_rows = [], [], 0
    endpoint.before = lambda _: None
    Path("audit.toml").write_text(shared.settings(), "utf-8")
    SAMPLE["build"](here / "audit-workspace", ITEMS, runs=2)
    monkeypatch.setenv("AZURE_CLIENT_SECRET", shared.tenant.client_secret)
    monkeypatch.setattr(_ingestion, "MOST_BYTES", 50_000)
    return shared


def wanted() -> list[dict[str, Any]]:
    return [row for _, row in _sentinel.rows(summary.load(Path("audit-workspace")))]


def test_every_row_is_sent_in_order_in_batches_within_the_limit(away: World, run: Run) -> None:
    code, out, err = run("send")
    assert (code, err) == (0, "")
    assert away.endpoint.taken() == wanted()
    assert len(away.endpoint.calls) > 5
    assert max(call.bytes for call in away.endpoint.calls) <= 50_000
    assert f"{ITEMS}" in out


def test_what_was_sent_is_not_sent_again(away: World, run: Run) -> None:
    run("send")
    calls = len(away.endpoint.calls)
    code, out, _ = run("send", "--lang", "en")
    assert code == 0
    assert len(away.endpoint.calls) == calls
    assert "was sent already" in out


def test_a_failure_half_way_is_gone_on_with(away: World, run: Run) -> None:
    away.endpoint.answers = [204, 204, 403]
    code, _, err = run("send", "--lang", "en")
    assert code == 2
    assert _ingestion.ROLE in err
    assert run("send")[0] == 0
    assert away.endpoint.taken() == wanted()


def test_a_line_that_breaks_costs_nothing_but_time(away: World, run: Run) -> None:
    away.endpoint.answers = [204, CUT, 204, (429, {"Retry-After": "1"}), 503]
    assert run("send")[0] == 0
    assert away.endpoint.taken() == wanted()


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_killed_between_batches_nothing_is_lost_and_nothing_acknowledged_repeats(
    away: World, start: Any, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The batch that was under way may arrive twice; its rows can be told by their id."""
    monkeypatch.undo()  # a process of its own has the real limit
    monkeypatch.chdir(here)
    monkeypatch.setenv("AZURE_CLIENT_SECRET", away.tenant.client_secret)
    rebuilt = here / "large"
    SAMPLE["build"](rebuilt, 2_000)
    second, killed = threading.Event(), threading.Event()

    def before(_: Any) -> None:
        if len(away.endpoint.calls) == 2:
            second.set()
            killed.wait(60)

    away.endpoint.before = before
    with start("send", "--workspace", "large", cwd=here) as process:
        assert second.wait(60), process.communicate()
        process.send_signal(signal.SIGKILL)
    killed.set()
    under_way = {row["RecordId"] for row in away.endpoint.calls[1].rows}
    acknowledged = [row["RecordId"] for call in away.endpoint.calls[:1] for row in call.rows]
    with start("send", "--workspace", "large", cwd=here) as again:
        _, err = again.communicate(timeout=120)
    assert again.returncode == 0, err
    later = [row["RecordId"] for call in away.endpoint.calls[2:] for row in call.rows]
    every = [row["RecordId"] for _, row in _sentinel.rows(summary.load(rebuilt))]
    assert acknowledged + later == every
    assert set(later) >= under_way
    assert not set(later) & set(acknowledged)
    counts = Counter(row["RecordId"] for call in away.endpoint.calls for row in call.rows)
    assert {name for name, count in counts.items() if count > 1} == under_way
    assert max(call.bytes for call in away.endpoint.calls) <= 1_000_000


def test_the_receipt_is_private_and_holds_no_number(away: World, run: Run) -> None:
    run("send")
    file = Path("audit-workspace") / FILE
    if os.name == "posix":
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
    (kept,) = json.loads(file.read_text("utf-8")).values()
    assert kept["rows"] == len(wanted())
    assert kept["batches"] == len(away.endpoint.calls)
    assert not [path for path in Path("audit-workspace").iterdir() if path.suffix == ".part"]


def test_another_target_gets_everything(away: World, run: Run) -> None:
    run("send")
    text = away.settings(stream="Custom-Other_CL")
    Path("audit.toml").write_text(text, "utf-8")
    run("send")
    assert away.endpoint.taken() == wanted() * 2


@pytest.mark.parametrize("content", ["{", "[]"])
def test_a_receipt_that_cannot_be_read_stops_it(away: World, run: Run, content: str) -> None:
    (Path("audit-workspace") / FILE).write_text(content, "utf-8")
    code, _, err = run("send", "--lang", "en")
    assert code == 2
    assert FILE in err
    assert away.endpoint.calls == []


@pytest.mark.parametrize("state", ["running", "interrupted"])
def test_an_audit_that_goes_on_is_not_sent(away: World, run: Run, state: str) -> None:
    with closing(sqlite3.connect("audit-workspace/workspace.sqlite")) as db:
        db.execute("UPDATE run SET state = ? WHERE seq = 2", (state,))
        db.commit()
    code, _, err = run("send", "--lang", "en")
    assert code == 2
    assert "has not ended" in err
    assert away.endpoint.calls == []


def test_it_takes_the_workspace_as_an_audit_does(away: World, run: Run) -> None:
    from auditor.workspace import Workspace

    with closing(Workspace.open(Path("audit-workspace"))):
        code, _, err = run("send", "--lang", "en")
    assert code == 2
    assert "Another run holds" in err
    assert away.endpoint.calls == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_without_settings_for_it_nothing_happens(away: World, run: Run, lang: str) -> None:
    text = away.settings().partition("[sentinel]")[0]
    Path("audit.toml").write_text(text, "utf-8")
    code, _, err = run("send", "--lang", lang)
    assert code == 2
    assert word("errors.no_sentinel.words", lang) in err


def test_without_the_extra_it_says_what_to_install(
    away: World, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("connectors._ingestion", "azure.monitor.ingestion.aio"):
        monkeypatch.setitem(sys.modules, name, None)
    code, _, err = run("send", "--lang", "en")
    assert code == 2
    assert "pip install '.[sentinel]'" in err


def test_nothing_else_sends(away: World, run: Run) -> None:
    assert run("report", "--output-formats", "sentinel,ocsf,jsonl")[0] == 0
    assert away.endpoint.calls == []


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"endpoint": "http://127.0.0.1:1"}, "not_https"),
        ({"endpoint": "https://"}, "bad_url"),
        ({"rule_id": "dcr-1"}, "bad_rule"),
        ({"tenant": "nobody.example"}, "no_such_tenant"),
        ({"workspace": "x"}, "unknown_key"),
    ],
)
def test_mistakes_in_its_settings_are_told(away: World, change: Any, code: str) -> None:
    Path("audit.toml").write_text(away.settings(**change), "utf-8")
    with pytest.raises(SettingsError) as caught:
        load(Path("audit.toml"))
    assert code in {problem.code for problem in caught.value.problems}


def test_it_needs_a_tenant_that_signs_in(away: World) -> None:
    text = away.settings()
    Path("audit.toml").write_text(text[text.index("[sentinel]") :], "utf-8")
    with pytest.raises(SettingsError) as caught:
        load(Path("audit.toml"))
    assert [problem.code for problem in caught.value.problems] == ["tenant_needed"]
    assert isinstance(caught.value.problems[0], Problem)
    assert RULE in text


def test_only_this_command_knows_the_way_out(root: Path) -> None:
    """No run, source, control or report can send anything: nobody else imports the sink."""
    users = {
        path.relative_to(root).as_posix()
        for top in ("auditor", "connectors")
        for path in (root / top).rglob("*.py")
        if "_ingestion" in path.read_text("utf-8") and path.name != "_ingestion.py"
    }
    assert users == {"auditor/terminal/sending.py"}
