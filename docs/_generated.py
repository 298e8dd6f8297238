# ruff: noqa: INP001 — files that Sphinx reads, no package
"""The rows of the site's tables that the program itself knows, written anew at every build.

A page has a line ``<!-- generated: NAME ARGUMENT -->``, as a rule below the head of a table; it is
replaced by what the function of that name yields in the page's language. Where whole sections are
made, the page gives the head of their tables as the argument. What is missing from the catalogue
stops the build.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

import _copied
import _rows

__all__ = ["fill"]

_MARK = re.compile(r"<!-- generated: (\w+) ?(.*?) -->")


def fill(text: str, lang: str) -> str:
    """The page with every mark replaced. Raises KeyError for a mark or a word there is not."""
    return _MARK.sub(lambda mark: "\n".join(_made(lang, mark[1], mark[2])), text)


def _made(lang: str, name: str, argument: str) -> Iterator[str]:
    make = ROWS[name]
    return make(lang, argument) if argument else make(lang)


ROWS: Mapping[str, Callable[..., Iterator[str]]] = {
    "beside": _copied.beside,
    "commands": _rows.commands,
    "columns": _rows.columns,
    "control_permissions": _rows.control_permissions,
    "controls": _rows.control_rows,
    "dataverse_role": _copied.dataverse_role,
    "dataverse_script": _copied.dataverse_script,
    "errors": _rows.errors,
    "evidence": _rows.evidence,
    "exposure_reasons": _rows.exposure_reasons,
    "formats": _rows.format_rows,
    "measured": _copied.measured,
    "measures": _rows.measures,
    "papers": _rows.papers,
    "permissions": _rows.permissions,
    "readme": _copied.readme,
    "reasons": _rows.reasons,
    "said": _rows.said,
    "settings_keys": _rows.settings_keys,
    "sources": _rows.sources,
    "states": _rows.states,
}
"""What a page may ask for."""
