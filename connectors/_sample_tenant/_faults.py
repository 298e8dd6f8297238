"""Faults on demand: rules that make some answers slow, wrong, cut, throttled or refused.

A rule is a table (JSON ``{"rules": […]}`` or TOML ``[[rules]]``) with

- which calls: ``method``, ``path`` (regular expressions, searched in ``GET`` and in the path with
  its query as sent), ``host`` (``main``, ``download``; both where absent);
- which of those: ``hits`` (a list, the first is 1), ``every`` (each n-th), ``chance`` (0 to 1,
  drawn from ``seed``); all of them where none is given; ``times`` bounds how often it happens;
- ``action`` and its fields:
  ``throttle`` (429; ``retry_after`` seconds, "date:SECONDS" or "none"; ``status`` 503 or 509),
  ``status`` (``status``, ``code``, ``message``), ``html`` (``status``, 502), ``unauthorized``,
  ``claims`` (401 with a claims challenge until the token answers one), ``gone`` (410),
  ``expired`` (401 as a stale download link gets), ``delay`` (``seconds``), ``cut`` (the line breaks
  after ``after`` bytes, half where absent), ``reset`` (it breaks before the answer),
  ``malformed`` (JSON cut short), ``empty_page`` (no values, a nextLink to the real page),
  ``repeat`` (every value of the page twice),
  ``loop`` (nextLink to the same page), ``foreign_link`` (nextLink to another ``host_name``).

A call inside ``$batch`` counts as a call of its own; the line cannot break there.
"""

from __future__ import annotations

import base64
import json
import random
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import orjson

from connectors._sample_tenant._dataverse_wire import ROOT as DATAVERSE
from connectors._sample_tenant._dataverse_wire import refused as refused_rows
from connectors._sample_tenant._graph import unauthorized
from connectors._sample_tenant._query import link
from connectors._sample_tenant._storage import refused
from connectors._sample_tenant._wire import Answer, Call, dump, refuse

ACTIONS = frozenset(
    "claims cut delay empty_page expired foreign_link gone html loop malformed repeat reset "
    "status throttle unauthorized".split()
)
_FIELDS = frozenset(
    "method path host hits every chance seed times action status code message retry_after seconds "
    "after host_name".split()
)
_PLAIN = ("method", "path", "host", "every", "chance", "seed", "times")
_CLAIMS = base64.b64encode(b'{"access_token":{"nbf":{"essential":true,"value":"1"}}}').decode()


@dataclass(slots=True)
class Rule:
    """One rule with its counters."""

    action: str
    method: str = ""
    path: str = ""
    host: str = ""
    hits: tuple[int, ...] = ()
    every: int = 0
    chance: float = 0.0
    seed: int = 1
    times: int = -1
    fields: Mapping[str, Any] = field(default_factory=dict)
    met: int = 0
    done: int = 0
    _random: random.Random = field(init=False)

    def __post_init__(self) -> None:
        """Begin the draws."""
        if self.action not in ACTIONS:
            raise ValueError(f"unknown action {self.action!r}")
        self._random = random.Random(self.seed)  # noqa: S311 - it decides which faults happen

    def fires(self, host: str, call: Call) -> bool:
        """Whether this rule makes this call fail; counts it."""
        if self.times == self.done or (self.host and self.host != host):
            return False
        if not re.search(self.method, call.method) or not re.search(self.path, call.target):
            return False
        self.met += 1
        if self.hits:
            fires = self.met in self.hits
        elif self.every:
            fires = self.met % self.every == 0
        else:
            fires = not self.chance or self._random.random() < self.chance
        self.done += fires
        return fires


def rules(tables: Iterable[Mapping[str, Any]]) -> list[Rule]:
    """Rules from tables; raises ValueError for a field or an action that does not exist."""
    found = []
    for table in tables:
        if unknown := set(table) - _FIELDS:
            raise ValueError(f"unknown fields {sorted(unknown)}")
        plain = {name: table[name] for name in _PLAIN if name in table}
        hits = tuple(table.get("hits", ()))
        found.append(Rule(table["action"], hits=hits, fields=table, **plain))
    return found


