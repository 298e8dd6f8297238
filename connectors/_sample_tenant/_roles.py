"""Which application permission opens which call, and how each service says that one is missing.

The least privileged permission of Microsoft's reference opens a call, and so does its stronger
sibling (``Files.ReadWrite.All`` for ``Files.Read.All``). Permissions of another family that would
do as well on the real service (``Sites.Read.All`` for files) do not: an auditor asks for the least.
"""

from __future__ import annotations

import enum

from connectors._sample_tenant._wire import Call, Refusal, refuse

STORAGE_READER = "Storage Blob Data Reader"
STORAGE_OWNER = "Storage Blob Data Owner"
FILE_READER = "Storage File Data Privileged Reader"
QUEUE_READER = "Storage Queue Data Reader"
TABLE_READER = "Storage Table Data Reader"
ARM_READER = "Reader"
DATAVERSE_USER = "Dataverse application user"

DEFAULT_ROLES = (
    "User.Read.All",
    "Domain.Read.All",
    "Organization.Read.All",
    "MailboxSettings.Read",
    "Mail.Read",
    "Reports.Read.All",
    "Sites.Read.All",
    "Files.Read.All",
    "Team.ReadBasic.All",
    "TeamMember.Read.All",
    "Channel.ReadBasic.All",
    "ChannelMember.Read.All",
    "ChannelMessage.Read.All",
    "Chat.Read.All",
    "GroupMember.Read.All",
    "Group-Conversation.Read.All",
    "DeviceManagementManagedDevices.Read.All",
    "DeviceManagementConfiguration.Read.All",
    "DeviceManagementServiceConfig.Read.All",
    "DeviceManagementApps.Read.All",
    "DeviceManagementScripts.Read.All",
    "Policy.Read.All",
    "SharePointTenantSettings.Read.All",
    "RoleManagement.Read.Directory",
    "GroupSettings.Read.All",
    "Application.Read.All",
    "AuditLog.Read.All",
    "SecurityEvents.Read.All",
    "SecurityAlert.Read.All",
    "SensitivityLabels.Read.All",
    "BitlockerKey.ReadBasic.All",
    STORAGE_READER,
    ARM_READER,
    FILE_READER,
    QUEUE_READER,
    TABLE_READER,
    DATAVERSE_USER,
)
"""What the app registration of the sample tenant was granted; the last three are no permissions of
Graph: Azure roles, and a user of the Dataverse environment."""


def _of_intune(*families: str) -> tuple[str, ...]:
    modes = ("Read", "ReadWrite")
    return tuple(f"DeviceManagement{one}.{mode}.All" for one in families for mode in modes)


