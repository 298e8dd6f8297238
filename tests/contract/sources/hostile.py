"""A source that behaves as badly as a service can: a member of the family for tests.

What it holds is in :data:`TENANT`, which a test fills; how it misbehaves is in its settings.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from connectors import (
    Body,
    Broken,
    ConnectorError,
    Denied,
    Gone,
    Grant,
    Item,
    Misconfigured,
    Page,
    Partition,
    Reach,
    Via,
)
from connectors._identity import Access

NEEDS = ()


@dataclass
class File:
    """One file of the hostile tenant."""

    data: bytes = b""
    version: str = "one"
    error: ConnectorError | None = None
    """Raised when it is read."""
    size: int | None = None
    """What the listing says; None says the truth."""
    grants: list[Grant] | ConnectorError = field(
        default_factory=lambda: [Grant(Reach.OWNER, Via.DIRECT, "owner@sample-shoji.example", 1)]
    )
    reads: int = 0
    asked: int = 0


@dataclass
class Library:
    """A partition; its listing is a snapshot each time, or goes on by changes."""

    files: dict[str, File] = field(default_factory=dict)
    delta: bool = False
    changes: list[str] = field(default_factory=list)
    """Names changed since the last cursor was given."""
    gone: list[str] = field(default_factory=list)
    void: bool = False
    """The cursor given last is refused."""
    error: ConnectorError | None = None
    """Raised instead of, or after, ``error_after`` pages."""
    error_after: int = 0
    loops: bool = False
    """The listing never ends: its pages come again and again."""
    repeats: bool = False
    """Every page names the first item again."""
    page: int = 3


TENANT: dict[str, Library] = {}
FAULTS: dict[str, ConnectorError] = {}
"""``partitions`` → the error that the enumeration ends with."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Nothing to set."""

    include: tuple[str, ...] = ("*",)


class Source:
    """The hostile source."""

    def __init__(self, settings: Settings, access: Access) -> None:
        self._tenant = access.tenant.id

    async def aclose(self) -> None:
        """Nothing is open."""

    async def partitions(self) -> AsyncIterator[Partition]:
        """All libraries, then the error if one is set."""
        for name in TENANT:
            yield Partition("hostile", name, name, self._tenant)
        if error := FAULTS.get("partitions"):
            raise error

    async def pages(self, partition: Partition, cursors: Mapping[str, str]) -> AsyncIterator[Page]:
        """Pages as the library wants them."""
        library = TENANT[partition.id]
        cursor = cursors.get("", "")
        restart = False
        if cursor == "end" and library.void:
            library.void, cursor, restart = False, "", True
        if cursor == "end":
            items = [self._item(partition, n) for n in library.changes if n in library.files]
            gone, library.changes, library.gone = list(library.gone), [], []
            yield Page(items, gone, cursor="end", done=True)
            return
        while library.loops:
            for at in range(0, len(library.files), library.page):
                some = sorted(library.files)[at : at + library.page]
                yield Page([self._item(partition, n) for n in some], cursor=f"page {at}")
        names = sorted(library.files)
        start = int(cursor or 0)
        for number, at in enumerate(range(start, max(len(names), 1), library.page)):
            if library.error and number >= library.error_after:
                raise library.error
            some = names[at : at + library.page]
            items = [self._item(partition, n) for n in some]
            if library.repeats and names:
                items.append(self._item(partition, names[0]))
            done = at + library.page >= len(names)
            end = "end" if library.delta else ""
            more = str(at + library.page) if library.delta else ""
            yield Page(items, (), cursor=end if done else more, done=done, restart=restart)
            restart = False

    def _item(self, partition: Partition, name: str) -> Item:
        file = TENANT[partition.id].files[name]
        size = len(file.data) if file.size is None else file.size
        return Item(
            partition,
            id=f"id/{name}",
            name=name,
            version=file.version,
            size=size,
            modified=datetime(2026, 1, 2, tzinfo=UTC),
            url=f"https://sample-shoji.example/{name}",
        )

    async def read(self, item: Item) -> AsyncIterator[Body]:
        """The bytes, or the error."""
        file = self._file(item)
        file.reads += 1
        if file.error:
            raise file.error
        yield Body(item.name, "", item.size, file.data)

    async def grants(self, items: Sequence[Item]) -> list[Sequence[Grant] | ConnectorError]:
        """The grants of each."""
        answers: list[Sequence[Grant] | ConnectorError] = []
        for item in items:
            file = self._file(item)
            file.asked += 1
            answers.append(file.grants)
        return answers

    async def lookup(self, partition: Partition, ids: Sequence[str]) -> list[Item]:
        """Those that exist."""
        files = TENANT[partition.id].files
        return [
            self._item(partition, i.removeprefix("id/"))
            for i in ids
            if i.removeprefix("id/") in files
        ]

    @staticmethod
    def _file(item: Item) -> File:
        try:
            return TENANT[item.partition.id].files[item.id.removeprefix("id/")]
        except KeyError:
            raise Gone("not there") from None


__all__ = ["FAULTS", "TENANT", "Broken", "Denied", "File", "Library", "Misconfigured", "Source"]
