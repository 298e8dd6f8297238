"""What the command line has: each command, its options, and the words that an option takes.

Words for people are ``cli.commands.<name>``, ``cli.about.<name>`` and ``cli.options.<dest>``.
"""

from __future__ import annotations

import importlib.util
import pkgutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from auditor.locales import LANGUAGES
from auditor.terminal.failures import LEVELS

__all__ = ["COMMANDS", "COMMON", "PROGRAM", "Command", "Option", "registry"]

PROGRAM: Final = "mynumber-audit"
LOG_LEVELS: Final = ("debug", "info", "warning", "error")
PROFILES: Final = ("minimum", "full")
"""How many of the permissions ``doctor --profile`` asks for."""
SHELLS: Final = ("az", "powershell")


def registry(package: str) -> tuple[str, ...]:
    """The modules of a folder that is a registry, without importing the package."""
    spec = importlib.util.find_spec(package)
    places = spec.submodule_search_locations if spec else ()
    names = (module.name for module in pkgutil.iter_modules(places))
    return tuple(sorted(name for name in names if not name.startswith("_")))


@dataclass(frozen=True, slots=True)
class Option:
    """One option; its words are ``cli.options.<dest>``."""

    dest: str
    metavar: str = ""
    """Empty for a switch."""
    kind: Callable[..., Any] = str
    valid: Callable[[], Sequence[str]] = tuple
    """The words it takes; none means any."""
    many: bool = False
    """May be repeated, and takes comma lists."""
    short: str = ""
    flag: str = ""

    @property
    def flags(self) -> list[str]:
        """As it is written: the short form first, if it has one."""
        long = self.flag or f"--{self.dest.replace('_', '-')}"
        return [self.short, long] if self.short else [long]


def _sources() -> Sequence[str]:
    return registry("connectors")


def _reports() -> Sequence[str]:
    return registry("auditor.reports")


COMMON = (
    Option("config", "FILE", Path),
    Option("workspace", "DIR", Path),
    Option("fail_on", "LEVEL", valid=lambda: LEVELS),
    Option("fail_on_incomplete"),
    Option("quiet"),
    Option("log_level", "LEVEL", valid=lambda: LOG_LEVELS),
    Option("log_format", "FORMAT", valid=lambda: ("text", "json")),
    Option("lang", "LANG", valid=lambda: LANGUAGES),
    Option("no_color"),
)


@dataclass(frozen=True, slots=True)
class Command:
    """One command; its words are ``cli.commands.<name>`` and ``cli.about.<name>``."""

    options: tuple[Option, ...] = ()
    operand: str = ""
    several: bool = False
    optional: tuple[str, ...] = ()
    """Operands that may be left out, the last ones first."""


_SOURCE = Option("source", "NAME", valid=_sources, many=True)

COMMANDS: Final[Mapping[str, Command]] = {
    "demo": Command((Option("items", "N", int),)),
    "doctor": Command(
        (
            _SOURCE,
            Option("profile", "PROFILE", valid=lambda: PROFILES),
            Option("shell", "SHELL", valid=lambda: SHELLS),
        )
    ),
    "audit": Command((_SOURCE, Option("full"))),
    "scan": Command(
        (
            Option("format", "FORMAT", valid=lambda: ("table", "jsonl", "csv")),
            Option("coverage", "FILE", Path),
            Option("name", "NAME"),
        ),
        "PATH",
        several=True,
    ),
    "report": Command(
        (
            Option("run", "ID"),
            Option("output_formats", "FORMATS", valid=_reports, many=True),
            Option("out", "DIR", Path, short="-o", flag="--output"),
            Option("known_on", "DATE", date),
        )
    ),
    "diff": Command(
        (
            Option("shape", "FORMAT", valid=lambda: ("text", "jsonl", "html"), flag="--format"),
            Option("file", "FILE", Path, short="-o", flag="--output"),
            Option("limit", "N", int),
        ),
        optional=("OLD", "NEW"),
    ),
    "send": Command((Option("run", "ID"),)),
    "explain": Command(operand="FINDING_ID"),
    "suppress": Command(
        (
            Option("reason", "TEXT"),
            Option("until", "DATE", date),
            Option("owner", "NAME"),
            Option("revoke"),
        ),
        optional=("FINDING_ID",),
    ),
    "sources": Command(),
    "formats": Command(),
    "rules": Command(),
    "controls": Command(),
}
