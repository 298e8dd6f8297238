"""The objects of a PDF file as they are written: strings and streams that belong to no page.

pdfium shows pages, notes and fields. What programs keep beside them (scripts, alternative texts,
defaults and choices of fields, layers, signatures, private data, objects nobody refers to any more)
stands in the file as strings. They are looked for without following a reference or believing a
length or a table, so that loops and lies cost nothing, and damage little.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from auditor.formats import _encoding, _prose

_STREAM = re.compile(rb"(?<!end)stream(?:\r\n|\n|\r)")
_END = b"endstream"
_LENGTH = re.compile(rb"/Length\s+(\d{1,10})\b(?!\s+\d+\s+R\b)")
_ENDS = re.compile(rb"\s{0,2}endstream")
_NUMBER = re.compile(rb"(\d{1,8})\s+\d{1,5}\s+obj\b")
_OPENS = re.compile(rb"%[^\r\n]*|\(|<<?")
_PAREN = re.compile(rb"\\.|[()]", re.DOTALL)
_ESCAPE = re.compile(rb"\\([0-7]{1,3}|\r\n|.)", re.DOTALL)
_NAME = re.compile(rb"/([^\s/<>\[\](){}%]{1,40})")
_REFERENCE = re.compile(rb"/(?:JS|RC|RV|V|DV)\s+(\d{1,8})\s+\d{1,5}\s+R\b")
_FILTERS = re.compile(rb"/(?:[A-Za-z0-9]+Decode|Fl|AHx|A85|LZW|RL|CCF|DCT)\b")
_FLATE = frozenset((b"/FlateDecode", b"/Fl"))
_DATE = re.compile(r"D:\d{8,14}[-+Z'\d]{0,12}")
_SHOWS = re.compile(
    rb"\((?:[^()\\]|\\.){0,4096}\)|<[0-9A-Fa-f\s]{2,8192}>|T[jJd*Dm]|['\"]|ET", re.DOTALL
)
_CODES = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"", b"f": b"\n", b"\n": b"", b"\r\n": b""}
_SHORT = 9
"""Characters below which a string can hold no number."""
_GUESSED = 4_096
"""Bytes of a string without a mark whose encoding is guessed; longer ones are keys and seals."""
_LONGEST = 16 << 20
"""Bytes of one unpacked stream."""
MOST = 32 << 20
"""Bytes that all packed objects of a file may give."""
_HEAD = 4_096
"""Bytes before a stream in which its dictionary stands."""
_SILENT = frozenset(("ID", "O", "U", "OE", "UE", "Perms", "M", "CreationDate", "ModDate", "Panose"))
"""Entries of keys, identifiers, and times."""
PLACES = {
    "JS": "script",
    **dict.fromkeys(("Alt", "ActualText", "E"), "alternative text"),
    **dict.fromkeys(("V", "DV", "Opt", "TU", "TM", "T", "CA", "RC", "AC", "RV", "Kids"), "form"),
    **dict.fromkeys(("Contents", "Subj", "OverlayText"), "notes"),
    **dict.fromkeys(("Title", "Author", "Subject", "Keywords"), "properties"),
    **dict.fromkeys(("Reason", "Location", "ContactInfo"), "signature"),
    **dict.fromkeys(("Desc", "F", "UF"), "attached files"),
    "P": "page labels",
}
"""Where a string stands, by the entry it is the value of; ``entries`` else."""


class Stream(NamedTuple):
    """A stream: the object's number, its dictionary as written, and where its bytes lie."""

    number: int
    head: bytes
    start: int
    end: int


