"""What a drawing says: pieces of writing by where they stand, and pictures in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from auditor.formats import _encoding

Place = tuple[float, float]
"""Down and to the right, in whatever unit the drawing has."""


_MOST = 32 << 20
"""Bytes of writing in one drawing."""


@dataclass(slots=True)
class Drawn:
    """What a metafile draws, in the order in which it is drawn."""

    pieces: list[tuple[str | bytes, Place]] = field(default_factory=list, repr=False)
    """Bytes are in the encoding of a font."""
    bitmaps: list[bytes] = field(default_factory=list, repr=False)
    beside: bytearray = field(default_factory=bytearray, repr=False)
    """Comments, which nobody draws."""
    glyphs: bool = False
    """There is writing by the numbers of its glyphs, which only the font could tell."""
    unread: bool = False
    """There are pictures that cannot be made a file of."""
    _size: int = 0

    def write(self, said: bytes, place: Place, *, wide: bool) -> None:
        """Keep one piece. ValueError when there is more than any drawing says."""
        self._size += len(said)
        if self._size > _MOST:  # many records may point at the same bytes
            raise ValueError("writing")
        text = said.decode("utf-16-le", "replace") if wide else said.replace(b"\n", b" ")
        if text:
            self.pieces.append((text, place))

    def lines(self) -> list[str]:
        """The writing, each line once: letters that were drawn one by one make words again."""
        found: list[str] = []
        last: tuple[str, Place] | None = None
        for text, place in self._decoded():
            if last and last[1][0] == place[0] and last[1][1] < place[1]:
                between = "" if len(text) == len(last[0]) == 1 else " "
                found[-1] += between + text
            else:
                found.append(text)
            last = text, place
        return [line for line in dict.fromkeys(found) if line.strip()]

    def _decoded(self) -> Iterator[tuple[str, Place]]:
        """All pieces as text; those in the encoding of a font are decoded together."""
        narrow = [piece for piece, _ in self.pieces if isinstance(piece, bytes)]
        known = _encoding.decode(b"\n".join(narrow)).text.split("\n")
        if len(known) != len(narrow):
            known = [_encoding.decode(piece).text for piece in narrow]
        following = iter(known)
        for piece, place in self.pieces:
            yield next(following) if isinstance(piece, bytes) else piece, place
