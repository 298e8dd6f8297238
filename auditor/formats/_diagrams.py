"""Pages of a diagram of draw.io: XML with percent signs, by Deflate, in Base64, in XML."""

from __future__ import annotations

import binascii
import re
import zlib
from collections.abc import Iterator
from urllib.parse import unquote_to_bytes

from auditor.formats import _local
from auditor.model import Content, Gap, Limits, Reason

_FILE = "<mxfile"
_SOON = 2_048
_PAGE = re.compile(r"<diagram\b[^<>]*>\s*([A-Za-z0-9+/=\s]+?)\s*</diagram>")


def pages(text: str, limits: Limits) -> Iterator[Content | Gap]:
    """Each packed page as a member; of any other document nothing."""
    if _FILE not in text[:_SOON]:
        return
    left = limits.expanded_bytes
    for number, found in enumerate(_PAGE.finditer(text), 1):
        if number > limits.members or left <= 0:
            yield Gap(Reason.TOO_MANY_MEMBERS, detail="pages")
            return
        place = f"page {number}"
        try:
            raw = binascii.a2b_base64(found[1])
        except binascii.Error:
            raw = b""
        most = min(left, limits.bytes)
        body, _ = _local.inflate(raw, 0, most + 1, -zlib.MAX_WBITS)
        left -= len(body)
        if body:
            page, cut = unquote_to_bytes(body[:most]), len(body) > most
            yield Content("", page, "text/xml", path=(place,), truncated=cut)
        else:
            yield Gap(Reason.MALFORMED, part=place, detail="Deflate")
