"""A request and its answer, apart from any web server: ``$batch`` makes them without one."""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qsl, unquote

import orjson

JSON = (
    "application/json;odata.metadata=minimal;odata.streaming=true;"
    "IEEE754Compatible=false;charset=utf-8"
)
_LETTERS = str.maketrans("0123456789abcdef", "abcdefghijklmnop")
_COUNT = itertools.count(1)


@dataclass(slots=True)
class Call:
    """One request. Header names are in lower case; segments are decoded."""

    method: str
    path: str
    """As sent, without the query."""
    segments: tuple[str, ...]
    query: dict[str, str]
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(default=b"", repr=False)
    roles: frozenset[str] = frozenset()
    """Application permissions of the token, once it was checked."""
    kind: str = ""
    """Type whose properties ``$select`` names, once it was routed."""
    batched: bool = False
    raw: str = ""
    """The query as sent."""

    @property
    def target(self) -> str:
        """Path and query as sent."""
        return f"{self.path}?{self.raw}" if self.raw else self.path


@dataclass(slots=True)
class Answer:
    """One response."""

    status: int = 200
    body: bytes = field(default=b"", repr=False)
    headers: dict[str, str] = field(default_factory=dict)


Handler = Callable[[Call], Answer]


class Refusal(Exception):
    """Ends the handling of a call with this answer."""

    def __init__(self, answer: Answer) -> None:
        """Carry the answer."""
        super().__init__(answer.status)
        self.answer = answer


def parse(method: str, target: str, headers: Mapping[str, str], body: bytes = b"") -> Call:
    """A call from a request line's target (path and query, still encoded)."""
    path, _, query = target.partition("?")
    segments = tuple(unquote(part) for part in path.split("/") if part)
    found = dict(parse_qsl(query, keep_blank_values=True)) if query else {}
    return Call(method, path, segments, found, headers, body, raw=query)


def letters(data: bytes) -> str:
    """Bytes as lower-case letters, so that no identifier of ours can look like a number."""
    return data.hex().translate(_LETTERS)


def request_id() -> str:
    """A GUID-shaped identifier without a long run of digits."""
    text = letters(hashlib.blake2b(b"%d" % next(_COUNT), digest_size=16).digest())
    text = text.translate(str.maketrans("ghijklmnop", "abcdefabcd"))
    return f"{text[:8]}-{text[8:12]}-4{text[13:16]}-a{text[17:20]}-{text[20:]}"


def dump(value: Any) -> bytes:
    """JSON; moments are written as ``2026-04-01T09:00:00Z``."""
    return orjson.dumps(value, option=orjson.OPT_UTC_Z | orjson.OPT_OMIT_MICROSECONDS)


def data(value: Any, headers: Mapping[str, str] | None = None) -> Answer:
    """A Graph answer with a JSON body."""
    return Answer(
        200, dump(value), {"content-type": JSON, "odata-version": "4.0", **(headers or {})}
    )


def refuse(
    status: int, code: str, message: str, inner: str = "", headers: Mapping[str, str] | None = None
) -> Refusal:
    """A Graph error; ``inner`` is the more specific code inside ``innerError``."""
    identity = request_id()
    detail = {
        "date": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S"),
        "request-id": identity,
        "client-request-id": identity,
    }
    if inner:
        detail = {"code": inner, **detail}
    error = {"code": code, "message": message, "innerError": detail}
    answer = Answer(
        status, dump({"error": error}), {"content-type": "application/json", **(headers or {})}
    )
    answer.headers["request-id"] = identity
    return Refusal(answer)
