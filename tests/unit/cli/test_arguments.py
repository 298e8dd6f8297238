"""What may stand on the command line, what is meant by it, and the exit code of success."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from auditor.terminal.arguments import Options, language, parse
from auditor.terminal.failures import Refusal, outcome

Run = Callable[..., tuple[int, str, str]]


def test_common_options_stand_before_and_after_the_command() -> None:
    before = parse(["--quiet", "--workspace", "w", "--lang=ja", "audit", "--full"], {})
    after = parse(["audit", "--full", "--lang", "ja", "--workspace=w", "--quiet"], {})
    assert before == after
    assert (before.command, before.quiet, before.full) == ("audit", True, True)
    assert (before.workspace, before.workspace_given) == (Path("w"), True)


def test_repeatable_options_take_comma_lists() -> None:
    options = parse(["audit", "--source", "mail, folder", "--source=mail,onedrive"], {})
    assert options.source == ("mail", "folder", "onedrive")
    options = parse(["report", "--output-formats", "csv,html", "-o", "x"], {})
    assert (options.output_formats, options.out) == (("csv", "html"), Path("x"))


def test_options_may_stand_between_paths() -> None:
    options = parse(["scan", "a", "--format", "csv", "-", "--", "--b"], {})
    assert (options.operands, options.format) == (("a", "-", "--b"), "csv")


def test_option_before_environment_before_default() -> None:
    environ = {
        "MYNUMBER_AUDIT_CONFIG": "e.toml",
        "MYNUMBER_AUDIT_WORKSPACE": "e",
        "MYNUMBER_AUDIT_LANG": "ja",
        "MYNUMBER_AUDIT_LOG_LEVEL": "debug",
        "MYNUMBER_AUDIT_FAIL_ON": "low",
        "MYNUMBER_AUDIT_FAIL_ON_INCOMPLETE": "yes",
        "MYNUMBER_AUDIT_QUIET": "0",
        "LANG": "C",
    }
    options = parse(["audit", "--workspace", "o", "--lang", "en"], environ)
    assert options == Options(
        "audit",
        "en",
        config=Path("e.toml"),
        config_given=True,
        workspace=Path("o"),
        workspace_given=True,
        log_level="debug",
        fail_on="low",
        fail_on_incomplete=True,
    )
    assert parse(["audit"], {}).workspace == Path("audit-workspace")
    assert parse(["audit"], environ).lang == "ja"


@pytest.mark.parametrize(
    ("environ", "lang"),
    [
        ({}, "en"),
        ({"LANG": "ja_JP.UTF-8"}, "ja"),
        ({"LC_ALL": "C", "LANG": "ja_JP.UTF-8"}, "en"),
        ({"LANG": "ja_JP.UTF-8", "MYNUMBER_AUDIT_LANG": "en"}, "en"),
    ],
)
def test_the_language_is_that_of_the_environment(environ: dict[str, str], lang: str) -> None:
    assert language(["audit"], environ) == lang
    assert language(["audit", "--lang", "ja"], environ) == "ja"


USAGE = [
    (["adit"], {}, "unknown_command", {"nearest": "audit"}),
    (["--quiet", "repot"], {}, "unknown_command", {"nearest": "report"}),
    (["audit", "--ful"], {}, "unknown_option", {"nearest": "--full"}),
    (["--quite", "audit"], {}, "unknown_option", {"nearest": "--quiet"}),
    (["report", "--full"], {}, "unknown_option", {"given": "--full"}),
    (["audit", "--source=mial"], {}, "bad_value", {"nearest": "mail"}),
    (["audit", "--source", "mail,blop"], {}, "bad_value", {"nearest": "blob"}),
    (["audit", "--fail-on", "hihg"], {}, "bad_value", {"nearest": "high"}),
    (["audit", "--lang", "jp"], {}, "bad_value", {"nearest": "ja"}),
    (["scan", ".", "--format", "json"], {}, "bad_value", {"nearest": "jsonl"}),
    (["report", "--output-formats", "htm"], {}, "bad_value", {"nearest": "html"}),
    (["audit", "--fail-on"], {}, "missing_value", {"option": "--fail-on"}),
    (["audit", "--full=yes"], {}, "takes_no_value", {"option": "--full"}),
    (["demo", "--items", "many"], {}, "not_a_count", {}),
    (["demo", "--items", "0"], {}, "not_a_count", {}),
    (["scan"], {}, "missing_argument", {"argument": "PATH"}),
    (["explain"], {}, "missing_argument", {"argument": "FINDING_ID"}),
    (["explain", "a", "b"], {}, "unexpected_argument", {"given": "b"}),
    (["sources", "x"], {}, "unexpected_argument", {"given": "x"}),
    (["audit"], {"MYNUMBER_AUDIT_FAIL_ON": "hi"}, "bad_value", {"nearest": "high"}),
    (["audit"], {"MYNUMBER_AUDIT_QUIET": "maybe"}, "bad_value", {}),
]


@pytest.mark.parametrize(("words", "environ", "code", "values"), USAGE)
def test_what_cannot_be_meant_is_told_with_the_nearest_word(
    words: list[str], environ: dict[str, str], code: str, values: dict[str, str]
) -> None:
    with pytest.raises(Refusal) as caught:
        parse(words, environ)
    assert caught.value.code == code
    assert {name: caught.value.values.get(name) for name in values} == values


@pytest.mark.parametrize(
    "words", [["adit"], ["audit", "--ful"], ["scan"], ["audit", "--lang", "x"]]
)
def test_a_wrong_command_line_is_told_in_both_languages(run: Run, words: list[str]) -> None:
    code, out, err = run(*words)
    assert (code, out) == (2, "")
    assert err.index("Error: ") < err.index("エラー: ")
    assert err.count("→") == 2


def test_the_chosen_language_comes_first(run: Run) -> None:
    _, _, err = run("--lang", "ja", "adit")
    assert err.index("エラー: ") < err.index("Error: ")


def test_what_was_typed_is_masked_and_harmless(run: Run, planted: list[str]) -> None:
    _, _, err = run("sources", planted[0])
    assert "•" in err
    _, _, err = run("sources", "a\033[31mb")
    assert "\033" not in err


@pytest.mark.parametrize(
    ("fail_on", "found", "unread", "code"),
    [
        ("never", {"high"}, False, 0),
        ("high", {"high"}, False, 3),
        ("high", {"medium", "low"}, False, 0),
        ("medium", {"medium"}, False, 3),
        ("medium", {"high"}, False, 3),
        ("low", {"low"}, False, 3),
        ("low", {"sample"}, False, 0),
        ("low", set(), False, 0),
        ("low", set(), True, 4),
        ("never", {"high"}, True, 4),
        ("high", {"high"}, True, 5),
    ],
)
def test_the_exit_code(fail_on: str, found: set[str], unread: bool, code: int) -> None:
    what: dict[str, Any] = {"fail_on": fail_on, "confidences": found, "incomplete": unread}
    assert outcome(fail_on_incomplete=True, **what) == code
    assert outcome(fail_on_incomplete=False, **what) == {4: 0, 5: 3}.get(code, code)