def load(path: Path) -> list[Rule]:
    """Rules from a JSON or TOML file."""
    text = path.read_text("utf-8")
    payload = tomllib.loads(text) if path.suffix == ".toml" else json.loads(text)
    return rules(payload["rules"])


class Faults:
    """The rules of a server."""

    def __init__(self, found: Iterable[Rule] = ()) -> None:
        """Begin with ``found``."""
        self.rules = list(found)

    def pick(self, host: str, call: Call) -> Rule | None:
        """The first rule that fires; those after it do not count the call."""
        fired = None
        for rule in self.rules:
            if fired is None and rule.fires(host, call):
                fired = rule
        return fired


def instead(rule: Rule, call: Call, claims: Mapping[str, Any], origin: str) -> Answer | None:
    """The answer that takes the place of the real one; None where the real one is needed."""
    get = rule.fields.get
    answer = None
    match rule.action:
        case "throttle":
            answer = _throttled(rule, call)
        case "status":
            code, message = get("code", "generalException"), get("message", "A fault on demand.")
            answer = _worded(call, int(get("status", 500)), code, message)
        case "html":
            body = b"<html><head><title>Bad Gateway</title></head><body><h2>502</h2></body></html>"
            answer = Answer(int(get("status", 502)), body, {"content-type": "text/html"})
        case "unauthorized":
            message = "Lifetime validation failed, the token is expired."
            answer = unauthorized(message, origin).answer
        case "claims" if not claims.get("challenged"):
            message = "Continuous access evaluation resulted in challenge."
            answer = unauthorized(message, origin, _CLAIMS).answer
        case "gone":
            answer = _gone(call, origin)
        case "expired":
            answer = Answer(401, b"The URL has expired.", {"content-type": "text/plain"})
        case _:
            pass
    return answer


def _gone(call: Call, origin: str) -> Answer:
    """A void delta token in the words of the service; drives say where to begin anew."""
    if "messages" in call.segments:
        return refuse(410, "syncStateNotFound", "The sync state is not found.").answer
    query = {name: value for name, value in call.query.items() if name != "token"}
    location = {"location": link(f"{origin}{call.path}", query)}
    return refuse(410, "resyncRequired", "Resync required.", "", location).answer


def _worded(call: Call, status: int, code: str, message: str) -> Answer:
    """An error in the words of the service that was called."""
    if call.segments[:1] == (DATAVERSE,):
        return refused_rows(status, code, message).answer
    if call.headers.get("x-ms-version"):
        return refused(status, code, message).answer
    return refuse(status, code, message).answer


def _throttled(rule: Rule, call: Call) -> Answer:
    status = int(rule.fields.get("status", 429))
    code = "ServerBusy" if call.headers.get("x-ms-version") else "TooManyRequests"
    code = rule.fields.get("code", code)
    answer = _worded(call, status, code, "The request has been throttled.")
    wait = rule.fields.get("retry_after", 1)
    if isinstance(wait, str) and wait.startswith("date:"):
        until = datetime.now(UTC) + timedelta(seconds=float(wait[5:]))
        answer.headers["retry-after"] = format_datetime(until, usegmt=True)
    elif wait != "none":
        answer.headers["retry-after"] = str(wait)
    return answer


def altered(rule: Rule, call: Call, answer: Answer, origin: str) -> Answer:
    """The real answer, spoilt."""
    if rule.action == "malformed":
        return Answer(answer.status, answer.body[: len(answer.body) // 2], answer.headers)
    if rule.action not in {"empty_page", "loop", "foreign_link", "repeat"} or answer.status != 200:
        return answer
    page = orjson.loads(answer.body)
    if rule.action == "repeat":
        page["value"] *= 2
        return Answer(answer.status, dump(page), answer.headers)
    here = f"{origin}{call.target}"
    if rule.action == "empty_page":
        page = {"@odata.context": page.get("@odata.context"), "value": []}
        here += f"{'&' if call.raw else '?'}page={rule.done}"
    elif rule.action == "foreign_link":
        away = rule.fields.get("host_name", "graph.sample.invalid")
        here = (page.get("@odata.nextLink") or here).replace(origin, f"https://{away}")
    page.pop("@odata.deltaLink", None)
    page["@odata.nextLink"] = here
    return Answer(answer.status, dump(page), answer.headers)
