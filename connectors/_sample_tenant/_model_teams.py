"""What the sample company says in Teams and in group mailboxes, as data; see ``_model``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from connectors._sample_tenant._model import Attachment


@dataclass(frozen=True, slots=True)
class Hosted:
    """A picture pasted into a message."""

    id: str
    media_type: str
    data: Callable[[], bytes] = field(repr=False)


@dataclass(frozen=True, slots=True)
class ChatMessage:
    """A message of a channel or chat; in ``html``, ``{hosted}`` stands for the path of pictures."""

    id: str
    sender: str
    """Address of a user."""
    html: str = field(repr=False)
    created: datetime
    modified: datetime
    body_type: str = "html"
    reply_to: str = ""
    subject: str = ""
    summary: str = ""
    edited: bool = False
    deleted: bool = False
    """Its body is empty then."""
    attachments: tuple[dict[str, Any], ...] = field(default=(), repr=False)
    """As Graph returns them (chatMessageAttachment)."""
    hosted: tuple[Hosted, ...] = ()
    event: dict[str, Any] | None = None
    """An eventDetail makes it a message of the system."""


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody in a team, channel or chat."""

    address: str
    """Of a user, or of somebody of another tenant."""
    owner: bool = False
    tenant: str = ""
    """Id of another tenant."""
    since: datetime | None = None
    """Begin of the history that a member of a chat sees; None for all of it."""


@dataclass(frozen=True, slots=True)
class Channel:
    """A channel; ``kind`` is standard, private or shared."""

    id: str
    name: str
    messages: tuple[ChatMessage, ...] = field(repr=False)
    kind: str = "standard"
    members: tuple[Member, ...] = ()
    """Of a private or shared one; a standard one has its team's."""
    shared_with: tuple[str, ...] = ()
    """Ids of teams that it is an incoming channel of."""


@dataclass(frozen=True, slots=True)
class Post:
    """A mail in a thread of a group."""

    id: str
    sender: str
    html: str = field(repr=False)
    received: datetime
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True, slots=True)
class Thread:
    """A conversation in a group's mailbox."""

    id: str
    topic: str
    posts: tuple[Post, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Group:
    """A directory group; with ``channels`` it is a team, with ``unified`` it has a mailbox."""

    id: str
    name: str
    members: tuple[Member, ...]
    mail: str = ""
    unified: bool = False
    visibility: str = ""
    channels: tuple[Channel, ...] = ()
    threads: tuple[Thread, ...] = ()
    nested: tuple[str, ...] = ()
    """Ids of groups that are members."""


@dataclass(frozen=True, slots=True)
class Chat:
    """A chat; ``kind`` is oneOnOne, group or meeting."""

    id: str
    kind: str
    members: tuple[Member, ...]
    messages: tuple[ChatMessage, ...] = field(repr=False)
    topic: str = ""
