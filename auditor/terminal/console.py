"""Where results, notes, errors and the log go; and how a terminal is kept free of tracebacks.

Results go to standard output, everything else to standard error. With ``--log-format json`` every
line of standard error is a JSON object.
"""

from __future__ import annotations

import json
import logging
import os
import sys
import threading
import traceback
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from types import TracebackType
from typing import Any, TextIO

from auditor.locales import LANGUAGES, word
from auditor.terminal.failures import INTERRUPTED, Failure

__all__ = ["LOG", "Console", "loop_problem", "prepare_streams", "quiet_hooks", "trace"]

LOG = logging.getLogger("auditor")
"""The log of this program. Nothing of a tenant but counts and masked names goes into it."""

_COLORS = {"red": 31, "green": 32, "yellow": 33, "magenta": 35, "cyan": 36, "bold": 1, "dim": 2}


@dataclass(slots=True)
class Console:
    """One command's ways to speak."""

    lang: str = "en"
    quiet: bool = False
    no_color: bool = False
    json: bool = False

    def say(self, text: str = "") -> None:
        """A line of the result."""
        sys.stdout.write(f"{text}\n")

    def note(self, text: str) -> None:
        """A line for the person who watches; nothing under ``--quiet``."""
        if self.quiet:
            return
        with suppress(OSError, ValueError):  # nobody watches any more: the work goes on
            if self.json:
                if text.strip():
                    self._object("info", text.strip())
            else:
                sys.stderr.write(f"{text}\n")
            sys.stderr.flush()

    def fail(self, failure: Failure) -> None:
        """The message and its remedy: in the language chosen, then in the other one."""
        for lang in sorted(LANGUAGES, key=lambda lang: lang != self.lang):
            if self.json:
                for message in failure.messages(lang):
                    self._object(
                        "error", message.words, code=failure.code, remedy=message.remedy, lang=lang
                    )
            else:
                sys.stderr.write("\n".join([*self._lines(failure, lang), ""]))
        sys.stderr.flush()

    def _lines(self, failure: Failure, lang: str) -> Iterator[str]:
        """A single message stands behind the heading; several stand below it."""
        head = self.paint(f"{word('errors.heading.error', lang)}: ", "red", sys.stderr)
        if failure.exit == INTERRUPTED:  # what somebody asked for is no error
            head = ""
        if title := failure.title(lang):
            yield f"{head}{title}"
        for message in failure.messages(lang):
            yield f"  {message.words}" if title else f"{head}{message.words}"
            yield f"    → {message.remedy}"

    def paint(self, text: str, color: str, stream: TextIO | None = None) -> str:
        """``text`` in a colour, where ``stream`` (standard output) is a terminal that shows it."""
        if not text or self.no_color or not is_terminal(stream or sys.stdout):
            return text
        return f"\033[{_COLORS[color]}m{text}\033[0m"

    @property
    def live(self) -> bool:
        """Whether progress may be drawn."""
        return not self.quiet and not self.json and is_terminal(sys.stderr)

    def _object(self, level: str, message: str, **more: str) -> None:
        sys.stderr.write(_json(level, message, more) + "\n")


def is_terminal(stream: TextIO) -> bool:
    """Whether somebody looks at ``stream``."""
    return stream.isatty() and os.environ.get("TERM") != "dumb"


def prepare_streams() -> None:
    """Names of any script can be printed anywhere; files and pipes get UTF-8 on every system."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            utf8 = {} if stream.isatty() else {"encoding": "utf-8"}
            stream.reconfigure(errors="backslashreplace", **utf8)


def _json(level: str, message: str, more: Mapping[str, str]) -> str:
    now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    line = {"time": now, "level": level, "message": message, **more}
    return json.dumps(line, ensure_ascii=False)


class _Handler(logging.Handler):
    """Writes to whatever standard error is at the time (a live display may have replaced it)."""

    def __init__(self, *, as_json: bool) -> None:
        super().__init__()
        self._json = as_json

    def emit(self, record: logging.LogRecord) -> None:
        level, text = record.levelname.lower(), record.getMessage()
        clock = f"{datetime.now():%H:%M:%S}"  # noqa: DTZ005 - the time where the person is
        line = _json(level, text, {}) if self._json else f"{clock} {level}: {text}"
        with suppress(OSError, ValueError):
            sys.stderr.write(f"{line}\n")
            sys.stderr.flush()


def trace(error: BaseException) -> Iterator[str]:
    """Where an error came from: types, files and lines; no message and no value, at any depth."""
    seen: set[int] = set()
    cause: BaseException | None = error
    while cause is not None and id(cause) not in seen:
        seen.add(id(cause))
        yield type(cause).__name__
        for frame, line in traceback.walk_tb(cause.__traceback__):
            code = frame.f_code
            yield f"  {code.co_filename}:{line} {code.co_name}"
        cause = cause.__cause__ or cause.__context__


@contextmanager
def quiet_hooks(*, level: str, as_json: bool) -> Iterator[None]:
    """While a command runs: our own log and no other, and never a traceback.

    Libraries log what services answer, and Python prints what exceptions say: either may hold
    content of the tenant.
    """
    handler = _Handler(as_json=as_json)
    before = LOG.level, LOG.propagate, sys.excepthook, sys.unraisablehook, threading.excepthook
    root = logging.NullHandler()  # else warnings of libraries reach logging's last resort
    logging.getLogger().addHandler(root)
    LOG.addHandler(handler)
    LOG.setLevel(level.upper())
    LOG.propagate = False
    sys.excepthook = _excepthook
    sys.unraisablehook = lambda found: _debug(found.exc_value)
    threading.excepthook = lambda found: _debug(found.exc_value)
    try:
        with warnings.catch_warnings():
            if not sys.warnoptions:
                warnings.simplefilter("ignore")
            yield
    finally:
        LOG.removeHandler(handler)
        logging.getLogger().removeHandler(root)
        LOG.setLevel(before[0])
        LOG.propagate, sys.excepthook, sys.unraisablehook, threading.excepthook = before[1:]


def _excepthook(
    _type: type[BaseException], error: BaseException, _trace: TracebackType | None
) -> None:
    _debug(error)


def _debug(error: BaseException | None) -> None:
    if error is not None:
        for line in trace(error):
            LOG.debug("%s", line)


def loop_problem(_loop: Any, context: Mapping[str, Any]) -> None:
    """Asyncio's last words on an error that nobody waits for."""
    _debug(context.get("exception"))
