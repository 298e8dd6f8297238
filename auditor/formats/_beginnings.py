"""Signatures of files that are worth reading wherever they lie: in a cell, a property, a record."""

from __future__ import annotations

_MARKS = (
    b"PK\x03\x04", b"%PDF-", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"{\\rtf", b"\x89PNG\r\n\x1a\n",
    b"\xff\xd8\xff", b"GIF87a", b"GIF89a", b"II*\0", b"MM\0*", b"\x1f\x8b\x08", b"BZh",
    b"7z\xbc\xaf",
    b"Rar!\x1a\x07", b"MSCF\0\0\0\0", b"\xfd7zXZ\0", b"\x28\xb5\x2f\xfd", b"SQLite format 3\0",
    b"<?xml", b"<html", b"<HTML", b"<!DOCTYPE", b"\x78\x9f\x3e\x22", b"BEGIN:VCARD",
    b"BEGIN:VCALENDAR", b"Obj\x01", b"PAR1",
)  # fmt: skip
_LEAST = 16
"""Bytes below which nothing is a file."""


def is_file(data: bytes) -> bool:
    """Whether these bytes begin like a file that some format reads."""
    return len(data) >= _LEAST and data.startswith(_MARKS)
