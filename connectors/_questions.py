"""What can be asked about a tenant's settings, by name: where it is asked, and by which permission.

Every question is a GET. Sources: Microsoft Graph v1.0 reference of each path (beta where it says
so), Azure Storage resource provider, Dataverse Web API.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Question:
    """One GET."""

    path: str
    permission: str
    many: bool = False
    """A collection, read to its end."""
    service: str = "graph"
    """``graph``, ``beta``, ``accounts`` (Resource Manager) or ``dataverse``."""
    first: int = 0
    """Elements that are enough; 0 = all."""
    headers: Mapping[str, str] = field(default_factory=dict)


_POLICY = "Policy.Read.All"
_ROLES = "RoleManagement.Read.Directory"

QUESTIONS: Mapping[str, Question] = {
    "authorization_policy": Question("/policies/authorizationPolicy", _POLICY),
    "security_defaults": Question("/policies/identitySecurityDefaultsEnforcementPolicy", _POLICY),
    "conditional_access": Question("/identity/conditionalAccess/policies", _POLICY, many=True),
    "cross_tenant_default": Question("/policies/crossTenantAccessPolicy/default", _POLICY),
    "sharepoint_settings": Question(
        "/admin/sharepoint/settings", "SharePointTenantSettings.Read.All"
    ),
    "role_definitions": Question(
        "/roleManagement/directory/roleDefinitions?$select=id,displayName,isPrivileged,templateId",
        _ROLES,
        many=True,
    ),
    "role_assignments": Question(
        "/roleManagement/directory/roleAssignments?$expand=principal", _ROLES, many=True
    ),
    "storage_accounts": Question("", "Reader", service="accounts"),
}
