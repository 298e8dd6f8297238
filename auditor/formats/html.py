"""HTML pages and HTML mail: what is seen, and what is not (attributes, comments, scripts)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from auditor.formats import _base64, _encoding, _long, _markup
from auditor.formats._look import NAMED, SNIFFED, Look
from auditor.model import Content, Flow, Gap, Limits, Reason, Table, Text

SUFFIXES = (".html", ".htm", ".xhtml", ".hta")
MEDIA_TYPES = ("text/html", "application/xhtml+xml")
BEGINNING = True
LONG = True

_PAGE = re.compile(r"<(?:!doctype\s+html|html|head|body|meta|table)\b", re.IGNORECASE)
_CHARSET = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?([A-Za-z0-9._-]{1,40})""", re.IGNORECASE
)
_SOON = 2_048


def claims(look: Look) -> int:
    """By what a page begins with, or a name that says so and any tag."""
    beginning = look.text[:_SOON]
    if beginning.startswith("<") and _PAGE.search(beginning):
        return SNIFFED + 10
    if look.named(SUFFIXES, MEDIA_TYPES) and look.text:
        return SNIFFED + 5 if "<" in look.text else NAMED
    return 0


def parts(content: Content, limits: Limits) -> Iterator[Text | Flow | Table | Content | Gap]:
    """Text, tables, and the unseen; then files that the page itself holds."""
    told = content.media_type.lower().partition("charset=")[2].strip("\"' ;")
    if not told and (found := _CHARSET.search(content.data[:_SOON])):
        told = found[1].decode("ascii")
    if content.source:
        yield from _long.flow(content, told)
        return
    decoded = _encoding.decode(content.data, told, cut=content.truncated)
    yield from _markup.segments(decoded.text)
    if not decoded.sure:
        yield Gap(Reason.UNKNOWN_ENCODING, detail="no encoding fits")
    files = _base64.Files(limits)
    files.addresses(decoded.text)
    yield from files.parts()
