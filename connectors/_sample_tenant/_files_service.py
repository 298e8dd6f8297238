"""Azure Files, path-style: shares, folders, files and their ranges, snapshots of shares.

As the service does it: signed in, a call names its intent; a listing is of one folder; there is no
``If-Match``; a dot at the end of a name counts only for those who say so. Not imitated: writing,
shared keys, handles, leases, metadata, access lists, NFS.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from xml.sax.saxutils import escape, quoteattr

from connectors._sample_tenant._model_storage import Share, ShareFile
from connectors._sample_tenant._ranges import Unsatisfiable, span
from connectors._sample_tenant._roles import FILE_READER
from connectors._sample_tenant._service_gate import pass_gate, unknown_options
from connectors._sample_tenant._state import State
from connectors._sample_tenant._storage import (
    MADE,
    as_xml,
    echo,
    included,
    mismatch,
    moment,
    refused,
    results,
    storage_headers,
)
from connectors._sample_tenant._wire import Answer, Call

_SINCE = "2022-11-02"
_SHARES_SINCE = "2024-11-04"
_SHARES = frozenset({"comp", "include", "prefix", "marker", "maxresults", "timeout"})
_FOLDER = _SHARES | {"restype", "sharesnapshot"}
_CONDITIONS = ("if-match", "if-none-match", "if-modified-since", "if-unmodified-since")


class FileService:
    """Answers of the file service of one account."""

    def __init__(self, shares: Sequence[Share], state: State, url: str) -> None:
        """``url`` is the service's address."""
        order = sorted(shares, key=lambda share: (share.name, not share.snapshot, share.snapshot))
        self._shares = order
        self._state = state
        self._url = url

    def handle(self, call: Call, identity: str) -> Answer:
        """Answer a call below the service's address."""
        scope = call.segments[1:]
        pass_gate(call, identity, FILE_READER, _SINCE if scope else _SHARES_SINCE)
        if call.headers.get("x-ms-file-request-intent") != "backup":
            raise refused(400, "MissingRequiredHeader", "x-ms-file-request-intent is required.")
        if not scope:
            if call.query.get("comp") != "list":
                raise refused(400, "InvalidQueryParameterValue", "comp is invalid.")
            return self._list(call)
        share = self._share(scope[0], call.query.get("sharesnapshot", ""))
        path = [part if _dots(call) else part.rstrip(".") for part in scope[1:]]
        if call.query.get("comp") == "acl":
            raise mismatch()
        if call.query.get("restype") == "directory":
            return self._folder(call, share, "/".join(path))
        return _file(call, share, "/".join(path))

    def _share(self, name: str, snapshot: str) -> Share:
        for share in self._shares:
            if share.name == name and share.snapshot == snapshot and share.deleted is None:
                return share
        code = "ShareSnapshotNotFound" if snapshot else "ShareNotFound"
        raise refused(404, code, "The specified share does not exist.")

    def _list(self, call: Call) -> Answer:
        unknown_options(call, _SHARES)
        wanted = included(call, {"metadata", "snapshots", "deleted"})
        prefix, most, start = call.query.get("prefix", ""), results(call), self._start(call, "")
        known = [
            share
            for share in self._shares
            if share.name.startswith(prefix)
            and (not share.snapshot or "snapshots" in wanted)
            and (share.deleted is None or "deleted" in wanted)
        ]
        rows = "".join(map(_share_xml, known[start : start + most]))
        following = self._following("", start + most, len(known))
        return as_xml(
            f"<EnumerationResults ServiceEndpoint={quoteattr(self._url + '/')}>{echo(call)}"
            f"<Shares>{rows}</Shares><NextMarker>{following}</NextMarker></EnumerationResults>"
        )

    def _folder(self, call: Call, share: Share, path: str) -> Answer:
        if call.query.get("comp") != "list":
            raise refused(400, "InvalidQueryParameterValue", "comp is invalid.")
        unknown_options(call, _FOLDER)
        lower = {name.lower() for name in call.query.get("include", "").split(",") if name}
        if lower - {"timestamps", "etag", "attributes", "permissionkey"}:
            raise refused(400, "InvalidQueryParameterValue", "include is invalid.")
        below = f"{path}/" if path else ""
        inside = [file for file in share.files if file.path.startswith(below)]
        folders = {
            f.path[len(below) :].split("/")[0] for f in inside if "/" in f.path[len(below) :]
        }
        folders |= {
            one[len(below) :].split("/")[0] for one in share.folders if one.startswith(below)
        }
        if path and not inside and not folders and path not in share.folders:
            raise refused(404, "ResourceNotFound", "The specified resource does not exist.")
        files = {
            file.path[len(below) :]: file for file in inside if "/" not in file.path[len(below) :]
        }
        names = sorted({*folders, *files} - {""})
        names = [name for name in names if name.startswith(call.query.get("prefix", ""))]
        start, most = self._start(call, f"{share.name}/{path}"), results(call)
        rows = "".join(
            _file_xml(name, files[name], lower) if name in files else _folder_xml(name, lower)
            for name in names[start : start + most]
        )
        following = self._following(f"{share.name}/{path}", start + most, len(names))
        snapshot = f" ShareSnapshot={quoteattr(share.snapshot)}" if share.snapshot else ""
        return as_xml(
            f"<EnumerationResults ServiceEndpoint={quoteattr(self._url + '/')} "
            f"ShareName={quoteattr(share.name)}{snapshot} DirectoryPath={quoteattr(path)}>"
            f"{echo(call)}<Entries>{rows}</Entries><NextMarker>{following}</NextMarker>"
            "</EnumerationResults>"
        )

    def _start(self, call: Call, where: str) -> int:
        marker = call.query.get("marker", "")
        if not marker:
            return 0
        parts = self._state.open(marker)
        if parts is None or parts[:2] != ["shares", where]:
            raise refused(400, "OutOfRangeInput", "One of the request inputs is out of range.")
        return int(parts[2])

    def _following(self, where: str, at: int, many: int) -> str:
        return self._state.seal("shares", where, at) if at < many else ""


