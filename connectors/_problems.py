"""Graph's error answers → our errors; decided on status and code, never on the message.

Source: Graph error responses; ``microsoft.graph`` error codes of Outlook, drives and the directory.
"""

from __future__ import annotations

from typing import Any

from connectors._errors import Broken, ConnectorError, Denied, Gone, Withheld


class Resync(Gone):
    """The delta token is void: list anew, from ``location`` if the service named one."""

    def __init__(self, detail: str = "", location: str = "") -> None:
        super().__init__(detail)
        self.location = location


_NO_MAILBOX = {
    "mailboxnotenabledforrestapi",
    "mailboxnotsupportedforrestapi",
    "errornonexistentmailbox",
}
_RESYNC = {
    "syncstatenotfound",
    "syncstateinvalid",
    "resyncrequired",
    "resyncchangesapplydifferences",
    "resyncchangesuploaddifferences",
}
_MALWARE = {"malwaredetected", "virussuspicious"}
_NO_SUCH_ID = {"errorinvalididmalformed", "errorinvalidid"}
_NO_MIME = "errormimecontentconversionfailed"
"""Exchange cannot write this message as MIME, today or later (its answer is a 500)."""


def problem(status: int, payload: Any, permission: str = "", location: str = "") -> ConnectorError:
    """Our error for a Graph error answer.

    ``permission`` is named where granting it may open the door: not on a locked site (423).
    """
    codes = _codes(payload)
    detail = f"HTTP {status} {codes[-1] if codes else ''}".strip()
    lower = {code.lower() for code in codes}
    if status == 410 or lower & _RESYNC:
        return Resync(detail, location)
    if lower & _NO_MAILBOX or status == 402:
        return Denied(detail, reason="not_licensed")
    if lower & _MALWARE:
        return Withheld(detail, reason="service_error")
    if status in {401, 403, 423}:
        return Denied(detail, permission="" if status == 423 else permission)
    if status == 404 or lower & _NO_SUCH_ID:
        return Gone(detail)
    if status in {405, 415, 501} or _NO_MIME in lower:
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
