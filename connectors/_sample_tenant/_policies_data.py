"""Graph's logs, alerts, scores, labels, recovery keys; Dataverse's organisation; lifecycles.

As the reference has it: retention labels answer to signed-in people and to no application; keys are
listed without the key; a log takes ``$top`` and the order of its own moment, alerts a filter.

Not imitated: ``$select``, ``$count``, ``$skip``, filters other than ``eq`` joined by ``and``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from connectors._sample_tenant._dataverse_wire import json_answer, refused
from connectors._sample_tenant._query import count, link, options
from connectors._sample_tenant._roles import Role, denial, require
from connectors._sample_tenant._state import State
from connectors._sample_tenant._wire import Answer, Call, Handler, Refusal, data, dump, refuse

Thing = Mapping[str, Any]
_CONDITION = re.compile(r"(\w+) eq '([^']*)'")
_DEVICE_MANAGEMENT = "deviceManagement"
_RETENTION = "security/labels/retentionLabels"
_KEYS = "informationProtection/bitlocker/recoveryKeys"


@dataclass(frozen=True, slots=True)
class PolicyData:
    """What the company set and what its logs hold."""

    things: Mapping[str, Sequence[Thing]] = field(default_factory=dict)
    """Collection of Graph (``auditLogs/signIns``) → its elements, whole, the newest first."""
    device_settings: Thing = field(default_factory=dict)
    """``settings`` of ``deviceManagement``."""
    organization: Thing = field(default_factory=dict)
    """The row of Dataverse's table of that name; {} where there is no environment."""
    lifecycles: Mapping[str, Sequence[Thing]] = field(default_factory=dict)
    """Name of a storage account → its lifecycle rules; absent where it has no policy."""
    blob_service: Thing = field(default_factory=dict)
    """Properties of the blob service of every account, where they are other than usual."""
    blob_logs: bool = True
    """Whether a diagnostic setting keeps the logs of blobs."""
    location: str = "japaneast"
    """Of every storage account."""
    country: str = "JP"


@dataclass(frozen=True, slots=True)
class _Kind:
    """A collection: who may read it, and which options it takes."""

    role: Role
    most: int = 0
    """The most that ``$top`` may be; 0 = it takes none."""
    order: str = ""
    filters: frozenset[str] = frozenset()


_ALERT = frozenset(
    "assignedTo classification createdDateTime determination lastUpdateDateTime serviceSource "
    "severity status".split()
)
KINDS: Mapping[str, _Kind] = {
    "auditLogs/directoryAudits": _Kind(Role.AUDIT_LOG, 1000, "activityDateTime"),
    "auditLogs/signIns": _Kind(Role.AUDIT_LOG, 1000, "createdDateTime"),
    "security/secureScores": _Kind(Role.SECURITY_EVENTS, 1000),
    "security/alerts_v2": _Kind(Role.SECURITY_ALERTS, 1000, filters=_ALERT),
    "deviceManagement/auditEvents": _Kind(Role.INTUNE_APPS, 1000),
    "security/dataSecurityAndGovernance/sensitivityLabels": _Kind(Role.SENSITIVITY_LABELS),
    _KEYS: _Kind(Role.BITLOCKER_KEYS),
}


def policies_of(state: State) -> PolicyData:
    """What the company of this tenant set."""
    found = getattr(state.world, "policies_data", None) or PolicyData()
    assert isinstance(found, PolicyData)  # noqa: S101 - worlds are ours alone
    return found


class Policies:
    """Answers of Graph v1.0."""

    def __init__(self, state: State, base: str) -> None:
        """``base`` is the URL of the version."""
        self._state = state
        self._base = base

    def collection(self, call: Call) -> Answer:
        """GET of a collection."""
        name = "/".join(call.segments)
        kind = KINDS[name]
        taken = {"$skiptoken": True, "$top": kind.most, "$orderby": kind.order}
        taken["$filter"] = bool(kind.filters)
        options(call, [option for option, there in taken.items() if there])
        require(call, kind.role)
        if name == _KEYS and not call.headers.get("user-agent"):
            raise refuse(400, "badRequest", "The User-Agent header is required.")
        values = list(policies_of(self._state).things.get(name, ()))
        values = _ordered(_matching(values, call, kind), call, kind)
        return self._paged(call, name, values, kind)

    def _paged(self, call: Call, name: str, values: Sequence[Thing], kind: _Kind) -> Answer:
        top, start = count(call, "$top", kind.most or 1000, kind.most or 1000), 0
        if (token := call.query.get("$skiptoken")) is not None:
            parts = self._state.open(token)
            if parts is None or parts[:2] != ["policies", name]:
                raise refuse(400, "BadRequest", "The skip token is not valid.")
            start = parts[2]
        page: dict[str, Any] = {"@odata.context": f"{self._base}/$metadata#{name}"}
        if start + top < len(values):
            sealed = self._state.seal("policies", name, start + top)
            following = {**call.query, "$skiptoken": sealed}
            page["@odata.nextLink"] = link(f"{self._base}/{name}", following)
        return data({**page, "value": values[start : start + top]})

    def retention_labels(self, call: Call) -> Answer:
        """GET /security/labels/retentionLabels: for no application, whatever it was granted."""
        options(call, ("$expand",))
        raise denial(Role.SECURITY_EVENTS)

    def device_management(self, call: Call) -> Answer:
        """GET /deviceManagement: the properties of ``$select``, its id among them."""
        options(call, ("$select",))
        require(call, Role.INTUNE_CONFIGURATION)
        whole = {
            "id": self._state.world.tenant_id,
            "intuneAccountId": self._state.world.tenant_id,
            "settings": dict(policies_of(self._state).device_settings) or None,
            "subscriptionState": "active",
        }
        chosen = [one.strip() for one in call.query.get("$select", "").split(",") if one.strip()]
        for name in chosen:
            if name not in whole:
                message = f"Could not find a property named '{name[:60]}'."
                raise refuse(400, "BadRequest", message)
        shown = {name: whole[name] for name in chosen or whole}
        return data({"@odata.context": f"{self._base}/$metadata#deviceManagement", **shown})


