"""Azure Files, Queue and Table storage: what tells one service of a storage account from another.

Source: "Authorize with Microsoft Entra ID", "Versioning for Azure Storage", Azure built-in roles.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from connectors._data_roles import ROLES, DataRole


@dataclass(frozen=True, slots=True)
class Service:
    """One service; blobs have machinery of their own."""

    name: str
    """``file``, ``queue``, ``table``: as hosts, endpoints and connection strings name it."""
    role: str
    """The least of the built-in roles that reads it."""
    version: str
    """``x-ms-version``: the oldest that knows all that is asked for, with a token too."""
    read: str
    """The data action of a role that reads."""
    resource: str
    """Below an account's id, where roles on one share, queue or table are given."""
    roles: Mapping[str, DataRole]
    """Built-in roles that open it, by their ids; those that list keys among them."""
    acl: Mapping[str, str]
    """The query that names stored access policies."""
    always: Mapping[str, str] = field(default_factory=dict)
    """Headers of every request."""
    signed_in: Mapping[str, str] = field(default_factory=dict)
    """Headers of requests that carry a token."""
    conditional: bool = True
    """It knows ``If-Match`` where content is read."""


def _with_keys(**own: str) -> Mapping[str, DataRole]:
    keys = {key: role for key, role in ROLES.items() if not role.data}
    return {key: DataRole(name.replace("_", " ")) for name, key in own.items()} | keys


FILES = Service(
    name="file",
    role="Storage File Data Privileged Reader",
    version="2024-11-04",
    read="microsoft.storage/storageaccounts/fileservices/fileshares/files/read",
    resource="fileServices/default/fileshares",
    roles=_with_keys(
        Storage_File_Data_Privileged_Reader="b8eda974-7b85-4f76-af95-65846b26df6d",
        Storage_File_Data_Privileged_Contributor="69566ab7-960f-475b-8e7c-b3118f30c6bd",
        Storage_File_Data_SMB_Share_Reader="aba4ae5f-2193-4029-9191-0cb91df5e314",
        Storage_File_Data_SMB_Share_Contributor="0c867c2a-1d8c-454a-a3db-ab2ea1bdc8bb",
        Storage_File_Data_SMB_Share_Elevated_Contributor="a7264617-510b-434b-a828-9731dc254ea7",
    ),
    acl={"restype": "share", "comp": "acl"},
    always={"x-ms-allow-trailing-dot": "true"},
    signed_in={"x-ms-file-request-intent": "backup"},
    conditional=False,
)
QUEUES = Service(
    name="queue",
    role="Storage Queue Data Reader",
    version="2021-12-02",
    read="microsoft.storage/storageaccounts/queueservices/queues/messages/read",
    resource="queueServices/default/queues",
    roles=_with_keys(
        Storage_Queue_Data_Reader="19e7f393-937e-4f77-808e-94535e297925",
        Storage_Queue_Data_Contributor="974c5e8b-45b9-4653-ba55-5f855dd0fb88",
        Storage_Queue_Data_Message_Processor="8a0f0c08-91a1-4084-bc3d-661d67233fed",
    ),
    acl={"comp": "acl"},
)
TABLES = Service(
    name="table",
    role="Storage Table Data Reader",
    version="2020-12-06",
    read="microsoft.storage/storageaccounts/tableservices/tables/entities/read",
    resource="tableServices/default/tables",
    roles=_with_keys(
        Storage_Table_Data_Reader="76199698-9eea-4c19-bc75-cec21354c6b6",
        Storage_Table_Data_Contributor="0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3",
    ),
    acl={"comp": "acl"},
    always={"DataServiceVersion": "3.0;NetFx", "MaxDataServiceVersion": "3.0;NetFx"},
)
