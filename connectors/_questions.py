"""What can be asked about a tenant's settings, by name: where it is asked, and by which permission.

Every question is a GET. Sources: Microsoft Graph v1.0 reference of each path (beta where it says
so), Azure Storage resource provider, Dataverse Web API.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from connectors._model import Need


@dataclass(frozen=True, slots=True)
class Question:
    """One GET."""

    path: str
    """``{client_id}`` in it stands for the app that asks."""
    permission: str
    many: bool = False
    """A collection, read to its end."""
    service: str = "graph"
    """``graph``, ``beta``, ``accounts`` (Resource Manager), ``devices`` (their counts, of Graph) or
    ``dataverse``."""
    first: int = 0
    """Elements that are enough; 0 = all."""
    most: int = 20_000
    """Elements beyond which a collection is not looked at any further, and gives no answer."""
    headers: Mapping[str, str] = field(default_factory=dict)


_ALERTS = "SecurityAlert.Read.All"
_AUDIT = "AuditLog.Read.All"
_DEVICE_CONFIGURATION = "DeviceManagementConfiguration.Read.All"
_APPLICATIONS = "Application.Read.All"
_GRAPH = "00000003-0000-0000-c000-000000000000"
"""The app id of Microsoft Graph, the same in every tenant and cloud."""


def needs() -> tuple[Need, ...]:
    """The permissions of Graph by which questions are asked, each once; none is indispensable."""
    named = (
        name
        for question in QUESTIONS.values()
        if question.service not in {"accounts", "dataverse"}
        for name in question.permission.split(", ")
        if " " not in name
    )
    return tuple(Need(name, "controls", optional=True) for name in dict.fromkeys(named))


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
        "/roleManagement/directory/roleDefinitions?$select=id,displayName,templateId",
        _ROLES,
        many=True,
    ),
    "role_assignments": Question(
        "/roleManagement/directory/roleAssignments?$expand=principal", _ROLES, many=True
    ),
    "role_eligibilities": Question(
        "/roleManagement/directory/roleEligibilityScheduleInstances", _ROLES, many=True
    ),
    "role_schedules": Question(
        "/roleManagement/directory/roleAssignmentScheduleInstances", _ROLES, many=True
    ),
    "partners": Question("/policies/crossTenantAccessPolicy/partners", _POLICY, many=True),
    "consent_requests": Question("/policies/adminConsentRequestPolicy", _POLICY),
    "group_settings": Question("/groupSettings", "GroupSettings.Read.All", many=True),
    "groups": Question(
        "/groups?$select=id,groupTypes,visibility&$top=999", "GroupMember.Read.All", many=True
    ),
    "domains": Question("/domains", "Domain.Read.All", many=True),
    "registered_methods": Question(
        "/reports/authenticationMethods/userRegistrationDetails?$filter=isAdmin%20eq%20true",
        _AUDIT,
        many=True,
    ),
    "user_activity": Question(
        "/users?$select=id,accountEnabled,signInActivity&$top=500",  # 500 is all that it gives
        f"{_AUDIT}, User.Read.All",
        many=True,
        most=200_000,
    ),
    "applications": Question(
        "/applications?$select=id,appId,passwordCredentials,keyCredentials&$top=999",
        _APPLICATIONS,
        many=True,
    ),
    "application_owners": Question("/applications?$expand=owners", _APPLICATIONS, many=True),
    "graph_roles": Question(
        f"/servicePrincipals(appId='{_GRAPH}')?$select=id,appId,appRoles", _APPLICATIONS
    ),
    "graph_grants": Question(
        f"/servicePrincipals(appId='{_GRAPH}')/appRoleAssignedTo", _APPLICATIONS, many=True
    ),
    "own_grants": Question(
        "/servicePrincipals(appId='{client_id}')/appRoleAssignments", _APPLICATIONS, many=True
    ),
    "storage_accounts": Question("", "Reader", service="accounts"),
    "directory_audits": Question(
        "/auditLogs/directoryAudits?$top=1&$orderby=activityDateTime", _AUDIT, many=True, first=1
    ),
    "sign_ins": Question("/auditLogs/signIns?$top=1", _AUDIT, many=True, first=1),
    "secure_scores": Question(
        "/security/secureScores?$top=1", "SecurityEvents.Read.All", many=True, first=1
    ),
    "alerts": Question("/security/alerts_v2?$top=1", _ALERTS, many=True, first=1),
    "new_alerts": Question(
        "/security/alerts_v2?$filter=status%20eq%20'new'%20and%20severity%20eq%20'high'&$top=100",
        _ALERTS,
        many=True,
    ),
    "device_audits": Question(
        "/deviceManagement/auditEvents?$top=1",
        "DeviceManagementApps.Read.All",
        many=True,
        first=1,
    ),
    "retention_labels": Question(  # the reference names no application permission for it
        "/security/labels/retentionLabels", "RecordsManagement.Read.All (delegated)", many=True
    ),
    "sensitivity_labels": Question(
        "/security/dataSecurityAndGovernance/sensitivityLabels",
        "SensitivityLabels.Read.All",
        many=True,
    ),
    "organization": Question(
        "/organization?$select=id,countryLetterCode",
        "Organization.Read.All",
        many=True,
    ),
    "devices": Question(
        "/deviceManagement/managedDevices",
        "DeviceManagementManagedDevices.Read.All",
        service="devices",
    ),
    "device_settings": Question("/deviceManagement?$select=settings", _DEVICE_CONFIGURATION),
    "compliance_policies": Question(
        "/deviceManagement/deviceCompliancePolicies?$expand=assignments",
        _DEVICE_CONFIGURATION,
        many=True,
    ),
    "app_policies": Question(
        "/deviceAppManagement/managedAppPolicies", "DeviceManagementApps.Read.All", many=True
    ),
    "bitlocker_keys": Question(
        "/informationProtection/bitlocker/recoveryKeys",
        "BitlockerKey.ReadBasic.All",
        many=True,
        headers={"ocp-client-name": "mynumber-audit"},
    ),
    "dataverse_organizations": Question(
        "/organizations?$select=isauditenabled,isuseraccessauditenabled,isreadauditenabled,"
        "auditretentionperiodv2",
        "prvReadOrganization",
        many=True,
        service="dataverse",
    ),
    "dataverse_secured_columns": Question(
        "/fieldpermissions?$select=entityname,attributelogicalname,canread",
        "prvReadFieldSecurityProfile",
        many=True,
        service="dataverse",
    ),
}
