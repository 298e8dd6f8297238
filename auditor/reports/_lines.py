"""Sentences of the catalogue with their values, said once and written as markup or plain text."""

from __future__ import annotations

import html
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from auditor.locales import LANGUAGES, has_word, word
from auditor.reports._markup import Html, in_each, number, own, plain

__all__ = ["Code", "Line", "Value", "line", "markup", "said"]


@dataclass(frozen=True, slots=True)
class Code:
    """A word of a closed list of the catalogue; one that has no words stands for itself."""

    table: str
    code: str


Value = str | int | date | Code | tuple["Value", ...]
"""Text is the audited tenant's own words."""


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence of the catalogue."""

    key: str
    values: Mapping[str, Value] = field(default_factory=dict)


def line(key: str, **values: Value) -> Line:
    """A sentence of ``breach``; with ``n`` = 1 that for a single one, where there is one."""
    full = f"breach.{key}"
    single = f"{full}_one"
    return Line(single if values.get("n") == 1 and has_word(single) else full, values)


def said(sentence: Line, lang: str) -> str:
    """The sentence as plain text."""
    return _filled(word(sentence.key, lang), sentence, lang, plain)


def markup(sentence: Line) -> Html:
    """The sentence in every language."""
    return in_each(
        {
            lang: Html(_filled(html.escape(word(sentence.key, lang)), sentence, lang, own))
            for lang in LANGUAGES
        }
    )


def _filled(template: str, sentence: Line, lang: str, write: Callable[[str], str]) -> str:
    values = {name: _value(value, lang, write) for name, value in sentence.values.items()}
    return template.format_map(values)


def _value(value: Value, lang: str, write: Callable[[str], str]) -> str:
    if isinstance(value, tuple):
        return word("report.table.comma", lang).join(_value(part, lang, write) for part in value)
    if isinstance(value, Code):
        key = f"{value.table}.{value.code}"
        return word(key, lang) if has_word(key) else write(value.code)
    return number(value) if isinstance(value, int) else write(str(value))
