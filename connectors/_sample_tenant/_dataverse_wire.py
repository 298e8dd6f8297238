"""Dataverse's answers and errors, as the Web API writes them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from connectors._sample_tenant._wire import Answer, Refusal, dump

ROOT = "dataverse"
"""First part of the path below which the environment stands."""
_JSON = "application/json; odata.metadata=minimal; odata.streaming=true"


def json_answer(value: Any, headers: Mapping[str, str] | None = None) -> Answer:
    """An answer with a JSON body."""
    return Answer(
        200, dump(value), {"content-type": _JSON, "odata-version": "4.0", **(headers or {})}
    )


def refused(status: int, code: str, message: str) -> Refusal:
    """An error; ``code`` is one of the service's hexadecimal ones."""
    body = dump({"error": {"code": code, "message": message}})
    return Refusal(Answer(status, body, {"content-type": _JSON, "odata-version": "4.0"}))
