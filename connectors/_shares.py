"""Files of an Azure Files share: listed folder by folder, read by ranges.

The service lists one folder a request, 5,000 entries at most, and has no listing of a whole share.
Folders are gone through in depth, so that only the names beside the way down are held. What is
read is compared with the ETag of the listing; the service knows no ``If-Match``. Source: FileREST,
``List Directories and Files``, ``Get File``.
"""

from __future__ import annotations

import functools
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, unquote

from connectors._errors import Broken, ConnectorError, Gone, Misconfigured, Withheld
from connectors._model import Body, Grant, Item, Page, Partition

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from connectors._service_places import Places
    from connectors._service_reach import Readers

SNAPSHOT = "snapshot"
"""The fact of a partition that names the moment of a share's snapshot."""

_INCLUDE = "Timestamps,ETag"
_DEEPEST = 250
"""Folders in each other; the service allows no more."""
_ENOUGH = 500
"""Files that make a page."""
_FORBIDDEN = frozenset({"", ".", ".."})
"""Names that no folder has, and that would lead out of it."""
_NO_FILE = Withheld("neither a file nor a folder", reason="not_offered")
"""A symbolic link, or what else there may be on a share for NFS."""


@dataclass(slots=True)
class _Folder:
    """One page of a folder's listing."""

    files: list[Item] = field(default_factory=list)
    below: list[str] = field(default_factory=list)
    following: str = ""


class Shares:
    """Reads shares, for the source that found them."""

    def __init__(self, places: Places, page: Callable[[], int], readers: Readers) -> None:
        """``page`` says how many entries a request gives."""
        self._places = places
        self._size = page
        self._readers = readers

    async def pages(self, partition: Partition, cursors: Mapping[str, str]) -> AsyncIterator[Page]:
        """Every folder of the share; a listing that was broken off begins anew.

        The root is a page of its own, small folders share one. A folder that may not be listed
        is an item that says why.
        """
        del cursors
        held: list[Item] = []
        waiting: list[tuple[str, str]] = [("", "")]
        seen: set[tuple[str, str]] = set()
        while waiting:
            path, marker = waiting.pop()
            folder = await self._tried(partition, path, marker)
            if folder.following:
                where = (path, folder.following)
                if where in seen:
                    raise Broken("the listing comes back to where it was")
                seen.add(where)
                waiting.append(where)
            waiting.extend((_joined(path, name), "") for name in reversed(folder.below))
            held += folder.files
            if not path or not waiting or len(held) >= _ENOUGH:
                yield Page(held, done=not waiting)
                held = []

    async def _tried(self, partition: Partition, path: str, marker: str) -> _Folder:
        """A page of a folder; of one below the root that is refused, an item with the reason."""
        try:
            if path.count("/") >= _DEEPEST:
                raise Withheld(f"more than {_DEEPEST} folders in each other", reason="too_deep")
            if not _FORBIDDEN.isdisjoint(path.split("/")) and path:
                raise Withheld("a folder with a name that leads out of it", reason="malformed")
            return await self._folder(partition, path, marker)
        except Misconfigured:
            raise
        except ConnectorError as error:
            if not path or error.reason == "throttled":
                raise
            if isinstance(error, Gone):
                return _Folder()
            return _Folder([_unlisted(partition, path, error)])

    async def _folder(
        self, partition: Partition, path: str, marker: str, prefix: str = ""
    ) -> _Folder:
        query = {"restype": "directory", "comp": "list", "maxresults": str(self._size())}
        query |= {"include": _INCLUDE} | _moment_of(partition)
        query |= {name: text for name, text in (("marker", marker), ("prefix", prefix)) if text}
        account = await self._places.account(partition.facts["url"])
        place = _quoted(partition, path)
        made, following = await account.listing(place, query, "Entries", list)
        make = functools.partial(_item, partition, path, f"{account.url}/{place}")
        entries = [entry for page in made for entry in page]
        files = [make(entry) for entry in entries if entry.tag == "File"]
        below = [_name(entry) for entry in entries if entry.tag == "Directory"]
        odd = [entry for entry in entries if entry.tag not in {"File", "Directory"}]
        files += [_unlisted(partition, _joined(path, _name(entry)), _NO_FILE) for entry in odd]
        return _Folder(files, below, following)

    async def read(self, item: Item) -> AsyncIterator[Body]:
        """The file as it was listed; one that has changed since raises Broken.

        The size is only what the service last heard: of a file that somebody has open and writes
        to, it may say 0, so that such files are asked for, too.
        """
        if error := item.facts.get("error"):
            raise error
        account = await self._places.account(item.partition.facts["url"])
        path, query = _quoted(item.partition, item.id), _moment_of(item.partition)
        etag = item.facts.get("etag", "")

        def reader(offset: int, length: int | None) -> AsyncIterator[bytes]:
            return account.stream(path, etag, offset, length, query)

        yield Body(item.name, item.media_type, item.size or None, None, reader)

    async def grants(self, items: Sequence[Item]) -> list[Sequence[Grant] | ConnectorError]:
        """Those of the share; access lists of single files hold for SMB alone and are not read."""
        return await self._readers.grants(items)

    async def lookup(self, partition: Partition, ids: Sequence[str]) -> list[Item]:
        """Those files that still exist."""
        found = []
        for identifier in ids:
            path, _, name = identifier.rpartition("/")
            try:
                folder = await self._folder(partition, path, "", prefix=name)
            except Gone:
                continue
            found += [item for item in folder.files if item.id == identifier]
        return found


