"""The summary → something to hand over: one file a report, found by being in this folder.

A report is a module without a leading underscore that has

- ``NAME``: the word of ``--output-formats``, equal to the name of its file;
- ``SUFFIX``: how its files end; ``COMPANIONS``, where it has some, names those that do not;
- ``write(summary, out, lang) -> list[Path]``: writes into the folder ``out`` and says what it
  wrote. It reads nothing but the summary, and it never leaves half a file behind.
"""

from __future__ import annotations

import functools
import importlib
import pkgutil
from pathlib import Path
from typing import Protocol, cast

from auditor.summary import Summary

__all__ = ["Report", "load", "names"]


class Report(Protocol):
    """What a module of this folder has."""

    @property
    def NAME(self) -> str: ...  # noqa: N802, D102 - a module constant

    @property
    def SUFFIX(self) -> str: ...  # noqa: N802, D102 - a module constant

    def write(self, summary: Summary, out: Path, lang: str) -> list[Path]:
        """Write the report into the folder ``out`` (made if missing), in ``ja`` or ``en``."""
        ...


@functools.cache
def names() -> tuple[str, ...]:
    """The reports of this installation, in alphabetical order."""
    found = (module.name for module in pkgutil.iter_modules(__path__))
    return tuple(sorted(name for name in found if not name.startswith("_")))


@functools.cache
def load(name: str) -> Report:
    """The module of one report; KeyError for a name that :func:`names` does not give."""
    if name not in names():
        raise KeyError(name)
    return cast("Report", importlib.import_module(f"{__name__}.{name}"))
