"""What was asked of the sample tenant: kept for tests, and written as JSON lines where wanted.

No token, no body. Paths are kept as sent, so they hold what names and subjects hold.
"""

from __future__ import annotations

import time
from typing import IO, Any

from connectors._sample_tenant._wire import Answer, Call, dump

FIELDS = (
    "at host method path query status bytes kind select agent prefer range authorized batched"
).split()
"""Columns of a record, in their order; ``at`` in seconds since the server started."""


class Record:
    """Every request with its answer's status and length."""

    def __init__(self, file: IO[bytes] | None = None, *, keep: bool = False) -> None:
        """Write to ``file``; keep in memory with ``keep``."""
        self._file = file
        self._keep = keep
        self._began = time.monotonic()
        self.rows: list[tuple[Any, ...]] = []

    def add(self, host: str, call: Call, answer: Answer) -> None:
        """Note one request."""
        if not self._keep and self._file is None:
            return
        get = call.headers.get
        row = (
            round(time.monotonic() - self._began, 4),
            host,
            call.method,
            call.path,
            call.raw,
            answer.status,
            len(answer.body),
            call.kind,
            call.query.get("$select", "") if call.kind else "",
            get("user-agent", ""),
            get("prefer", ""),
            get("x-ms-range") or get("range") or "",
            "authorization" in call.headers,
            call.batched,
        )
        if self._keep:
            self.rows.append(row)
        if self._file is not None:
            self._file.write(dump(dict(zip(FIELDS, row, strict=True))) + b"\n")
            self._file.flush()
