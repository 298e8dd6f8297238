"""Folders of a disc in UDF, and everything in them: deleted names and named streams too."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from auditor.formats import _long, _strings, _udf, _udffile, _unpack
from auditor.formats._udf import Place, Volume
from auditor.model import Content, Gap, Limits, Reason, Text, Visibility

_FOLDER, _LINK = 4, 12
_STREAMS = 13
"""A folder of named streams."""
_OWN = frozenset(range(248, 253))
"""Tables of the disc itself."""
_NAMED = 257
_DELETED, _PARENT = 4, 8
_LARGEST = 16 << 20
"""Bytes of a folder that are read."""
_DEEPEST = 64
_SECTOR = 2_048
_FAULTS = (ValueError, IndexError, struct.error)
_DAMAGED = Gap(Reason.MALFORMED, detail="UDF")


@dataclass(frozen=True, slots=True)
class _Name:
    """An entry of a folder."""

    path: str
    place: Place
    depth: int
    deleted: bool = False

    @property
    def steps(self) -> tuple[str, ...]:
        return ("deleted", self.path) if self.deleted else (self.path,)


def parts(volume: Volume, content: Content, limits: Limits) -> Iterator[Text | Content | Gap]:
    """The labels of the disc, then every file on it as content of its own."""
    labels = [label for label in dict.fromkeys(volume.labels) if label.strip()]
    if labels:
        yield Text("\n".join(labels), "disc", visibility=Visibility.METADATA)
    walk = _Walk(volume, limits, _unpack.Bounds(limits, _long.length(content)))
    cut = content.truncated and not content.source
    for piece in walk.all():
        if not (cut and isinstance(piece, Gap) and piece.reason is _DAMAGED.reason):
            yield piece


@dataclass(slots=True)
class _Walk:
    """One way through all folders, each entered once."""

    volume: Volume
    limits: Limits
    bounds: _unpack.Bounds
    met: set[tuple[int, int]] = field(default_factory=set)
    """Partition and block of entries that were read."""
    number: int = 0

    def all(self) -> Iterator[Text | Content | Gap]:
        """Depth first, in the order of each folder."""
        waiting = [_Name("", self.volume.root, 0)]
        if self.volume.streams.length:
            waiting.insert(0, _Name("disc:", self.volume.streams, 0))
        while waiting:
            one = waiting.pop()
            self.number += 1
            if self.number > self.limits.members:
                yield Gap(Reason.TOO_MANY_MEMBERS)
                return
            below: list[_Name] = []
            yield from self._one(one, below)
            if self.bounds.spent:
                return
            waiting.extend(reversed(below))

    def _one(self, one: _Name, below: list[_Name]) -> Iterator[Text | Content | Gap]:
        place = (one.place.partition, one.place.block)
        if place in self.met or not one.place.length:
            if one.path:  # another name of the same, or all that is left of it
                yield Content(one.path, b"", path=one.steps)
            return
        try:
            entry = _udffile.entry(self.volume, one.place)
        except _FAULTS:
            if not one.deleted:
                yield replace(_DAMAGED, part=one.path)
            return
        self.met.add(place)
        if said := _strings.numeric(entry.attributes):
            yield Text("\n".join(said), f"{one.path} › attributes".removeprefix(" › "))
        if entry.streams.length:
            below.append(_Name(f"{one.path}:", entry.streams, one.depth + 1))
        if entry.kind in (_FOLDER, _STREAMS):
            yield from self._folder(entry, one, below)
        elif entry.kind not in _OWN:
            yield from self._file(entry, one)

    def _file(self, entry: _udffile.Entry, one: _Name) -> Iterator[Text | Content | Gap]:
        chunks = self.bounds.watch(self._chunks(entry, entry.size))
        for piece in _unpack.member(one.path, chunks, self.limits.bytes):
            if entry.kind == _LINK and isinstance(piece, Content):
                yield Text(_target(piece.data), f"{one.path} › target of a link")
            else:
                yield replace(piece, path=one.steps) if isinstance(piece, Content) else piece

    def _chunks(self, entry: _udffile.Entry, most: int) -> _unpack.Chunks:
        try:
            yield from _udffile.chunks(self.volume, entry, most)
        except _FAULTS:
            yield _DAMAGED

    def _folder(
        self, entry: _udffile.Entry, one: _Name, below: list[_Name]
    ) -> Iterator[Content | Gap]:
        if one.depth >= _DEEPEST:
            yield Gap(Reason.TOO_DEEP, part=one.path)
            return
        held = bytearray()
        for chunk in self.bounds.watch(self._chunks(entry, _LARGEST)):
            if isinstance(chunk, Gap):
                yield replace(chunk, part=one.path)
                break
            held += chunk
        if entry.size > _LARGEST:
            yield Gap(Reason.TOO_LARGE, part=one.path, detail="folder")
        raw = bytes(held)
        at = 0
        while at < len(raw) and len(below) <= self.limits.members:
            found = _named(raw, at, one)
            if found is None:
                if any(raw[at : at + _SECTOR]):
                    yield replace(_DAMAGED, part=one.path)
                return
            at, name = found
            if name:
                below.append(name)


def _named(raw: bytes, at: int, one: _Name) -> tuple[int, _Name | None] | None:
    """Where an entry of a folder ends, and what it names; None where there is no entry."""
    if _udf.tag(raw, at) != _NAMED or at + 38 > len(raw):
        return None
    traits, length = raw[at + 18], raw[at + 19]
    (more,) = struct.unpack_from("<H", raw, at + 36)
    start = at + 38 + more
    end = at + (38 + length + more + 3) // 4 * 4
    if traits & _PARENT:
        return end, None
    called = _udf.name(raw[start : start + length]).replace("\\", "/")
    outer = one.path if not one.path or one.path.endswith(":") else f"{one.path}/"
    place, deleted = _udf.long_place(raw, at + 20), bool(traits & _DELETED)
    return end, _Name(f"{outer}{called}", place, one.depth + 1, deleted)


def _target(raw: bytes) -> str:
    """Where a link leads: a component after the other."""
    steps: list[str] = []
    at = 0
    while at + 4 <= len(raw):
        kind, length = raw[at], raw[at + 1]
        steps.append({3: "..", 4: "."}.get(kind) or _udf.name(raw[at + 4 : at + 4 + length]))
        at += 4 + length
    return "/".join(steps)
