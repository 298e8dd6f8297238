"""Members of a tar stream: read block by block, and found again after damage.

Old, POSIX (ustar and pax) and GNU headers. A header is known by its checksum, so that whatever
stands in the way is passed over until the next one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from auditor.formats import _encoding
from auditor.model import Content, Gap, Limits, Reason, Text

BLOCK = 512
_CHECKSUM = slice(148, 156)
_NO_DATA = b"123456"
_LONG_NAME, _LONG_LINK, _PAX, _PAX_ALL, _SPARSE = b"L", b"K", b"x", b"g", b"S"
_EXTENDED = 64 << 10
"""Bytes of an extended header that are read."""
_LARGEST = 1 << 62
_NUMERIC = re.compile(rb"[0-9.]{0,24}")
"""Times and sizes in extended headers."""


@dataclass(slots=True)
class _Header:
    name: bytes
    kind: bytes
    size: int
    notes: tuple[str, ...]
    """Who owns it, and where it leads."""
    more: bool
    """More of a sparse file's map follows."""


class _Source:
    """Bytes on demand out of chunks; the gap that ended them, if one did."""

    def __init__(self, chunks: Iterable[bytes | Gap]) -> None:
        self._chunks = iter(chunks)
        self._chunk = b""
        self._at = 0
        self.gap: Gap | None = None

    def _fill(self) -> bool:
        chunk = next(self._chunks, None)
        if isinstance(chunk, Gap):
            self.gap, chunk = chunk, None
        self._chunk, self._at = chunk or b"", 0
        return chunk is not None

    def take(self, size: int, keep: int) -> tuple[bytes, int]:
        """The next ``size`` bytes, of which ``keep`` are held; and how many there were."""
        pieces: list[bytes] = []
        held = done = 0
        while done < size and (self._at < len(self._chunk) or self._fill()):
            start = self._at
            self._at = min(len(self._chunk), start + size - done)
            done += self._at - start
            if held < keep:
                pieces.append(self._chunk[start : min(self._at, start + keep - held)])
                held += len(pieces[-1])
        return b"".join(pieces), done


def begins(block: bytes) -> bool:
    """Whether this is the first block of an archive."""
    return _header(block) is not None


def parts(
    chunks: Iterable[bytes | Gap], limits: Limits, *, cut: bool
) -> Iterator[Text | Content | Gap]:
    """Every member; ``cut`` says that the end of the archive is missing."""
    yield from _Walk(chunks, limits, cut=cut).parts()


