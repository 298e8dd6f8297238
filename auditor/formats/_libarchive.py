"""Archives that the standard library does not know, through the system's libarchive.

It is part of Windows and macOS, and of nearly every Linux; where it is missing, a gap says so. It
is called directly: all that is needed is a dozen of its functions, and memory to read from.
"""

from __future__ import annotations

import contextlib
import ctypes
import functools
import locale
import sys
from collections.abc import Iterator, Sequence
from ctypes import c_char_p, c_int, c_int64, c_size_t, c_ssize_t, c_void_p
from typing import Any

from auditor.formats import _encoding, _long, _unpack
from auditor.formats._look import Look
from auditor.model import Content, Gap, Limits, LostError, Reason, Source

MISSING = Gap(Reason.UNSUPPORTED_FORMAT, detail="needs the system library libarchive")
_LIBRARIES = {
    "linux": ("libarchive.so.13", "libarchive.so"),
    "darwin": ("libarchive.2.dylib", "/usr/lib/libarchive.2.dylib", "libarchive.dylib"),
    "win32": ("archiveint.dll", "archive.dll", "libarchive-13.dll"),
}
_SIGNATURES: dict[str, tuple[Any, list[Any]]] = {
    "archive_read_new": (c_void_p, []),
    "archive_read_free": (c_int, [c_void_p]),
    "archive_read_open_memory": (c_int, [c_void_p, c_void_p, c_size_t]),
    "archive_read_set_read_callback": (c_int, [c_void_p, c_void_p]),
    "archive_read_set_skip_callback": (c_int, [c_void_p, c_void_p]),
    "archive_read_set_seek_callback": (c_int, [c_void_p, c_void_p]),
    "archive_read_set_callback_data": (c_int, [c_void_p, c_void_p]),
    "archive_read_open1": (c_int, [c_void_p]),
    "archive_read_set_options": (c_int, [c_void_p, c_char_p]),
    "archive_read_next_header": (c_int, [c_void_p, c_void_p]),
    "archive_read_data": (c_ssize_t, [c_void_p, c_void_p, c_size_t]),
    "archive_read_has_encrypted_entries": (c_int, [c_void_p]),
    "archive_error_string": (c_char_p, [c_void_p]),
    "archive_format": (c_int, [c_void_p]),
    "archive_entry_pathname": (c_char_p, [c_void_p]),
    "archive_entry_pathname_utf8": (c_char_p, [c_void_p]),
    "archive_entry_filetype": (c_int, [c_void_p]),
    "archive_entry_is_encrypted": (c_int, [c_void_p]),
    "archive_entry_size": (c_int64, [c_void_p]),
}
_OPTIONS = (b"lha:hdrcharset=CP932", b"rar:hdrcharset=CP932", b"cab:hdrcharset=CP932")
"""How names are written where nothing says it."""
_PROGRAM = b"MZ"
_SOON = 1 << 20
"""Bytes of a program in which an archive behind it begins."""
_END, _WARNING, _FAILED, _FATAL = 1, -20, -25, -30
_FOLDER, _LINK = 0o040000, 0o120000
_ENCRYPTED = (b"encrypt", b"passphrase", b"password")
_UNKNOWN = (b"not supported", b"unsupported", b"unknown")


@functools.cache
def _library() -> Any:
    """The system's library with the types of its functions; None where it is missing."""
    for name in _LIBRARIES.get(sys.platform, ()):
        try:
            library = ctypes.CDLL(name)
            for function, (result, arguments) in _SIGNATURES.items():
                found = getattr(library, function)
                found.restype, found.argtypes = result, arguments
        except (OSError, AttributeError):
            continue
        _speak_unicode()
        return library
    return None


def _speak_unicode() -> None:
    """Names pass through the locale's encoding; under one that lacks their characters all ends."""
    if sys.platform == "win32" or "utf" in locale.setlocale(locale.LC_CTYPE).lower():
        return
    for name in ("C.UTF-8", "C.utf8", "en_US.UTF-8"):
        with contextlib.suppress(locale.Error):
            locale.setlocale(locale.LC_CTYPE, name)
            return


class _Feed:
    """What libarchive asks for of an archive that is not held."""

    def __init__(self, source: Source, start: int) -> None:
        """The archive begins at ``start``."""
        self._source, self._start, self._at = source, start, 0
        self._piece = b""
        """It is read from where it lies, until the next one is asked for."""
        self.lost: LostError | None = None
        """Why there was no more."""
        self._calls = (_READ(self._read), _SKIP(self._skip), _SEEK(self._seek))

    def open(self, library: Any, archive: Any) -> int:
        for name, call in zip(("read", "skip", "seek"), self._calls, strict=True):
            getattr(library, f"archive_read_set_{name}_callback")(archive, call)
        library.archive_read_set_callback_data(archive, None)
        return int(library.archive_read_open1(archive))

    def _read(self, _archive: Any, _data: Any, buffer: Any) -> int:
        try:
            self._piece = self._source.read(self._start + self._at, _unpack.CHUNK)
        except LostError as lost:
            self.lost = lost
            return _FATAL
        self._at += len(self._piece)
        buffer[0] = ctypes.cast(c_char_p(self._piece), c_void_p).value
        return len(self._piece)

    def _skip(self, _archive: Any, _data: Any, request: int) -> int:
        skipped = max(0, min(request, self._source.size - self._start - self._at))
        self._at += skipped
        return skipped

    def _seek(self, _archive: Any, _data: Any, offset: int, whence: int) -> int:
        base = (0, self._at, self._source.size - self._start)[whence]
        self._at = max(0, base + offset)
        return self._at


