"""Whatever no other format claims: the writing that lies in it, never taken for the whole of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from auditor.formats import _strings
from auditor.formats._look import Look
from auditor.model import Content, Gap, Limits, Reason, Text

SUFFIXES = (
    ".bin", ".dat", ".db", ".mdb", ".accdb", ".one", ".chm", ".exe", ".dll", ".dmp", ".mp4", ".mov",
    ".mp3", ".wav",
)  # fmt: skip
MEDIA_TYPES = ("application/octet-stream",)
BEGINNING = True

_LAST_RESORT = 1
_TAGS = 1 << 20
"""Bytes at either end of a recording in which its title and its like may stand."""
_RECORDINGS = (
    b"ID3", b"\xff\xfb", b"\xff\xf3", b"\xff\xf1", b"OggS", b"fLaC", b"\x1a\x45\xdf\xa3",
    b"FLV\x01", b"0&\xb2u\x8ef\xcf\x11", b"\0\0\x01\xba", b"\0\0\x01\xb3",
)  # fmt: skip
"""MP3, AAC, Ogg, FLAC, Matroska, Flash, Windows Media, MPEG."""


def claims(look: Look) -> int:
    """Whatever is no text, more weakly than anybody else."""
    return _LAST_RESORT if look.head and not look.text else 0


def parts(content: Content, limits: Limits) -> Iterator[Text | Gap]:
    """Its writing, and that the rest was not understood."""
    if _is_recording(content.data):
        ends = [content.data[:_TAGS], content.data[_TAGS:][-_TAGS:]]
        yield from _strings.parts(replace(content, data=b"\0".join(ends)), limits)
        yield Gap(Reason.UNSUPPORTED_FORMAT, detail="sound or video")
        return
    yield from _strings.parts(content, limits)
    yield Gap(Reason.UNSUPPORTED_FORMAT)


def _is_recording(data: bytes) -> bool:
    """Sound and video, by signature: hours of it hold no writing."""
    if data[4:8] == b"ftyp" or data.startswith(_RECORDINGS):
        return True
    return data[:4] == b"RIFF" and data[8:12] in (b"WAVE", b"AVI ")
