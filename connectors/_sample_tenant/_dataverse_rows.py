"""Rows of Dataverse tables: ``$select``, filters by key, pages by ``Prefer``, changes, files."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote

from connectors._sample_tenant import _dataverse_query as query
from connectors._sample_tenant._company_keys import draw, guid
from connectors._sample_tenant._dataverse_wire import json_answer, refused
from connectors._sample_tenant._model_dataverse import Environment, Row, Table
from connectors._sample_tenant._query import preferences
from connectors._sample_tenant._state import Journal, State
from connectors._sample_tenant._wire import Answer, Call

FORMATTED = "OData.Community.Display.V1.FormattedValue"
_OPTIONS = frozenset({"$select", "$filter", "$skiptoken", "$deltatoken"})


@dataclass(slots=True)
class Box:
    """A table with its changes."""

    table: Table
    rows: Journal[Row]


class Boxes:
    """The tables of an environment as they stand now."""

    def __init__(self, environment: Environment) -> None:
        """Lay empty journals over the tables."""
        self.environment = environment
        found = (
            Box(table, Journal(table.rows, lambda row: row.id)) for table in environment.tables
        )
        self.sets = {box.table.set: box for box in found}
        self.names = {box.table.name: box for box in self.sets.values()}

    def change(self, state: State, change: Mapping[str, Any]) -> str:
        """Add, modify or delete a row of ``table``; ``values`` are those that become others."""
        box = self.names[change["table"]]
        serial = state.tick()
        if change["do"] == "delete":
            box.rows.remove(serial, change["id"])
            return str(change["id"])
        values = change.get("values", {})
        if change["do"] == "add":
            identity = guid(draw(0, "added row", serial))
            row = Row(identity, 10_000_000 + serial, {box.table.key: identity, **values})
        else:
            old = box.rows.get(change["id"])
            if old is None:
                raise KeyError("row")
            row = replace(old, version=10_000_000 + serial, values={**old.values, **values})
        box.rows.put(serial, row)
        return row.id


class Rows:
    """Answers about rows."""

    def __init__(self, state: State, boxes: Boxes, base: str) -> None:
        """``base`` is the address of the Web API."""
        self._state = state
        self._boxes = boxes
        self._base = base

    def box(self, entity_set: str) -> Box:
        """The table behind an entity set; 404 for one that is not there."""
        box = self._boxes.sets.get(entity_set)
        if box is None:
            message = f"Resource not found for the segment '{entity_set[:60]}'."
            raise refused(404, "0x8006088a", message)
        table = box.table
        if table.denied:
            message = f"Principal user is missing {table.privilege} privilege."
            raise refused(403, "0x80040220", message)
        return box

    def collection(self, call: Call, entity_set: str) -> Answer:
        """``GET /{set}``: all rows, some, or changes."""
        box = self.box(entity_set)
        for name in call.query:
            if name.startswith("$") and name not in _OPTIONS:
                raise refused(501, "0x80060888", f"The sample tenant does not imitate {name}.")
        prefer = preferences(call)
        tracking = "odata.track-changes" in prefer
        if tracking:
            query.trackable(call, box.table)
        size = query.size(prefer)
        selected = query.selected(call.query.get("$select", ""), box.table)
        noted = FORMATTED in prefer.get("odata.include-annotations", "") or (
            prefer.get("odata.include-annotations") == "*"
        )
        place = _Place(entity_set, call.query.get("$select", ""), size, tracking)
        if "$deltatoken" in call.query:
            values, following, delta = self._changes(call.query["$deltatoken"], box, place)
        else:
            values, following, delta = self._page(call, box, place)
        page: dict[str, Any] = {"@odata.context": f"{self._base}/$metadata#{entity_set}"}
        if delta:
            page["@odata.deltaLink"] = delta
        page["value"] = [
            self._shown(box.table, one, selected, noted)
            if isinstance(one, Row)
            else self._gone(entity_set, one)
            for one in values
        ]
        if following:
            page["@odata.nextLink"] = following
        applied = ", ".join(f"{n}={v}" if v else n for n, v in prefer.items())
        return json_answer(page, {"preference-applied": applied} if applied else {})

    def one(self, call: Call, entity_set: str, identity: str) -> Answer:
        """``GET /{set}({id})``."""
        box = self.box(entity_set)
        selected = query.selected(call.query.get("$select", ""), box.table)
        return json_answer(self._shown(box.table, self._row(box, identity), selected, False))

    def value(self, call: Call, entity_set: str, identity: str, column: str) -> Answer:
        """``GET /{set}({id})/{column}/$value``."""
        box = self.box(entity_set)
        kinds = {one.name: one.kind for one in box.table.columns}
        if column not in kinds:
            message = f"Resource not found for the segment '{column[:60]}'."
            raise refused(404, "0x8006088a", message)
        stored = self._row(box, identity).files.get(column)
        if stored is None:
            return Answer(204)
        if kinds[column] == "String":  # of old: base64 in a column of text
            return Answer(200, base64.b64encode(stored.data()), {"content-type": "text/plain"})
        if kinds[column] == "Image" and stored.small and call.query.get("size") == "full":
            return Answer(204)
        return query.file_answer(call, stored)

    # ----------------------------------------------------------------------------------- listing

    def _page(self, call: Call, box: Box, place: _Place) -> tuple[list[Row | str], str, str]:
        start = 0
        since = self._state.serial
        if token := call.query.get("$skiptoken"):
            parts = self._state.open(token)
            if parts is None or parts[:5] != ["row page", *place.parts]:
                raise refused(400, "0x80060891", "The paging cookie does not fit the request.")
            start, since = parts[5], parts[6]
        condition = call.query.get("$filter")
        found: list[Row | str] = []
        for position, row in box.rows.rows(start):
            if condition is not None and not query.meets(condition, row, box.table.key):
                continue
            if len(found) == place.size:
                parts = ["row page", *place.parts, position, since]
                filtered = f"&$filter={quote(condition)}" if condition else ""
                link = place.link(self._base, "$skiptoken", self._state.seal(*parts)) + filtered
                return found, link, ""
            found.append(row)
        delta = self._delta(place, since) if place.tracking else ""
        return found, "", delta

    def _delta(self, place: _Place, since: int) -> str:
        token = self._state.seal("row changes", place.set, place.select, since)
        return place.link(self._base, "$deltatoken", token)

    def _changes(self, token: str, box: Box, place: _Place) -> tuple[list[Row | str], str, str]:
        parts = self._state.open(token)
        if parts is None:
            if self._state.peek(token) is None:
                raise refused(400, "0x80060888", "The delta token is not valid.")
            message = "Version stamp associated with the client has expired. Full sync needed."
            raise refused(400, "0x80044352", message)
        if parts[:3] != ["row changes", place.set, place.select]:
            raise refused(400, "0x80060888", "The delta token is of another query.")
        now = self._state.serial
        there: list[Row | str] = []
        gone: list[Row | str] = []
        for _, identity, row in box.rows.since(parts[3]):
            (there if row is not None else gone).append(row if row is not None else identity)
        return there + gone, "", self._delta(place, now)

    def _gone(self, entity_set: str, identity: str) -> dict[str, Any]:
        context = f"{self._base}/$metadata#{entity_set}/$deletedEntity"
        return {"@odata.context": context, "id": identity, "reason": "deleted"}

    def _row(self, box: Box, identity: str) -> Row:
        row = box.rows.get(identity.lower())
        if row is None:
            message = f"{box.table.name} With Id = {identity[:36]} Does Not Exist"
            raise refused(404, "0x80040217", message)
        return row

    def _shown(
        self, table: Table, row: Row, selected: tuple[str, ...], noted: bool
    ) -> dict[str, Any]:
        hidden = {column.name for column in table.columns if column.hidden}
        found: dict[str, Any] = {"@odata.etag": f'W/"{row.version}"'}
        for name in selected or query.properties(table):
            found[name] = None if name in hidden else row.values.get(name)
            if name in row.files:
                found[name] = self._file_value(table, row, name)
            if noted and name in row.formatted and found[name] is not None:
                found[f"{name}@{FORMATTED}"] = row.formatted[name]
        found[table.key] = row.id
        return found

    def _file_value(self, table: Table, row: Row, name: str) -> str:
        """Of a file column an id; of a picture its thumbnail, of a note its file, in base64."""
        kind = next(column.kind for column in table.columns if column.name == name)
        if kind == "File":
            return guid(draw(0, "file", row.id, name))
        return base64.b64encode(row.files[name].data()).decode("ascii")


@dataclass(frozen=True, slots=True)
class _Place:
    """What every page of one listing has to be asked for with."""

    set: str
    select: str
    size: int
    tracking: bool

    @property
    def parts(self) -> list[Any]:
        return [self.set, self.select, self.size, self.tracking]

    def link(self, base: str, name: str, token: str) -> str:
        chosen = f"$select={self.select}&" if self.select else ""
        return f"{base}/{self.set}?{chosen}{name}={token}"
