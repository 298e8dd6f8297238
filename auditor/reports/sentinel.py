"""Rows for a custom table of Microsoft Sentinel, one JSON object a line, and the table's template.

The template stands beside the rows because the two only fit together: it comes from the same list
of columns, so whoever updates this program sees from the file what has to be deployed again.
"""

from __future__ import annotations

import json
from pathlib import Path

from auditor.reports import _files, _sentinel
from auditor.reports.jsonl import line
from auditor.summary import Summary

__all__ = ["COMPANIONS", "NAME", "SUFFIX", "write"]

NAME = "sentinel"
SUFFIX = ".jsonl"
COMPANIONS = ("sentinel-table.json",)
"""Files that are written with it and end otherwise."""


def write(summary: Summary, out: Path, lang: str) -> list[Path]:  # noqa: ARG001 - names are fixed
    """``sentinel.jsonl`` and ``sentinel-table.json``, which Azure can deploy as it is."""
    rows, template = out / f"sentinel{SUFFIX}", out / COMPANIONS[0]
    with _files.opened(rows) as file:
        for _, row in _sentinel.rows(summary):
            file.write(line(row))
    with _files.opened(template) as file:
        json.dump(_sentinel.template(), file, ensure_ascii=False, indent=2)
        file.write("\n")
    return [rows, template]
