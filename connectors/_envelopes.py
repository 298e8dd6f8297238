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
    entries = [entry for field in _RECIPIENTS for entry in value.get(field) or ()]
    addresses = [(entry.get("emailAddress") or {}).get("address") for entry in entries]
    return tuple(str(address) for address in addresses if address)


def headers_of(value: Mapping[str, Any]) -> bytes:
    """The headers that people or their programs wrote, as a message without a body.

    Where the service gives none (a draft), sender and recipients with their names stand in.
    """
    told = value.get("internetMessageHeaders")
    lines = [
        f"{name}: {_plain(str(header.get('value')))}\r\n"
        for header in told or ()
        if (name := _written(header.get("name")))
    ]
    if not told:
        named = (name for name in _names(value) if any(map(str.isdigit, name)))
        lines = [f"X-Name: {_plain(name)}\r\n" for name in named]
    return "".join((*lines, "\r\n")).encode("utf-8", "surrogatepass") if lines else b""


@functools.lru_cache(4_096)
def _written(name: object) -> str:
    """The name of a header that is kept, on one line; "" for one that servers wrote."""
    lower = str(name or "received").lower()
    if lower in _TRANSPORT or lower.startswith(_TRANSPORT_FAMILIES):
        return ""
    return "-".join(str(name).split())


def _names(value: Mapping[str, Any]) -> list[str]:
    people = [value.get("from") or {}]
    people += [entry for field in _RECIPIENTS for entry in value.get(field) or ()]
    return [str((one.get("emailAddress") or {}).get("name") or "") for one in people]


def _plain(text: str) -> str:
    """One line: a value with a line break in it must not begin another header."""
    return text if text.isprintable() else " ".join(text.split())
