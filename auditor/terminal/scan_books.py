"""What a ``scan`` has met so far, and its summary: by state, by format, by reason."""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import dataclass, field

from auditor.locales import word
from auditor.model import State
from auditor.terminal.console import Console
from auditor.terminal.display import number
from auditor.terminal.local import Result

__all__ = ["Books"]

_FORMATS = 8
"""Formats that the summary names; of a reason, half as many."""


@dataclass(slots=True)
class Books:
    """Counts of files; a file with many gaps of one reason counts once for it."""

    states: Counter[State] = field(default_factory=Counter)
    formats: Counter[str] = field(default_factory=Counter)
    reasons: dict[str, Counter[str]] = field(default_factory=dict)
    """Reason → format → files."""
    confidences: set[str] = field(default_factory=set)
    findings: int = 0
    suspects: int = 0
    """Files with gaps in which numbers probably lie."""
    items: int = 0
    """Files with findings that are no published samples."""

    def note(self, result: Result) -> None:
        """Count one file, or a folder that could not be listed."""
        scan = result.scan
        self.states[result.state] += 1
        self.formats[scan.content_type] += 1
        for reason in {gap.reason.value for gap in scan.gaps}:
            self.reasons.setdefault(reason, Counter())[scan.content_type] += 1
        self.suspects += any(gap.suspect for gap in scan.gaps)
        found = {finding.confidence for finding in scan.findings}
        self.confidences |= found
        self.findings += len(scan.findings)
        self.items += bool(found - {"sample"})

    @property
    def listed(self) -> int:
        """Files and unlisted folders seen so far."""
        return sum(self.states.values())

    @property
    def incomplete(self) -> bool:
        """Whether anything was not fully read."""
        return bool(self.reasons) or self.listed != self.states[State.COMPLETE]

    def tell(self, console: Console) -> None:
        """The summary, for the person who watches."""
        say, lang = console.note, console.lang
        say("")
        say(console.paint(word("cli.scan.title", lang), "bold", sys.stderr))
        states = ", ".join(
            word(
                "cli.scan.state",
                lang,
                words=word(f"cli.states.{state.value}", lang),
                n=number(self.states[state]),
            )
            for state in State
            if self.states[state]
        )
        say("  " + word("cli.scan.listed", lang, n=number(self.listed), states=states))
        if formats := _named(self.formats, _FORMATS, lang):
            say("  " + word("cli.scan.formats", lang, formats=formats))
        for reason, files in sorted(self.reasons.items(), key=lambda row: -row[1].total()):
            formats = _named(files, _FORMATS // 2, lang)
            words = word(f"reasons.{reason}.words", lang) + (f" ({formats})" if formats else "")
            say(f"  {number(files.total()):>6}  {words}")
            say(" " * 10 + f"→ {word(f'reasons.{reason}.remedy', lang)}")
        if self.suspects:
            warning = word("cli.scan.suspects", lang, n=number(self.suspects))
            say("  " + console.paint(warning, "red", sys.stderr))
        key = "cli.scan.found" if self.items else "cli.scan.none"
        say("  " + word(key, lang, items=number(self.items)))


def _named(files: Counter[str], most: int, lang: str) -> str:
    """``pdf 12, zip 3, 5 others``: formats as the command ``formats`` calls them."""
    known = [(name, count) for name, count in files.most_common() if name][:most]
    if not known:
        return ""
    told = [f"{name} {number(count)}" for name, count in known]
    if rest := files.total() - sum(count for _, count in known):
        told.append(word("cli.scan.others", lang, n=number(rest)))
    return ", ".join(told)
