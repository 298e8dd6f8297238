# ruff: noqa: INP001 — files that Sphinx reads, no package
"""Rows of tables, and whole sections of them, from the program itself and its catalogue."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Any, get_type_hints

from _copied import readme

import connectors
from auditor import formats
from auditor.controls import checks
from auditor.controls import names as pillars
from auditor.controls._measures import MEASURES, bearing
from auditor.detect import EVIDENCE
from auditor.locales import has_word, word, words
from auditor.model import Reason
from auditor.retention import PERIODS
from auditor.settings import Settings, TenantSettings
from auditor.terminal.commands import COMMANDS
from auditor.terminal.helptext import help_text
from connectors._identity import Auth, Cloud
from connectors._questions import QUESTIONS

_SPECIAL = re.compile(r"([\\|<>*_`\[\]{}])")
_BLANK = re.compile(r"\{\w+\}")


def said(lang: str, key: str) -> Iterator[str]:
    """One word of the catalogue, as the program shows it: inside of a sentence."""
    yield word(key, lang)


def sources(lang: str) -> Iterator[str]:
    """Name, words, what is read."""
    for name in connectors.names():
        names, reads = word(f"sources.names.{name}", lang), word(f"sources.reads.{name}", lang)
        yield _row(_code(name), _cell(names), _cell(reads))


def permissions(lang: str, heads: str) -> Iterator[str]:
    """A section a source: permission, what it opens, what is missing without it."""
    without = _without(lang)
    for name in connectors.names():
        yield f"### {_code(name)} – {word(f'sources.names.{name}', lang)}\n"
        rows = list(_needs(lang, name, without))
        yield from [*_head(heads), *rows, ""] if rows else [word("cli.lists.no_needs", lang), ""]


def _needs(lang: str, source: str, without: Mapping[tuple[str, str], str]) -> Iterator[str]:
    for need in connectors.load(source).NEEDS:
        marks = [_code(need.permission)]
        if need.optional:
            marks.append(word("cli.lists.optional", lang))
        if need.service != "graph" and has_word(f"cli.lists.{need.service}"):
            marks.append(word(f"cli.lists.{need.service}", lang))
        opens = word(f"sources.needs.{need.opens}", lang)
        yield _row(" ".join(marks), _cell(opens), without[source, need.permission])


def _without(lang: str) -> Mapping[tuple[str, str], str]:
    """What the README's table says of being without a permission."""
    found: dict[tuple[str, str], str] = {}
    for line in next(readme(lang, "needs")).splitlines()[2:]:
        cells = [cell.strip() for cell in line.strip("|").split(" | ")]
        names, permission = (re.findall(r"`([^`]+)`", cell) for cell in cells[:2])
        found |= {(name, one): cells[3] for name in names for one in permission}
    return found


def control_permissions(_: str) -> Iterator[str]:
    """Permission, and the checks of settings that it answers; the same in every language."""
    asked: dict[str, dict[str, None]] = {}
    for _, check in checks():
        for name in check.asks:
            asked.setdefault(QUESTIONS[name].permission, {})[check.id] = None
    for permission in sorted(asked):
        yield _row(_code(permission), ", ".join(map(_code, asked[permission])))


def format_rows(lang: str) -> Iterator[str]:
    """Name, suffixes, what is read."""
    for name in formats.names():
        suffixes = " ".join(map(_code, formats.load(name).SUFFIXES)) or "–"
        yield _row(_code(name), suffixes, _cell(word(f"formats.{name}", lang)))


def reasons(lang: str) -> Iterator[str]:
    """Words and code of a coverage reason, what it means, what to do."""
    for reason in Reason:
        said = [word(f"reasons.{reason}.{part}", lang) for part in ("words", "means", "remedy")]
        yield _row(f"**{_cell(said[0])}** {_code(reason)}", _cell(said[1]), _cell(said[2]))


def control_rows(lang: str, heads: str) -> Iterator[str]:
    """A section a pillar: title and id of a check, remedy, measures and permissions."""
    for pillar in pillars():
        yield f"## {word(f'controls.pillars.{pillar}', lang)}\n"
        yield from [*_head(heads), *_of_pillar(lang, pillar), ""]


def _of_pillar(lang: str, pillar: str) -> Iterator[str]:
    for name, check in checks():
        if name == pillar:
            needed = dict.fromkeys(QUESTIONS[one].permission for one in check.asks)
            by = " ".join(map(_code, needed)) or word("cli.lists.by_hand", lang)
            title, remedy = (
                _cell(word(f"controls.{check.id}.{part}", lang)) for part in ("title", "remedy")
            )
            codes = " ".join(map(_code, check.measures))
            yield _row(f"{title} {_code(check.id)}", remedy, f"{codes} {by}")


