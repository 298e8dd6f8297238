"""Members of a zip, read within bounds: what headers promise is never believed."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from zipfile import ZipInfo

from auditor.formats import _encoding, _local, _long
from auditor.model import Content, Gap, Limits, Reason, Source

CHUNK = 1 << 20
_FREE = 5 << 20
"""Bytes of a member that are read whatever its ratio."""
_ENCRYPTED = 0x1
_UTF8 = 0x800
_UNUSUAL = 0x60
"""Patched data, strong encryption."""
_LOCAL = b"PK\3\4"
_HEADER = 30
_UNICODE_PATH = 0x7075


@dataclass(slots=True)
class Archive:
    """An open zip with what is left of the budgets."""

    data: bytes = field(repr=False)
    limits: Limits
    source: Source | None = field(default=None, repr=False)
    """Where ``data`` is only its beginning: all of it."""
    file: zipfile.ZipFile = field(init=False, repr=False)
    left: int = field(init=False)
    """Bytes that may still come out."""
    _placed: dict[str, _local.Entry] | None = field(default=None, init=False, repr=False)

    def __post_init__(self) -> None:
        """Read the directory; raises BadZipFile and its kin."""
        self.file = zipfile.ZipFile(_long.file(Content("", self.data, source=self.source)))
        self.left = self.limits.expanded_bytes

    def chunks(self, info: ZipInfo) -> Iterator[bytes | Gap]:
        """A member's bytes in pieces; a fault or a bound ends them with a gap."""
        if info.flag_bits & _ENCRYPTED:
            yield Gap(Reason.PASSWORD_PROTECTED, detail="encrypted member")
            return
        size = self.source.size if self.source else len(self.data)
        packed = max(1, min(info.compress_size, size))
        total = 0
        try:
            for piece in self._unpacked(info):
                if isinstance(piece, Gap):
                    yield replace(piece, bytes_read=total)
                    return
                total += len(piece)
                self.left -= len(piece)
                if gap := self._bound(total, packed, info):
                    yield gap
                    return
                yield piece
        except NotImplementedError:
            yield Gap(Reason.UNSUPPORTED_FORMAT, detail="compression method")
        except zlib.error:
            yield Gap(Reason.MALFORMED, detail="Deflate", bytes_read=total)
        except (*_local.FAULTS, zipfile.BadZipFile, RuntimeError, LookupError, ArithmeticError):
            yield Gap(Reason.MALFORMED, detail="zip", bytes_read=total)
        except AttributeError:  # the standard library's, of a member in several pieces
            yield Gap(Reason.MALFORMED, detail="zip", bytes_read=total)

    def _unpacked(self, info: ZipInfo) -> Iterator[bytes | Gap]:
        """A member's bytes, by whoever knows how it is packed."""
        if small := self._small(info):
            yield small
            return
        try:
            stream = self.file.open(info)
        except (zipfile.BadZipFile, NotImplementedError) as bad:
            entry = _local.entry(self.data, info.header_offset) or self._elsewhere(info)
            if entry is None:
                raise
            if isinstance(bad, NotImplementedError):
                entry.method, entry.checks = info.compress_type, (info.CRC, info.file_size)
            yield from _local.unpacked(self.data, entry, info.compress_size)
            return
        with stream:
            while piece := stream.read(CHUNK):
                yield piece

    def _small(self, info: ZipInfo) -> bytes:
        """A small deflated member that is in order to its last byte; b"" of any other.

        Of documents that is nearly every part, and the standard library takes longer to open one
        than to unpack it.
        """
        at = info.header_offset
        if self.source or info.compress_type != zipfile.ZIP_DEFLATED or info.file_size > CHUNK:
            return b""
        if at < 0 or info.flag_bits & _UNUSUAL:
            return b""
        if self.data[at : at + 4] != _LOCAL or len(self.data) < at + _HEADER:
            return b""
        name, extra = struct.unpack_from("<HH", self.data, at + _HEADER - 4)
        start = at + _HEADER + name
        if self.data[at + _HEADER : start] != _raw(info):
            return b""
        start += extra
        engine = zlib.decompressobj(-zlib.MAX_WBITS)
        try:
            packed = self.data[start : start + info.compress_size]
            out = engine.decompress(packed, info.file_size + 1)
        except zlib.error:
            return b""
        whole = engine.eof and len(out) == info.file_size and zlib.crc32(out) == info.CRC
        return out if whole else b""

    def _elsewhere(self, info: ZipInfo) -> _local.Entry | None:
        """The member's header where the directory is wrong about its place."""
        if self._placed is None:
            self._placed = {entry.name: entry for entry in _local.entries(self.data)}
        return self._placed.get(name_of(info))

    @property
    def is_in_place(self) -> bool:
        """Whether every member that was read lay where the directory says."""
        return self._placed is None

    def _bound(self, total: int, packed: int, info: ZipInfo) -> Gap | None:
        if total > _FREE and total > packed * self.limits.ratio:
            return Gap(Reason.EXPANSION_RATIO, bytes_read=total, bytes_total=info.file_size)
        if self.left < 0:
            return Gap(
                Reason.TOO_LARGE,
                detail="expanded bytes of all members",
                bytes_read=total,
                bytes_total=info.file_size,
            )
        return None

    def read(self, info: ZipInfo, cap: int) -> tuple[bytes, bool, Gap | None]:
        """Up to ``cap`` bytes, whether there are more, and what was in the way."""
        pieces: list[bytes] = []
        total = 0
        for piece in self.chunks(info):
            if isinstance(piece, Gap):
                return b"".join(pieces), False, piece
            pieces.append(piece)
            total += len(piece)
            if total > cap:
                return b"".join(pieces)[:cap], True, None
        return b"".join(pieces), False, None


def _raw(info: ZipInfo) -> bytes:
    """The name as it is written."""
    return info.orig_filename.encode("utf-8" if info.flag_bits & _UTF8 else "cp437", "replace")


def name_of(info: ZipInfo) -> str:
    """The member's name; what is not flagged as UTF-8 is mostly cp932 here."""
    if info.flag_bits & _UTF8:
        return info.filename
    if told := _unicode_path(info.extra):
        return told
    try:
        raw = info.filename.encode("cp437")
    except UnicodeEncodeError:
        return info.filename
    return _encoding.decode(raw).text


def _unicode_path(extra: bytes) -> str:
    """The name in UTF-8 that some programs put beside the other one."""
    at = 0
    while at + 4 <= len(extra):
        kind, size = struct.unpack_from("<HH", extra, at)
        if kind == _UNICODE_PATH:
            return extra[at + 9 : at + 4 + size].decode("utf-8", "ignore")
        at += 4 + size
    return ""


def stretches(file: zipfile.ZipFile) -> list[tuple[int, int]]:
    """Where the members that the directory lists begin and end, in order, none inside another."""
    spans = ((i.header_offset, i.header_offset + 30 + i.compress_size) for i in file.infolist())
    apart: list[tuple[int, int]] = []
    for begin, end in sorted(spans):
        if not apart or begin >= apart[-1][1]:
            apart.append((begin, end))
        elif end > apart[-1][1]:
            apart[-1] = (apart[-1][0], end)
    return apart