_READ = ctypes.CFUNCTYPE(c_ssize_t, c_void_p, c_void_p, ctypes.POINTER(c_void_p))
_SKIP = ctypes.CFUNCTYPE(c_int64, c_void_p, c_void_p, c_int64)
_SEEK = ctypes.CFUNCTYPE(c_int64, c_void_p, c_void_p, c_int64, c_int)


class _Reader:
    """An archive that is open."""

    def __init__(
        self, library: Any, content: Content, supported: tuple[str, ...], start: int = 0
    ) -> None:
        """It begins at ``start``.

        ``supported``: the end of names of the functions that switch formats and filters on.
        """
        self.library = library
        self.entry = c_void_p()
        self.archive = library.archive_read_new()
        self._data = content.data[start:]  # it is read from where it lies
        self._feed = _Feed(content.source, start) if content.source else None
        self._buffer = ctypes.create_string_buffer(_unpack.CHUNK)
        for name in supported:
            switch = getattr(library, f"archive_read_support_{name}", None)
            if switch:
                switch.restype, switch.argtypes = c_int, [c_void_p]
                switch(self.archive)
        for option in _OPTIONS:
            library.archive_read_set_options(self.archive, option)
        if self._feed:
            self.state = self._feed.open(library, self.archive)
        else:
            self.state = library.archive_read_open_memory(self.archive, self._data, len(self._data))

    def close(self) -> None:
        self.library.archive_read_free(self.archive)

    def next(self) -> bool:
        """Whether there is another member; ``entry`` is it."""
        if _WARNING <= self.state <= 0 or self.state == _FAILED:
            head = ctypes.byref(self.entry)
            self.state = self.library.archive_read_next_header(self.archive, head)
        return bool(_WARNING <= self.state <= 0)

    def name(self) -> str:
        """What the member is called, in whatever encoding."""
        wide = self.library.archive_entry_pathname_utf8(self.entry)
        raw = wide or self.library.archive_entry_pathname(self.entry) or b""
        return _encoding.decode(raw).text.replace("\\", "/")

    def is_folder(self) -> bool:
        return bool(self.library.archive_entry_filetype(self.entry) == _FOLDER)

    def chunks(self) -> _unpack.Chunks:
        """The bytes of the member."""
        if self.library.archive_entry_is_encrypted(self.entry) == 1:
            yield Gap(Reason.PASSWORD_PROTECTED, detail="encrypted member")
            return
        link = self.library.archive_entry_filetype(self.entry) == _LINK
        missing = 0 if link else self.library.archive_entry_size(self.entry)  # 0: not known
        while True:
            size = self.library.archive_read_data(self.archive, self._buffer, _unpack.CHUNK)
            if size <= 0:
                break
            missing -= size
            yield self._buffer.raw[:size]
        if size < 0:
            self.state = size
            yield self.fault()
        elif missing > 0:  # RAR 5 and others end without a word
            yield Gap(Reason.MALFORMED, detail="libarchive")

    def fault(self) -> Gap:
        """Why it could not go on; the library's words may quote the file, and are not told."""
        if self._feed and self._feed.lost:
            return _long.gap_of(self._feed.lost)
        said = (self.library.archive_error_string(self.archive) or b"").lower()
        known = self.library.archive_format(self.archive)  # else the next call may crash
        sealed = known and self.library.archive_read_has_encrypted_entries(self.archive) == 1
        if sealed or any(word in said for word in _ENCRYPTED):
            return Gap(Reason.PASSWORD_PROTECTED, detail="encrypted archive")
        if any(word in said for word in _UNKNOWN):
            return Gap(Reason.UNSUPPORTED_FORMAT, detail="compression method")
        return Gap(Reason.MALFORMED, detail="libarchive")


def behind(look: Look, *signatures: bytes) -> bool:
    """Whether it is a program that has an archive behind it, which unpacks itself when it runs."""
    return look.head.startswith(_PROGRAM) and _start(look.content.data, signatures) > 0


def _start(data: bytes, signatures: Sequence[bytes]) -> int:
    """Where the archive begins; 0 when that is where the data begins, or nowhere."""
    if not data.startswith(_PROGRAM):
        return 0
    found = (data.find(signature, 0, _SOON) for signature in signatures)
    return min((at for at in found if at >= 0), default=0)


def members(
    content: Content, limits: Limits, *supported: str, signatures: Sequence[bytes] = ()
) -> Iterator[Content | Gap]:
    """Every member of an archive as content of its own.

    ``supported`` are the formats it may be of, as libarchive's functions are called;
    ``signatures`` are where it begins when a program stands before it.
    """
    library = _library()
    if library is None:
        yield MISSING
        return
    formats = tuple(f"format_{name}" for name in supported)
    reader = _Reader(library, content, formats, _start(content.data, signatures))
    try:
        yield from _members(reader, content, limits)
    finally:
        reader.close()


def _members(reader: _Reader, content: Content, limits: Limits) -> Iterator[Content | Gap]:
    bounds = _unpack.Bounds(limits, _long.length(content))
    number = 0
    while reader.next():
        number += 1
        if number > limits.members:
            yield Gap(Reason.TOO_MANY_MEMBERS)
            return
        if reader.is_folder():
            continue
        name = reader.name()
        yield from _unpack.member(name, bounds.watch(reader.chunks()), limits.bytes)
        if bounds.spent:
            return
    if reader.state != _END:
        fault = reader.fault()
        if fault.reason is not Reason.MALFORMED or not content.truncated:
            yield fault


def unpacked(content: Content, *supported: str) -> _unpack.Chunks:
    """The bytes of the first member, or of a file packed alone."""
    library = _library()
    if library is None:
        yield MISSING
        return
    reader = _Reader(library, content, supported)
    try:
        if reader.next():
            yield from reader.chunks()
        elif reader.state != _END:
            yield reader.fault()
    finally:
        reader.close()
