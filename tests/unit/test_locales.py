"""Words of the command line: each one is used, and whatever the program may say has its words.

That both languages have the same keys and placeholders is held by ``test_house_words``.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

import pytest

import connectors
from auditor.locales import LANGUAGES, default_language, has_word, placed, word, words
from auditor.model import State
from auditor.quotas import QUOTAS
from auditor.terminal.commands import COMMANDS, COMMON, PROFILES

ROOT = Path(__file__).parents[2]
OURS = ("minute", "day", "minute_most", "day_most", "places", "reads", "line", "cpu")
AREAS = ("cli", "errors", "forecast", "progress", "settings", "sources")


@cache
def nodes() -> tuple[ast.Call | ast.Constant, ...]:
    """Every call and every constant of the program."""
    paths = [*ROOT.glob("auditor/**/*.py"), *ROOT.glob("connectors/*.py")]
    trees = (ast.parse(path.read_bytes()) for path in sorted(paths))
    walked = (node for tree in trees for node in ast.walk(tree))
    return tuple(node for node in walked if isinstance(node, ast.Call | ast.Constant))


def calls(*names: str) -> Iterator[ast.Call]:
    for node in nodes():
        if isinstance(node, ast.Call):
            called = getattr(node.func, "id", getattr(node.func, "attr", ""))
            if called in names:
                yield node


def constants(place: int, *names: str) -> set[str]:
    """The constant strings given to these functions as the argument at ``place``."""
    return {
        node.args[place].value
        for node in calls(*names)
        if len(node.args) > place
        and isinstance(node.args[place], ast.Constant)
        and isinstance(node.args[place].value, str)
    }


@cache
def texts() -> frozenset[str]:
    """Every constant string of the program."""
    return frozenset(
        node.value
        for node in nodes()
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    )


# What azure-identity's answers become (the keys stand in a table there, not in a call).
SIGN_IN = {
    "bad_ca_file",
    "bad_certificate",
    "expired_secret",
    "missing_environment",
    "no_credential",
    "sign_in_refused",
    "unknown_app",
    "unknown_tenant",
    "unreachable",
    "untrusted_certificate",
    "wrong_secret",
}
WORKSPACE = {
    "disk_full",
    "workspace_damaged",
    "workspace_locked",
    "workspace_missing",
    "workspace_newer",
    "workspace_older",
    "workspace_open_to_others",
    "workspace_other_tenant",
    "workspace_readonly",
}


def error_codes() -> set[str]:
    raising = ("Refusal", "Misconfigured", "WorkspaceError", "WrongRunError", "_failure", "Failure")
    raised = constants(0, *raising)
    spoken = {"cannot_write", "interrupted", "interrupted_audit", "missing_value", "takes_no_value"}
    return (raised | spoken | SIGN_IN | WORKSPACE | {"bad_setting"}) - {"settings"}


def setting_codes() -> set[str]:
    return (constants(0, "note", "Problem") | {"unknown_key"} | constants(1, "check_keys")) - {
        "",
        "\n",
    }


def needs() -> set[str]:
    named = {n.opens for name in connectors.names() for n in connectors.load(name).NEEDS}
    return named | {"controls"}


def each(codes: Iterable[str]) -> set[str]:
    return {f"{code}.{what}" for code in codes for what in ("words", "remedy")}


def dynamic() -> Mapping[str, Iterable[str]]:
    """Prefix → the names that the program puts behind it."""
    options = {o.dest for o in COMMON} | {o.dest for c in COMMANDS.values() for o in c.options}
    named = [o for c in COMMANDS.values() for o in (c.operand, *c.optional) if o]
    operands = {operand.lower() for operand in named}
    statuses = {"granted", "missing", "optional", "asked", "unneeded", "writing"}
    meanings = {"opened", "hides", "asked_why", "unneeded_why", "writing_why"}
    return {
        "cli.about": {*COMMANDS, "program"},
        "cli.arguments": operands,
        "cli.commands": COMMANDS,
        "cli.doctor": statuses | meanings,
        "cli.explain": {"pro", "contra", "other"},
        "cli.options": options,
        "cli.profile": {*PROFILES, "consent", "settings"},
        "cli.run_states": {"running", "complete", "incomplete", "interrupted"},
        "cli.scan": {"confidence", "kind", "count", "distinct", "where"},
        "cli.states": {state.value for state in State},
        "errors": each(error_codes()),
        "forecast.binds": {*QUOTAS, *OURS},
        "progress.head": {"partitions", "items", "bytes", "findings", "waited", "left"},
        "settings": each(setting_codes()),
        "settings.types": {"text", "list", "number", "flag", "date", "size", "table", "tables"},
        "sources.names": {*connectors.names(), "controls"},
        "sources.reads": connectors.names(),
        "sources.needs": needs(),
    }


def spoken() -> set[str]:
    """Every key of these areas that the program can ask for."""
    fixed = {text for text in texts() if text.partition(".")[0] in AREAS}
    return fixed | {f"{prefix}.{name}" for prefix, names in dynamic().items() for name in names}


def flat(table: Mapping[str, object], prefix: str) -> Iterator[str]:
    for key, value in table.items():
        if isinstance(value, dict):
            yield from flat(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}"


@pytest.mark.parametrize("area", AREAS)
def test_every_word_is_used(area: str) -> None:
    keys = set(flat(words("en", area), f"{area}."))
    assert keys
    assert sorted(keys - spoken()) == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_whatever_can_be_said_has_words(lang: str) -> None:
    wanted = {f"{prefix}.{name}" for prefix, names in dynamic().items() for name in names}
    assert sorted(key for key in wanted if not has_word(key, lang)) == []


def test_codes_are_found_in_the_source() -> None:
    """Else the two tests above would hold for an empty list."""
    assert {"unknown_command", "weak_key", "no_runs", "disk_full"} <= error_codes()
    assert {"secret_in_file", "tenant_needed", "file_missing", "unknown_source"} <= setting_codes()


def test_japanese_is_japanese() -> None:
    """A forgotten translation is plain ASCII; names of products and bare templates are none."""
    keys = [key for area in AREAS for key in flat(words("ja", area), f"{area}.")]
    same = {"cli.scan.state", "progress.gap", "sources.names.blob", "sources.names.intune"}
    names = ("dataverse", "onedrive", "sharepoint", "teams")
    same |= {f"sources.names.{name}" for name in names}
    assert {key for key in keys if word(key, "ja").isascii()} == same


@pytest.mark.parametrize(
    ("environ", "lang"),
    [
        ({"LANG": "ja_JP.UTF-8"}, "ja"),
        ({"LANG": "ja_JP.UTF-8", "LC_ALL": "C"}, "en"),
        ({"LC_MESSAGES": "ja_JP", "LANG": "de_DE"}, "ja"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
    ],
)
def test_the_default_language(environ: dict[str, str], lang: str) -> None:
    assert default_language(environ) == lang


def test_a_missing_word_is_an_error() -> None:
    with pytest.raises(KeyError):
        word("cli.no_such_word", "en")


def test_a_place_is_said_in_words_and_a_name_is_left_alone() -> None:
    said = {
        "page 3 › line 12": "3 ページ › 12 行目",
        "attachment 1 › sheet my data 3": "添付 1 › シート「my data 3」",
        "hidden sheet 旧一覧": "非表示シート「旧一覧」",
        "embedded file 2": "埋め込みファイル 2",
        "line": "line",
        "page three": "page three",
        "B7": "B7",
        "table of people.csv": "table of people.csv",
        "": "",
    }
    assert {text: placed(text, "ja") for text in said} == said
    assert all(placed(text, "en") == text for text in said)
