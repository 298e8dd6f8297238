"""What Azure says of a storage account as a whole: who may come in, and what is kept how long.

Facts as Resource Manager gives them; None where it was not asked, did not answer or does not say.
Source: ``Storage Accounts - List``, ``Blob Services - Get Service Properties``,
``Diagnostic Settings - List``, ``Management Policies - Get``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any


@dataclass(frozen=True, slots=True)
class AccountFacts:
    """One storage account; the partitions of its containers carry it as ``facts["account"]``."""

    id: str
    """Of the resource: ``/subscriptions/…/storageAccounts/name``."""
    name: str
    kind: str = ""
    """``StorageV2``, ``BlobStorage``, ``BlockBlobStorage`` …"""
    blob: str = ""
    """Address of its blobs, without a slash at the end; likewise the others; "" = it has none."""
    dfs: str = ""
    file: str = ""
    queue: str = ""
    table: str = ""
    allow_blob_public_access: bool | None = None
    """None means allowed: the property of older accounts that nobody ever set."""
    allow_shared_key_access: bool | None = None
    """None means allowed, too: keys open everything, and sign shared access signatures."""
    allow_cross_tenant_replication: bool | None = None
    minimum_tls_version: str = ""
    https_only: bool | None = None
    public_network_access: str = ""
    """``Enabled``, ``Disabled``, ``SecuredByPerimeter``; "" (of older accounts) means enabled."""
    default_action: str = ""
    """``Allow`` or ``Deny``: what the firewall does with those that no rule names."""
    ip_rules: int = 0
    network_rules: int = 0
    bypass: str = ""
    hierarchical: bool | None = None
    """Data Lake Storage: folders and files with access control lists of their own."""
    immutable: bool | None = None
    """Immutability at the level of versions is switched on for the account."""
    default_share_permission: str = ""
    """What everybody of the organisation's directory may do with file shares; "" = nothing."""
    blob_retention_days: int | None = None
    """Days that deleted blobs are kept; 0 = not at all. Likewise containers."""
    container_retention_days: int | None = None
    versioning: bool | None = None
    change_feed: bool | None = None
    logged: bool | None = None
    """Whether a diagnostic setting of its blobs keeps any log."""
    location: str = ""
    """Region, as ``japaneast``."""
    lifecycle_deletes: bool | None = None
    """Whether an enabled lifecycle rule deletes blobs; likewise earlier versions of blobs."""
    lifecycle_deletes_versions: bool | None = None

    @property
    def firewalled(self) -> bool:
        """Whether the internet as a whole is kept out."""
        closed = self.public_network_access.lower() in {"disabled", "securedbyperimeter"}
        return closed or self.default_action.lower() == "deny"

    def with_service(self, answer: Mapping[str, Any]) -> AccountFacts:
        """With what its blob service says of what is kept."""
        said = answer.get("properties") or {}
        return replace(
            self,
            blob_retention_days=_days(said.get("deleteRetentionPolicy")),
            container_retention_days=_days(said.get("containerDeleteRetentionPolicy")),
            versioning=bool(said.get("isVersioningEnabled")),
            change_feed=bool((said.get("changeFeed") or {}).get("enabled")),
        )

    def with_diagnostics(self, settings: Sequence[Mapping[str, Any]]) -> AccountFacts:
        """With whether any log is kept."""
        logs = [log for one in settings for log in (one.get("properties") or {}).get("logs") or ()]
        return replace(self, logged=any(log.get("enabled") for log in logs))

    def with_lifecycle(self, policy: Mapping[str, Any]) -> AccountFacts:
        """With what its lifecycle rules delete; the policy of an account that has none is empty."""
        rules = ((policy.get("properties") or {}).get("policy") or {}).get("rules") or ()
        actions = [
            (rule.get("definition") or {}).get("actions") or {}
            for rule in rules
            if rule.get("enabled", True)
        ]
        return replace(
            self,
            lifecycle_deletes=any((one.get("baseBlob") or {}).get("delete") for one in actions),
            lifecycle_deletes_versions=any(
                (one.get("version") or {}).get("delete") for one in actions
            ),
        )


def facts_of(answer: Mapping[str, Any]) -> AccountFacts:
    """An account of a listing."""
    said = answer.get("properties") or {}
    network = said.get("networkAcls") or {}
    places = said.get("primaryEndpoints") or {}
    return AccountFacts(
        id=str(answer.get("id") or ""),
        name=str(answer.get("name") or ""),
        kind=str(answer.get("kind") or ""),
        blob=str(places.get("blob") or "").rstrip("/"),
        dfs=str(places.get("dfs") or "").rstrip("/"),
        file=str(places.get("file") or "").rstrip("/"),
        queue=str(places.get("queue") or "").rstrip("/"),
        table=str(places.get("table") or "").rstrip("/"),
        allow_blob_public_access=_flag(said.get("allowBlobPublicAccess")),
        allow_shared_key_access=_flag(said.get("allowSharedKeyAccess")),
        allow_cross_tenant_replication=_flag(said.get("allowCrossTenantReplication")),
        minimum_tls_version=str(said.get("minimumTlsVersion") or ""),
        https_only=_flag(said.get("supportsHttpsTrafficOnly")),
        public_network_access=str(said.get("publicNetworkAccess") or ""),
        default_action=str(network.get("defaultAction") or ""),
        ip_rules=len(network.get("ipRules") or ()),
        network_rules=len(network.get("virtualNetworkRules") or ()),
        bypass=str(network.get("bypass") or ""),
        hierarchical=_flag(said.get("isHnsEnabled")),
        immutable=_flag((said.get("immutableStorageWithVersioning") or {}).get("enabled")),
        default_share_permission=_share_permission(
            said.get("azureFilesIdentityBasedAuthentication")
        ),
        location=str(answer.get("location") or ""),
    )


def _share_permission(said: Any) -> str:
    found = said.get("defaultSharePermission") if isinstance(said, Mapping) else None
    return "" if found in (None, "None") else str(found)


def _flag(value: Any) -> bool | None:
    return value if isinstance(value, bool) else None


def _days(policy: Any) -> int:
    """Days of a retention policy; 0 for one that is off."""
    if not isinstance(policy, Mapping) or not policy.get("enabled"):
        return 0
    days = policy.get("days")
    return days if isinstance(days, int) else 0
