"""One file a table, one JSON object a line, for programs."""

from __future__ import annotations

import json
from pathlib import Path

from auditor.reports import _cells, _files
from auditor.summary import Summary

__all__ = ["NAME", "SUFFIX", "write"]

NAME = "jsonl"
SUFFIX = ".jsonl"

_BREAKS = {ord(sign): f"\\u{ord(sign):04x}" for sign in "\x85\u2028\u2029"}
"""Some readers take these for the end of a line."""


def write(summary: Summary, out: Path, lang: str) -> list[Path]:  # noqa: ARG001 - names are fixed
    """``<table>.jsonl`` for every table of the contract; a missing value is null."""
    written = []
    for name, frame in summary.tables():
        path = out / f"{name}{SUFFIX}"
        names = list(frame.columns)
        with _files.opened(path) as file:
            for row in _cells.rows(frame):
                record = dict(zip(names, row, strict=True))
                line = json.dumps(record, ensure_ascii=False)
                file.write(f"{line.translate(_BREAKS)}\n")
        written.append(path)
    return written
