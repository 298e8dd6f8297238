"""Graph's mail: folders, messages by delta and one by one, attachments, MIME.

Not imitated: search folders, archive mailboxes, ``outlook.body-content-type``, ``$filter`` of a
delta. A few delta rounds contain an empty page that still has a nextLink, as the service's do.
"""

from __future__ import annotations

import zlib
from typing import Any
from urllib.parse import quote

from connectors._sample_tenant._directory import mailbox_owner
from connectors._sample_tenant._messages import (
    BODY,
    REGULAR,
    Writer,
    attachment,
    folder_tag,
    removed,
)
from connectors._sample_tenant._model import Attachment, Message, User
from connectors._sample_tenant._query import count, link, options, preferences, select, selected
from connectors._sample_tenant._roles import Role, allowed, denial, require
from connectors._sample_tenant._state import FolderBox, State
from connectors._sample_tenant._wire import Answer, Call, Refusal, data, refuse

_WELL_KNOWN = {
    "inbox": "受信トレイ",
    "sentitems": "送信済みアイテム",
    "deleteditems": "削除済みアイテム",
    "drafts": "下書き",
    "junkemail": "迷惑メール",
    "archive": "アーカイブ",
    "conversationhistory": "会話の履歴",
}
_MOST = 1000


class Mail:
    """Answers about mailboxes."""

    def __init__(self, state: State, base: str) -> None:
        """Serve the mailboxes of ``state``; ``base`` is the URL of v1.0."""
        self._state = state
        self._base = base
        self._origin = base.removesuffix("/v1.0")
        self._writer = Writer(state.people)

    # ----------------------------------------------------------------------------------- folders

    def folders(self, call: Call) -> Answer:
        """GET mailFolders, or childFolders of one: ten a page where ``$top`` says nothing else."""
        options(call, ("$select", "$top", "$skip"))
        require(call, Role.MAIL_BASIC)
        user = mailbox_owner(self._state, call)
        boxes = self._state.mailbox(user)
        parent = self._state.root_folder(user)
        if len(call.segments) > 3:
            if call.segments[3] == "recoverableitemsroot" and all(b.parent for b in boxes.values()):
                parent = "none"
            else:
                parent = self._folder(user, call.segments[3]).id
        hidden = call.query.get("includeHiddenFolders", "").lower() == "true"
        found = [b for b in boxes.values() if b.parent == parent and (hidden or not b.hidden)]
        chosen = select(call, "mailFolder")
        top, skip = count(call, "$top", 10, _MOST), count(call, "$skip", 0, 1 << 31)
        extra = {}
        if skip + top < len(found):
            following = {**call.query, "$skip": str(skip + top)}
            extra["@odata.nextLink"] = link(self._origin + call.path, following)
        values = [self._folder_value(b, boxes, chosen) for b in found[skip : skip + top]]
        return self._collection(user, "mailFolders", values, extra)

    def folder(self, call: Call) -> Answer:
        """GET mailFolders/{id}."""
        options(call, ("$select",))
        require(call, Role.MAIL_BASIC)
        user = mailbox_owner(self._state, call)
        box = self._folder(user, call.segments[3])
        value = self._folder_value(box, self._state.mailbox(user), select(call, "mailFolder"))
        context = f"{self._base}/$metadata#users('{user.id}')/mailFolders/$entity"
        return data({"@odata.context": context, **value})

    def _folder(self, user: User, name: str) -> FolderBox:
        boxes = self._state.mailbox(user)
        box = boxes.get(name)
        if name.lower().startswith("recoverableitems"):
            return self._dumpster(user, name.lower().removeprefix("recoverableitems"))
        if box is None and (known := _WELL_KNOWN.get(name.lower())):
            root = self._state.root_folder(user)
            box = next((b for b in boxes.values() if b.parent == root and b.name == known), None)
        if box is None:
            raise _not_found()
        return box

    def _dumpster(self, user: User, name: str) -> FolderBox:
        """The root of what can be recovered, or one of its folders."""
        boxes = self._state.mailbox(user)
        root = next((b for b in boxes.values() if not b.parent), None)
        if root is None or name == "root":
            found = root
        else:
            inner = (boxes[c] for c in root.children)
            found = next((b for b in inner if b.name.lower() == name), None)
        if found is None:
            raise _not_found()
        return found

    @staticmethod
    def _folder_value(
        box: FolderBox, boxes: dict[str, FolderBox], chosen: tuple[str, ...]
    ) -> dict[str, Any]:
        whole = {
            "id": box.id,
            "displayName": box.name,
            "parentFolderId": box.parent,
            "childFolderCount": len([c for c in box.children if c in boxes]),
            "unreadItemCount": 0,
            "totalItemCount": len(box.messages),
            "isHidden": box.hidden,
        }
        return {n: whole[n] for n in dict.fromkeys((*chosen, "id"))} if chosen else whole

    # ------------------------------------------------------------------------------------- delta

    def delta(self, call: Call) -> Answer:
        """GET mailFolders/{id}/messages/delta: a round of pages, then what changed since."""
        options(call, ("$select", "$top", "$skiptoken", "$deltatoken"))
        require(call, Role.MAIL_BASIC)
        user = mailbox_owner(self._state, call)
        box = self._folder(user, call.segments[3])
        prefer = preferences(call)
        token = call.query.get("$skiptoken") or call.query.get("$deltatoken")
        if token is None:
            mode, place, serial, pages = "all", 0, self._state.serial, 0
            text = ",".join(select(call, "message"))
            top = count(call, "$top", 0, _MOST) if "$top" in call.query else 0
        else:
            parts = self._state.open(token)
            if (
                parts is None
                or parts[:3] != ["mail", user.id, box.id]
                or (parts[5] > self._state.serial)
            ):
                raise refuse(410, "syncStateNotFound", "The sync state generation is not found.")
            mode, place, serial, pages, text, top = parts[3:]
            call.kind = "message"
        size = _page_size(prefer) or top or 10
        chosen = selected(text, "message")
        immutable = prefer.get("idtype") == "ImmutableId"
        self._basic(call, chosen)
        write = self._writer.writer(
            chosen, box.id, immutable=immutable, basic=not allowed(call, Role.MAIL)
        )
        values: list[dict[str, Any]] = []
        more = True
        if mode == "all":
            if pages == 1 and zlib.crc32(box.id.encode()) % 4 == 0:
                pass  # the empty page of the class documentation
            else:
                place, values, more = _snapshot(box, place, size, write)
        else:
            serial, values, more = _changes(box, serial, size, write, immutable=immutable)
        shape = f"$metadata#users('{user.id}')/mailFolders('{box.id}')/messages"
        answer: dict[str, Any] = {"@odata.context": f"{self._base}/{shape}", "value": values}
        url = self._origin + call.path
        head = ("mail", user.id, box.id)
        if more:
            sealed = self._state.seal(*head, mode, place, serial, pages + 1, text, top)
            answer["@odata.nextLink"] = link(url, {"$skiptoken": sealed})
        else:
            sealed = self._state.seal(*head, "changes", 0, serial, 0, text, top)
            answer["@odata.deltaLink"] = link(url, {"$deltatoken": sealed})
        found = data(answer)
        if "odata.maxpagesize" in prefer:
            found.headers["preference-applied"] = f"odata.maxpagesize={size}"
        return found

    @staticmethod
    def _basic(call: Call, chosen: tuple[str, ...]) -> None:
        if not allowed(call, Role.MAIL) and not BODY.isdisjoint(chosen):
            raise denial(Role.MAIL)

    # ---------------------------------------------------------------------------------- messages

    def message(self, call: Call) -> Answer:
        """GET messages/{id}."""
        options(call, ("$select",))
        require(call, Role.MAIL_BASIC)
        user = mailbox_owner(self._state, call)
        box, message = self._message(user, call.segments[3])
        chosen = select(call, "message")
        self._basic(call, chosen)
        immutable = preferences(call).get("idtype") == "ImmutableId"
        basic = not allowed(call, Role.MAIL)
        write = self._writer.writer(chosen, box.id, immutable=immutable, basic=basic)
        context = f"{self._base}/$metadata#users('{user.id}')/messages/$entity"
        return data({"@odata.context": context, **write(message)})

    def mime(self, call: Call) -> Answer:
        """GET messages/{id}/$value: the whole message as it was sent."""
        options(call, ())
        require(call, Role.MAIL)
        _, message = self._message(mailbox_owner(self._state, call), call.segments[3])
        return Answer(200, message.mime(), {"content-type": "text/plain"})

    def attachments(self, call: Call) -> Answer:
        """GET messages/{id}/attachments."""
        options(call, ("$select",))
        require(call, Role.MAIL)
        user = mailbox_owner(self._state, call)
        _, message = self._message(user, call.segments[3])
        chosen = select(call, "attachment")
        values = [attachment(one, message, chosen, listed=True) for one in message.attachments]
        return self._collection(user, f"messages('{quote(message.id)}')/attachments", values, {})

    def attachment(self, call: Call) -> Answer:
        """GET messages/{id}/attachments/{id}."""
        options(call, ("$select",))
        require(call, Role.MAIL)
        user = mailbox_owner(self._state, call)
        message, one = self._attachment(user, call)
        value = attachment(one, message, select(call, "attachment"), listed=False)
        shape = f"$metadata#users('{user.id}')/messages('{quote(message.id)}')/attachments/$entity"
        return data({"@odata.context": f"{self._base}/{shape}", **value})

    def attachment_value(self, call: Call) -> Answer:
        """GET messages/{id}/attachments/{id}/$value: raw bytes, or MIME of an attached message."""
        options(call, ())
        require(call, Role.MAIL)
        _, one = self._attachment(mailbox_owner(self._state, call), call)
        if one.kind == "reference":
            raise refuse(
                405,
                "ErrorInvalidRequest",
                "The OData request is not supported: reference attachment.",
            )
        kind = "text/plain" if one.kind == "item" else one.content_type
        return Answer(200, one.data(), {"content-type": kind or "application/octet-stream"})

    def _attachment(self, user: User, call: Call) -> tuple[Message, Attachment]:
        _, message = self._message(user, call.segments[3])
        for one in message.attachments:
            if one.id == call.segments[5]:
                return message, one
        raise _not_found()

    def _message(self, user: User, identifier: str) -> tuple[FolderBox, Message]:
        """A message of a mailbox by its immutable id, or by the regular id of its folder."""
        for box in self._state.mailbox(user).values():
            prefix = REGULAR + folder_tag(box.id)
            found = box.messages.get(identifier)
            if found is None and identifier.startswith(prefix):
                found = box.messages.get(identifier.removeprefix(prefix))
            if found is not None:
                return box, found
        raise _not_found()

    def _collection(
        self, user: User, name: str, values: list[dict[str, Any]], extra: dict[str, str]
    ) -> Answer:
        context = f"{self._base}/$metadata#users('{user.id}')/{name}"
        return data({"@odata.context": context, "value": values, **extra})


def _snapshot(
    box: FolderBox, place: int, size: int, write: Any
) -> tuple[int, list[dict[str, Any]], bool]:
    values: list[dict[str, Any]] = []
    for at, message in box.messages.rows(place):
        if len(values) == size:
            return at, values, True
        values.append(write(message))
    return box.messages.end, values, False


def _changes(
    box: FolderBox, serial: int, size: int, write: Any, *, immutable: bool
) -> tuple[int, list[dict[str, Any]], bool]:
    found = box.messages.since(serial)
    values = [
        removed(identifier, box.id, immutable=immutable) if now is None else write(now)
        for _, identifier, now in found[:size]
    ]
    return (found[:size][-1][0] if found else serial), values, len(found) > size


def _page_size(prefer: dict[str, str]) -> int:
    text = prefer.get("odata.maxpagesize", "")
    return min(int(text), _MOST) if text.isascii() and text.isdigit() and int(text) > 0 else 0


def _not_found() -> Refusal:
    return refuse(404, "ErrorItemNotFound", "The specified object was not found in the store.")
