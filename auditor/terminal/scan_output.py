"""What ``scan`` prints: findings as lines, JSON or CSV; coverage as a summary and as JSON lines."""

from __future__ import annotations

import csv
import json
import os
import sys
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TextIO

from auditor.locales import word
from auditor.model import State
from auditor.terminal.console import Console
from auditor.terminal.display import clean, number, pad, width
from auditor.terminal.local import FINDING, Result, coverage_row, finding_row

__all__ = ["Output"]

_TRIGGERS = "=+-@\t\r\n|＝＋－＠"
"""What a spreadsheet program would take for a formula."""
_LOCATIONS = 4
"""Locations of one finding in the table; the other formats have all of them."""
_COLORS = {"high": "red", "medium": "yellow", "low": "cyan", "sample": "dim"}
_EVERY = 10.0
"""Seconds between two lines that say how far it is."""
_HEAD = ("confidence", "kind", "count", "distinct", "where")
_NUMBERS = (2, 3)
_KINDS = ("individual_number", "resident_record_code")


@dataclass(slots=True)
class Output:
    """Prints results as they come, and counts what the exit code and the summary need."""

    console: Console
    format: str
    coverage: Path | None = None
    confidences: set[str] = field(default_factory=set)
    states: Counter[State] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    findings: int = 0
    suspects: int = 0
    items: int = 0
    """Files with findings that are no published samples."""
    _file: TextIO | None = None
    _rows: Any = None
    _told: float = field(default_factory=time.monotonic)
    _widths: list[int] = field(default_factory=list)

    def __enter__(self) -> Self:
        """Open the coverage file; raises OSError before anything is read."""
        if self.coverage is not None:
            handle = os.open(self.coverage, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            self._file = os.fdopen(handle, "w", encoding="utf-8", newline="")
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the coverage file."""
        if self._file is not None:
            self._file.close()

    @property
    def listed(self) -> int:
        """Files and unlisted folders seen so far."""
        return sum(self.states.values())

    @property
    def incomplete(self) -> bool:
        """Whether anything was not fully read."""
        return bool(self.reasons) or self.listed != self.states[State.COMPLETE]

    def take(self, result: Result) -> None:
        """Print and count one file; say now and then how far it is."""
        self.states[result.state] += 1
        found = {finding.confidence for finding in result.scan.findings}
        self.confidences |= found
        self.items += bool(found - {"sample"})
        write = _WRITERS[self.format]
        for finding in result.scan.findings:
            write(self, finding_row(result, finding))
        for gap in result.scan.gaps:
            self.reasons[gap.reason.value] += 1
            self.suspects += gap.suspect
            if self._file is not None:
                row = json.dumps(coverage_row(result, gap), ensure_ascii=False)
                self._file.write(_encodable(row) + "\n")
        self.findings += len(result.scan.findings)
        if (now := time.monotonic()) - self._told >= _EVERY:
            self._told = now
            numbers = {"n": number(self.listed), "findings": number(self.findings)}
            self.console.note(word("progress.scanning", self.console.lang, **numbers))

    def summary(self) -> None:
        """What was read and what was not, for the person who watches."""
        say, lang = self.console.note, self.console.lang
        say("")
        say(self.console.paint(word("cli.scan.title", lang), "bold", sys.stderr))
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
        for reason, count in self.reasons.most_common():
            words = word(f"reasons.{reason}.words", lang)
            say(f"  {number(count):>6}  {words}: {word(f'reasons.{reason}.remedy', lang)}")
        if self.suspects:
            warning = word("cli.scan.suspects", lang, n=number(self.suspects))
            say("  " + self.console.paint(warning, "red", sys.stderr))
        key = "cli.scan.found" if self.items else "cli.scan.none"
        say("  " + word(key, lang, items=number(self.items)))

    # — formats ———————————————————————————————————————————————————————————————————————————————

    def as_line(self, row: Mapping[str, Any]) -> None:
        """A line of a table whose widths are known before its rows."""
        lang = self.console.lang
        if not self._widths:
            self._widths = _widths(lang)
            self.console.say(self._line([word(f"cli.scan.{name}", lang) for name in _HEAD]))
        confidence = word(f"report.confidences.{row['confidence']}", lang)
        kind = word(f"report.kinds.{row['kind']}", lang)
        numbers = [number(row["count"]), number(row["distinct"])]
        line = self._line([confidence, kind, *numbers, _where(row, lang)])
        colored = self.console.paint(confidence, _COLORS[row["confidence"]])
        self.console.say(line.replace(confidence, colored, 1))

    def _line(self, cells: Sequence[str]) -> str:
        padded = (
            pad(cell, self._widths[place], right=place in _NUMBERS)
            for place, cell in enumerate(cells)
        )
        return "  ".join(padded)

    def as_object(self, row: Mapping[str, Any]) -> None:
        """A JSON object."""
        self.console.say(_encodable(json.dumps(row, ensure_ascii=False)))

    def as_record(self, row: Mapping[str, Any]) -> None:
        """A CSV record; lists are joined by ``; `` and no cell is a formula."""
        if self._rows is None:
            self._rows = csv.writer(sys.stdout, lineterminator="\n")
            self._rows.writerow(FINDING)
        self._rows.writerow([_cell(row[name]) for name in FINDING])


_WRITERS: Mapping[str, Callable[[Output, Mapping[str, Any]], None]] = {
    "table": Output.as_line,
    "jsonl": Output.as_object,
    "csv": Output.as_record,
}


def _widths(lang: str) -> list[int]:
    """Columns of each cell; the last one takes what it needs."""
    words = [
        [word(f"report.confidences.{name}", lang) for name in _COLORS],
        [word(f"report.kinds.{name}", lang) for name in _KINDS],
        ["0" * 5],
        ["0" * 5],
    ]
    heads = [word(f"cli.scan.{name}", lang) for name in _HEAD]
    widest = [max(map(width, [head, *cells])) for head, cells in zip(heads, words, strict=False)]
    return [*widest, 0]


def _where(row: Mapping[str, Any], lang: str) -> str:
    """Item, part and the first locations."""
    place = clean(row["item"] + (f" › {row['part']}" if row["part"] else ""))
    shown = [clean(text) for text in row["locations"][:_LOCATIONS]]
    if rest := len(row["locations"]) - len(shown):
        shown.append(word("cli.scan.more", lang, n=number(rest)))
    return f"{place}  [{', '.join(shown)}]" if shown else place


def _cell(value: Any) -> Any:
    if isinstance(value, list):
        value = "; ".join(value)
    if not isinstance(value, str):
        return value
    risky = value.lstrip(" \u3000\u00a0")[:1] in tuple(_TRIGGERS)
    return f"'{value}" if risky else value


def _encodable(text: str) -> str:
    """Lone surrogates, as names of files may hold, as JSON escapes."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")
