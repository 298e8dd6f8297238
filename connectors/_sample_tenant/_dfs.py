"""The Data Lake endpoint of the hierarchical account: access control lists, nothing else.

As Microsoft's "Path - Get Properties" has it: HEAD with ``action=getAccessControl``; the answer is
in the headers.
"""

from __future__ import annotations

from urllib.parse import unquote

from connectors._sample_tenant._state import State
from connectors._sample_tenant._storage import challenge, checked, refused, storage_headers
from connectors._sample_tenant._wire import Answer, Call

PLAIN = "user::rw-,group::r--,other::---"
_SUPERUSER = "$superuser"


class DataLake:
    """Answers of the endpoint."""

    def __init__(self, state: State, origin: str) -> None:
        """``origin`` is this server's."""
        self._state = state
        self._origin = origin

    def handle(self, call: Call, identity: str) -> Answer:
        """Answer a call below ``/account-dfs``."""
        if not identity:
            raise challenge(call, self._state.world.tenant_id, self._origin)
        checked(call, identity)
        if call.method != "HEAD":
            raise refused(405, "UnsupportedHttpVerb", "The resource doesn't support the Http Verb.")
        if not call.headers.get("x-ms-version"):
            raise refused(400, "MissingRequiredHeader", "An HTTP header is missing.")
        if call.query.get("action") != "getAccessControl":
            raise refused(501, "NotImplemented", "The sample tenant gives access lists only.")
        if call.query.get("upn", "false") not in {"true", "false"}:
            raise refused(400, "InvalidQueryParameterValue", "upn is true or false.")
        box = self._state.lake.get(call.segments[1]) if len(call.segments) > 1 else None
        if box is None:
            raise refused(404, "FilesystemNotFound", "The specified filesystem does not exist.")
        path = unquote("/".join(call.path.split("/")[3:])).strip("/")
        known = {blob.name for _, blob in box.blobs.rows(0) if blob.deleted is None}
        if path and path not in known:
            raise refused(404, "PathNotFound", "The specified path does not exist.")
        acl = box.made.acls.get(path, PLAIN)
        headers = {
            "content-length": "0",
            "x-ms-owner": _SUPERUSER,
            "x-ms-group": _SUPERUSER,
            "x-ms-permissions": "rw-r-----+",
            "x-ms-acl": acl,
        }
        return Answer(200, b"", storage_headers(headers))
