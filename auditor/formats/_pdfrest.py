"""What a PDF says beside its pages: strings of its objects, packets of XML, files nobody lists."""

from __future__ import annotations

import itertools
import re
import zlib
from collections.abc import Iterator
from typing import NamedTuple

from auditor.formats import _lines, _pdfobjects, _xml
from auditor.formats._pdfobjects import Objects
from auditor.model import Text

_XMP = re.compile(rb"<x:xmpmeta\b.*?</x:xmpmeta>", re.DOTALL)
_PACKETS = 100
_ENDS = re.compile(rb"%%EOF[\r\n]*")
_LATEST = 50
"""Versions that are looked at for what they overwrote."""
_PAGE = re.compile(rb"/Type\s*/Page\b")
_OBJECT = re.compile(rb"(\d{1,8})\s+\d{1,5}\s+obj\b")
_REFERENCE = re.compile(rb"(\d{1,8})\s+\d{1,5}\s+R\b")
_BESIDE = re.compile(
    rb"/(?:Annots|Parent|Metadata|PieceInfo|Thumb|B)\s*(?:\[[^\[\]]*\]|\d{1,8}\s+\d{1,5}\s+R\b)"
)
"""Entries of a page that do not say what is drawn on it."""
_MARKUP = (b"/Metadata", b"/XML", b"/XFA")
_DRAWN = (
    b"/Image", b"/FontFile", b"/Length1", b"/XRef", b"/ObjStm", b"/Metadata", b"/EmbeddedFile",
)  # fmt: skip
"""Streams that are not what operators draw on a page."""
_SHOWN = (b"Tj", b"TJ", b"'")


def texts(objects: Objects, told: set[str]) -> Iterator[Text]:
    """Strings that are not in ``told``, by what they are; then scripts and values in streams."""
    found: dict[str, list[str]] = {}
    referred: set[int] = set()
    for piece in objects.plain():
        referred |= _pdfobjects.referred(piece)
        for entry, text in _pdfobjects.strings(piece):
            if text not in told:
                told.add(text)
                place = _pdfobjects.PLACES.get(entry, "entries")
                found.setdefault(place, []).append(f"{entry}: {text}")
    for stream in objects.streams:
        if stream.number in referred and (raw := objects.unpacked(stream)):
            text = _pdfobjects.decoded(raw) if raw.isascii() else _xml.text_of(raw)[0]
            if text not in told:
                found.setdefault("script", []).append(text)
    for place, lines in found.items():
        yield Text("\n".join(lines), place)


def packets(objects: Objects) -> Iterator[Text]:
    """Metadata in XML, packed or not."""
    plain = (match[0] for match in itertools.islice(_XMP.finditer(objects.data), _PACKETS))
    packed = (
        objects.unpacked(stream)
        for stream in objects.streams
        if any(mark in stream.head for mark in _MARKUP) and b"/Fl" in stream.head
    )
    for packet in itertools.chain(plain, itertools.islice(packed, _PACKETS)):
        yield from labelled(packet, "metadata")


def labelled(packet: bytes, place: str) -> Iterator[Text]:
    """XML as lines with labels, read tolerantly."""
    lines = _lines.Lines(place)
    for _ in _xml.feed(_xml.pieces(_xml.text_of(packet)[0]), lines):
        yield from lines.ready()
    yield from lines.close()


def files(objects: Objects, known: set[int]) -> Iterator[bytes]:
    """Embedded files whose checksums are not ``known``: of notes, media, and earlier versions."""
    for stream in objects.streams:
        if b"/EmbeddedFile" in stream.head and (data := objects.unpacked(stream)):
            sums = {zlib.crc32(data)}
            if b"/Fl" not in stream.head:  # the line end before its end may be its own
                data = data.removesuffix(b"\n").removesuffix(b"\r")
                sums.add(zlib.crc32(data))
            if not sums & known:
                yield data
            known |= sums


def loose(objects: Objects) -> Iterator[Text]:
    """What the operators of pages show, of a file that cannot be opened as a whole."""
    lines: list[str] = []
    for stream in objects.streams:
        if any(mark in stream.head for mark in _DRAWN):
            continue
        content = objects.unpacked(stream)
        if any(mark in content for mark in _SHOWN):
            lines.append(_pdfobjects.loose(content))
    if text := "\n".join(filter(None, lines)):
        yield Text(text, "loose text")


def earlier(objects: Objects) -> list[int]:
    """Where earlier versions of the file end whose pages a later one overwrote, latest first."""
    ends = [
        found.end()
        for start, end in objects.between
        for found in _ENDS.finditer(objects.data, start, end)
    ][:-1]
    if b"/Linearized" in objects.data[:2_048]:
        ends = ends[1:]
    written = _written(objects) if ends else []
    return [end for end in reversed(ends[-_LATEST:]) if _overwritten(objects, written, end)]


class _Object(NamedTuple):
    """An object as it is written somewhere in the file; a number of 0 = nobody knows whose."""

    start: int
    number: int
    drawn: frozenset[int] | None = None
    """Of a page, the objects that it is drawn from."""


def _overwritten(objects: Objects, written: list[_Object], end: int) -> bool:
    """Whether pages look otherwise since; most later versions only hang notes on them."""
    before = {stream.number for stream in objects.streams if stream.start < end}
    after = {stream.number for stream in objects.streams if stream.start >= end}
    if before & after - {0}:
        return True
    known = {one.number: one.drawn for one in written if one.start < end}
    later = [one for one in written if one.start >= end]
    pages = {one.number: one.drawn for one in later if one.drawn is not None}
    if not pages:
        return False
    if {one.number for one in later if one.number in known} - pages.keys():
        return True  # it may be a font, or the list of what a page is drawn from
    for number, drawn in pages.items():
        former = known.get(number)
        if not number or former is None or not former <= drawn - pages.keys():
            return True
    return False


def _written(objects: Objects) -> list[_Object]:
    """Every object that is not packed into a stream, in the order of the file."""
    data = objects.data
    found: list[_Object] = []
    for first, last in objects.between:
        heads = [*_OBJECT.finditer(data, first, last)]
        starts = [*(head.start() for head in heads), last]
        if _PAGE.search(data, first, starts[0]):
            found.append(_Object(first, 0, frozenset()))
        for head, stop in zip(heads, starts[1:], strict=True):
            body = data[head.end() : stop]
            drawn = None
            if _PAGE.search(body):
                drawn = frozenset(map(int, _REFERENCE.findall(_BESIDE.sub(b"", body))))
            found.append(_Object(head.start(), int(head[1]), drawn))
    return found
