"""Writing a report: whole or not at all, and for its owner's eyes only."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, TextIO

__all__ = ["binary", "opened"]


@contextlib.contextmanager
def opened(path: Path, encoding: str = "utf-8") -> Iterator[TextIO]:
    """A text file that takes its name only when it is complete; mode 0600, line ends as written.

    A folder that has to be made for it gets mode 0700. Raises OSError.
    """
    with (
        _named(path) as handle,
        os.fdopen(handle, "w", encoding=encoding, newline="") as file,
    ):
        yield file


@contextlib.contextmanager
def binary(path: Path) -> Iterator[IO[bytes]]:
    """The same for bytes."""
    with _named(path) as handle, os.fdopen(handle, "w+b") as file:
        yield file


@contextlib.contextmanager
def _named(path: Path) -> Iterator[int]:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        yield handle
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
