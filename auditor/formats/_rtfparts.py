"""Files and pictures inside rich text."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from auditor.formats import _blips, _cfb, _oleparts, _strings
from auditor.formats._rtfstate import Blob
from auditor.model import Content, Gap, Limits, Reason, Text

_EMBEDDED = 2


def members(blobs: list[Blob], limits: Limits) -> Iterator[Text | Content | Gap]:
    """What the blobs hold, as members."""
    number = 0
    seen: set[bytes] = set()
    for blob in blobs:
        data = blob.data()
        if not data:
            continue
        if blob.kind == "datastore" and not data.startswith(_cfb.SIGNATURE):
            if found := _strings.numeric(data):
                yield Text("\n".join(found), "other")
            continue
        number += 1
        if number > limits.members:
            yield Gap(Reason.TOO_MANY_MEMBERS)
            return
        name = f"{'image' if blob.kind == 'pict' else 'object'} {number}"
        if blob.kind == "objdata":
            yield from _embedded(data, name)
        elif blob.kind == "pict":
            image = _blips.file_of(data, blob.format)
            yield Content(f"{name}.{blob.format or 'bin'}", image, path=(name,))
        elif data not in seen:
            seen.add(data)
            yield Content("", data, path=("custom XML",))


def _embedded(data: bytes, name: str) -> Iterator[Content | Gap]:
    """An object as OLE 1 writes it: what it is of, then its bytes."""
    at = 8
    texts: list[bytes] = []
    try:
        (form,) = struct.unpack_from("<I", data, 4)
        for _ in range(3):  # class, topic, item
            (size,) = struct.unpack_from("<I", data, at)
            texts.append(data[at + 4 : at + 4 + size].rstrip(b"\0"))
            at += 4 + size
        (size,) = struct.unpack_from("<I", data, at)
    except struct.error:
        yield Gap(Reason.MALFORMED, part=name, detail="embedded object")
        return
    if form != _EMBEDDED:
        yield Gap(Reason.UNSUPPORTED_FORMAT, part=name, detail="link to a file elsewhere")
        return
    body = data[at + 4 : at + 4 + size]
    if texts[0].lower() == b"package":
        yield _oleparts.native(struct.pack("<I", len(body)) + body, name)
    elif body:
        yield Content("", body, path=(name,))
    if len(body) < size:
        yield Gap(Reason.MALFORMED, part=name, detail="embedded object")
