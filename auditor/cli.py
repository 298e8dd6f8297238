"""Parse, call, print, exit. Every command is a function that returns its exit code.

Nothing heavy is imported here: ``--help`` and ``sources`` start without SDK, pandas and numpy.
"""

from __future__ import annotations

import itertools
import os
import shlex
import signal
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress

from auditor.terminal import work
from auditor.terminal.arguments import Options, language, parse
from auditor.terminal.commands import PROGRAM
from auditor.terminal.console import LOG, Console, prepare_streams, quiet_hooks, trace
from auditor.terminal.display import clean
from auditor.terminal.failures import FAILED, INTERRUPTED, USAGE, Failure, Refusal, failure_of

__all__ = ["main"]


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code, raises nothing."""
    words = list(sys.argv[1:] if argv is None else argv)
    prepare_streams()
    console = _first_console(words)
    try:
        options = parse(words, os.environ)
    except Refusal as error:
        console.fail(failure_of(error))
        return USAGE
    console.quiet, console.json = options.quiet, options.log_format == "json"
    console.no_color = options.no_color or bool(os.environ.get("NO_COLOR"))
    if options.help:
        asked = options.command or {"-h", "--help", "--version"} & set(words)
        (sys.stdout if asked else sys.stderr).write(f"{options.help}\n")
        return 0 if asked else USAGE
    with quiet_hooks(level=options.log_level, as_json=console.json), _terminated():
        return _guarded(options, console, words)


def _first_console(words: Sequence[str]) -> Console:
    """How to speak before it is known what was asked."""
    pairs = itertools.pairwise(words)
    as_json = "--log-format=json" in words or ("--log-format", "json") in pairs
    return Console(
        language(words, os.environ), json=as_json, no_color=bool(os.environ.get("NO_COLOR"))
    )


def _guarded(options: Options, console: Console, words: Sequence[str]) -> int:
    """Whatever a command raises ends as a message and an exit code."""
    try:
        code = _COMMANDS[options.command](options, console)
        sys.stdout.flush()
        return code
    except BrokenPipeError:  # whoever read the results has gone: nobody is left to be told
        with suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    except KeyboardInterrupt:
        from auditor.redact import mask

        kept = options.command in {"audit", "demo"}
        command = clean(mask(shlex.join([PROGRAM, *words])))
        code_word = "interrupted_audit" if kept else "interrupted"
        console.fail(Failure(code_word, INTERRUPTED, {"command": command}))
        return INTERRUPTED
    except Exception as error:  # noqa: BLE001 - no traceback ever reaches a person
        for line in trace(error):
            LOG.debug("%s", line)
        failure = failure_of(error)
        console.fail(failure)
        return failure.exit


@contextmanager
def _terminated() -> Iterator[None]:
    """SIGTERM ends a command as Ctrl-C does, also before and after its event loop."""
    try:
        before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    except ValueError:  # not in the main thread
        yield
        return
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _diff(options: Options, console: Console) -> int:
    from auditor.terminal.comparing import diff

    return diff(options, console)


def _suppress(options: Options, console: Console) -> int:
    from auditor.terminal.accepting import suppress as accept

    return accept(options, console)


def _explain(options: Options, console: Console) -> int:
    from auditor.terminal.listing import explain
    from auditor.terminal.reading import finding, reading

    with reading(options.workspace) as db:
        explain(console, db, finding(db, options.operands[0]))
    return 0


def _sources(_options: Options, console: Console) -> int:
    from auditor.terminal.listing import sources

    sources(console)
    return 0


def _formats(_options: Options, console: Console) -> int:
    from auditor.terminal.listing import formats

    formats(console)
    return 0


def _rules(_options: Options, console: Console) -> int:
    from auditor.terminal.listing import rules

    rules(console)
    return 0


def _controls(_options: Options, console: Console) -> int:
    from auditor.terminal.listing import controls

    controls(console)
    return 0


_COMMANDS: Mapping[str, Callable[[Options, Console], int]] = {
    "demo": work.demo,
    "doctor": work.doctor,
    "audit": work.audit,
    "scan": work.scan,
    "report": work.report,
    "diff": _diff,
    "send": work.send,
    "explain": _explain,
    "suppress": _suppress,
    "sources": _sources,
    "formats": _formats,
    "rules": _rules,
    "controls": _controls,
}
