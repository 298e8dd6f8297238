"""argparse parsers in the reader's language, and the help they print."""

from __future__ import annotations

import argparse
from typing import Any, NoReturn

from auditor.locales import word
from auditor.terminal.commands import COMMANDS, COMMON, PROGRAM, Option
from auditor.terminal.display import wrap

__all__ = ["help_text", "reader"]


class _Parser(argparse.ArgumentParser):
    """Raises what argparse would print."""

    def error(self, message: str) -> NoReturn:
        raise argparse.ArgumentError(None, message)


def reader(command: str, lang: str) -> argparse.ArgumentParser:
    """Reads the options of one command; what is no option of it is left over."""
    parser = _bare(f"{PROGRAM} {command}", "", lang)
    for option in (*COMMANDS[command].options, *COMMON):
        _add(parser, option, lang)
    return parser


def help_text(command: str, lang: str) -> str:
    """The help of one command; of the whole program for ``""``."""
    parser = _of_command(command, lang) if command else _of_program(lang)
    common = parser.add_argument_group(word("cli.groups.common", lang))
    for option in COMMON:
        _add(common, option, lang)
    if not command:
        common.add_argument("--version", action="store_true", help=word("cli.version", lang))
    common.add_argument("-h", "--help", action="store_true", help=word("cli.help", lang))
    return parser.format_help().rstrip()


def _of_program(lang: str) -> argparse.ArgumentParser:
    parser = _bare(PROGRAM, word("cli.about.program", lang), lang)
    commands = parser.add_subparsers(
        title=word("cli.groups.commands", lang), parser_class=argparse.ArgumentParser
    )
    for name in COMMANDS:
        commands.add_parser(name, help=word(f"cli.commands.{name}", lang), add_help=False)
    return parser


def _of_command(command: str, lang: str) -> argparse.ArgumentParser:
    spec = COMMANDS[command]
    parser = _bare(f"{PROGRAM} {command}", word(f"cli.about.{command}", lang), lang)
    if spec.operand or spec.optional:
        group = parser.add_argument_group(word("cli.groups.arguments", lang))
        needed = (spec.operand,) if spec.operand else ()
        for operand in (*needed, *spec.optional):
            words = word(f"cli.arguments.{operand.lower()}", lang)
            nargs = "?" if operand in spec.optional else "+" if spec.several else None
            group.add_argument("operands", metavar=operand, help=words, nargs=nargs)
    if spec.options:
        group = parser.add_argument_group(word("cli.groups.options", lang))
        for option in spec.options:
            _add(group, option, lang)
    return parser


def _bare(program: str, about: str, lang: str) -> argparse.ArgumentParser:
    class Formatter(argparse.HelpFormatter):
        """Wraps Japanese too, and says usage in the reader's language."""

        def add_usage(
            self, usage: Any, actions: Any, groups: Any, prefix: str | None = None
        ) -> None:
            super().add_usage(usage, actions, groups, prefix or f"{word('cli.usage', lang)}: ")

        def _split_lines(self, text: str, width: int) -> list[str]:
            return wrap(text, width)

        def _fill_text(self, text: str, width: int, indent: str) -> str:
            return "\n".join(indent + line for line in wrap(text, width - len(indent)))

    return _Parser(
        prog=program,
        description=about,
        add_help=False,
        allow_abbrev=False,
        exit_on_error=False,
        argument_default=argparse.SUPPRESS,
        formatter_class=Formatter,
    )


def _add(group: Any, option: Option, lang: str) -> None:
    words = word(f"cli.options.{option.dest}", lang, valid=", ".join(option.valid()))
    how: dict[str, Any] = {"dest": option.dest, "help": words.replace("%", "%%")}
    if not option.metavar:
        how["action"] = "store_true"
    else:
        how["metavar"] = option.metavar
        how["action"] = "append" if option.many else "store"
    group.add_argument(*option.flags, **how)
