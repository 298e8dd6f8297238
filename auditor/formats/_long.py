"""Contents that are too long to be held: what a format needs of them, piece by piece.

A format with ``LONG = True`` gets such a content as it is: ``data`` is its beginning, ``source``
all of it. Everything here also takes one that is held, so that a format has one way for both.
"""

from __future__ import annotations

import codecs
import io
from collections import deque
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from auditor.formats import _encoding
from auditor.model import Content, Flow, Gap, LostError, Reason, Source

PIECE = 4 << 20
"""Bytes taken at a time."""
_STEP = 256 << 10
"""Bytes taken where somebody looks here and there."""
_HELD = 32 << 20
"""Bytes kept of what was taken last."""
_STRANGE = 0.001
"""Share of characters that no encoding has, from which on a text counts as misread."""
_BY_LINE = "iso2022_jp_ext"
"""Encodings with escapes begin anew on every line, but Python's decoders of them go astray."""


def pieces(content: Content, size: int = PIECE) -> Iterator[bytes]:
    """The bytes in order. Raises LostError where they cannot be had any more."""
    source = content.source
    if source is None:
        for at in range(0, len(content.data), size):
            yield content.data[at : at + size]
        return
    at = 0
    while piece := source.read(at, size):
        yield piece
        at += len(piece)


def chunks(content: Content, size: int) -> Iterator[bytes | Gap]:
    """The same; that they cannot be had any more is the last thing said."""
    return told(pieces(content, size))


def told(some: Iterable[bytes | Gap]) -> Iterator[bytes | Gap]:
    """What comes of a long content; that there is no more of it is the last thing said."""
    try:
        yield from some
    except LostError as lost:
        yield gap_of(lost)


def gap_of(lost: LostError) -> Gap:
    """What could not be had, for the coverage table."""
    return Gap(lost.reason, detail=lost.detail, permission=lost.permission)


def length(content: Content) -> int:
    """How many bytes can be read."""
    return content.source.size if content.source else len(content.data)


def file(content: Content) -> BinaryIO:
    """The bytes as a file that can be read anywhere."""
    if content.source is None:
        return io.BytesIO(content.data)
    return io.BufferedReader(_File(content.source), PIECE)


class _File(io.RawIOBase):
    """A source with a place in it."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._at = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._source.size}[whence]
        if base + offset < 0:
            raise ValueError("before the beginning")
        self._at = base + offset
        return self._at

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        piece = self._source.read(self._at, len(buffer))
        buffer[: len(piece)] = piece
        self._at += len(piece)
        return len(piece)


class View:
    """The bytes of a long content, as far as readers of ``bytes`` slice and compare them."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._taken: deque[tuple[int, bytes]] = deque()
        """Where, and what; the last first."""
        self._end = 0

    def __len__(self) -> int:
        return self._source.size

    def __getitem__(self, stretch: slice) -> bytes:
        start, stop, _ = stretch.indices(len(self))
        if stop - start > PIECE:
            return self._source.read(start, stop - start)
        for at, held in self._taken:
            if at <= start <= stop <= at + len(held):
                return held[start - at : stop - at]
        goes_on = 0 <= self._end - start <= _STEP
        held = self._source.read(start, PIECE if goes_on else max(_STEP, stop - start))
        self._keep(start, held)
        return held[: max(0, stop - start)]

    def _keep(self, start: int, held: bytes) -> None:
        self._taken.appendleft((start, held))
        self._end = start + len(held)
        while sum(len(piece) for _, piece in self._taken) > _HELD:
            self._taken.pop()

    def startswith(self, beginning: bytes, start: int = 0) -> bool:
        """Whether these bytes stand at ``start``."""
        return self[start : start + len(beginning)] == beginning


def view(content: Content) -> bytes | View:
    """The bytes themselves, or what can be asked like them."""
    return View(content.source) if content.source else content.data


def texts(content: Content, declared: str = "") -> Iterator[str | Gap]:
    """The text in pieces, cut anywhere; its encoding is what the beginning is written in."""
    found = _encoding.decode(content.data, declared, cut=True)
    try:
        yield from _decoded(content, found.encoding)
    except LostError as lost:
        yield gap_of(lost)
    if not found.sure:
        yield Gap(Reason.UNKNOWN_ENCODING, detail="no encoding fits")


def _decoded(content: Content, encoding: str) -> Iterator[str | Gap]:
    characters = strange = 0
    for text in _by_line(content) if encoding == _BY_LINE else _straight(content, encoding):
        characters += len(text)
        strange += text.count("\ufffd")
        yield text
    if strange > _STRANGE * characters:
        yield Gap(Reason.UNKNOWN_ENCODING, detail="changes on the way")


def _straight(content: Content, encoding: str) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder(encoding)(_encoding.handler(encoding))
    for piece in pieces(content):
        yield decoder.decode(piece)
    yield decoder.decode(b"", final=True)


def _by_line(content: Content) -> Iterator[str]:
    rest = b""
    for piece in pieces(content):
        whole, end, after = (rest + piece).rpartition(b"\n")
        yield _encoding.decode(whole + end, _BY_LINE).text
        rest = after
    yield _encoding.decode(rest, _BY_LINE).text


def lines(content: Content, declared: str = "") -> Iterator[str | Gap]:
    """The same in pieces of whole lines, but for lines that are longer than a piece."""
    rest = ""
    for text in texts(content, declared):
        if isinstance(text, Gap):
            yield text
            continue
        plain = (rest + text).replace("\r\n", "\n")
        whole, end, rest = plain.rpartition("\n")
        if len(rest) > PIECE:
            whole, end, rest = plain, "", ""
        if whole or end:
            yield whole + end
    if rest:
        yield rest


def flow(content: Content, declared: str = "") -> Iterator[Flow | Gap]:
    """All of it as one running text, for formats whose structure needs the whole."""
    gaps: list[Gap] = []

    def plain() -> Iterator[str]:
        for text in texts(content, declared):
            if isinstance(text, Gap):
                gaps.append(text)
            else:
                yield text

    yield Flow(plain())
    yield from gaps
