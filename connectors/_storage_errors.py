"""What the answers of Azure storage mean for an audit, decided on status and code alone.

Source: Blob service REST API, storage error codes.
"""

from __future__ import annotations

from connectors._errors import Broken, ConnectorError, Denied, Gone, Withheld

READER = "Storage Blob Data Reader"

ASKED_TO_WAIT = frozenset({429, 503})


class BeyondEnd(Broken):
    """A range that starts where the blob has ended."""


_WITHHELD = {
    "BlobArchived": "archived_tier",
    "BlobBeingRehydrated": "archived_tier",
    "BlobUsesCustomerSpecifiedEncryption": "encrypted",
    "SnapshotsPresent": "service_error",
}


def refusal(status: int, code: str, permission: str = READER) -> ConnectorError:
    """Our error for an answer of storage; decided on status and code, never on the message."""
    detail = f"HTTP {status} {code}".strip()
    if reason := _WITHHELD.get(code):
        return Withheld(detail, reason=reason)
    if status in {401, 403} or code == "PublicAccessNotPermitted":
        firewall = code == "AuthorizationFailure"  # the network rules of the account, not a role
        return Denied(detail, permission="" if firewall else permission)
    if status == 404 or code in {"ContainerBeingDeleted", "ContainerDisabled"}:
        return Gone(detail)
    if status in {304, 412}:
        return Broken(detail, reason="changed_while_read")
    if status == 416:
        return BeyondEnd(detail)
    return Broken(detail, reason="throttled" if status in ASKED_TO_WAIT else "")
