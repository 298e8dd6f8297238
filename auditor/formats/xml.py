"""XML: tags and attributes are labels; nothing is expanded, nothing fetched."""

from __future__ import annotations

import re
from collections.abc import Iterator

from auditor.formats import _base64, _diagrams, _lines, _long, _xml
from auditor.formats._look import NAMED, SNIFFED, Look
from auditor.model import Content, Flow, Gap, Limits, Reason, Text

SUFFIXES = (
    ".xml", ".xtx", ".xsd", ".xsl", ".svg", ".rdf", ".rss", ".atom", ".kml", ".plist", ".xdp",
    ".xfdf",
)  # fmt: skip
MEDIA_TYPES = ("text/xml", "application/xml", "image/svg+xml")
BEGINNING = True
LONG = True

_ELEMENT = re.compile(r"<[A-Za-z_\u3040-\u9fff][^\s<>]*(?:\s[^<>]*)?>")


def claims(look: Look) -> int:
    """By declaration, or a name that says so and a first element."""
    if look.text.startswith("<?xml"):
        return SNIFFED
    named = look.named(SUFFIXES, MEDIA_TYPES) or look.media_type.endswith("+xml")
    if named and look.text:
        return SNIFFED if look.text.startswith("<") else NAMED
    return NAMED - 5 if _ELEMENT.match(look.text) else 0


def parts(content: Content, limits: Limits) -> Iterator[Text | Flow | Content | Gap]:
    """Labelled lines; after a fault the rest is read tolerantly, and a gap says so."""
    if content.source:
        yield from _long.flow(content)
        return
    files = _base64.Files(limits)
    text, sure = _xml.text_of(content.data, cut=content.truncated)
    dense = _lines.dense(text)
    lines = _lines.Lines("elements" if dense else "", aligned=not dense, files=files)
    faults = [word for word in _xml.feed(_xml.pieces(text), lines) if word]
    yield from lines.close()
    files.addresses(text)
    if faults and not content.truncated:
        yield Gap(Reason.MALFORMED, detail=faults[0])
    if not sure:
        yield Gap(Reason.UNKNOWN_ENCODING, detail="no encoding fits")
    yield from files.parts()
    yield from _diagrams.pages(text, limits)
