"""What holds inside a group of rich text, and bytes that such a group holds."""

from __future__ import annotations

import binascii
import re
from dataclasses import dataclass, field

from auditor.formats._rtfwords import Kind

_NOT_HEX = re.compile(rb"[^0-9A-Fa-f]+")


@dataclass(slots=True)
class Blob:
    """Bytes that a destination holds, in hexadecimal digits or as they are."""

    kind: str
    """``pict``, ``objdata`` or ``datastore``."""
    format: str = ""
    """What a picture says it is."""
    digits: list[bytes] = field(default_factory=list, repr=False)
    raw: bytes = field(default=b"", repr=False)

    def data(self) -> bytes:
        """The bytes, as far as there are whole ones."""
        digits = _NOT_HEX.sub(b"", b"".join(self.digits))
        return self.raw or binascii.unhexlify(digits[: len(digits) // 2 * 2])


@dataclass(slots=True)
class State:
    """What holds inside a group until it ends."""

    kind: Kind = Kind.TEXT
    held: Kind = Kind.TEXT
    """What held before a group that is said twice."""
    place: str = ""
    font: int = -1
    unicode_skip: int = 1
    change: int = 0
    in_table: bool = False
    markup: bool = False
    """Inside what a mail program made of HTML: it is said in HTML as well."""
    starred: bool = False
    """The next word is a destination that may be unknown."""
    describes: int = -1
    """The font that is being described."""
    blob: Blob | None = None
    buffer: list[str] = field(default_factory=list)
    """Text of the destination, where it is no paragraph."""
