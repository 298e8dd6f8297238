"""Azure Table storage, path-style: tables and their entities, paged by continuation headers.

Not imitated: writing, shared keys, ``$filter``, ``$select``, Atom (which the service gave up).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from connectors._sample_tenant._model_storage import Entity, Table
from connectors._sample_tenant._roles import TABLE_READER
from connectors._sample_tenant._service_gate import pass_gate
from connectors._sample_tenant._state import State
from connectors._sample_tenant._storage import mismatch
from connectors._sample_tenant._wire import Answer, Call, Refusal, dump, request_id

_SINCE = "2020-12-06"
_MOST = 1000
_LEVELS = ("nometadata", "minimalmetadata", "fullmetadata")
_PLAIN = frozenset({"Edm.String", "Edm.Boolean", "Edm.Int32", "Edm.Double"})
"""Types that JSON shows by itself."""
_ONE = re.compile(r"(\w+)\(PartitionKey='((?:[^']|'')*)',RowKey='((?:[^']|'')*)'\)$")
_NEXT = ("NextPartitionKey", "NextRowKey")


class TableService:
    """Answers of the table service of one account."""

    def __init__(self, tables: Sequence[Table], state: State, url: str) -> None:
        """``url`` is the service's address."""
        self._tables = {table.name: table for table in sorted(tables, key=lambda t: t.name)}
        self._state = state
        self._url = url

    def handle(self, call: Call, identity: str) -> Answer:
        """Answer a call below the service's address."""
        try:
            pass_gate(call, identity, TABLE_READER, _SINCE)
            if call.query.get("comp") == "acl":
                raise mismatch()
        except Refusal as refusal:
            code = refusal.answer.headers["x-ms-error-code"]
            raise _refused(refusal.answer.status, code, "The request is refused.") from None
        level = _level(call)
        scope = "/".join(call.segments[1:])
        if scope in {"Tables", "Tables()"}:
            return self._list(call, level)
        if found := _ONE.match(scope):
            return self._one(level, *found.groups())
        return self._entities(call, level, scope.removesuffix("()"))

    def _list(self, call: Call, level: str) -> Answer:
        most, start = _top(call), self._start(call, ("NextTableName",), "")
        names = list(self._tables)[start : start + most]
        body: dict[str, Any] = {"value": [{"TableName": name} for name in names]}
        if level != "nometadata":
            body["odata.metadata"] = f"{self._url}/$metadata#Tables"
        headers = {}
        if start + most < len(self._tables):
            headers["x-ms-continuation-NextTableName"] = self._state.seal(
                "tables", "", start + most
            )
        return _json(body, level, headers)

    def _entities(self, call: Call, level: str, name: str) -> Answer:
        table = self._table(name)
        if "$filter" in call.query or "$select" in call.query:
            raise _refused(501, "NotImplemented", "The sample tenant does not imitate this.")
        most, start = _top(call), self._start(call, _NEXT, name)
        rows = table.entities[start : start + most]
        body: dict[str, Any] = {"value": [_entity(one, level) for one in rows]}
        if level != "nometadata":
            body["odata.metadata"] = f"{self._url}/$metadata#{name}"
        headers = {}
        if start + most < len(table.entities):
            token = self._state.seal("tables", name, start + most)
            headers = {f"x-ms-continuation-{one}": token for one in _NEXT}
        return _json(body, level, headers)

    def _one(self, level: str, name: str, partition: str, row: str) -> Answer:
        wanted = partition.replace("''", "'"), row.replace("''", "'")
        for one in self._table(name).entities:
            if (one.partition_key, one.row_key) == wanted:
                return _json(_entity(one, level), level, {"etag": _etag(one)})
        raise _refused(404, "ResourceNotFound", "The specified resource does not exist.")

    def _table(self, name: str) -> Table:
        if name not in self._tables:
            raise _refused(404, "TableNotFound", "The table specified does not exist.")
        return self._tables[name]

    def _start(self, call: Call, names: tuple[str, ...], where: str) -> int:
        """Where a listing goes on; all of its tokens have to come back."""
        tokens = {call.query.get(name, "") for name in names}
        if tokens == {""}:
            return 0
        parts = self._state.open(tokens.pop()) if len(tokens) == 1 else None
        if parts is None or parts[:2] != ["tables", where]:
            raise _refused(400, "InvalidInput", "One of the request inputs is not valid.")
        return int(parts[2])


def _level(call: Call) -> str:
    accept = call.headers.get("accept", "")
    for level in _LEVELS:
        if accept.lower().replace(" ", "") == f"application/json;odata={level}":
            return level
    raise _refused(415, "AtomFormatNotSupported", "Atom format is not supported.")


def _top(call: Call) -> int:
    text = call.query.get("$top", str(_MOST))
    if not text.isdecimal() or not 1 <= int(text) <= _MOST:
        raise _refused(400, "InvalidInput", "One of the request inputs is not valid.")
    return int(text)


def _stamp(one: Entity) -> str:
    digest = hashlib.blake2b(repr(one).encode() + repr(one.properties).encode(), digest_size=2)
    fraction = int.from_bytes(digest.digest(), "big")
    return f"{one.modified:%Y-%m-%dT%H:%M:%S}.{fraction:07d}Z"


def _etag(one: Entity) -> str:
    return f"W/\"datetime'{quote(_stamp(one))}'\""


def _entity(one: Entity, level: str) -> dict[str, Any]:
    found: dict[str, Any] = {} if level == "nometadata" else {"odata.etag": _etag(one)}
    found |= {"PartitionKey": one.partition_key, "RowKey": one.row_key, "Timestamp": _stamp(one)}
    if level == "fullmetadata":
        found["Timestamp@odata.type"] = "Edm.DateTime"
    for name, (kind, value) in one.properties.items():
        if level != "nometadata" and kind not in _PLAIN:
            found[f"{name}@odata.type"] = kind
        found[name] = value
    return found


def _json(body: dict[str, Any], level: str, headers: dict[str, str]) -> Answer:
    kind = f"application/json;odata={level};streaming=true;charset=utf-8"
    told = {"content-type": kind, "x-ms-request-id": request_id(), **headers}
    return Answer(200, dump(body), told)


def _refused(status: int, code: str, message: str) -> Refusal:
    """An error as tables write it: JSON, and no header for the code."""
    body = {"odata.error": {"code": code, "message": {"lang": "en-US", "value": message}}}
    headers = {"content-type": "application/json", "x-ms-request-id": request_id()}
    return Refusal(Answer(status, dump(body), headers))
