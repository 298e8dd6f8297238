"""Rich text: body, tables, headers, notes, comments, fields, changes, embedded files."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.formats import _markup, _rtf, _rtfparts
from auditor.formats._look import CERTAIN, Look
from auditor.model import Content, Gap, Limits, Reason, Table, Text

SUFFIXES = (".rtf",)
MEDIA_TYPES = ("application/rtf", "text/rtf", "application/x-rtf", "text/richtext")
BEGINNING = True

_BEGIN = b"{\\rt"


def claims(look: Look) -> int:
    """By what every such file begins with."""
    return CERTAIN if look.head[:64].lstrip(b"\xef\xbb\xbf \t\r\n\0").startswith(_BEGIN) else 0


def parts(content: Content, limits: Limits) -> Iterator[Text | Table | Content | Gap]:
    """The text, what lies beside it, then files and pictures in it."""
    reader = _rtf.Reader(content.data)
    yield from reader.read()
    if reader.html:
        yield from _markup.segments("".join(reader.html))
    if not reader.closed and not content.truncated:
        yield Gap(Reason.MALFORMED, detail="groups without an end")
    yield from _rtfparts.members(reader.blobs, limits)
