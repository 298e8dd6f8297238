"""Messages and attachments as Graph writes them."""

from __future__ import annotations

import base64
import email
import email.policy
import hashlib
import re
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from connectors._sample_tenant._model import Attachment, Message, User
from connectors._sample_tenant._wire import letters

REGULAR = "AAMk"
"""Begin of an id that a move changes: what is given without ``IdType="ImmutableId"``."""
INLINE_LIMIT = 3 << 20
"""Above this many bytes a listing leaves ``contentBytes`` out."""
_TAGS = re.compile(r"<(?:style|script)\b.*?</(?:style|script)>|<[^>]*>", re.DOTALL | re.IGNORECASE)
_KINDS = {"file": "fileAttachment", "item": "itemAttachment", "reference": "referenceAttachment"}
_DEFAULTS = (
    "createdDateTime lastModifiedDateTime changeKey categories receivedDateTime sentDateTime "
    "hasAttachments internetMessageId subject bodyPreview importance parentFolderId conversationId "
    "conversationIndex isDeliveryReceiptRequested isReadReceiptRequested isRead isDraft webLink "
    "inferenceClassification body sender from toRecipients ccRecipients bccRecipients replyTo "
    "flag id"
).split()
BODY = frozenset({"body", "bodyPreview", "uniqueBody"})
"""What Mail.ReadBasic does not show."""
_ESCAPED = str.maketrans({"+": "%2B", "/": "%2F", "=": "%3D"})
Getter = Callable[[Message], Any]


def folder_tag(folder: str) -> str:
    """Four letters that stand for the folder in a regular id."""
    return letters(hashlib.blake2b(folder.encode(), digest_size=2).digest())


def regular(identifier: str, folder: str) -> str:
    """The regular id of a message, which changes with its folder."""
    return f"{REGULAR}{folder_tag(folder)}{identifier}"


class Writer:
    """Turns messages of one mailbox tenant into dictionaries, property by property."""

    def __init__(self, people: dict[str, User]) -> None:
        """Know the display names of ``people`` (address → user)."""
        self._people = people
        self._recipients: dict[str, dict[str, Any]] = {}
        self._static: dict[str, Getter] = {
            "categories": lambda _: [],
            "changeKey": lambda m: m.change_key,
            "createdDateTime": lambda m: m.received,
            "lastModifiedDateTime": lambda m: m.received,
            "receivedDateTime": lambda m: m.received,
            "sentDateTime": lambda m: m.received,
            "bccRecipients": lambda m: self._all(m.bcc),
            "ccRecipients": lambda m: self._all(m.cc),
            "toRecipients": lambda m: self._all(m.to),
            "from": lambda m: self._one(m.sender),
            "sender": lambda m: self._one(m.sender),
            "replyTo": lambda _: [],
            "body": _body,
            "uniqueBody": _body,
            "bodyPreview": lambda m: " ".join(_TAGS.sub(" ", m.html).split())[:255],
            "conversationId": lambda m: f"AAQk{m.id[8:40]}",
            "conversationIndex": lambda m: base64.b64encode(m.id.encode()[-22:]).decode(),
            "flag": lambda _: {"flagStatus": "notFlagged"},
            "hasAttachments": lambda m: any(not one.inline for one in m.attachments),
            "importance": lambda _: "normal",
            "inferenceClassification": lambda _: "focused",
            "internetMessageHeaders": _headers,
            "internetMessageId": lambda m: (
                f"<{m.id[-24:].strip('=')}@{m.sender.rpartition('@')[2]}>"
            ),
            "isDeliveryReceiptRequested": lambda _: False,
            "isDraft": lambda _: False,
            "isRead": lambda _: True,
            "isReadReceiptRequested": lambda _: False,
            "subject": lambda m: m.subject,
            "webLink": lambda m: (
                f"https://outlook.office365.com/owa/?ItemID={m.id.translate(_ESCAPED)}"
                "&exvsurl=1&viewmodel=ReadMessageItem"
            ),
        }

    def _one(self, address: str) -> dict[str, Any]:
        found = self._recipients.get(address)
        if found is None:
            person = self._people.get(address.lower())
            name = person.display_name if person else address
            found = {"emailAddress": {"name": name, "address": address}}
            if len(self._recipients) < 4096:
                self._recipients[address] = found
        return found

    def _all(self, addresses: Sequence[str]) -> list[dict[str, Any]]:
        return [self._one(address) for address in addresses]

    def writer(
        self, chosen: Sequence[str], folder: str, *, immutable: bool, basic: bool
    ) -> Callable[[Message], dict[str, Any]]:
        """A function that writes the ``chosen`` properties of messages of one folder."""
        names = [name for name in chosen or _DEFAULTS if not (basic and name in BODY)]
        if not chosen:
            names.remove("id")
        getters = [
            (name, (lambda _: folder) if name == "parentFolderId" else self._static[name])
            for name in names
            if name != "id"
        ]

        def write(message: Message) -> dict[str, Any]:
            found = {"@odata.etag": f'W/"{message.change_key}"'}
            for name, getter in getters:
                found[name] = getter(message)
            found["id"] = message.id if immutable else regular(message.id, folder)
            return found

        return write


def _body(message: Message) -> dict[str, str]:
    return {"contentType": message.body_type, "content": message.html}


def _headers(message: Message) -> list[dict[str, str]]:
    parsed = email.message_from_bytes(message.mime(), policy=email.policy.compat32)
    return [{"name": name, "value": str(value)} for name, value in parsed.items()]


def removed(identifier: str, folder: str, *, immutable: bool) -> dict[str, Any]:
    """The entry of a message that left the folder."""
    return {
        "@odata.type": "#microsoft.graph.message",
        "id": identifier if immutable else regular(identifier, folder),
        "@removed": {"reason": "deleted"},
    }


def attachment(
    one: Attachment, owner: Message, chosen: Sequence[str], *, listed: bool
) -> dict[str, Any]:
    """An attachment with its properties; ``contentBytes`` of a large one only outside a list."""
    kind = _KINDS[one.kind]
    found: dict[str, Any] = {
        "@odata.type": f"#microsoft.graph.{kind}",
        "@odata.mediaContentType": one.content_type or "application/octet-stream",
        "id": one.id,
    }
    getters: dict[str, Callable[[], Any]] = {
        "lastModifiedDateTime": lambda: owner.received,
        "name": lambda: one.name,
        "contentType": lambda: one.content_type or None,
        "size": lambda: len(one.data()),
        "isInline": lambda: one.inline,
    }
    if one.kind == "file":
        getters["contentId"] = lambda: one.name if one.inline else None
        getters["contentLocation"] = lambda: None
        getters["contentBytes"] = partial(_base64, one.data)
    else:
        del found["@odata.mediaContentType"]
    for name in chosen or getters:
        if name in getters:
            if name == "contentBytes" and listed and len(one.data()) > INLINE_LIMIT:
                continue
            found[name] = getters[name]()
    return found


def _base64(data: Callable[[], bytes]) -> str:
    return base64.b64encode(data()).decode("ascii")
