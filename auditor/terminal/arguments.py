"""The command line: what may stand on it, its help in two languages, and what was meant.

argparse reads a single command's options, so that the common ones may stand before the command and
after it; the command itself, unknown options and wrong values are found here, with the nearest
valid word.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from auditor._tables import nearest
from auditor.locales import LANGUAGES, default_language
from auditor.terminal.commands import COMMANDS, COMMON, PROGRAM, Option
from auditor.terminal.failures import Refusal
from auditor.terminal.helptext import help_text, reader

__all__ = ["Options", "language", "parse"]

_PREFIX = "MYNUMBER_AUDIT_"
_YES, _NO = ("1", "true", "yes", "on"), ("", "0", "false", "no", "off")


@dataclass(frozen=True, slots=True)
class Options:
    """What was asked for; every command finds its own options here, and the common ones."""

    command: str = ""
    lang: str = "en"
    help: str = ""
    """The text to print instead of running anything."""
    config: Path = Path("audit.toml")
    config_given: bool = False
    """``--config`` or its variable names a file, which then has to exist."""
    workspace: Path = Path("audit-workspace")
    workspace_given: bool = False
    fail_on: str = "never"
    fail_on_incomplete: bool = False
    quiet: bool = False
    log_level: str = "warning"
    log_format: str = "text"
    no_color: bool = False
    source: tuple[str, ...] = ()
    profile: str = ""
    shell: str = "az"
    full: bool = False
    format: str = "table"
    coverage: Path | None = None
    name: str = ""
    run: str = ""
    output_formats: tuple[str, ...] = ()
    out: Path | None = None
    known_on: date | None = None
    items: int = 0
    shape: str = "text"
    file: Path | None = None
    limit: int = 0
    reason: str | None = None
    until: date | None = None
    owner: str = ""
    revoke: bool = False
    operands: tuple[str, ...] = ()


def language(argv: Sequence[str], environ: Mapping[str, str]) -> str:
    """The language to speak, known before anything can go wrong."""
    asked = environ.get(f"{_PREFIX}LANG", "")
    for place, word_given in enumerate(argv):
        if word_given == "--lang" and place + 1 < len(argv):
            asked = argv[place + 1]
        elif word_given.startswith("--lang="):
            asked = word_given.partition("=")[2]
    return asked if asked in LANGUAGES else default_language(dict(environ))


def parse(argv: Sequence[str], environ: Mapping[str, str]) -> Options:
    """What ``argv`` and the variables ``MYNUMBER_AUDIT_*`` ask for.

    Raises:
        Refusal: for anything that cannot be meant, naming the nearest valid word.

    """
    lang = language(argv, environ)
    before, after = _split(argv)
    place = _command_place(before)
    command = before[place] if place is not None else ""
    if command and command not in COMMANDS:
        valid = ", ".join(COMMANDS)
        raise Refusal(
            "unknown_command",
            given=_shown(command),
            nearest=nearest(command, COMMANDS),
            valid=valid,
        )
    options = Options(command=command, lang=lang)
    if "--version" in before[: 1 if place is None else place + 1]:
        return replace(options, help=_version())
    if {"-h", "--help"} & set(before) or not command:
        return replace(options, help=help_text(command, lang))
    rest = [text for number, text in enumerate(before) if number != place]
    given, extra = _read(command, lang, rest)
    operands = _operands(command, [*_no_options(command, extra), *after])
    return replace(_merged(options, given, environ), operands=operands)


def _split(argv: Sequence[str]) -> tuple[list[str], list[str]]:
    """What stands before and after ``--``."""
    if "--" in argv:
        place = list(argv).index("--")
        return list(argv[:place]), list(argv[place + 1 :])
    return list(argv), []


def _command_place(argv: Sequence[str]) -> int | None:
    """Where the command stands: the first word that neither is an option nor belongs to one."""
    options = [*COMMON, *(option for spec in COMMANDS.values() for option in spec.options)]
    takes_value = {flag for option in options if option.metavar for flag in option.flags}
    value = False
    for place, text in enumerate(argv):
        if value:
            value = False
        elif text.startswith("-") and text != "-":
            value = text in takes_value
        else:
            return place
    return None


def _read(command: str, lang: str, argv: list[str]) -> tuple[argparse.Namespace, list[str]]:
    try:
        return reader(command, lang).parse_known_args(argv)
    except argparse.ArgumentError as error:
        option = (error.argument_name or "").rpartition("/")[2]
        code = "takes_no_value" if "explicit argument" in error.message else "missing_value"
        raise Refusal(code, option=option, command=f"{PROGRAM} {command}") from None


def _no_options(command: str, extra: Sequence[str]) -> list[str]:
    """The operands among what argparse left over; an option among them is unknown."""
    for text in extra:
        if text.startswith("-") and text != "-":
            valid = [f for o in (*COMMANDS[command].options, *COMMON) for f in o.flags]
            given = text.partition("=")[0]
            raise Refusal(
                "unknown_option",
                given=_shown(given),
                nearest=nearest(given, [*valid, "--help"]),
                command=f"{PROGRAM} {command}",
            )
    return list(extra)


def _operands(command: str, texts: Sequence[str]) -> tuple[str, ...]:
    spec = COMMANDS[command]
    called = f"{PROGRAM} {command}"
    most = len(texts) if spec.several else bool(spec.operand) + len(spec.optional)
    if len(texts) > most:
        raise Refusal("unexpected_argument", given=_shown(texts[most]), command=called)
    if spec.operand and not texts:
        raise Refusal("missing_argument", argument=spec.operand, command=called)
    return tuple(texts)


def _merged(options: Options, given: argparse.Namespace, environ: Mapping[str, str]) -> Options:
    """Option before environment before default."""
    values: dict[str, Any] = {}
    for option in (*COMMANDS[options.command].options, *COMMON):
        text = getattr(given, option.dest, None)
        flag = option.flags[-1]
        if text is None and option in COMMON:
            flag = f"{_PREFIX}{option.dest.upper()}"
            text = environ.get(flag) or None
            if text is not None and not option.metavar:
                text = _switch(flag, text)
        if text is not None:
            values[option.dest] = _value(option, flag, text)
    for dest in ("config", "workspace"):
        values[f"{dest}_given"] = dest in values
    return replace(options, **values)


def _switch(variable: str, text: str) -> bool:
    if text.lower() not in (*_YES, *_NO):
        valid = ("1", "0")
        raise Refusal("bad_value", option=variable, nearest="1", valid=", ".join(valid))
    return text.lower() in _YES


def _value(option: Option, flag: str, given: Any) -> Any:
    if not option.metavar:
        return given
    texts: list[str] = given if isinstance(given, list) else [given]
    if option.many:
        parts = (part.strip() for text in texts for part in text.split(","))
        texts = list(dict.fromkeys(part for part in parts if part))
    if valid := option.valid():
        for text in texts:
            if text not in valid:
                near = nearest(text, valid)
                raise Refusal("bad_value", option=flag, nearest=near, valid=", ".join(valid))
    if option.many:
        return tuple(texts)
    if option.kind is int:
        return _count(flag, texts[0])
    return _day(flag, texts[0]) if option.kind is date else option.kind(texts[0])


def _count(flag: str, text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) < 1:
        raise Refusal("not_a_count", option=flag)
    return int(text)


def _day(flag: str, text: str) -> date:
    from auditor.clock import EARLIEST, LATEST

    first, last = EARLIEST.isoformat(), LATEST.isoformat()
    with suppress(ValueError):
        if EARLIEST <= (day := date.fromisoformat(text)) <= LATEST:
            return day
    raise Refusal("not_a_day", option=flag, first=first, last=last)


def _shown(text: str) -> str:
    """What somebody typed, as it may be printed: it could be a number, or command the terminal."""
    from auditor.redact import mask
    from auditor.terminal.display import clean

    return clean(mask(text))[:80]


def _version() -> str:
    from importlib import metadata

    return f"{PROGRAM} {metadata.version(PROGRAM)}"
