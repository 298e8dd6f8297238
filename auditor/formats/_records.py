"""Values of typed records as a person would see them, and the files that lie in them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from auditor.formats import _beginnings, _encoding, _strings
from auditor.model import Content, Gap, Limits, Reason

_WHOLE = 1e15
"""Floats below which are written without a fraction when they have none."""


class Members:
    """Makes cells of values; files in them become members."""

    def __init__(self, limits: Limits) -> None:
        """``limits``: what is left for all of them."""
        self._limits = limits
        self._members: list[Content] = []
        self._gaps: list[Gap] = []
        self._size = 0

    def cell(self, value: Any, row: int, table: str = "") -> str:
        """What a person would see of a value."""
        if value is None:
            return ""
        if isinstance(value, str):
            return value
        if isinstance(value, float):
            whole = value.is_integer() and abs(value) < _WHOLE
            return str(int(value)) if whole else repr(value)
        if isinstance(value, bytes | bytearray | memoryview):
            return self._bytes(bytes(value), f"{table} › row {row}" if table else f"row {row}")
        if isinstance(value, list | tuple | dict):
            return json.dumps(
                value, ensure_ascii=False, default=lambda one: self.cell(one, row, table)
            )
        return str(value)

    def _bytes(self, value: bytes, place: str) -> str:
        if _beginnings.is_file(value):
            self._keep(value, place)
            return ""
        decoded = _encoding.decode(value)
        if decoded.sure and "\0" not in decoded.text:
            return decoded.text
        return " | ".join(run.text for run in _strings.runs(value))

    def _keep(self, value: bytes, place: str) -> None:
        self._size += len(value)
        if len(self._members) >= self._limits.members:
            self._gaps.append(Gap(Reason.TOO_MANY_MEMBERS, detail="files in cells"))
        elif self._size > self._limits.expanded_bytes:
            self._gaps.append(Gap(Reason.TOO_LARGE, detail="files in cells"))
        else:
            self._members.append(Content("", value, path=(place,)))

    def found(self) -> Iterator[Content | Gap]:
        """Why not all files were kept, and those that were."""
        yield from dict.fromkeys(self._gaps)
        yield from self._members
