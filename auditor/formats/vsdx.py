"""Visio drawings since 2013: pages, shape data, comments, masters, and every other part."""

from __future__ import annotations

import re
from collections.abc import Iterator

from auditor.formats import _ooxml, _visio
from auditor.formats._look import Look
from auditor.model import Content, Gap, Limits, Table, Text

SUFFIXES = (".vsdx", ".vsdm", ".vssx", ".vssm", ".vstx", ".vstm")
MEDIA_TYPES = (
    "application/vnd.ms-visio.drawing",
    "application/vnd.ms-visio.drawing.main+xml",
    "application/vnd.visio2013",
)
BEGINNING = False
LONG = True

_PARTS = (
    (re.compile(r"visio/pages/page(\d+)\.xml"), "page {}"),
    (re.compile(r"visio/pages/"), "page names"),
    (re.compile(r"visio/masters/"), "master"),
    (re.compile(r"visio/comments"), "comment"),
    (re.compile(r"visio/data/"), "external data"),
    (re.compile(r"visio/"), "document"),
)


def claims(look: Look) -> int:
    """By its parts; the name does not matter."""
    return _ooxml.claim(look, "visio", SUFFIXES, MEDIA_TYPES)


def parts(content: Content, limits: Limits) -> Iterator[Text | Table | Content | Gap]:
    """Pages in order, then everything else."""
    package = _ooxml.opened(content, limits)
    if isinstance(package, Gap):
        yield package
        return
    own = (key for key in package.parts if key.startswith("visio/") and key.endswith(".xml"))
    for key in sorted(own, key=_order):
        words = next((w, f) for pattern, w in _PARTS if (f := pattern.match(key)))
        place = words[0].format(*words[1].groups())
        yield from package.read(key, place, _visio.Drawing(place))
    yield from package.rest()


def _order(key: str) -> tuple[int, int, str]:
    """Pages by number, then the kinds of parts as they are listed."""
    for rank, (pattern, _) in enumerate(_PARTS):
        if found := pattern.match(key):
            return rank, int(found[1]) if found.groups() else 0, key
    return len(_PARTS), 0, key
