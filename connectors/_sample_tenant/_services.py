"""Files, tables and queues of the storage account: which address is which, and who may ask."""

from __future__ import annotations

from typing import Any

from connectors._sample_tenant._files_service import FileService
from connectors._sample_tenant._model_storage import storage_of
from connectors._sample_tenant._queues_service import QueueService
from connectors._sample_tenant._state import State
from connectors._sample_tenant._tables_service import TableService

INNER = frozenset(
    {("fileServices", "fileshares"), ("queueServices", "queues"), ("tableServices", "tables")}
)
"""What roles can be given on, below an account."""

Services = dict[str, FileService | TableService | QueueService]


def services(state: State, origin: str) -> Services:
    """The services by the first segment of their paths; none where the company has none."""
    account, held = state.world.account, storage_of(state.world)
    if not held.there:
        return {}
    return {
        f"{account}-file": FileService(held.shares, state, f"{origin}/{account}-file"),
        f"{account}-table": TableService(held.tables, state, f"{origin}/{account}-table"),
        f"{account}-queue": QueueService(held.queues, f"{origin}/{account}-queue"),
    }


def endpoints(account: str, origin: str) -> dict[str, str]:
    """Addresses as Resource Manager gives them."""
    return {kind: f"{origin}/{account}-{kind}/" for kind in ("file", "queue", "table")}


def shares(scope: str, world: object) -> list[dict[str, Any]]:
    """The shares as Resource Manager lists them, snapshots and deleted ones too."""
    found = []
    for share in storage_of(world).shares:
        said: dict[str, Any] = {"shareQuota": 5120, "enabledProtocols": "SMB"}
        if share.snapshot:
            said["snapshotTime"] = share.snapshot
        if share.deleted:
            said |= {"deleted": True, "deletedTime": share.deleted, "version": "abcdefgh"}
        identifier = f"{scope}/fileServices/default/shares/{share.name}"
        found.append({"id": identifier, "name": share.name, "properties": said})
    return found
