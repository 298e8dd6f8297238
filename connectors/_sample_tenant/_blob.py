"""Azure Blob storage, path-style: containers, blobs, ranges, public access, archive tier.

Not imitated: writing, SAS, shared keys, versions, snapshots, soft delete, tags, leases, delimiters
(501), page and append blobs. Listings name no Content-MD5, as for blobs written in blocks.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from urllib.parse import unquote
from xml.sax.saxutils import escape, quoteattr

from connectors._sample_tenant._model import Blob
from connectors._sample_tenant._ranges import Unsatisfiable, span
from connectors._sample_tenant._state import ContainerBox, State
from connectors._sample_tenant._storage import (
    MADE,
    as_xml,
    challenge,
    checked,
    moment,
    refused,
    storage_headers,
)
from connectors._sample_tenant._wire import Answer, Call

_MOST = 5000


class BlobService:
    """Answers of one storage account."""

    def __init__(self, state: State, origin: str) -> None:
        """``origin`` is this server's; the account stands below it."""
        self._state = state
        self._origin = origin
        self._url = f"{origin}/{state.world.account}"

    def handle(self, call: Call, identity: str) -> Answer:
        """Answer a call below ``/account``; ``identity`` is reader, other, or "" for anonymous."""
        if call.method not in {"GET", "HEAD"}:
            raise refused(405, "UnsupportedHttpVerb", "The resource doesn't support the Http Verb.")
        checked(call, identity)
        scope = call.segments[1:]
        restype, comp = call.query.get("restype", ""), call.query.get("comp", "")
        if not scope:
            if not identity:
                raise challenge(call, self._state.world.tenant_id, self._origin)
            if comp != "list":
                raise refused(
                    400,
                    "InvalidQueryParameterValue",
                    "Value for one of the query parameters of the request URI is invalid.",
                )
            return self._containers(call)
        box = self._state.containers.get(scope[0])
        if not identity and (
            box is None or not box.access or (len(scope) == 1 and box.access != "container")
        ):
            raise challenge(call, self._state.world.tenant_id, self._origin)
        if box is None:
            raise refused(404, "ContainerNotFound", "The specified container does not exist.")
        if len(scope) == 1:
            if restype != "container" or comp not in {"", "acl", "list", "metadata"}:
                raise refused(
                    400, "InvalidUri", "The requested URI does not represent any resource."
                )
            return self._blobs(call, box) if comp == "list" else self._container(comp, box)
        name = call.path.split("/", 3)[3]
        return self._blob(call, box, name)

    # -------------------------------------------------------------------------------- containers

    def _containers(self, call: Call) -> Answer:
        prefix, marker = call.query.get("prefix", ""), call.query.get("marker", "")
        most = _results(call)
        names = [n for n in self._state.containers if n.startswith(prefix) and n >= marker]
        more = _metadata(call)
        parts = [self._container_xml(self._state.containers[name], more) for name in names[:most]]
        head = f"<EnumerationResults ServiceEndpoint={quoteattr(self._url + '/')}>"
        following = names[most] if len(names) > most else ""
        return as_xml(
            f"{head}{_echo(call)}<Containers>{''.join(parts)}</Containers>"
            f"<NextMarker>{escape(following)}</NextMarker></EnumerationResults>"
        )

    @staticmethod
    def _container_xml(box: ContainerBox, more: str) -> str:
        access = f"<PublicAccess>{box.access}</PublicAccess>" if box.access else ""
        return (
            f"<Container><Name>{escape(box.name)}</Name><Properties>"
            f"<Last-Modified>{moment(MADE)}</Last-Modified><Etag>{_etag(box)}</Etag>"
            "<LeaseStatus>unlocked</LeaseStatus><LeaseState>available</LeaseState>"
            f"{access}<DefaultEncryptionScope>$account-encryption-key</DefaultEncryptionScope>"
            "<DenyEncryptionScopeOverride>false</DenyEncryptionScopeOverride>"
            "<HasImmutabilityPolicy>false</HasImmutabilityPolicy>"
            f"<HasLegalHold>false</HasLegalHold></Properties>{more}</Container>"
        )

    @staticmethod
    def _container(comp: str, box: ContainerBox) -> Answer:
        headers = {"etag": f'"{_etag(box)}"', "last-modified": moment(MADE)}
        if box.access:
            headers["x-ms-blob-public-access"] = box.access
        if comp == "acl":
            answer = as_xml("<SignedIdentifiers />")
            answer.headers.update(headers)
            return answer
        headers.update(
            {
                "x-ms-lease-status": "unlocked",
                "x-ms-lease-state": "available",
                "x-ms-has-immutability-policy": "false",
                "x-ms-has-legal-hold": "false",
                "x-ms-default-encryption-scope": "$account-encryption-key",
                "x-ms-deny-encryption-scope-override": "false",
            }
        )
        return Answer(200, b"", storage_headers(headers))

    # ------------------------------------------------------------------------------------- blobs

    def _blobs(self, call: Call, box: ContainerBox) -> Answer:
        if "delimiter" in call.query:
            raise refused(501, "NotImplemented", "The sample tenant lists without delimiters.")
        if "tags" in call.query.get("include", ""):
            raise refused(
                403,
                "AuthorizationPermissionMismatch",
                "This request is not authorized to perform this operation using this permission.",
            )
        most, start = _results(call), 0
        if marker := call.query.get("marker", ""):
            parts = self._state.open(marker)
            if parts is None or parts[:2] != ["blobs", box.name]:
                raise refused(400, "OutOfRangeInput", "One of the request inputs is out of range.")
            start = parts[2]
        found, following = self._page(box, call, start, most)
        names = f"ServiceEndpoint={quoteattr(self._url + '/')} ContainerName={quoteattr(box.name)}"
        head = f"<EnumerationResults {names}>"
        return as_xml(
            f"{head}{_echo(call)}<Blobs>{''.join(found)}</Blobs>"
            f"<NextMarker>{following}</NextMarker></EnumerationResults>"
        )

    def _page(self, box: ContainerBox, call: Call, start: int, most: int) -> tuple[list[str], str]:
        prefix, more = call.query.get("prefix", ""), _metadata(call)
        found: list[str] = []
        for place, blob in _prefixed(box, prefix, start):
            if len(found) == most:
                return found, self._state.seal("blobs", box.name, place)
            found.append(_blob_xml(blob, more))
        return found, ""

    def _blob(self, call: Call, box: ContainerBox, raw: str) -> Answer:
        blob = box.blobs.get(unquote(raw))
        if blob is None:
            raise refused(404, "BlobNotFound", "The specified blob does not exist.")
        _conditions(call, blob)
        headers = {
            "etag": blob.etag,
            "last-modified": moment(blob.modified),
            "content-type": blob.media_type,
            "accept-ranges": "bytes",
            "x-ms-blob-type": "BlockBlob",
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
            raise refused(
                409, "BlobArchived", "This operation is not permitted on an archived blob."
            )
        return _content(call, blob, headers)


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


def _prefixed(box: ContainerBox, prefix: str, start: int) -> Iterator[tuple[int, Blob]]:
    for place, blob in box.blobs.rows(start):
        if blob.name.startswith(prefix):
            yield place, blob


def _results(call: Call) -> int:
    text = call.query.get("maxresults", str(_MOST))
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= _MOST:
        raise refused(
            400,
            "OutOfRangeQueryParameterValue",
            "A query parameter of the request URI is outside the permissible range.",
        )
    return int(text)


def _echo(call: Call) -> str:
    """The listing's own options, which an answer repeats."""
    names = (("prefix", "Prefix"), ("marker", "Marker"), ("maxresults", "MaxResults"))
    return "".join(f"<{tag}>{escape(call.query[n])}</{tag}>" for n, tag in names if n in call.query)


def _etag(box: ContainerBox) -> str:
    digest = hashlib.blake2b(f"{box.name}{box.access}".encode(), digest_size=5).hexdigest()
    return f"0x8DE{digest[:4].upper()}A{digest[4:].upper()}"


def _metadata(call: Call) -> str:
    """The empty element that stands for metadata where a listing was asked for it."""
    return "<Metadata />" if "metadata" in call.query.get("include", "").split(",") else ""


def _blob_xml(blob: Blob, more: str) -> str:
    return (
        f"<Blob><Name>{escape(blob.name)}</Name><Properties>"
        f"<Creation-Time>{moment(blob.created)}</Creation-Time>"
        f"<Last-Modified>{moment(blob.modified)}</Last-Modified>"
        f"<Etag>{blob.etag.strip(chr(34))}</Etag><Content-Length>{blob.size}</Content-Length>"
        f"<Content-Type>{escape(blob.media_type)}</Content-Type><Content-Encoding />"
        "<Content-Language /><Content-CRC64 /><Content-MD5 /><Cache-Control />"
        "<Content-Disposition /><BlobType>BlockBlob</BlobType>"
        f"<AccessTier>{blob.tier}</AccessTier><LeaseStatus>unlocked</LeaseStatus>"
        "<LeaseState>available</LeaseState><ServerEncrypted>true</ServerEncrypted>"
        f"</Properties>{more}<OrMetadata /></Blob>"
    )
