"""Property sets of compound files (MS-OLEPS): title, author, comments and what users added."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from auditor.formats import _encoding, _strings

_KNOWN = (
    {2: "title", 3: "subject", 4: "author", 5: "keywords", 6: "comments", 7: "template",
     8: "last author", 18: "application"},
    {2: "category", 3: "presentation target", 13: "parts", 14: "manager", 15: "company",
     26: "content type", 27: "content status", 28: "language"},
)  # fmt: skip
_SUMMARY = bytes.fromhex("e0859ff2f94f6810ab9108002b27b3d9")
_DOCUMENT = bytes.fromhex("02d5cdd59c2e1b10939708002b2cf9ae")
_CODEPAGE, _DICTIONARY = 1, 0
_PROPERTIES = 5_000
_SETS = 16
_VARIANT, _VECTOR = 0x0C, 0x1000
_UNICODE, _WESTERN = 1200, 1252
_LONGEST = 1 << 20
_NAME = 512
"""Bytes of the name of a property."""
_LONG = 9
"""Digits from which on a number is told."""
_FIXED = {2: "<h", 3: "<i", 5: "<d", 18: "<H", 19: "<I", 20: "<q", 21: "<Q"}


def lines(data: bytes) -> tuple[list[str], bool]:
    """``name: value`` of every property with a text or a long number; and whether all was sound."""
    out: list[str] = []
    if data[:2] != b"\xfe\xff" or len(data) < 48:
        return _strings.numeric(data), False
    (count,) = struct.unpack_from("<I", data, 24)
    whole = count <= _SETS
    budget = 4 * len(data) + _LONGEST  # places may all point at one value
    for number in range(min(count, _SETS)):
        row = data[28 + 20 * number : 48 + 20 * number]
        if len(row) < 20:
            return out, False
        known = {_SUMMARY: _KNOWN[0], _DOCUMENT: _KNOWN[1]}.get(row[:16], {})
        try:
            for line in _Set(data, int.from_bytes(row[16:], "little"), known).lines():
                budget -= len(line)
                if budget < 0:
                    return out, False
                out.append(line)
        except (struct.error, IndexError, ValueError):
            whole = False
    return out, whole


class _Set:
    """One set: its places, its code page, and names for what users added."""

    def __init__(self, data: bytes, start: int, known: dict[int, str]) -> None:
        size, count = struct.unpack_from("<II", data, start)
        # Bounded: some writers state the size of the whole stream, some too little.
        self._data = data[start : start + max(size, len(data) - start)]
        count = min(count, _PROPERTIES, len(self._data) // 8)
        rows = struct.iter_unpack("<II", self._data[8 : 8 + 8 * count])
        self._places: list[tuple[int, int]] = [(key, place) for key, place in rows]
        self._names = dict(known)
        self._codepage = _WESTERN
        for key, place in self._places:
            if key == _CODEPAGE:
                (self._codepage,) = struct.unpack_from("<H", self._data, place + 4)
        # Western is what writers state who do not know.
        self._codec = "" if self._codepage == _WESTERN else codepage(self._codepage)
        dictionary = next((place for key, place in self._places if key == _DICTIONARY), None)
        if dictionary is not None:
            self._names |= self._dictionary(dictionary)

    def lines(self) -> Iterator[str]:
        """Texts and numbers in their order."""
        for key, place in self._places:
            if key in (_CODEPAGE, _DICTIONARY):
                continue
            for value in self._values(place):
                name = self._names.get(key, "")
                if value.strip():
                    yield f"{name}: {value}" if name else value

    def _dictionary(self, place: int) -> dict[int, str]:
        (count,) = struct.unpack_from("<I", self._data, place)
        names: dict[int, str] = {}
        at = place + 4
        for _ in range(min(count, _PROPERTIES)):
            if at + 8 > len(self._data):
                break
            key, length = struct.unpack_from("<II", self._data, at)
            size = length * 2 if self._codepage == _UNICODE else length
            names[key] = self._text(self._data[at + 8 : at + 8 + min(size, _NAME)])
            at += 8 + (-(-size // 4) * 4 if self._codepage == _UNICODE else size)
        return names

    def _values(self, place: int) -> Iterator[str]:
        (kind,) = struct.unpack_from("<H", self._data, place)
        at = place + 4
        if not kind & _VECTOR:
            yield self._value(kind, at)[0]
            return
        (count,) = struct.unpack_from("<I", self._data, at)
        at += 4
        for _ in range(min(count, len(self._data) // 4)):
            if at + 4 > len(self._data):
                return
            one = kind & 0xFFF
            if one == _VARIANT:
                (one,) = struct.unpack_from("<H", self._data, at)
                at += 4
            value, size = self._value(one, at)
            if not size:
                return
            if one == 30:  # in lists nothing is filled up to four bytes
                size = 4 + int.from_bytes(self._data[at : at + 4], "little")
            at += size
            yield value

    def _value(self, kind: int, at: int) -> tuple[str, int]:
        """The value as text ("" for dates and measures), and the bytes it takes."""
        if kind in _FIXED:
            (number,) = struct.unpack_from(_FIXED[kind], self._data, at)
            told = str(int(number)) if isinstance(number, int) or number.is_integer() else ""
            shown = told if len(told) >= _LONG else ""  # counts and measures say nothing
            return shown, max(4, struct.calcsize(_FIXED[kind]))
        if kind not in (8, 30, 31, 65):
            return "", 0
        (length,) = struct.unpack_from("<I", self._data, at)
        size = length * 2 if kind == 31 else length
        raw = self._data[at + 4 : at + 4 + min(size, _LONGEST)]
        taken = 4 + -(-size // 4) * 4
        if kind == 65:
            return "\n".join(_strings.numeric(raw)), taken
        if kind == 31:
            return raw.decode("utf-16-le", "replace").rstrip("\0"), taken
        return self._text(raw), taken

    def _text(self, raw: bytes) -> str:
        raw = raw if self._codec == "utf-16-le" else raw.rstrip(b"\0")
        try:
            return raw.decode(self._codec).rstrip("\0") if self._codec else _strings.guessed(raw)
        except UnicodeDecodeError:
            return _strings.guessed(raw).rstrip("\0")


def codepage(number: int) -> str:
    """The name of a Windows code page; "" for one that Python does not know."""
    special = {1200: "utf-16-le", 65001: "utf-8", 10001: "cp932", 10000: "mac-roman", 367: "ascii"}
    name = special.get(number, f"cp{number}")
    return _encoding.codec(name) or ""
