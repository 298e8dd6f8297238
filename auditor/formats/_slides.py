"""Records of PowerPoint files before 2007 (MS-PPT): a tree of them, walked without recursion."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from typing import NamedTuple

DOCUMENT, SLIDE, NOTES, MASTER, HANDOUT = 1000, 1006, 1008, 1016, 4041
SLIDE_LIST, SLIDE_OF_LIST, NOTES_OF = 4080, 1011, 1009
TEXT_16, TEXT_8, STRING = 4000, 4008, 4026
COMMENT, HEADERS, OBJECT, SHOWN = 12000, 4057, 4113, 1017
GROUP, SHAPE, ANCHOR = 0xF003, 0xF004, 0xF00F
_PERSIST, _TAG = 6002, 5003
_HEADER = struct.Struct("<HHI")
_CONTAINER = 0xF
PACKAGE = b"PK\x03\x04"
"""What newer programs keep of their own form, as a zip."""
_TOP = re.compile(
    rb"\x0f\0(?:\xe8\x03|\xee\x03|\xf0\x03|\xf8\x03|\xc9\x0f)|\0\0(?:\x72\x17|\xf5\x0f)"
)
"""Headers of what lies outermost: documents, slides, notes, masters, directories."""
_DEEPEST = 200
_SLIDES = 100_000


class Record(NamedTuple):
    """A record: its kind and instance, where its body lies, how deep, and whether it has parts."""

    kind: int
    instance: int
    start: int
    end: int
    depth: int
    opens: bool
    whole: bool


def records(data: bytes) -> Iterator[Record]:
    """Every record, a container before its parts."""
    for record in _outermost(data):
        yield record
        if record.opens:
            yield from _inside(data, record)


def _outermost(data: bytes) -> Iterator[Record]:
    """Records that lie in no other; what lies between them comes as a record of kind 0."""
    at = 0
    while at + 8 <= len(data):
        told, kind, size = _HEADER.unpack_from(data, at)
        if kind and at + 8 + size <= len(data):
            opens = told & 0xF == _CONTAINER
            yield Record(kind, told >> 4, at + 8, at + 8 + size, 0, opens=opens, whole=True)
            at += 8 + size
            continue
        found = _TOP.search(data, at + 1)
        cut = _TOP.match(data, at) is not None  # a container that is longer than what is left
        end = found.start() if found and not cut else len(data)
        padding = not any(data[at:end])
        opens = cut and told & 0xF == _CONTAINER
        start = at + 8 if cut else at
        yield Record(kind if cut else 0, told >> 4, start, end, 0, opens=opens, whole=padding)
        at = end


def _inside(data: bytes, outer: Record) -> Iterator[Record]:
    """The parts of a container; one that lies about its length ends with what it lies in."""
    at = outer.start
    ends = [outer.end]
    tagged = 0  # until there, what programs add for themselves: records mostly, but not always
    while ends:
        if at + 8 > ends[-1]:
            at = ends.pop()
            continue
        told, kind, size = _HEADER.unpack_from(data, at)
        start = at + 8
        stop = min(start + size, ends[-1])
        whole = start + size <= ends[-1] or at < tagged
        tagged = stop if kind == _TAG else tagged
        holds = told & 0xF == _CONTAINER and not data.startswith(PACKAGE, start)
        opens = (holds or kind == _TAG) and len(ends) < _DEEPEST
        yield Record(kind, told >> 4, start, stop, len(ends), opens=opens, whole=whole)
        if opens:
            ends.append(stop)
        at = start if opens else stop


def numbered(data: bytes) -> tuple[dict[int, int], dict[int, int]]:
    """Place → number of the slides as they are shown now, and identifier → number."""
    persists: dict[int, int] = {}
    listed: list[tuple[int, int]] = []
    for record in _outermost(data):
        if record.kind == _PERSIST:
            persists |= _directory(data[record.start : record.end])
        elif record.kind == DOCUMENT:
            listed = _listed(data, record) or listed
    places = {persists[key]: number for number, (key, _) in enumerate(listed, 1) if key in persists}
    return places, {key: number for number, (_, key) in enumerate(listed, 1)}


def _directory(raw: bytes) -> dict[int, int]:
    found: dict[int, int] = {}
    at = 0
    while at + 4 <= len(raw):
        (told,) = struct.unpack_from("<I", raw, at)
        first, count = told & 0xFFFFF, min(told >> 20, (len(raw) - at - 4) // 4)
        places = struct.unpack_from(f"<{count}I", raw, at + 4)
        found |= {first + number: place for number, place in enumerate(places)}
        at += 4 + 4 * count
    return found


def _listed(data: bytes, document: Record) -> list[tuple[int, int]]:
    """Reference and identifier of each slide, in their order."""
    found: list[tuple[int, int]] = []
    inside = False
    for record in _inside(data, document):
        if record.kind == SLIDE_LIST:
            inside = record.instance == 0
        elif record.kind == SLIDE_OF_LIST and inside and record.end - record.start >= 16:
            reference, _, _, identifier = struct.unpack_from("<IIiI", data, record.start)
            found.append((reference, identifier))
    return found[:_SLIDES]
