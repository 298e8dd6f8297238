"""What ``scan`` prints: findings as lines, JSON or CSV; coverage as a summary and as JSON lines."""

from __future__ import annotations

import asyncio
import csv
import json
import os
import shutil
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TextIO

from auditor.locales import placed, word
from auditor.terminal.console import Console
from auditor.terminal.display import clean, duration, number, pad, width
from auditor.terminal.local import FINDING, Result, coverage_row, finding_row
from auditor.terminal.scan_books import Books

__all__ = ["Output"]

_TRIGGERS = "=+-@\t\r\n|＝＋－＠"
"""What a spreadsheet program would take for a formula."""
_LOCATIONS = 4
"""Locations of one finding in the table; the other formats have all of them."""
_COLORS = {"high": "red", "medium": "yellow", "low": "cyan", "sample": "dim"}
_EVERY = 10.0
"""Seconds between two lines that say how far it is."""
_FRAME = 0.2
"""Seconds between two drawings of the line that says so on a terminal."""
_HEAD = ("confidence", "kind", "count", "distinct", "where")
_NUMBERS = (2, 3)
_KINDS = ("individual_number", "resident_record_code")


@dataclass(slots=True)
class Output:
    """Prints results as they come, says how far it is, and sums up."""

    console: Console
    format: str
    coverage: Path | None = None
    books: Books = field(default_factory=Books)
    _file: TextIO | None = None
    _rows: Any = None
    _started: float = field(default_factory=time.monotonic)
    _told: float = field(default_factory=time.monotonic)
    _drawn: bool = False
    """A line of progress stands where the next line of the result will."""
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
        """Leave a clean line, and close the coverage file."""
        self._wipe()
        if self._file is not None:
            self._file.close()

    def take(self, result: Result) -> None:
        """Print and count one file."""
        self.books.note(result)
        write = _WRITERS[self.format]
        for finding in result.scan.findings:
            self._wipe()
            write(self, finding_row(result, finding))
        if self._file is not None:
            for gap in result.scan.gaps:
                row = json.dumps(coverage_row(result, gap), ensure_ascii=False)
                self._file.write(_encodable(row) + "\n")

    async def watch(self) -> None:
        """Say how far it is until nobody wants to know: one file may take minutes."""
        while True:
            await asyncio.sleep(_FRAME)
            self._tell()

    def _tell(self) -> None:
        """On a terminal a line that is drawn over and over, elsewhere one now and then."""
        now = time.monotonic()
        if not self.console.live and now - self._told < _EVERY:
            return
        self._told = now
        numbers = {"n": number(self.books.listed), "findings": number(self.books.findings)}
        said = word("progress.scanning", self.console.lang, **numbers)
        elapsed = duration(now - self._started)
        line = word("progress.line", self.console.lang, time=elapsed, parts=said)
        if not self.console.live:
            self.console.note(line)
        elif width(line) < shutil.get_terminal_size().columns:
            self._drawn = True
            _draw(line)

    def _wipe(self) -> None:
        """Take the line of progress away."""
        if self._drawn:
            self._drawn = False
            _draw("")

    def summary(self) -> None:
        """What was read and what was not, for the person who watches."""
        self._wipe()
        self.books.tell(self.console)

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


def _draw(line: str) -> None:
    """The last line of the terminal, until something else is written there."""
    with suppress(OSError, ValueError):
        sys.stderr.write(f"\r\033[K{line}")
        sys.stderr.flush()


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
    place = clean(row["item"] + (f" › {placed(row['part'], lang)}" if row["part"] else ""))
    shown = [clean(placed(text, lang)) for text in row["locations"][:_LOCATIONS]]
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
