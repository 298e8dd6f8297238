"""The catalogue: the same keys and placeholders in both languages, and every name has words."""

from __future__ import annotations

import ast
import string
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

import connectors
from auditor import formats
from auditor.locales import LANGUAGES, has_word
from auditor.model import Reason, State
from connectors import Reach

ROOT = Path(__file__).parents[2]
LOCALES = ROOT / "auditor/locales"
REASON_PARTS = ("words", "means", "remedy")
AREAS = sorted({path.stem for path in LOCALES.glob("*/*.toml")})


def flat(table: dict[str, object], prefix: str = "") -> Iterator[tuple[str, object]]:
    for key, value in table.items():
        if isinstance(value, dict):
            yield from flat(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", value


def area(lang: str, name: str) -> dict[str, object]:
    return dict(flat(tomllib.loads((LOCALES / lang / f"{name}.toml").read_text("utf-8"))))


def placeholders(template: object) -> set[str]:
    return {
        field for _, field, _, _ in string.Formatter().parse(str(template)) if field is not None
    }


def test_both_languages_have_the_same_areas() -> None:
    assert AREAS
    for lang in LANGUAGES:
        assert sorted(path.stem for path in (LOCALES / lang).glob("*.toml")) == AREAS


@pytest.mark.parametrize("name", AREAS)
def test_both_languages_have_the_same_keys(name: str) -> None:
    assert area("ja", name).keys() == area("en", name).keys()


@pytest.mark.parametrize("name", AREAS)
def test_both_languages_fill_in_the_same_values(name: str) -> None:
    ja, en = area("ja", name), area("en", name)
    assert {key for key in ja if placeholders(ja[key]) != placeholders(en[key])} == set()


@pytest.mark.parametrize("name", AREAS)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_words_are_words(lang: str, name: str) -> None:
    values = area(lang, name)
    assert {key for key, value in values.items() if not isinstance(value, str)} == set()
    assert {key for key, value in values.items() if not str(value).strip()} == set()


def constant_keys() -> Iterator[tuple[str, str]]:
    """Each ``word("area.key", …)`` of the program whose key is written out, with its place."""
    for path in sorted(ROOT.glob("auditor/**/*.py")):
        for node in ast.walk(ast.parse(path.read_bytes())):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            called = getattr(node.func, "id", getattr(node.func, "attr", ""))
            first = node.args[0]
            if (
                called == "word"
                and isinstance(first, ast.Constant)
                and isinstance(first.value, str)
            ):
                yield first.value, f"{path.relative_to(ROOT)}:{node.lineno}"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_key_that_the_program_names_exists(lang: str) -> None:
    assert [place for key, place in constant_keys() if not has_word(key, lang)] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_closed_lists_have_words(lang: str) -> None:
    """Every state, reason, level and reach; a reason also says what it means and what to do."""
    wanted = [f"report.{part}.{state}" for part in ("states", "states_mean") for state in State]
    wanted += [f"reasons.{reason}.{part}" for part in REASON_PARTS for reason in Reason]
    wanted += [f"exposure.reaches.{reach.word}" for reach in Reach]
    assert [key for key in wanted if not has_word(key, lang)] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_everything_that_can_be_added_has_words(lang: str) -> None:
    """A new source, its permissions, and a new format are named in words of both languages."""
    wanted = [f"sources.{part}.{n}" for part in ("names", "reads") for n in connectors.names()]
    wanted += [f"formats.{name}" for name in formats.names()]
    wanted += [
        f"sources.needs.{need.opens}"
        for name in connectors.names()
        for need in connectors.load(name).NEEDS
    ]
    assert [key for key in wanted if not has_word(key, lang)] == []
