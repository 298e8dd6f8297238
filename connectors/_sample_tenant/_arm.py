"""Azure Resource Manager: subscriptions and their storage accounts, nothing else."""

from __future__ import annotations

import uuid
from typing import Any

from connectors._sample_tenant._roles import ARM_READER
from connectors._sample_tenant._state import State
from connectors._sample_tenant._wire import Answer, Call, Refusal, dump

_NAMESPACE = uuid.UUID("6ba7b811-9dad-11d1-80b4-00c04fd430c8")
_GROUP = "rg-sample"


class ResourceManager:
    """Answers about the one subscription of the tenant."""

    def __init__(self, state: State, origin: str) -> None:
        """``origin`` is this server's; the account's endpoint stands below it."""
        self._state = state
        self._origin = origin
        self.subscription = str(uuid.uuid5(_NAMESPACE, f"{state.world.tenant_id}/subscription"))

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
                return _json({"value": self._subscriptions(call), "count": _count(1)})
            case ("subscriptions", identifier):
                self._check(call, identifier)
                return _json(self._subscriptions(call)[0])
            case ("subscriptions", identifier, "providers", provider, kind) if (
                provider.lower() == "microsoft.storage" and kind.lower() == "storageaccounts"
            ):
                self._check(call, identifier)
                return _json({"value": [self._account()]})
        raise arm_refusal(404, "NotFound", "The requested resource does not exist.")

    def _check(self, call: Call, identifier: str) -> None:
        if identifier.lower() != self.subscription:
            raise arm_refusal(
                404,
                "SubscriptionNotFound",
                f"The subscription '{identifier[:40]}' could not be found.",
            )
        if ARM_READER not in call.roles:
            raise arm_refusal(
                403,
                "AuthorizationFailed",
                "The client does not have authorization to perform action "
                "'Microsoft.Storage/storageAccounts/read' over this scope.",
            )

    def _subscriptions(self, call: Call) -> list[dict[str, Any]]:
        if ARM_READER not in call.roles:
            return []
        return [
            {
                "id": f"/subscriptions/{self.subscription}",
                "authorizationSource": "RoleBased",
                "subscriptionId": self.subscription,
                "tenantId": self._state.world.tenant_id,
                "displayName": self._state.world.name,
                "state": "Enabled",
            }
        ]

    def _account(self) -> dict[str, Any]:
        name = self._state.world.account
        public = any(box.access for box in self._state.containers.values())
        scope = f"/subscriptions/{self.subscription}/resourceGroups/{_GROUP}"
        return {
            "sku": {"name": "Standard_LRS", "tier": "Standard"},
            "kind": "StorageV2",
            "id": f"{scope}/providers/Microsoft.Storage/storageAccounts/{name}",
            "name": name,
            "type": "Microsoft.Storage/storageAccounts",
            "location": "japaneast",
            "tags": {},
            "properties": {
                "allowBlobPublicAccess": public,
                "allowSharedKeyAccess": True,
                "minimumTlsVersion": "TLS1_2",
                "supportsHttpsTrafficOnly": True,
                "publicNetworkAccess": "Enabled",
                "isHnsEnabled": False,
                "networkAcls": {
                    "bypass": "AzureServices",
                    "virtualNetworkRules": [],
                    "ipRules": [],
                    "defaultAction": "Allow",
                },
                "accessTier": "Hot",
                "provisioningState": "Succeeded",
                "creationTime": "2019-04-01T01:00:00.0000000Z",
                "primaryEndpoints": {"blob": f"{self._origin}/{name}/"},
                "primaryLocation": "japaneast",
                "statusOfPrimary": "available",
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