def measures(lang: str) -> Iterator[str]:
    """Measure of the guideline's annex 1, how many checks bear on it, what papers show."""
    for name in MEASURES:
        count = len(bearing(checks(), name))
        papers = word(f"controls.documents.{name}", lang)
        yield _row(_cell(word(f"report.measures.{name}", lang)), str(count), _cell(papers))


def columns(lang: str, heads: str) -> Iterator[str]:
    """A section a table: column, dtype of the frame, meaning."""
    from auditor.summary import COLUMNS

    rows = [line.strip("|").split(" | ") for line in next(readme(lang, "tables")).splitlines()[2:]]
    holds = {row[0].strip(" `"): row[1] for row in rows}
    for table, kinds in COLUMNS.items():
        yield f"## {_code(table)} – {holds[table]}\n"
        yield from _head(heads)
        for name, dtype in kinds.items():
            kind = "list[str]" if str(dtype) == "object" else str(dtype)
            key = f"columns.{table}.{name}"
            meaning = word(key if has_word(key) else f"columns.common.{name}", lang)
            yield _row(_code(name), _code(kind), _cell(meaning))
        yield ""


def settings_keys(_: str) -> Iterator[str]:
    """Table and key, kind of value, default, of the whole settings file."""
    tables: dict[str, type[Any]] = {
        "[[tenants]]": TenantSettings,
        "[tenants.auth]": Auth,
        "[tenants.cloud]": Cloud,
        **{f"[sources.{name}]": connectors.load(name).Settings for name in connectors.names()},
        **{
            f"[{k}]": c
            for k, c in get_type_hints(Settings).items()
            if isinstance(c, type) and is_dataclass(c)
        },
    }
    for table, cls in tables.items():
        for entry in fields(cls):
            if cls is TenantSettings and entry.name not in {"id", "name"}:
                continue
            kind = str(entry.type).replace("tuple[str, ...]", "list")
            if choice := re.fullmatch(r"Literal\[(.*)\]", kind):
                kind = choice[1].replace(", ", " | ")
            yield _row(_code(table), _code(entry.name), _code(kind), _default(entry.default))


def _default(value: object) -> str:
    if isinstance(value, tuple) and len(value) == 1:
        return _code(f'["{value[0]}"]')
    if isinstance(value, tuple):
        return ", ".join(_code(f'"{one}"') for one in value) or _code("[]")
    if isinstance(value, bool):
        return _code(str(value).lower())
    if isinstance(value, str):
        return _code(f'"{value}"')
    return _code(value) if isinstance(value, int | float) else "–"


def commands(lang: str) -> Iterator[str]:
    """Every command under its own heading, with its help."""
    for name in ("", *COMMANDS):
        yield f"## {_code(f'mynumber-audit {name}'.strip())}\n"
        yield f"```text\n{help_text(name, lang)}\n```\n"


def errors(lang: str, area: str) -> Iterator[str]:
    """Message, remedy and code of everything that can stop a command (``errors``, ``settings``)."""
    for code, said in words(lang, area).items():
        if "remedy" in said:
            message, remedy = (_BLANK.sub("…", said[part]) for part in ("words", "remedy"))
            yield _row(_cell(message), _cell(remedy), _code(code))


def exposure_reasons(lang: str) -> Iterator[str]:
    """Why something can be reached, and what to do."""
    for code, said in words(lang, "exposure")["reasons"].items():
        yield _row(_cell(said), _cell(word(f"exposure.fixes.{code}", lang)), _code(code))


def evidence(lang: str) -> Iterator[str]:
    """Code, weight and words of all evidence that is weighed."""
    for code, weight in EVIDENCE.items():
        key = f"evidence.{code}"
        said = word(key, lang) if has_word(key) else weight.because
        yield _row(_code(code), f"{weight.weight:+.1f}", _cell(said))


def papers(lang: str) -> Iterator[str]:
    """Paper, years that it is kept, and the law that says so; a dash where none is known."""
    for code, name in words(lang, "papers")["types"].items():
        period = PERIODS.get(code)
        years, basis = (str(period.years), period.basis) if period else ("–", "–")
        yield _row(_cell(name), years, _cell(basis), _code(code))


def states(lang: str, area: str) -> Iterator[str]:
    """Words, meaning and code of a closed list, such as ``report.states``."""
    file, _, table = area.partition(".")
    for code, meaning in words(lang, file)[f"{table}_mean"].items():
        yield _row(_cell(words(lang, file)[table][code]), _cell(meaning), _code(code))


def _cell(text: object) -> str:
    """Plain words as one cell of a table."""
    return _SPECIAL.sub(r"\\\1", " ".join(str(text).split()))


def _code(text: object) -> str:
    return "`" + str(text).replace("|", "\\|") + "`"


def _head(heads: str) -> Iterator[str]:
    yield _row(heads)
    yield "|" + "---|" * (heads.count("|") + 1)


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"
