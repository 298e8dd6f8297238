"""The security role of the audit as a Dataverse solution: it reads, and can do nothing else.

``docs/dataverse-role`` holds what :func:`files` gives; zipped, it is imported like any solution.
Only privileges that every environment has stand in it: an import fails on one that is not there.
``docs/dataverse-role.md`` says how those of all other tables are added.

Source: Dataverse "Solution file reference", "Security role privileges".
"""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["NAME", "PRIVILEGES", "files"]

NAME = "My Number audit (read only)"

PRIVILEGES: Mapping[str, str] = {
    "prvReadAttribute": "definitions of columns",
    "prvReadEntity": "definitions of tables",
    "prvReadRelationship": "definitions of what belongs together",
    "prvReadOrganization": "the environment itself",
    "prvReadUserSettings": "its own language",
    "prvReadBusinessUnit": "business units",
    "prvReadUser": "users: owners, holders of roles",
    "prvReadTeam": "teams and their members",
    "prvReadRole": "roles, their privileges and holders",
    "prvReadFieldSecurityProfile": "column security profiles",
    "prvReadAccount": "accounts",
    "prvReadContact": "contacts",
    "prvReadActivity": "mails, appointments, telephone calls, and files attached to them",
    "prvReadNote": "notes and their files",
}
"""Privilege → what it opens; each to the depth of the organisation."""

_ROLE = "{7d1f6f52-3c0e-4d2b-9a77-b5e0c1d2a3f4}"
_UNIQUE = "MyNumberAuditRole"
_TYPES = """\
<?xml version="1.0" encoding="utf-8"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
  <Default Extension="xml" ContentType="application/octet-stream" />
</Types>
"""
_SOLUTION = """\
<?xml version="1.0" encoding="utf-8"?>
<ImportExportXml version="9.2" SolutionPackageVersion="9.2" languagecode="1033">
  <SolutionManifest>
    <UniqueName>{unique}</UniqueName>
    <LocalizedNames>
      <LocalizedName description="{name}" languagecode="1033" />
    </LocalizedNames>
    <Descriptions />
    <Version>1.0.0.0</Version>
    <Managed>0</Managed>
    <Publisher>
      <UniqueName>mynumberaudit</UniqueName>
      <LocalizedNames>
        <LocalizedName description="mynumber-audit" languagecode="1033" />
      </LocalizedNames>
      <Descriptions />
      <EMailAddress />
      <SupportingWebsiteUrl />
      <CustomizationPrefix>mna</CustomizationPrefix>
      <CustomizationOptionValuePrefix>18437</CustomizationOptionValuePrefix>
      <Addresses />
    </Publisher>
    <RootComponents>
      <RootComponent type="20" id="{role}" behavior="0" />
    </RootComponents>
    <MissingDependencies />
  </SolutionManifest>
</ImportExportXml>
"""
_CUSTOMIZATIONS = """\
<?xml version="1.0" encoding="utf-8"?>
<ImportExportXml>
  <Entities />
  <Roles>
    <Role id="{role}" name="{name}" isinherited="1">
      <IsCustomizable>1</IsCustomizable>
      <RolePrivileges>
{privileges}
      </RolePrivileges>
    </Role>
  </Roles>
  <Workflows />
  <FieldSecurityProfiles />
  <Templates />
  <EntityMaps />
  <EntityRelationships />
  <OrganizationSettings />
  <optionsets />
  <Languages>
    <Language>1033</Language>
  </Languages>
</ImportExportXml>
"""


def files() -> dict[str, str]:
    """The members of the solution, by name."""
    privileges = "\n".join(
        f'        <RolePrivilege name="{name}" level="Global" />' for name in PRIVILEGES
    )
    customizations = _CUSTOMIZATIONS.format(role=_ROLE, name=NAME, privileges=privileges)
    return {
        "[Content_Types].xml": _TYPES,
        "solution.xml": _SOLUTION.format(unique=_UNIQUE, name=NAME, role=_ROLE),
        "customizations.xml": customizations,
    }
