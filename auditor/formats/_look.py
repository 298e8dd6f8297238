"""What a format sees of a file when it is asked whether the file is its own."""

from __future__ import annotations

import contextlib
import functools
import zipfile
from typing import BinaryIO

from auditor.formats import _encoding, _long
from auditor.model import Content

NAMED = 20
"""A claim by name or media type only."""
SNIFFED = 50
"""A claim by what the content looks like."""
CERTAIN = 90
"""A claim by a signature that nothing else has."""

_HEAD = 1 << 16
_BEGINNING = 1 << 13
"""Bytes that tell most binary files already."""
_BINARY = (
    b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"%PDF-", b"\x89PNG\r\n\x1a\n",
    b"\xff\xd8\xff", b"GIF87a", b"GIF89a", b"\xd7\xcd\xc6\x9a\0\0",
)  # fmt: skip
"""Beginnings that a format claims however much text follows: there is no need to decode it."""
_TYPES = "[content_types].xml"
_MOST_TYPES = 1 << 20


class Look:
    """Head, name and media type of a file; costlier views are made once and on demand."""

    def __init__(self, content: Content) -> None:
        """Look at ``content`` without reading it whole."""
        self.content = content
        self.head = content.data[:_HEAD]
        name = content.name.rstrip(". ").lower()
        self.suffix = "." + name.rpartition(".")[2] if "." in name else ""
        self.media_type = content.media_type.partition(";")[0].strip().lower()

    @functools.cached_property
    def text(self) -> str:
        """The head as text, without byte order mark and leading blanks; "" when it is binary."""
        if self.head.startswith(_BINARY):
            return ""
        if len(self.head) > _BEGINNING:
            beginning = _encoding.decode(self.head[:_BEGINNING], cut=True)
            if not beginning.sure:
                return ""
        found = _encoding.decode(self.head, cut=len(self.content.data) > _HEAD)
        return found.text.lstrip("\ufeff \t\r\n") if found.sure else ""

    @property
    def cut(self) -> bool:
        """Whether the end of it cannot be read."""
        return self.content.truncated and not self.content.source

    def file(self) -> BinaryIO:
        """All of it, to be read anywhere."""
        return _long.file(self.content)

    def end(self, size: int) -> bytes:
        """The last bytes."""
        return _long.view(self.content)[max(0, _long.length(self.content) - size) :]

    @functools.cached_property
    def _archive(self) -> zipfile.ZipFile | None:
        """It as a zip whose directory can be read."""
        if self.head.startswith(b"PK") and not self.cut:
            with contextlib.suppress(Exception):
                return zipfile.ZipFile(self.file())
        return None

    @functools.cached_property
    def members(self) -> frozenset[str]:
        """Names of the members when it is a zip whose directory can be read, lower case."""
        if self._archive is None:
            return frozenset()
        return frozenset(n.replace("\\", "/").lower() for n in self._archive.namelist())

    @functools.cached_property
    def types(self) -> str:
        """What an Office package says its parts are; "" when it says nothing."""
        if self._archive is None or _TYPES not in self.members:
            return ""
        with contextlib.suppress(Exception):
            name = next(n for n in self._archive.namelist() if n.lower() == _TYPES)
            with self._archive.open(name) as part:
                return part.read(_MOST_TYPES).decode("utf-8", "replace")
        return ""

    def named(self, suffixes: tuple[str, ...], media_types: tuple[str, ...]) -> bool:
        """Whether name or media type say one of these."""
        return self.suffix in suffixes or self.media_type in media_types
