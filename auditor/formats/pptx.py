"""PowerPoint presentations: slides in order, then notes, comments, layouts, and all the rest."""

from __future__ import annotations

import re
from collections.abc import Iterator

from auditor.formats import _ooxml
from auditor.formats._look import Look
from auditor.formats._visibility import hidden, marked
from auditor.model import Content, Gap, Limits, Table, Text

SUFFIXES = (".pptx", ".pptm", ".ppsx", ".ppsm", ".potx", ".potm")
MEDIA_TYPES = (
    "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "application/vnd.openxmlformats-officedocument.presentationml.slideshow",
    "application/vnd.ms-powerpoint.presentation.macroenabled.12",
)
BEGINNING = False
LONG = True

_SHOWN = re.compile(rb"""<(?:\w+:)?sldId\b[^<>]*\w:id\s*=\s*["']([^"']+)""")
_HIDDEN = re.compile(rb"""<(?:\w+:)?sld\b[^<>]*\sshow\s*=\s*["'](?:0|false)["']""")
_USUAL = "ppt/presentation.xml"


def claims(look: Look) -> int:
    """By its parts; the name does not matter."""
    return _ooxml.claim(look, "ppt", SUFFIXES, MEDIA_TYPES)


def parts(content: Content, limits: Limits) -> Iterator[Text | Table | Content | Gap]:
    """Slides in the order they are shown, then everything else."""
    package = _ooxml.opened(content, limits)
    if isinstance(package, Gap):
        yield package
        return
    for number, target in enumerate(_slides(package), 1):
        shown = package.read(target, f"slide {number}")
        yield from marked(shown, hidden(_HIDDEN.search(package.begin(target)) is not None))
    yield from package.rest()


def _slides(package: _ooxml.Package) -> list[str]:
    """The slides' parts in the order they are shown."""
    main = package.main(_USUAL)
    known = {key: part for key, (kind, part) in package.relations(main).items() if kind == "slide"}
    shown = (key.decode("ascii", "replace") for key in _SHOWN.findall(package.peek(main)))
    parts = [known.pop(key) for key in shown if key in known]
    return [part for part in [*parts, *known.values()] if package.has(part)]
