"""Members of a zip by their own headers: where its directory is lost, or does not list them."""

from __future__ import annotations

import bz2
import itertools
import lzma
import re
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from auditor.formats import (
    _deflate64,
    _encoding,
    _explode,
    _libarchive,
    _unreduce,
    _unshrink,
)
from auditor.model import Content, Gap, Limits, Reason

_HEADER = re.compile(rb"PK\x03\x04")
_NEXT = re.compile(rb"PK(?:\x03\x04|\x01\x02|\x07\x08|\x05\x06)")
_SIZE = 30
_STEP = 1 << 16
_ENCRYPTED, _DESCRIBED_BEHIND, _UTF8 = 0x1, 0x8, 0x800
_STORED, _DEFLATED, _DEFLATE64, _BZIP2, _LZMA = 0, 8, 9, 12, 14
_SHRUNK, _REDUCED, _IMPLODED = 1, range(2, 6), 6
"""Those of PKZIP before version 2, of which nothing says where they end but the size."""
_OTHERS = frozenset((93, 95, 98))
"""Zstandard, xz, PPMd: libarchive's."""
_AES = 99
_VERSION = 63
_LONGEST = 1_024
_FREE = 5 << 20
_MOST = 100_000
"""Headers that are looked at."""
FAULTS = (zlib.error, lzma.LZMAError, OSError, EOFError, ValueError, struct.error)


@dataclass(slots=True)
class Entry:
    """What the header of a member says."""

    flags: int
    method: int
    size: int
    """Of the packed bytes; 0 where it stands behind them."""
    checks: tuple[int, int]
    """CRC and unpacked size, as stated."""
    raw: bytes = field(repr=False)
    start: int
    """Where the packed bytes begin."""

    @property
    def name(self) -> str:
        """What it is called, in whatever encoding."""
        return _encoding.decode(self.raw, "utf-8" if self.flags & _UTF8 else "").text


def entry(data: bytes, at: int) -> Entry | None:
    """The header at ``at``, if there is one."""
    if at < 0 or not _HEADER.match(data, at) or at + _SIZE > len(data):
        return None
    version, flags, method = struct.unpack_from("<HHH", data, at + 4)
    crc, size, whole, name, extra = struct.unpack_from("<IIIHH", data, at + 14)
    ours = (_STORED, *range(_SHRUNK, _IMPLODED + 1), _DEFLATED, _DEFLATE64, _BZIP2, _LZMA, _AES)
    known = method in ours or method in _OTHERS
    if (version & 0xFF) > _VERSION or not known or not 0 < name <= _LONGEST:
        return None
    raw = data[at + _SIZE : at + _SIZE + name]
    return Entry(flags, method, size, (crc, whole), raw, at + _SIZE + name + extra)


def entries(data: bytes) -> Iterator[Entry]:
    """Everything in ``data`` that looks like the header of a member."""
    for found in itertools.islice(_HEADER.finditer(data), _MOST):
        if member := entry(data, found.start()):
            yield member


def salvage(
    data: bytes, limits: Limits, listed: Iterable[tuple[int, int]] = ()
) -> Iterator[tuple[str, bytes] | Gap]:
    """``(name, bytes)`` of the members that headers in ``data`` tell of, and what is sealed.

    ``listed`` are the stretches of what is known of already, in order. What is damaged comes as
    far as it goes: whoever asks for this has said that the archive is not whole.
    """
    left = limits.expanded_bytes
    known = iter(listed)
    begin, end = next(known, (len(data), len(data)))
    position = 0
    for _ in range(_MOST):
        found = _HEADER.search(data, position)
        while found and found.start() >= begin:
            position = max(position, end)
            begin, end = next(known, (len(data), len(data)))
            found = _HEADER.search(data, position)
        if not found:
            return
        if left <= 0:
            yield Gap(Reason.TOO_LARGE, detail="expanded bytes of all members")
            return
        position = found.end()
        member = entry(data, found.start())
        if member is None or member.raw.endswith(b"/"):
            continue
        if member.flags & _ENCRYPTED:
            position = min(member.start + member.size, len(data))
            yield Gap(Reason.PASSWORD_PROTECTED, part=member.name, detail="encrypted member")
            continue
        body, position = _body(data, member, min(left, limits.bytes), limits.ratio)
        left -= len(body)
        if body:
            yield member.name, body


