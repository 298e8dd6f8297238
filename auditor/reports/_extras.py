"""What a report needs that is not part of a plain installation."""

from __future__ import annotations

import importlib
from types import ModuleType

__all__ = ["MissingExtra", "needed"]


class MissingExtra(Exception):
    """A report that cannot be written here; ``extra`` names what to install for it."""

    def __init__(self, report: str, extra: str) -> None:
        super().__init__(f"{report} needs the extra {extra}")
        self.report = report
        self.extra = extra


def needed(module: str, report: str, extra: str) -> ModuleType:
    """The module of an extra; raises MissingExtra before anything is written."""
    try:
        return importlib.import_module(module)
    except ImportError:
        raise MissingExtra(report, extra) from None
