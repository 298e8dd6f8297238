"""Files beside a Dataverse row: file and image columns in blocks, notes and attachments in base64.

A file column is read in blocks of 4 MiB as the service recommends, the first of which tells how
long it is: a small file costs one request, a long one can be read from any place. Where the service
stores a file so that it can only be read whole, it is read whole.

Source: Dataverse "Use file column data", "Use image column data", "Use file data with Attachment
and Note records".
"""

from __future__ import annotations

import base64
import binascii
import functools
from collections.abc import AsyncGenerator, AsyncIterator, Iterator, Mapping
from contextlib import aclosing
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import unquote

from connectors._dataverse_lane import Ask, Environment
from connectors._dataverse_problems import NotInBlocks
from connectors._errors import Broken, ConnectorError, Misconfigured
from connectors._lane import line_faults
from connectors._model import CHUNK, Body, Item, Reader, meter
from connectors._tables import Columns, File, Table
from connectors._throttle import Patience

BLOCK = 4 << 20
_DROPPED = b' \t\r\n"'


@dataclass(frozen=True, slots=True)
class Attached:
    """A file of one row, as the listing describes it."""

    file: File
    name: str = ""
    media_type: str = ""
    size: int | None = None


def attached(columns: Columns, value: Mapping[str, Any]) -> Iterator[Attached]:
    """The files that a row has."""
    for file in columns.files:
        if file.told and not value.get(file.told):
            continue
        name = str(value.get(file.named) or "") if file.named else ""
        if file.kind == "base64":
            size = value.get("filesize")
            media = str(value.get("mimetype") or "")
            yield Attached(file, name, media, size if isinstance(size, int) else None)
        else:
            yield Attached(file, name)


async def bodies(environment: Environment, item: Item) -> AsyncIterator[Body]:
    """The files of a row; one that cannot be had says so when it is read."""
    table: Table = item.partition.facts["table"]
    for one in item.facts.get("files", ()):
        ask = Ask(f"/{table.set}({item.id})/{one.file.column}/$value", table.privilege)
        if one.file.kind == "base64":
            reader: Reader = functools.partial(_decoded, environment, ask)
            yield Body(one.name, one.media_type, one.size, None, reader, "attachment")
        else:
            yield await _begun(environment, one, ask)


async def _begun(environment: Environment, one: Attached, ask: Ask) -> Body:
    """A file whose first block was read."""
    small = ask if one.file.kind == "image" else None
    ask = replace(ask, what=f"{ask.what}?size=full") if small else ask
    part = one.file.label
    try:
        known, first = await _first(environment, ask)
        if small and not known.there:  # the small copy alone was kept
            ask = small
            known, first = await _first(environment, ask)
    except Misconfigured:
        raise
    except ConnectorError as error:
        return Body(one.name, one.media_type, None, None, functools.partial(_failed, error), part)
    name = one.name or unquote(known.name)
    media_type = one.media_type or known.media_type
    if len(first) < BLOCK or known.size == BLOCK:
        return Body(name, media_type, len(first), first, None, part)
    size = None if known.whole else known.size  # from any place only where there are blocks
    reader = functools.partial(_from, environment, ask, known, first)
    return Body(name, media_type, size, None, reader, part)


async def _first(environment: Environment, ask: Ask) -> tuple[_Known, bytes]:
    known = _Known()
    pieces = [piece async for piece in _blocks(environment, ask, known, 0, BLOCK)]
    return known, b"".join(pieces)


async def _failed(error: ConnectorError, offset: int, length: int | None) -> AsyncIterator[bytes]:
    del offset, length
    nothing: tuple[bytes, ...] = ()
    for piece in nothing:
        yield piece
    raise error


async def _from(
    environment: Environment,
    ask: Ask,
    known: _Known,
    first: bytes,
    offset: int,
    length: int | None,
) -> AsyncIterator[bytes]:
    """The bytes from ``offset``, of which the ``first`` are held."""
    end = None if length is None else offset + length
    if piece := first[offset:end]:
        yield piece
        offset += len(piece)
    left = None if end is None else end - offset
    if left is None or left > 0:
        async for piece in _blocks(environment, ask, known, offset, left):
            yield piece


