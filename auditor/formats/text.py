"""Plain text in any encoding; also the last resort for whatever turns out to be text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from auditor.formats import _encoding, _long, _values
from auditor.formats._look import NAMED, Look
from auditor.model import Content, Flow, Gap, Limits, Reason, Text

SUFFIXES = (".txt", ".text", ".log", ".md", ".ini", ".cfg", ".conf", ".sql", ".yaml", ".yml")
MEDIA_TYPES = ("text/plain",)
BEGINNING = True
LONG = True

_LAST_RESORT = 2
# Text to the eye of a decoder, but written so that words and digits do not stand there as such.
_DISGUISED = ((b"%!PS", "postscript"),)


_TERMINAL = re.compile(r"\x1b\[[0-9;?]{0,20}[A-Za-z]")
"""Colours and the like: digits that would run into those of the text."""


def claims(look: Look) -> int:
    """Whatever decodes, weakly."""
    if look.named(SUFFIXES, MEDIA_TYPES):
        return NAMED if look.text else _LAST_RESORT
    return _LAST_RESORT if look.text else 0


def parts(content: Content, limits: Limits) -> Iterator[Text | Flow | Gap]:
    """One text; ``limits`` bound it already, as nothing here expands."""
    del limits
    charset = content.media_type.lower().partition("charset=")[2].strip("\"' ;")
    if content.source:
        yield from _long.flow(content, charset)
        return
    found = _encoding.decode(content.data, charset, cut=content.truncated)
    text = _TERMINAL.sub("", found.text)
    yield Text(text)
    if packed := "\n".join(_values.lines(text)):
        yield Text(packed, "packed values")
    if not found.sure:
        yield Gap(Reason.UNKNOWN_ENCODING, detail="no encoding fits")
    for head, name in _DISGUISED:
        if content.data.startswith(head):
            yield Gap(Reason.UNSUPPORTED_FORMAT, detail=name)
