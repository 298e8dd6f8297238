"""One file a table, one JSON object a line, for programs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import orjson

from auditor.reports import _cells, _files
from auditor.summary import COLUMNS, Summary

__all__ = ["NAME", "SUFFIX", "line", "write"]

NAME = "jsonl"
SUFFIX = ".jsonl"

_BREAKS = {ord(sign): f"\\u{ord(sign):04x}" for sign in "\x85\u2028\u2029"}
"""Some readers take these for the end of a line."""
_BROKEN = re.compile("[\x85\u2028\u2029]")


def write(summary: Summary, out: Path, lang: str) -> list[Path]:  # noqa: ARG001 - names are fixed
    """``<table>.jsonl`` for every table of the contract; a missing value is null."""
    written = []
    for name, columns in COLUMNS.items():
        path = out / f"{name}{SUFFIX}"
        with _files.opened(path) as file:
            for row in _cells.streamed(summary, name):
                file.write(line(dict(zip(columns, row, strict=True))))
        written.append(path)
    return written


def line(record: Mapping[str, Any]) -> str:
    """One object as one line, whoever splits it."""
    text = orjson.dumps(record).decode()
    if _BROKEN.search(text):
        text = text.translate(_BREAKS)
    return f"{text}\n"
