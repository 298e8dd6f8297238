"""Changes of the company while it is served: what a delta round then tells.

A change is a table with ``what`` (message, file, blob, container), ``do`` and fields:

- message: ``mailbox`` (address or id); to name one: ``id`` or ``subject``; ``add`` takes
  ``folder`` (id, or names joined by "/"; the first folder where absent), ``subject``, ``body``,
  ``body_type``, ``sender``, ``to``, ``cc``, ``bcc``, ``attachments`` (tables of ``name``,
  ``content_type``, ``data``, ``inline``, ``kind``); ``modify`` any of those; ``delete``; ``move``
  to ``folder``.
- file: ``drive`` (id, "site/drive" or the owner's address); to name one: ``id`` or ``path``;
  ``add`` takes ``path``, ``data``, ``media_type``, ``author``, ``permissions``; ``modify`` takes
  ``data``; ``delete``; ``rename`` to ``name``; ``move`` to ``folder``; ``share`` with
  ``permissions`` (all of them, as Graph writes them).
- blob: ``container``, ``name``; ``put`` takes ``data``, ``media_type``, ``tier``; ``delete``.
- container: ``name``; ``expose`` with ``access`` ("", blob, container).
- chat: ``place`` (id of a channel or chat); ``add`` takes ``sender``, ``body``, ``reply_to``;
  ``edit`` (``id``) takes ``body``; ``delete`` (``id``).
- entry: ``list`` ("site/list"); ``modify`` (``id``) takes ``fields`` that change.
- row: ``table`` (logical name); ``add`` takes ``values``, ``modify`` (``id``) those that change;
  ``delete`` (``id``).

Bytes (``data``) are base64. The answer is ``{"id": …}``.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

from connectors._sample_tenant._company_keys import base32, blob_etag, draw, guid, hash_text
from connectors._sample_tenant._company_plan import Draft, message
from connectors._sample_tenant._dataverse_rows import Boxes
from connectors._sample_tenant._model import Attachment, Blob, DriveFile, Message
from connectors._sample_tenant._state import ContainerBox, DriveBox, FolderBox, State

Change = Mapping[str, Any]
_NOW = datetime(2026, 5, 1, 1, 0, tzinfo=UTC)


class Changes:
    """Applies changes to the state of one server."""

    def __init__(self, state: State, tables: Boxes) -> None:
        """Change ``state``, and the ``tables`` of Dataverse."""
        self._state = state
        self._known: dict[tuple[str, str], Callable[[Change], str]] = {
            ("message", "add"): self._add_message,
            ("message", "modify"): self._modify_message,
            ("message", "delete"): self._delete_message,
            ("message", "move"): self._move_message,
            ("file", "add"): self._add_file,
            ("file", "modify"): self._modify_file,
            ("file", "delete"): self._delete_file,
            ("file", "rename"): self._rename_file,
            ("file", "move"): self._move_file,
            ("file", "share"): self._share_file,
            ("blob", "put"): self._put_blob,
            ("blob", "delete"): self._delete_blob,
            ("container", "expose"): self._expose,
            ("chat", "add"): state.talk.change,
            ("chat", "edit"): state.talk.change,
            ("chat", "delete"): state.talk.change,
            ("entry", "modify"): self._modify_entry,
            ("row", "add"): partial(tables.change, state),
            ("row", "modify"): partial(tables.change, state),
            ("row", "delete"): partial(tables.change, state),
        }

    def apply(self, change: Change) -> str:
        """Make the change; returns the identifier. Raises KeyError for what does not exist."""
        return self._known[change["what"], change["do"]](change)

    def _draw(self) -> bytes:
        return draw(0, "change", self._state.serial + 1)

    def _when(self) -> datetime:
        return _NOW + timedelta(minutes=self._state.serial)

    # ---------------------------------------------------------------------------------- messages

    def _folders(self, change: Change) -> dict[str, FolderBox]:
        user = self._state.people.get(change["mailbox"].lower())
        return self._state.mailbox(user or self._state.users[change["mailbox"].lower()])

    def _folder(self, change: Change) -> FolderBox:
        boxes = self._folders(change)
        wanted = change.get("folder") or next(iter(boxes))
        if wanted in boxes:
            return boxes[wanted]
        for box in boxes.values():
            names, parent = [box.name], boxes.get(box.parent)
            while parent is not None:
                names.insert(0, parent.name)
                parent = boxes.get(parent.parent)
            if "/".join(names) == wanted:
                return box
        raise KeyError("folder")

    def _message(self, change: Change) -> tuple[FolderBox, Message]:
        for box in self._folders(change).values():
            if "id" in change:
                found = box.messages.get(change["id"])
            else:
                rows = (m for _, m in box.messages.rows(0))
                found = next((m for m in rows if m.subject == change["subject"]), None)
            if found is not None:
                return box, found
        raise KeyError("message")

    def _made(self, change: Change, old: Message | None) -> Message:
        def field(name: str, default: Any) -> Any:
            return change.get(name, default)

        given = change.get("attachments")
        held = old.attachments if old else ()
        draft = Draft(
            subject=field("new_subject" if old else "subject", old.subject if old else ""),
            body=field("body", old.html if old else ""),
            sender=field("sender", old.sender if old else change["mailbox"]),
            to=tuple(field("to", old.to if old else (change["mailbox"],))),
            cc=tuple(field("cc", old.cc if old else ())),
            bcc=tuple(field("bcc", old.bcc if old else ())),
            when=old.received if old else self._when(),
            body_type=field("body_type", old.body_type if old else "html"),
            attachments=held if given is None else _attachments(given, self._draw()),
        )
        made = message(draft, self._draw(), 0)
        return made if old is None else replace(made, id=old.id)

    def _add_message(self, change: Change) -> str:
        box, made = self._folder(change), self._made(change, None)
        box.messages.put(self._state.tick(), made)
        return made.id

    def _modify_message(self, change: Change) -> str:
        box, old = self._message(change)
        made = self._made(change, old)
        box.messages.put(self._state.tick(), made)
        return made.id

    def _delete_message(self, change: Change) -> str:
        box, old = self._message(change)
        box.messages.remove(self._state.tick(), old.id)
        return old.id

    def _move_message(self, change: Change) -> str:
        box, old = self._message(change)
        there = self._folder(change)
        box.messages.remove(self._state.tick(), old.id)
        there.messages.put(self._state.tick(), old)
        return old.id

    # ------------------------------------------------------------------------------------- files

    def _drive(self, change: Change) -> DriveBox:
        wanted = change["drive"]
        for box in self._state.drives.values():
            names = {box.drive.id, f"{box.site.name}/{box.drive.name}", box.drive.owner}
            if wanted in names:
                return box
        raise KeyError("drive")

    def _file(self, change: Change) -> tuple[DriveBox, DriveFile]:
        box = self._drive(change)
        if "id" in change:
            found = box.files.get(change["id"])
        else:
            rows = (file for _, file in box.files.rows(0))
            found = next((f for f in rows if _path(f) == change["path"]), None)
        if found is None:
            raise KeyError("file")
        return box, found

    def _put(self, box: DriveBox, file: DriveFile) -> str:
        """Store with new tags; the content's own tag changes only with the content."""
        serial = self._state.tick()
        box.files.put(serial, replace(file, etag=_tag(file.etag, serial)))
        return file.id

    def _add_file(self, change: Change) -> str:
        box = self._drive(change)
        folder, _, name = change["path"].rpartition("/")
        entropy, data = self._draw(), base64.b64decode(change["data"])
        identity = guid(entropy).upper()
        others = next((f.permissions for _, f in box.files.rows(0)), ())
        return self._put(
            box,
            DriveFile(
                id=f"01{base32(entropy, 32)}",
                name=name,
                folder=folder,
                size=len(data),
                ctag=f'"c:{{{identity}}},1"',
                etag=f'"{{{identity}}},1"',
                quick_xor_hash=hash_text(draw(0, data)),
                media_type=change.get("media_type", "application/octet-stream"),
                created=self._when(),
                modified=self._when(),
                created_by=change.get("author", box.drive.owner),
                data=partial(bytes, data),
                permissions=tuple(change.get("permissions", others)),
            ),
        )

    def _modify_file(self, change: Change) -> str:
        box, old = self._file(change)
        data = base64.b64decode(change["data"])
        made = replace(
            old,
            data=partial(bytes, data),
            size=len(data),
            ctag=_tag(old.ctag, self._state.serial + 1),
            quick_xor_hash=hash_text(draw(0, data)),
            modified=self._when(),
        )
        return self._put(box, made)

    def _delete_file(self, change: Change) -> str:
        box, old = self._file(change)
        box.files.remove(self._state.tick(), old.id)
        return old.id

    def _rename_file(self, change: Change) -> str:
        box, old = self._file(change)
        return self._put(box, replace(old, name=change["name"]))

    def _move_file(self, change: Change) -> str:
        box, old = self._file(change)
        return self._put(box, replace(old, folder=change["folder"]))

    def _share_file(self, change: Change) -> str:
        box, old = self._file(change)
        return self._put(box, replace(old, permissions=tuple(change["permissions"])))

    def _modify_entry(self, change: Change) -> str:
        boxes = self._state.lists.values()
        box = next(b for b in boxes if f"{b.site.name}/{b.list.name}" == change["list"])
        if (old := box.rows.get(change["id"])) is None:
            raise KeyError(change["id"])
        serial, fields = self._state.tick(), {**old.fields, **change["fields"]}
        box.rows.put(serial, replace(old, fields=fields, etag=f"{old.etag},{serial}"))
        return old.id

    # ------------------------------------------------------------------------------------- blobs

    def _container(self, name: str) -> ContainerBox:
        return self._state.containers[name]

    def _put_blob(self, change: Change) -> str:
        box, data = self._container(change["container"]), base64.b64decode(change["data"])
        old = box.blobs.get(change["name"])
        made = Blob(
            name=change["name"],
            size=len(data),
            etag=blob_etag(self._draw()),
            media_type=change.get("media_type", "application/octet-stream"),
            created=old.created if old else self._when(),
            modified=self._when(),
            tier=change.get("tier", "Hot"),
            data=partial(bytes, data),
        )
        box.blobs.put(self._state.tick(), made)
        return made.name

    def _delete_blob(self, change: Change) -> str:
        self._container(change["container"]).blobs.remove(self._state.tick(), change["name"])
        return str(change["name"])

    def _expose(self, change: Change) -> str:
        self._container(change["name"]).access = change["access"]
        return str(change["name"])


def _path(file: DriveFile) -> str:
    return f"{file.folder}/{file.name}" if file.folder else file.name


def _tag(old: str, serial: int) -> str:
    return f"{old.strip(chr(34)).rpartition(',')[0]},{100 + serial}".join('""')


def _attachments(tables: Iterable[Change], entropy: bytes) -> tuple[Attachment, ...]:
    found: Sequence[Attachment] = [
        Attachment(
            id=f"AAkALgAAAAAAHYQD{base32(draw(0, entropy, number), 40)}BEgAQA",
            name=one["name"],
            content_type=one.get("content_type", "application/octet-stream"),
            data=partial(base64.b64decode, one.get("data", "")),
            inline=bool(one.get("inline")),
            kind=one.get("kind", "file"),
        )
        for number, one in enumerate(tables)
    ]
    return tuple(found)
