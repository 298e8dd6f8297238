"""Which Azure roles open the blobs of an account: by their data actions, or by its keys.

Source: Azure built-in roles for Storage; ``Role Definitions - List``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any

_READ = "microsoft.storage/storageaccounts/blobservices/containers/blobs/read"
_KEYS = "microsoft.storage/storageaccounts/listkeys/action"


@dataclass(frozen=True, slots=True)
class DataRole:
    """A role that opens blobs."""

    name: str
    data: bool = True
    """It reads them itself; else it may list the keys of their account, which do."""


ROLES: Mapping[str, DataRole] = {
    "b7e6dc6d-f1e8-4753-8033-0f276bb0955b": DataRole("Storage Blob Data Owner"),
    "ba92f5b4-2d11-453d-a403-e96b0029c9fe": DataRole("Storage Blob Data Contributor"),
    "2a2b9908-6ea1-4ae2-8e65-a410df84e7d1": DataRole("Storage Blob Data Reader"),
    "8e3af657-a8ff-443c-a75c-2fe8c4bcb635": DataRole("Owner", data=False),
    "b24988ac-6180-42a0-ab88-20f7382dd24c": DataRole("Contributor", data=False),
    "17d1049b-9a84-46fb-8f53-869881c3d3ab": DataRole("Storage Account Contributor", data=False),
    "81a9662b-bebf-436f-a333-f67b29880f12": DataRole(
        "Storage Account Key Operator Service Role", data=False
    ),
    "c12c1c16-33a1-487b-954d-41c89c60f349": DataRole("Reader and Data Access", data=False),
}
"""The built-in ones, by the last part of their ids, which are the same in every tenant."""


def key_of(identifier: object) -> str:
    """The last part of a role definition's id."""
    return str(identifier or "").rpartition("/")[2].lower()


def roles_of(definitions: Iterable[Mapping[str, Any]], read: str = _READ) -> dict[str, DataRole]:
    """Those roles of the customer's own making that open blobs, or what ``read`` reads."""
    found: dict[str, DataRole] = {}
    for definition in definitions:
        said = definition.get("properties") or {}
        permissions = [p for p in said.get("permissions") or () if isinstance(p, Mapping)]
        data = any(_allows(p, read, "dataActions", "notDataActions") for p in permissions)
        if data or any(_allows(p, _KEYS, "actions", "notActions") for p in permissions):
            name = str(said.get("roleName") or "custom role")
            found[key_of(definition.get("id") or definition.get("name"))] = DataRole(name, data)
    return found


def _allows(permission: Mapping[str, Any], action: str, yes: str, no: str) -> bool:
    def named(field: str) -> bool:
        return any(fnmatchcase(action, str(glob).lower()) for glob in permission.get(field) or ())

    return named(yes) and not named(no)
