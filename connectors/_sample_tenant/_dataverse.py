"""Dataverse: the Web API of one environment, below ``/dataverse``, and the discovery service.

Every request must carry what Microsoft says that all requests should carry. Not imitated:
``$expand``, ``$orderby``, ``$top``, ``$count``, filters other than ``eq`` joined by ``or``,
FetchXML, ``$batch``.
"""

from __future__ import annotations

import re

from connectors._sample_tenant._dataverse_metadata import Metadata
from connectors._sample_tenant._dataverse_rows import Boxes, Rows
from connectors._sample_tenant._dataverse_wire import ROOT, json_answer, refused
from connectors._sample_tenant._policies_data import organizations
from connectors._sample_tenant._roles import DATAVERSE_USER
from connectors._sample_tenant._state import State
from connectors._sample_tenant._tokens import DATAVERSE, BadToken, Tokens
from connectors._sample_tenant._wire import Answer, Call, Refusal

_API = (ROOT, "api", "data", "v9.2")
_KEYED = re.compile(r"(\w+)\(([0-9a-fA-F-]{36})\)")
_DEFINITION = re.compile(r"EntityDefinitions\(LogicalName='(\w+)'\)")
_NEEDED = {
    "accept": "application/json",
    "odata-maxversion": "4.0",
    "odata-version": "4.0",
    "if-none-match": "null",
}
_JOINS = {
    ("systemusers", "systemuserprofiles_association"): ("systemuserprofiles", "systemuserid"),
    ("systemusers", "teammembership_association"): ("teammembership", "systemuserid"),
    ("teams", "teamprofiles_association"): ("teamprofiles", "teamid"),
}


class Dataverse:
    """Answers of one environment."""

    def __init__(self, state: State, boxes: Boxes, tokens: Tokens, origin: str) -> None:
        """``origin`` is this server's."""
        base = f"{origin}/{'/'.join(_API)}"
        self._origin = origin
        self._base = base
        self._state = state
        self._tokens = tokens
        self._boxes = boxes
        self._rows = Rows(state, boxes, base)
        self._metadata = Metadata(boxes, base)

    def handle(self, call: Call) -> Answer:
        """Answer a call, whoever sent it."""
        self._admit(call)
        if call.method != "GET":
            raise refused(405, "0x80060888", "The sample tenant is read-only.")
        if call.segments[:4] != _API:
            raise refused(404, "0x8006088a", "Resource not found.")
        for name, value in _NEEDED.items():
            if call.headers.get(name, "").partition(";")[0] != value:
                raise refused(400, "0x80060888", f"The header {name} should be {value}.")
        return self._answer(call, call.segments[4:])

    def discovery(self, call: Call) -> Answer:
        """The environments that a person may enter: an app is none."""
        self._admit(call)
        raise Refusal(Answer(403, b"", {}))

    def _admit(self, call: Call) -> None:
        try:
            self._tokens.check(call, DATAVERSE)
        except BadToken:
            where = f"authorization_uri={self._origin}/common/oauth2/authorize"
            challenge = f"Bearer {where}, resource_id={self._origin}/"
            raise Refusal(Answer(401, b"", {"www-authenticate": challenge})) from None
        if DATAVERSE_USER not in self._tokens.roles:
            raise refused(403, "0x80072560", "The user is not a member of the organization.")

    def _answer(self, call: Call, path: tuple[str, ...]) -> Answer:
        match path:
            case ("WhoAmI",):
                return json_answer({"UserId": self._boxes.environment.user})
            case ("organizations",):
                return organizations(self._state, call, self._base)
            case ("EntityDefinitions",):
                return self._metadata.tables(call)
            case (definition, "Attributes") if found := _DEFINITION.fullmatch(definition):
                return self._metadata.columns(call, found[1])
            case (entity_set,) if "(" not in entity_set:
                return self._rows.collection(call, entity_set)
            case (keyed,) if found := _KEYED.fullmatch(keyed):
                return self._rows.one(call, found[1], found[2])
            case (keyed, column, "$value") if found := _KEYED.fullmatch(keyed):
                return self._rows.value(call, found[1], found[2], column)
            case (keyed, join) if (found := _KEYED.fullmatch(keyed)) and (found[1], join) in _JOINS:
                return self._joined(found[1], join, found[2])
        last = path[-1][:60] if path else ""
        raise refused(404, "0x8006088a", f"Resource not found for the segment '{last}'.")

    def _joined(self, entity_set: str, join: str, identity: str) -> Answer:
        """The rows at the other end of a join: here no more than their ids."""
        table, here = _JOINS[entity_set, join]
        box = self._boxes.names.get(table)
        rows = [] if box is None else [row for _, row in box.rows.rows(0)]
        values = []
        for row in rows:
            if str(row.values.get(here)).lower() == identity.lower():
                there = {n: v for n, v in row.values.items() if n not in {here, box.table.key}}  # type: ignore[union-attr]
                values.append(there)
        return json_answer({"value": values})