def _matching(values: Iterable[Thing], call: Call, kind: _Kind) -> list[Thing]:
    conditions = []
    for part in filter(None, call.query.get("$filter", "").split(" and ")):
        found = _CONDITION.fullmatch(part.strip())
        if found is None:
            raise refuse(501, "notSupported", "The sample tenant does not imitate this filter.")
        if found[1] not in kind.filters:
            raise refuse(400, "BadRequest", f"'{found[1][:60]}' cannot be filtered by.")
        conditions.append((found[1], found[2]))
    return [one for one in values if all(one.get(name) == wanted for name, wanted in conditions)]


def _ordered(values: list[Thing], call: Call, kind: _Kind) -> list[Thing]:
    """The newest first, as the service has them, unless the oldest are asked for first."""
    wanted = call.query.get("$orderby", "")
    name, _, direction = wanted.partition(" ")
    if wanted and (name != kind.order or direction not in {"", "asc", "desc"}):
        raise refuse(400, "BadRequest", "The order is not supported.")
    return values[::-1] if wanted and direction != "desc" else values


def routes(state: State, base: str) -> tuple[tuple[str, Handler], ...]:
    """The paths of Graph v1.0."""
    made = Policies(state, base)
    return (
        *((name, made.collection) for name in KINDS),
        (_RETENTION, made.retention_labels),
        (_DEVICE_MANAGEMENT, made.device_management),
    )


def organizations(state: State, call: Call, base: str) -> Answer:
    """``GET /organizations`` of Dataverse: one row, of which ``$select`` chooses."""
    row = policies_of(state).organization
    if not row:
        raise refused(404, "0x8006088a", "Resource not found for the segment 'organizations'.")
    names = [one.strip() for one in call.query.get("$select", "").split(",") if one.strip()]
    for name in names:
        if name not in row:
            message = (
                f"Could not find a property named '{name[:60]}' on type "
                "'Microsoft.Dynamics.CRM.organization'."
            )
            raise refused(400, "0x80060888", message)
    shown = {name: row[name] for name in names or row}
    value = {"@odata.etag": 'W/"1"', **shown, "organizationid": row["organizationid"]}
    return json_answer({"@odata.context": f"{base}/$metadata#organizations", "value": [value]})


def blob_service(state: State, account: str) -> dict[str, Any]:
    """The blob service of an account as Resource Manager gives it."""
    return {
        "id": f"{account}/blobServices/default",
        "name": "default",
        "type": "Microsoft.Storage/storageAccounts/blobServices",
        "properties": {
            "changeFeed": {"enabled": True, "retentionInDays": 30},
            "containerDeleteRetentionPolicy": {"enabled": True, "days": 5},
            "cors": {"corsRules": []},
            "deleteRetentionPolicy": {"allowPermanentDelete": False, "enabled": True, "days": 7},
            "isVersioningEnabled": True,
            **policies_of(state).blob_service,
        },
    }


def diagnostics(state: State, account: str) -> list[dict[str, Any]]:
    """The diagnostic settings of an account's blobs."""
    if not policies_of(state).blob_logs:
        return []
    settings = "providers/microsoft.insights/diagnosticSettings"
    return [
        {
            "id": f"{account}/blobServices/default/{settings}/logs",
            "name": "logs",
            "type": "Microsoft.Insights/diagnosticSettings",
            "properties": {
                "metrics": [],
                "logs": [{"category": "StorageRead", "enabled": True}],
            },
        }
    ]


def lifecycle(state: State, account: Mapping[str, Any]) -> dict[str, Any]:
    """The management policy of a storage account as Resource Manager gives it; 404 without one."""
    rules = policies_of(state).lifecycles.get(str(account["name"]))
    if rules is None:
        code = "ManagementPolicyNotFound"
        body = dump({"error": {"code": code, "message": "No ManagementPolicy found."}})
        raise Refusal(Answer(404, body, {"content-type": "application/json; charset=utf-8"}))
    return {
        "id": f"{account['id']}/managementPolicies/default",
        "name": "DefaultManagementPolicy",
        "type": "Microsoft.Storage/storageAccounts/managementPolicies",
        "properties": {
            "lastModifiedTime": "2025-04-01T01:00:00.0000000Z",
            "policy": {"rules": list(rules)},
        },
    }
