"""What stops a command → a message with its remedy and an exit code; and the exit codes of success.

Words are ``errors.<code>``; a message never quotes what a service answered or what a file holds.
"""

from __future__ import annotations

import errno
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from auditor.locales import has_word, word
from auditor.settings import Problem, SettingsError
from auditor.terminal.display import clean
from auditor.workspace import WorkspaceError
from connectors import Misconfigured

__all__ = [
    "FAILED",
    "INTERRUPTED",
    "LEVELS",
    "USAGE",
    "Failure",
    "Message",
    "Refusal",
    "failure_of",
    "outcome",
]

FAILED, USAGE, FINDINGS, INCOMPLETE, BOTH, INTERRUPTED = 1, 2, 3, 4, 5, 130

LEVELS = ("high", "medium", "low", "never")
"""Values of ``--fail-on``; each includes those before it."""

_RUN_FAILED = {
    "unreachable",
    "no_worker",
    "disk_full",
    "cannot_write",
    "sentinel_failed",
    "service_failed",
    "vault_failed",
}
"""Codes of failures that another try, another day or another disk may mend: exit 1, not 2."""
_FULL = {errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)}


class Refusal(Exception):
    """A command that cannot do what was asked; ``code`` names the message in the catalogue."""

    def __init__(self, code: str, **values: str) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


@dataclass(frozen=True, slots=True)
class Message:
    """What happened, and what to do about it."""

    words: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Failure:
    """The end of a command that did not do its work."""

    code: str
    exit: int
    values: Mapping[str, str] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    def title(self, lang: str) -> str:
        """What stands above several messages; "" where the one message says all."""
        if not self.problems or not self.problems[0].where:
            return ""
        key = "settings.heading.one" if len(self.problems) == 1 else "settings.heading.many"
        return word(key, lang, file=self.values["file"], n=len(self.problems))

    def messages(self, lang: str) -> list[Message]:
        """In one language, all that is wrong."""
        if self.problems:
            return [_problem(problem, self.values["file"], lang) for problem in self.problems]
        words, remedy = (
            word(f"errors.{self.code}.{what}", lang, **self.values) for what in ("words", "remedy")
        )
        return [Message(words, remedy)]


def _problem(problem: Problem, file: str, lang: str) -> Message:
    values = {"file": file, "where": problem.where, **problem.values}
    if "wanted" in values:
        values["wanted"] = word(f"settings.types.{values['wanted']}", lang)
    words, remedy = (
        word(f"settings.{problem.code}.{what}", lang, **values) for what in ("words", "remedy")
    )
    return Message(words, remedy)


def failure_of(error: BaseException) -> Failure:
    """The message and exit code of whatever a command raised; knows an answer to everything."""
    if isinstance(error, SettingsError):
        return Failure("settings", USAGE, {"file": _shown(error.file)}, error.problems)
    if isinstance(error, Refusal):
        return _failure(error.code, **error.values)
    if isinstance(error, Misconfigured):
        code = error.code if has_word(f"errors.{error.code}.words") else "bad_setting"
        return _failure(code, detail=error.detail, host=error.host)
    if isinstance(error, WorkspaceError):
        return _failure(error.code, path=_shown(error.path))
    if isinstance(error, OSError):
        code = "disk_full" if error.errno in _FULL else "cannot_write"
        return _failure(code, path=_shown(error.filename or ""), detail=type(error).__name__)
    if isinstance(error, RuntimeError) and str(error).startswith("no worker process"):
        return _failure("no_worker", detail=str(error).rpartition(":")[2].strip())
    return Failure("unexpected", FAILED, {"detail": type(error).__name__})


def _shown(path: object) -> str:
    """A path as it may be printed: it can hold a number like any other name."""
    from auditor.redact import mask  # the detector, which --help must not wait for

    return clean(mask(str(path)))


def _failure(code: str, **values: str) -> Failure:
    return Failure(code, FAILED if code in _RUN_FAILED else USAGE, values)


def outcome(
    *, fail_on: str, fail_on_incomplete: bool, confidences: Collection[str], incomplete: bool
) -> int:
    """The exit code of a command that did its work.

    Args:
        fail_on: the least confidence that counts, or ``never``.
        fail_on_incomplete: whether anything unread counts.
        confidences: those of the findings that stand; published samples never count.
        incomplete: something was not fully read.

    """
    counted = LEVELS[: LEVELS.index(fail_on) + 1] if fail_on != "never" else ()
    found = any(confidence in counted for confidence in confidences)
    unread = incomplete and fail_on_incomplete
    if found and unread:
        return BOTH
    return FINDINGS if found else INCOMPLETE if unread else 0
