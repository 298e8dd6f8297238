"""Reading a blob: as it is, as it was, by ranges, under conditions."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import replace
from urllib.parse import unquote

from connectors._sample_tenant._blob_rows import stamp
from connectors._sample_tenant._model import Blob
from connectors._sample_tenant._ranges import Unsatisfiable, span
from connectors._sample_tenant._state import ContainerBox
from connectors._sample_tenant._storage import moment, refused, storage_headers
from connectors._sample_tenant._wire import Answer, Call


def blob_answer(call: Call, box: ContainerBox, raw: str) -> Answer:
    """A blob, a version or a snapshot of it, or a range; ``raw`` is its name as sent."""
    blob = _state_of(box.blobs.get(unquote(raw)), call)
    if blob is None or blob.kind == "directory":
        raise refused(404, "BlobNotFound", "The specified blob does not exist.")
    _conditions(call, blob)
    headers = {
        "etag": blob.etag,
        "last-modified": moment(blob.modified),
        "content-type": blob.media_type,
        "accept-ranges": "bytes",
        "x-ms-blob-type": blob.kind,
        "x-ms-access-tier": blob.tier,
        "x-ms-creation-time": moment(blob.created),
        "x-ms-lease-status": "unlocked",
        "x-ms-lease-state": "available",
        "x-ms-server-encrypted": "true",
    }
    if call.method == "HEAD":
        headers["content-length"] = str(blob.size)
        return Answer(200, b"", storage_headers(headers))
    if blob.tier == "Archive":
        raise refused(409, "BlobArchived", "This operation is not permitted on an archived blob.")
    if blob.customer_key:
        raise refused(
            409,
            "BlobUsesCustomerSpecifiedEncryption",
            "The blob is encrypted with customer specified encryption, but it was not provided "
            "in the request.",
        )
    return _content(call, blob, headers)


def _state_of(blob: Blob | None, call: Call) -> Blob | None:
    """The blob as it is, or the version or snapshot that a call names."""
    if blob is None or blob.deleted is not None:
        return None
    version, snapshot = call.query.get("versionid", ""), call.query.get("snapshot", "")
    if not version and not snapshot:
        return blob if blob.current else None
    for one in blob.earlier:
        named = snapshot if one.snapshot else version
        if named == stamp(one.when) and one.deleted is None:
            size = len(one.data())
            return replace(blob, etag=one.etag, data=one.data, size=size, modified=one.when)
    return blob if blob.current and version == stamp(blob.modified) else None


def _content(call: Call, blob: Blob, headers: dict[str, str]) -> Answer:
    data = blob.data()
    digest = base64.b64encode(hashlib.md5(data, usedforsecurity=False).digest()).decode()
    wanted = call.headers.get("x-ms-range") or call.headers.get("range") or ""
    try:
        part = span(wanted, len(data)) if wanted else None
    except Unsatisfiable:
        answer = refused(
            416,
            "InvalidRange",
            "The range specified is invalid for the current size of the resource.",
        )
        answer.answer.headers["content-range"] = f"bytes */{len(data)}"
        raise answer from None
    if part is None:
        headers["content-md5"] = digest
        return Answer(200, data, storage_headers(headers))
    first, last = part
    headers["content-range"] = f"bytes {first}-{last}/{len(data)}"
    headers["x-ms-blob-content-md5"] = digest
    return Answer(206, data[first : last + 1], storage_headers(headers))


def _conditions(call: Call, blob: Blob) -> None:
    match = call.headers.get("if-match")
    if match and match != "*" and match.strip('"') != blob.etag.strip('"'):
        raise refused(
            412,
            "ConditionNotMet",
            "The condition specified using HTTP conditional header(s) is not met.",
        )
    none = call.headers.get("if-none-match")
    if none and (none == "*" or none.strip('"') == blob.etag.strip('"')):
        raise refused(
            304 if call.method in {"GET", "HEAD"} else 412,
            "ConditionNotMet",
            "The condition specified using HTTP conditional header(s) is not met.",
        )
