"""Collecting the hand-written core: mails, files and blobs, with what is planted in each."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

from connectors._sample_tenant._company_keys import (
    base32,
    blob_etag,
    code,
    draw,
    guid,
    hash_text,
    token,
)
from connectors._sample_tenant._company_sharing import Permission
from connectors._sample_tenant._documents import MAIL_TYPE
from connectors._sample_tenant._documents_mime import mime
from connectors._sample_tenant._intune import Intune
from connectors._sample_tenant._model import (
    Attachment,
    Blob,
    DriveFile,
    Message,
    Planted,
    SiteList,
    SitePage,
)
from connectors._sample_tenant._model_dataverse import Environment
from connectors._sample_tenant._model_storage import Storage
from connectors._sample_tenant._model_teams import Chat, Group

INBOX = "受信トレイ"
SENT = "送信済みアイテム"
DELETED = "削除済みアイテム"
DRAFTS = "下書き"
HIDDEN = "会話の履歴"
DUMPSTER = "Recoverable Items"
YEAR_END = f"{INBOX}/年末調整/令和7年分"
ENTRY = f"{INBOX}/入社手続"
HIGH, LOW, SAMPLE, NONE = "high", "low", "sample", "none"
ID_TAIL = 4
"""Characters after the position in the id of a message."""
_PREFIX = "AAkALgAAAAAAHYQDEapmEc2byACqAC-EWg0A"


def day(year: int, month: int, date: int, hour: int = 0, minute: int = 30) -> datetime:
    """A moment in UTC; nine hours later on the clocks of the company."""
    return datetime(year, month, date, hour, minute, tzinfo=UTC)


_MARCH = day(2026, 3, 2)
_FEBRUARY = day(2026, 2, 10)


def label(place: tuple[str, str], names: Mapping[str, str]) -> str:
    """A drive as people name it: its site (for a OneDrive the name of its owner) and its name."""
    return f"{names.get(place[0], place[0])} › {place[1]}"


def message_id(entropy: bytes, place: int) -> str:
    """An immutable id; position ``place`` stands before the last four characters."""
    return f"{_PREFIX}{token(entropy, 46)}{code(place)}AAA="


def file_id(entropy: bytes, place: int) -> str:
    """A drive item id of 34 characters; the last six are the position ``place``."""
    return f"01{base32(entropy, 26)}{code(place)}"


@dataclass(frozen=True, slots=True)
class Plant:
    """Numbers put into an item, and what an audit must say of them."""

    numbers: tuple[str, ...] = field(repr=False)
    confidence: str = HIGH
    note: str = ""


def lookalike(note: str, *numbers: str) -> Plant:
    """Numbers that must not be reported."""
    return Plant(numbers, NONE, note)


@dataclass(frozen=True, slots=True)
class Draft:
    """A mail about to be put into a folder."""

    subject: str
    body: str = field(repr=False)
    sender: str
    to: tuple[str, ...] = ()
    cc: tuple[str, ...] = ()
    bcc: tuple[str, ...] = ()
    when: datetime = _MARCH
    body_type: str = "text"
    charset: str = "utf-8"
    attachments: tuple[Attachment, ...] = ()
    headers: tuple[tuple[str, str], ...] = ()
    """Beside those that every mail has."""


def held(data: bytes) -> Callable[[], bytes]:
    """A function that gives back bytes already made."""
    return partial(bytes, data)


def attach(
    seed: int,
    name: str,
    media_type: str,
    data: bytes,
    *,
    inline: bool = False,
    kind: str = "file",
    url: str = "",
) -> Attachment:
    """An attachment whose id depends on its name and bytes."""
    identity = f"{_PREFIX}{token(draw(seed, 'attachment', name, data), 60)}BEgAQA"
    return Attachment(identity, name, media_type, held(data), inline, kind, url)


def wire(draft: Draft, entropy: bytes) -> bytes:
    """The draft as it travels; entropy makes its boundaries and its Message-ID."""
    mark = token(entropy, 24).replace("-", "x").replace("_", "y")
    head = "".join(f"{name}: {text}\r\n" for name, text in draft.headers)
    return head.encode("ascii") + mime(
        mark=mark,
        subject=draft.subject,
        sender=draft.sender,
        to=draft.to,
        cc=draft.cc,
        when=draft.when,
        body=draft.body,
        body_type=draft.body_type,
        charset=draft.charset,
        attachments=draft.attachments,
    )


def message(draft: Draft, entropy: bytes, place: int) -> Message:
    """The message a draft becomes; its MIME is written when asked for."""
    return Message(
        message_id(entropy, place),
        f"CQAAABYAAAB{token(entropy[16:], 24)}",
        draft.subject,
        draft.body,
        draft.sender,
        draft.to,
        draft.cc,
        draft.bcc,
        draft.when,
        draft.attachments,
        partial(wire, draft, entropy),
        draft.body_type,
    )


class Core:
    """What was written by hand: the same for every size of the company."""

    def __init__(self, seed: int, names: Mapping[str, str]) -> None:
        """Begin with nothing; ``names`` gives the name of the user at an address."""
        self.seed = seed
        self._names = names
        self.mails: dict[tuple[str, str], list[Message]] = {}
        """(mailbox, folder path) → messages."""
        self.files: dict[tuple[str, str], list[DriveFile]] = {}
        """(site, drive) → files."""
        self.blobs: dict[str, list[Blob]] = {}
        """Container → blobs."""
        self.lists: dict[str, list[SiteList]] = {}
        """Site → lists that are no libraries."""
        self.pages: dict[str, list[SitePage]] = {}
        """Site → pages."""
        self.groups: tuple[Group, ...] = ()
        self.chats: tuple[Chat, ...] = ()
        self.intune = Intune({})
        self.dataverse = Environment()
        self.storage = Storage()
        self.planted: list[Planted] = []
        self._count = 0

    def plant(
        self, source: str, partition: str, item: str, exposure: str, plants: Sequence[Plant]
    ) -> None:
        """Write down what an audit must say of an item."""
        for plant in plants:
            level = "" if plant.confidence == NONE else exposure
            self.planted += [
                Planted(number, source, partition, item, plant.confidence, level, plant.note)
                for number in plant.numbers
            ]

    def _key(self, kind: str) -> bytes:
        self._count += 1
        return draw(self.seed, "core", kind, self._count)

    def mail(self, box: str, folder: str, exposure: str, draft: Draft, *plants: Plant) -> None:
        """Put a mail into a folder of a mailbox."""
        made = message(draft, self._key("mail"), 0)
        self.mails.setdefault((box, folder), []).append(made)
        self.plant("mail", box, draft.subject, exposure, plants)

    def file(  # noqa: PLR0913 - the fields of a file
        self,
        place: tuple[str, str],
        path: str,
        media_type: str,
        data: bytes,
        permissions: Sequence[Permission],
        exposure: str,
        *plants: Plant,
        author: str,
        when: datetime = _FEBRUARY,
        source: str = "sharepoint",
    ) -> None:
        """Put a file into a drive; ``path`` is its folder and name."""
        folder, _, name = path.rpartition("/")
        entropy = self._key("file")
        identity = guid(entropy).upper()
        made = DriveFile(
            id=file_id(entropy, 0),
            name=name,
            folder=folder,
            size=len(data),
            ctag=f'"c:{{{identity}}},3"',
            etag=f'"{{{identity}}},4"',
            quick_xor_hash=hash_text(draw(self.seed, "content", data)),
            media_type=media_type,
            created=when,
            modified=when + timedelta(days=2, hours=3),
            created_by=author,
            data=held(data),
            permissions=tuple(permissions),
        )
        self.files.setdefault(place, []).append(made)
        self.plant(source, label(place, self._names), name, exposure, plants)

    def blob(
        self,
        container: str,
        name: str,
        media_type: str,
        data: Callable[[], bytes],
        exposure: str,
        *plants: Plant,
        size: int | None = None,
        tier: str = "Hot",
        **more: Any,
    ) -> None:
        """Put a blob into a container; ``size`` saves making the bytes, ``more`` is of ``Blob``."""
        entropy = self._key("blob")
        when = day(2026, 1, 8) + timedelta(hours=self._count)
        made = Blob(
            name=name,
            size=len(data()) if size is None else size,
            etag=blob_etag(entropy),
            media_type=media_type,
            created=when,
            modified=when + timedelta(minutes=7),
            tier=tier,
            data=data,
            **more,
        )
        self.blobs.setdefault(container, []).append(made)
        self.plant("blob", container, name, exposure, plants)


def nested(seed: int, name: str, draft: Draft, key: str) -> Attachment:
    """A mail as an attachment of another one."""
    inner = message(draft, draw(seed, "nested", key), 0)
    return attach(seed, name, MAIL_TYPE, inner.mime(), kind="item")