def _body(data: bytes, member: Entry, most: int, ratio: int) -> tuple[bytes, int]:
    """What a member gives, and where the next one may begin."""
    if member.method == _DEFLATED:
        body, used = inflate(data, member.start, most)
        return body, member.start + used
    size = member.size or None
    if size is None or member.flags & _DESCRIBED_BEHIND:
        following = _NEXT.search(data, member.start)
        size = (following.start() if following else len(data)) - member.start
    pieces: list[bytes] = []
    total = 0
    for piece in unpacked(data, member, size):
        if isinstance(piece, Gap):
            break
        pieces.append(piece)
        total += len(piece)
        if total > most or (total > _FREE and total > size * ratio):
            break
    return b"".join(pieces)[:most], min(member.start + size, len(data))


def unpacked(data: bytes, member: Entry, size: int) -> Iterator[bytes | Gap]:
    """The bytes of a member that has ``size`` packed ones."""
    end = min(member.start + size, len(data))
    if member.method in _OTHERS:
        whole = _alone(member, data[member.start : end])
        yield from _libarchive.unpacked(Content("", whole), "format_zip")
        return
    try:
        if _SHRUNK <= member.method <= _IMPLODED:
            yield from _old(member, data[member.start : end])
        elif member.method == _DEFLATE64:
            yield from _deflate64.unpacked(data[member.start : end])
        elif engine := _engine(member.method):
            yield from _run(engine, data, member.start, end)
        else:
            yield Gap(Reason.UNSUPPORTED_FORMAT, detail="compression method")
    except FAULTS:
        yield Gap(Reason.MALFORMED, detail="zip")


def _old(member: Entry, packed: bytes) -> Iterator[bytes]:
    """What PKZIP packed before version 2; ValueError in the end where the bytes are not right."""
    crc, size = member.checks
    if member.method == _SHRUNK:
        pieces = _unshrink.unpacked(packed, size)
    elif member.method in _REDUCED:
        pieces = _unreduce.unpacked(packed, size, member.method - 1)
    else:
        pieces = _explode.unpacked(packed, size, member.flags)
    found = 0
    for piece in pieces:
        found = zlib.crc32(piece, found)
        yield piece
    if found != crc:
        raise ValueError("checksum")


def _run(engine: Any, data: bytes, start: int, end: int) -> Iterator[bytes]:
    for at in range(start, end, _STEP):
        if piece := engine.decompress(data[at : min(at + _STEP, end)]):
            yield piece
        if engine.eof:
            return


class _Stored:
    """What is not packed at all, unpacked like the rest."""

    eof = False

    def decompress(self, data: bytes) -> bytes:
        """The same."""
        return data


def _engine(method: int) -> Any:
    if method == _STORED:
        return _Stored()
    if method == _DEFLATED:
        return zlib.decompressobj(-zlib.MAX_WBITS)
    if method == _BZIP2:
        return bz2.BZ2Decompressor()
    return zipfile.LZMADecompressor() if method == _LZMA else None  # type: ignore[attr-defined]


def _alone(member: Entry, packed: bytes) -> bytes:
    """A zip of nothing but this member."""
    crc, whole = member.checks
    sizes = (crc, len(packed), whole, 1, 0)
    head = struct.pack("<4sHHHHHIIIHH", b"PK\3\4", _VERSION, 0, member.method, 0, 33, *sizes)
    return head + b"x" + packed


def inflate(data: bytes, start: int, cap: int, window: int = -zlib.MAX_WBITS) -> tuple[bytes, int]:
    """What Deflate gives from ``start``, at most ``cap`` bytes, and how much it took."""
    engine = zlib.decompressobj(window)
    pieces: list[bytes] = []
    total = used = 0
    try:
        while not engine.eof and total < cap and start + used < len(data):
            piece = data[start + used : start + used + _STEP]
            out = engine.decompress(piece, cap - total)
            used += len(piece) - len(engine.unconsumed_tail) - len(engine.unused_data)
            pieces.append(out)
            total += len(out)
    except zlib.error:
        pass  # what came before it stays
    return b"".join(pieces), used
