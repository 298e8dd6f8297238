"""Settings of the tenant that bear on the safety of My Numbers: a file a pillar, an entry a check.

The pillars are those of Microsoft's page on the My Number Act. A pillar is a module of this folder
without a leading underscore that has ``CHECKS``; the words of a check (title, remedy, and what it
looks at) stand in ``auditor/locales/*/controls.toml`` under its id. What could not be read is
never a failure: it is ``not_assessed``, with the permission that would answer.
"""

from __future__ import annotations

import functools
import importlib
import pkgutil

from auditor.controls._check import Answers, Check, Verdict

__all__ = ["Answers", "Check", "Verdict", "checks", "names"]


@functools.cache
def names() -> tuple[str, ...]:
    """The pillars, in alphabetical order."""
    found = (module.name for module in pkgutil.iter_modules(__path__))
    return tuple(sorted(name for name in found if not name.startswith("_")))


@functools.cache
def checks() -> tuple[tuple[str, Check], ...]:
    """``(pillar, check)`` of all of them, in their order."""
    return tuple(
        (name, check)
        for name in names()
        for check in importlib.import_module(f"{__name__}.{name}").CHECKS
    )