def _joined(path: str, name: str) -> str:
    return f"{path}/{name}" if path else name


def _quoted(partition: Partition, path: str) -> str:
    """Share and path as a URL wants them."""
    parts = [str(partition.facts["name"]), *(path.split("/") if path else ())]
    return "/".join(quote(part, safe="~") for part in parts)


def _moment_of(partition: Partition) -> dict[str, str]:
    """The option that reads a snapshot."""
    stamp = partition.facts.get(SNAPSHOT)
    return {"sharesnapshot": str(stamp)} if stamp else {}


def _name(element: Element) -> str:
    """A name; one that XML could not hold was written with percent signs."""
    named = element.find("Name")
    if named is None:
        return ""
    text = named.text or ""
    return unquote(text) if (named.get("Encoded") or "").lower() == "true" else text


def _item(partition: Partition, path: str, url: str, element: Element) -> Item:
    said: dict[str, Any] = {p.tag: p.text or "" for p in element.find("Properties") or ()}
    name = _name(element)
    size = str(said.get("Content-Length", ""))
    etag = str(said.get("Etag") or said.get("ETag") or "").strip('"')
    written = str(said.get("LastWriteTime") or said.get("Last-Modified") or "")
    return Item(
        partition,
        id=_joined(path, name),
        name=name,
        version=etag or f"{written}/{size}",
        size=int(size) if size.isdecimal() else None,
        modified=when_of(written),
        created=when_of(str(said.get("CreationTime", ""))),
        url=f"{url}/{quote(name, safe='~')}",
        path=path,
        facts={"etag": etag} if etag else {},
    )


def _unlisted(partition: Partition, path: str, error: ConnectorError) -> Item:
    """A folder whose content nobody told us, or something that has none."""
    above, _, name = path.rpartition("/")
    facts = {"error": error}
    return Item(partition, f"{path}/", f"{name}/", error.detail, path=above, facts=facts)


@functools.lru_cache(1024)
def when_of(text: str) -> datetime | None:
    """``2026-04-01T00:30:00.0000000Z``, or as HTTP writes it; None for anything else."""
    try:
        when = datetime.fromisoformat(text) if text[:1].isdecimal() else parsedate_to_datetime(text)
    except ValueError:
        return None
    return when if when.tzinfo else when.replace(tzinfo=UTC)