async def _blocks(
    environment: Environment, ask: Ask, known: _Known, offset: int, length: int | None
) -> AsyncIterator[bytes]:
    """The bytes from ``offset``; a block that is cut is taken up where it broke off."""
    patience = Patience()
    end = None if length is None else offset + length
    over = False
    while not over and (end is None or offset < end):
        began, last = offset, (offset + BLOCK if end is None else min(offset + BLOCK, end)) - 1
        try:
            async with environment.open(known.asking(ask, offset, last), patience) as response:
                at = known.begins(response.status, response.headers, offset)
                async for chunk in response.content.iter_chunked(CHUNK):
                    piece = chunk[max(0, offset - at) : None if end is None else max(0, end - at)]
                    at += len(chunk)
                    if piece:
                        offset += len(piece)
                        meter().bytes += len(piece)
                        yield piece
                    if response.status == 200 and end is not None and at >= end:
                        break  # the rest of the file is not waited for
                over = known.ends(response.status, began, offset, last)
        except NotInBlocks:
            if known.whole:
                raise
            known.whole = True
        except line_faults() as error:
            await patience.fault(Broken(type(error).__name__))


@dataclass(slots=True)
class _Known:
    """What the answers so far said of a file."""

    size: int | None = None
    whole: bool = False
    """It cannot be read in blocks."""
    there: bool = False
    name: str = ""
    media_type: str = ""

    def asking(self, ask: Ask, offset: int, last: int) -> Ask:
        wanted = {} if self.whole else {"range": f"bytes={offset}-{last}"}
        return replace(ask, headers={"accept-encoding": "identity", **wanted})

    def begins(self, status: int, headers: Mapping[str, str], offset: int) -> int:
        """The place in the file where an answer begins."""
        told = headers.get("x-ms-file-size", "")
        size = int(told) if told.isdecimal() else None
        if None not in {size, self.size} and size != self.size:
            raise Broken("changed between two reads", reason="changed_while_read")
        self.size = size if size is not None else self.size
        self.there = self.there or status != 204
        self.name = headers.get("x-ms-file-name", self.name)
        self.media_type = headers.get("mimetype", self.media_type)
        return offset if status == 206 else 0

    def ends(self, status: int, began: int, offset: int, last: int) -> bool:
        """After an answer was read to its end: whether that was the end of the file."""
        if status != 206:
            return True
        if self.size is None:
            return offset <= last
        if offset == began and offset < self.size:
            raise Broken("a file ends before its end")
        return offset >= self.size


async def _decoded(
    environment: Environment, ask: Ask, offset: int, length: int | None
) -> AsyncIterator[bytes]:
    """The bytes behind a text of base64; after a cut it is read again and skipped forward."""
    patience = Patience()
    end = None if length is None else offset + length
    while end is None or offset < end:
        try:
            async with aclosing(_plain(environment, ask, patience)) as pieces:
                at = 0
                async for data in pieces:
                    piece = data[max(0, offset - at) : None if end is None else max(0, end - at)]
                    at += len(data)
                    if piece:
                        offset += len(piece)
                        yield piece
                    if end is not None and at >= end:
                        break
                return
        except line_faults() as error:
            await patience.fault(Broken(type(error).__name__))


async def _plain(environment: Environment, ask: Ask, patience: Patience) -> AsyncGenerator[bytes]:
    left = b""
    async with environment.open(ask, patience) as response:
        async for chunk in response.content.iter_chunked(CHUNK):
            meter().bytes += len(chunk)
            text = left + chunk.translate(None, _DROPPED)
            cut = len(text) // 4 * 4
            left = text[cut:]
            yield _bytes_of(text[:cut])
    if left:
        yield _bytes_of(left + b"=" * (-len(left) % 4))


def _bytes_of(text: bytes) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise Broken("the attachment is not base64", reason="malformed") from None
