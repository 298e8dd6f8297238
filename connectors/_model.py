"""The nouns of reading a tenant: facts only, no judgement.

A connector is one module of this folder: a frozen dataclass ``Settings`` (its table of
``audit.toml``), a tuple ``NEEDS`` and a class ``Source`` that follows :class:`Connector`.
"""

from __future__ import annotations

import enum
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from connectors._errors import ConnectorError

CHUNK = 1 << 20


class Reach(enum.IntEnum):
    """How far away the farthest reader stands; a larger number is farther."""

    OWNER = 0
    NAMED = 1
    LARGE_GROUP = 2
    ORGANISATION = 3
    GUEST = 4
    EXTERNAL = 5
    ANYONE = 6

    @property
    def word(self) -> str:
        """The word of the tables: ``owner`` … ``anyone``."""
        return self.name.lower()


class Via(enum.StrEnum):
    """By which path somebody reaches an item."""

    DIRECT = "direct"
    LINK = "link"
    GROUP = "group"
    INHERITED = "inherited"
    CONTAINER = "container"
    RECIPIENT = "recipient"
    ROLE = "role"
    FORWARD = "forward"


@dataclass(frozen=True, slots=True)
class Grant:
    """One reason somebody can reach an item."""

    reach: Reach
    via: Via
    who: str = ""
    """Address, group or link scope in the service's words."""
    people: int | None = None
    """How many principals stand behind ``who``; None where the service did not say."""
    expires: datetime | None = None
    password: bool = False


@dataclass(frozen=True, slots=True)
class Partition:
    """A mailbox, drive, container: the unit of resume and of fairness."""

    source: str
    id: str
    """Stable across runs."""
    name: str
    tenant: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    """What the connector wants back when it lists or reads this partition."""


HELD = "grants"
"""The fact of an item that the engine asks about anew: its grants as the last run wrote them."""

BESIDE = "beside"
"""The fact of a row that comes with few others: rows of its table that speak for the columns, and
are themselves judged when they are listed."""

Reader = Callable[[int, int | None], AsyncIterator[bytes]]
"""``reader(offset, length)`` → the bytes from there; ``length`` None means to the end."""


@dataclass(frozen=True, slots=True)
class Body:
    """Bytes with a name: an item's content or one part of it; small ones held, others read."""

    name: str
    media_type: str = ""
    size: int | None = None
    data: bytes | None = field(default=None, repr=False)
    reader: Reader | None = None
    part: str = ""
    """Empty for the item itself; else the part in a person's words (``attachment 2``)."""

    async def chunks(self, offset: int = 0, length: int | None = None) -> AsyncIterator[bytes]:
        """Yield the bytes from ``offset``, ``length`` of them at most, in pieces."""
        if self.data is not None:
            end = None if length is None else offset + length
            if piece := self.data[offset:end]:
                yield piece
        elif self.reader is not None:
            async for chunk in self.reader(offset, length):
                yield chunk

    async def head(self, limit: int) -> tuple[bytes, bool]:
        """The first ``limit`` bytes, and whether there are more. Never trusts ``size``."""
        pieces: list[bytes] = []
        total = 0
        async for chunk in self.chunks(0, limit + 1):
            pieces.append(chunk)
            total += len(chunk)
            if total > limit:
                break
        data = b"".join(pieces)
        return data[:limit], len(data) > limit


@dataclass(frozen=True, slots=True)
class Item:
    """A file, a message, a blob: what a listing names and an audit books."""

    partition: Partition
    id: str
    name: str
    """File name or subject: content too, so it is scanned and masked."""
    version: str
    """Changes when the content changes (cTag, changeKey, ETag)."""
    size: int | None = None
    modified: datetime | None = None
    created: datetime | None = None
    owner: str = ""
    url: str = ""
    media_type: str = ""
    path: str = ""
    """Where it stands in its partition, for people: ``人事/2026``."""
    digest: str = ""
    """The service's own hash of the content, if it gives one."""
    body: Body | None = None
    """Set when the listing already carried the content: never ask twice for what you hold."""
    row: Mapping[str, str] = field(default_factory=dict, repr=False)
    """Header → value, for a row of a list or a database table. The rows of one page are judged
    together as one table, so that headers and whole columns speak for each; ``read`` then gives
    only what the row has beside them."""
    facts: Mapping[str, Any] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True)
class Page:
    """What one listing call returned: the unit of work, of distribution and of commit.

    A partition is listed as one or more ``stream``s (a mailbox: one a folder), each with its own
    cursor. A stream that began without a cursor is a snapshot: when its last page (``done``) is
    committed, items of that stream that it did not name are gone. A stream that went on from a
    cursor names changes only, and ``gone`` ids.
    """

    items: Sequence[Item] = ()
    gone: Sequence[str] = ()
    stream: str = ""
    cursor: str = ""
    """Where to go on after this page; with ``done``, where the next run starts ("" = anew)."""
    done: bool = False
    restart: bool = False
    """The cursor this stream began with was void: this page begins a new snapshot."""


@dataclass(frozen=True, slots=True)
class Need:
    """A permission, in the service's own name, and what it opens."""

    permission: str
    opens: str
    """Key of the words in the catalogue (``needs.<opens>``)."""
    service: str = "graph"
    """``graph`` (application role in the token) or ``storage`` (Azure role on the account)."""
    optional: bool = False


@dataclass(slots=True)
class Meter:
    """What a partition cost. Connectors add to the current one; the engine reads it."""

    requests: int = 0
    units: int = 0
    """SharePoint's resource units."""
    bytes: int = 0
    throttled: float = 0.0
    """Seconds spent waiting because the service asked for it."""


METER: ContextVar[Meter] = ContextVar("METER")


def meter() -> Meter:
    """The meter of the running task; one that nobody reads when none was set."""
    current = METER.get(None)
    return current if current is not None else Meter()


class Connector(Protocol):
    """What the engine asks of a source. Every method may raise :class:`ConnectorError`.

    A scope that cannot be listed is yielded as a partition whose ``pages`` raises, so that one
    denied mailbox never hides the others.
    """

    def partitions(self) -> AsyncIterator[Partition]:
        """Every mailbox, drive, container that the settings include."""
        ...

    def pages(self, partition: Partition, cursors: Mapping[str, str]) -> AsyncIterator[Page]:
        """List from ``cursors`` (stream → cursor; empty: from nothing). Repeats are harmless."""
        ...

    def read(self, item: Item) -> AsyncIterator[Body]:
        """The item's content: one body, or several parts. May be called again after a fault."""
        ...

    async def grants(self, items: Sequence[Item]) -> list[Sequence[Grant] | ConnectorError]:
        """Who can reach each item, in the order asked; a failed question is an error, never []."""
        ...

    async def lookup(self, partition: Partition, ids: Sequence[str]) -> list[Item]:
        """Those of ``ids`` that still exist, for a second try at what an earlier run missed.

        Only asked of streams that continue by delta.
        """
        ...

    async def aclose(self) -> None:
        """Give back connections."""
        ...
