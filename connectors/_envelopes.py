"""What a mail says beside its body: recipients, and the headers that somebody wrote.

Source: Graph v1.0 ``message`` (``internetMessageHeaders`` come only when selected).
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Any

_RECIPIENTS = ("toRecipients", "ccRecipients", "bccRecipients")
_TRANSPORT = frozenset(
    "subject received received-spf return-path message-id references in-reply-to date mime-version "
    "content-type content-transfer-encoding content-language thread-index accept-language "
    "authentication-results authentication-results-original dkim-signature "
    "domainkey-signature x-originating-ip x-mailer user-agent x-tmn x-eopattributedmessage "
    "x-eoptenantattributedmessage".split()
)
_TRANSPORT_FAMILIES = (
    "arc-", "x-ms-", "x-microsoft-", "x-forefront-", "x-exchange-", "x-incoming", "x-store-info",
)  # fmt: skip
"""Headers that mail servers write for each other; the subject is the item's name."""


def recipients_of(value: Mapping[str, Any]) -> tuple[str, ...]:
    """Addresses of everybody a message went to."""
    return tuple(
        str(address)
        for field in _RECIPIENTS
        for entry in value.get(field) or ()
        if (address := (entry.get("emailAddress") or {}).get("address"))
    )


def headers_of(value: Mapping[str, Any]) -> bytes:
    """The headers that people or their programs wrote, as a message without a body.

    Where the service gives none (a draft), sender and recipients with their names stand in.
    """
    told = value.get("internetMessageHeaders") or ()
    lines = [(str(h.get("name")), str(h.get("value"))) for h in told if _written(h.get("name"))]
    if not told:
        lines = [("X-Name", name) for name in _names(value) if any(map(str.isdigit, name))]
    if not lines:
        return b""
    text = "".join(f"{_plain(name, '-')}: {_plain(text)}\r\n" for name, text in lines)
    return f"{text}\r\n".encode("utf-8", "surrogatepass")


@functools.lru_cache(4_096)
def _written(name: object) -> bool:
    lower = str(name or "received").lower()
    return lower not in _TRANSPORT and not lower.startswith(_TRANSPORT_FAMILIES)


def _names(value: Mapping[str, Any]) -> list[str]:
    people = [value.get("from") or {}]
    people += [entry for field in _RECIPIENTS for entry in value.get(field) or ()]
    return [str((one.get("emailAddress") or {}).get("name") or "") for one in people]


def _plain(text: str, space: str = " ") -> str:
    """One line: a value with a line break in it must not begin another header."""
    return space.join(text.split())
