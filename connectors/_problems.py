"""Graph's error answers → our errors; decided on status and code, never on the message.

Source: Graph error responses; ``microsoft.graph`` error codes of Outlook, drives and the directory.
"""

from __future__ import annotations

from typing import Any

from connectors._errors import Broken, ConnectorError, Denied, Gone, Withheld


class Resync(Exception):  # noqa: N818 — it asks for an action, like the errors of this package
    """The delta token is void: list anew, from ``location`` if the service named one."""

    def __init__(self, location: str = "") -> None:
        super().__init__("delta token is void")
        self.location = location


_NO_MAILBOX = {"mailboxnotenabledforrestapi", "mailboxnotsupportedforrestapi"}
_RESYNC = {
    "syncstatenotfound",
    "syncstateinvalid",
    "resyncrequired",
    "resyncchangesapplydifferences",
    "resyncchangesuploaddifferences",
}
_MALWARE = {"malwaredetected", "virussuspicious"}


def problem(
    status: int, payload: Any, permission: str = "", location: str = ""
) -> ConnectorError | Resync:
    """Our error for a Graph error answer; decides on status and code, never on the message."""
    codes = _codes(payload)
    detail = f"HTTP {status} {codes[-1] if codes else ''}".strip()
    lower = {code.lower() for code in codes}
    if status == 410 or lower & _RESYNC:
        return Resync(location)
    if lower & _NO_MAILBOX or status == 402:
        return Denied(detail, reason="not_licensed")
    if lower & _MALWARE:
        return Withheld(detail, reason="service_error")
    if status in {401, 403, 423}:
        return Denied(detail, permission=permission)
    if status == 404:
        return Gone(detail)
    if status in {405, 415, 501}:
        return Withheld(detail, reason="unsupported_format")
    return Broken(detail)


def _codes(payload: Any) -> list[str]:
    """error.code and every innerError.code, outermost first."""
    found: list[str] = []
    node = payload.get("error") if isinstance(payload, dict) else None
    while isinstance(node, dict) and len(found) < 6:
        if isinstance(code := node.get("code"), str):
            found.append(code[:80])
        node = node.get("innerError") or node.get("innererror")
    return found
