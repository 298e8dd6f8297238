"""What a format yields, and never what it throws: a fault becomes a gap."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from auditor.formats import _long
from auditor.model import Content, Flow, Gap, Limits, LostError, Reason, Table, Text

Piece = Text | Flow | Table | Content | Gap
"""What a format yields."""


class Pieces(Iterator[Piece]):
    """What a format yields; a fault of it ends the walk with a gap, and nothing passes."""

    def __init__(self, module: Any, content: Content, left: Limits) -> None:
        self._start = (module, content, left)
        self._pieces: Iterator[Piece] | None = None
        self._ended = False

    def __next__(self) -> Piece:
        if self._ended:
            raise StopIteration
        try:
            if self._pieces is None:
                module, content, left = self._start
                self._pieces = iter(module.parts(content, left))
            return next(self._pieces)
        except StopIteration:
            self._ended = True
            raise
        except (KeyboardInterrupt, SystemExit, GeneratorExit):
            raise
        except BaseException as error:  # noqa: BLE001 - panics of native libraries are no Exceptions
            self._ended = True
            return _fault(error)

    def close(self) -> None:
        """Give back what the format holds open."""
        try:
            getattr(self._pieces, "close", lambda: None)()
        except (KeyboardInterrupt, SystemExit):
            raise
        except BaseException:  # noqa: BLE001, S110 - everything was read by then
            pass


def _fault(error: BaseException) -> Gap:
    if isinstance(error, LostError):
        return _long.gap_of(error)
    if isinstance(error, MemoryError):
        return Gap(Reason.MEMORY)
    if isinstance(error, RecursionError):
        return Gap(Reason.TOO_DEEP, detail="RecursionError")
    return Gap(Reason.MALFORMED, detail=type(error).__name__)
