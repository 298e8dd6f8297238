"""Compound files without a format of their own here, and those that only a key opens.

A format that reads one of them (Word 97, Outlook messages) claims it more surely than this.
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.formats import _cfb, _oleparts, _strings
from auditor.formats._look import SNIFFED, Look
from auditor.model import Content, Gap, Limits, Reason, Text

SUFFIXES = (".vsd", ".pub", ".mpp")
MEDIA_TYPES = ("application/x-ole-storage", "application/vnd.visio", "application/vnd.ms-project")
BEGINNING = True

_WRAPPED = frozenset(("\x01ole10native", "package", "contents", "equation native"))
"""Streams by which an object that was embedded is a file, or a formula."""


def claims(look: Look) -> int:
    """By signature, weakly: whoever can read what is in it goes first."""
    return SNIFFED if look.head.startswith(_cfb.SIGNATURE) else 0


def parts(content: Content, limits: Limits) -> Iterator[Text | Content | Gap]:
    """Why it is not read; or what its streams give without knowing what they are."""
    rest = _oleparts.opened(content, limits)
    if isinstance(rest, Gap):
        yield from _unopened(content, rest)
        return
    if sealed := rest.sealed():
        yield sealed
        return
    inside = {entry.name.lower() for entry in rest.compound.root.children if entry.size}
    rest.foreign = bool(inside) and not (inside & _WRAPPED) and not rest.compound.root.find("VBA")
    yield from rest.parts()
    if rest.foreign:
        yield Gap(Reason.UNSUPPORTED_FORMAT, detail="compound file")


def _unopened(content: Content, gap: Gap) -> Iterator[Text | Gap]:
    """Stream names stand in the directory as UTF-16, whatever else is lost."""
    for name, reason in _oleparts.ENCRYPTED:
        if name.encode("utf-16-le") in content.data:
            yield Gap(reason, detail="encrypted Office document")
            return
    if lines := list(_strings.words(content.data)):
        yield Text("\n".join(lines), "loose text")
    if not content.truncated:
        yield gap
