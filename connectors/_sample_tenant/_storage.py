"""How storage answers: XML, its headers, its errors, and who may ask at all."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from xml.sax.saxutils import escape

from connectors._sample_tenant._wire import Answer, Call, Refusal, request_id

MADE = datetime(2019, 4, 1, 1, 0, tzinfo=UTC)
READER = "reader"
"""Identity with Storage Blob Data Reader."""
_VERSION = re.compile(r"20\d\d-\d\d-\d\d$")
_BEARER_SINCE = "2017-11-09"
_CHALLENGE_SINCE = "2019-12-12"
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MOST = 5000
_XML = '<?xml version="1.0" encoding="utf-8"?>'


def moment(when: datetime) -> str:
    """A moment as HTTP writes it."""
    return (
        f"{_DAYS[when.weekday()]}, {when.day:02d} {_MONTHS[when.month - 1]} {when.year} "
        f"{when.hour:02d}:{when.minute:02d}:{when.second:02d} GMT"
    )


def storage_headers(headers: dict[str, str]) -> dict[str, str]:
    """With what every answer of storage carries."""
    return {"server": "Windows-Azure-Blob/1.0", "x-ms-request-id": request_id(), **headers}


def as_xml(text: str) -> Answer:
    """A listing."""
    headers = storage_headers({"content-type": "application/xml"})
    return Answer(200, f"{_XML}{text}".encode(), headers)


def refused(status: int, code: str, message: str) -> Refusal:
    """A storage error with its code in the header and in the XML."""
    headers = storage_headers({"x-ms-error-code": code, "content-type": "application/xml"})
    stamp = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.0000000Z")
    text = (
        f"{_XML}<Error><Code>{code}</Code><Message>{escape(message)}\n"
        f"RequestId:{headers['x-ms-request-id']}\nTime:{stamp}</Message></Error>"
    )
    return Refusal(Answer(status, b"" if status == 304 else text.encode(), headers))


def checked(call: Call, identity: str) -> None:
    """Refuse versions that the service does not know, and callers without the role."""
    version = call.headers.get("x-ms-version", "")
    if version and not _VERSION.match(version):
        raise refused(
            400,
            "InvalidHeaderValue",
            "The value for one of the HTTP headers is not in the correct format.",
        )
    if identity and version < _BEARER_SINCE:
        raise refused(
            403,
            "AuthenticationFailed",
            "Server failed to authenticate the request. Make sure the value of Authorization "
            "header is formed correctly including the signature.",
        )
    if identity and identity != READER:
        raise refused(
            403,
            "AuthorizationPermissionMismatch",
            "This request is not authorized to perform this operation using this permission.",
        )


def challenge(call: Call, tenant: str, authority: str) -> Refusal:
    """What an anonymous caller of a private resource is told."""
    if call.headers.get("x-ms-version", "") < _CHALLENGE_SINCE:
        return refused(404, "ResourceNotFound", "The specified resource does not exist.")
    found = refused(
        401,
        "NoAuthenticationInformation",
        "Server failed to authenticate the request. Please refer to the information in the "
        "www-authenticate header.",
    )
    found.answer.headers["www-authenticate"] = (
        f"Bearer authorization_uri={authority}/{tenant}/oauth2/authorize "
        "resource_id=https://storage.azure.com"
    )
    return found


def mismatch() -> Refusal:
    """A role is missing."""
    return refused(
        403,
        "AuthorizationPermissionMismatch",
        "This request is not authorized to perform this operation using this permission.",
    )


def included(call: Call, known: frozenset[str] | set[str]) -> frozenset[str]:
    """What a listing is asked for beside names; anything unknown is refused."""
    wanted = frozenset(filter(None, call.query.get("include", "").split(",")))
    if wanted - known:
        raise refused(
            400,
            "InvalidQueryParameterValue",
            "Value for one of the query parameters specified in the request URI is invalid.",
        )
    return wanted


def results(call: Call) -> int:
    """How many rows a listing may have at most."""
    text = call.query.get("maxresults", str(_MOST))
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= _MOST:
        raise refused(
            400,
            "OutOfRangeQueryParameterValue",
            "A query parameter of the request URI is outside the permissible range.",
        )
    return int(text)


def echo(call: Call) -> str:
    """The listing's own options, which an answer repeats."""
    names = (("prefix", "Prefix"), ("marker", "Marker"), ("maxresults", "MaxResults"))
    return "".join(f"<{tag}>{escape(call.query[n])}</{tag}>" for n, tag in names if n in call.query)
