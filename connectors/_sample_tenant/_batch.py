"""Graph's ``$batch``: up to twenty calls in one, each with its own status and headers."""

from __future__ import annotations

import base64
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import orjson

from connectors._sample_tenant._wire import Answer, Call, data, parse, refuse

_MOST = 20


def run(call: Call, inner: Callable[[Call], Answer], version: str) -> Answer:
    """Answer ``POST /$batch``; ``inner`` answers one of its calls and never raises a refusal."""
    if call.method != "POST":
        raise refuse(405, "Request_BadRequest", "Only POST is allowed for $batch.")
    requests = _requests(call)
    done: dict[str, int] = {}
    responses = []
    for request in requests:
        identifier = request["id"]
        if any(done[other.lower()] >= 400 for other in request.get("dependsOn", ())):
            failed = refuse(424, "FailedDependency", "A request it depends on has failed.")
            answer = failed.answer
        else:
            answer = inner(_inner(call, request, version))
        done[identifier.lower()] = answer.status
        responses.append(_response(identifier, answer))
    return data({"responses": responses})


def _bad(message: str) -> Exception:
    return refuse(400, "BadRequest", message)


def _requests(call: Call) -> list[dict[str, Any]]:
    """The checked requests of a batch, in an order that dependencies allow."""
    try:
        payload = orjson.loads(call.body)
        requests = payload["requests"]
    except (orjson.JSONDecodeError, KeyError, TypeError):
        raise _bad("Invalid batch payload format.") from None
    if not isinstance(requests, list) or not requests:
        raise _bad("Invalid batch payload format.")
    if len(requests) > _MOST:
        raise _bad(f"Number of batch request steps exceeds the maximum value of {_MOST}.")
    seen: set[str] = set()
    for request in requests:
        complete = isinstance(request, dict) and all(
            isinstance(request.get(name), str) and request[name] for name in ("id", "method", "url")
        )
        if not complete:
            raise _bad("A batch request needs an id, a method and a url.")
        if request["id"].lower() in seen:
            raise _bad("The ids of a batch must be unique.")
        before = [other.lower() for other in request.get("dependsOn", ())]
        if not seen.issuperset(before):
            raise _bad("dependsOn names a request that does not stand before it.")
        if "body" in request and "content-type" not in {
            h.lower() for h in request.get("headers", ())
        }:
            raise _bad("A request with a body needs a Content-Type header.")
        seen.add(request["id"].lower())
    return requests


def _inner(call: Call, request: dict[str, Any], version: str) -> Call:
    target = request["url"]
    if "://" in target:
        raise _bad("The url of a batch request is relative.")
    headers = {str(n).lower(): str(v) for n, v in (request.get("headers") or {}).items()}
    made = parse(request["method"].upper(), f"/{version}/{target.lstrip('/')}", headers)
    return replace(made, segments=made.segments[1:], roles=call.roles, batched=True)


def _response(identifier: str, answer: Answer) -> dict[str, Any]:
    kind = answer.headers.get("content-type", "")
    names = {name.title(): value for name, value in answer.headers.items()}
    found: dict[str, Any] = {"id": identifier, "status": answer.status, "headers": names}
    if kind.startswith("application/json"):
        found["body"] = orjson.loads(answer.body)
    elif answer.body:
        found["body"] = base64.b64encode(answer.body).decode("ascii")
    return found
