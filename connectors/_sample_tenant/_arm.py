"""Azure Resource Manager: subscriptions, their storage accounts, and who holds which role there."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from connectors._sample_tenant._model_storage import storage_of
from connectors._sample_tenant._policies_data import (
    blob_service,
    diagnostics,
    lifecycle,
    policies_of,
)
from connectors._sample_tenant._roles import ARM_READER
from connectors._sample_tenant._services import INNER, endpoints, shares
from connectors._sample_tenant._state import ContainerBox, State
from connectors._sample_tenant._wire import Answer, Call, Refusal, dump

_NAMESPACE = uuid.UUID("6ba7b811-9dad-11d1-80b4-00c04fd430c8")
_GROUP = "rg-sample"
_STORAGE = "microsoft.storage/storageaccounts"
_INNER = "blobServices/default/containers"
_OWNER = ("8e3af657-a8ff-443c-a75c-2fe8c4bcb635", "User")
_READER = ("acdd72a7-3385-48ef-bd42-f606fba81ae7", "ServicePrincipal")
_DATA_READER = ("2a2b9908-6ea1-4ae2-8e65-a410df84e7d1", "Group")
_DATA_WRITER = ("ba92f5b4-2d11-453d-a403-e96b0029c9fe", "ServicePrincipal")
OWN_ROLE = "b0b5e0aa-abcd-4c0d-9f00-0f276bb0955b"
"""A role of the company's own making, which reads blobs."""


