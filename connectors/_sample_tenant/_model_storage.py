"""What a storage account holds beside blobs: shares with files, tables with entities, queues."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class ShareFile:
    """A file of a share; its folders are there because it is."""

    path: str
    size: int
    etag: str
    created: datetime
    modified: datetime
    data: Callable[[], bytes] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Share:
    """A file share; one with ``snapshot`` is an earlier state, one with ``deleted`` is kept."""

    name: str
    files: Sequence[ShareFile] = field(default=(), repr=False)
    folders: tuple[str, ...] = ()
    """Folders without a file."""
    snapshot: str = ""
    deleted: datetime | None = None


Property = tuple[str, str | int | float | bool]
"""EDM type and value, as JSON writes it."""


@dataclass(frozen=True, slots=True)
class Entity:
    """A row of a table."""

    partition_key: str
    row_key: str
    modified: datetime
    properties: Mapping[str, Property] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Table:
    """A table; its entities stand in the order of their keys."""

    name: str
    entities: Sequence[Entity] = field(repr=False)


@dataclass(frozen=True, slots=True)
class QueueMessage:
    """A message; the text is as a client put it."""

    id: str
    text: str = field(repr=False)
    inserted: datetime
    dequeued: int = 0


@dataclass(frozen=True, slots=True)
class Queue:
    """A queue; ``taken`` messages are being worked on, and no peek shows them."""

    name: str
    messages: Sequence[QueueMessage] = field(repr=False)
    taken: int = 0


@dataclass(frozen=True, slots=True)
class Storage:
    """All of it."""

    shares: tuple[Share, ...] = ()
    tables: tuple[Table, ...] = ()
    queues: tuple[Queue, ...] = ()

    @property
    def there(self) -> bool:
        """Whether the account has such services at all."""
        return bool(self.shares or self.tables or self.queues)


def storage_of(world: object) -> Storage:
    """What a company has; nothing for one that says nothing of it."""
    found = getattr(world, "storage", None)
    return found if isinstance(found, Storage) else Storage()
