"""Files that text holds as Base64: mail bodies of an API, pictures of a page, parts of an XML."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from auditor.formats import _encoding
from auditor.model import Content, Gap, Limits, Reason

_LEAST = 64
"""Characters below which Base64 holds no list and no picture."""
_WORD = re.compile(r"[A-Za-z0-9+/_-]{24}")
_WHOLE = re.compile(r"[A-Za-z0-9+/_-]+={0,2}")
_ADDRESS = re.compile(
    r"data:([\w.+-]{1,80}/[\w.+-]{1,80})?(?:;[\w=\".-]{1,80}){0,5};base64,([A-Za-z0-9+/=_%-]+)"
)
_KNOWN = (
    b"PK\x03\x04", b"%PDF-", b"\xd0\xcf\x11\xe0", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0",
    b"MM\0*", b"{\\rtf", b"\x1f\x8b", b"BZh", b"7z\xbc\xaf", b"Rar!", b"SQLite format 3",
)  # fmt: skip
_DOCUMENT = re.compile(rb"<\?xml.*>", re.DOTALL)
_SAMPLE = 4_096
_SHORT = 96
"""Bytes below which a checksum looks like Japanese by chance once in a few hundred times."""


@dataclass(slots=True)
class Files:
    """Files found in the values of one content, within its budgets."""

    limits: Limits
    found: list[Content] = field(default_factory=list)
    more: bool = False
    """Whether some were left out."""
    _size: int = 0

    def look(self, value: str, name: str = "") -> bool:
        """Keep the file that ``value`` is, if it is one; ``name`` says what it is called."""
        if len(value) < _LEAST or not _WORD.match(value.lstrip()):
            return False
        packed = "".join(value.split())
        beginning = packed[:_SAMPLE]
        if beginning in (beginning.lower(), beginning.upper()):
            return False  # digits or hexadecimal: Base64 of anything has letters of both cases
        data = _decoded(packed)
        if data[8:12] == _KNOWN[0]:
            self._query(data, name)
            return True
        if not data or not (data.startswith(_KNOWN) or _written(data)):
            return False
        self._keep(name, data, "")
        return True

    def _query(self, data: bytes, name: str) -> None:
        """The steps of a query of Excel: a zip between lengths, and what is said of it."""
        end = 8 + int.from_bytes(data[4:8], "little")
        self._keep(name, data[8:end], "")
        if said := _DOCUMENT.search(data, end):
            self._keep(name, said[0], "")

    def addresses(self, text: str) -> None:
        """Keep the files of ``data:`` addresses in a text."""
        for kind, packed in _ADDRESS.findall(text):
            if data := _decoded(packed.replace("%2B", "+").replace("%2F", "/").replace("%3D", "=")):
                self._keep("", data, kind)

    def _keep(self, name: str, data: bytes, kind: str) -> None:
        self._size += len(data)
        if len(self.found) >= self.limits.members or self._size > self.limits.expanded_bytes:
            self.more = True
            return
        place = f"embedded file {len(self.found) + 1}"
        self.found.append(Content(name, data, kind, path=(place,)))

    def parts(self) -> Iterator[Content | Gap]:
        """The files, and a gap when there were too many."""
        yield from self.found
        if self.more:
            yield Gap(Reason.TOO_MANY_MEMBERS, detail="embedded files")


def _decoded(packed: str) -> bytes:
    if not _WHOLE.fullmatch(packed):
        return b""
    plain = packed.rstrip("=").replace("-", "+").replace("_", "/")
    try:
        return base64.b64decode(plain + "=" * (-len(plain) % 4))
    except (binascii.Error, ValueError):
        return b""


def _written(data: bytes) -> bool:
    """Whether bytes are text: a key or a checksum never is."""
    sample = data[:_SAMPLE]
    found = _encoding.decode(sample, cut=True)
    likely = found.encoding.startswith("utf-8") or len(data) >= _SHORT
    return found.sure and likely and b"\0" not in sample
