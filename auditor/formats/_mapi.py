"""Properties of Outlook items in compound files (MS-OXMSG): texts, numbers, and names for them."""

from __future__ import annotations

import re
import struct
from collections.abc import Callable, Iterator

from auditor.formats import _cfb, _propset, _strings

PROPERTIES = "__properties_version1.0"
NAMES = "__nameid_version1.0"

_STREAM = re.compile(r"__substg1\.0_([0-9A-F]{4})([0-9A-F]{4})(-[0-9A-F]{8})?", re.IGNORECASE)
_TEXT_8, _TEXT_16 = 0x1E, 0x1F
_MANY = 0x1000
_ROW = struct.Struct("<HH4x8s")
_FIXED = {3: "<i", 5: "<d", 6: "<q", 20: "<q"}
_CURRENCY = 6
_LEAST = 10**9
"""The smallest number of fixed length that is worth telling: times and flags are smaller."""
_MOST = 10**15
_BODIES = frozenset((0x1000, 0x1009, 0x1013, 0x3701, 0x007D))
"""Bodies, headers and attached data: read as what they are."""
_WORDS = {
    0x0037: "subject", 0x0C1A: "from", 0x0C1F: "from", 0x0042: "on behalf of", 0x0065: "from",
    0x0E04: "to", 0x0E03: "cc", 0x0E02: "bcc", 0x3001: "name", 0x3003: "address",
    0x39FE: "address", 0x3704: "file", 0x3707: "file", 0x3A00: "account",
}  # fmt: skip
_MACHINE = frozenset(
    (0x001A, 0x0064, 0x0C1E, 0x3002, 0x1035, 0x1039, 0x1042, 0x007F, 0x3FFA, 0x3FF8, 0x0070,
     0x0E1D, 0x370E, 0x3703, 0x3712, 0x003D, 0x0075, 0x0077, 0x300B, 0x0E4B,
     0x0047, 0x0071, 0x003B, 0x0051, 0x0052)
)  # fmt: skip
"""Classes, identifiers, kinds of address; the subject once more."""


Read = Callable[[_cfb.Entry], bytes]
"""Gives the bytes of a stream, as far as they can be read."""


class Properties:
    """The properties of one storage: a message, a recipient, an attachment."""

    def __init__(self, storage: _cfb.Entry, read: Read) -> None:
        """List what lies in ``storage``; ``read`` gives the bytes of a stream."""
        self._read = read
        self.streams: dict[int, list[tuple[int, _cfb.Entry]]] = {}
        """Property → types and streams; several for one with many values."""
        self.numbers: dict[int, float] = {}
        """Numbers of fixed length."""
        for entry in storage.children:
            if match := _STREAM.fullmatch(entry.name):
                kind = int(match[2], 16)
                if not kind & _MANY or match[3]:  # else only the lengths of what follows
                    row = (kind & ~_MANY, entry)
                    self.streams.setdefault(int(match[1], 16), []).append(row)
        fixed = storage.find(PROPERTIES)
        if fixed and fixed.kind == _cfb.STREAM:
            self._fixed(read(fixed), whole=storage.kind == _cfb.ROOT)

    def _fixed(self, raw: bytes, *, whole: bool) -> None:
        """Rows of 16 bytes, behind 32 of a file, 24 of a message that lay in another, or 8."""
        start = 8 if not whole else 24 if len(raw) % 16 == 8 else 32
        rows = raw[start : start + max(0, len(raw) - start) // 16 * 16]
        for kind, key, value in _ROW.iter_unpack(rows):
            if kind in _FIXED:
                (number,) = struct.unpack_from(_FIXED[kind], value)
                self.numbers[key] = number / 10_000 if kind == _CURRENCY else number

    def number(self, *keys: int) -> int:
        """The first of these numbers that is there; 0 without one."""
        return int(next((self.numbers[key] for key in keys if self.numbers.get(key)), 0))

    def data(self, key: int) -> bytes | None:
        """The bytes of a property that is no text."""
        for kind, entry in self.streams.get(key, ()):
            if kind not in (_TEXT_8, _TEXT_16) and entry.kind == _cfb.STREAM:
                return self._read(entry)
        return None

    def storage(self, key: int) -> _cfb.Entry | None:
        """The storage that a property is."""
        return next((e for _, e in self.streams.get(key, ()) if e.kind == _cfb.STORAGE), None)

    def texts(self, key: int, codec: str) -> list[str]:
        """The values of a property that is a text."""
        return [
            decoded(self._read(entry), codec if kind == _TEXT_8 else "utf-16-le")
            for kind, entry in self.streams.get(key, ())
            if kind in (_TEXT_8, _TEXT_16) and entry.kind == _cfb.STREAM
        ]

    def lines(self, codec: str, names: dict[int, str]) -> Iterator[str]:
        """``name: value`` of every text and long number that is no body."""
        for key, streams in self.streams.items():
            if key in _BODIES:
                continue
            if key in _MACHINE:
                for _, entry in streams:
                    self._read(entry)
                continue
            name = names.get(key) or _WORDS.get(key, "")
            for text in self.texts(key, codec):
                if text.strip():
                    yield f"{name}: {text}" if name else text
        for key, number in self.numbers.items():
            if _LEAST <= abs(number) < _MOST and number == int(number):
                yield f"{names.get(key, '')}: {int(number)}".removeprefix(": ")


def decoded(raw: bytes, codec: str) -> str:
    """A text as its message says it is; what it says is often wrong of Japanese."""
    if codec not in ("", "cp1252", "ascii"):
        try:
            return raw.decode(codec).rstrip("\0")
        except UnicodeDecodeError:
            if codec == "utf-16-le":
                return raw.decode(codec, "replace").rstrip("\0")
    return _strings.guessed(raw).rstrip("\0")


def names(root: _cfb.Entry, read: Read) -> dict[int, str]:
    """What properties from 0x8000 on are called, where they have a name rather than a number."""
    rows, texts = (root.find(NAMES, f"__substg1.0_000{n}0102") for n in (3, 4))
    if not rows or not texts:
        return {}
    known = read(texts)
    found: dict[int, str] = {}
    raw = read(rows)
    for place, kind, index in struct.iter_unpack("<IHH", raw[: len(raw) // 8 * 8]):
        if kind & 1 and place + 4 <= len(known):
            (size,) = struct.unpack_from("<I", known, place)
            name = known[place + 4 : place + 4 + min(size, 1024)]
            found[0x8000 + index] = name.decode("utf-16-le", "replace")
    return found


def codecs(message: Properties) -> tuple[str, str]:
    """The encodings of the texts of a message and of its HTML body, where it says them."""
    texts = _propset.codepage(message.number(0x3FFD, 0x3FDE))
    return texts, _propset.codepage(message.number(0x3FDE, 0x3FFD))
