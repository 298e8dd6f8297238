"""Word documents: body, headers, notes, comments, deletions, text boxes, and every other part."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.formats import _ooxml
from auditor.formats._look import Look
from auditor.model import Content, Gap, Limits, Reason, Table, Text

SUFFIXES = (".docx", ".docm", ".dotx", ".dotm")
MEDIA_TYPES = (
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.template",
    "application/vnd.ms-word.document.macroenabled.12",
)
BEGINNING = False
LONG = True

_USUAL = "word/document.xml"


def claims(look: Look) -> int:
    """By its parts; the name does not matter."""
    return _ooxml.claim(look, "word", SUFFIXES, MEDIA_TYPES)


def parts(content: Content, limits: Limits) -> Iterator[Text | Table | Content | Gap]:
    """The body first, then everything else."""
    package = _ooxml.opened(content, limits)
    if isinstance(package, Gap):
        yield package
        return
    main = package.main(_USUAL)
    if package.has(main):
        yield from package.read(main, "")
    else:
        yield Gap(Reason.MALFORMED, detail="no main part")
    yield from package.rest()
