"""Both READMEs say what the program says; run by itself, this file writes their help texts."""

from __future__ import annotations

import importlib
import os
import re
import subprocess
import sys
import tomllib
from functools import cache
from pathlib import Path

import pytest

from auditor.locales import word
from auditor.terminal.commands import COMMANDS

ROOT = Path(__file__).parents[2]
READMES = {"en": "README.md", "ja": "README.ja.md"}
LANGUAGES = sorted(READMES)
HELP = re.compile(
    r"<!-- help: ?(?P<command>\S*) -->\n```text\n(?P<text>.*?)```\n<!-- /help -->", re.DOTALL
)
REGISTRIES = {"sources": "connectors", "formats": "auditor.formats", "reports": "auditor.reports"}


def readme(lang: str) -> str:
    return (ROOT / READMES[lang]).read_text("utf-8")


def section(lang: str, name: str) -> str:
    """What stands between ``<!-- name -->`` and ``<!-- /name -->``."""
    return readme(lang).partition(f"<!-- {name} -->\n")[2].partition(f"<!-- /{name} -->")[0]


def rows(lang: str, name: str) -> list[list[str]]:
    """The cells of a marked table, without its head."""
    lines = section(lang, name).strip().splitlines()[2:]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines]


def codes(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


@cache
def program(lang: str, *arguments: str) -> str:
    """What the program prints at 100 columns in ``lang``."""
    environment = os.environ | {"COLUMNS": "100", "NO_COLOR": "1", "PYTHONIOENCODING": "utf-8"}
    environment |= {"LC_ALL": "ja_JP.UTF-8" if lang == "ja" else "en_US.UTF-8"}
    command = [sys.executable, "-m", "auditor", *arguments]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=True)
    return done.stdout.decode("utf-8")


def plain(text: str) -> str:
    """Without line breaks, and options as Python 3.13 prints them: the same on every version."""
    words = " ".join(text.split())
    return re.sub(r"(-\w) (\[?[A-Z]\S*|\{[^}]*\})?, (--[\w-]+) \2", r"\1, \3 \2", words)


def catalogue(lang: str, registry: str) -> str:
    """The table of sources or formats, in the words that the program itself uses."""
    heads = {"en": f"| {registry[:-1]} | reads |"}
    heads["ja"] = f"| {'ソース' if registry == 'sources' else '形式'} | 読み取る内容 |"
    key = {"sources": "sources.reads", "formats": "formats"}[registry]
    names = importlib.import_module(REGISTRIES[registry]).names()
    lines = [f"| `{name}` | {word(f'{key}.{name}', lang)} |" for name in names]
    return "\n".join([heads[lang], "|---|---|", *lines, ""])


def write() -> None:
    """Put the program's present help texts and tables into both READMEs."""
    for lang, name in READMES.items():

        def block(match: re.Match[str], lang: str = lang) -> str:
            shown = program(lang, *match["command"].split(), "--help").rstrip()
            mark = f"help: {match['command']}".strip()
            return f"<!-- {mark} -->\n```text\n{shown}\n```\n<!-- /help -->"

        text = readme(lang)
        for registry in ("sources", "formats"):
            text = text.replace(section(lang, registry), catalogue(lang, registry))
        (ROOT / name).write_text(HELP.sub(block, text), "utf-8")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_help_is_what_the_program_prints(lang: str) -> None:
    stale = [
        match["command"] or "(top)"
        for match in HELP.finditer(readme(lang))
        if plain(match["text"]) != plain(program(lang, *match["command"].split(), "--help"))
    ]
    assert stale == []  # `make docs` writes them anew


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_command_has_its_help(lang: str) -> None:
    shown = {match["command"] for match in HELP.finditer(readme(lang))}
    assert shown == {"", *COMMANDS}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("registry", sorted(REGISTRIES))
def test_every_source_format_and_report_has_a_row(lang: str, registry: str) -> None:
    listed = [code for row in rows(lang, registry) for code in codes(row[0])]
    assert sorted(listed) == sorted(importlib.import_module(REGISTRIES[registry]).names())


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("registry", ["sources", "formats"])
def test_sources_and_formats_are_described_as_the_program_does(lang: str, registry: str) -> None:
    assert section(lang, registry) == catalogue(lang, registry)  # `make docs` writes it anew


@pytest.mark.parametrize("lang", LANGUAGES)
def test_permissions_are_those_the_sources_need(lang: str) -> None:
    connectors = importlib.import_module("connectors")
    needed = {
        (source, need.permission, need.optional)
        for source in connectors.names()
        for need in connectors.load(source).NEEDS
    }
    listed = {
        (source, permission, "optional" in row[1] or "任意" in row[1])
        for row in rows(lang, "needs")
        for source in codes(row[0])
        for permission in codes(row[1])
    }
    assert listed == needed


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_dependency_has_a_purpose(lang: str) -> None:
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"][
        "dependencies"
    ]
    names = [re.split(r"[\s\[<>=!~;]", line)[0] for line in declared]
    assert [codes(row[0])[0] for row in rows(lang, "dependencies")] == names
    assert [row for row in rows(lang, "dependencies") if not all(row)] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_tables_have_the_columns_of_the_frames(lang: str) -> None:
    columns = importlib.import_module("auditor.summary").COLUMNS
    listed = {codes(row[0])[0]: row[2].split(", ") for row in rows(lang, "tables")}
    assert listed.keys() == columns.keys()
    assert {name for name in listed if listed[name] != list(columns[name])} == set()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_links_lead_somewhere(lang: str) -> None:
    targets = re.findall(r"\]\(([^)#]+)\)", readme(lang))
    assert len(targets) > 5
    missing = [t for t in targets if "://" not in t and not (ROOT / t).is_file()]
    assert missing == []


def test_both_languages_say_the_same() -> None:
    """Equal structure: headings by level, the same marked parts, the same rows."""
    shapes = []
    for lang in LANGUAGES:
        text = re.sub(r"```.*?```", "", readme(lang), flags=re.DOTALL)
        levels = [
            len(line) - len(line.lstrip("#")) for line in text.splitlines() if line[:1] == "#"
        ]
        marks = re.findall(r"<!-- (\w+)", text)
        shapes.append((levels, marks, text.count("\n|")))
    assert shapes[0] == shapes[1]


def settings(lang: str) -> str:
    return section(lang, "settings").partition("```toml\n")[2].partition("```")[0]


def test_the_settings_example_is_the_same_in_both_languages() -> None:
    assert tomllib.loads(settings("en")) == tomllib.loads(settings("ja"))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_settings_example_is_complete_and_accepted(lang: str, tmp_path: Path) -> None:
    from auditor.model import Limits
    from auditor.settings import load

    text = settings(lang)
    example = tomllib.loads(text)
    every = tomllib.loads(re.sub(r"(?m)^# (?=\w+ = )", "", text))
    connectors = importlib.import_module("connectors")
    assert sorted(example["sources"]) == sorted(connectors.names())
    for source, table in every["sources"].items():
        assert set(table) == set(connectors.load(source).Settings.__dataclass_fields__)
    assert list(example["limits"]) == list(Limits.__dataclass_fields__)
    path = tmp_path / "audit.toml"
    path.write_text(text, "utf-8")
    assert load(path).limits == Limits()
    (tmp_path / "proxy-ca.pem").touch()
    path.write_text(re.sub(r"(?m)^# (?=\w+ = )", "", text), "utf-8")
    load(path)


if __name__ == "__main__":
    write()
