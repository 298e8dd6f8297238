"""Compound files that are not read themselves: encrypted and rights-managed Office, and the rest.

A format that reads one of them (Word 97, Outlook messages) claims it more surely than this.
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.formats._look import SNIFFED, Look
from auditor.model import Content, Gap, Limits, Reason

SUFFIXES = (".doc", ".xls", ".ppt", ".msg", ".vsd", ".pub", ".mpp")
MEDIA_TYPES = ("application/x-ole-storage", "application/msword", "application/vnd.ms-excel")
BEGINNING = True

_SIGNATURE = bytes.fromhex("d0cf11e0a1b11ae1")
_MARKS = (
    ("DRMEncryptedTransform", Reason.RIGHTS_MANAGED),
    ("DRMContent", Reason.RIGHTS_MANAGED),
    ("EncryptedPackage", Reason.PASSWORD_PROTECTED),
)


def claims(look: Look) -> int:
    """By signature, weakly: whoever can read what is in it goes first."""
    return SNIFFED if look.head.startswith(_SIGNATURE) else 0


def parts(content: Content, limits: Limits) -> Iterator[Gap]:
    """Why it is not read. Stream names stand in the directory as UTF-16."""
    del limits
    for name, reason in _MARKS:
        if name.encode("utf-16-le") in content.data:
            yield Gap(reason, detail="encrypted Office document")
            return
    yield Gap(Reason.UNSUPPORTED_FORMAT, detail="compound file")
