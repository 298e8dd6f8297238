"""Files and folders of this machine, whatever their names; links are not followed."""

from __future__ import annotations

import asyncio
import errno
import functools
import os
import stat
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from fnmatch import fnmatchcase
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from connectors._errors import Broken, ConnectorError, Denied, Gone, Misconfigured, Withheld
from connectors._identity import Access
from connectors._model import CHUNK, Body, Grant, Item, Need, Page, Partition, meter
from connectors._modes import of_files, user

NEEDS: tuple[Need, ...] = ()

_PAGE = 200
_HELD = 256 << 10
"""Bytes up to which a file is read in one go."""
_LETTERS = str.maketrans("0123456789", "abcdefghij")
_SPECIAL = {
    stat.S_IFIFO: "named pipe",
    stat.S_IFSOCK: "socket",
    stat.S_IFCHR: "device",
    stat.S_IFBLK: "device",
    stat.S_IFLNK: "link that leads elsewhere",
}
_JUNCTION = getattr(stat, "IO_REPARSE_TAG_MOUNT_POINT", None)


@dataclass(frozen=True, slots=True)
class Settings:
    """``[sources.folder]``: files and folders; globs over file names and paths below them.

    A folder that ``exclude`` names is not entered. ``*`` crosses folders.
    """

    paths: tuple[str, ...] = ()
    include: tuple[str, ...] = ("*",)
    exclude: tuple[str, ...] = ()


class Source:
    """Every file below the paths of the settings; links are listed, not followed."""

    def __init__(self, settings: Settings, access: Access) -> None:
        self._settings = settings
        self._tenant = access.tenant.id

    async def aclose(self) -> None:
        """Nothing is held open."""

    async def partitions(self) -> AsyncIterator[Partition]:
        """One a path; a file's partition is the folder it lies in, with that file alone."""
        if not self._settings.paths:
            raise Misconfigured("bad_setting", "sources.folder.paths is empty")
        for path in self._settings.paths:
            yield await asyncio.to_thread(_partition, path, self._tenant)

    async def pages(self, partition: Partition, cursors: Mapping[str, str]) -> AsyncIterator[Page]:
        """The whole tree at every run, in the order of names; a listing costs next to nothing."""
        del cursors
        walk = self._walk(partition)
        items = await asyncio.to_thread(_some, walk)
        while True:
            following = await asyncio.to_thread(_some, walk)
            yield Page(items, done=not following)
            if not following:
                return
            items = following

    def _walk(self, partition: Partition) -> Iterator[Item]:
        root = Path(partition.facts["root"])
        if alone := partition.facts["file"]:
            yield _item(partition, alone)
            return
        waiting = [_names(root)]
        above = [""]
        while waiting:
            for name in waiting[-1]:
                place = f"{above[-1]}{name}"
                try:
                    status = (root / place).lstat()
                except OSError as error:
                    if error.errno != errno.ENOENT:
                        yield _closed(partition, place, error)
                    continue
                if not stat.S_ISDIR(status.st_mode) or _junction(status):
                    if self._included(place) and not _leads_inside(root, place, status):
                        yield _item(partition, place, status)
                elif not _meets(place, self._settings.exclude):
                    try:
                        below = _names(root / place)
                    except OSError as error:
                        yield _closed(partition, place, error)
                        continue
                    waiting.append(below)
                    above.append(f"{place}/")
                    break
            else:
                waiting.pop()
                above.pop()

    def _included(self, place: str) -> bool:
        settings = self._settings
        return _meets(place, settings.include) and not _meets(place, settings.exclude)

    async def read(self, item: Item) -> AsyncIterator[Body]:
        """The file as it stands now."""
        if error := item.facts.get("error"):
            raise error
        if kind := item.facts.get("withheld"):
            reason = "excluded_by_settings" if "link" in kind else "unsupported_format"
            raise Withheld(kind, reason=reason)
        data, size = await asyncio.to_thread(_start, item)
        meter().bytes += len(data)
        if len(data) <= _HELD:
            yield Body(item.name, "", len(data), data)
        else:
            yield Body(item.name, "", size, None, functools.partial(_read, item))

    async def grants(self, items: Sequence[Item]) -> list[Sequence[Grant] | ConnectorError]:
        """By the modes of the file and of the folders above it, as they are now."""
        return await asyncio.to_thread(of_files, [_path(item) for item in items], _refused)

    async def lookup(self, partition: Partition, ids: Sequence[str]) -> list[Item]:
        """Those files that still exist."""
        root = Path(partition.facts["root"])
        return [_item(partition, place) for place in ids if (root / place).is_file()]


def _partition(path: str, tenant: str) -> Partition:
    root = Path(os.path.abspath(Path(path).expanduser()))  # noqa: PTH100 - a link stays a link
    alone = root.exists() and not root.is_dir()
    name = os.path.dirname(path) if alone else path  # noqa: PTH120 - "" where nothing was given
    facts = {"root": str(root.parent if alone else root), "file": root.name if alone else ""}
    return Partition("folder", str(root), readable(name), tenant, facts)


