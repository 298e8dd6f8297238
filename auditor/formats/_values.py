"""Values that a text writes in another way: as Base64, as claims of a token, as bytes."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator

from auditor.formats import _encoding

_PACKED = re.compile(r"(?m)^([A-Za-z][\w;.-]{0,80}):: ?([A-Za-z0-9+/=]+(?:\r?\n [A-Za-z0-9+/=]+)*)")
"""A value of an LDIF file as Base64."""
_TOKEN = re.compile(r"(?<![\w-])eyJ[\w-]{8,4096}+\.(eyJ[\w-]{8,65536}+)\.", re.ASCII)
"""A token of JSON (RFC 7519): its head, and its claims."""
_BYTES = re.compile(
    r'(?m)^("[^"\r\n]{0,200}"|@)=hex(?:\([0-9a-f]{1,8}\))?:'
    r"((?:[0-9a-fA-F]{2},)*(?:\\\r?\n\s*(?:[0-9a-fA-F]{2},)*)*[0-9a-fA-F]{2})"
)
"""A value of an export of the registry (.reg) as bytes."""
_HEX = re.compile("[^0-9a-fA-F]+")


def lines(text: str) -> Iterator[str]:
    """Each value as what it stands for, with its name where it has one."""
    if "::" in text:
        for name, packed in _PACKED.findall(text):
            yield from _said(f"{name}: ", _plain("".join(packed.split())))
    if "eyJ" in text:
        for claims in _TOKEN.findall(text):
            yield from _said("", _plain(claims))
    if "=hex" in text:
        for name, written in _BYTES.findall(text):
            raw = bytes.fromhex(_HEX.sub("", written))
            for one in filter(None, _strings_of(raw)):
                yield f"{name}: {one}"


def _plain(packed: str) -> bytes:
    try:
        plain = packed.replace("-", "+").replace("_", "/")
        return base64.b64decode(plain + "=" * (-len(plain) % 4))
    except (binascii.Error, ValueError):
        return b""


def _said(head: str, raw: bytes) -> Iterator[str]:
    found = _encoding.decode(raw)
    if raw and found.sure:
        yield head + found.text


def _strings_of(raw: bytes) -> list[str]:
    """UTF-16 with an end after each string, or whatever decodes."""
    if raw.endswith(b"\0\0") and len(raw) % 2 == 0:
        return raw.decode("utf-16-le", "replace").split("\0")
    found = _encoding.decode(raw.rstrip(b"\0"))
    return [found.text] if found.sure else []
