"""What comes out of a packed file, within bounds: sizes that it states are never believed."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from auditor.formats import _long, _tar
from auditor.model import Content, Gap, Limits, Reason, Text

Chunks = Iterator[bytes | Gap]
"""Bytes as they are unpacked; a gap among them is the last."""
CHUNK = 1 << 20
_FREE = 5 << 20
"""Bytes that may come out whatever the ratio."""


@dataclass(slots=True)
class Bounds:
    """What is left of the budgets of one packed file."""

    limits: Limits
    packed: int
    """Bytes of the packed file."""
    total: int = 0
    """Bytes that came out so far."""
    spent: Gap | None = field(default=None, init=False)
    """Set when nothing more may come out."""

    def watch(self, chunks: Iterable[bytes | Gap]) -> Chunks:
        """Pass on what comes, up to the bounds."""
        for chunk in chunks:
            if isinstance(chunk, Gap):
                yield chunk
                return
            self.total += len(chunk)
            self.spent = self._excess()
            if self.spent:
                yield self.spent
                return
            yield chunk

    def _excess(self) -> Gap | None:
        if self.total > self.limits.expanded_bytes:
            detail = "expanded bytes of all members"
            return Gap(Reason.TOO_LARGE, detail=detail, bytes_read=self.total)
        if self.total > _FREE and self.total > self.packed * self.limits.ratio:
            return Gap(Reason.EXPANSION_RATIO, bytes_read=self.total)
        return None


def member(name: str, chunks: Chunks, most: int) -> Iterator[Content | Gap]:
    """One member: at most ``most`` of its bytes, and why not all of them."""
    pieces: list[bytes] = []
    size = 0
    gap: Gap | None = None
    for chunk in chunks:
        if isinstance(chunk, Gap):
            gap = chunk
            break
        pieces.append(chunk)
        size += len(chunk)
        if size > most:
            break
    if size or not gap:
        data = b"".join(pieces)[:most]
        yield Content(name, data, path=(name,), truncated=size > most)
    if gap:
        yield replace(gap, part=name)


def parts(
    content: Content, limits: Limits, name: str, chunks: Iterable[bytes | Gap]
) -> Iterator[Text | Content | Gap]:
    """What a packed file is: one file, or a whole archive that was packed in one go."""
    bounds = Bounds(limits, _long.length(content))
    watched = bounds.watch(_without_cut(chunks) if content.truncated else chunks)
    head = bytearray()
    first: list[bytes | Gap] = []
    for chunk in watched:
        first.append(chunk)
        if isinstance(chunk, Gap):
            break
        head += chunk
        if len(head) >= _tar.BLOCK:
            break
    stream = itertools.chain(first, watched)
    if _tar.begins(bytes(head[: _tar.BLOCK])):
        yield from _tar.parts(stream, limits, cut=content.truncated)
    else:
        yield from member(name, stream, limits.bytes)


def _without_cut(chunks: Iterable[bytes | Gap]) -> Chunks:
    """That a file whose end is missing breaks off is no damage."""
    for chunk in chunks:
        if isinstance(chunk, Gap) and chunk.reason is Reason.MALFORMED:
            return
        yield chunk


def stem(content: Content, suffixes: tuple[str, ...], fallback: str) -> str:
    """The name of a packed file without the ending that packing gave it."""
    name = content.name.replace("\\", "/").rpartition("/")[2]
    lower = name.lower()
    for ending in suffixes:
        if lower.endswith(ending) and len(name) > len(ending):
            return name[: -len(ending)] + (".tar" if ending.startswith(".t") else "")
    return fallback
