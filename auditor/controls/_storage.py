"""Azure storage accounts, one after another: who may come in, what is kept, what is logged.

What an account does not say is as Azure documents its default; what could not be asked is None.
"""

from __future__ import annotations

from auditor.controls._each import Facts, Good, Judge, each

_JAPAN = frozenset({"japaneast", "japanwest"})
_MODERN_TLS = frozenset({"TLS1_2", "TLS1_3"})
_CLOSED = frozenset({"disabled", "securedbyperimeter"})
LEAST_DAYS, MOST_DAYS = 7, 90
"""Days that what was deleted should stay: long enough to notice a mistake, and no longer."""


_WORDS = {
    "allow_blob_public_access": "allowBlobPublicAccess",
    "allow_shared_key_access": "allowSharedKeyAccess",
    "minimum_tls_version": "minimumTlsVersion",
    "https_only": "supportsHttpsTrafficOnly",
    "public_network_access": "publicNetworkAccess",
    "default_action": "defaultAction",
    "ip_rules": "ipRules",
    "allow_cross_tenant_replication": "allowCrossTenantReplication",
    "logged": "diagnosticSettings/logs",
    "change_feed": "changeFeed/enabled",
    "versioning": "isVersioningEnabled",
    "immutable": "immutableStorageWithVersioning/enabled",
    "blob_retention_days": "deleteRetentionPolicy/days",
    "container_retention_days": "containerDeleteRetentionPolicy/days",
    "lifecycle_deletes": "managementPolicies/baseBlob/delete",
    "lifecycle_deletes_versions": "managementPolicies/version/delete",
}
"""Ours → Resource Manager's."""


def _private(account: Facts) -> bool:
    return account["allow_blob_public_access"] is False  # not told means allowed


def _keyless(account: Facts) -> bool:
    return account["allow_shared_key_access"] is False  # not told means allowed


def _modern(account: Facts) -> bool:
    return account["minimum_tls_version"] in _MODERN_TLS  # not told means 1.0


def _https(account: Facts) -> bool | None:
    found = account["https_only"]
    return None if found is None else bool(found)


def _firewalled(account: Facts) -> bool:
    closed = account["public_network_access"].lower() in _CLOSED
    return closed or account["default_action"].lower() == "deny"


def _one_tenant(account: Facts) -> bool | None:
    found = account["allow_cross_tenant_replication"]
    return None if found is None else not found  # the default changed in December 2023


def _unlocked(account: Facts) -> bool:
    return account["immutable"] is not True  # not told means off


def _in_japan(account: Facts) -> bool | None:
    place = account["location"].lower().replace(" ", "")
    return place in _JAPAN if place else None


def _days(name: str) -> Judge:
    def good(account: Facts) -> bool | None:
        days = account[name]
        return None if days is None else LEAST_DAYS <= days <= MOST_DAYS

    return storage(good, name)


def _flag(name: str) -> Judge:
    def good(account: Facts) -> bool | None:
        found = account[name]
        return None if found is None else bool(found)

    return storage(good, name)


def _versions_end(account: Facts) -> bool | None:
    if account["versioning"] is False:
        return True
    if account["versioning"] is None or account["lifecycle_deletes_versions"] is None:
        return None
    return bool(account["lifecycle_deletes_versions"])


def storage(good: Good, *shown: str) -> Judge:
    """A judge of every account."""
    told = ((name, _WORDS.get(name, name)) for name in shown)
    return each("storage_accounts", "name", good, *told, permission="Reader")


PUBLIC_ACCESS = storage(_private, "allow_blob_public_access")
SHARED_KEYS = storage(_keyless, "allow_shared_key_access")
TLS = storage(_modern, "minimum_tls_version")
HTTPS = storage(_https, "https_only")
NETWORK = storage(_firewalled, "public_network_access", "default_action", "ip_rules")
REPLICATION = storage(_one_tenant, "allow_cross_tenant_replication")
LOCATION = storage(_in_japan, "location")
LOGGED = _flag("logged")
CHANGE_FEED = _flag("change_feed")
LIFECYCLE = _flag("lifecycle_deletes")
BLOBS_RECOVERABLE = _days("blob_retention_days")
CONTAINERS_RECOVERABLE = _days("container_retention_days")
VERSIONS_END = storage(_versions_end, "versioning", "lifecycle_deletes_versions")
UNLOCKED = storage(_unlocked, "immutable")
