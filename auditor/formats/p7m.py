"""S/MIME and other CMS containers that are signed or compressed: what they hold, and by whom."""

from __future__ import annotations

import base64
import re
import zlib
from collections.abc import Iterator

from auditor.formats import _der, _strings, _unpack
from auditor.formats._look import CERTAIN, Look
from auditor.model import Content, Gap, Limits, Reason, Text

SUFFIXES = (".p7m", ".p7s", ".p7b", ".p7c", ".p7z")
MEDIA_TYPES = (
    "application/pkcs7-mime", "application/x-pkcs7-mime", "application/pkcs7-signature",
    "application/x-pkcs7-signature",
)  # fmt: skip
BEGINNING = True

_BEGIN = 64
"""Bytes in which a container states its type."""
_SIGNED = bytes.fromhex("06092a864886f70d010702")
_COMPRESSED = bytes.fromhex("060b2a864886f70d0109100109")
_KEYED = tuple(
    map(
        bytes.fromhex,
        ("06092a864886f70d010703", "06092a864886f70d010706", "060b2a864886f70d0109100117"),
    )
)
"""Enveloped, encrypted, and enveloped with a check."""
_ARMOUR = re.compile(rb"\A\s{0,100}-----BEGIN (?:PKCS ?#?7|CMS)(?: SIGNED DATA)?-----")
_LETTERS = re.compile(rb"[^A-Za-z0-9+/]+")
_BARE = re.compile(rb"\A\s*M[A-Za-z0-9+/\r\n]{200}")
_FIELD = re.compile(rb"[A-Za-z][A-Za-z0-9-]{1,60}:[ \t]")


def claims(look: Look) -> int:
    """By the type that such a container states at its beginning; enveloped ones are others'."""
    head = look.head
    if head[:1] != b"\x30":
        head = _unarmoured(head, named=look.named(SUFFIXES, MEDIA_TYPES))
    begin = head[:_BEGIN]
    known = any(kind in begin for kind in (_SIGNED, _COMPRESSED, *_KEYED))
    others = head is look.head and _KEYED[0] in begin
    return CERTAIN if head[:1] == b"\x30" and known and not others else 0


def _unarmoured(data: bytes, *, named: bool = True) -> bytes:
    """The container out of its letters, if it is written in such."""
    if found := _ARMOUR.match(data):
        letters = data[found.end() :].partition(b"-----")[0]
    elif named and _BARE.match(data):
        letters = data
    else:
        return data
    letters = _LETTERS.sub(b"", letters)
    return base64.b64decode(letters + b"=" * (-len(letters) % 4)) if len(letters) % 4 != 1 else b""


def parts(content: Content, limits: Limits) -> Iterator[Text | Content | Gap]:
    """What was signed, as a file of its own; then the names in the certificates."""
    data = content.data if content.data[:1] == b"\x30" else _unarmoured(content.data)
    if any(kind in data[:_BEGIN] for kind in _KEYED):
        yield Gap(Reason.ENCRYPTED, detail="needs a key")
        return
    try:
        outer = _der.value(data, 0, len(data))
        fields = _der.inside(data, outer)
        kind, body = next(fields), next(fields)
        label = data[outer.start : kind.end]
        inner = next(_der.inside(data, body))
        yield from _held(content, data, inner, limits, packed=label == _COMPRESSED)
    except (_der.BrokenError, StopIteration):
        yield from _strings.parts(Content("", data), limits)
        if not content.truncated:
            yield Gap(Reason.MALFORMED, detail="DER")


def _held(
    content: Content, data: bytes, signed: _der.Value, limits: Limits, *, packed: bool
) -> Iterator[Text | Content | Gap]:
    """The fields of signed or compressed data: the content among them, and the rest."""
    rest: list[bytes] = []
    held: bytes | None = None
    for field in _der.inside(data, signed):
        fields = list(_der.inside(data, field)) if field.tag == _der.SEQUENCE else []
        if held is None and len(fields) == 2 and fields[1].tag == 0xA0:
            held = b"".join(_der.octets(data, fields[1]))
        else:
            rest.append(data[field.start : field.end])
    for text in _strings.parts(Content("", b"\0".join(rest)), limits):
        yield Text(text.text, "certificates")
    if held is None:
        return
    name = _unpack.stem(content, SUFFIXES, "signed content")
    chunks = _inflated(held) if packed else iter((held,))
    for part in _unpack.member(name, _unpack.Bounds(limits, len(data)).watch(chunks), limits.bytes):
        if isinstance(part, Content) and _FIELD.match(part.data):
            yield Content("", part.data, "message/rfc822", ("signed content",))
        else:
            yield part


def _inflated(packed: bytes) -> Iterator[bytes | Gap]:
    engine = zlib.decompressobj()
    feed = packed
    while feed and not engine.eof:
        try:
            yield engine.decompress(feed, _unpack.CHUNK)
        except zlib.error:
            yield Gap(Reason.MALFORMED, detail="Deflate")
            return
        feed = engine.unconsumed_tail