class Role(enum.Enum):
    """What a call needs: any one of these permissions."""

    ORGANIZATION = (
        "Organization.Read.All",
        "Organization.ReadWrite.All",
        "Directory.Read.All",
        "Directory.ReadWrite.All",
    )
    DOMAIN = (
        "Domain.Read.All",
        "Domain.ReadWrite.All",
        "Directory.Read.All",
        "Directory.ReadWrite.All",
    )
    USER_DETAIL = (
        "User.Read.All",
        "User.ReadWrite.All",
        "Directory.Read.All",
        "Directory.ReadWrite.All",
    )
    USER = (
        "User.ReadBasic.All",
        "User.Read.All",
        "User.ReadWrite.All",
        "Directory.Read.All",
        "Directory.ReadWrite.All",
    )
    REPORTS = ("Reports.Read.All",)
    SETTINGS = ("MailboxSettings.Read", "MailboxSettings.ReadWrite")
    MAIL_BASIC = ("Mail.ReadBasic.All", "Mail.ReadBasic", "Mail.Read", "Mail.ReadWrite")
    MAIL = ("Mail.Read", "Mail.ReadWrite")
    SITES = ("Sites.Read.All", "Sites.ReadWrite.All", "Sites.FullControl.All")
    FILES = ("Files.Read.All", "Files.ReadWrite.All")
    TEAM = ("Team.ReadBasic.All", "TeamSettings.Read.All", "TeamSettings.ReadWrite.All")
    TEAM_MEMBER = ("TeamMember.Read.All", "TeamMember.ReadWrite.All")
    CHANNEL = ("Channel.ReadBasic.All", "ChannelSettings.Read.All", "ChannelSettings.ReadWrite.All")
    CHANNEL_MEMBER = ("ChannelMember.Read.All", "ChannelMember.ReadWrite.All")
    CHANNEL_MESSAGE = ("ChannelMessage.Read.All",)
    CHAT = ("Chat.Read.All", "Chat.ReadWrite.All")
    GROUP = (
        "GroupMember.Read.All",
        "Group.Read.All",
        "Group.ReadWrite.All",
        "Directory.Read.All",
        "Directory.ReadWrite.All",
    )
    CONVERSATION = ("Group-Conversation.Read.All", "Group.Read.All", "Group.ReadWrite.All")
    INTUNE_DEVICES = _of_intune("ManagedDevices")
    INTUNE_CATEGORIES = _of_intune("Configuration", "ManagedDevices")
    INTUNE_CONFIGURATION = _of_intune("Configuration")
    INTUNE_ENROLLMENT = _of_intune("ServiceConfig", "Configuration")
    INTUNE_SERVICE = _of_intune("ServiceConfig")
    INTUNE_APPS = _of_intune("Apps")
    INTUNE_SCRIPTS = _of_intune("Scripts")
    POLICY = ("Policy.Read.All",)
    SHAREPOINT_SETTINGS = (
        "SharePointTenantSettings.Read.All",
        "SharePointTenantSettings.ReadWrite.All",
    )
    ROLES = (
        "RoleManagement.Read.Directory",
        "RoleManagement.Read.All",
        "RoleManagement.ReadWrite.Directory",
    )
    GROUP_SETTINGS = ("GroupSettings.Read.All", "GroupSettings.ReadWrite.All")
    APPLICATIONS = ("Application.Read.All", "Application.ReadWrite.All")
    AUDIT_LOG = ("AuditLog.Read.All",)
    SECURITY_EVENTS = ("SecurityEvents.Read.All", "SecurityEvents.ReadWrite.All")
    SECURITY_ALERTS = ("SecurityAlert.Read.All", "SecurityAlert.ReadWrite.All")
    SENSITIVITY_LABELS = ("SensitivityLabel.Read", "SensitivityLabels.Read.All")
    BITLOCKER_KEYS = ("BitlockerKey.ReadBasic.All", "BitlockerKey.Read.All")
    SHARING_SECRETS = ("Files.ReadWrite.All", "Sites.ReadWrite.All", "Sites.FullControl.All")


_MAIL = {Role.MAIL_BASIC, Role.MAIL, Role.SETTINGS, Role.CONVERSATION}
_TEAMS = {
    Role.TEAM,
    Role.TEAM_MEMBER,
    Role.CHANNEL,
    Role.CHANNEL_MEMBER,
    Role.CHANNEL_MESSAGE,
    Role.CHAT,
}
_DRIVES = {Role.SITES, Role.FILES}
_INTUNE = {role for role in Role if role.name.startswith("INTUNE_")}


def allowed(call: Call, role: Role) -> bool:
    """Whether the token carries one of the permissions."""
    return not call.roles.isdisjoint(role.value)


def denial(role: Role) -> Refusal:
    """The 403 of the service that the call belongs to."""
    if role in _MAIL:
        return refuse(
            403, "ErrorAccessDenied", "Access is denied. Check credentials and try again."
        )
    if role in _TEAMS:
        return refuse(403, "Forbidden", "Missing role permissions on the request.")
    if role in _INTUNE:
        return refuse(
            403,
            "Forbidden",
            "Application is not authorized to perform this operation. Application must have one "
            f"of the following scopes: {', '.join(role.value)}",
        )
    if role in _DRIVES:
        return refuse(403, "accessDenied", "Access denied")
    return refuse(
        403,
        "Authorization_RequestDenied",
        "Insufficient privileges to complete the operation.",
    )


def require(call: Call, role: Role) -> None:
    """Refuse the call where none of the permissions was granted."""
    if not allowed(call, role):
        raise denial(role)
