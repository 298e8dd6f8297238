"""Detection in a text of any length, as it comes in pieces, in constant memory."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from .islands import BLOCK, MARGIN, Characters, passages
from .repeats import Repeats
from .result import Detection
from .texts import DIRECT, Gathering, detect_text

__all__ = ["Stream", "detect_stream"]


class Stream:
    """A text that comes in pieces; the answer is that of ``detect`` on all of it.

    >>> stream = Stream()
    >>> for piece in ("個人番", "号：4839 20", "17 5644"):
    ...     stream.feed(piece)
    >>> [hit.confidence.value for hit in stream.finish().hits]
    ['high']
    """

    def __init__(self, around: Sequence[str] = ()) -> None:
        """``around`` are names that say what the text is about, outermost first."""
        self._around = around
        self._gathering, self._repeats = Gathering(around), Repeats()
        self._pieces: list[str] = []
        self._length = 0
        self._text = ""
        """What is not done with, and before it what the next block looks back at."""
        self._offset = self._low = 0
        """Where that begins in the whole text, and where the next block begins."""
        self._breaks = 0
        """Line breaks before the next block."""
        self._done = False

    def feed(self, text: str) -> None:
        """Take the next piece of any length, cut anywhere.

        Raises:
            ValueError: the stream is finished.
        """
        if self._done:
            raise ValueError("the stream is finished")
        for at in range(0, len(text), BLOCK):
            piece = text[at : at + BLOCK]
            self._pieces.append(piece)
            self._length += len(piece)
            if self._length - self._low >= BLOCK + MARGIN:
                self._work()

    def finish(self) -> Detection:
        """Say what was found; nothing can be fed any more.

        Raises:
            ValueError: the stream is finished.
        """
        self.feed("")
        self._done = True
        self._text += "".join(self._pieces)
        self._pieces = []
        if self._length < DIRECT:
            return detect_text(self._text, self._around)
        while self._low < self._length:
            self._block(min(self._low + BLOCK, self._length))
        self._text = ""
        return self._gathering.finish(single=not self._breaks)

    def _work(self) -> None:
        self._text = "".join((self._text, *self._pieces))
        self._pieces = []
        while self._length - self._low >= BLOCK + MARGIN:
            self._block(self._low + BLOCK)
        # What is behind the context of the next block is done with.
        done = max(0, self._low - MARGIN - self._offset)
        self._text = self._text[done:]
        self._offset += done

    def _block(self, high: int) -> None:
        low, end = self._low - self._offset, high - self._offset
        source = Characters(self._text, self._offset, low, self._breaks)
        for passage, origin in passages(source, low, end, self._repeats):
            self._gathering.add(passage, origin)
        self._low, self._breaks = high, source.breaks(end)


def detect_stream(pieces: Iterable[str], *, around: Sequence[str] = ()) -> Detection:
    """Find the numbers in a text that comes in pieces, cut anywhere, in constant memory.

    Args:
        pieces: the text, in order.
        around: names that say what it is about, outermost first.

    Returns:
        What :func:`~auditor.detect.detect` gives for the whole text.
    """
    stream = Stream(around)
    for piece in pieces:
        stream.feed(piece)
    return stream.finish()