class ResourceManager:
    """Answers about the subscription of the tenant, and those that are sealed."""

    def __init__(self, state: State, origin: str) -> None:
        """``origin`` is this server's; the account's endpoint stands below it."""
        self._state = state
        self._origin = origin
        self.subscription = str(uuid.uuid5(_NAMESPACE, f"{state.world.tenant_id}/subscription"))
        sealed: Sequence[str] = getattr(state.world, "sealed_subscriptions", ())
        self._sealed = {str(uuid.uuid5(_NAMESPACE, name)): name for name in sealed}
        """Subscriptions that are listed, and let nobody read what is in them."""

    def handle(self, call: Call) -> Answer:
        """Answer a call whose token was checked."""
        if call.method != "GET":
            raise arm_refusal(405, "MethodNotAllowed", "The sample tenant is read-only.")
        if "api-version" not in call.query:
            raise arm_refusal(
                400,
                "MissingApiVersionParameter",
                "The api-version query parameter (?api-version=) is required for all requests.",
            )
        match call.segments:
            case ("subscriptions",):
                found = self._subscriptions(call)
                return _json({"value": found, "count": _count(len(found))})
            case ("subscriptions", identifier):
                self._check(call, identifier)
                return _json(self._subscriptions(call)[0])
            case ("subscriptions", identifier, "providers", provider, kind) if (
                provider.lower() == "microsoft.storage" and kind.lower() == "storageaccounts"
            ):
                self._check(call, identifier)
                _version(call, "2023-05-01")
                return _json({"value": self._accounts()})
            case ("subscriptions", identifier, "resourceGroups", group, "providers", *rest) if (
                group == _GROUP and "/".join(rest[:2]).lower() == _STORAGE
            ):
                self._check(call, identifier)
                return self._below(call, rest[2:])
        raise arm_refusal(404, "NotFound", "The requested resource does not exist.")

    def _below(self, call: Call, path: list[str]) -> Answer:
        """What belongs to one account: its blob service, how that is logged, roles."""
        known = {one["name"]: one for one in self._accounts()}
        match path:
            case [name, "blobServices" | "managementPolicies" as kind, "default"] if name in known:
                _version(call, "2023-05-01")
                state, one = self._state, known[name]
                blobs = kind == "blobServices"
                return _json(blob_service(state, one["id"]) if blobs else lifecycle(state, one))
            case [name, "blobServices", "default", "containers"] if name in known:
                _version(call, "2023-05-01")
                boxes = self._state.lake if name.endswith("lake") else self._state.containers
                return _json({"value": [_container(known[name]["id"], b) for b in boxes.values()]})
            case [name, "blobServices", "default", "providers", "Microsoft.Insights", kind] if (
                name in known and kind == "diagnosticSettings"
            ):
                _version(call, "2021-05-01-preview")
                return _json({"value": diagnostics(self._state, known[name]["id"])})
            case [name, "blobServices", "default", "containers", inner, *rest] if name in known:
                if inner not in {*self._state.containers, *self._state.lake}:
                    raise arm_refusal(404, "ContainerNotFound", "The container does not exist.")
                return self._roles(call, rest, known[name]["id"], inner)
            case [name, "fileServices", "default", "shares"] if name in known:
                _version(call, "2023-05-01")
                return _json({"value": shares(known[name]["id"], self._state.world)})
            case [name, service, "default", kind, _, *rest] if (
                name in known and (service, kind) in INNER
            ):
                return self._roles(call, rest, known[name]["id"])
            case [name, *rest] if name in known:
                return self._roles(call, rest, known[name]["id"])
            case _:
                pass
        raise arm_refusal(404, "ResourceNotFound", "The Resource was not found.")

    def _roles(self, call: Call, path: list[str], scope: str, container: str = "") -> Answer:
        """Assignments at a scope and above it, or the definitions that may be given there."""
        if path[:2] != ["providers", "Microsoft.Authorization"]:
            raise arm_refusal(404, "ResourceNotFound", "The Resource was not found.")
        _version(call, "2022-04-01")
        wanted = call.query.get("$filter", "")
        if path[2:] == ["roleAssignments"] and wanted == "atScope()":
            place, inner = f"/subscriptions/{self.subscription}", f"{scope}/{_INNER}/{container}"
            rows = [(place, *_OWNER), (place, *_READER), (scope, *_DATA_READER)]
            rows += [(scope, *one) for one in getattr(self._state.world, "assigned", ())]
            if container:
                rows.append((inner, *_DATA_WRITER))
            return _json({"value": [self._assignment(n, *row) for n, row in enumerate(rows)]})
        if path[2:] == ["roleDefinitions"] and wanted == "type eq 'CustomRole'":
            return _json({"value": [self._own_role()]})
        raise arm_refusal(400, "InvalidFilter", "The filter is not supported.")

    def _assignment(self, number: int, scope: str, role: str, kind: str) -> dict[str, Any]:
        name = str(uuid.uuid5(_NAMESPACE, f"{self.subscription}/{number}"))
        provider = "providers/Microsoft.Authorization"
        definition = f"/subscriptions/{self.subscription}/{provider}/roleDefinitions/{role}"
        return {
            "id": f"{scope}/{provider}/roleAssignments/{name}",
            "type": "Microsoft.Authorization/roleAssignments",
            "name": name,
            "properties": {
                "roleDefinitionId": definition,
                "principalId": str(uuid.uuid5(_NAMESPACE, f"{kind}/{number}")),
                "principalType": kind,
                "scope": scope,
            },
        }

    def _own_role(self) -> dict[str, Any]:
        provider = "providers/Microsoft.Authorization/roleDefinitions"
        return {
            "id": f"/subscriptions/{self.subscription}/{provider}/{OWN_ROLE}",
            "type": "Microsoft.Authorization/roleDefinitions",
            "name": OWN_ROLE,
            "properties": {
                "roleName": "Backup auditors",
                "type": "CustomRole",
                "permissions": [
                    {
                        "actions": [],
                        "notActions": [],
                        "dataActions": [
                            "Microsoft.Storage/storageAccounts/blobServices/containers/blobs/*"
                        ],
                        "notDataActions": [
                            "Microsoft.Storage/storageAccounts/blobServices/containers/blobs/delete"
                        ],
                    }
                ],
            },
        }

    def _check(self, call: Call, identifier: str) -> None:
        if identifier.lower() not in {self.subscription, *self._sealed}:
            raise arm_refusal(
                404,
                "SubscriptionNotFound",
                f"The subscription '{identifier[:40]}' could not be found.",
            )
        if ARM_READER not in call.roles or identifier.lower() in self._sealed:
            raise arm_refusal(
                403,
                "AuthorizationFailed",
                "The client does not have authorization to perform action "
                "'Microsoft.Storage/storageAccounts/read' over this scope.",
            )

    def _subscriptions(self, call: Call) -> list[dict[str, Any]]:
        if ARM_READER not in call.roles:
            return []
        named = {self.subscription: self._state.world.name} | self._sealed
        return [
            {
                "id": f"/subscriptions/{identifier}",
                "authorizationSource": "RoleBased",
                "subscriptionId": identifier,
                "tenantId": self._state.world.tenant_id,
                "displayName": name,
                "state": "Enabled",
            }
            for identifier, name in named.items()
        ]

    def _accounts(self) -> list[dict[str, Any]]:
        found = [self._account(self._state.world.account)]
        if self._state.lake:
            found.append(self._account(f"{self._state.world.account}lake", lake=True))
        more: Mapping[str, Any] = getattr(self._state.world, "storage_properties", {})
        for one in found:
            one["properties"].update(more)
        return found

    def _account(self, name: str, *, lake: bool = False) -> dict[str, Any]:
        boxes = self._state.lake if lake else self._state.containers
        public = any(box.access for box in boxes.values())
        places = {"blob": f"{self._origin}/{name}/"}
        if not lake and storage_of(self._state.world).there:
            places |= endpoints(name, self._origin)
        if lake:
            places["dfs"] = f"{self._origin}/{name}-dfs/"
        scope = f"/subscriptions/{self.subscription}/resourceGroups/{_GROUP}"
        return {
            "sku": {"name": "Standard_LRS", "tier": "Standard"},
            "kind": "StorageV2",
            "id": f"{scope}/providers/Microsoft.Storage/storageAccounts/{name}",
            "name": name,
            "type": "Microsoft.Storage/storageAccounts",
            "location": policies_of(self._state).location,
            "tags": {},
            "properties": {
                "allowBlobPublicAccess": public,
                "allowSharedKeyAccess": True,
                "minimumTlsVersion": "TLS1_2",
                "supportsHttpsTrafficOnly": True,
                "publicNetworkAccess": "Enabled",
                "isHnsEnabled": lake,
                "allowCrossTenantReplication": False,
                "networkAcls": {
                    "bypass": "AzureServices",
                    "virtualNetworkRules": [],
                    "ipRules": [],
                    "defaultAction": "Allow",
                },
                "accessTier": "Hot",
                "provisioningState": "Succeeded",
                "creationTime": "2019-04-01T01:00:00.0000000Z",
                "primaryEndpoints": places,
                "primaryLocation": "japaneast",
                "statusOfPrimary": "available",
            },
        }