@dataclass(slots=True)
class Objects:
    """A file cut into its streams and what stands between them."""

    data: bytes = field(repr=False)
    left: int
    """Bytes that may still be unpacked."""
    between: list[tuple[int, int]] = field(default_factory=list)
    streams: list[Stream] = field(default_factory=list)
    cut: bool = False
    """Something was not unpacked, because it would have been too much."""

    def __post_init__(self) -> None:
        """Cut the file."""
        at = 0
        while found := _STREAM.search(self.data, at):
            self.between.append((at, found.start()))
            head = self.data[max(at, found.start() - _HEAD) : found.start()]
            numbers = _NUMBER.findall(head)
            number = int(numbers[-1]) if numbers else 0
            head = head[max(0, head.rfind(b"obj")) :]
            end = self._end(head, found.end())
            self.streams.append(Stream(number, head, found.end(), end))
            at = end
        self.between.append((at, len(self.data)))

    def _end(self, head: bytes, start: int) -> int:
        """Where a stream ends. An attached PDF has ends of its own: there the length is tried."""
        told = _LENGTH.search(head) if b"/EmbeddedFile" in head else None
        if told and _ENDS.match(self.data, start + int(told[1])):
            return start + int(told[1])
        end = self.data.find(_END, start)
        return end if end >= 0 else len(self.data)

    def unpacked(self, stream: Stream) -> bytes:
        """The bytes of a stream, as far as they may be unpacked; b"" when packed otherwise."""
        filters = _FILTERS.findall(stream.head)
        if not filters:
            return self.data[stream.start : min(stream.end, stream.start + _LONGEST)]
        if len(filters) > 1 or filters[0] not in _FLATE:
            return b""
        room = min(_LONGEST, self.left)
        if room <= 0:
            self.cut = True
            return b""
        engine = zlib.decompressobj()
        try:
            out = engine.decompress(self.data[stream.start : stream.end], room)
        except zlib.error:
            return b""
        self.left -= len(out)
        self.cut = self.cut or bool(engine.unconsumed_tail)
        return out

    def plain(self) -> Iterator[bytes]:
        """What stands between the streams, and the objects that are packed together in streams."""
        for start, end in self.between:
            yield self.data[start:end]
        for stream in self.streams:
            if b"/ObjStm" in stream.head:
                yield self.unpacked(stream)


def strings(plain: bytes) -> Iterator[tuple[str, str]]:
    """``(entry, text)`` of the strings in a piece that may hold a number or words."""
    key = ""
    before = at = 0
    while opens := _OPENS.search(plain, at):
        start, at = opens.span()
        if opens[0] == b"<<":
            continue
        if opens[0][:1] == b"%":
            raw = opens[0][1:]
            name = "comment"
        else:
            slash = plain.rfind(b"/", before, start)
            if slash >= 0 and (named := _NAME.match(plain, slash)):
                key = named[1].decode("latin-1")
            literal = opens[0] == b"("
            raw, at = _literal(plain, at) if literal else _hexadecimal(plain, at)
            before, name = at, key
        if len(raw) >= _SHORT and name not in _SILENT and (text := _text(raw)):
            yield name, text


def referred(plain: bytes) -> set[int]:
    """Numbers of the streams that are scripts, values or rich texts."""
    return {int(number) for number in _REFERENCE.findall(plain)}


def _literal(plain: bytes, at: int) -> tuple[bytes, int]:
    """A string in parentheses from behind the first one, and where it ends."""
    depth = 1
    for found in _PAREN.finditer(plain, at):
        if found[0] == b"(":
            depth += 1
        elif found[0] == b")":
            depth -= 1
            if not depth:
                return _unescaped(plain[at : found.start()]), found.end()
    return _unescaped(plain[at:]), len(plain)


def _unescaped(raw: bytes) -> bytes:
    if b"\\" not in raw:
        return raw
    return _ESCAPE.sub(
        lambda found: (
            bytes((int(found[1], 8) & 0xFF,))
            if found[1][:1].isdigit() and found[1][:1] < b"8"
            else _CODES.get(found[1], found[1])
        ),
        raw,
    )


def _hexadecimal(plain: bytes, at: int) -> tuple[bytes, int]:
    end = plain.find(b">", at)
    end = end if end >= 0 else len(plain)
    digits = b"".join(plain[at:end].split())
    try:
        return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode("ascii")), end
    except ValueError:
        return b"", end


def _text(raw: bytes) -> str:
    """What a string says, if that may be a number or words; dates are neither."""
    text = decoded(raw)
    return text if _prose.worth(text) and not _DATE.fullmatch(text) else ""


def decoded(raw: bytes) -> str:
    """A text string; without a mark it may be in any encoding, or none."""
    if raw.isascii():
        return raw.decode("ascii")
    if raw.startswith((b"\xfe\xff", b"\xff\xfe", b"\xef\xbb\xbf")):
        return _encoding.decode(raw).text.lstrip("\ufeff")
    if len(raw) > _GUESSED:
        return ""
    found = _encoding.decode(raw)
    return found.text if found.sure else ""


def loose(content: bytes) -> str:
    """Text that a page's operators show, where its codes are characters; a line for each."""
    lines: list[str] = []
    now: list[str] = []
    for found in _SHOWS.finditer(content):
        token = found[0]
        if token[:1] == b"(":
            now.append(decoded(_unescaped(token[1:-1])))
        elif token[:1] == b"<":
            now.append(decoded(_hexadecimal(token, 1)[0]))
        elif now:
            lines.append("".join(now))
            now = []
    return "\n".join(lines)
