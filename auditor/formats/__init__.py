"""Bytes → text, tables, members or gaps: one file a format, found by being in this folder.

A format is a module without a leading underscore that has

- ``SUFFIXES``: file name endings, lower case, with the dot;
- ``MEDIA_TYPES``: the media types it is sent as;
- ``BEGINNING``: whether the beginning of a file alone can be read (a truncated download);
- ``LONG`` (absent: False): whether it reads a content that is too long to be held by its
  ``source`` (:mod:`auditor.formats._long`); any other gets the beginning of such a one;
- ``claims(look) -> int``: 0 = not mine, up to 100 = certainly mine. Content decides first: a name
  or media type alone is worth less than :data:`~auditor.formats._look.SNIFFED`;
- ``parts(content, limits)``: yields what is inside, structure kept, places in a person's words.
  It may raise: :mod:`auditor.scan` makes a gap of that, and keeps what came before. Paths of
  members, parts of gaps and ``around`` are relative to ``content``: the scan puts them together.
  ``limits`` are what is left for it; a format stops expanding there by itself.

Its name is the name of its file; ``auditor/locales/*/formats.toml`` has a line of words for it.
"""

from __future__ import annotations

import contextlib
import functools
import importlib
import pkgutil
from collections.abc import Iterator
from typing import Protocol, cast

from auditor.formats._look import CERTAIN, Look
from auditor.model import Content, Flow, Gap, Limits, LostError, Table, Text

__all__ = ["Format", "load", "names", "pick"]


class Format(Protocol):
    """What a module of this folder has."""

    @property
    def __name__(self) -> str: ...

    @property
    def SUFFIXES(self) -> tuple[str, ...]: ...  # noqa: N802, D102 - a module constant

    @property
    def MEDIA_TYPES(self) -> tuple[str, ...]: ...  # noqa: N802, D102 - a module constant

    @property
    def BEGINNING(self) -> bool: ...  # noqa: N802, D102 - a module constant

    def claims(self, look: Look) -> int:
        """How surely this content is of this format, 0 to 100."""
        ...

    def parts(
        self, content: Content, limits: Limits
    ) -> Iterator[Text | Flow | Table | Content | Gap]:
        """What is inside ``content``, in reading order; members last."""
        ...


@functools.cache
def names() -> tuple[str, ...]:
    """The formats of this installation, in alphabetical order."""
    found = (module.name for module in pkgutil.iter_modules(__path__))
    return tuple(sorted(name for name in found if not name.startswith("_")))


@functools.cache
def load(name: str) -> Format:
    """The module of one format; KeyError for a name that :func:`names` does not give."""
    if name not in names():
        raise KeyError(name)
    return cast("Format", importlib.import_module(f"{__name__}.{name}"))


def pick(content: Content) -> Format | None:
    """The format that claims ``content`` most surely, or None when nobody does."""
    look = Look(content)
    best, most = None, 0
    for name in names():
        module = load(name)
        claim = 0
        with contextlib.suppress(LostError):  # whoever reads it will hear of it again
            claim = module.claims(look)
        if claim > most:
            best, most = module, claim
            if most >= CERTAIN:
                break
    return best
