"""The sample company as data: what the servers of this folder serve, and what was planted in it.

Everything is made lazily from a seed and an index, so that a tenant of a million items holds none
of them in memory: a sequence computes its n-th element when asked.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol


@dataclass(frozen=True, slots=True)
class User:
    """A directory user; ``purpose`` is the mailbox's userPurpose, "" where there is no mailbox."""

    id: str
    upn: str
    mail: str
    display_name: str
    user_type: str = "Member"
    purpose: str = "user"
    enabled: bool = True
    denied: bool = False
    """Reading this mailbox answers 403 ErrorAccessDenied."""
    forwards: tuple[str, ...] = ()
    """Addresses that an inbox rule forwards everything to."""
    archive: bool = False
    """It has an in-place archive."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """One attachment; ``kind`` is file, item or reference."""

    id: str
    name: str
    content_type: str
    data: Callable[[], bytes] = field(repr=False)
    """Raw bytes; for an item attachment its MIME; for a reference attachment b""."""
    inline: bool = False
    kind: str = "file"
    source_url: str = ""


@dataclass(frozen=True, slots=True)
class Message:
    """A mail. ``mime`` gives the whole message as sent, attachments included."""

    id: str
    change_key: str
    subject: str
    html: str = field(repr=False)
    sender: str
    to: tuple[str, ...]
    cc: tuple[str, ...]
    bcc: tuple[str, ...]
    received: datetime
    attachments: tuple[Attachment, ...]
    mime: Callable[[], bytes] = field(repr=False)
    body_type: str = "html"


@dataclass(frozen=True, slots=True)
class MailFolder:
    """A mail folder with its children and messages."""

    id: str
    name: str
    messages: Sequence[Message] = field(repr=False)
    children: tuple[MailFolder, ...] = ()
    hidden: bool = False
    recoverable: bool = False
    """The root of the dumpster: reached by its well-known name alone."""


@dataclass(frozen=True, slots=True)
class Version:
    """An earlier version of a file."""

    id: str
    modified: datetime
    data: Callable[[], bytes] = field(repr=False)


@dataclass(frozen=True, slots=True)
class DriveFile:
    """A file in a drive; ``folder`` is its path below the root, "" at the root."""

    id: str
    name: str
    folder: str
    size: int
    ctag: str
    etag: str
    quick_xor_hash: str
    media_type: str
    created: datetime
    modified: datetime
    created_by: str
    """Address of a user."""
    data: Callable[[], bytes] = field(repr=False)
    permissions: tuple[dict[str, Any], ...] = ()
    """As Graph returns them (v1.0 permission resources)."""
    versions: tuple[Version, ...] = ()
    """Earlier ones, newest first."""


@dataclass(frozen=True, slots=True)
class Drive:
    """A document library or a OneDrive."""

    id: str
    name: str
    files: Sequence[DriveFile] = field(repr=False)
    drive_type: str = "documentLibrary"
    owner: str = ""
    hidden: bool = False
    """A system library, listed only when ``$select`` names ``system``."""


@dataclass(frozen=True, slots=True)
class ListRow:
    """A row of a list."""

    id: str
    fields: dict[str, Any] = field(repr=False)
    """By internal name, as Graph writes them."""
    etag: str
    created: datetime
    modified: datetime
    created_by: str
    permissions: tuple[dict[str, Any], ...] = ()
    attachments: bool = False


@dataclass(frozen=True, slots=True)
class SiteList:
    """A list that is no library."""

    id: str
    name: str
    columns: tuple[tuple[str, str], ...]
    """Internal name and the header that people see."""
    rows: Sequence[ListRow] = field(repr=False)
    template: str = "genericList"


@dataclass(frozen=True, slots=True)
class SitePage:
    """A site page with the texts of its canvas."""

    id: str
    name: str
    title: str
    modified: datetime
    created_by: str
    texts: tuple[str, ...] = field(default=(), repr=False)
    """HTML of text web parts."""
    data: dict[str, Any] = field(default_factory=dict, repr=False)
    """What another web part holds (``serverProcessedContent``)."""
    description: str = ""


@dataclass(frozen=True, slots=True)
class Deleted:
    """Something in a recycle bin."""

    id: str
    name: str
    folder: str
    """The address of the folder it lay in, relative to the site."""
    size: int
    when: datetime
    by: str
    """Address of a user."""


@dataclass(frozen=True, slots=True)
class Site:
    """A site collection, or a personal site (OneDrive)."""

    id: str
    name: str
    web_url: str
    drives: tuple[Drive, ...]
    personal: bool = False
    locked: bool = False
    """Every request below it answers 423 resourceLocked."""
    parent: str = ""
    """Id of the site that this one is a subsite of."""
    lists: tuple[SiteList, ...] = ()
    pages: tuple[SitePage, ...] = ()
    permissions: tuple[dict[str, Any], ...] = ()
    """Of the root of its first library."""
    deleted: tuple[Deleted, ...] = ()
    """What lies in its recycle bin."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier version of a blob, or a snapshot of it."""

    when: datetime
    etag: str
    data: Callable[[], bytes] = field(repr=False)
    snapshot: bool = False
    deleted: datetime | None = None


@dataclass(frozen=True, slots=True)
class Blob:
    """A blob, or a folder of a hierarchical account (``kind`` directory)."""

    name: str
    size: int
    etag: str
    media_type: str
    created: datetime
    modified: datetime
    tier: str
    data: Callable[[], bytes] = field(repr=False)
    kind: str = "BlockBlob"
    metadata: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    tags: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    earlier: tuple[Earlier, ...] = ()
    """Oldest first."""
    current: bool = True
    """False for one that was deleted and of which only earlier versions are left."""
    deleted: datetime | None = None
    """Set while a deleted blob is kept."""
    customer_key: bool = False
    """Encrypted with a key that every request has to bring."""


@dataclass(frozen=True, slots=True)
class Container:
    """A blob container; ``public_access`` is "", blob or container."""

    name: str
    blobs: Sequence[Blob] = field(repr=False)
    public_access: str = ""
    policies: tuple[tuple[str, str, datetime | None], ...] = ()
    """Stored access policies: id, permission, expiry."""
    deleted: datetime | None = None
    acls: Mapping[str, str] = field(default_factory=dict)
    """In a hierarchical account, access lists by path ("" = the root) where they differ."""


@dataclass(frozen=True, slots=True)
class Planted:
    """One number planted in the company, and what an audit must say of it."""

    number: str = field(repr=False)
    source: str
    partition: str
    """Mailbox address, drive name with its site, container name."""
    item: str
    """Subject or file name, as stored (it may hold the number itself)."""
    confidence: str
    """high, medium, low, sample — or ``none`` for a look-alike that must not be reported."""
    exposure: str
    """private, internal, external, public; "" for look-alikes."""
    note: str = ""


class World(Protocol):
    """The company. ``items`` is how many items there are in all sources together."""

    tenant_id: str
    domain: str
    name: str
    items: int
    account: str
    """Name of the storage account."""
    users: Sequence[User]
    sites: Sequence[Site]
    containers: Sequence[Container]
    planted: Sequence[Planted]

    def folders(self, user: User) -> tuple[MailFolder, ...]:
        """Top-level mail folders of a mailbox."""
        ...
