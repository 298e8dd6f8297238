"""Images of discs (ISO 9660, Joliet, Rock Ridge, UDF) and everything inside them."""

from __future__ import annotations

import zlib
from collections.abc import Iterator

from auditor.formats import _encoding, _libarchive, _long, _udfdisc, _udftree
from auditor.formats._look import CERTAIN, Look
from auditor.model import Content, Gap, Limits, Reason, Text, Visibility

SUFFIXES = (".iso", ".udf")
MEDIA_TYPES = ("application/x-iso9660-image", "application/x-cd-image")
BEGINNING = True
LONG = True

_SIGNATURE, _EXTENDED = b"CD001", b"BEA01"
"""Of ISO 9660, which libarchive reads, and of what has UDF without it."""
_AT = 0x8001
_SECTOR = 2_048
_RECOGNISED = 64
"""Sectors among which a disc says that it has UDF."""
_UDF = (b"NSR02", b"NSR03")
_PRIMARY, _JOLIET = 1, 2
_LABELS = ((8, 32), (40, 32), (190, 128), (318, 128), (446, 128), (574, 128), (702, 37), (739, 37),
           (776, 37))  # fmt: skip
"""Where a descriptor says it, and how long that is."""


def claims(look: Look) -> int:
    """By signature."""
    return CERTAIN if look.head.startswith((_SIGNATURE, _EXTENDED), _AT) else 0


def parts(content: Content, limits: Limits) -> Iterator[Text | Content | Gap]:
    """Every file as content of its own; of a disc in both systems, what only one has, too."""
    told: set[tuple[int, int]] = set()
    volume = _udfdisc.opened(_long.view(content)) if _has_udf(content.data) else None
    if volume:
        for piece in _udftree.parts(volume, content, limits):
            if isinstance(piece, Content):
                told.add(_sum(piece))
            yield piece
        if content.source:  # the other system names the same files: they are not compared
            return
    elif _has_udf(content.data) and not content.truncated:
        yield Gap(Reason.MALFORMED, detail="UDF without an anchor")
    if content.data.startswith(_SIGNATURE, _AT):
        yield from _older(content, limits, told)


def _older(
    content: Content, limits: Limits, told: set[tuple[int, int]]
) -> Iterator[Text | Content | Gap]:
    """What the older system has and is not ``told`` yet."""
    if labels := "\n".join(dict.fromkeys(_labels(content.data))):
        yield Text(labels, "disc", visibility=Visibility.METADATA)
    for member in _libarchive.members(content, limits, "iso9660"):
        if isinstance(member, Gap) or _sum(member) not in told:
            yield member


def _has_udf(data: bytes) -> bool:
    marks = range(_AT, _AT + _RECOGNISED * _SECTOR, _SECTOR)
    return any(data.startswith(_UDF, at) for at in marks)


def _labels(data: bytes) -> Iterator[str]:
    """What the descriptors of ISO 9660 and Joliet say of the disc and who made it."""
    for at in range(_AT - 1, _AT + _RECOGNISED * _SECTOR, _SECTOR):
        if not data.startswith(_SIGNATURE, at + 1):
            return
        kind = data[at]
        for start, size in _LABELS if kind in (_PRIMARY, _JOLIET) else ():
            raw = data[at + start : at + start + size]
            if kind == _JOLIET:
                text = raw[: size // 2 * 2].decode("utf-16-be", "replace")
            else:
                text = _encoding.decode(raw).text
            if said := text.strip(" \0"):
                yield said


def _sum(member: Content) -> tuple[int, int]:
    return len(member.data), zlib.crc32(member.data)
