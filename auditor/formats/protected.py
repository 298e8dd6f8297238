"""Containers that only a key opens: Purview's, S/MIME's and OpenPGP's."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.formats._look import CERTAIN, SNIFFED, Look
from auditor.model import Content, Gap, Limits, Reason

SUFFIXES = (".pfile", ".rpmsg", ".p7m", ".pgp", ".gpg")
MEDIA_TYPES = ("application/x-microsoft-rpmsg-message", "application/pgp-encrypted")
BEGINNING = True

_RIGHTS_MANAGED = (b".pfile", bytes.fromhex("76e80460c411e386"))
_PGP = b"-----BEGIN PGP MESSAGE-----"
_ENVELOPED = bytes.fromhex("06092a864886f70d010703")
"""The object identifier of CMS enveloped data, as DER writes it."""


def claims(look: Look) -> int:
    """By signature, or by the type a CMS container states at its beginning."""
    if look.head.startswith((*_RIGHTS_MANAGED, _PGP)):
        return CERTAIN
    return SNIFFED if look.head[:1] == b"\x30" and _ENVELOPED in look.head[:64] else 0


def parts(content: Content, limits: Limits) -> Iterator[Gap]:
    """Why it is not read."""
    del limits
    rights = content.data.startswith(_RIGHTS_MANAGED)
    yield Gap(Reason.RIGHTS_MANAGED if rights else Reason.ENCRYPTED, detail="needs a key")
