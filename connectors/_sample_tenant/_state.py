"""The company as it stands now: the lazy content of the World, and what was changed since.

A :class:`Journal` lays changes over a sequence without copying it. Every change has a serial
number, so that a delta token is nothing but the serial at which it was issued.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Generic, TypeVar

import orjson

from connectors._sample_tenant._model import (
    Blob,
    Container,
    Drive,
    DriveFile,
    ListRow,
    MailFolder,
    Message,
    Site,
    SiteList,
    User,
    World,
)
from connectors._sample_tenant._talk import Talk
from connectors._sample_tenant._wire import letters

T = TypeVar("T")
_MAC = 6


class Journal(Generic[T]):
    """A sequence with its changes. Positions never move, so a page token may hold one."""

    def __init__(self, base: Sequence[T], key: Callable[[T], str]) -> None:
        """Lay an empty journal over ``base``; ``key`` gives the identifier of an element."""
        self._base = base
        self._key = key
        self._changes: dict[str, tuple[int, T | None]] = {}
        self._added: list[str] = []
        self._index: dict[str, int] | None = None

    def _original(self, identifier: str) -> T | None:
        find = getattr(self._base, "find", None)
        if find is not None:
            found: T | None = find(identifier)
            return found
        if self._index is None:
            self._index = {self._key(element): n for n, element in enumerate(self._base)}
        place = self._index.get(identifier)
        return None if place is None else self._base[place]

    def __len__(self) -> int:
        """How many elements there are now."""
        gone = sum(now is None for _, now in self._changes.values())
        return len(self._base) + len(self._added) - gone

    def get(self, identifier: str) -> T | None:
        """The element as it is now, or None."""
        if identifier in self._changes:
            return self._changes[identifier][1]
        return self._original(identifier)

    def rows(self, start: int) -> Iterator[tuple[int, T]]:
        """Position and element, as it is now, from position ``start`` on."""
        base, changes, many = self._base, self._changes, len(self._base)
        for place in range(start, many):
            element = base[place]
            if changes and (change := changes.get(self._key(element))) is not None:
                if change[1] is None:
                    continue
                element = change[1]
            yield place, element
        for place in range(max(start, many), many + len(self._added)):
            now = changes[self._added[place - many]][1]
            if now is not None:
                yield place, now

    @property
    def end(self) -> int:
        """One more than the last position."""
        return len(self._base) + len(self._added)

    def since(self, serial: int) -> list[tuple[int, str, T | None]]:
        """What changed after ``serial``, oldest first: serial, identifier, element or None."""
        found: list[tuple[int, str, T | None]] = []
        for identifier in reversed(self._changes):
            at, now = self._changes[identifier]
            if at <= serial:
                break
            found.append((at, identifier, now))
        return found[::-1]

    def put(self, serial: int, element: T) -> None:
        """Add an element, or replace the one with its identifier."""
        identifier = self._key(element)
        if identifier not in self._changes and self._original(identifier) is None:
            self._added.append(identifier)
        self._changes.pop(identifier, None)
        self._changes[identifier] = (serial, element)

    def remove(self, serial: int, identifier: str) -> None:
        """Remove an element that is there."""
        if self.get(identifier) is None:
            raise KeyError(identifier)
        self._changes.pop(identifier, None)
        self._changes[identifier] = (serial, None)


@dataclass(slots=True)
class FolderBox:
    """A mail folder of one mailbox."""

    id: str
    name: str
    parent: str
    hidden: bool
    messages: Journal[Message]
    children: list[str] = field(default_factory=list)


@dataclass(slots=True)
class DriveBox:
    """A drive with the site it stands in."""

    drive: Drive
    site: Site
    files: Journal[DriveFile]
    folders: dict[str, str] = field(default_factory=dict)
    """Id → path of every folder that was named in an answer so far."""


@dataclass(slots=True)
class ListBox:
    """A list with the site it stands in."""

    list: SiteList
    site: Site
    rows: Journal[ListRow]


@dataclass(slots=True)
class ContainerBox:
    """A blob container."""

    name: str
    access: str
    blobs: Journal[Blob]
    made: Container
    """As the company has it."""


def _by_id(element: Any) -> str:
    return str(element.id)


class State:
    """Everything that the servers serve, found by identifier."""

    def __init__(self, world: World, seed: int) -> None:
        """Serve ``world``; tokens of one seed are good in every server of that seed."""
        self.world = world
        self.serial = 0
        self.generation = 0
        """Tokens of an earlier generation are void."""
        self._key = hashlib.blake2b(b"tokens %d" % seed, digest_size=32).digest()
        self._boxes: dict[str, dict[str, FolderBox]] = {}

    def tick(self) -> int:
        """The serial of the next change."""
        self.serial += 1
        return self.serial

    # ------------------------------------------------------------------------------------ tokens

    def mac(self, data: bytes) -> bytes:
        """A short signature of this tenant."""
        return hashlib.blake2b(data, key=self._key, digest_size=_MAC).digest()

    def seal(self, *parts: object) -> str:
        """A token of letters that carries ``parts``."""
        data = orjson.dumps([self.generation, *parts])
        return letters(self.mac(data) + data)

    def open(self, token: str) -> list[Any] | None:
        """The parts of a token of ours that is still good, else None."""
        parts = self.peek(token)
        return None if parts is None or parts[0] != self.generation else parts[1:]

    def peek(self, token: str) -> list[Any] | None:
        """Generation and parts of a token, expired or not; None where it was never ours."""
        try:
            digits = token.translate(_DIGITS)
            data = bytes.fromhex(digits)
        except ValueError:
            return None
        if self.mac(data[_MAC:]) != data[:_MAC]:
            return None
        parts: list[Any] = orjson.loads(data[_MAC:])
        return parts

    # ----------------------------------------------------------------------------------- content

    @cached_property
    def talk(self) -> Talk:
        """Groups, channels and chats."""
        return Talk(self.world)

    @cached_property
    def users(self) -> dict[str, User]:
        """Users by id and by principal name, in lower case."""
        found: dict[str, User] = {}
        for user in self.world.users:
            found[user.id.lower()] = found[user.upn.lower()] = user
        return found

    @cached_property
    def people(self) -> dict[str, User]:
        """Users by mail address."""
        return {user.mail.lower(): user for user in self.world.users}

    def mailbox(self, user: User) -> dict[str, FolderBox]:
        """All folders of a mailbox by id, parents before their children."""
        found = self._boxes.get(user.id)
        if found is None:
            found = self._boxes[user.id] = {}
            root = self.root_folder(user)
            self._collect(found, self.world.folders(user), root)
        return found

    @staticmethod
    def root_folder(user: User) -> str:
        """The id of the folder above all others."""
        digest = hashlib.blake2b(user.id.encode(), digest_size=20).digest()
        return f"AQMkADAwATM{letters(digest)}AAAA"

    def _collect(
        self, found: dict[str, FolderBox], folders: Sequence[MailFolder], parent: str
    ) -> None:
        for one in folders:
            journal = Journal(one.messages, _by_id)
            children = [child.id for child in one.children]
            found[one.id] = FolderBox(one.id, one.name, parent, one.hidden, journal, children)
            if one.recoverable:
                found[one.id].parent = ""
            self._collect(found, one.children, one.id)

    @cached_property
    def sites(self) -> dict[str, Site]:
        """Sites by id."""
        return {site.id: site for site in self.world.sites}

    @cached_property
    def drives(self) -> dict[str, DriveBox]:
        """Drives by id."""
        return {
            drive.id: DriveBox(drive, site, Journal(drive.files, _by_id))
            for site in self.sites.values()
            for drive in site.drives
        }

    @cached_property
    def lists(self) -> dict[tuple[str, str], ListBox]:
        """Lists by the ids of site and list."""
        return {
            (site.id, one.id): ListBox(one, site, Journal(one.rows, _by_id))
            for site in self.sites.values()
            for one in site.lists
        }

    @cached_property
    def containers(self) -> dict[str, ContainerBox]:
        """Containers by name."""
        return _boxes(self.world.containers)

    @cached_property
    def lake(self) -> dict[str, ContainerBox]:
        """Those of the second, hierarchical account, in a company that has one."""
        return _boxes(getattr(self.world, "lake", ()))


def _boxes(containers: Sequence[Container]) -> dict[str, ContainerBox]:
    def box(one: Container) -> ContainerBox:
        blobs = Journal(one.blobs, lambda b: b.name)
        return ContainerBox(one.name, one.public_access, blobs, one)

    return {one.name: box(one) for one in sorted(containers, key=lambda c: c.name)}


_DIGITS = str.maketrans("0123456789abcdefghijklmnop", "z" * 10 + "0123456789abcdef")