class _Walk:
    """One way through an archive."""

    def __init__(self, chunks: Iterable[bytes | Gap], limits: Limits, *, cut: bool) -> None:
        self._source = _Source(chunks)
        self._limits = limits
        self._cut = cut
        self._broken = False
        self._notes: dict[str, None] = {}
        self._name = b""
        """Of the next member, as an extended header told it; so is the size."""
        self._size: int | None = None

    def parts(self) -> Iterator[Text | Content | Gap]:
        """Members, then owners and links, then what went wrong."""
        for number, header in enumerate(self._headers()):
            if number >= self._limits.members:
                yield Gap(Reason.TOO_MANY_MEMBERS)
                return
            yield from self._member(header)
        if self._notes:
            yield Text("\n".join(self._notes), "owners and links")
        if self._source.gap:
            yield self._source.gap
        elif self._broken:
            yield Gap(Reason.MALFORMED, detail="blocks that are no header")

    def _headers(self) -> Iterator[_Header]:
        """Of every member, with what the extended headers before it say."""
        while True:
            block, length = self._source.take(BLOCK, BLOCK)
            if length < BLOCK:
                self._broken = self._broken or (any(block) and not self._cut)
                return
            header = _header(block) if any(block) else None
            if header is None:
                self._broken = self._broken or any(block)
                continue
            while header.more:
                block, length = self._source.take(BLOCK, BLOCK)
                header.more = length == BLOCK and block[504] == 1
            if header.kind in (_LONG_NAME, _LONG_LINK, _PAX, _PAX_ALL):
                self._extended(header)
                continue
            header.name = self._name or header.name
            header.size = header.size if self._size is None else self._size
            self._name, self._size = b"", None
            self._notes.update(dict.fromkeys(header.notes))
            yield header

    def _member(self, header: _Header) -> Iterator[Content | Gap]:
        name = _encoding.decode(header.name).text
        size = 0 if header.kind in _NO_DATA else header.size
        data, length = self._source.take(size, min(size, self._limits.bytes))
        if header.kind != b"5" and not name.endswith("/"):
            more = size > self._limits.bytes
            yield Content(name, data, path=(name,), truncated=more, total=size if more else None)
        elif name:
            self._notes[name] = None
        if length < size and not self._cut and not self._source.gap:
            yield Gap(Reason.MALFORMED, part=name, detail="end is missing", bytes_read=length)
        self._source.take(-size % BLOCK, 0)

    def _extended(self, header: _Header) -> None:
        """What an extended header says of the next member, or of all."""
        body, _ = self._source.take(header.size, min(header.size, _EXTENDED))
        self._source.take(-header.size % BLOCK, 0)
        text = body.partition(b"\0")[0]
        if header.kind == _LONG_NAME:
            self._name = text
        elif header.kind == _LONG_LINK:
            self._notes[_encoding.decode(text).text] = None
        else:
            for key, value in _records(body):
                self._record(key, value)

    def _record(self, key: bytes, value: bytes) -> None:
        if key in (b"path", b"GNU.sparse.name"):
            self._name = value
        elif key == b"size" and value.isdigit() and len(value) < 19:
            self._size = int(value)
        elif not _NUMERIC.fullmatch(value):
            self._notes[_encoding.decode(value, "utf-8").text] = None


def _records(body: bytes) -> Iterator[tuple[bytes, bytes]]:
    """``length key=value`` lines of a pax header."""
    at = 0
    while at < len(body):
        digits, blank, _ = body[at : at + 20].partition(b" ")
        if not blank or not digits.isdigit() or int(digits) <= len(digits) + 1:
            return
        key, _, value = body[at + len(digits) + 1 : at + int(digits)].partition(b"=")
        yield key, value.removesuffix(b"\n")
        at += int(digits)


def _header(block: bytes) -> _Header | None:
    """What a block says if it is a header."""
    if len(block) < BLOCK or not block[0]:
        return None
    stated, size = _number(block[_CHECKSUM]), _number(block[124:136])
    if not stated or size is None or not _adds_up(block, stated):
        return None
    name = block[:100].partition(b"\0")[0]
    named = block[257:262] == b"ustar"
    if block[257:263] == b"ustar\0" and block[345]:
        name = block[345:500].partition(b"\0")[0] + b"/" + name
    kind = block[156:157]
    said = (block[157:257], *((block[265:297], block[297:329]) if named else ()))
    notes = (_encoding.decode(raw.partition(b"\0")[0]).text for raw in said)
    return _Header(
        name, kind, size, tuple(filter(None, notes)), kind == _SPARSE and block[482] == 1
    )


def _adds_up(block: bytes, stated: int) -> bool:
    """Whether the bytes, taken with or without a sign, give the checksum; it counts as blanks."""
    known = sum(block) - sum(block[_CHECKSUM]) + 8 * 0x20
    if stated == known:
        return True
    rest = (*block[: _CHECKSUM.start], *block[_CHECKSUM.stop :])
    signs = sum(byte > 0x7F for byte in rest)
    return bool(stated == known - 256 * signs)


def _number(field: bytes) -> int | None:
    """Octal digits, or base 256 where the first bit says so."""
    if field[0] & 0x80:
        value = int.from_bytes(field, "big") - (0x80 << 8 * (len(field) - 1))
        return min(value, _LARGEST) if value >= 0 else None
    digits = field.strip(b"\0 ")
    if not digits:
        return 0
    return int(digits, 8) if digits.isdigit() and not set(digits) & set(b"89") else None
