"""Dataverse's error answers → our errors; decided on status and code, never on the message.

Source: Dataverse Web API "Compose HTTP requests and handle errors", "Web service error codes",
"Service protection API limits", "Use file column data".
"""

from __future__ import annotations

from typing import Any

from connectors._errors import Broken, ConnectorError, Denied, Gone, Withheld

APPLICATION_USER = "application user with the read-only role"

LIMITS = frozenset({"0x80072322", "0x80072321", "0x80072326"})
"""Requests, execution time, requests at a time: the three limits of service protection."""
_EXPIRED = "0x80044352"
"""The version stamp of a delta token is older than the environment keeps changes."""
_NOT_IN_BLOCKS = "0x80090017"
_NO_USER = "0x80072560"
"""The app is no user of the environment."""
_NO_PRIVILEGE = frozenset({"0x80040220", "0x80048306", "0x8004f504"})
_NO_ROW = "0x80040217"
_CHANGED = "0x80060882"


class Expired(Gone):
    """What a listing was to go on from is void: begin anew."""


class NotInBlocks(Broken):
    """The file is stored where it can only be read whole (customer-managed key of old)."""


def problem(status: int, payload: Any, permission: str = "") -> ConnectorError:
    """Our error for an answer that is none; ``permission`` is the privilege that would open it."""
    code = code_of(payload)
    detail = f"HTTP {status} {code}".strip()
    if status == 410 or code == _EXPIRED:
        return Expired(detail)
    if code == _NOT_IN_BLOCKS:
        return NotInBlocks(detail)
    if code == _NO_USER:
        return Denied(detail, permission=APPLICATION_USER)
    if status in {401, 403} or code in _NO_PRIVILEGE:
        return Denied(detail, permission=APPLICATION_USER if status == 401 else permission)
    if status == 404 or code == _NO_ROW:
        return Gone(detail)
    if status == 412 or code == _CHANGED:
        return Broken(detail, reason="changed_while_read")
    if status in {405, 501}:
        return Withheld(detail, reason="not_offered")
    return Broken(detail)


def code_of(payload: Any) -> str:
    """``error.code`` in lower case (``0x80040220``); "" where there is none."""
    error = payload.get("error") if isinstance(payload, dict) else None
    code = error.get("code") if isinstance(error, dict) else None
    return code.lower()[:40] if isinstance(code, str) else ""
