"""What every call to files, tables and queues must bring: verb, version, date, token, role."""

from __future__ import annotations

import re

from connectors._sample_tenant._storage import mismatch, refused
from connectors._sample_tenant._wire import Call

_VERSION = re.compile(r"20\d\d-\d\d-\d\d$")


def pass_gate(call: Call, identity: str, role: str, since: str) -> None:
    """Refuse a call that changes something, is not signed in, or is of an older version."""
    if call.method not in {"GET", "HEAD"}:
        raise refused(405, "UnsupportedHttpVerb", "The resource doesn't support the Http Verb.")
    version = call.headers.get("x-ms-version", "")
    if not _VERSION.match(version):
        raise refused(400, "InvalidHeaderValue", "The value of x-ms-version is not supported.")
    if not identity:
        raise refused(
            401,
            "NoAuthenticationInformation",
            "Server failed to authenticate the request. Please refer to the information in the "
            "www-authenticate header.",
        )
    if not (call.headers.get("x-ms-date") or call.headers.get("date")):
        raise refused(400, "MissingRequiredHeader", "A date is required.")
    if version < since:
        raise refused(
            403,
            "AuthenticationFailed",
            "Server failed to authenticate the request. Make sure the value of Authorization "
            "header is formed correctly including the signature.",
        )
    if role not in call.roles:
        raise mismatch()


def unknown_options(call: Call, known: frozenset[str]) -> None:
    """Refuse options that the operation does not have."""
    if set(call.query) - known:
        raise refused(
            400,
            "UnsupportedQueryParameter",
            "One of the query parameters specified in the request URI is not supported.",
        )