def _version(call: Call, known: str) -> None:
    """Refuse versions that the provider does not have."""
    if call.query["api-version"] != known:
        raise arm_refusal(
            400,
            "InvalidResourceType" if call.query["api-version"] else "MissingApiVersionParameter",
            f"The api-version is invalid. The supported versions are '{known}'.",
        )


def _container(account: str, box: ContainerBox) -> dict[str, Any]:
    return {
        "id": f"{account}/blobServices/default/containers/{box.name}",
        "name": box.name,
        "type": "Microsoft.Storage/storageAccounts/blobServices/containers",
        "properties": {
            "deleted": box.made.deleted is not None,
            "publicAccess": box.access.title() or "None",
            "leaseState": "Available",
            "hasImmutabilityPolicy": False,
            "hasLegalHold": False,
        },
    }


def _count(value: int) -> dict[str, Any]:
    return {"type": "Total", "value": value}


def _json(value: Any) -> Answer:
    return Answer(200, dump(value), {"content-type": "application/json; charset=utf-8"})


def arm_refusal(status: int, code: str, message: str) -> Refusal:
    """An error as Resource Manager writes it."""
    body = dump({"error": {"code": code, "message": message}})
    return Refusal(Answer(status, body, {"content-type": "application/json; charset=utf-8"}))
