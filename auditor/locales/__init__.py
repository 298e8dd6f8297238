"""Words for people, in Japanese and English, from one catalogue.

``locales/<lang>/<area>.toml`` holds flat tables of strings; a key is ``area.name`` or
``area.table.name``. Values are ``str.format`` templates. Both languages must have the same keys
(a test compares them).
"""

from __future__ import annotations

import functools
import locale
import os
import re
import tomllib
from importlib import resources
from typing import Any

__all__ = ["LANGUAGES", "default_language", "has_word", "placed", "word", "words"]

LANGUAGES = ("ja", "en")
_JOINT = " › "
_STEPS = (re.compile(r"([a-z]+ [a-z]+) (.+)"), re.compile(r"([a-z]+) (.+)"))
"""What the program calls a step by, and its number, or the name of a sheet."""


@functools.cache
def words(lang: str, area: str) -> dict[str, Any]:
    """One area of the catalogue; an area that does not exist is empty."""
    source = resources.files(__name__).joinpath(lang, f"{area}.toml")
    return tomllib.loads(source.read_text("utf-8")) if source.is_file() else {}


def _find(key: str, lang: str) -> str | None:
    area, *steps = key.split(".")
    node: Any = words(lang, area)
    for step in steps:
        node = node.get(step) if isinstance(node, dict) else None
    return node if isinstance(node, str) else None


def has_word(key: str, lang: str = "en") -> bool:
    """Whether the catalogue has ``key``."""
    return _find(key, lang) is not None


def word(key: str, lang: str, /, **values: object) -> str:
    """The sentence for ``key``; a missing key raises KeyError, so that no test lets one pass."""
    template = _find(key, lang)
    if template is None:
        raise KeyError(f"{lang}:{key}")
    return template.format_map(values) if values else template


def placed(text: str, lang: str) -> str:
    """A place inside an item, such as ``page 3 › line 12``, in words of ``lang``.

    What is called by its own name (a cell, a field, a file) stays as it is.
    """
    return _JOINT.join(_step(step, lang) for step in text.split(_JOINT))


def _step(step: str, lang: str) -> str:
    for found in filter(None, (form.fullmatch(step) for form in _STEPS)):
        key = f"report.places.{found[1].replace(' ', '_')}"
        if has_word(key, lang) and (found[2].isdecimal() or found[1].endswith("sheet")):
            return word(key, lang, n=found[2])
    return step


def default_language(environ: dict[str, str] | None = None) -> str:
    """``ja`` or ``en`` from the environment, as other programs decide it."""
    env = os.environ if environ is None else environ
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := env.get(name, ""):
            return "ja" if value.lower().startswith("ja") else "en"
    system = locale.getlocale()[0] or ""
    return "ja" if system.lower().startswith("ja") else "en"