def _some(walk: Iterator[Item]) -> list[Item]:
    try:
        return list(islice(walk, _PAGE))
    except OSError as error:  # the root itself: everything below answers for its own
        raise _refused(error) from None


def _names(folder: Path) -> Iterator[str]:
    """Names only: a folder of a million files must not hold a million states."""
    return iter(sorted(os.listdir(folder)))  # noqa: PTH208 - no Path a name


def _meets(place: str, globs: Sequence[str]) -> bool:
    name = place.rpartition("/")[2]
    return any(fnmatchcase(text, glob) for text in (place, name) for glob in globs)


def _junction(status: os.stat_result) -> bool:
    return _JUNCTION is not None and getattr(status, "st_reparse_tag", 0) == _JUNCTION


def _leads_inside(root: Path, place: str, status: os.stat_result) -> bool:
    """Whether this is a link to something that is listed where it really lies."""
    if not stat.S_ISLNK(status.st_mode):
        return False
    try:
        return (root / place).resolve(strict=True).is_relative_to(root.resolve())
    except (OSError, RuntimeError):  # dangling, or a ring of links
        return False


def _item(partition: Partition, place: str, status: os.stat_result | None = None) -> Item:
    path = Path(partition.facts["root"], place)
    if status is None:  # named by the settings: a link is meant to be followed
        status = path.stat()
    above, _, name = place.rpartition("/")
    kind = _SPECIAL.get(stat.S_IFMT(status.st_mode), "")
    if _junction(status):
        kind = _SPECIAL[stat.S_IFLNK]
    return Item(
        partition,
        id=place,
        name=readable(name),
        version=f"{status.st_mtime_ns}k{status.st_size}".replace("-", "n").translate(_LETTERS),
        size=0 if kind else status.st_size,
        modified=_moment(status.st_mtime),
        created=_moment(getattr(status, "st_birthtime", None)),
        owner=user(status.st_uid),
        url=path.as_uri(),
        path=readable(above),
        facts={"withheld": kind} if kind else {},
    )


def _closed(partition: Partition, place: str, error: OSError) -> Item:
    """What could not be listed, as something that cannot be read: the books must balance."""
    above, _, name = place.rpartition("/")
    url = Path(partition.facts["root"], place).as_uri()
    return Item(
        partition, f"{place}/", readable(name), "", url=url, path=readable(above),
        facts={"error": _refused(error)},
    )  # fmt: skip


def _path(item: Item) -> Path:
    return Path(item.partition.facts["root"], item.id)


def _moment(seconds: float | None) -> datetime | None:
    try:
        return None if seconds is None else datetime.fromtimestamp(seconds, UTC)
    except (OverflowError, ValueError, OSError):
        return None


def readable(name: str) -> str:
    """A name that can be written anywhere: bytes that are no UTF-8 are CP932, or replaced."""
    try:
        name.encode()
    except UnicodeEncodeError:
        raw = name.encode("utf-8", "surrogateescape" if os.name == "posix" else "replace")
        try:
            return raw.decode("cp932")
        except UnicodeDecodeError:
            return raw.decode("utf-8", "replace")
    return name


def _refused(error: OSError) -> ConnectorError:
    """Our error for the system's; its words would quote the path."""
    code = errno.errorcode.get(error.errno or 0, type(error).__name__)
    if error.errno in {errno.EACCES, errno.EPERM}:
        return Denied(code)
    if error.errno in {errno.ENOENT, errno.ENOTDIR, errno.ELOOP}:
        return Gone(code)
    return Broken(code)


def _open(item: Item) -> tuple[BinaryIO, int]:
    """A regular file and its size; never waits for a pipe, never follows a link that is new."""
    named = item.id == item.partition.facts["file"]
    flags = os.O_RDONLY
    for name in ("O_BINARY", "O_CLOEXEC", "O_NONBLOCK", "" if named else "O_NOFOLLOW"):
        flags |= getattr(os, name, 0)
    try:
        handle = os.open(_path(item), flags)
    except OSError as error:
        raise _refused(error) from None
    status = os.fstat(handle)
    if not stat.S_ISREG(status.st_mode):
        os.close(handle)
        raise Gone("no file any more")
    return os.fdopen(handle, "rb", buffering=0), status.st_size


def _start(item: Item) -> tuple[bytes, int]:
    """The first bytes, more than ``_HELD`` if there are, and the size."""
    file, size = _open(item)
    with file:
        try:
            return b"".join(islice(iter(lambda: file.read(_HELD + 1), b""), 2)), size
        except OSError as error:
            raise _refused(error) from None


async def _read(item: Item, offset: int, length: int | None) -> AsyncIterator[bytes]:
    file, size = await asyncio.to_thread(_open, item)
    end = None if length is None else offset + length
    with file:
        file.seek(offset)
        while end is None or offset < end:
            want = CHUNK if end is None else min(CHUNK, end - offset)
            try:
                chunk = await asyncio.to_thread(file.read, want)
            except OSError as error:
                raise _refused(error) from None
            if not chunk:
                break
            offset += len(chunk)
            meter().bytes += len(chunk)
            yield chunk
    if offset < (size if end is None else min(size, end)):
        raise Broken("file became shorter", reason="changed_while_read")