def _dots(call: Call) -> bool:
    return call.headers.get("x-ms-allow-trailing-dot", "").lower() == "true"


def _file(call: Call, share: Share, path: str) -> Answer:
    unknown_options(call, frozenset({"sharesnapshot", "timeout"}))
    if any(name in call.headers for name in _CONDITIONS):
        raise refused(400, "ConditionHeadersNotSupported", "Condition headers are not supported.")
    file = next((one for one in share.files if one.path == path), None)
    if file is None:
        raise refused(404, "ResourceNotFound", "The specified resource does not exist.")
    headers = {
        "etag": file.etag,
        "last-modified": moment(file.modified),
        "content-type": "application/octet-stream",
        "accept-ranges": "bytes",
        "x-ms-type": "File",
        "x-ms-server-encrypted": "true",
        "x-ms-file-last-write-time": _stamp(file.modified),
        "x-ms-file-creation-time": _stamp(file.created),
    }
    data = file.data()
    wanted = call.headers.get("x-ms-range") or call.headers.get("range") or ""
    try:
        part = span(wanted, len(data)) if wanted else None
    except Unsatisfiable:
        raise refused(416, "InvalidRange", "The range specified is invalid.") from None
    if part is None:
        return Answer(200, data, storage_headers(headers))
    headers["content-range"] = f"bytes {part[0]}-{part[1]}/{len(data)}"
    return Answer(206, data[part[0] : part[1] + 1], storage_headers(headers))


def _stamp(when: datetime) -> str:
    return f"{when:%Y-%m-%dT%H:%M:%S}.0000000Z"


def _share_xml(share: Share) -> str:
    snapshot = f"<Snapshot>{share.snapshot}</Snapshot>" if share.snapshot else ""
    deleted = "<Deleted>true</Deleted><Version>abcdefgh</Version>" if share.deleted else ""
    gone = f"<DeletedTime>{moment(share.deleted)}</DeletedTime>" if share.deleted else ""
    return (
        f"<Share><Name>{escape(share.name)}</Name>{snapshot}{deleted}<Properties>"
        f"<Last-Modified>{moment(MADE)}</Last-Modified><Etag>&quot;0x8DEAAAA&quot;</Etag>"
        f"<Quota>5120</Quota><AccessTier>TransactionOptimized</AccessTier>{gone}"
        "</Properties></Share>"
    )


def _file_xml(name: str, file: ShareFile, wanted: set[str]) -> str:
    told = f"<Content-Length>{file.size}</Content-Length>"
    if "timestamps" in wanted:
        told += (
            f"<CreationTime>{_stamp(file.created)}</CreationTime>"
            f"<LastAccessTime>{_stamp(file.modified)}</LastAccessTime>"
            f"<LastWriteTime>{_stamp(file.modified)}</LastWriteTime>"
            f"<ChangeTime>{_stamp(file.modified)}</ChangeTime>"
            f"<Last-Modified>{moment(file.modified)}</Last-Modified>"
        )
    if "etag" in wanted:
        told += f"<Etag>{escape(file.etag)}</Etag>"
    return f"<File><Name>{escape(name)}</Name><Properties>{told}</Properties></File>"


def _folder_xml(name: str, wanted: set[str]) -> str:
    told = f"<CreationTime>{_stamp(MADE)}</CreationTime>" if "timestamps" in wanted else ""
    told += "<Etag>&quot;0x8DEBBBB&quot;</Etag>" if "etag" in wanted else ""
    return f"<Directory><Name>{escape(name)}</Name><Properties>{told}</Properties></Directory>"
