"""Members of a zip, read within bounds: what headers promise is never believed."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from zipfile import ZipInfo

from auditor.formats import _encoding
from auditor.model import Gap, Limits, Reason

CHUNK = 1 << 20
_FREE = 5 << 20
"""Bytes of a member that are read whatever its ratio."""
_ENCRYPTED = 0x1
_UTF8 = 0x800
_LOCAL = re.compile(rb"PK\x03\x04")
_LOCAL_SIZE = 30
_STEP = 1 << 16
_STORED, _DEFLATED = 0, 8


@dataclass(slots=True)
class Archive:
    """An open zip with what is left of the budgets."""

    data: bytes = field(repr=False)
    limits: Limits
    file: zipfile.ZipFile = field(init=False, repr=False)
    left: int = field(init=False)
    """Bytes that may still come out."""

    def __post_init__(self) -> None:
        """Read the directory; raises BadZipFile and its kin."""
        self.file = zipfile.ZipFile(io.BytesIO(self.data))
        self.left = self.limits.expanded_bytes

    def chunks(self, info: ZipInfo) -> Iterator[bytes | Gap]:
        """A member's bytes in pieces; a fault or a bound ends them with a gap."""
        if info.flag_bits & _ENCRYPTED:
            yield Gap(Reason.PASSWORD_PROTECTED, detail="encrypted member")
            return
        packed = max(1, min(info.compress_size, len(self.data)))
        total = 0
        try:
            with self.file.open(info) as stream:
                while piece := stream.read(CHUNK):
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
        except (zipfile.BadZipFile, EOFError, OSError, ValueError, RuntimeError) as bad:
            yield Gap(Reason.MALFORMED, detail=type(bad).__name__, bytes_read=total)
        except (struct.error, IndexError, OverflowError, AttributeError) as bad:
            yield Gap(Reason.MALFORMED, detail=type(bad).__name__, bytes_read=total)

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


def name_of(info: ZipInfo) -> str:
    """The member's name; what is not flagged as UTF-8 is mostly cp932 here."""
    if info.flag_bits & _UTF8:
        return info.filename
    try:
        raw = info.filename.encode("cp437")
    except UnicodeEncodeError:
        return info.filename
    return _encoding.decode(raw).text


def salvage(data: bytes, limits: Limits) -> Iterator[tuple[str, bytes]]:
    """``(name, bytes)`` of the members a zip without a readable directory still gives.

    Walks the local headers; entries that are encrypted or packed otherwise than by Deflate are
    passed over, as the caller reports the whole as damaged anyway.
    """
    left = limits.expanded_bytes
    position = 0
    for _ in range(limits.members):
        found = _LOCAL.search(data, position)
        if not found or left <= 0:
            return
        position = found.end()
        header = data[found.start() : found.start() + _LOCAL_SIZE]
        if len(header) < _LOCAL_SIZE:
            return
        flags, method = struct.unpack_from("<HH", header, 6)
        size = int.from_bytes(header[18:22], "little")
        name_size, extra_size = struct.unpack_from("<HH", header, 26)
        start = found.start() + _LOCAL_SIZE + name_size
        raw_name = data[found.start() + _LOCAL_SIZE : start]
        start += extra_size
        if flags & _ENCRYPTED or method not in (_STORED, _DEFLATED) or raw_name.endswith(b"/"):
            continue
        if method == _STORED:
            body = data[start : start + min(size, left)]
            position = start + len(body)
        else:
            body, used = _inflate(data, start, min(left, limits.bytes))
            position = max(position, start + used)
        left -= len(body)
        if body:
            yield _encoding.decode(raw_name).text, body


def _inflate(data: bytes, start: int, cap: int) -> tuple[bytes, int]:
    """What Deflate gives from ``start``, at most ``cap`` bytes, and how much it took."""
    engine = zlib.decompressobj(-15)
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
